"""What an embed says: a commitment and its targets in words, shortened so that no text can make an embed long."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path

import jinja2
from markupsafe import Markup, escape

from ..edition import ORIGINAL, Card, Edition, Said, TargetView
from ..plain import plain as in_one_line

LIMIT = 10_000  # bytes of a page or a fragment
QUOTE, SHORT, TARGETS = 600, 120, 6  # characters of a quote, of any other text; targets of a card

# The same shapes as the site's style sheet gives a status; in a fragment they are text, since it has no style sheet.
SHAPES = {
    "in-progress": "◐", "on-track": "◐", "behind": "◔", "completed": "●", "exceeded": "●", "partly-completed": "◕",
    "missed": "✕", "dropped": "✕", "adjusted": "↺",
}  # fmt: skip
_OPEN = "○"
# Right-to-left characters and explicit formatting (UAX 9, table 4). Among all others nothing needs to be isolated.
_DIRECTED = frozenset("R AL AN LRE LRO RLE RLO PDF LRI RLI FSI PDI".split())


@dataclass(frozen=True, slots=True)
class Made:
    """An embed as files: its name, its title in plain text, a height that fits 600 px of width, page and fragment."""

    name: str
    title: str
    height: int
    page: str
    fragment: str
    leads: str  # the page of the site that it leads to, below the language's folder
    continues: bool = False  # a list's second or later file


@dataclass(frozen=True, slots=True)
class Aim:
    """A target in words."""

    indicator: Said
    figure: str
    against: str


@dataclass(frozen=True, slots=True)
class View:
    """A commitment in words; `by` is who says its status, None while nobody has."""

    id: str
    quote: Said
    shortened: bool
    status: str
    shape: str
    label: str
    overdue: bool
    since: str
    by: Said | None
    aims: tuple[Aim, ...]
    more: int  # targets that are left out
    due: str
    leads: str


def view(card: Card, edition: Edition, quote: int = QUOTE, targets: int = TARGETS) -> View:
    latest = card.history[0] if card.history else None
    return View(
        id=card.id,
        quote=shorten(card.quote, quote),
        shortened=len(card.quote.text) > quote,
        status=card.status,
        shape=SHAPES.get(card.status, _OPEN),
        label=card.status_label,
        overdue=card.overdue,
        since=latest.day if latest else "",
        by=shorten(latest.by, SHORT) if latest and latest.by else None,
        aims=tuple(_aim(target, edition) for target in card.targets[:targets]),
        more=max(0, len(card.targets) - targets),
        due=card.due,
        leads=f"{edition.report.id}/commitments/{card.id}.html",
    )


def _aim(target: TargetView, edition: Edition) -> Aim:
    t, found = edition.t, []
    if target.baseline:
        words = "%(year)s年预计：%(figure)s" if target.estimate else "%(year)s年结果：%(figure)s"
        found.append(t(words, year=target.baseline_year, figure=target.baseline))
        if target.direction in ("higher", "lower"):
            words = {"higher": "比上年结果高%(difference)s", "lower": "比上年结果低%(difference)s"}[target.direction]
            found.append(t(words, difference=target.difference))
        else:
            found.append(t("与上年结果相同") if target.direction == "equal" else t("口径不同，不可直接比较"))
    return Aim(shorten(target.indicator, SHORT), target.figure, " · ".join(found))


def source(edition: Edition) -> str:
    """Issuer, title and year of the report."""
    title, year = edition.title.text, str(edition.report.year)
    return " · ".join([edition.issuer.text, title, *([] if year in title else [year])])


def shorten(said: Said, most: int) -> Said:
    return said if len(said.text) <= most else replace(said, text=said.text[: most - 1].rstrip() + "…")


def plain(text: str, most: int = 80) -> str:
    """A text for a title or an attribute, where no element can isolate its direction."""
    return in_one_line(text, most)


def title_of(card: Card, edition: Edition) -> str:
    return f"{plain(card.quote.text)} · {plain(edition.title.text)}"


def height_of(shown: View, edition: Edition) -> int:
    """Pixels that fit a card 600 px wide: its frame and short lines, then the texts that may take several lines.

    The readers' fonts are not known, so a line is taken to hold a little less than it does in common ones.
    """
    translated = edition.language != ORIGINAL
    state = shown.label + (shown.by.text if shown.by else "") + " " * 30  # with the words around them
    aims = sum(
        _lines(f"{aim.indicator.text}：{aim.figure}", 33) * 28 + _lines(aim.against, 40) * 24 for aim in shown.aims
    )
    return (
        192
        + 30 * _lines(shown.quote.text, 30)
        + aims
        + 24 * (_lines(state, 38) - 1)
        + 24 * _lines(source(edition), 28)
        + 24 * translated
    )


def _lines(text: str, width: int) -> int:
    """Lines of `width` Han characters; Latin ones are about half as wide."""
    return math.ceil(sum(0.53 if ord(mark) < 0x2E80 else 1 for mark in text) / width)


def _said(said: Said, language: str) -> Markup:
    """A text of the report in its own language."""
    if said.lang != language:
        return Markup('<bdi lang="{}">{}</bdi>').format(said.lang, said.text)
    return _isolated(said.text)


def _isolated(text: str) -> Markup:
    """A text that reaches no further; bytes are few, so only where anything in it could."""
    directed = _DIRECTED & set(map(unicodedata.bidirectional, text))
    return Markup("<bdi>{}</bdi>").format(text) if directed else escape(text)


TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=jinja2.StrictUndefined,
)
TEMPLATES.globals |= {"said": _said, "isolated": _isolated}
