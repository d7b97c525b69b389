"""Tagging to ledger: write what is new, let machine-owned fields follow the text, keep what people changed.

Who owns what: `section`, `paragraph` and `span` are always the machine's. `kind`, `targets`, `lead`, `support`, `due`
and `repeats` are the machine's until a person changes or confirms them; all else, the quote and the existence of a
record included, is the people's from the first day. `commitments/drafted.tsv` remembers what was once drafted, so that
no id is used twice and a record that a person removed does not come back.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from . import files, ledger
from .config import Report, report_text
from .errors import NotAWorkReport, Problem
from .ledger import Record
from .model import Commitment, Outline, Span, Tagging
from .split import split
from .tag import tag, why_no_report

_PROPOSED = ("kind", "targets", "lead", "support", "due")


@dataclass(slots=True)
class Drafting:
    """What a run did: ids of records written, followed, left alone, and what a person should look at."""

    new: list[str] = field(default_factory=list)
    followed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)  # the tagger proposes something else than a person wrote
    removed: list[str] = field(default_factory=list)  # drafted once, removed by a person, not written again
    lost: list[str] = field(default_factory=list)  # the quote no longer stands in the text
    unseen: list[str] = field(default_factory=list)  # unconfirmed, and the tagger no longer finds it


def draft(report: Report) -> Drafting:
    """Write the ledger of a report from its text; running it again changes nothing.

    Raises Problem if the text is no work report, or Problems if a record is broken: then nothing is written.
    """
    text = report_text(report)
    outline = split(text)
    if reason := why_no_report(outline):
        raise NotAWorkReport(f"not a government work report: {reason}", file=report.text_file)
    tagging = tag(text, outline=outline)
    records = ledger.load(report)
    register = _Register(report)
    found = zip(records, locate(text, records), strict=True)
    places = {record.id: place for record, place in found if place}
    result = Drafting(lost=[record.id for record in records if record.id not in places])
    proposals = [_proposal(commitment, tagging) for commitment in tagging.commitments]
    known: dict[int, str] = {}  # which record a commitment of the tagger's is
    for record in records:
        if record.id in places:
            _follow(report, record, places[record.id], tagging, proposals, known, register, result)
    for index, commitment in enumerate(tagging.commitments):
        if index in known:
            continue
        if register.removed(commitment.quote, {record.id for record in records} | set(result.new)):
            result.removed.append(commitment.quote)
            continue
        known[index] = _write(report, commitment, proposals[index], register, result)
    _name_repeats(report, tagging, known, set(result.new))
    register.save()
    return result


def locate(text: str, records: Sequence[Record]) -> list[Span | None]:
    """Where each record's quote stands: at its span, else where it has moved to, None where it stands no longer.

    The same promise may be made twice: records with one quote keep their order, and no two are led to one place.
    """
    places = [record.span if text[slice(*record.span)] == record.quote else None for record in records]
    moved: dict[str, list[int]] = {}
    for index, place in enumerate(places):
        if not place:
            moved.setdefault(records[index].quote, []).append(index)
    for quote, own in moved.items():
        taken = {place[0] for place in places if place}
        hits = [match.start() for match in re.finditer(re.escape(quote), text) if match.start() not in taken]
        own = sorted(own, key=lambda index: records[index].span)
        for index, hit in _nearest(own, hits, lambda index, hit: abs(records[index].span[0] - hit)):
            places[index] = hit, hit + len(quote)
    return places


def _nearest(own: list[int], hits: list[int], distance: Callable[[int, int], int]) -> list[tuple[int, int]]:
    """Pairs of the two in their order, as many as there can be, with the least distance altogether."""
    few = min(len(own), len(hits))
    if math.comb(max(len(own), len(hits)), few) > 5000:
        return list(zip(own, hits, strict=False))
    choices = itertools.product(itertools.combinations(own, few), itertools.combinations(hits, few))
    pairings = (list(zip(*choice, strict=True)) for choice in choices)
    return min(pairings, key=lambda pairs: sum(distance(*pair) for pair in pairs))


def _follow(report, record, place, tagging, proposals, known, register, result) -> None:
    commitments = tagging.commitments
    overlapping = [i for i, one in enumerate(commitments) if _same(place, (one.start, one.end))]
    known.update(dict.fromkeys(overlapping, record.id))
    section, paragraph = place_of(tagging.outline, place[0])
    changes: dict[str, Any] = {"section": section, "paragraph": paragraph, "span": place}
    exact = next((i for i in overlapping if commitments[i].quote == record.quote), None)
    current = _proposal_of(record)
    proposed = current if exact is None else proposals[exact]
    drafted = register.fingerprints.get(record.id)
    if not overlapping and record.review == "draft" and drafted:
        result.unseen.append(record.id)
    if current != proposed:
        if record.review == "draft" and drafted == _fingerprint(current):
            changes |= proposed
            drafted = None
        elif record.review == "draft" and drafted not in (None, _fingerprint(proposed)):
            result.kept.append(record.id)
    if drafted is None:
        register.add(record.id, record.quote, _fingerprint(proposed))
    if ledger.update(report.ledger / record.file, changes):
        result.followed.append(record.id)


def _name_repeats(report: Report, tagging: Tagging, known: dict[int, str], new: set[str]) -> None:
    """Let new records that state the same promise name each other; a record that a person has is left alone."""
    ids = {(one.start, one.end): known.get(index) for index, one in enumerate(tagging.commitments)}
    named: dict[str, list[str]] = {}
    for repeat in tagging.repeats:
        pair = ids[repeat.first], ids[repeat.second]
        if set(pair) <= new:
            named.setdefault(pair[0], []).append(pair[1])
            named.setdefault(pair[1], []).append(pair[0])
    for record_id, others in named.items():
        ledger.update(ledger.path_of(report, record_id), {"repeats": sorted(others)})


def _same(a: tuple[int, int], b: tuple[int, int]) -> bool:
    """Whether two spans are about the same thing: they share at least half of the shorter one."""
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared * 2 >= min(a[1] - a[0], b[1] - b[0])


def place_of(outline: Outline, at: int) -> tuple[str, str]:
    """The ids of section (or livelihood project) and paragraph at a place in the text; beside a heading, the nearest."""
    for paragraph in outline.paragraphs:
        if paragraph.start <= at < paragraph.end:
            item = paragraph.item_at(at)
            return (item if item.startswith("l") else paragraph.section), paragraph.id
    if not outline.paragraphs:
        raise Problem(f"no paragraph stands at {at}")
    nearest = min(outline.paragraphs, key=lambda one: max(one.start - at, (at - one.end) * 2))
    headed = (one.id for one in outline.sections if one.heading_span[0] <= at < one.heading_span[1])
    return next(headed, nearest.section), nearest.id


def _write(
    report: Report, commitment: Commitment, proposal: dict[str, Any], register: _Register, result: Drafting
) -> str:
    record_id = register.next_id(report.id_prefix, commitment.section)
    record = Record(
        id=record_id,
        report=report.id,
        section=commitment.section,
        paragraph=commitment.paragraph,
        quote=commitment.quote,
        span=(commitment.start, commitment.end),
        **proposal,
    )
    ledger.write_new(report, record)
    register.add(record_id, commitment.quote, _fingerprint(proposal))
    result.new.append(record_id)
    return record_id


def _proposal(commitment: Commitment, tagging: Tagging) -> dict[str, Any]:
    """The machine's fields of a record, as they stand in its front matter."""
    results = {
        one.target: one for one in tagging.baselines if (one.start, one.end) == (commitment.start, commitment.end)
    }
    proposed = []
    for number, one in enumerate(commitment.targets):
        target = {
            "indicator": one.indicator,
            "operator": one.operator,
            "value": _plain(one.value),
            "unit": one.unit or None,
            "kind": one.kind,
            "text": one.text,
        }
        if baseline := results.get(number):
            target["baseline"] = {
                "value": _plain(baseline.value),
                "unit": baseline.unit,
                "year": (tagging.outline.year or 1) - 1,
                "quote": baseline.quote,
                "comparable": baseline.comparable,
            }
        proposed.append(target)
    due = commitment.due or (f"{commitment.horizon[-4:]}-12-31" if _beyond(commitment, tagging) else "")
    return {
        "kind": commitment.kind,
        "targets": tuple(proposed),
        "lead": commitment.lead,
        "support": commitment.support,
        "due": due,
    }


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _beyond(commitment: Commitment, tagging: Tagging) -> bool:
    """Whether a promise is meant for another year than the report's own."""
    return bool(commitment.horizon) and commitment.horizon != str(tagging.outline.year)


def _proposal_of(record: Record) -> dict[str, Any]:
    return {name: getattr(record, name) for name in _PROPOSED}


def _fingerprint(proposal: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(proposal, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:12]


class _Register:
    """commitments/drafted.tsv: id, fingerprint of what was proposed, quote; one line for every record ever drafted."""

    def __init__(self, report: Report):
        self.file = report.ledger / "drafted.tsv"
        self.fingerprints: dict[str, str] = {}
        self.quotes: dict[str, str] = {}
        lines = self.file.read_text(encoding="utf-8").splitlines() if self.file.exists() else []
        for number, line in enumerate(lines, 1):
            try:
                record_id, fingerprint, quote = line.split("\t")
                self.fingerprints[record_id], self.quotes[record_id] = fingerprint, str(json.loads(quote))
            except ValueError:
                raise Problem(
                    "found no three columns: id, fingerprint, quote",
                    file=self.file,
                    place=f"line {number}",
                    todo="restore the file",
                ) from None
        self._ids = set(self.fingerprints) | {path.stem for path in report.ledger.glob("*.md")}

    def add(self, record_id: str, quote: str, fingerprint: str) -> None:
        self.fingerprints[record_id], self.quotes[record_id] = fingerprint, quote
        self._ids.add(record_id)

    def removed(self, quote: str, present: set[str]) -> bool:
        return any(known == quote and record_id not in present for record_id, known in self.quotes.items())

    def next_id(self, prefix: str, section: str) -> str:
        """The next number of a section that no record ever had."""
        stem, digits = f"{prefix}-{section}-", 2 if section.startswith("l") else 3
        used = [int(one[len(stem) :]) for one in self._ids if one.startswith(stem) and one[len(stem) :].isdigit()]
        return f"{stem}{max(used, default=0) + 1:0{digits}d}"

    def save(self) -> None:
        lines = (
            f"{record_id}\t{self.fingerprints[record_id]}\t{json.dumps(self.quotes[record_id], ensure_ascii=False)}\n"
            for record_id in sorted(self.fingerprints)
        )
        files.write(self.file, "".join(lines))
