"""The search index of one language: a script that the page loads when search is first used, on http and from file://.

Entries are commitments (kind c), paragraphs (p) and headings (h). `fold` maps characters of the other script to the
Simplified ones, so that a Traditional query finds Simplified text and the reverse.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache

import opencc

from . import hant
from .config import Project
from .edition import Edition


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
    entries = [entry for edition in editions for entry in _entries(edition)]
    text = "".join(part for entry in entries for part in (entry[2], entry[3]))
    value = {"fold": _fold(frozenset(text), variants), "entries": entries}
    return f"yanxingIndex({json.dumps(value, ensure_ascii=False, separators=(',', ':'))});\n"


def _entries(edition: Edition):
    folder, t = edition.report.id, edition.t
    for card in edition.cards:
        context = next(
            (s.text for s in card.context.segments if any(piece.commitment == card.id for piece in s.pieces)), ""
        )
        known = [card.id, card.lead.text if card.lead else "", *(name for _, name in card.themes), card.section_label]
        yield [
            f"{folder}/commitments/{card.id}.html", "c", card.quote.text, " · ".join(filter(None, [context, *known])),
            f"{t('承诺')} · {card.status_label}",
        ]  # fmt: skip
    for heading in edition.parts:
        label = heading.number + heading.said.text if edition.language != "en" else heading.said.text
        if heading.said.text:
            yield [f"{folder}/index.html#{heading.id}", "h", label, "", t("报告")]
        for block in heading.blocks:
            yield [
                f"{folder}/index.html#{block.id}",
                "p",
                label or edition.title.text,
                block.text,
                f"{t('报告')} · {block.id}",
            ]


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
