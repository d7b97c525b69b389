"""What goes out and comes back: the segments of a report, their languages, their entries in en.po."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import polib

from ..memory import REVIEWED, TRANSLATED

SOURCE, TARGET = "zh-CN", "en"  # tools know zh-CN; many do not know zh-Hans
BY_A_PERSON = (TRANSLATED, REVIEWED)


@dataclass(frozen=True, slots=True)
class Segment:
    """A text to translate; its id is the context and a hash of the source, since many share a context such as indicator."""

    context: str
    source: str

    @property
    def id(self) -> str:
        return f"{self.context or 'text'}-{hashlib.sha256(self.source.encode()).hexdigest()[:10]}"


def by_segment(po: polib.POFile) -> dict[Segment, polib.POEntry]:
    """The entries that translate segments: no obsolete ones, no plurals."""
    own = (entry for entry in po if not entry.obsolete and not entry.msgid_plural)
    return {Segment(entry.msgctxt or "", entry.msgid): entry for entry in own}
