"""Taking what came back into en.po: which unit fills which segment, and what a person translated stays."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import polib
from translate.misc.xml_helpers import valid_chars_only

from .. import files, memory, merge
from ..assemble import sources
from ..config import Project, Report
from ..errors import Problem
from . import incoming
from .incoming import Unit
from .segments import BY_A_PERSON, Segment, by_segment
from .tags import wrong_tags

_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(slots=True)
class Result:
    """What became of a file that came back; every line of `kept` and `refused` names a segment and says why."""

    taken: list[str] = field(default_factory=list)  # ids of segments
    same: int = 0
    empty: int = 0  # units that the agency has not translated
    kept: list[str] = field(default_factory=list)  # differences that were not taken over, a person's translation stays
    refused: list[str] = field(default_factory=list)


class _Refused(ValueError):
    """Why a unit fills no segment."""


def take(project: Project, report: Report, file: Path, *, replace: bool = False) -> Result:
    """Take a translated XLIFF or TMX file into the report's en.po; write it once, and only if something is taken over.

    A unit belongs to the segment with its id, else with its context and source, else to those with its source. Problem if
    the file is no such file, is broken or in other languages, or if en.po is broken; nothing is written then.
    """
    units = incoming.read(file)
    po_file = report.folder / "en.po"
    known, po = memory.load(po_file), merge.read(po_file)
    entries = by_segment(po)
    segments = [Segment(context, source) for context, source in sources(project, report)]
    comment = f"translated: {' '.join(file.name.split())}, {_today()}"
    result = Result()
    plan = _plan(units, segments, result)
    at = 0  # where a new entry goes: after that of the segment before it in the report
    for segment in segments:
        entry = entries.get(segment)
        if entry:  # this very one: polib's entries are equal when they say the same
            at = 1 + next(place for place, one in enumerate(po) if one is entry)
        if segment not in plan:
            continue
        unit, by_source = plan[segment]
        now = known.find(segment.source, segment.context)
        finished = now is not None and now.state in BY_A_PERSON
        # a translation of the same text elsewhere binds here only if it is for every context, or if the unit names none
        own = next((one for one in (entry, entries.get(Segment("", segment.source))) if one and one.msgstr), None)
        human = (finished and by_source) or (own is not None and memory.state_of(own) in BY_A_PERSON)
        if now and _tidy(valid_chars_only(now.text), segment.source) == unit.target and (unit.draft or finished):
            result.same += 1
            continue
        if human and (unit.draft or not replace):
            todo = "it still needs review" if unit.draft else "--replace takes it over"
            result.kept.append(f"{segment.id}: a person's translation stays, not taken: {_shown(unit.target)} → {todo}")
            continue
        if not entry:
            entry = polib.POEntry(msgctxt=segment.context or None, msgid=segment.source)
            po.insert(at, entry)
            at += 1
        _fill(entry, unit, own.msgstr if own else now.text if human else "", comment)
        result.taken.append(segment.id)
    if result.taken:
        files.write(po_file, str(po))
    return result


def _plan(units: Sequence[Unit], segments: Sequence[Segment], result: Result) -> dict[Segment, tuple[Unit, bool]]:
    """Which unit fills which segment, and whether only its source says so; what cannot be used is noted in the result."""
    finder = _Finder(segments)
    refused: dict[int, str] = {}
    matched: list[tuple[int, int, list[Segment]]] = []  # how well (0 is best), number of the unit, segments
    for number, unit in enumerate(units):
        if not unit.fault and _untranslated(unit):
            result.empty += 1
            continue
        try:
            rank, own = finder.find(unit)
            unit.target = _checked(unit.target, own[0].source)
            matched.append((rank, number, own))
        except _Refused as reason:
            refused[number] = str(reason)
    plan: dict[Segment, tuple[Unit, bool]] = {}
    for rank, number, own in sorted(matched, key=lambda one: one[:2]):
        before = [plan[segment][0].target for segment in own if segment in plan]
        for segment in own:
            plan.setdefault(segment, (units[number], rank == 2))
        if len(before) == len(own) and units[number].target not in before:
            refused[number] = f"the file has another translation of it: {_shown(before[0])}"
    result.refused += [f"{units[number].place}: {refused[number]}" for number in sorted(refused)]
    return plan


class _Finder:
    """The segments of a report, by what a unit may name."""

    def __init__(self, segments: Sequence[Segment]):
        self.by_id = {segment.id: segment for segment in segments}
        self.contexts = {segment.context for segment in segments}
        self.by_source: dict[str, list[Segment]] = {}
        for segment in segments:
            self.by_source.setdefault(_key(segment.source), []).append(segment)

    def find(self, unit: Unit) -> tuple[int, list[Segment]]:
        """The segments that a unit translates, and by what: 0 its id, 1 its context, 2 only its source; else _Refused."""
        if unit.fault:
            raise _Refused(unit.fault)
        named, same_source = self.by_id.get(unit.id), self.by_source.get(_key(unit.source), [])
        if named and named not in same_source:
            raise _Refused(f"its source text is not the report's: {_shown(named.source)}")
        if not same_source:
            changed = unit.context in self.contexts and (unit.id or unit.context)
            raise _Refused(
                "the source text has changed, in the file or in the report"
                if changed
                else "the report has no such segment"
            )
        if named:
            return 0, [named]
        same_context = [one for one in same_source if one.context == unit.context]
        return (1, same_context) if same_context else (2, same_source)


def _checked(target: str, source: str) -> str:
    """A translation without the line breaks and indents of a tool; _Refused if it is none, or its tags are wrong."""
    target = _tidy(target, source)
    if wrong := wrong_tags(source, target):
        raise _Refused(wrong)
    if target == source and _HAN.search(target):
        raise _Refused("its translation is the source text")
    return target


def _untranslated(unit: Unit) -> bool:
    return not unit.target.strip() or (unit.draft and _key(unit.target) == _key(unit.source))


def _key(text: str) -> str:
    """A source as it is compared: tools add line breaks and indents, and drop what XML cannot hold."""
    return "".join(valid_chars_only(text).split())


def _tidy(text: str, source: str) -> str:
    """A translation without the line breaks and indents that a tool has put into a text that has none."""
    text = text.strip(" \t\r\n")
    return text if "\n" in source else re.sub(r"[ \t]*[\r\n]\s*", " ", text)


def _shown(text: str) -> str:
    return "“" + " ".join(text.split()) + "”"


def _fill(entry: polib.POEntry, unit: Unit, old: str, comment: str) -> None:
    """Write a translation into an entry; nobody has reviewed it, and what stood there before becomes a comment."""
    lines = [
        f"before, {line}" if line.strip().startswith(memory.REVIEWED_BY) else line
        for line in entry.tcomment.splitlines()
    ]
    if old and old != unit.target:
        lines += [f"before: {line}" for line in old.splitlines()]
    if comment not in lines:
        lines.append(comment)
    entry.tcomment = "\n".join(lines)
    entry.msgstr, entry.fuzzy = unit.target, unit.draft


def _today() -> str:
    """The day, or that of SOURCE_DATE_EPOCH, as YYYY-MM-DD."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        return (datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now()).date().isoformat()
    except (ValueError, OverflowError, OSError):
        raise Problem(f"SOURCE_DATE_EPOCH is “{epoch}”, expected seconds since 1970") from None
