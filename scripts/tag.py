"""Outline to commitments: what the forward-looking part of a report promises, sentence by sentence.

The convention is in CONTRIBUTING.md ("What counts as a commitment"). How a sentence is taken apart is in clauses.py,
which figures are targets in targets.py, annexed plans in annex.py, last year's results in results.py.
"""

from __future__ import annotations

import re
from dataclasses import replace

from . import annex, clauses, repeats, results, targets
from .duties import deadline, duties
from .errors import NotAWorkReport
from .model import Commitment, Outline, Paragraph, Quantity, Section, Tagging
from .quantity import find
from .split import split
from .vocabulary import vocabulary


def tag(text: str, *, force: bool = False, outline: Outline | None = None) -> Tagging:
    """The commitments and targets of a report's text, in order, with spans in code points.

    Raises NotAWorkReport if the text is none, unless `force` is given.
    """
    outline = outline or split(text)
    if not force and (reason := why_no_report(outline)):
        raise NotAWorkReport(f"not a government work report: {reason}", todo="tag it all the same with --force")
    found: list[Commitment] = []
    by_id = {section.id: section for section in outline.sections}
    parents = {section.id.rpartition("-")[0] for section in outline.sections}
    for section in by_id.values():
        if section.part not in ("forward", "closing"):
            continue
        introduced = _has_introduction(section, section.id in parents)
        for index, paragraph in enumerate(section.paragraphs):
            found.extend(_paragraph(outline, section, paragraph, introduced and index == 0))
    for section in annex.plans(outline):
        found.extend(_annexed(outline, section))
    commitments = tuple(sorted(found, key=lambda commitment: commitment.start))
    reported = results.results(outline)
    return Tagging(
        outline, commitments, reported, results.baselines(commitments, reported), repeats.repeats(commitments)
    )


def _annexed(outline: Outline, section: Section):
    text = outline.text
    table = annex.rows(text, section)
    for row in table:
        found = targets.checkable(text, row.start, row.end)
        yield replace(
            _commitment(outline, row.start, row.end, section, row.paragraph, found), lead=row.lead, support=row.support
        )
    if not table:
        for paragraph in section.paragraphs:
            yield from _paragraph(outline, section, paragraph, False)


def why_no_report(outline: Outline) -> str:
    """Why a text is no government work report, or an empty string where it is one."""
    text = outline.text
    if sum("\u4e00" <= char <= "\u9fff" for char in text[:20000]) * 4 < len(text[:20000].strip()):
        return "hardly any Chinese text"
    if not any(part.kind == "forward" for part in outline.parts):
        return "no part that plans ahead (今年工作安排, 主要任务 …) was found"
    if not re.search(r"各位代表|政府工作报告|向大会报告|人民政府.{0,8}报告工作", text):
        return "it addresses no people's congress (各位代表, 向大会报告工作)"
    return ""


def _has_introduction(section: Section, has_subsections: bool) -> bool:
    """Whether a section's first paragraph only introduces it: others follow with lead phrases, numbers or headings."""
    if not section.heading or not section.paragraphs or section.livelihood:
        return False
    first, others = section.paragraphs[0], section.paragraphs[1:]
    if first.lead or first.number or first.items:
        return False
    if others:
        return sum(bool(other.lead or other.number or other.items) for other in others) * 2 >= len(others)
    return has_subsections


def _paragraph(outline: Outline, section: Section, paragraph: Paragraph, introduction: bool):
    text = outline.text
    whole = text[paragraph.start : paragraph.end]
    aims = section.part == "forward" and vocabulary()["targets_paragraph"].search(whole)
    preamble = not section.heading and section.part == "forward"
    titles = {item.title[1] for item in paragraph.items if _delivers(text, item)}
    listed = paragraph.items[0].start if paragraph.items else 0
    for sentence in paragraph.sentences:
        span = (sentence.start, sentence.end)
        if span == paragraph.lead or sentence.end in titles or (sentence.start < listed and not find(text, *span)):
            continue
        if sentence.start < listed and paragraph.items[0].id.startswith("l"):
            continue  # what announces the livelihood projects promises nothing of its own
        owner = paragraph.item_at(sentence.start)
        only_figures = introduction or preamble
        if only_figures and not owner.startswith("l") and not (aims and aims.start() + paragraph.start < sentence.end):
            continue
        section_id = owner if owner.startswith("l") else section.id
        stated = duties(text[sentence.start : paragraph.end], outline.year)
        body_end = min(sentence.end, sentence.start + stated.start)
        for start, end, figures in clauses.commitments(
            text, sentence.start, body_end, section.part, bool(aims and aims.start() + paragraph.start < sentence.end)
        ):
            commitment = _commitment(outline, start, end, section, paragraph.id, figures, section_id, sentence.start)
            due = deadline(commitment.quote, outline.year) or (stated.due if stated.lead else "")
            yield replace(commitment, lead=stated.lead, support=stated.support, due=due)


def states_targets(text: str) -> bool:
    """Whether a passage states the year's expected targets (主要预期目标是…)."""
    return bool(vocabulary()["targets_paragraph"].search(text))


def _delivers(text: str, item) -> bool:
    """Whether an item has content behind its title; where it only has an outcome, the title is the deliverable."""
    body = text[item.title[1] : item.end].strip("，,；;。！!？?：: ")
    if not body or item.title[0] == item.title[1]:
        return False
    return bool(find(body)) or not re.match(r"(?:全面|力争|确保)?实现", body)


def _commitment(
    outline: Outline, start: int, end: int, section: Section, paragraph: str, figures: list[Quantity], owner: str = "",
    sentence: int | None = None,
) -> Commitment:  # fmt: skip
    text = outline.text
    found = targets.of(text, start, end, figures, sentence)
    kind = "quantified" if found else "qualitative"
    horizon = horizon_of(outline, section, text[start:end])
    return Commitment(start, end, text[start:end], owner or section.id, paragraph, kind, found, horizon)


_PLANS = {"十一五": 2006, "十二五": 2011, "十三五": 2016, "十四五": 2021, "十五五": 2026}


def horizon_of(outline: Outline, section: Section, quote: str) -> str:
    """By when a promise is meant: a year it names (到2025年), its section's plan period, else the report's year."""
    if named := re.search(r"到(20\d\d)年", quote):
        return named.group(1)
    heading = section.above + section.heading
    own_year = max(heading.rfind("今年"), heading.rfind(str(outline.year)))
    if own_year > max(heading.rfind("五年"), *(heading.rfind(name) for name in _PLANS)):
        return str(outline.year or "")
    for name, first in _PLANS.items():
        if name in heading:
            return f"{first}-{first + 4}"
    if outline.year and re.search(r"(?:今后|未来)五年", heading):
        return f"{outline.year}-{outline.year + 4}"
    return str(outline.year or "")
