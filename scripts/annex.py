"""Annexed plans: tables of livelihood projects and tasks that stand behind a report, flattened to a cell a line.

A table yields a commitment a row, its task cell, with the units of the columns 牵头单位 and 协办单位. Lists and sections
are read like the body. Glossaries, notes and tables of outcomes yield nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .model import Outline, Paragraph, Section

_PLAN = re.compile(r"民生实事|实事|任务(?:分解|清单|安排)|重点(?:工作|项目)|计划|责任分工")
_NO_PLAN = re.compile(r"完成情况|落实情况|办理情况|进展情况|名词|术语|注释|解释|说明")
_COLUMN = {
    "number": re.compile(r"^序号$"),
    "task": re.compile(r"^(?:工作)?(?:任务|项目)(?:名称)?$|^项目$|^事项$"),
    "content": re.compile(r"内容|目标|要求|措施"),
    "support": re.compile(r"^(?:协办|配合|协助|参与|责任)(?:单位|部门)$"),
    "lead": re.compile(r"^(?:牵头|责任|主办|承办|办理)(?:单位|部门)$"),
    "due": re.compile(r"时限|时间"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of an annexed plan: the span of its task cell, and its units."""

    section: str
    paragraph: str
    start: int
    end: int
    lead: str
    support: tuple[str, ...]


def plans(outline: Outline) -> Iterator[Section]:
    """The annex sections that plan: livelihood projects and task tables of the report's own year, with subsections."""
    inside = ""
    for section in outline.sections:
        if section.part != "annex":
            continue
        years = [int(year) for year in re.findall(r"20\d\d", section.heading)]
        if section.heading and not (inside and section.id.startswith(inside + "-")):
            past = bool(years and outline.year and max(years) < outline.year)
            inside = (
                section.id
                if _PLAN.search(section.heading) and not _NO_PLAN.search(section.heading) and not past
                else ""
            )
        if inside:
            yield section


def rows(text: str, section: Section) -> list[Row]:
    """The rows of a section that holds a flattened table; empty if it holds none."""
    columns, body = _header(text, section.paragraphs)
    if "task" not in columns or "number" not in columns:
        return []
    order = [name for name in columns if name != "number"]
    found, cells, expected = [], None, 1
    for paragraph in [*body, None]:
        cell = text[paragraph.start : paragraph.end].strip() if paragraph else ""
        if paragraph is None or cell == str(expected):
            if cells:
                found.append(_row(text, section, cells, order))
            cells, expected = [], expected + 1
        elif cells is not None:
            cells.append(paragraph)
    return found


def _header(text: str, paragraphs: tuple[Paragraph, ...]) -> tuple[list[str], tuple[Paragraph, ...]]:
    columns: list[str] = []
    for index, paragraph in enumerate(paragraphs):
        names = [_column(cell.strip()) for cell in re.split(r"\t+", text[paragraph.start : paragraph.end])]
        if not all(names):
            return columns, paragraphs[index:]
        columns.extend(names)
    return columns, ()


def _column(cell: str) -> str:
    return next((name for name, pattern in _COLUMN.items() if pattern.search(cell)), "")


def _row(text: str, section: Section, cells: list[Paragraph], order: list[str]) -> Row:
    values = dict(zip(order, cells, strict=False)) if len(cells) == len(order) else _by_look(text, cells)
    task = values["task"]

    def units(name: str) -> tuple[str, ...]:
        if name not in values:
            return ()
        return tuple(
            part for part in re.split(r"[、，,；;\s]+", text[values[name].start : values[name].end].strip()) if part
        )

    lead = units("lead")
    return Row(section.id, task.id, task.start, task.end, lead[0] if lead else "", (*lead[1:], *units("support")))


def _by_look(text: str, cells: list[Paragraph]) -> dict[str, Paragraph]:
    """Where a row has not a cell for every column: the first is the task, and what looks like offices are the units."""
    offices = [
        cell
        for cell in cells[1:]
        if re.fullmatch(r"[^。；;]{2,60}", body := text[cell.start : cell.end].strip())
        and re.search(r"(?:局|办|委|院|会|中心|公司|政府|部|街道|集团|联|所|处|署)$", body)
    ]
    return {"task": cells[0]} | dict(zip(("lead", "support"), offices, strict=False))
