"""The waist: one report in one language, with everything resolved that an output may ask for.

Inputs (text, ledger, memory, dictionaries) end here; outputs (pages, search, data) begin here and know nothing of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from . import figures, hant, ledger, memory
from .compare import compare
from .config import Project, Report, Text, load_if_there, report_text
from .draft import locate
from .ledger import Record
from .model import Item, Outline, Paragraph, Sentence
from .split import split
from .tag import states_targets

ORIGINAL = "zh-Hans"

STATUS_WORDS = {
    "unassessed": "待评估",
    "not-started": "未启动",
    "in-progress": "推进中",
    "on-track": "按序时推进",
    "behind": "进度滞后",
    "completed": "已完成",
    "exceeded": "超额完成",
    "partly-completed": "部分完成",
    "missed": "未完成",
    "adjusted": "目标调整",
    "dropped": "已终止",
}


@dataclass(frozen=True, slots=True)
class Said:
    """A text and the language that it is really in: an English page shows Chinese where nothing is translated yet."""

    text: str
    lang: str
    untranslated: bool = False
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence, and the commitment that it belongs to, if any."""

    text: str
    commitment: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence in the edition's language, in pieces; `kind` is sentence or lead."""

    id: str
    pieces: tuple[Piece, ...]
    lang: str
    kind: str = "sentence"
    untranslated: bool = False
    draft: bool = False

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: its sentences, grouped by the items of a list inside it (`item` empty outside a list)."""

    id: str
    number: str
    groups: tuple[tuple[str, tuple[Segment, ...]], ...]
    start: int

    @property
    def segments(self) -> tuple[Segment, ...]:
        return tuple(segment for _, segments in self.groups for segment in segments)

    @property
    def text(self) -> str:
        return "".join(segment.text + (" " if segment.lang == "en" else "") for segment in self.segments).rstrip(" ")


@dataclass(frozen=True, slots=True)
class Heading:
    """A part's or section's heading; empty text where the official text has none."""

    id: str
    part: str
    level: int
    said: Said
    number: str = ""
    blocks: tuple[Block, ...] = ()
    start: int = 0


@dataclass(frozen=True, slots=True)
class TargetView:
    indicator: Said
    figure: str
    kind: str
    baseline: str = ""
    baseline_year: int = 0
    baseline_quote: str = ""
    estimate: bool = False  # the report itself calls last year's figure an estimate (预计)
    direction: str = ""  # higher | lower | equal | not-comparable, empty without a baseline
    difference: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """An entry of a commitment's history, or a piece of evidence, in words."""

    date: str
    day: str
    status: str = ""
    note: Said | None = None
    by: Said | None = None
    title: Said | None = None
    publisher: Said | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A commitment in the edition's language."""

    record: Record
    quote: Said
    section: str  # the id of its top section or livelihood project
    section_label: str
    status: str
    status_label: str
    overdue: bool
    targets: tuple[TargetView, ...]
    themes: tuple[tuple[str, str], ...]
    lead: Said | None
    support: tuple[Said, ...]
    due: str
    history: tuple[Step, ...]
    evidence: tuple[Step, ...]
    context: Block
    key: bool = False  # one of the year's expected targets
    repeats: tuple[str, ...] = ()
    previous: str = ""
    following: str = ""

    @property
    def id(self) -> str:
        return self.record.id


@dataclass(frozen=True, slots=True)
class Edition:
    """One report in one language."""

    language: str
    report: Report
    t: Callable[..., str]
    title: Said
    issuer: Said
    region: Said | None
    notice: Said | None
    published: str
    as_of: str
    related: tuple[Step, ...]
    parts: tuple[Heading, ...]  # parts and sections in the order of the text
    cards: tuple[Card, ...]
    themes: Mapping[str, str]
    segments: int = 0
    untranslated: int = 0
    by_id: Mapping[str, Card] = field(default_factory=dict)

    @property
    def key_targets(self) -> tuple[Card, ...]:
        """The year's expected targets: quantified commitments of the paragraph that announces them."""
        return tuple(card for card in self.cards if card.key and card.targets)

    @property
    def counts(self) -> dict[str, int]:
        """Commitments by status, in the statuses' own order, those that occur."""
        found = Counter(card.status for card in self.cards)
        return {status: found[status] for status in ledger.STATUSES if found[status]}


@dataclass(frozen=True, slots=True)
class _Source:
    """What the three editions of a report share."""

    text: str
    outline: Outline
    records: tuple[Record, ...]
    spans: Mapping[str, tuple[int, int]]
    themes: Mapping[str, Text]


def editions(project: Project, report: Report) -> dict[str, Edition]:
    """The report in each of the site's languages; Problems if its text or ledger is broken."""
    text = report_text(report)
    records = ledger.load(report)
    found = zip(records, locate(text, records), strict=True)
    spans = {record.id: place for record, place in found if place}
    source = _Source(text, split(text), tuple(r for r in records if r.id in spans), spans, themes(project))
    return {language: _Builder(project, report, source, language).edition() for language in project.languages}


def themes(project: Project) -> dict[str, Text]:
    return load_if_there(project.source / "themes.yml", "themes")


def interface(project: Project, language: str) -> Callable[..., str]:
    """The words of the user interface."""
    return memory.words(language, memory.load(project.source / "ui.en.po"), hant.converter(project))


class _Builder:
    def __init__(self, project: Project, report: Report, source: _Source, language: str):
        self.project, self.report, self.source, self.language = project, report, source, language
        self.t = interface(project, language)
        self.convert = hant.converter(project, report)
        self.memory = memory.load(report.folder / "en.po") if language == "en" else memory.Memory()
        self.segments = self.untranslated = 0

    def edition(self) -> Edition:
        headings = tuple(self._headings())
        blocks = {block.id: block for heading in headings for block in heading.blocks}
        labels = self._section_labels(headings)
        cards = self._cards(blocks, labels)
        report = self.report
        return Edition(
            language=self.language,
            report=report,
            t=self.t,
            title=self.text(report.title),
            issuer=self.text(report.issuer),
            region=self.text(report.region) if report.region else None,
            notice=self.text(report.notice) if report.notice else None,
            published=figures.day(report.published, self.language) if report.published else "",
            as_of=figures.day(report.as_of, self.language),
            related=tuple(self._related()),
            parts=headings,
            cards=cards,
            themes={key: self.text(name).text for key, name in self.source.themes.items()},
            segments=self.segments,
            untranslated=self.untranslated,
            by_id={card.id: card for card in cards},
        )

    def text(self, values: Text) -> Said:
        """A metadata text, which has its languages beside each other."""
        if self.language in values:
            return Said(values[self.language], self.language)
        if self.language == "zh-Hant":
            return Said(self.convert(values[ORIGINAL]), "zh-Hant")
        return Said(values[ORIGINAL], ORIGINAL, untranslated=True)

    def say(self, source: str, context: str = "") -> Said:
        """A text of report or ledger in the edition's language."""
        if self.language == ORIGINAL or not source:
            return Said(source, self.language)
        if self.language == "zh-Hant":
            return Said(self.convert(source), "zh-Hant")
        if found := self.memory.find(source, context):
            return Said(found.text, "en", draft=found.draft)
        return Said(source, ORIGINAL, untranslated=True)

    def _related(self):
        for entry in self.report.related:
            iso = entry.get("date", "")
            yield Step(
                iso, figures.day(iso, self.language) if iso else "", title=self.text(entry["title"]), url=entry["url"]
            )

    # the text

    def _headings(self):
        outline = self.source.outline
        for part in outline.parts:
            if part.kind == "furniture":
                continue
            if part.heading:
                yield Heading(
                    f"part-{part.kind}", part.kind, 1, self._heading(part.heading, part.kind), "", (), part.start
                )
            for section in part.sections:
                said = self._heading(section.heading, section.id)
                level = section.level + (1 if part.heading else 0)
                blocks = tuple(self._block(paragraph) for paragraph in section.paragraphs)
                yield Heading(section.id, part.kind, level, said, section.number, blocks, section.start)

    def _heading(self, text: str, context: str) -> Said:
        said = self.say(text, context)
        if text:
            self._count(said.untranslated)
        return said

    def _count(self, untranslated: bool) -> None:
        self.segments += 1
        self.untranslated += untranslated

    def _block(self, paragraph: Paragraph) -> Block:
        groups: list[tuple[str, list[Segment]]] = [("", [])]
        for sentence in paragraph.sentences:
            item = paragraph.item_at(sentence.start)
            if item != groups[-1][0]:
                groups.append((item, []))
            groups[-1][1].append(self._segment(paragraph, sentence))
        return Block(
            paragraph.id, paragraph.number, tuple((item, tuple(own)) for item, own in groups if own), paragraph.start
        )

    def _segment(self, paragraph: Paragraph, sentence: Sentence) -> Segment:
        lead = paragraph.lead == (sentence.start, sentence.end)
        titled = any(item.title[1] == sentence.end and item.title[0] < item.title[1] for item in paragraph.items)
        kind = "lead" if lead or titled else "sentence"
        pieces = pieces_of(self.source.text, sentence.start, sentence.end, self._marks(sentence))
        segment = Segment(sentence.id, pieces, self.language, kind)
        if self.language == "zh-Hant":
            converted = self.convert.pieces([piece.text for piece in pieces])
            pieces = tuple(Piece(text, piece.commitment) for text, piece in zip(converted, pieces, strict=True))
            segment = Segment(sentence.id, pieces, "zh-Hant", kind)
        elif self.language != ORIGINAL:
            found = self.memory.find(tagged(pieces), sentence.id)
            if found:
                segment = Segment(sentence.id, untagged(found.text, pieces), "en", kind, draft=found.draft)
            else:
                segment = Segment(sentence.id, pieces, ORIGINAL, kind, untranslated=True)
        self._count(segment.untranslated)
        return segment

    def _marks(self, sentence: Sentence):
        for record in self.source.records:
            start, end = self.source.spans[record.id]
            if start < sentence.end and end > sentence.start:
                yield max(start, sentence.start), min(end, sentence.end), record.id

    # the ledger

    def _section_labels(self, headings: tuple[Heading, ...]) -> dict[str, str]:
        """How a section is called in lists: number and heading, or the name of what has no heading."""
        labels = {}
        for heading in headings:
            if heading.said.text and self.language == "en":
                labels[heading.id] = heading.said.text
            elif heading.said.text:
                labels[heading.id] = heading.number + heading.said.text
            else:
                labels[heading.id] = self.t("总体目标") if heading.part == "forward" else self.t("结束语")
        for paragraph in self.source.outline.paragraphs:
            for item in paragraph.items:
                labels[item.id] = self.t("民生实事") + f" {_ordinal(item)} {self._item_title(item)}"
        return labels

    def _item_title(self, item: Item) -> str:
        title = self.source.text[slice(*item.title)].rstrip("。.：:；;")
        sentence = self.source.text[item.start : item.title[1]]
        said = self.say(sentence, "")
        if said.untranslated or self.language != "en":
            return self.say(title).text
        return said.text.split(". ", 1)[-1].rstrip(".")

    def _cards(self, blocks: Mapping[str, Block], labels: Mapping[str, str]) -> tuple[Card, ...]:
        records = self.source.records
        found: dict[str, list[tuple[str, bool, bool]]] = {}
        langs: dict[str, str] = {}
        for block in blocks.values():
            for segment in block.segments:
                for piece in segment.pieces:
                    if piece.commitment:
                        found.setdefault(piece.commitment, []).append((piece.text, segment.untranslated, segment.draft))
                        langs[piece.commitment] = segment.lang
        outline = self.source.outline
        announcing = {
            paragraph.id
            for paragraph in outline.paragraphs
            if states_targets(outline.text[paragraph.start : paragraph.end]) and not paragraph.items
        }
        cards = []
        for index, record in enumerate(records):
            pieces = found.get(record.id) or [(record.quote, True, False)]
            text = ("" if langs.get(record.id) != "en" else " ").join(piece[0] for piece in pieces)
            quote = Said(text, langs.get(record.id, ORIGINAL), any(p[1] for p in pieces), any(p[2] for p in pieces))
            cards.append(
                Card(
                    record=record,
                    quote=quote,
                    section=record.section,
                    section_label=labels.get(record.section, record.section),
                    status=record.status,
                    status_label=self.t(STATUS_WORDS[record.status]),
                    overdue=record.overdue(self.report.horizon, self.report.as_of),
                    targets=tuple(self._target(target) for target in record.targets),
                    themes=tuple((key, self._theme(key)) for key in record.themes),
                    lead=self.say(record.lead, "lead") if record.lead else None,
                    support=tuple(self.say(unit, "lead") for unit in record.support),
                    due=figures.day(record.due or self.report.horizon, self.language),
                    history=tuple(self._entry(entry) for entry in reversed(record.history)),
                    evidence=tuple(self._evidence(entry) for entry in record.evidence),
                    context=blocks[record.paragraph],
                    key=record.paragraph in announcing,
                    repeats=tuple(one for one in record.repeats if one in self.source.spans),
                    previous=records[index - 1].id if index else "",
                    following=records[index + 1].id if index + 1 < len(records) else "",
                )
            )
        return tuple(cards)

    def _theme(self, key: str) -> str:
        return self.text(self.source.themes[key]).text if key in self.source.themes else key

    def _target(self, target: Mapping[str, Any]) -> TargetView:
        comparison, baseline = compare(target), target.get("baseline")
        shown = figures.figure(target, self.t, self.language)
        if not shown or target["value"] is None:
            shown = self.say(target.get("text", ""), "figure").text
        return TargetView(
            indicator=self.say(target["indicator"], "indicator"),
            figure=shown,
            kind=target["kind"],
            baseline=figures.figure(
                {"unit": target.get("unit"), **baseline}, self.t, self.language
            ) if baseline else "",
            baseline_year=baseline["year"] if baseline else 0,
            baseline_quote=baseline["quote"] if baseline else "",
            estimate=bool(baseline and baseline.get("estimate")),
            direction=comparison.direction if comparison else "",
            difference=figures.amount(comparison.difference, comparison.unit, self.language)
            if comparison and comparison.difference
            else "",
        )  # fmt: skip

    def _entry(self, entry: Mapping[str, Any]) -> Step:
        return Step(
            date=entry["date"],
            day=figures.day(entry["date"], self.language),
            status=self.t(STATUS_WORDS[entry["status"]]),
            note=self.say(entry["note"], "history") if entry.get("note") else None,
            by=self.say(entry["by"], "by"),
        )

    def _evidence(self, entry: Mapping[str, Any]) -> Step:
        return Step(
            date=entry["date"],
            day=figures.day(entry["date"], self.language),
            note=self.say(entry["summary"], "evidence") if entry.get("summary") else None,
            title=self.say(entry["title"], "evidence"),
            publisher=self.say(entry["publisher"], "publisher"),
            url=entry.get("url", ""),
        )


def _ordinal(item: Item) -> str:
    return item.id.lstrip("l").lstrip("0") if item.id.startswith("l") else item.number


def pieces_of(text: str, start: int, end: int, marks) -> tuple[Piece, ...]:
    """text[start:end] cut at the commitments that stand in it; marks are (start, end, id)."""
    pieces, at = [], start
    for first, last, record_id in sorted(marks):
        if first < at:
            continue
        if first > at:
            pieces.append(Piece(text[at:first]))
        pieces.append(Piece(text[first:last], record_id))
        at = last
    if at < end:
        pieces.append(Piece(text[at:end]))
    return tuple(pieces)


def tagged(pieces: tuple[Piece, ...]) -> str:
    """A sentence as it stands in the memory: each commitment in an inline tag, <c1>…</c1>, as in XLIFF."""
    number, parts = 0, []
    for piece in pieces:
        if piece.commitment:
            number += 1
            parts.append(f"<c{number}>{piece.text}</c{number}>")
        else:
            parts.append(piece.text)
    return "".join(parts)


def untagged(text: str, pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The pieces of a translation, its inline tags resolved to the commitments of the source's pieces."""
    ids = [piece.commitment for piece in pieces if piece.commitment]
    result, at = [], 0
    for found in re.finditer(r"<c(\d+)>(.*?)</c\1>", text, re.S):
        number = int(found.group(1))
        if found.start() > at:
            result.append(Piece(text[at : found.start()]))
        result.append(Piece(found.group(2), ids[number - 1] if number <= len(ids) else ""))
        at = found.end()
    if at < len(text):
        result.append(Piece(text[at:]))
    return tuple(result)
