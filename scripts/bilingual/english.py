"""Every figure of an English text: digits, numbers in words, fractions, ordinals, months."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from functools import cache

from . import Figure, words

_SCALES = {
    "hundred": 100, "thousand": 1000, "million": 10**6, "mn": 10**6, "billion": 10**9, "bn": 10**9, "trillion": 10**12, "tn": 10**12,
}  # fmt: skip
_SMALL_WORDS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen"""
_ORDINAL_WORDS = """zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
    fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"""
_SMALL = {word: value for value, word in enumerate(_SMALL_WORDS.split())}
_TENS = {
    word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_ORDINALS = {word: value for value, word in enumerate(_ORDINAL_WORDS.split()) if value}
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4, "fifth": 5, "fifths": 5,
    "sixth": 6, "tenth": 10, "tenths": 10,
}  # fmt: skip
_MULTIPLES = {
    "double": 2, "doubled": 2, "doubling": 2, "doubles": 2, "twice": 2, "twofold": 2, "triple": 3, "tripled": 3, "threefold": 3,
    "quadruple": 4, "quadrupled": 4, "fourfold": 4, "dozen": 12, "decade": 10, "century": 100, "centenary": 100,
}  # fmt: skip
_MONTHS = "January February March April May June July August September October November December".split()
_CARDINAL = "|".join([*_TENS, *_SMALL])
_SCALE = "|".join(_SCALES)
_CURRENCY = r"US\$|HK\$|RMB ?|CNY ?|USD ?|[$¥￥€]"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_PATTERN = re.compile(
    rf"(?P<month>\b(?:{'|'.join(_MONTHS)})\b)"
    rf"|(?P<decade>\b(?:19|20)?\d0)s\b"
    rf"|(?P<currency>{_CURRENCY})?(?P<name>[A-Za-z][A-Za-z’']*-?|\d+[A-Z])?"
    rf"(?P<number>(?<![\d.,])(?:{_DIGITS}))(?:(?P<ordinal>st|nd|rd|th)\b)?(?P<scale>[ -]?(?:{_SCALE})\b)*(?P<letters>[A-Z]+\b)?"
    rf"|\b(?P<part_n>(?:{_CARDINAL})|an?)?[ -]?(?P<part>{'|'.join(_PARTS)})\b(?= of\b|[ -]of| more\b| less\b|-|,|\.| or\b)"
    rf"|(?P<vague>\b(?:tens|hundreds|thousands|millions|billions|dozens|scores)\b(?: of (?:thousands|millions|billions))?)"
    rf"|\b(?P<words>(?:an? (?=(?:{_SCALE})\b)|(?:{_CARDINAL})\b)(?:[ -](?:and )?(?:{_CARDINAL}|{_SCALE})\b)*"
    rf"(?:(?:{_SCALE})\b)?(?:[ -](?:{_SCALE})\b)*)"
    rf"|\b(?P<one>an?)(?= (?:year|month|week|day|hour|decade|century)\b)"
    rf"|\b(?P<nth>{'|'.join(_ORDINALS)})\b"
    rf"|\b(?P<multiple>{'|'.join(_MULTIPLES)})\b",
    re.IGNORECASE,
)
_PHRASAL = re.compile(r"\b(?:hand|tak|took|turn|carr|spread|distribut)\w* over\s*$", re.IGNORECASE)
_FILL = r"(?:(?:a|an|the|another|its|of|by|to|at|total|further|RMB|US\$|HK\$|[$¥￥€])\s*){0,2}"
_NOT = r"\b(?:no|not|never|without)(?: to)?(?: be)? "
_NOT_LESS = re.compile(rf"{_NOT}(?:less|fewer|lower|smaller|below|under)(?: than)?\s*{_FILL}$", re.IGNORECASE)
_NOT_MORE = re.compile(
    rf"{_NOT}(?:more|higher|greater|above|over|exceed(?:ing)?|longer|larger)(?: than)?\s*{_FILL}$", re.IGNORECASE
)


@cache
def _units() -> list[tuple[str, re.Pattern]]:
    return [
        (
            unit,
            re.compile(rf"(?<![A-Za-z])(?:{'|'.join(forms['en'])})(?![A-Za-z])", re.IGNORECASE if len(unit) > 5 else 0),
        )
        for unit, forms in words()["units"].items()
    ]


@cache
def _qualifier_patterns() -> list[tuple[str, re.Pattern, re.Pattern]]:
    found = []
    for qualifier, forms in words()["qualifiers"].items():
        before = "|".join(sorted(map(re.escape, forms["en-before"]), key=len, reverse=True))
        after = "|".join(sorted(map(re.escape, forms["en-after"]), key=len, reverse=True))
        found.append(
            (
                qualifier,
                re.compile(rf"\b(?:{before})[\s-]*{_FILL}$", re.IGNORECASE),
                re.compile(rf"[^\d;:.]{{0,40}}?(?<![A-Za-z])(?:{after})(?![A-Za-z])(?! than)", re.IGNORECASE),
            )
        )
    return found


def figures(text: str) -> list[Figure]:
    """The figures of an English text, in order."""
    matches = [match for match in _PATTERN.finditer(text) if not match["vague"]]
    edges = [0, *(edge for match in matches for edge in match.span()), len(text)]
    found = [_figure(text, match, edges[2 * index], edges[2 * index + 3]) for index, match in enumerate(matches)]
    return _share(text, found)


def _figure(text: str, match: re.Match, before: int, after: int) -> Figure:
    named = match.groupdict()
    plain = Figure(*match.span(), match.group(), frozenset(), hard=False)
    if named["month"]:
        return replace(
            plain, values=frozenset({Fraction(_MONTHS.index(named["month"].capitalize()) + 1)}), kind="month"
        )
    if named["decade"]:
        value = Fraction(named["decade"])
        return replace(plain, values=frozenset({value, value % 100}))
    qualifiers = _qualifiers(text, *match.span(), before, after)
    if named["number"]:
        return _digits(text, replace(plain, qualifiers=qualifiers), match, after)
    unit = _unit(text, match.end(), after)
    if named["part"]:
        count = (named["part_n"] or "one").lower()
        above = 1 if count in ("a", "an") else {**_SMALL, **_TENS}[count]
        values = {Fraction(above, _PARTS[named["part"].lower()])}
        if named["part"].lower() in _ORDINALS:
            values.add(Fraction(_ORDINALS[named["part"].lower()]))
        return replace(plain, values=frozenset(values), qualifiers=qualifiers)
    if named["nth"]:
        return replace(plain, values=frozenset({Fraction(_ORDINALS[named["nth"].lower()])}))
    if named["multiple"]:
        return replace(plain, values=frozenset({Fraction(_MULTIPLES[named["multiple"].lower()])}), unit="times")
    return replace(
        plain, values=frozenset({_in_words(named["words"] or named["one"])}), unit=unit, qualifiers=qualifiers
    )


def _digits(text: str, plain: Figure, match: re.Match, after: int) -> Figure:
    value = Fraction(match["number"].replace(",", ""))
    for scale in re.findall(_SCALE, text[match.end("number") : match.end()], re.IGNORECASE):
        value *= _SCALES[scale.lower()]
    currency = (match["currency"] or "").strip()
    unit = _unit(currency, 0, len(currency)) if currency else _unit(text, match.end(), after)
    bare = not match["scale"] and not unit and not match["ordinal"]
    named = bool(match["name"] or match["letters"]) and not currency
    year = bare and not named and match["number"].isdigit() and 1800 <= value < 2100 and len(match["number"]) == 4
    kind = "year" if year else "number"
    step = (
        Fraction(1, 10 ** len(match["number"].partition(".")[2])) * value / Fraction(match["number"].replace(",", ""))
        if value
        else Fraction(1)
    )
    return replace(plain, values=frozenset({value}), unit=unit, hard=True, kind=kind, step=step)


def _in_words(number: str) -> Fraction:
    total, current = 0, 0
    for word in re.split(r"[ -]", number.lower()):
        if word in ("a", "an"):
            current = 1
        elif word in _SMALL or word in _TENS:
            current += {**_SMALL, **_TENS}[word]
        elif word == "hundred":
            current *= 100
        elif word in _SCALES:
            total, current = total + current * _SCALES[word], 0
    return Fraction(total + current)


def _unit(text: str, start: int, end: int) -> str:
    """The unit that follows a number: the nearest of the known ones within four words, before any other figure or clause."""
    stretch = re.match(r"(?:[\s-]*[^\s,;:.()]+){0,4}", text[start:end])
    found = [
        (match.start(), -len(match.group()), unit)
        for unit, pattern in _units()
        if (match := pattern.search(stretch.group()))
    ]
    return min(found)[2] if found else ""


def _qualifiers(text: str, start: int, end: int, before: int, after: int) -> frozenset[str]:
    found = set()
    for qualifier, prefix, suffix in _qualifier_patterns():
        behind = suffix.match(text[end:after])
        of_the_next = (
            behind and after < len(text) and not text[end + behind.end() : after].strip()
        )  # worth at least 1 billion
        if prefix.search(text[before:start]) or (behind and not of_the_next):
            found.add(qualifier)
    preceding = text[before:start]
    if _NOT_LESS.search(preceding):
        found.discard("under")
    if _NOT_MORE.search(preceding):
        found.discard("over")
    if _PHRASAL.search(preceding):
        found.discard("over")
    return frozenset(found)


def _share(text: str, found: list[Figure]) -> list[Figure]:
    """A list or range shares its last unit and, perhaps, its scale: 6–6.5 percent, 2 to 3 billion yuan."""
    result = list(found)
    for index in range(len(result) - 2, -1, -1):
        this, following = result[index], result[index + 1]
        between = text[this.end : following.start]
        if this.kind != "number" or not re.fullmatch(r"\s*(?:[-–—~,]|to|and|or|,? and)\s*(?:from |by )?", between):
            continue
        scale = re.search(rf"({_SCALE})", following.text, re.IGNORECASE)
        values = set(this.values)
        if scale and not re.search(_SCALE, this.text, re.IGNORECASE):
            values |= {value * _SCALES[scale.group(1).lower()] for value in this.values}
        result[index] = replace(this, unit=this.unit or following.unit, values=frozenset(values))
    return result
