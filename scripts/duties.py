"""Who is to do it and by when, as a report itself says it: （X牵头，Y配合，6月底前完成）, 牵头单位：X局, 年底前.

The forms are those of published task tables (任务分解表): the first-listed unit leads where several do.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass

_UNIT = r"[\u4e00-\u9fff（）()“”]{2,40}?"
_UNITS = rf"{_UNIT}(?:[、，,]{_UNIT})*?"
_END = r"(?=[)）；;。，,\s]|配合|协办|责任|完成|$)"
_LABELLED = re.compile(
    rf"(?:牵头|责任|主办|承办)(?:单位|部门)[:：]\s*(?P<lead>{_UNITS}){_END}"
    rf"(?:[；;。，,\s]*(?:配合|协办|协助|参与)(?:单位|部门)[:：]\s*(?P<support>{_UNITS})(?=[)）；;。\s]|$))?"
)
_SPOKEN = re.compile(
    rf"(?P<lead>{_UNITS})(?:牵头)(?:办理|负责|落实)?"
    rf"(?:[，,；;](?P<support>{_UNITS})(?:等)?(?:配合|协办|协助|参与|按职责分工)(?:办理|负责)?)?"
)
_BRACKET = re.compile(
    r"[（(](?P<inside>[^（()）]*(?:[（(][^（()）]*[)）][^（()）]*)?(?:牵头|负责|单位[:：])[^（()）]*)[)）]"
)
_DEADLINE = re.compile(
    r"(?:(?P<year>20\d\d)年)?(?:(?P<month>\d{1,2})月(?:份)?(?P<day>\d{1,2}日)?(?:底|末)?(?:之?前)|(?P<half>上半年|年中)|(?P<quarter>[一二三四])季度(?:末|底)?|(?P<end>年底前?|年内|年末|全年|下半年))"
)


@dataclass(frozen=True, slots=True)
class Duties:
    """`start` is where the statement begins in the text searched, its length where there is none."""

    lead: str = ""
    support: tuple[str, ...] = ()
    due: str = ""
    start: int = 0


def duties(text: str, year: int | None) -> Duties:
    """The units and the deadline stated at the end of a task's text; empty fields where none are."""
    bracket = _BRACKET.search(text)
    inside, offset = (bracket.group("inside"), bracket.start()) if bracket else (text, 0)
    found = _LABELLED.search(inside)
    if found is None and (bracket or len(text) <= 60):
        found = _SPOKEN.match(inside)
    start = offset if bracket else (found.start() if found else len(text))
    if found is None:
        return Duties(due=deadline(text, year), start=len(text))
    units = _split(found.group("lead"))
    support = (*units[1:], *_split(found.group("support") or ""))
    return Duties(units[0] if units else "", support, deadline(inside if bracket else text, year), start)


def deadline(text: str, year: int | None) -> str:
    """The day by which a text says something is due (2020-06-30), or an empty string; `year` where it names none."""
    found = _DEADLINE.search(text)
    if not found or not (found.group("year") or year):
        return ""
    own = int(found.group("year") or year)
    if found.group("month"):
        month = int(found.group("month"))
        if not 1 <= month <= 12:
            return ""
        last = calendar.monthrange(own, month)[1]
        return f"{own}-{month:02d}-{last:02d}"
    if found.group("half"):
        return f"{own}-06-30"
    if found.group("quarter"):
        month = "一二三四".index(found.group("quarter")) * 3 + 3
        return f"{own}-{month:02d}-{calendar.monthrange(own, month)[1]:02d}"
    return ""  # the end of the year is the horizon that every commitment has


def _split(units: str) -> tuple[str, ...]:
    return tuple(part for part in re.split(r"[、，,；;\s]+", units.strip("。；; ")) if part)
