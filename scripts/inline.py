"""A sentence in pieces, and its form in the translation memory: each commitment in an inline tag, <c1>…</c1>, as in XLIFF."""

from __future__ import annotations

import re

from .edition import Piece


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
