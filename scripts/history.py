"""The history of every status that was ever published, so that none can silently disappear.

source/<report-id>/commitments/published.tsv: commitment, date, status, a digest of note and author. The build appends what it
publishes for the first time; nothing is ever taken out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from . import files
from .config import Report
from .ledger import Record

Entry = tuple[str, str, str, str]


def lost(report: Report, records: tuple[Record, ...]) -> Iterator[tuple[Record, str, str]]:
    """(record, date, status) of every published entry that its record's history no longer holds as it was."""
    present = {entry for record in records for entry in _entries(record)}
    by_id = {record.id: record for record in records}
    for entry in _published(report):
        if entry[0] in by_id and entry not in present:
            yield by_id[entry[0]], entry[1], entry[2]


def publish(report: Report, records: tuple[Record, ...]) -> None:
    """Remember the entries of these records as published."""
    known = _published(report)
    new = [entry for record in records for entry in _entries(record) if entry not in set(known)]
    if new:
        files.write(_file(report), "".join("\t".join(entry) + "\n" for entry in sorted([*known, *new])))


def _file(report: Report) -> Path:
    return report.ledger / "published.tsv"


def _published(report: Report) -> list[Entry]:
    file = _file(report)
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return [tuple(line.split("\t")) for line in lines if line.count("\t") == 3]


def _entries(record: Record) -> list[Entry]:
    return [(record.id, entry["date"], entry["status"], _digest(entry)) for entry in record.history]


def _digest(entry: Mapping[str, Any]) -> str:
    said = f"{entry.get('note') or ''}\n{entry['by']}"
    return hashlib.sha256(said.encode()).hexdigest()[:12]
