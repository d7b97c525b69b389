"""The search index of one language: a script that the page loads when search is first used, on http and from file://.

    yanxingIndex({fold, labels, statuses, same, entries: [[url, kind, title, text, more, status], …]})

Entries are commitments (kind c), paragraphs (p), headings (h) and terms of the glossary (g). `text` is what the sentence or
paragraph says, for a commitment [number of its paragraph's entry, start, end]; `more` what else finds the entry: unit, themes,
section, a term's name in the other language. `fold` maps characters of the other script to the Simplified ones, so that a
Traditional query finds Simplified text and the reverse; `same` are words that find each other (data/search.yml). How a query
is matched stands in overrides/assets/search.js.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache

import opencc

from . import data, hant
from .config import Project
from .edition import STATUS_WORDS, Edition


def variants(project: Project, originals: list[Edition]) -> dict[str, str]:
    """Traditional characters of these texts that could stand for themselves: 著 for 着, 覆 for 复 in 回复."""
    alone, found = _simplified(), {}
    for edition in originals:
        text = "\n".join(block.text for heading in edition.parts for block in heading.blocks)
        converted = hant.converter(project, edition.report)(text)
        for simple, char in zip(text, converted, strict=False) if len(text) == len(converted) else ():
            if alone.get(char, char) != alone.get(simple, simple):
                found[char] = alone.get(simple, simple)
    return found


def index(editions: list[Edition], variants: Mapping[str, str]) -> str:
    """search/index.js of one language."""
    return f"yanxingIndex({json.dumps(value(editions, variants), ensure_ascii=False, separators=(',', ':'))});\n"


def value(editions: list[Edition], variants: Mapping[str, str]) -> dict:
    """The index itself; `editions` may be of several reports or of several languages."""
    several = len({edition.report.id for edition in editions}) > 1
    entries: list[list] = []
    for edition in editions:
        entries += _shared(list(_entries(edition, edition.title.text if several else "")), len(entries))
    entries += {(entry[0], entry[2]): entry for edition in editions for entry in _terms(edition)}.values()
    same = [words for groups in data.load("search.yml").values() for words in groups]
    text = "".join(part for entry in entries for part in entry[2:5] if isinstance(part, str)) + "".join(
        word for words in same for word in words
    )
    found: dict = {"fold": _fold(frozenset(text), variants), "labels": {}, "statuses": {}, "same": same}
    if editions:
        t = editions[0].t
        found["labels"] = {"c": t("承诺"), "p": t("报告"), "h": t("报告"), "g": t("词汇表")}
        found["statuses"] = {key: t(STATUS_WORDS[key]) for edition in editions for key in edition.counts}
    return found | {"entries": entries}


def _shared(entries: list[list[str]], first: int) -> list[list]:
    """The entries with a commitment's sentence as a place in its paragraph, so that no text is loaded twice.

    `first` is the number of the first of them.
    """
    paragraphs = {entry[0]: number for number, entry in enumerate(entries) if entry[1] == "p"}
    shared = []
    for url, kind, title, text, *rest in entries:
        number = paragraphs.get(rest.pop()) if kind == "c" else None
        at = entries[number][3].find(text) if number is not None else -1
        start = _units(entries[number][3][:at]) if at >= 0 else 0
        shared.append([url, kind, title, [first + number, start, start + _units(text)] if at >= 0 else text, *rest])
    return shared


def _units(text: str) -> int:
    """The length of a text as JavaScript counts: a character beyond U+FFFF is two."""
    return len(text.encode("utf-16-le")) // 2


def _entries(edition: Edition, report: str) -> Iterator[list[str]]:
    """Commitments, then headings and paragraphs; `report` names the report where the site has several."""
    folder = edition.report.id
    for card in edition.cards:
        sentence = next(
            (s.text for s in card.context.segments if any(piece.commitment == card.id for piece in s.pieces)), ""
        )
        known = [card.lead.text if card.lead else "", *(name for _, name in card.themes), card.section_label, report]
        more = " · ".join(filter(None, known))
        yield [
            f"{folder}/commitments/{card.id}.html",
            "c",
            card.quote.text,
            sentence,
            more,
            card.status,
            f"{folder}/index.html#{card.record.paragraph}",
        ]
    for heading in edition.parts:
        label = heading.number + heading.said.text if edition.language != "en" else heading.said.text
        if heading.said.text:
            yield [f"{folder}/index.html#{heading.id}", "h", label, "", report]
        for block in heading.blocks:
            yield [f"{folder}/index.html#{block.id}", "p", label or edition.title.text, block.text, report]


def _terms(edition: Edition) -> Iterator[list[str]]:
    """The glossary's entries: what a term is, and its name in the other language, so that either finds it."""
    for entry in edition.glossary.values():
        other = entry.original if edition.language == "en" else entry.english
        explained = entry.explanation.text if entry.explanation else ""
        yield [f"glossary.html#{entry.slug}", "g", entry.name, explained, other]


def _fold(characters: frozenset[str], variants: Mapping[str, str]) -> str:
    """Pairs of a Traditional character and the Simplified one that it is folded to, for characters that occur."""
    pairs = {char: variants.get(simple, simple) for char, simple in _simplified().items()} | variants
    wanted = characters | {pairs.get(char, char) for char in characters}
    return "".join(char + simple for char, simple in pairs.items() if simple in wanted)


@lru_cache(maxsize=1)
def _simplified() -> dict[str, str]:
    """Every character of the CJK Unified Ideographs block whose Simplified form differs from it."""
    every = [chr(code) for code in range(0x4E00, 0xA000)]
    converted = opencc.OpenCC("t2s").convert("\n".join(every)).split("\n")
    return {char: simple for char, simple in zip(every, converted, strict=True) if char != simple and len(simple) == 1}
