"""What people say about the site and each report: source/site.yml and source/<report-id>/report.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from .errors import Problem, Problems
from .read import read_document
from .schema import load_yaml, violations, with_languages

Text = Mapping[str, str]  # language → text; always has zh-Hans

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Report:
    """A report's metadata, and where its files are."""

    folder: Path
    id: str
    id_prefix: str
    title: Text
    issuer: Text
    year: int
    horizon: str
    as_of: str
    region: Text | None = None
    published: str = ""  # the day
    published_time: str = ""  # 09:00, where it is known
    url: str = ""
    opencc: str = "s2tw"
    notice: Text | None = None
    related: tuple[Mapping[str, Any], ...] = ()
    disclosure: Mapping[str, Any] | None = None

    @property
    def text_file(self) -> Path:
        return self.folder / "report.txt"

    @property
    def ledger(self) -> Path:
        return self.folder / "commitments"


@dataclass(frozen=True, slots=True)
class Project:
    """A checkout: its root folder, the site's settings and the reports that it holds, newest first."""

    root: Path
    name: Text
    short_name: Text
    tagline: Text | None
    publisher: Text | None
    base_url: str
    languages: tuple[str, ...]
    reports: tuple[Report, ...]
    government: Mapping[str, Any] = field(default_factory=dict)
    assessor: Mapping[str, Any] | None = None

    @property
    def source(self) -> Path:
        return self.root / "source"

    @property
    def docs(self) -> Path:
        return self.root / "docs"

    @property
    def site(self) -> Path:
        return self.root / "site"

    def report(self, report_id: str) -> Report:
        for report in self.reports:
            if report.id == report_id:
                return report
        known = ", ".join(report.id for report in self.reports) or "none"
        raise Problem(
            f"no report “{report_id}”, there is: {known}",
            todo=f"make source/{report_id}/ with report.txt and report.yml",
        )


def load_project(root: Path = ROOT) -> Project:
    """The project at `root`; Problems if site.yml or any report.yml is missing, broken or against its schema."""
    file = root / "source" / "site.yml"
    site = load(file, "site")
    folders = sorted(
        path.parent for path in (root / "source").glob("*/report.*") if path.name in ("report.yml", "report.txt")
    )
    problems: list[Problem] = []
    reports: list[Report] = []
    for folder in dict.fromkeys(folders):
        try:
            reports.append(load_report(folder))
        except Problems as several:
            problems.extend(several.problems)
        except Problem as problem:
            problems.append(problem)
    if problems:
        raise Problems(problems)
    return Project(
        root=root,
        name=site["name"],
        short_name=site.get("short_name") or site["name"],
        tagline=site.get("tagline"),
        publisher=site.get("publisher"),
        base_url=site.get("base_url") or "",
        languages=tuple(site["languages"]),
        government={key: value for key, value in (site.get("government") or {}).items() if value},
        assessor=site.get("assessor"),
        reports=tuple(sorted(reports, key=lambda report: (-report.year, report.id))),
    )


def load_report(folder: Path) -> Report:
    """The metadata of the report in `folder`."""
    file = folder / "report.yml"
    values = load(file, "report")
    if values["id"] != folder.name:
        raise Problem(f"found “{values['id']}”, expected the folder's name “{folder.name}”", file=file, place="id")
    values["related"] = tuple(values.get("related") or ())
    values["published"], _, values["published_time"] = values.get("published", "").partition(" ")
    return Report(folder=folder, **values)


def report_text(report: Report) -> str:
    """The official text, decoded; nothing in it is changed."""
    return read_document(report.text_file).text


def load(file: Path, kind: str) -> dict:
    """A YAML file that must be there and agree with the schema of its kind; Problems naming file and field."""
    if not file.is_file():
        raise Problem("no such file", file=file, todo="see README.md, “Another report”")
    values = load_yaml(read_document(file).text, file)
    found = violations(values, kind, file)
    if found:
        raise Problems(found)
    return with_languages(values, kind)


def load_if_there(file: Path, kind: str) -> Mapping:
    """As `load`, for a file that a site may do without or leave empty. Large dictionaries are read once, not by each edition."""
    try:
        stat = file.stat()
    except OSError:
        return {}
    return _loaded(file, kind, stat.st_mtime_ns, stat.st_size) if stat.st_size else {}


@cache
def _loaded(file: Path, kind: str, changed: int, size: int) -> Mapping:
    return MappingProxyType(load(file, kind) or {})
