"""report.json: the report taken apart, with the languages side by side; schema/report.schema.json is the reference."""

from __future__ import annotations

from collections.abc import Iterator

from ..config import report_text
from ..edition import ORIGINAL, Edition, Said, TargetView
from ..model import Outline, Paragraph, Part, Section
from ..results import results
from ..split import split
from .common import SCHEMA_VERSION, dump
from .document import Editions, Value, metadata, text, words


def report(editions: Editions) -> str:
    """report.json: the outline with spans and texts, last year's results, and which of them a target is compared with."""
    original = editions[ORIGINAL]
    own = original.report
    outline = split(report_text(own))
    found = results(outline)
    head = {
        "$schema": "../schema/report.schema.json",
        "schema_version": SCHEMA_VERSION,
        "id": own.id,
        "title": metadata(editions, lambda one: one.title),
        "issuer": metadata(editions, lambda one: one.issuer),
        "region": metadata(editions, lambda one: one.region),
        "notice": metadata(editions, lambda one: one.notice),
        "year": own.year,
        "published": own.published or None,
        "url": own.url or None,
        "horizon": own.horizon,
        "as_of": own.as_of,
        "authoritative": ORIGINAL,
        "languages": list(editions),
        "text": "report.txt",
        "characters": len(outline.text),
    }
    resolved = _Resolved(editions)
    parts = ",\n".join(dump(_part(part, resolved)) for part in outline.parts)
    compared = _compared(original, outline)
    rows = ",\n".join(
        dump({
            "indicator": one.indicator, "value": one.value, "unit": one.unit or None, "kind": one.kind,
            "span": [one.start, one.end], "quote": one.quote, "paragraph": one.paragraph, "section": one.section,
            "change": one.change, "commitment": compared.get(one.start),
            "sentence": original.results[n].sentence,
            "indicator_text": text(editions, lambda edition, n=n: edition.results[n].indicator, one.indicator),
            "figure": words(editions, lambda edition, n=n: edition.results[n].figure),
        })
        for n, one in enumerate(found)
    )  # fmt: skip
    baselines = ",\n".join(map(dump, _baselines(editions, outline)))
    lists = f' "parts": [\n{parts}\n ],\n "results": [\n{rows}\n ],\n "baselines": [\n{baselines}\n ]'
    return f"{dump(head, indent=1)[:-2]},\n{lists}\n}}\n"


class _Resolved:
    """Headings and sentences of every language, by id."""

    def __init__(self, editions: Editions):
        self.editions = editions
        self.headings = {code: {one.id: one for one in edition.parts} for code, edition in editions.items()}
        self.segments = {
            code: {segment.id: segment for one in edition.parts for block in one.blocks for segment in block.segments}
            for code, edition in editions.items()
        }

    def heading(self, identifier: str, original: str) -> Value | None:
        """A heading's Text, None where the official text has none."""
        return (
            text(self.editions, lambda one: self.headings[one.language][identifier].said, original)
            if original
            else None
        )

    def sentence(self, identifier: str) -> Value:
        """A sentence's Text, the official one as it was written."""
        said = {
            code: Said(own[identifier].text, own[identifier].lang, own[identifier].state)
            for code, own in self.segments.items()
        }
        return text(self.editions, lambda one: said[one.language], self.segments[ORIGINAL][identifier].source)

    def commitments(self, identifier: str) -> list[str]:
        pieces = self.segments[ORIGINAL][identifier].pieces
        return list(dict.fromkeys(piece.commitment for piece in pieces if piece.commitment))


def _part(part: Part, resolved: _Resolved) -> Value:
    value: Value = {"kind": part.kind, "span": [part.start, part.end]}
    if part.kind == "furniture":  # what stood around the text on its page; it has no sentences
        return value | {"heading": None, "sections": []}
    return value | {
        "heading": resolved.heading(f"part-{part.kind}", part.heading),
        "sections": [_section(section, resolved) for section in part.sections],
    }


def _section(section: Section, resolved: _Resolved) -> Value:
    return {
        "id": section.id,
        "level": section.level,
        "number": section.number or None,
        "heading": resolved.heading(section.id, section.heading),
        "span": [section.start, section.end],
        "paragraphs": [_paragraph(paragraph, resolved) for paragraph in section.paragraphs],
    }


def _paragraph(paragraph: Paragraph, resolved: _Resolved) -> Value:
    return {
        "id": paragraph.id,
        "number": paragraph.number or None,
        "span": [paragraph.start, paragraph.end],
        "sentences": [
            {
                "id": sentence.id,
                "span": [sentence.start, sentence.end],
                "item": paragraph.item_at(sentence.start) or None,
                "text": resolved.sentence(sentence.id),
                "commitments": resolved.commitments(sentence.id),
            }
            for sentence in paragraph.sentences
        ],
    }


def _compared(edition: Edition, outline: Outline) -> dict[int, str]:
    """Where in the text a result stands → the commitment whose target is compared with it."""
    starts = {sentence.id: sentence.start for paragraph in outline.paragraphs for sentence in paragraph.sentences}
    return {
        starts[segment.id] + mark.start: mark.of
        for heading in edition.parts
        for block in heading.blocks
        for segment in block.segments
        for mark in segment.marks
        if mark.kind == "result" and mark.of
    }


def _baselines(editions: Editions, outline: Outline) -> Iterator[Value]:
    sentences = [sentence for paragraph in outline.paragraphs for sentence in paragraph.sentences]
    for card in editions[ORIGINAL].cards:
        for index, target in enumerate(card.record.targets):

            def view(edition: Edition, card=card, index=index) -> TargetView:
                return edition.by_id[card.id].targets[index]

            if baseline := target.get("baseline"):
                at = outline.text.find(baseline["quote"])
                yield {
                    "commitment": card.id,
                    "target": index,
                    "value": baseline["value"],
                    "unit": baseline.get("unit", target["unit"]) or None,
                    "year": baseline["year"],
                    "quote": baseline["quote"],
                    "estimate": bool(baseline.get("estimate")),
                    "comparable": bool(baseline.get("comparable")),
                    "sentence": next((one.id for one in sentences if one.start <= at < one.end), None),
                    "indicator_text": text(editions, lambda edition: view(edition).indicator, target["indicator"]),
                    "figure": words(editions, lambda edition: view(edition).baseline),
                }
