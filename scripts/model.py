"""The records that the stages pass to each other. Every span is [start, end) in code points of the decoded text."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

Span = tuple[int, int]

PARTS = ("opening", "review", "forward", "closing", "annex", "furniture")


@dataclass(frozen=True, slots=True)
class Document:
    """A report's text as read: `text.encode(encoding)` is the file, byte for byte."""

    text: str
    encoding: str = "utf-8"
    path: str = ""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A finest span. The leaves of an outline tile the text; `kind` says what stands there."""

    kind: str  # break | blank | furniture | title | heading | number | lead | sentence
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or one item of a list inside a paragraph; `id` is `<paragraph>.<n>`, counted from 1."""

    id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Item:
    """One numbered item of a list that stands inside a paragraph, such as the livelihood projects (民生实事)."""

    id: str
    number: str
    title: Span  # the item's run-in title; empty at its start where it has none
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `lead` is its run-in phrase (全面支持民营企业发展。) or None."""

    id: str
    section: str
    start: int
    end: int
    number: str = ""
    lead: Span | None = None
    sentences: tuple[Sentence, ...] = ()
    items: tuple[Item, ...] = ()

    def item_at(self, at: int) -> str:
        """The id of the list item that stands at a place in the text, empty where none does."""
        index = bisect_right(self.items, at, key=lambda item: item.start) - 1
        return self.items[index].id if index >= 0 and at < self.items[index].end else ""


@dataclass(frozen=True, slots=True)
class Section:
    """A section; `heading` is empty for text that stands before a part's first heading, `level` is counted from 1."""

    id: str
    part: str
    level: int
    number: str
    heading: str
    heading_span: Span
    start: int
    end: int
    livelihood: bool = False
    above: str = ""  # the headings of part and sections that it stands under, outermost first
    paragraphs: tuple[Paragraph, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    kind: str  # one of PARTS
    start: int
    end: int
    heading: str = ""
    heading_span: Span | None = None
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """A text taken apart without loss. `year` is the year that the report plans for, None if the text names none."""

    text: str
    parts: tuple[Part, ...]
    leaves: tuple[Leaf, ...]
    year: int | None = None

    @property
    def sections(self) -> tuple[Section, ...]:
        return tuple(section for part in self.parts for section in part.sections)

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """All paragraphs in the order of the text (a section's own may stand after those of its subsection)."""
        every = (paragraph for section in self.sections for paragraph in section.paragraphs)
        return tuple(sorted(every, key=lambda paragraph: paragraph.start))


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with its unit: `value` in base units (6亿元 → 600000000 元), a pair (low, high) for a range."""

    start: int
    end: int
    text: str
    value: float | int | tuple[float | int, float | int]
    unit: str
    operator: str = "="  # one of = >= <= > < ~ range


@dataclass(frozen=True, slots=True)
class Target:
    """A checkable aim inside a commitment; `value` is None for an absolute aim (全覆盖, 清零)."""

    indicator: str
    operator: str
    value: float | int | tuple[float | int, float | int] | None
    unit: str
    kind: str  # level | increase | growth | absolute | limit
    text: str
    start: int
    end: int
    verb: str = ""


@dataclass(frozen=True, slots=True)
class Commitment:
    """A commitment as tagged: the smallest verbatim span that can be judged done or not done on its own."""

    start: int
    end: int
    quote: str
    section: str
    paragraph: str
    kind: str  # quantified | qualitative
    targets: tuple[Target, ...] = ()
    horizon: str = ""  # the year, or first and last year, by which it is due: 2020, 2021-2025
    lead: str = ""
    support: tuple[str, ...] = ()
    due: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """A figure of the review part: something achieved. `change` is that on the year before, in per cent, signed."""

    indicator: str
    value: float | int | tuple[float | int, float | int]
    unit: str
    kind: str
    start: int
    end: int
    quote: str
    clause_start: int
    clause_end: int
    paragraph: str
    section: str
    change: float | int | None = None
    verb: str = ""


@dataclass(frozen=True, slots=True)
class Baseline:
    """A target (number `target` of the commitment [start, end)) beside last year's result of the same indicator.

    `confidence` lies between 0 and 1; `comparable` where indicator, unit and stage of work are the same, so that a
    difference may be computed.
    """

    start: int
    end: int
    target: int
    result_start: int
    result_end: int
    quote: str
    value: float | int | tuple[float | int, float | int]
    unit: str
    confidence: float
    comparable: bool


@dataclass(frozen=True, slots=True)
class Repeat:
    """The same promise stated twice: two commitments' spans, how alike they are, and which figures differ."""

    first: Span
    second: Span
    similarity: float
    differs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Tagging:
    """All that tagging finds in one text."""

    outline: Outline
    commitments: tuple[Commitment, ...] = ()
    results: tuple[Result, ...] = ()
    baselines: tuple[Baseline, ...] = ()
    repeats: tuple[Repeat, ...] = ()
