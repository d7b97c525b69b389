"""Out to a translation agency and back: a report's segments as XLIFF or TMX, and what returns of them into en.po.

XLIFF is written as 1.2, which memoQ, Trados, OmegaT, Poedit and Weblate all take (2.0 is read); TMX as 1.4. A commitment's
tag, <c1>…</c1>, becomes an inline element, so that a CAT tool protects it. What comes back fills what is empty or a draft;
what a person translated stays, unless it is to be replaced, and then the old one is kept in the PO as a comment.

`segments` what both ways share · `tags` the tags as inline elements · `outgoing` · `incoming` · `filling` en.po
"""

from . import tags
from .filling import Result, take
from .outgoing import FORMATS, SUFFIXES, export, write
from .segments import Segment

__all__ = ["FORMATS", "SUFFIXES", "Result", "Segment", "export", "take", "write"]

_words, _wrong_tags = tags.words, tags.wrong_tags  # as the tests call them
