"""Open data: what the site knows of a report, for programs and tables, in files whose shape is promised.

`make` gives every file below site/data/ as bytes. Nothing depends on the clock, so the same ledger gives the same bytes.
SCHEMA_VERSION is raised in its second figure when fields or columns are added at the end, in its first when anything that
a reader may rely on changes; tests/consumer_v1.py is a reader of version 1 that is never changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from .. import hant
from ..config import Project, report_text
from ..edition import ORIGINAL, Edition
from . import document, dues, feeds, outline, tables, workbook
from .common import SCHEMA_VERSION, Place, dump

# A report in each of the site's languages.
Editions = Mapping[str, Edition]

JSON, CSV, TEXT = "application/json", "text/csv; charset=utf-8", "text/plain; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ATOM, FEED, ICALENDAR = "application/atom+xml", "application/feed+json", "text/calendar; charset=utf-8"

# What each kind of file is for, in the order in which a page lists them.
USES = {
    "xlsx": "任务分解表（Excel），可筛选、打印，发给各责任单位",
    "commitments-csv": "承诺一览，每项一行，用 Excel 或统计软件打开",
    "targets-csv": "量化目标，每个一行，并列上年结果",
    "history-csv": "状态变动，每次一行",
    "evidence-csv": "依据，每条一行",
    "commitments": "全部承诺，三种语言并列，供程序读取",
    "report": "报告的结构：部分、段落、句子及其位置，上年结果",
    "text": "报告原文，纯文本",
    "atom": "状态变动的订阅源（Atom）",
    "json-feed": "状态变动的订阅源（JSON Feed）",
    "icalendar": "完成时限的日历",
    "csvw": "各 CSV 的列名和类型（CSV on the Web）",
}
FEEDS = ("atom", "json-feed")  # of no use in a copy that nobody updates
_STATUS = [column.name for column in tables.COLUMNS["commitments"]].index("status_title")
STATUS_COLUMN = chr(ord("A") + _STATUS)  # where a spreadsheet has the status in words


@dataclass(frozen=True, slots=True)
class File:
    """A file of the open data: `path` below site/data/, `kind` what it is, `language` empty where it holds all of them.

    `commitment` is the id of the one that it is about, empty for a file about the whole report.
    """

    path: str
    content: bytes
    kind: str
    media_type: str
    report: str = ""
    language: str = ""
    commitment: str = ""

    @property
    def name(self) -> str:
        return self.path.rsplit("/", 1)[-1]

    @property
    def described(self) -> dict:
        return {
            "path": self.path,
            "kind": self.kind,
            "language": self.language or None,
            "media_type": self.media_type,
            "bytes": len(self.content),
            "sha256": hashlib.sha256(self.content).hexdigest(),
        }


def make(project: Project, by_report: list[Editions]) -> tuple[File, ...]:
    """Every file below site/data/, sorted by path; index.json describes those about the reports."""
    found = [file for editions in by_report for file in _report_files(project, editions)]
    found += _schemas(project)
    found.append(File("index.json", _index(project, by_report, found), "index", JSON))
    return tuple(sorted(found, key=lambda file: file.path))


def _report_files(project: Project, editions: Editions) -> Iterator[File]:
    original = editions[ORIGINAL]
    report = original.report.id
    convert = hant.converter(project)
    names = {language: hant.in_language(project.short_name, language, convert) for language in editions}
    place, below = Place(project, f"{report}/", names), Place(project, f"{report}/commitments/", names)
    changes = feeds.changes(original)

    def file(
        name: str, content: str | bytes, kind: str, media_type: str, language: str = "", commitment: str = ""
    ) -> File:
        data = content.encode("utf-8") if isinstance(content, str) else content
        return File(f"{report}/{name}", data, kind, media_type, report, language, commitment)

    cards = document.commitments(editions)
    yield file("report.txt", report_text(original.report), "text", TEXT, ORIGINAL)
    yield file("report.json", outline.report(editions), "report", JSON)
    yield file("commitments.json", document.collection(editions, cards, place), "commitments", JSON)
    yield file("csv-metadata.json", tables.csvw(editions), "csvw", "application/csvm+json")
    for language, edition in editions.items():
        own = tables.tables(edition, place)
        for table in own:
            yield file(f"{table.name}.{language}.csv", tables.csv_bytes(table), f"{table.name}-csv", CSV, language)
        yield file(f"commitments.{language}.xlsx", workbook.workbook(edition, own), "xlsx", XLSX, language)
        feed = feeds.Feed((edition,), changes, place)
        yield file(f"changes.{language}.atom.xml", feeds.atom(feed), "atom", ATOM, language)
        yield file(f"changes.{language}.feed.json", feeds.json_feed(feed), "json-feed", FEED, language)
        yield file(f"due.{language}.ics", dues.calendar(edition, place), "icalendar", ICALENDAR, language)
    # One feed a commitment, in all languages: a commitment changes a few times a year, and there are hundreds of them.
    own, by_card = tuple(editions.values()), feeds.by_commitment(changes)
    own = tuple(sorted(own, key=lambda edition: edition.language != ORIGINAL))
    for card in original.cards:
        name, feed = f"commitments/{card.id}", feeds.Feed(own, by_card.get(card.id, ()), below, card.id)
        yield file(f"{name}.json", document.alone(editions, cards[card.id], below), "commitment", JSON, "", card.id)
        yield file(f"{name}.atom.xml", feeds.atom(feed), "atom", ATOM, "", card.id)
        yield file(f"{name}.feed.json", feeds.json_feed(feed), "json-feed", FEED, "", card.id)


def _schemas(project: Project) -> Iterator[File]:
    """The JSON Schemas, each with its own address as $id, relative to where it was found if the site has no address."""
    for path in sorted((Path(__file__).parent / "schema").glob("*.json")):
        schema = json.loads(path.read_text(encoding="utf-8"))
        root = f"{project.base_url}data/schema/" if project.base_url else ""
        version = {"$comment": f"schema_version {SCHEMA_VERSION}"}
        schema = {"$schema": schema.pop("$schema"), "$id": root + path.name, **version, **schema}
        text = json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
        yield File(f"schema/{path.name}", text.encode("utf-8"), "schema", "application/schema+json")


def _index(project: Project, by_report: list[Editions], found: list[File]) -> bytes:
    """index.json: the reports with their files; files about one commitment only as a pattern, they are too many."""
    reports = []
    for editions in by_report:
        edition = editions[ORIGINAL]
        own = sorted((file for file in found if file.report == edition.report.id), key=lambda file: file.path)
        reports.append({
            "id": edition.report.id,
            "title": document.metadata(editions, lambda one: one.title),
            "issuer": document.metadata(editions, lambda one: one.issuer),
            "year": edition.report.year,
            "as_of": edition.report.as_of,
            "languages": list(editions),
            "commitments": len(edition.cards),
            "files": [file.described for file in own if not file.commitment],
            "commitment_files": {
                "json": f"{edition.report.id}/commitments/{{id}}.json",
                "atom": f"{edition.report.id}/commitments/{{id}}.atom.xml",
                "json-feed": f"{edition.report.id}/commitments/{{id}}.feed.json",
            },
        })  # fmt: skip
    schemas = [file.described for file in sorted(found, key=lambda file: file.path) if file.kind == "schema"]
    value = {
        "$schema": "schema/index.schema.json",
        "schema_version": SCHEMA_VERSION,
        "site": dict(project.name),
        "base_url": project.base_url or None,
        "reports": reports,
        "schemas": schemas,
    }
    return (dump(value, indent=1) + "\n").encode("utf-8")
