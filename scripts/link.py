"""Last year's commitments beside this year's review: which sentence reports on which promise.

Everything here is a proposal. `propose` writes a table that a person reads in Excel and answers with yes or no;
`accept` adds the sentences answered with yes to the ledger as evidence. No status is changed by either.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from . import files, ledger
from .config import Report, report_text
from .errors import Problem
from .ledger import Record
from .model import Outline
from .read import read_document
from .similar import Index
from .split import split

_LIKELY = 0.42
_OUTCOMES = re.compile(r"完成情况|落实情况|办理情况|进展情况")
_COLUMNS = ("id", "quote", "confidence", "paragraph", "sentence", "accept")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A sentence of this year's report that may report on a commitment of last year's; confidence 0 to 1."""

    record: Record
    confidence: float
    paragraph: str
    sentence: str


def proposals(records: tuple[Record, ...], text: str) -> list[Proposal]:
    """For each record the sentence of the review part, or the row of an annexed outcome table, nearest to it."""
    told = list(_told(split(text)))
    index = Index([row.matched for row in told])
    found = []
    for record in records:
        best = [(score, told[number]) for score, number in index.containing(record.quote, most=3, shared=2)]
        if best and best[0][0] >= _LIKELY:
            score, row = max(best, key=lambda one: (one[0], row_order(one[1])))
            found.append(Proposal(record, round(min(score, 1.0), 2), row.paragraph, row.text))
    return found


def row_order(row: _Told) -> int:
    """Of equally similar ones the row of an outcome table: it answers one promise and nothing else."""
    return int(row.answers)


@dataclass(frozen=True, slots=True)
class _Told:
    paragraph: str
    text: str
    matched: str  # what is compared with the promise: a table's row is compared by its name
    answers: bool = False


def _told(outline: Outline) -> Iterator[_Told]:
    outcome = False
    for section in outline.sections:
        if section.part == "annex" and section.heading:
            outcome = bool(_OUTCOMES.search(section.heading))
        if section.part == "annex" and outcome:
            yield from _table(outline.text, section.paragraphs)
        elif section.part == "review":
            for paragraph in section.paragraphs:
                for sentence in paragraph.sentences:
                    text = outline.text[sentence.start : sentence.end]
                    yield _Told(paragraph.id, text, text)


def _table(text: str, paragraphs) -> Iterator[_Told]:
    """The rows of a flattened table: a number, then its cells; the name is compared, the whole row is shown."""
    cells: list[tuple[str, str]] = []
    expected = 1
    for paragraph in [*paragraphs, None]:
        cell = text[paragraph.start : paragraph.end].strip() if paragraph else ""
        if paragraph is None or cell == str(expected):
            if cells and expected > 1:
                yield _Told(cells[0][0], " / ".join(own for _, own in cells), cells[0][1], answers=True)
            cells, expected = [], expected + 1
        else:
            cells.append((paragraph.id, cell))


def propose(previous: Report, current: Report) -> tuple[Path, int]:
    """Write source/<previous>/links-<current>.csv; answers that a person gave stay. Returns the file and its rows."""
    file = previous.folder / f"links-{current.id}.csv"
    answers = {(row["id"], row["sentence"]): row["accept"] for row in _rows(file)} if file.exists() else {}
    found = proposals(ledger.load(previous), report_text(current))
    stream = io.StringIO()
    table = csv.writer(stream, lineterminator="\r\n")
    table.writerow(_COLUMNS)
    for one in found:
        answer = answers.get((one.record.id, one.sentence), "")
        table.writerow([one.record.id, one.record.quote, one.confidence, one.paragraph, one.sentence, answer])
    kept = {(one.record.id, one.sentence) for one in found}
    for (record_id, sentence), answer in answers.items():
        if answer and (record_id, sentence) not in kept:
            table.writerow([record_id, "", "", "", sentence, answer])
    files.write(file, "\ufeff" + stream.getvalue())  # the mark lets Excel see that it is UTF-8
    return file, len(found)


def accept(previous: Report, current: Report) -> int:
    """Add the proposals answered with yes to the ledger as evidence; how many records changed."""
    file = previous.folder / f"links-{current.id}.csv"
    if not file.exists():
        raise Problem("no such file", file=file, todo=f"run link {current.id} {previous.id} first")
    records = {record.id: record for record in ledger.load(previous)}
    changed = 0
    for number, row in enumerate(_rows(file), 2):
        answer = row["accept"].strip().lower()
        if answer not in ("", "yes", "y", "是", "no", "n", "否"):
            raise Problem(f"found “{row['accept']}”, expected yes or no", file=file, place=f"line {number}, accept")
        if answer not in ("yes", "y", "是"):
            continue
        if row["id"] not in records:
            raise Problem(f"there is no commitment “{row['id']}”", file=file, place=f"line {number}, id")
        changed += _add(previous, current, records[row["id"]], row)
    return changed


def _add(previous: Report, current: Report, record: Record, row: dict[str, str]) -> bool:
    own = f"{current.id}-{row['paragraph'] or 'review'}"
    if any(entry["id"] == own for entry in record.evidence):
        return False
    entry = {
        "id": own,
        "title": current.title["zh-Hans"],
        "publisher": current.issuer["zh-Hans"],
        "date": current.published or str(current.year),
        "summary": row["sentence"],
    }
    if current.url:
        entry["url"] = current.url
    return ledger.update(previous.ledger / record.file, {"evidence": [*(dict(one) for one in record.evidence), entry]})


def _rows(file: Path) -> list[dict[str, str]]:
    text = read_document(file).text.lstrip("\ufeff")
    table = csv.DictReader(io.StringIO(text, newline=""))
    if table.fieldnames is None or not set(_COLUMNS) <= set(table.fieldnames):
        raise Problem(f"expected the columns {', '.join(_COLUMNS)}", file=file, place="line 1")
    return [{name: row.get(name) or "" for name in _COLUMNS} for row in table]
