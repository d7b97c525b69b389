"""Editions to Markdown: the pages of docs/<language>/, rendered from the templates beside this file.

Official text goes into HTML blocks with every character escaped, so that neither Markdown nor HTML in a report is ever
run; only headings are Markdown, since MkDocs makes the contents from them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import jinja2
from markupsafe import Markup, escape

from .. import hant
from ..config import Project
from ..edition import STATUS_WORDS, Card, Edition, Said, Segment
from ..errors import Problem
from ..read import read_document

_TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=jinja2.StrictUndefined,
)
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>&~:=^\"'])")


def pages(project: Project, language: str, editions: list[Edition], convert, t) -> Iterator[tuple[str, str]]:
    """(path below docs/<language>/, content) of every page of one language, in a fixed order."""
    common = {
        "section_list": _sections, "status_words": STATUS_WORDS,
        "t": t, "language": language, "editions": editions, "say": _say, "inline": _inline,
    }  # fmt: skip
    name, tagline = (
        hant.in_language(project.name, language, convert),
        hant.in_language(project.tagline or {}, language, convert),
    )
    home = {"title": name, "description": tagline or name, "kind": "home"}
    yield "index.md", _page("home.md", home, name=name, tagline=tagline, **common)
    for edition in editions:
        yield from _report_pages(edition, common)
    method = _own_page(project, "method", language, convert)
    front = {"title": t("说明"), "description": t("本站如何找出承诺、如何认定状态、如何引用"), "kind": "method"}
    yield "method.md", _page("own.md", front, body=Markup(method), **common)


def _report_pages(edition: Edition, common: Mapping) -> Iterator[tuple[str, str]]:
    t, folder = edition.t, edition.report.id
    title = edition.title.text
    front = {"report": folder, "report_title": title}
    common = {**common, "e": edition, "statuses": STATUS_WORDS}
    yield (
        f"{folder}/index.md",
        _page(
            "report.md",
            {
                **front,
                "title": title,
                "description": t("%(title)s全文，逐段可引用，标出其中每一项承诺", title=title),
                "kind": "report",
            },
            **common,
        ),
    )
    yield f"{folder}/commitments/index.md", _page(
        "index.md",
        {**front, "title": t("承诺索引"), "description": t("%(title)s中的全部承诺及其状态", title=title), "kind": "index"},
        sections=_sections(edition), **common,
    )  # fmt: skip
    for card in edition.cards:
        yield (
            f"{folder}/commitments/{card.id}.md",
            _page("commitment.md", front | _card_front(card, t), c=card, **common),
        )


def _card_front(card: Card, t) -> dict:
    return {
        "title": _shorten(card.quote.text, 60),
        "description": f"{card.section_label} · {t('状态')}{t('：')}{card.status_label} · {_shorten(card.quote.text, 120)}",
        "kind": "commitment",
        "id": card.id,
        "status": card.status,
        "section": card.section,
        "paragraph": card.record.paragraph,
    }


def _page(template: str, front: dict, **values) -> str:
    """YAML front matter and Markdown. Values are written as JSON, which is YAML that cannot be misread."""
    head = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in front.items())
    body = _TEMPLATES.get_template(template).render(front=front, **values)
    return f"---\n{head}---\n{body.strip()}\n"


def _sections(edition: Edition) -> list[tuple[str, str, int]]:
    """(id, label, number of commitments) of the sections that hold commitments, in the order of the text."""
    labels = {card.section: card.section_label for card in edition.cards}
    return [(key, label, sum(card.section == key for card in edition.cards)) for key, label in labels.items()]


def _own_page(project: Project, name: str, language: str, convert) -> str:
    """A page of the site's own, from source/pages/<name>.<language>.md; zh-Hant is converted from zh-Hans."""
    written = "zh-Hans" if language == "zh-Hant" else language
    file = project.source / "pages" / f"{name}.{written}.md"
    if not file.is_file():
        raise Problem("no such page", file=file, todo="write it, every language has the same pages")
    text = read_document(file).text
    return convert(text) if language == "zh-Hant" else text


def _shorten(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _say(said: Said | None, language: str, label: str = "") -> Markup:
    """A text as HTML, marked where it is in another language than the page, with a label where it is not translated."""
    if said is None:
        return Markup("")
    if said.lang == language:
        return escape(said.text)
    mark = Markup('<span class="untranslated" lang="{}">{}</span>').format(said.lang, said.text)
    return mark + Markup(' <span class="label-untranslated">{}</span>').format(label) if label else mark


def _inline(text: str) -> Markup:
    """Text for a Markdown line (a heading): everything that Markdown or HTML would read as a mark is escaped."""
    return Markup(_MARKDOWN.sub(lambda found: f"&#{ord(found.group())};", text))


def sentence(segment: Segment, language: str, edition: Edition, here: str, prefix: str) -> Markup:
    """A sentence as HTML with its commitments as links; `here` is the commitment whose page this is, or empty."""
    parts = []
    for index, piece in enumerate(segment.pieces):
        text = escape(piece.text)
        card = edition.by_id.get(piece.commitment)
        if not card:
            parts.append(text)
        elif card.id == here:
            parts.append(Markup('<mark class="here">{}</mark>').format(text))
        else:
            first = not any(other.commitment == card.id for other in segment.pieces[:index])
            anchor = Markup(' id="{}"').format(card.id) if first and not here else Markup("")
            parts.append(
                Markup('<a class="c s-{}"{} href="{}{}.html" title="{}">{}</a>').format(
                    card.status, anchor, prefix, card.id, card.status_label, text
                )
            )
    inner = Markup("").join(parts)
    if segment.lang != language:
        inner = Markup('<span class="untranslated" lang="{}">{}</span>').format(segment.lang, inner)
    return Markup('<span class="{}">{}</span>').format("lead", inner) if segment.kind == "lead" else inner


_TEMPLATES.globals["sentence"] = sentence
