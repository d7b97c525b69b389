"""JSON: the commitments together, and each alone, with the languages side by side.

A Text is {"zh-Hans": …, "zh-Hant": …, "en": …, "en_state": …}: `en` is null where nobody has translated it, `en_state` says how
it was made. Values that no language changes (numbers, dates, spans, codes) stand once. schema/ is the reference.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..compare import compare
from ..edition import ORIGINAL, STATUS_WORDS, Card, Edition, Said
from .common import SCHEMA_VERSION, Place, dump
from .dues import last_day

Editions = Mapping[str, Edition]
Value = dict[str, Any]

GIVEN = "given"  # the site's own words or metadata, written in each language by its editors


def text(editions: Editions, of: Callable[[Edition], Said | None], original: str | None = None) -> Value | None:
    """A Text; `original` is the official wording where it is to stand exactly as written. None where there is none."""
    said = {language: of(edition) for language, edition in editions.items()}
    if said[ORIGINAL] is None:
        return None
    value: Value = {language: None if one.untranslated else one.text for language, one in said.items()}
    if original is not None:
        value[ORIGINAL] = original
    if "en" in said:
        value["en_state"] = said["en"].state or GIVEN
    return value


def metadata(editions: Editions, of: Callable[[Edition], Said | None]) -> Value | None:
    """A Text of report.yml."""
    return text(editions, of)


def words(editions: Editions, of: Callable[[Edition], str]) -> dict[str, str]:
    """Words of the site itself, by language."""
    return {language: of(edition) for language, edition in editions.items()}


def commitments(editions: Editions) -> dict[str, Value]:
    """Each commitment of the ledger as a JSON object, by id, in the order of the text."""
    return {card.id: _commitment(editions, card) for card in editions[ORIGINAL].cards}


def _commitment(editions: Editions, card: Card) -> Value:
    record, report = card.record, editions[ORIGINAL].report

    def said(of: Callable[[Card], Said | None], original: str | None = None) -> Value | None:
        return text(editions, lambda edition: of(edition.by_id[card.id]), original)

    return {
        "id": record.id,
        "report": record.report,
        "section": record.section,
        "paragraph": record.paragraph,
        "span": list(record.span),
        "quote": record.quote,
        "text": said(lambda one: one.quote),
        "kind": record.kind,
        "targets": [_target(editions, card, index) for index in range(len(record.targets))],
        "themes": list(record.themes),
        "lead": said(lambda one: one.lead, record.lead),
        "support": [said(lambda one, n=n: one.support[n], unit) for n, unit in enumerate(record.support)],
        "due": record.due or None,
        "due_day": last_day(record.due or report.horizon).isoformat(),
        "repeats": list(record.repeats),
        "status": record.status,
        "overdue": card.overdue,
        "history": [_entry(said, record, index) for index in range(len(record.history))],
        "evidence": [_evidence(said, record, index) for index in range(len(record.evidence))],
        "review": record.review,
    }


def _target(editions: Editions, card: Card, index: int) -> Value:
    target = card.record.targets[index]
    comparison = compare(target)
    baseline = target.get("baseline")
    return {
        "indicator": text(editions, lambda edition: edition.by_id[card.id].targets[index].indicator, target["indicator"]),
        "operator": target["operator"],
        "value": target["value"],
        "unit": target["unit"] or None,
        "kind": target["kind"],
        "text": target.get("text"),
        "figure": words(editions, lambda edition: edition.by_id[card.id].targets[index].figure),
        "baseline": baseline and {
            "operator": baseline.get("operator", "="),
            "value": baseline["value"],
            "unit": baseline.get("unit", target["unit"]) or None,
            "year": baseline["year"],
            "quote": baseline["quote"],
            "estimate": bool(baseline.get("estimate")),
            "comparable": bool(baseline.get("comparable")),
        },
        "comparison": comparison and {
            "direction": comparison.direction, "difference": comparison.difference, "unit": comparison.unit or None,
        },
    }  # fmt: skip


def _entry(said: Callable, record, index: int) -> Value:
    """An entry of the history, oldest first as in the ledger; cards have them newest first."""
    entry, back = record.history[index], -1 - index
    return {
        "date": entry["date"],
        "status": entry["status"],
        "note": said(lambda one: one.history[back].note, entry.get("note")),
        "by": said(lambda one: one.history[back].by, entry["by"]),
        "evidence": list(entry.get("evidence") or ()),
    }


def _evidence(said: Callable, record, index: int) -> Value:
    entry = record.evidence[index]
    return {
        "id": entry["id"],
        "title": said(lambda one: one.evidence[index].title, entry["title"]),
        "url": entry.get("url"),
        "publisher": said(lambda one: one.evidence[index].publisher, entry["publisher"]),
        "date": entry["date"],
        "summary": said(lambda one: one.evidence[index].note, entry.get("summary")),
    }


def collection(editions: Editions, cards: Mapping[str, Value], place: Place) -> str:
    """commitments.json: what the codes mean, then a commitment a line."""
    original = editions[ORIGINAL]
    report = original.report
    sections = {card.section: card.id for card in reversed(original.cards)}
    head = {
        "$schema": "../schema/commitments.schema.json",
        "schema_version": SCHEMA_VERSION,
        "report": report.id,
        "title": metadata(editions, lambda one: one.title),
        "notice": metadata(editions, lambda one: one.notice),
        "authoritative": ORIGINAL,
        "languages": list(editions),
        "as_of": report.as_of,
        "horizon": report.horizon,
        "pages": place.page("{language}", report.id, "commitments/{id}.html"),
        "statuses": {key: words(editions, lambda one, word=word: one.t(word)) for key, word in STATUS_WORDS.items()},
        "themes": {key: words(editions, lambda one, key=key: one.themes[key]) for key in original.themes},
        "sections": {
            key: words(editions, lambda one, key=key: one.by_id[sections[key]].section_label)
            for key in dict.fromkeys(card.section for card in original.cards)
        },
        "count": len(cards),
    }
    rows = ",\n".join(dump(card) for card in cards.values())
    return f'{dump(head, indent=1)[:-2]},\n "commitments": [\n{rows}\n ]\n}}\n'


def alone(editions: Editions, card: Value, place: Place) -> str:
    """commitments/<id>.json: the same object as in the collection, with what a reader needs who has only this file."""
    report = editions[ORIGINAL].report
    head = {
        "$schema": "../../schema/commitment.schema.json",
        "schema_version": SCHEMA_VERSION,
        "as_of": report.as_of,
        "page": place.page("{language}", report.id, f"commitments/{card['id']}.html"),
    }
    return dump(head | card) + "\n"
