"""The same promise stated twice in one report: in the body and among the livelihood projects, with what differs."""

from __future__ import annotations

from .model import Commitment, Repeat
from .similar import Index

_ALIKE = 0.66
_ALIKE_LIVELIHOOD = 0.4  # the list of livelihood projects is known to repeat the body


def repeats(commitments: tuple[Commitment, ...]) -> tuple[Repeat, ...]:
    """Pairs of commitments of different paragraphs about the same thing, each pair once, in the order of the text."""
    index = Index([commitment.quote for commitment in commitments])
    found: dict[tuple[int, int], float] = {}
    for number, commitment in enumerate(commitments):
        for similarity, other in index.containing(commitment.quote, most=8):
            if other <= number or commitment.paragraph == commitments[other].paragraph:
                continue
            listed = _listed(commitment) != _listed(commitments[other])
            if similarity >= (_ALIKE_LIVELIHOOD if listed else _ALIKE):
                found[number, other] = similarity
    best: dict[int, float] = {}
    for (first, second), similarity in found.items():
        for one in (first, second):
            best[one] = max(best.get(one, 0), similarity)
    return tuple(
        _repeat(commitments[first], commitments[second], similarity)
        for (first, second), similarity in sorted(found.items())
        if similarity >= max(best[first], best[second]) - 0.2
    )


def _listed(commitment: Commitment) -> bool:
    return commitment.section[0] in "la"


def _repeat(first: Commitment, second: Commitment, similarity: float) -> Repeat:
    differs = tuple(
        (a.text, b.text)
        for a, b in zip(first.targets, second.targets, strict=False)
        if (a.value, a.unit, a.operator) != (b.value, b.unit, b.operator)
    )
    return Repeat((first.start, first.end), (second.start, second.end), round(min(similarity, 1.0), 2), differs)
