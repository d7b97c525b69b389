"""Texts for where no element can isolate them: titles, attributes, names of authors."""

from __future__ import annotations

import re

# Unicode's explicit directional formatting (UAX 9, 2.1 to 2.4) and control characters: nothing that a title may hold.
_UNPLAIN = re.compile(r"[\u202a-\u202e\u2066-\u2069\u0000-\u001f\u007f-\u009f\s]+")


def plain(text: str, most: int = 80) -> str:
    """A text for an attribute or a title, where no element can isolate its direction: one line, without direction marks."""
    text = _UNPLAIN.sub(" ", text).strip()
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
