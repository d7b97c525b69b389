"""Figures of a Chinese text against those of its English translation: magnitude, unit and qualifier.

A digit figure must stand in both; a numeral in words (三大, three) answers for one but need not be answered.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache

from .. import data

VAGUE_UNITS = frozenset({"", "times"})  # a reader of English may be told these without a word for the unit
DURATIONS = frozenset({"year", "month", "week", "day", "hour", "minute", "second"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a text.

    `values` are the readings that it allows (“2 to 3 billion”: 2, or 2 billion); `unit` is a key of bilingual.yml or
    empty; `qualifiers` are among over, under, about; `hard` figures must stand in the other language too; `kind` is
    number, year or month; `step` is one unit of its last digit.
    """

    start: int
    end: int
    text: str
    values: frozenset[Fraction]
    unit: str = ""
    qualifiers: frozenset[str] = field(default=frozenset())
    hard: bool = True
    kind: str = "number"
    step: Fraction = Fraction(1)

    @property
    def worded(self) -> str:
        """As a message names it."""
        return " ".join(self.text.split())


@cache
def words() -> dict:
    return data.load("bilingual.yml")
