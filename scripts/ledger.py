"""The ledger: one Markdown file with YAML front matter per commitment, the record of truth.

Reading checks each record against its schema; writing changes only the named fields and keeps a person's comments,
order and note. Files are read with PyYAML and written with ruamel.yaml, which keeps comments.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import SingleQuotedScalarString

from . import files
from .config import Report
from .errors import Problem, Problems
from .read import read_document
from .schema import load_yaml, violations

UNASSESSED = "unassessed"
STATUSES = (
    "unassessed", "not-started", "in-progress", "on-track", "behind", "completed", "exceeded", "partly-completed",
    "missed", "adjusted", "dropped",
)  # fmt: skip
FINISHED = frozenset({"completed", "exceeded", "partly-completed", "missed", "dropped"})
FIELDS = (
    "id", "report", "section", "paragraph", "quote", "span", "kind", "targets", "themes", "lead", "support", "due",
    "repeats", "status", "history", "evidence", "review",
)  # fmt: skip
_FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*\r?$\n?", re.S | re.M)

# Front matter that was read and found right, by its text: one command reads a ledger more than once.
_READ: dict[str, dict[str, Any]] = {}


@dataclass(frozen=True, slots=True)
class Record:
    """One commitment as the ledger holds it. Nested values are as in schema/commitment.yml."""

    id: str
    report: str
    section: str
    paragraph: str
    quote: str
    span: tuple[int, int]
    kind: str
    targets: tuple[Mapping[str, Any], ...] = ()
    themes: tuple[str, ...] = ()
    lead: str = ""
    support: tuple[str, ...] = ()
    due: str = ""
    repeats: tuple[str, ...] = ()
    status: str = UNASSESSED
    history: tuple[Mapping[str, Any], ...] = ()
    evidence: tuple[Mapping[str, Any], ...] = ()
    review: str = "draft"
    note: str = ""
    file: str = field(default="", compare=False)  # the name of the file that it was read from

    def overdue(self, horizon: str, as_of: str) -> bool:
        """Whether its due date had passed on the day `as_of` without a final status: computed, never typed."""
        return self.status not in FINISHED and _last_day(self.due or horizon) < as_of


def _last_day(day: str) -> str:
    return {4: f"{day}-12-31", 7: f"{day}-31"}.get(len(day), day)


def load(report: Report) -> tuple[Record, ...]:
    """All records of a report in the order of the text; Problems naming file and field for everything broken."""
    records, problems = [], []
    for file in sorted(report.ledger.glob("*.md")):
        try:
            records.append(read(file))
        except Problems as several:
            problems.extend(several.problems)
        except Problem as problem:
            problems.append(problem)
    if problems:
        raise Problems(problems)
    return tuple(sorted(records, key=lambda record: (record.span, record.id)))


def read(file: Path) -> Record:
    """The record in a file; Problems if its front matter is missing, broken or against the schema."""
    front, note, _ = _parts(file)
    known = _READ.get(front)
    if known is None:
        values = load_yaml(front, file, first_line=2)
        if found := violations(values, "commitment", file):
            raise Problems(found)
        known = _READ[front] = {key: value for key, value in values.items() if value is not None}
    values = dict(known)
    for name in ("targets", "themes", "support", "repeats", "history", "evidence"):
        values[name] = tuple(values.get(name, ()))
    values["span"] = tuple(map(int, values["span"]))  # 12.0 is an integer to JSON Schema
    return Record(**values, note=note.strip(), file=file.name)


def _parts(file: Path) -> tuple[str, str, str]:
    text = read_document(file).text
    found = _FRONT.match(text)
    if not found:
        raise Problem(
            "no front matter found", file=file, place="line 1", todo="begin with a line ---, then the fields, then ---"
        )
    return found.group(1), text[found.end() :], found.group()


def write_new(report: Report, record: Record) -> None:
    """Write a record that has no file yet; an existing file is never overwritten."""
    file = path_of(report, record.id)
    if file.exists():
        raise Problem("the file is there already", file=file)
    values = CommentedMap((name, getattr(record, name)) for name in FIELDS)
    files.write(
        file,
        f"---\n{_dump(_styled(values))}---\n{record.note}\n" if record.note else f"---\n{_dump(_styled(values))}---\n",
    )


def update(file: Path, changes: Mapping[str, Any]) -> bool:
    """Change the named fields of a record's file, keeping all else as a person left it; whether anything changed."""
    front, note, head = _parts(file)
    values = _yaml().load(front.replace("\r\n", "\n"))  # or comments would keep a \r of their own
    if all(_plain(values.get(name)) == _plain(value) for name, value in changes.items()):
        return False
    for name, value in changes.items():
        values[name] = _styled(value, name)
    newline = "\r\n" if "\r\n" in head else "\n"
    return files.write(file, f"---\n{_dump(values)}---\n".replace("\n", newline) + note)


def path_of(report: Report, record_id: str) -> Path:
    return report.ledger / f"{record_id}.md"


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value


def _styled(value: Any, name: str = "") -> Any:
    """Short values (spans, baselines, lists of words) stand on one line, long ones below each other."""
    if isinstance(value, Mapping):
        result = CommentedMap((key, _styled(item, key)) for key, item in value.items())
        if name == "baseline":
            result.fa.set_flow_style()
        return result
    if isinstance(value, (list, tuple)):
        result = CommentedSeq(_styled(item) for item in value)
        if not value or not isinstance(value[0], Mapping):
            result.fa.set_flow_style()
        return result
    if value == "" and name in ("", "lead", "due", "unit"):
        return None
    return (
        SingleQuotedScalarString(value) if isinstance(value, str) and "\n" not in value and _misread(value) else value
    )


@cache
def _misread(text: str) -> bool:
    """Whether PyYAML takes a bare text for something else than ruamel.yaml, which writes it: on, 1:30, [?0]."""
    try:
        alone, listed = load_yaml(text, Path()), load_yaml(f"[{text}]", Path())
        return not isinstance(alone, str) or (len(listed) == 1 and listed != [text.strip()])
    except Problem:
        return True


def _yaml() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 4096  # a quote stays on its line, so that it can be found and compared
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.representer.add_representer(
        type(None), lambda dumper, _: dumper.represent_scalar("tag:yaml.org,2002:null", "")
    )
    return yaml


def _dump(values: CommentedMap) -> str:
    for name in ("lead", "due"):
        if values.get(name) == "":
            values[name] = None
    stream = io.StringIO()
    _yaml().dump(values, stream)
    return stream.getvalue()
