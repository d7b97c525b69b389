"""Checks of a report's text and ledger. A check takes a `Subject` and yields what is wrong."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .. import history, memory
from .. import ledger as records
from ..assemble import themes
from ..config import Project, Report, report_text
from ..draft import locate, place_of
from ..errors import Problem, Problems
from ..ledger import UNASSESSED, Record
from ..split import split
from ..tag import why_no_report


@dataclass(frozen=True, slots=True)
class Subject:
    """What the checks of one report look at."""

    project: Project
    report: Report
    text: str
    records: tuple[Record, ...]

    def problem(self, record: Record, place: str, message: str, todo: str = "") -> Problem:
        return Problem(message, file=self.report.ledger / record.file, place=place, todo=todo)


_TAGGED = re.compile(r"<c(\d+)>(.*?)</c\1>", re.DOTALL)
Check = Callable[[Subject], Iterator[Problem]]


def problems(project: Project) -> list[Problem]:
    """Everything that is wrong in source/, in the order of reports and checks."""
    found: list[Problem] = []
    for report in project.reports:
        try:
            subject = Subject(project, report, report_text(report), records.load(report))
        except Problems as several:
            found.extend(several.problems)
        except Problem as problem:
            found.append(problem)
        else:
            found.extend(problem for one in ALL for problem in one(subject))
    return found


def is_a_report(subject: Subject) -> Iterator[Problem]:
    if reason := why_no_report(split(subject.text)):
        yield Problem(f"not a government work report: {reason}", file=subject.report.text_file)


def file_names(subject: Subject) -> Iterator[Problem]:
    """A record's file is named by its id, so that a copy that kept the id is found."""
    seen: dict[str, str] = {}
    for record in sorted(subject.records, key=lambda record: record.file):
        file = subject.report.ledger / record.file
        if record.id in seen:
            yield Problem(
                f"the id “{record.id}” is also that of {seen[record.id]}",
                file=file,
                place="id",
                todo="ids are never used twice",
            )
        elif f"{record.id}.md" != record.file:
            yield Problem(f"found “{record.id}”, expected the file's name “{file.stem}”", file=file, place="id")
        seen.setdefault(record.id, file.name)
        if record.report != subject.report.id:
            yield Problem(f"found “{record.report}”, expected “{subject.report.id}”", file=file, place="report")


def quotes(subject: Subject) -> Iterator[Problem]:
    """A quote stands verbatim in the official text, at its span, in the section and paragraph that are named."""
    outline = split(subject.text)
    for record, place in zip(subject.records, locate(subject.text, subject.records), strict=True):
        if not place and record.quote in subject.text:
            yield subject.problem(
                record, "quote", "it stands in the text only where another record has it", "remove one of the two"
            )
        elif not place:
            yield subject.problem(
                record, "quote", f"“{record.quote[:40]}” does not stand in the report's text", "copy it from report.txt"
            )
        elif place != record.span:
            yield subject.problem(
                record, "span", f"the quote stands at {list(place)}, not at {list(record.span)}", "run draft"
            )
        else:
            named = {"section": record.section, "paragraph": record.paragraph}
            for (name, found), expected in zip(named.items(), place_of(outline, place[0]), strict=True):
                if found != expected:
                    yield subject.problem(record, name, f"found “{found}”, expected “{expected}”", "run draft")


def overlaps(subject: Subject) -> Iterator[Problem]:
    ordered = sorted(subject.records, key=lambda record: record.span)
    for before, after in itertools.pairwise(ordered):
        if after.span[0] < before.span[1]:
            yield subject.problem(after, "span", f"overlaps {before.id}", "shorten one of the quotes")


def evidence_for_status(subject: Subject) -> Iterator[Problem]:
    """A status other than unassessed needs evidence; adjusted and dropped need a reason; the history agrees."""
    for record in subject.records:
        if record.status != UNASSESSED and not record.evidence:
            yield subject.problem(
                record, "status", f"“{record.status}” without evidence", "add evidence, or set it to unassessed"
            )
        if record.status in ("adjusted", "dropped") and not (record.history and record.history[-1].get("note")):
            yield subject.problem(
                record,
                "history",
                f"“{record.status}” without a reason",
                "say why, and who approved it, in the last entry's note",
            )
        last = record.history[-1]["status"] if record.history else UNASSESSED
        if last != record.status:
            yield subject.problem(
                record,
                "status",
                f"“{record.status}”, but the history ends with “{last}”",
                "add an entry to the history",
            )


def history_entries(subject: Subject) -> Iterator[Problem]:
    for record in subject.records:
        ids = [entry["id"] for entry in record.evidence]
        for double in sorted({one for one in ids if ids.count(one) > 1}):
            yield subject.problem(record, "evidence", f"the id “{double}” stands twice")
        dates = [entry["date"] for entry in record.history]
        if dates != sorted(dates):
            yield subject.problem(record, "history", "its dates do not ascend", "the newest entry stands last")
        for index, entry in enumerate(record.history):
            for one in entry.get("evidence") or ():
                if one not in ids:
                    yield subject.problem(record, f"history.{index}.evidence", f"no evidence has the id “{one}”")


def history_kept(subject: Subject) -> Iterator[Problem]:
    """A history is append-only: what was published once stays in it, word for word."""
    for record, date, status in history.lost(subject.report, subject.records):
        yield subject.problem(
            record,
            "history",
            f"the published entry of {date}, “{status}”, is gone or was changed",
            "put it back, and add a new one",
        )


def inline_tags(subject: Subject) -> Iterator[Problem]:
    """A translated sentence holds the tags of its commitments, each once and in pairs, or they would lose their words."""
    file = subject.report.folder / "en.po"
    for (context, source), translation in memory.load(file).entries.items():
        tags = re.findall(r"<c\d+>", source)
        if context and (
            sorted(tags) != sorted(_pairs(translation.text)) or re.search(r"</?c\d+>", _without(translation.text))
        ):
            yield Problem(
                f"expected the tags {' '.join(tags) or 'none'}, each once and closed",
                file=file,
                place=context,
                todo="mark the same words",
            )


def _pairs(text: str) -> list[str]:
    return [f"<c{number}>" for number, inside in _TAGGED.findall(text) if not re.search(r"</?c\d+>", inside)]


def _without(text: str) -> str:
    return _TAGGED.sub(r"\2", text)


def targets_in_quotes(subject: Subject) -> Iterator[Problem]:
    """A quantified record has targets, and their figures stand in the quote; a baseline stands in the text."""
    for record in subject.records:
        if (record.kind == "quantified") != bool(record.targets):
            yield subject.problem(record, "kind", f"“{record.kind}” with {len(record.targets)} targets")
        for index, target in enumerate(record.targets):
            if target.get("text") and target["text"] not in record.quote:
                yield subject.problem(
                    record, f"targets.{index}.text", f"“{target['text']}” does not stand in the quote"
                )
            if "baseline" in target and target["baseline"]["quote"] not in subject.text:
                yield subject.problem(
                    record, f"targets.{index}.baseline.quote", "it does not stand in the report's text"
                )


def references(subject: Subject) -> Iterator[Problem]:
    """Repeats name records that exist and name each other; themes are those of source/themes.yml."""
    by_id = {record.id: record for record in subject.records}
    known = themes(subject.project)
    for record in subject.records:
        for other in record.repeats:
            if other not in by_id:
                yield subject.problem(record, "repeats", f"there is no record “{other}”")
            elif record.id not in by_id[other].repeats:
                yield subject.problem(record, "repeats", f"“{other}” does not name this record in turn")
        for theme in record.themes:
            if theme not in known:
                yield subject.problem(record, "themes", f"found “{theme}”, expected one of {', '.join(known)}")


ALL: tuple[Check, ...] = (
    is_a_report, file_names, quotes, overlaps, evidence_for_status, history_entries, history_kept, inline_tags, targets_in_quotes, references,
)  # fmt: skip
