"""What stands beside a table: commitments counted by status, targets beside last year's results, and their bars.

A bar is inline SVG with presentation attributes and classes only, so that it needs no inline style; it repeats what its
table row says and is hidden from screen readers.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from .. import figures
from ..compare import compare
from ..edition import Card, Edition, TargetView

DIRECTIONS = ("higher", "equal", "lower", "not-comparable")
NO_BASELINE = "no-baseline"
DIRECTION_WORDS = {
    "higher": "高于上年结果",
    "equal": "等于上年结果",
    "lower": "低于上年结果",
    "not-comparable": "不可直接比较",
}
_WIDTH, _HEIGHT, _EDGE = 240, 22, 4
_FAR = 1e9  # a change from nothing has no size; it stands beyond every other


@dataclass(frozen=True, slots=True)
class Matrix:
    """Commitments by a property (rows: key, label, counts, all) and status (columns); `sums` counts each once."""

    statuses: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[int, ...], int], ...]
    sums: tuple[int, ...]
    total: int


def matrix(edition: Edition, rows: list[tuple[str, str]], name: str) -> Matrix:
    """`name` is section or theme; a commitment of two themes stands in two rows."""
    statuses = tuple(edition.counts)
    found = []
    for key, label in rows:
        own = [card.status for card in edition.cards if key in _values(card, name)]
        found.append((key, label, tuple(own.count(one) for one in statuses), len(own)))
    return Matrix(statuses, tuple(found), tuple(edition.counts.values()), len(edition.cards))


def _values(card: Card, name: str) -> tuple[str, ...]:
    return card.record.themes if name == "theme" else (card.section,)


@dataclass(frozen=True, slots=True)
class Compared:
    """A target with a baseline; `paragraph` is where the review says the baseline, empty if nowhere."""

    card: Card
    number: int  # among the targets of its commitment, from 1
    target: TargetView
    paragraph: str
    bar: Markup


def compared(edition: Edition) -> dict[str, list[Compared]]:
    """Every target with a baseline by its direction, in the order of the report."""
    groups: dict[str, list[Compared]] = {direction: [] for direction in DIRECTIONS}
    for card in edition.cards:
        for number, (view, raw) in enumerate(pairs(card), 1):
            if view.direction:
                said = _said_in(edition, raw["baseline"]["quote"])
                groups[view.direction].append(Compared(card, number, view, said, bar(raw)))
    return groups


def pairs(card: Card) -> Iterator[tuple[TargetView, Mapping[str, Any]]]:
    """The targets of a commitment in words and as the ledger holds them."""
    return zip(card.targets, card.record.targets, strict=True)


def bullets(card: Card) -> list[tuple[TargetView, Markup]]:
    """The targets of a commitment, each with its bar beside last year's result, empty where there is none to draw."""
    return [(view, bar(raw) if view.direction else Markup("")) for view, raw in pairs(card)]


def _said_in(edition: Edition, quote: str) -> str:
    """The paragraph that says a quote; the review part is asked first."""
    for part in sorted(edition.parts, key=lambda heading: heading.part != "review"):
        for block in part.blocks:
            if quote in "".join(segment.source for segment in block.segments):
                return block.id
    return ""


def against(card: Card) -> str:
    """How a commitment's targets stand against last year, as the index filters by it."""
    found = {view.direction or NO_BASELINE for view in card.targets}
    return " ".join(one for one in (*DIRECTIONS, NO_BASELINE) if one in found)


def changes(card: Card) -> str:
    """The relative changes of a commitment's comparable targets, as the index sorts by them: -0.2126."""
    return " ".join(f"{one:.6g}" for _, raw in pairs(card) if (one := _change(raw)) is not None)


def _change(raw: Mapping[str, Any]) -> float | None:
    comparison = compare(raw)
    if comparison is None or comparison.difference is None:
        return None
    size = comparison.difference * (-1 if comparison.direction == "lower" else 1)
    reached = abs(raw["baseline"]["value"])
    return size / reached if reached else math.copysign(_FAR, size) if size else 0.0


def beside(view: TargetView, raw: Mapping[str, Any], edition: Edition) -> str:
    """Last year's figure as it goes on after the target's: 10,000 people, against 12,700 achieved in 2019."""
    t, figure, baseline = edition.t, view.baseline, raw["baseline"]
    comparable = view.direction != "not-comparable"
    if comparable and edition.language == "en" and raw.get("unit") != "%":
        figure = figures.figure({**baseline, "unit": None}, t, "en")  # the target has just said of what
    words = (
        "，%(year)s年预计为%(figure)s" if view.estimate else "，%(year)s年结果为%(figure)s" if comparable
        else "；报告所载%(year)s年数字为%(figure)s"
    )  # fmt: skip
    return t(words, figure=figure, year=view.baseline_year)


def direction(view: TargetView, t) -> Markup:
    """How a target stands against last year, in a shape (by its class) and in words."""
    words = {
        "higher": "比上年结果高%(difference)s", "lower": "比上年结果低%(difference)s",
        "equal": "与上年结果相同", "not-comparable": "口径不同，不可直接比较",
    }[view.direction]  # fmt: skip
    said = t(words, difference=view.difference) if view.difference else t(words)
    return Markup('<span class="dir {}">{}</span>').format(view.direction, said)


def bar(raw: Mapping[str, Any]) -> Markup:
    """This year's target as a bar from zero, last year's result as a tick, on a scale of their own.

    Nothing is drawn where the two may not be compared: one scale for both would say that they may.
    """
    comparison = compare(raw)
    if comparison is None or comparison.difference is None:
        return Markup("")
    wanted, reached = float(raw["value"]), float(raw["baseline"]["value"])
    low, high = min(0.0, wanted, reached), max(0.0, wanted, reached)

    def place(value: float) -> float:
        return round(_EDGE + (value - low) / ((high - low) or 1.0) * (_WIDTH - 2 * _EDGE), 1)

    start, width = min(place(0), place(wanted)), max(abs(place(wanted) - place(0)), 1.5)
    return Markup(
        '<svg class="bullet" width="{w}" height="{h}" viewBox="0 0 {w} {h}" aria-hidden="true" focusable="false">'
        '<line class="zero" x1="{zero}" x2="{zero}" y1="2" y2="20"/>'
        '<rect class="target {direction}" x="{x}" y="6" width="{width}" height="10"/>'
        '<line class="tick" x1="{tick}" x2="{tick}" y1="1" y2="21"/></svg>'
    ).format(
        w=_WIDTH, h=_HEIGHT, zero=place(0), x=start, width=round(width, 1), tick=place(reached),
        direction=comparison.direction,
    )  # fmt: skip


def shares(counts: Mapping[str, int]) -> Markup:
    """A strip whose parts are as long as the counts are large."""
    total, at, parts = sum(counts.values()) or 1, 0.0, []
    for name, count in counts.items():
        width = 960 * count / total
        if count:
            piece = '<rect class="share {}" x="{:.1f}" y="0" width="{:.1f}" height="16"/>'
            parts.append(Markup(piece).format(name, at, max(width - 3, 1)))
        at += width
    return Markup(
        '<svg class="shares" viewBox="0 0 960 16" width="960" height="16" preserveAspectRatio="none"'
        ' aria-hidden="true" focusable="false">{}</svg>'
    ).format(Markup("").join(parts))


def counted(edition: Edition) -> tuple[Counter, Counter]:
    """How many commitments the index shows by livelihood project (and any, none), and by how they stand against last year."""
    by_project, by_direction = Counter(), Counter()
    for card in edition.cards:
        by_direction.update(against(card).split())
    for own in projects(edition).values():
        by_project.update([*own, "any"] if own else ["none"])
    return by_project, by_direction


def leads(edition: Edition) -> list[tuple[str, str, int]]:
    """(name in the official text, in words, number of commitments) of the lead units, most first; those without at the end."""
    labels = {card.record.lead: card.lead.text for card in edition.cards if card.lead}
    found = Counter(card.record.lead for card in edition.cards)
    named = sorted(labels, key=lambda one: (-found[one], one))
    rest = [("none", edition.t("报告未写明"), found[""])] if found[""] else []
    return [(one, labels[one], found[one]) for one in named] + rest


def projects(edition: Edition) -> dict[str, tuple[str, ...]]:
    """The livelihood projects of each commitment: where it stands, and where the same promise stands again."""
    found = {}
    for card in edition.cards:
        own = [card.section, *(edition.by_id[one].section for one in card.repeats)]
        found[card.id] = tuple(dict.fromkeys(one for one in own if is_project(one)))
    return found


def is_project(section: str) -> bool:
    return section.startswith("l") and section[1:].isdigit()


GLOBALS = {
    "pairs": pairs,
    "against": against,
    "changes": changes,
    "beside": beside,
    "direction": direction,
    "direction_words": DIRECTION_WORDS,
    "is_project": is_project,
}
