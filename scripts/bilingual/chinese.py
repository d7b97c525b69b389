"""Every figure of a Chinese text, dates, ordinals and identifiers included (quantity.py finds only what is measured)."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from functools import cache

import cn2an

from .. import data
from . import Figure, words

_SCALES = {
    "万亿": 10**12, "千亿": 10**11, "百亿": 10**10, "十亿": 10**9, "亿": 10**8, "千万": 10**7, "百万": 10**6, "十万": 10**5,
    "万": 10**4, "千": 1000, "百": 100,
}  # fmt: skip
_DIGITS = "零一二三四五六七八九"
_HAN = "零〇一二两三四五六七八九十百千万亿"
_NUMBER = r"\d{1,3}(?:[,，]\d{3})+(?:[.．]\d+)?|\d+(?:[.．]\d+)?"
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_TO = r"[-–—－~～至到]"
# A numeral in words that counts: 两年, 三成; 一 (一批, 一年) and bare 百, 千, 万, 亿 mostly do not.
_BARE = re.compile(r"[一零〇百千万亿]+")


@cache
def _units() -> dict[str, str]:
    return {word: unit for unit, forms in words()["units"].items() for word in forms["zh"]}


@cache
def _pattern() -> re.Pattern:
    units = "|".join(re.escape(word) for word in sorted(_units(), key=len, reverse=True))
    scales = "|".join(_SCALES)
    within = "|".join(word for forms in words()["qualifiers"].values() for word in forms["zh-within"])
    counts = "余多几" + "".join({word[0] for word in data.load("units.yml")["counts"]})
    return re.compile(
        rf"(?P<decade>\d0)年代|(?P<year>(?<!\d)(?:1[89]|20)\d\d)(?=年(?!内)|[-–—－~～至到](?:1[89]|20)\d\d(?!\d)|(?![\d.．,，万亿元%％{counts}]))"
        rf"|(?P<month>(?<!\d)\d{{1,2}}|十[一二]?|[一二三四五六七八九])(?:月份?(?!来)|(?={_TO}\d{{1,2}}月))(?![饼亮球])"
        rf"|(?P<below>[{_HAN}]+)分之(?P<above>[{_HAN}]+(?:点[{_HAN}]+)?|\d+(?:\.\d+)?)"
        rf"|(?P<number>{_NUMBER})(?P<within>{within})?(?P<scale>{scales})?(?P<within2>{within})?(?P<unit>{units})?"
        rf"|(?P<half>一半|过半|半数)"
        rf"|(?P<han>[{_HAN}]+)(?P<han_within>{within})?(?P<tenth>成(?![为立长果功本就效员交形规分]))?(?P<han_unit>{units})?"
    )


def figures(text: str) -> list[Figure]:
    """The figures of a Chinese text, in order."""
    text = text.translate(_FULL_WIDTH)
    found = [figure for match in _pattern().finditer(text) if (figure := _figure(text, match))]
    return _share_units(text, found)


def _figure(text: str, match: re.Match) -> Figure | None:
    at, named = match.span(), match.groupdict()
    plain = Figure(*at, match.group(), frozenset())
    if named["decade"]:
        value = Fraction(named["decade"])
        return replace(plain, values=frozenset({value, value + 1900}), hard=False)
    if named["year"]:
        return replace(plain, values=frozenset({Fraction(named["year"])}), kind="year")
    if named["month"]:
        return replace(plain, values=frozenset({_han(named["month"])}), kind="month", hard=named["month"].isdigit())
    if named["below"]:
        return _fraction(text, plain, named)
    if named["half"]:
        over = frozenset({"over"}) if named["half"] == "过半" else _qualifiers(text, *at, "")
        return replace(plain, values=frozenset({Fraction(1, 2)}), hard=False, qualifiers=over)
    if named["number"]:
        return _digits(text, plain, named)
    return _in_words(text, plain, named)


def _fraction(text: str, plain: Figure, named: dict) -> Figure:
    below, above = _han(named["below"]), _han(named["above"])
    if below == 100:
        return replace(
            plain, values=frozenset({above}), unit="percent", qualifiers=_qualifiers(text, plain.start, plain.end, "")
        )
    value = above / below if below else Fraction(0)
    return replace(plain, values=frozenset({value}), qualifiers=_qualifiers(text, plain.start, plain.end, ""))


def _digits(text: str, plain: Figure, named: dict) -> Figure:
    scale = _SCALES.get(named["scale"] or "", 1)
    value = _plain(named["number"]) * scale
    unit = _units().get(named["unit"] or "", "")
    if unit == "year" and text[plain.end : plain.end + 1] in "级":
        unit = ""
    values = {value}
    following = re.match(rf"{_TO}(?:{_NUMBER})({'|'.join(_SCALES)})?", text[plain.end :])
    if following and not named["scale"] and following.group(1):  # 2-3亿: the scale of the second is that of both
        values.add(value * _SCALES[following.group(1)])
    if not named["unit"] and re.match(r"成(?![为立长果功本就效员交形规分])", text[plain.end :]):
        values, unit = {value * 10}, "percent"
    within = (named["within"] or "") + (named["within2"] or "")
    return replace(
        plain, values=frozenset(values), unit=unit, qualifiers=_qualifiers(text, plain.start, plain.end, within)
    )


def _in_words(text: str, plain: Figure, named: dict) -> Figure | None:
    values = _readings(named["han"])
    if not values:
        return None
    unit = _units().get(named["han_unit"] or "", "")
    if text[max(0, plain.start - 1) : plain.start] in ("第", "上", "数", "几", "成") or named["han_unit"] == "方":
        unit = ""
    if named["tenth"]:
        values, unit = frozenset(value * 10 for value in values), "percent"
    counts = (
        unit and unit not in ("times", "year", "week", "second", "square metre") and not _BARE.fullmatch(named["han"])
    )
    qualifiers = _qualifiers(text, plain.start, plain.end, named["han_within"] or "")
    return replace(plain, values=values, unit=unit, qualifiers=qualifiers, hard=bool(counts or named["tenth"]))


def _readings(han: str) -> frozenset[Fraction]:
    """What a run of numerals may mean: a number, else the longest ones in it (十三五: 13 and 5), and its digits (一一六: 116)."""
    found, at = set(), 0
    while at < len(han):
        end = next((end for end in range(len(han), at, -1) if _han(han[at:end])), at)
        if end > at:
            found.add(_han(han[at:end]))
        at = max(end, at + 1)
    digits = [_DIGITS.find(one) for one in han.replace("〇", "零").replace("两", "二")]
    if -1 not in digits:
        found.add(Fraction(int("".join(map(str, digits)))))
    return frozenset(found - {Fraction(0)})


def _han(numeral: str) -> Fraction:
    """A numeral's value, 0 if it is none; cn2an knows no 两 before 十 and no bare 百, so these are spelled out first."""
    if re.fullmatch(_NUMBER, numeral):
        return _plain(numeral)
    numeral = numeral.replace("〇", "零").replace("两", "二")
    numeral = "一" + numeral if numeral[0] in "百千万亿" else numeral
    try:
        return Fraction(str(cn2an.cn2an(numeral, "smart")))
    except ValueError:
        return Fraction(0)


def _plain(digits: str) -> Fraction:
    return Fraction(digits.replace(",", "").replace("，", "").replace("．", "."))


def _qualifiers(text: str, start: int, end: int, within: str) -> frozenset[str]:
    found = set()
    for qualifier, forms in words()["qualifiers"].items():
        before = "|".join(sorted(forms["zh-before"], key=len, reverse=True))
        after = "|".join(sorted(forms["zh-after"], key=len, reverse=True))
        if (
            (within and within in forms["zh-within"])
            or re.search(rf"(?<![签合条公])(?:{before})(?:了|到|至|其|每年|人民币)?$", text[:start])
            or (after and re.match(rf"[^\d,，。、；;：:（(]{{0,5}}?(?:{after})", text[end:]))
        ):
            found.add(qualifier)
    if "under" in found and re.search(r"不(?:低于|少于|小于|下于|下)(?:了|到|至)?$", text[:start]):
        found = (found - {"under"}) | {"over"}
    if "over" in found and re.search(r"不(?:超过|高于|多于|大于|超)(?:了|到|至)?$", text[:start]):
        found = (found - {"over"}) | {"under"}
    return frozenset(found)


def _share_units(text: str, found: list[Figure]) -> list[Figure]:
    """A list or range shares its last unit: 6%－6.5%, 35、15、12万吨, 70至88元."""
    result = list(found)
    for index in range(len(result) - 2, -1, -1):
        this, following = result[index], result[index + 1]
        between = text[this.end : following.start]
        if (
            not this.unit
            and following.unit
            and this.kind == "number"
            and re.fullmatch(rf"\s*(?:[、和与及]|{_TO})\s*", between)
        ):
            result[index] = replace(this, unit=following.unit)
    return result
