"""What a report says as HTML: its sentences with commitments, terms and results marked, and texts in another language labelled."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup, escape

from ..edition import Card, Edition, Mark, Said, Segment
from ..memory import DRAFT

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>&~:=^\"'])")


@dataclass(frozen=True, slots=True)
class Links:
    """Where a page finds commitments and terms: addresses with {} for the id or slug, `term` empty where none is explained.

    `anchor` is the id of a commitment's first words in the text, empty for none; `tips` whether marks carry their card.
    """

    commitment: str
    term: str = ""
    anchor: str = ""
    tips: bool = True


REPORT = Links("commitments/{}.html", "../glossary.html#{}", "{}")
BILINGUAL = Links("commitments/{}.html", tips=False)
COMMITMENT = Links("{}.html", "../../glossary.html#{}", tips=False)  # the others' cards are a click away
PRINTED = Links("#task-{}", anchor="in-{}", tips=False)
SINGLE = Links("#{}", "#term-{}", "in-{}", tips=False)
BESIDE = Links("#{}", tips=False)


def say(said: Said | None, language: str, label: str = "") -> Markup:
    """A text as HTML, marked where it is in another language than the page, with a label where it is not translated."""
    if said is None:
        return Markup("")
    if said.lang == language:
        return escape(said.text)
    mark = Markup('<span class="untranslated" lang="{}">{}</span>').format(said.lang, said.text)
    return mark + Markup(' <span class="label-untranslated">{}</span>').format(label) if label else mark


def inline(text: str) -> Markup:
    """Text for a Markdown line (a heading): everything that Markdown or HTML would read as a mark is escaped."""
    return Markup(_MARKDOWN.sub(lambda found: f"&#{ord(found.group())};", text))


def sentence(
    segment: Segment, language: str, edition: Edition, links: Links, here: str = "", told: set | None = None
) -> Markup:
    """A sentence as HTML with its commitments and terms as links; `here` is the commitment whose page this is, or empty.

    `told` are the terms that the page has explained already; None where none is to be explained. Links cannot stand in
    links, so a term inside a commitment is explained on that commitment's page.
    """
    parts, at = [], 0
    for index, piece in enumerate(segment.pieces):
        card = edition.by_id.get(piece.commitment)
        linked = card is not None and card.id != here
        plain = (
            linked or told is None or bool(here and not card)
        )  # around a commitment nothing is explained: the report does
        text = escape(piece.text) if plain else _with_marks(segment, at, piece.text, edition, links, told)
        at += len(piece.text)
        if not card:
            parts.append(text)
        elif not linked:
            parts.append(Markup('<mark class="here">{}</mark>').format(text))
        else:
            first = not any(other.commitment == card.id for other in segment.pieces[:index])
            parts.append(_link(card, text, edition, links, first))
    inner = Markup("").join(parts)
    if segment.lang != language:
        inner = Markup('<span class="untranslated" lang="{}">{}</span>').format(segment.lang, inner)
    elif segment.state == DRAFT:
        inner = Markup('<span class="machine" title="{}">{}</span>').format(edition.t("机器初译，尚无人校订"), inner)
    return Markup('<span class="{}">{}</span>').format("lead", inner) if segment.kind == "lead" else inner


def _link(card: Card, text: Markup, edition: Edition, links: Links, first: bool) -> Markup:
    anchor = Markup(' id="{}"').format(links.anchor.format(card.id)) if first and links.anchor else ""
    tip = Markup(' data-tip="{}"').format(_tip(card, edition)) if links.tips else ""
    address = links.commitment.format(card.id)
    status = "" if card.status == "unassessed" else f" s-{card.status}"
    return Markup('<a class="c{}"{} href="{}"{}>{}</a>').format(status, anchor, address, tip, text)


def _with_marks(segment: Segment, start: int, text: str, edition: Edition, links: Links, told: set) -> Markup:
    """A stretch of a sentence with its results marked, and each term that the page has not explained yet as a link."""
    parts, at = [], 0
    for mark in segment.marks:
        first, last = mark.start - start, mark.end - start
        if first < at or last > len(text) or (mark.kind == "term" and (mark.of in told or not links.term)):
            continue
        parts.append(escape(text[at:first]))
        parts.append(_marked(mark, text[first:last], edition, links))
        at = last
        if mark.kind == "term":
            told.add(mark.of)
    parts.append(escape(text[at:]))
    return Markup("").join(parts)


def _marked(mark: Mark, text: str, edition: Edition, links: Links) -> Markup:
    if mark.kind == "term":
        link = Markup('<a class="term" href="{}" data-tip="{}">{}</a>')
        return link.format(links.term.format(mark.of), edition.glossary[mark.of].explanation.text, text)
    if card := edition.by_id.get(mark.of):
        tip = "\n".join([edition.t("上年结果，今年的目标："), *_targets_in_words(card, edition)])
        data = Markup(' data-tip="{}"').format(tip) if links.tips else ""
        return Markup('<a class="result" href="{}"{}>{}</a>').format(links.commitment.format(card.id), data, text)
    return Markup('<span class="result">{}</span>').format(text)


def _tip(card: Card, edition: Edition) -> str:
    """A commitment's card in lines: status, targets beside last year's results, who leads, by when."""
    t = edition.t
    lines = [card.status_label + (" · " + t("已逾期") if card.overdue else ""), *_targets_in_words(card, edition)]
    if card.lead:
        lines.append(t("牵头单位") + t("：") + card.lead.text)
    lines.append(t("完成时限") + t("：") + card.due)
    return "\n".join(lines)


def _targets_in_words(card: Card, edition: Edition) -> list[str]:
    t, found = edition.t, []
    for target in card.targets:
        line = target.indicator.text + t("：") + target.figure
        if target.baseline:
            words = "%(year)s年预计：%(figure)s" if target.estimate else "%(year)s年结果：%(figure)s"
            line += " · " + t(words, year=target.baseline_year, figure=target.baseline)
        found.append(line)
    return found
