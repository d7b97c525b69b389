"""The waist: one report in one language, with everything resolved that an output may ask for.

Inputs (text, ledger, memory, dictionaries) end here; outputs (pages, search, data) begin here and know nothing of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from .config import Report
from .ledger import STATUSES, Record
from .memory import UNTRANSLATED

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
    """A text and the language that it is really in: an English page shows Chinese where nothing is translated yet.

    `state` is how its translation was made (one of memory.STATES), empty for what needs none.
    """

    text: str
    lang: str
    state: str = ""

    @property
    def untranslated(self) -> bool:
        return self.state == UNTRANSLATED


@dataclass(frozen=True, slots=True)
class Entry:
    """A term of the glossary in the edition's language; `explanation` is None for a mere name."""

    slug: str
    name: str
    original: str  # as it stands in the official text
    english: str
    explanation: Said | None
    paragraphs: tuple[str, ...] = ()  # where the report says it


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence, and the commitment that it belongs to, if any."""

    text: str
    commitment: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a segment's text: a term that is explained (`of` its slug), or a result of last year.

    A result's `of` is the commitment whose target it is compared with, or empty.
    """

    start: int
    end: int
    kind: str  # term | result
    of: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence in the edition's language, in pieces; `kind` is sentence or lead, `state` as in Said, `source` the official text."""

    id: str
    pieces: tuple[Piece, ...]
    lang: str
    kind: str = "sentence"
    state: str = ""
    source: str = ""
    marks: tuple[Mark, ...] = ()

    @property
    def untranslated(self) -> bool:
        return self.state == UNTRANSLATED

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
class ResultView:
    """A result of last year, known by where its figure stands in the official text; `sentence` is the id of what says it."""

    start: int
    sentence: str
    indicator: Said
    figure: str


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
    original: str  # the quote in the official text's language, as it is typeset
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
    disclosure: Mapping[str, str] = field(default_factory=dict)
    made: Mapping[str, int] = field(
        default_factory=dict
    )  # segments of the text by how they were made; empty: no translation
    glossary: Mapping[str, Entry] = field(default_factory=dict)
    by_id: Mapping[str, Card] = field(default_factory=dict)
    results: tuple[ResultView, ...] = ()

    @property
    def segments(self) -> int:
        return sum(self.made.values())

    @property
    def untranslated(self) -> int:
        return self.made.get(UNTRANSLATED, 0)

    @property
    def key_targets(self) -> tuple[Card, ...]:
        """The year's expected targets: quantified commitments of the paragraph that announces them."""
        return tuple(card for card in self.cards if card.key and card.targets)

    @property
    def counts(self) -> dict[str, int]:
        """Commitments by status, in the statuses' own order, those that occur."""
        found = Counter(card.status for card in self.cards)
        return {status: found[status] for status in STATUSES if found[status]}
