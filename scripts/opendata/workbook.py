"""XLSX: the official task table (任务分解表) of one language, and the four tables behind it, a sheet each.

The columns of the first sheet are those that governments themselves use. Every text is written as a text, never as a formula
or a link; the file's own dates are those of the ledger, so that it repeats byte for byte. On the first sheet full dates are dates of
Excel, so that its filters know years and months; on the others they are the same texts as in CSV, which readers rely on.
"""

from __future__ import annotations

import io
from datetime import date, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ..edition import Card, Edition
from .common import SCHEMA_VERSION, plain
from .tables import Table, targets_in_words

_MOST = 32_767  # characters that a cell of Excel holds
_EXACT = 2**53  # a cell's number is a double
_HEAD = 3  # rows above the first task: title, what the table is, headings
_FONTS = {"zh-Hans": "宋体", "zh-Hant": "新細明體", "en": "Calibri"}
# Heading, width in characters, whether it is centred.
_TASKS = (
    ("序号", 5, True), ("工作任务", 46, False), ("指标要求", 26, False), ("牵头单位", 14, True), ("配合单位", 16, True), ("完成时限", 14, True),
    ("进展", 40, False), ("状态", 11, True), ("依据", 32, False), ("所在部分", 18, True), ("承诺编号", 14, True),
    ("认定日期", 14, True), ("已逾期", 8, True),
)  # fmt: skip
# How a date is shown, in each language as on the pages; in one of its own, Excel would follow the reader's system.
_DAYS = {"zh-Hans": 'yyyy"年"m"月"d"日"', "zh-Hant": 'yyyy"年"m"月"d"日"', "en": "d mmmm yyyy"}
_SHEETS = {"commitments": "数据", "targets": "目标", "history": "历史", "evidence": "依据"}


def workbook(edition: Edition, tables: tuple[Table, ...]) -> bytes:
    """The workbook of an edition."""
    stream = io.BytesIO()
    # In memory, entries of the archive carry the one date that XLSX itself has for “no date”.
    book = xlsxwriter.Workbook(stream, {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    })  # fmt: skip
    t, title = edition.t, edition.title.text
    book.set_properties({
        "title": plain(t("%(title)s任务分解表", title=title)),
        "author": plain(edition.issuer.text), "created": datetime.fromisoformat(edition.report.as_of),
    })  # fmt: skip
    book.set_custom_property("schema_version", SCHEMA_VERSION, "text")
    font = _FONTS[edition.language]
    book.formats[0].set_font_name(font)
    style = {
        "font_name": font, "font_size": 10, "text_wrap": True, "valign": "vcenter", "border": 1,
    }  # fmt: skip
    body, centred = book.add_format(style), book.add_format({**style, "align": "center"})
    day = book.add_format({**style, "align": "center", "num_format": _DAYS[edition.language]})
    heading = book.add_format({**style, "bold": True, "align": "center", "bg_color": "#E7EDF3"})
    _task_sheet(book, edition, body, centred, heading, day)
    for table in tables:
        _data_sheet(book.add_worksheet(t(_SHEETS[table.name])), table, heading)
    book.close()
    return stream.getvalue()


def _task_sheet(
    book: xlsxwriter.Workbook, edition: Edition, body: Format, centred: Format, heading: Format, day: Format
) -> None:
    t, sheet, font = edition.t, book.add_worksheet(edition.t("任务分解表")), _FONTS[edition.language]
    last = len(_TASKS) - 1
    big = book.add_format({"font_name": font, "font_size": 16, "bold": True, "align": "center", "valign": "vcenter"})
    small = book.add_format({"font_name": font, "font_size": 9, "text_wrap": True, "valign": "vcenter"})
    sheet.merge_range(0, 0, 0, last, "", big)
    text(sheet, 0, 0, t("%(title)s任务分解表", title=edition.title.text), big)
    sheet.merge_range(1, 0, 1, last, "", small)
    text(sheet, 1, 0, _about(edition), small)
    sheet.set_row(0, 30)
    sheet.set_row(1, 28)
    for column, (name, width, _) in enumerate(_TASKS):
        sheet.set_column(column, column, width)
        text(sheet, _HEAD - 1, column, t(name), heading)
    for n, card in enumerate(edition.cards, 1):
        row = _HEAD - 1 + n
        sheet.write_number(row, 0, n, centred)
        for column, value in enumerate(_task(edition, card), 1):
            if isinstance(value, date):
                sheet.write_datetime(row, column, value, day)
            else:
                text(sheet, row, column, value, centred if _TASKS[column][2] else body)
    sheet.freeze_panes(_HEAD, 2)
    sheet.autofilter(_HEAD - 1, 0, _HEAD - 1 + max(len(edition.cards), 1), last)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3, on which offices print wide tables; fitted to the width, it also prints on A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, _HEAD - 1)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&C" + t("第%(page)s页，共%(pages)s页", page="&P", pages="&N"))


def _about(edition: Edition) -> str:
    lines = [
        edition.t("截至%(day)s", day=edition.as_of)
        + " · "
        + edition.t("数据格式版本%(version)s", version=SCHEMA_VERSION)
    ]
    if edition.language != "zh-Hans":
        lines.append(edition.t("本页不是原文。以简体中文原文为准。"))
    return " · ".join(lines)


def _task(edition: Edition, card: Card) -> tuple[str | date, ...]:
    """The cells of a task after its number; a deadline that is only a month or a year stays as it is said."""
    t, comma = edition.t, edition.t("、")
    progress = [step.note.text for step in card.evidence if step.note]
    if card.history and card.history[0].note:
        progress.append(card.history[0].note.text)
    due = card.record.due or edition.report.horizon
    evidence = [
        comma.join(filter(None, (step.publisher.text, step.title.text, step.day)))
        + (f"\n{step.url}" if step.url else "")
        for step in card.evidence
    ]
    return (
        card.quote.text, "\n".join(targets_in_words(edition, card)), card.lead.text if card.lead else "",
        comma.join(unit.text for unit in card.support), _date(due) or card.due, "\n".join(progress), card.status_label,
        "\n".join(evidence), card.section_label, card.id, _date(card.history[0].date) or "" if card.history else "",
        t("是") if card.overdue else "",
    )  # fmt: skip


def _date(iso: str) -> date | None:
    """A full date that Excel can hold; its calendar begins in 1900."""
    return date.fromisoformat(iso) if len(iso) == 10 and iso >= "1900" else None


def _data_sheet(sheet: Worksheet, table: Table, heading: Format) -> None:
    """A table as it is in CSV: one row of headings, values with their own types."""
    for column, title in enumerate(table.titles):
        text(sheet, 0, column, title, heading)
    for row, values in enumerate(table.rows, 1):
        for column, value in enumerate(values):
            _value(sheet, row, column, value)
    for column, title in enumerate(table.titles):
        longest = max((len(str(row[column] or "")) for row in table.rows), default=0)
        sheet.set_column(column, column, min(max(len(title) * 2 + 3, longest + 2), 40))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _value(sheet: Worksheet, row: int, column: int, value) -> None:
    if value is None or value in ("", ()):
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, (int, float)) and abs(value) <= _EXACT:
        sheet.write_number(row, column, value)
    else:
        text(sheet, row, column, "\n".join(value) if isinstance(value, tuple) else str(value))


def text(sheet: Worksheet, row: int, column: int, words: str, style: Format | None = None) -> None:
    """A cell of text, whatever the text looks like; one too long for a cell ends in an ellipsis."""
    words = plain(words)
    if len(words.encode("utf-16-le")) // 2 > _MOST:
        words = words.encode("utf-16-le")[: 2 * (_MOST - 1)].decode("utf-16-le", errors="ignore") + "…"
    if not words:
        sheet.write_blank(row, column, None, style)
    elif words.startswith("<r>") and words.endswith("</r>"):
        # The library takes such a text for its own markup; in several runs it is escaped.
        sheet.write_rich_string(row, column, "<", "r>", words[3:], *((style,) if style else ()))
    else:
        sheet.write_string(row, column, words, style)
