"""What the review part reports: results with their figures; and which of them is a target's baseline.

A baseline is last year's result of the same indicator. Growth pairs with growth, level with level; a difference may be
computed only for the same indicator, unit and scope.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from . import targets
from .model import Baseline, Commitment, Outline, Paragraph, Quantity, Result
from .similar import Index

_CHANGE = re.compile(
    r"^(?:(?:同比|比上?年|较上?年|比去年|较去年|年均|环比|均|分别|,|，)*)(?P<way>增长|增加|提高|提升|上升|下降|降低|减少|压缩)(?:了|约|超|超过)?$"
)
_DOWN = re.compile(r"下降|降低|减少|压缩|缩短")
_STAGES = (
    "开工",
    "竣工",
    "完工",
    "建成",
    "续建",
    "交付",
    "开通",
    "新建",
    "启动",
    "实施",
    "创建",
    "认定",
    "引进",
    "征迁",
    "拆除",
    "收储",
    "出让",
)
_SURE = 0.62
_LIKELY = 0.5


def results(outline: Outline) -> tuple[Result, ...]:
    """Every figure of the review part with what it measures and, where given, its change on the year before."""
    found: list[Result] = []
    for section in outline.sections:
        if section.part == "review":
            for paragraph in section.paragraphs:
                for sentence in paragraph.sentences:
                    found.extend(_sentence(outline.text, sentence.start, sentence.end, paragraph))
    return tuple(found)


def _sentence(text: str, start: int, end: int, paragraph: Paragraph) -> list[Result]:
    found: list[Result] = []
    for first, last in _clauses(text, start, end):
        figures = [one for one in targets.checkable(text, first, last) if one.unit]
        for target, quantity in zip(targets.of(text, first, last, figures, start), figures, strict=False):
            change = _CHANGE.match(text[_from(text, first, figures, quantity) : quantity.start])
            if change and found and quantity.unit in ("%", "个百分点", "倍"):
                sign = -1 if _DOWN.search(change.group("way")) else 1
                if isinstance(quantity.value, (int, float)):
                    previous = found.pop()
                    found.append(_with_change(previous, sign * quantity.value, last))
                continue
            value = quantity.value
            if (
                target.kind == "growth"
                and _DOWN.search(text[first : quantity.start])
                and isinstance(value, (int, float))
            ):
                value = -value
            found.append(
                Result(
                    target.indicator,
                    value,
                    quantity.unit,
                    target.kind,
                    quantity.start,
                    quantity.end,
                    text[first:last],
                    first,
                    last,
                    paragraph.id,
                    paragraph.section,
                    verb=target.verb,
                )
            )
    return found


def _with_change(result: Result, change: float | int, end: int) -> Result:
    return replace(result, change=change, clause_end=end)


def _from(text: str, first: int, figures: list[Quantity], quantity: Quantity) -> int:
    before = [one.end for one in figures if one.end <= quantity.start]
    return max([first, *before])


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for mark in re.finditer(r"[,，;；。:：]", text[start:end]):
        place = start + mark.start()
        if (
            text[place] == ","
            and text[place - 1 : place].isdigit()
            and re.match(r"\d{3}(?!\d)", text[place + 1 : place + 5])
        ):
            continue
        if place > at:
            yield at, place
        at = place + 1
    if at < end:
        yield at, end


def baselines(commitments: tuple[Commitment, ...], found: tuple[Result, ...]) -> tuple[Baseline, ...]:
    """For each target the most likely result of last year, with a confidence between 0 and 1."""
    index = Index([one.indicator + one.quote for one in found])
    pairs = []
    for commitment in commitments:
        for number, target in enumerate(commitment.targets):
            best = _best(index, commitment, target, found)
            if best:
                confidence, result, value = best
                comparable = (
                    confidence >= _SURE
                    and _stage(target.verb) == _stage(result.verb)
                    and target.unit == (result.unit if value is result.value else "%")
                )
                pairs.append(
                    Baseline(
                        commitment.start,
                        commitment.end,
                        number,
                        result.clause_start,
                        result.clause_end,
                        result.quote,
                        value,
                        result.unit if value is result.value else "%",
                        round(confidence, 2),
                        comparable,
                    )
                )
    return tuple(pairs)


def _best(index: Index, commitment: Commitment, target, found: tuple[Result, ...]):
    ranked = index.nearest(target.indicator + _about(commitment), most=12)
    best = None
    for similarity, number in ranked:
        result = found[number]
        value = result.value
        if target.kind == "growth" and result.kind != "growth":
            if result.change is None:
                continue
            value = result.change
        elif target.kind != "growth" and result.kind == "growth":
            continue
        unit = result.unit if value is result.value else "%"
        score = similarity + (0.15 if unit == target.unit else -0.12)
        # The whole area's figures stand before the review's first section, and its targets before the plan's.
        score += 0.2 if commitment.section == "s0" and result.section == "r0" else 0
        if target.unit == "%" and unit != "%":
            continue
        if best is None or score > best[0]:
            best = (score, result, value)
    return (min(best[0], 1.0), *best[1:]) if best and best[0] >= _LIKELY else None


def _about(commitment: Commitment) -> str:
    return commitment.quote if len(commitment.quote) <= 24 else ""


def _stage(verb: str) -> str:
    return next((stage for stage in _STAGES if stage in verb), "")
