"""What is wrong with the figures of an English translation, in words for the person who mends it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from ..errors import Problem
from ..read import read_document
from . import DURATIONS, Figure, chinese, english, words

_SAID = {"over": "“more than” or “at least”", "under": "“less than” or “at most”", "about": "“about”"}


def alarms(source: str, translation: str, years: frozenset[int] | None = None) -> list[str]:
    """The reasons why the figures of `translation` (English) are not those of `source` (Chinese); none if they are.

    `years` are those that 今年 or 去年 may mean in this text; any, if None.
    """
    left, right = chinese.figures(source), english.figures(translation)
    pairs = _pairs(left, right)
    reasons = []
    for figure in left:
        if figure in pairs:
            reasons += _differences(figure, pairs[figure])
        elif figure.hard:
            reasons.append(f"“{figure.worded}” of the Chinese does not stand in the English")
    answered = set(pairs.values())
    for figure in right:
        if figure.hard and figure not in answered and not _answers(figure, left, source, years):
            reasons.append(f"“{figure.worded}” of the English does not stand in the Chinese")
    return reasons


def matched(source: str, translation: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """(where a figure stands in the Chinese, where the English says it), for the figures that both have."""
    pairs = _pairs(chinese.figures(source), english.figures(translation))
    return [((one.start, one.end), (other.start, other.end)) for one, other in pairs.items()]


def _pairs(left: list[Figure], right: list[Figure]) -> dict[Figure, Figure]:
    """Which English figure says which Chinese one: the best fits first, each figure once; then, for what a text repeats, again."""
    fits = [
        (_fit(one, other), -abs(i / len(left) - j / len(right)), i, j)
        for i, one in enumerate(left)
        for j, other in enumerate(right)
        if _same_value(one, other)
    ]
    pairs: dict[Figure, Figure] = {}
    for once in (True, False):
        used = set(pairs.values())
        for fit, _, i, j in sorted(fits, reverse=True):
            if left[i] in pairs or (once and right[j] in used) or (not once and fit % 8 < 6):
                continue
            pairs[left[i]] = right[j]
            used.add(right[j])
    return pairs


def _fit(one: Figure, other: Figure) -> int:
    return (
        8 * one.hard
        + 4 * (not _unit_differs(one, other))
        + 2 * (not _qualifier_differs(one, other))
        + (one.hard == other.hard)
    )


def _same_value(one: Figure, other: Figure) -> bool:
    if (one.kind == "month") != (other.kind == "month"):
        return False
    if one.values & other.values:
        return True
    if not one.unit and other.unit == "percent" and {value * 100 for value in one.values if value < 1} & other.values:
        return True  # 一半 as 50 percent
    if one.unit == "times" and other.unit == "times" and {value + 1 for value in one.values} & other.values:
        return True  # 增长两倍 is a threefold figure
    return _converted(one, other)


def _converted(one: Figure, other: Figure) -> bool:
    """Whether the English says the Chinese figure in another unit, rounded to its own last digit: 8000万亩, 5.33 million hectares."""
    factor = words()["conversions"].get(one.unit, {}).get(other.unit)
    if not factor:
        return False
    return any(
        abs(value * Fraction(factor) - there) <= other.step / 2 for value in one.values for there in other.values
    )


def _differences(one: Figure, other: Figure) -> list[str]:
    found = []
    if _unit_differs(one, other):
        found.append(f"“{one.worded}” is in {one.unit or 'no unit'}, “{other.worded}” in {other.unit or 'no unit'}")
    if _qualifier_differs(one, other):
        here, there = (" and ".join(_SAID[q] for q in sorted(f.qualifiers)) or "no qualifier" for f in (one, other))
        found.append(f"“{one.worded}” has {here}, “{other.worded}” {there}")
    return found


def _unit_differs(one: Figure, other: Figure) -> bool:
    if one.unit == other.unit or one.kind != "number":
        return False
    if _converted(one, other):
        return False
    if one.unit == "times" or not one.hard:
        return False
    if not one.unit:
        if other.unit == "percent" and max(one.values) < 1:
            return False
        return other.unit in ("percent", "percentage point", "yuan", "US dollar")
    return True


def _qualifier_differs(one: Figure, other: Figure) -> bool:
    if "year" in (one.kind, other.kind) or "month" in (one.kind, other.kind):
        return False
    if one.qualifiers == other.qualifiers or not (one.hard or min(one.values) < 1):
        return False
    if not one.qualifiers:
        return one.hard and one.unit not in DURATIONS
    return not one.qualifiers & other.qualifiers


def _answers(figure: Figure, left: list[Figure], source: str, years: frozenset[int] | None) -> bool:
    """Whether the Chinese has the figure after all: said once for two, in a name, or as a year that it names by a word."""
    if any(_same_value(one, figure) for one in left):
        return True
    if any(word in source and Fraction(str(value)) in figure.values for word, value in words()["implied"].items()):
        return True
    if figure.kind == "year" and any(word in source for word in words()["relative years"]):
        return years is None or int(min(figure.values)) in years
    return False


def years_of(pairs: list[tuple[str, str]]) -> frozenset[int] | None:
    """The years that relative words may mean in a text of many pairs: those it names more than once; None for a short text."""
    if len(pairs) < 20:
        return None
    found: Counter[int] = Counter()
    for source, translation in pairs:
        for figure in chinese.figures(source) + english.figures(translation):
            if figure.kind == "year":
                found[int(min(figure.values))] += 1
    return frozenset(year for year, count in found.items() if count > 1)


def file_alarms(file: Path) -> Iterator[tuple[int, str]]:
    """(line, reason) of every alarm in a file of Chinese<TAB>English pairs, a pair a line; lines count from 1.

    Further columns and empty lines are passed over; a line without a tab is a Problem.
    """
    pairs: dict[int, tuple[str, str]] = {}
    for row, line in enumerate(read_document(file).text.removeprefix("\ufeff").split("\n"), 1):
        if not line.strip():
            continue
        columns = line.rstrip("\r").split("\t")
        if len(columns) < 2:
            raise Problem(
                f"found “{line[:30]}”, expected Chinese<TAB>English",
                file=file,
                place=f"line {row}",
                todo="save the table as tab-separated text",
            )
        pairs[row] = (columns[0], columns[1])
    years = years_of(list(pairs.values()))
    for row, (source, translation) in pairs.items():
        for reason in alarms(source, translation, years):
            yield row, reason
