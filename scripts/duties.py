"""Who is to do it and by when, as a report itself says it: （X牵头，Y配合，6月底前完成）, 牵头单位：X局, 年底前.

The forms are those of published task tables (任务分解表): the first-listed unit leads where several do.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass

# Where the statement begins, and in it the words between which the units stand. Everything is looked for in the last
# characters of a text: the statement is its tail.
_TAIL = 240
_LEAD_LABEL = re.compile(r"(?:牵头|责任|主办|承办)(?:单位|部门)[:：]")
_SUPPORT_LABEL = re.compile(r"(?:配合|协办|协助|参与)(?:单位|部门)[:：]")
_SPOKEN = re.compile(r"^(?P<lead>[^。；;]{2,60}?)牵头(?:办理|负责|落实)?(?P<rest>.*)$", re.S)
_SUPPORTING = re.compile(r"^(?P<units>[^。；;]{2,120}?)(?:等)?(?:配合|协办|协助|参与|按职责分工)")
_STOP = re.compile(r"[。；;）)\]\s]|[，,](?=\d|年|上半年|下半年)")
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
    if "牵头" not in text[-_TAIL:] and "单位" not in text[-_TAIL:] and "部门" not in text[-_TAIL:]:
        return Duties(due=deadline(text[-_TAIL:], year), start=len(text))
    offset = max(0, len(text) - _TAIL)
    tail = text[offset:]
    opening = max(tail.rfind("（"), tail.rfind("("))
    if opening >= 0 and ("牵头" in tail[opening:] or _LEAD_LABEL.search(tail, opening)):
        inside = re.split(r"[）)]", tail[opening + 1 :])[0]
        lead, support = _units(inside)
        if lead:
            return Duties(lead[0], (*lead[1:], *support), deadline(inside, year), offset + opening)
    if label := _LEAD_LABEL.search(tail):
        lead, support = _units(tail[label.start() :])
        if lead:
            return Duties(lead[0], (*lead[1:], *support), deadline(tail[: label.start()], year), offset + label.start())
    if len(text) <= 60 and (units := _units(text))[0]:
        return Duties(units[0][0], (*units[0][1:], *units[1]), deadline(text, year), 0)
    return Duties(due=deadline(tail, year), start=len(text))


def _units(statement: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(leading, supporting) units of a statement such as 牵头单位：A局、B局；配合单位：C办 or A局牵头，B局配合."""
    if label := _LEAD_LABEL.search(statement):
        support = _SUPPORT_LABEL.search(statement)
        lead = statement[label.end() : support.start() if support else len(statement)].strip()
        others = _STOP.split(statement[support.end() :].strip(), maxsplit=1)[0] if support else ""
        return _split(_STOP.split(lead, maxsplit=1)[0]), _split(others)
    if spoken := _SPOKEN.match(statement):
        rest = spoken.group("rest").lstrip("，,；; ")
        supporting = _SUPPORTING.match(rest)
        return _split(spoken.group("lead")), _split(supporting.group("units")) if supporting else ()
    return (), ()


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
