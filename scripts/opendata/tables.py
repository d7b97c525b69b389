"""The ledger as four tables of one language: commitments, targets, history, evidence; and as CSV with its description (CSVW).

A table is a sequence of rows under columns; a column's name, meaning and place are promised, its heading is for readers.
CSV is as in RFC 4180, with the byte order mark that Excel needs to see UTF-8. A spreadsheet runs a cell that begins with
= + - @ as a formula (OWASP, CSV injection): `guarded` puts an apostrophe before such a text, `unguarded` takes it away.
Codes that need no guard (eq, ge) stand beside the operators, for readers that know of none.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..compare import compare
from ..edition import ORIGINAL, STATUS_WORDS, Card, Edition, Said
from ..figures import unit_name
from .common import SCHEMA_VERSION, Place, dump, low_and_high
from .document import Editions
from .dues import last_day

TEXT, CODE, NUMBER, INTEGER, DATE, FLAG, LIST, URL = "text", "code", "number", "integer", "date", "flag", "list", "url"
_CSVW = {NUMBER: "number", INTEGER: "integer", FLAG: "boolean", URL: "anyURI"}

# Apostrophes are counted in, so that taking one away is always right. Blanks and invisible marks may stand before the sign.
_BLANK = "[\\s\ufeff\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069]"
_FORMULA = re.compile(f"'*(?:{_BLANK}*[=+\\-@＝＋－＠]|[\t\r\n])")


@dataclass(frozen=True, slots=True)
class Column:
    """`name` is for programs and the same in every language; `title` is the heading in Simplified Chinese, to be translated."""

    name: str
    title: str
    kind: str = TEXT


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of values (str, int, float, bool, tuple of str, or None) under their columns, `titles` the headings."""

    name: str
    columns: tuple[Column, ...]
    titles: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


# What readers must know of the guard; the page of downloads and csv-metadata.json say it.
GUARD = (
    "为防止电子表格把文字当公式运行，CSV 里以 = + - @ 等开头的文字前面加了一个半角单引号；用程序读取时，把这样的文字开头的一个单引号去掉。"
    "XLSX 里没有这个单引号，文字都按文字保存。"
)

# An operator as a word, which no guard changes.
OPERATOR_CODES = {"=": "eq", ">=": "ge", "<=": "le", ">": "gt", "<": "lt", "~": "approx", "range": "range"}

_ID, _NUMBER = Column("id", "承诺编号", CODE), Column("n", "序号", INTEGER)
COLUMNS: dict[str, tuple[Column, ...]] = {
    "commitments": (
        _NUMBER, _ID, Column("section", "部分编号", CODE), Column("section_title", "所在部分"), Column("paragraph", "段落", CODE),
        Column("span_start", "起", INTEGER), Column("span_end", "止", INTEGER), Column("quote", "原文引文"), Column("text", "工作任务"),
        Column("text_state", "译文状态", CODE), Column("kind", "类型", CODE), Column("targets", "目标", LIST), Column("themes", "主题编号", LIST),
        Column("theme_titles", "主题", LIST), Column("lead", "牵头单位"), Column("support", "配合单位", LIST),
        Column("due", "报告写明的时限", DATE), Column("due_day", "完成时限", DATE), Column("status", "状态代码", CODE),
        Column("status_title", "状态"), Column("status_date", "认定日期", DATE), Column("overdue", "已逾期", FLAG),
        Column("repeats", "相关承诺", LIST), Column("review", "校对", CODE), Column("page", "网页", URL),
    ),
    "targets": (
        _ID, _NUMBER, Column("indicator", "指标"), Column("operator", "关系", CODE), Column("value", "数值", NUMBER),
        Column("value_to", "数值上限", NUMBER), Column("unit", "原文单位"), Column("kind", "类型", CODE), Column("text", "原文写法"),
        Column("figure", "目标（文字）"), Column("baseline_operator", "上年关系", CODE), Column("baseline_value", "上年数值", NUMBER),
        Column("baseline_value_to", "上年数值上限", NUMBER), Column("baseline_unit", "上年原文单位"), Column("baseline_year", "上年年份", INTEGER),
        Column("baseline_quote", "上年原文"), Column("baseline_estimate", "上年为预计数", FLAG), Column("comparable", "口径相同", FLAG),
        Column("direction", "与上年相比", CODE), Column("difference", "差额", NUMBER),
        Column("unit_title", "单位"), Column("baseline_unit_title", "上年单位"),  # 1.1
        Column("operator_code", "关系代码", CODE), Column("baseline_operator_code", "上年关系代码", CODE),  # 1.1
    ),
    "history": (
        _ID, _NUMBER, Column("date", "日期", DATE), Column("status", "状态代码", CODE), Column("status_title", "状态"), Column("note", "备注"),
        Column("by", "认定者"), Column("evidence", "依据编号", LIST),
    ),
    "evidence": (
        _ID, _NUMBER, Column("evidence_id", "依据编号", CODE), Column("title", "标题"), Column("url", "网址", URL), Column("publisher", "发布者"),
        Column("date", "日期", DATE), Column("summary", "摘要"),
    ),
}  # fmt: skip


def tables(edition: Edition, place: Place) -> tuple[Table, ...]:
    """The four tables of an edition, in the order of COLUMNS."""
    rows: dict[str, Iterator[tuple]] = {
        "commitments": (_commitment(edition, card, n, place) for n, card in enumerate(edition.cards, 1)),
        "targets": (row for card in edition.cards for row in _targets(edition, card)),
        "history": (row for card in edition.cards for row in _history(edition, card)),
        "evidence": (row for card in edition.cards for row in _evidence(edition, card)),
    }
    return tuple(
        Table(name, columns, tuple(edition.t(column.title) for column in columns), tuple(rows[name]))
        for name, columns in COLUMNS.items()
    )


def _words(edition: Edition) -> Callable[[Said | None, str | None], str | None]:
    """How a text of the ledger is given: in the original exactly as it was written, else as the page says it."""

    def words(said: Said | None, written: str | None) -> str | None:
        return (written if edition.language == ORIGINAL else said.text) if said else None

    return words


def _commitment(edition: Edition, card: Card, n: int, place: Place) -> tuple:
    record, said = card.record, _words(edition)
    themes = tuple(label for _, label in card.themes)
    page = place.page(edition.language, edition.report.id, f"commitments/{card.id}.html")
    state = card.quote.state or None
    return (
        n, record.id, record.section, card.section_label, record.paragraph, *record.span, record.quote, card.quote.text, state,
        record.kind, targets_in_words(edition, card), tuple(record.themes), themes, said(card.lead, record.lead),
        tuple(said(one, written) for one, written in zip(card.support, record.support, strict=True)),
        record.due or None, last_day(record.due or edition.report.horizon).isoformat(), record.status, card.status_label,
        record.history[-1]["date"] if record.history else None, card.overdue, tuple(record.repeats), record.review, page,
    )  # fmt: skip


def targets_in_words(edition: Edition, card: Card) -> tuple[str, ...]:
    """Each target as an official task table states it: the indicator and its figure."""
    return tuple(
        edition.t("%(indicator)s：%(figure)s", indicator=one.indicator.text, figure=one.figure) for one in card.targets
    )


def _targets(edition: Edition, card: Card) -> Iterator[tuple]:
    said = _words(edition)
    for n, (target, view) in enumerate(zip(card.record.targets, card.targets, strict=True), 1):
        unit, baseline, comparison = target["unit"] or None, target.get("baseline"), compare(target)
        operators, units = [target["operator"], None], [unit, None]
        against: tuple = (None,) * 8
        if baseline:
            operators[1], units[1] = baseline.get("operator", "="), baseline.get("unit", unit) or None
            against = (
                operators[1], *low_and_high(baseline), units[1], baseline["year"], baseline["quote"],
                bool(baseline.get("estimate")), bool(baseline.get("comparable")),
            )  # fmt: skip
        yield (
            card.id, n, said(view.indicator, target["indicator"]), target["operator"], *low_and_high(target), unit, target["kind"],
            target.get("text"), view.figure, *against, comparison and comparison.direction, comparison and comparison.difference,
            *(unit_name(one, edition.language) for one in units), *(one and OPERATOR_CODES[one] for one in operators),
        )  # fmt: skip


def _history(edition: Edition, card: Card) -> Iterator[tuple]:
    said = _words(edition)
    for n, (entry, step) in enumerate(zip(card.record.history, reversed(card.history), strict=True), 1):
        yield (
            card.id, n, entry["date"], entry["status"], edition.t(STATUS_WORDS[entry["status"]]), said(step.note, entry.get("note")),
            said(step.by, entry["by"]), tuple(entry.get("evidence") or ()),
        )  # fmt: skip


def _evidence(edition: Edition, card: Card) -> Iterator[tuple]:
    said = _words(edition)
    for n, (entry, step) in enumerate(zip(card.record.evidence, card.evidence, strict=True), 1):
        yield (
            card.id, n, entry["id"], said(step.title, entry["title"]), entry.get("url"), said(step.publisher, entry["publisher"]),
            entry["date"], said(step.note, entry.get("summary")),
        )  # fmt: skip


# CSV


def csv_bytes(table: Table) -> bytes:
    """A table as CSV."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(table.titles)
    writer.writerows([_cell(value) for value in row] for row in table.rows)
    return b"\xef\xbb\xbf" + stream.getvalue().encode("utf-8")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    return guarded("\n".join(value) if isinstance(value, tuple) else value)


def guarded(text: str) -> str:
    """A text that no spreadsheet runs: an apostrophe stands before what would be read as a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """The text that was guarded."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def csvw(editions: Editions) -> str:
    """csv-metadata.json: names, kinds and headings of the columns, as CSV on the Web (W3C, 2015) has them.

    The version of the tables and the guard before texts are common properties: of a table's content, CSVW has neither.
    """
    described = []
    for name, columns in COLUMNS.items():
        described += [
            {
                "url": f"{name}.{language}.csv",
                "dc:language": language,
                "tableSchema": {
                    "columns": [_csvw_column(column, edition) for column in columns],
                    "primaryKey": ["id"] if name == "commitments" else ["id", "n"],
                },
            }
            for language, edition in editions.items()
        ]
    dialect = {"encoding": "utf-8", "header": True, "delimiter": ",", "quoteChar": '"', "doubleQuote": True}
    value: Mapping[str, Any] = {
        "@context": "http://www.w3.org/ns/csvw",
        "schema:schemaVersion": SCHEMA_VERSION,
        "dc:description": [{"@value": edition.t(GUARD), "@language": one} for one, edition in editions.items()],
        "dialect": dialect,
        "tables": described,
    }
    return dump(value, indent=1) + "\n"


def _csvw_column(column: Column, edition: Edition) -> dict[str, Any]:
    value: dict[str, Any] = {"name": column.name, "titles": {edition.language: edition.t(column.title)}}
    value["datatype"] = _CSVW.get(column.kind, "string")
    return value | ({"separator": "\n"} if column.kind == LIST else {})
