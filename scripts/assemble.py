"""Making editions: text, ledger, memory and dictionaries resolved into what outputs may ask for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from . import figures, glossary, hant, ledger, memory, typeset
from .bilingual.compare import matched
from .compare import compare
from .config import Project, Report, Text, load_if_there, report_text
from .draft import locate
from .edition import (
    ORIGINAL,
    STATUS_WORDS,
    Block,
    Card,
    Edition,
    Entry,
    Heading,
    Mark,
    Piece,
    ResultView,
    Said,
    Segment,
    Step,
    TargetView,
)
from .inline import pieces_of, tagged, untagged
from .ledger import Record
from .memory import UNTRANSLATED
from .model import Item, Outline, Paragraph, Result, Sentence
from .results import results
from .split import split
from .tag import states_targets


@dataclass(frozen=True, slots=True)
class _Source:
    """What the three editions of a report share."""

    text: str
    outline: Outline
    records: tuple[Record, ...]
    spans: Mapping[str, tuple[int, int]]
    themes: Mapping[str, Text]
    results: tuple[Result, ...] = ()
    baselines: Mapping[int, str] = field(
        default_factory=dict
    )  # where a result stands → the commitment compared with it


def editions(project: Project, report: Report) -> dict[str, Edition]:
    """The report in each of the site's languages; Problems if its text or ledger is broken."""
    source = _source(project, report)
    return {language: _Builder(project, report, source, language).edition() for language in project.languages}


def _source(project: Project, report: Report) -> _Source:
    text = report_text(report)
    records = ledger.load(report)
    found = zip(records, locate(text, records), strict=True)
    spans = {record.id: place for record, place in found if place}
    own = tuple(record for record in records if record.id in spans)
    outline = split(text)
    found_results = results(outline)
    return _Source(text, outline, own, spans, themes(project), found_results, _baselines(text, own, found_results))


def _baselines(text: str, records: tuple[Record, ...], found: tuple[Result, ...]) -> dict[int, str]:
    """Which results the ledger's targets are compared with: those inside a baseline's quote, the value being the same."""
    compared = {}
    for record in records:
        for target in record.targets:
            baseline = target.get("baseline")
            at = text.find(baseline["quote"]) if baseline else -1
            inside = [one for one in found if at <= one.start < at + len(baseline["quote"])] if at >= 0 else []
            same = [one for one in inside if one.value == baseline["value"]] or inside[:1]
            for one in same:
                compared.setdefault(one.start, record.id)
    return compared


def sources(project: Project, report: Report) -> list[tuple[str, str]]:
    """Everything of the report and its ledger that is said in English: (context, source text), in the order of the pages.

    The context is a segment's id (p063.2, s4) or a kind (indicator); commitments stand in inline tags, <c1>…</c1>.
    """
    builder = _Builder(project, report, _source(project, report), "en")
    builder.edition()
    return list(builder.asked)


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
        self.glossary = glossary.load(project)
        self.standing: dict[str, dict[str, None]] = {}  # the paragraphs in which a term stands
        self.made: Counter[str] = Counter()
        self.asked: dict[tuple[str, str], None] = {}  # what the edition says in English: (context, source), in order

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
            disclosure=self._disclosure(),
            made=dict(self.made),
            glossary={term.slug: self._entry_of(term) for term in self.glossary.terms if term.slug in self.standing},
            by_id={card.id: card for card in cards},
            results=tuple(self._result_views()),
        )

    def _disclosure(self) -> dict[str, str]:
        given = {key: value for key, value in (self.report.disclosure or {}).items() if value}
        if "written" in given:
            given["written"] = figures.day(given["written"], self.language)
        return {key: value if isinstance(value, str) else self.text(value).text for key, value in given.items()}

    def text(self, values: Text) -> Said:
        """A metadata text, which has its languages beside each other."""
        if self.language in values:
            return Said(values[self.language], self.language)
        if self.language == "zh-Hant":
            return Said(self.convert(values[ORIGINAL]), "zh-Hant")
        return Said(values[ORIGINAL], ORIGINAL, UNTRANSLATED)

    def say(self, source: str, context: str = "") -> Said:
        """A text of report or ledger in the edition's language."""
        if self.language == ORIGINAL or not source:
            return Said(typeset.typeset(source), self.language)
        if self.language == "zh-Hant":
            return Said(typeset.typeset(self.convert(source)), "zh-Hant")
        self.asked[context, source] = None
        return self._remembered(source, context)

    def _remembered(self, source: str, context: str) -> Said:
        """What the memory has for a text, whether or not anybody asks a translator for it."""
        if found := self.memory.find(source, context):
            return Said(found.text, "en", found.state)
        return Said(typeset.typeset(source), ORIGINAL, UNTRANSLATED)

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
            self._count(said.state)
        return said

    def _count(self, state: str) -> None:
        if state:
            self.made[state] += 1

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
        verbatim = pieces_of(self.source.text, sentence.start, sentence.end, self._marks(sentence))
        source = self.source.text[sentence.start : sentence.end]
        segment = Segment(sentence.id, _typeset(verbatim), self.language, kind, source=source)
        if self.language == "zh-Hant":
            converted = self.convert.pieces([piece.text for piece in verbatim])
            pieces = tuple(replace(piece, text=text) for text, piece in zip(converted, verbatim, strict=True))
            segment = replace(segment, pieces=_typeset(pieces))
        elif self.language != ORIGINAL:
            self.asked[sentence.id, tagged(verbatim)] = None
            if found := self.memory.find(tagged(verbatim), sentence.id):
                segment = replace(segment, pieces=untagged(found.text, verbatim), state=found.state)
            else:
                segment = replace(segment, lang=ORIGINAL, state=UNTRANSLATED)
        self._count(segment.state)
        marks = [*self._terms(paragraph, segment), *self._results(segment, sentence)]
        return replace(segment, marks=tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end))))

    def _terms(self, paragraph: Paragraph, segment: Segment) -> Iterator[Mark]:
        """Where the segment says terms of the glossary that are explained."""
        for start, end, term in self.glossary.found_in(segment.source):
            self.standing.setdefault(term.slug, {})[paragraph.id] = None
            if not term.explanation:
                continue
            if segment.lang == "en":
                match = glossary.rendering_in(segment.text, term.renderings)
                start, end = match.span() if match else (0, 0)
            if start < end and (segment.lang == "en" or len(segment.text) == len(segment.source)):
                yield Mark(start, end, "term", term.slug)

    def _results(self, segment: Segment, sentence: Sentence) -> Iterator[Mark]:
        """Where the segment says results of last year: their figures."""
        own = [one for one in self.source.results if sentence.start <= one.start < sentence.end]
        if not own:
            return
        said = None if segment.lang != "en" else matched(segment.source, segment.text)
        if said is None and len(segment.text) != len(segment.source):
            return
        for one in own:
            start, end = one.start - sentence.start, one.end - sentence.start
            if said is not None:
                start, end = next((there for here, there in said if here[0] < end and start < here[1]), (0, 0))
            if start < end:
                yield Mark(start, end, "result", self.source.baselines.get(one.start, ""))

    def _result_views(self) -> Iterator[ResultView]:
        """Last year's results: only data shows their indicators alone, so translators are asked for the sentences, not for them."""
        outline = self.source.outline
        sentences = [sentence for paragraph in outline.paragraphs for sentence in paragraph.sentences]
        for one in self.source.results:
            sentence = next(own.id for own in sentences if own.start <= one.start < own.end)
            english = self.language not in (ORIGINAL, "zh-Hant")
            indicator = self._remembered(one.indicator, "indicator") if english else self.say(one.indicator)
            shown = figures.figure({"value": one.value, "unit": one.unit}, self.t, self.language)
            yield ResultView(one.start, sentence, indicator, shown)

    def _marks(self, sentence: Sentence):
        for record in self.source.records:
            start, end = self.source.spans[record.id]
            if start < sentence.end and end > sentence.start:
                yield max(start, sentence.start), min(end, sentence.end), record.id

    def _entry_of(self, term: glossary.Term) -> Entry:
        name = {"zh-Hans": term.zh, "en": term.en}.get(self.language) or term.zh_hant or self.convert(term.zh)
        explanation = self.text(term.explanation) if term.explanation else None
        return Entry(term.slug, name, term.zh, term.en, explanation, tuple(self.standing[term.slug]))

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
                after = ": " if self.language == "en" else " "
                labels[item.id] = f"{self.t('民生实事')} {_ordinal(item)}{after}{self._item_title(paragraph, item)}"
        return labels

    def _item_title(self, paragraph: Paragraph, item: Item) -> str:
        title = self.source.text[slice(*item.title)].rstrip("。.：:；;")
        sentence = next((one for one in paragraph.sentences if one.start == item.start), None)
        if self.language == "en" and sentence:
            pieces = pieces_of(self.source.text, sentence.start, sentence.end, self._marks(sentence))
            found = self.memory.find(tagged(pieces), sentence.id)
            said = "".join(piece.text for piece in untagged(found.text, pieces)) if found else title
            return said.split(". ", 1)[-1].rstrip(".")
        return self.say(title).text

    def _cards(self, blocks: Mapping[str, Block], labels: Mapping[str, str]) -> tuple[Card, ...]:
        records = self.source.records
        found: dict[str, list[tuple[str, str]]] = {}
        langs: dict[str, str] = {}
        for block in blocks.values():
            for segment in block.segments:
                for piece in segment.pieces:
                    if piece.commitment:
                        found.setdefault(piece.commitment, []).append((piece.text, segment.state))
                        langs[piece.commitment] = segment.lang
        outline = self.source.outline
        announcing = {
            paragraph.id
            for paragraph in outline.paragraphs
            if states_targets(outline.text[paragraph.start : paragraph.end]) and not paragraph.items
        }
        cards = []
        for index, record in enumerate(records):
            pieces = found.get(record.id) or [(record.quote, UNTRANSLATED)]
            text = ("" if langs.get(record.id) != "en" else " ").join(piece[0] for piece in pieces)
            states = {state for _, state in pieces}
            state = next((one for one in memory.STATES if one in states), "")  # as good as its worst piece
            quote = Said(text, langs.get(record.id, ORIGINAL), state)
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
                    original=typeset.typeset(record.quote),
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
            baseline_quote=typeset.typeset(baseline["quote"]) if baseline else "",
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


def _typeset(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The pieces of a Chinese sentence with full-width punctuation."""
    texts = typeset.pieces([piece.text for piece in pieces])
    return tuple(replace(piece, text=text) for piece, text in zip(pieces, texts, strict=True))


def _ordinal(item: Item) -> str:
    return item.id.lstrip("l").lstrip("0") if item.id.startswith("l") else item.number
