"""Texts for places where no element can isolate them: titles, attributes, tags, file formats of one line."""

from __future__ import annotations

import re

# Unicode's explicit directional formatting (UAX 9, 2.1 to 2.4) and control characters: nothing that a title may hold.
_UNPLAIN = re.compile(r"[\u202a-\u202e\u2066-\u2069\u0000-\u001f\u007f-\u009f\s]+")


def plain(text: str, most: int | None = None) -> str:
    """A text in one line, without direction marks and control characters; of at most `most` characters, "…" for the rest."""
    text = _UNPLAIN.sub(" ", text).strip()
    return text if most is None or len(text) <= most else text[: most - 1].rstrip() + "…"
