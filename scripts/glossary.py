"""The glossary: terms of the official text with their one English rendering and an explanation (source/glossary.yml)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from .config import Project, Text, load_if_there


@dataclass(frozen=True, slots=True)
class Term:
    """A term; `accepted` are English wordings that may stand in place of `en`, `explanation` is None for a mere name."""

    zh: str
    en: str
    accepted: tuple[str, ...] = ()
    explanation: Text | None = field(default=None, hash=False)
    zh_hant: str = ""

    @property
    def slug(self) -> str:
        """The term's anchor on the glossary page, the same in every language."""
        return re.sub(r"[^a-z0-9]+", "-", self.en.lower()).strip("-")

    @property
    def renderings(self) -> tuple[str, ...]:
        return (self.en, *self.accepted)


@dataclass(frozen=True, slots=True)
class Glossary:
    terms: tuple[Term, ...] = ()

    def found_in(self, text: str) -> list[tuple[int, int, Term]]:
        """Where terms stand in a Chinese text, in order; of several that overlap, the longest."""
        by_word = {term.zh: term for term in self.terms}
        if not by_word:
            return []
        return [(*match.span(), by_word[match.group()]) for match in _any_of(tuple(by_word)).finditer(text)]


def load(project: Project) -> Glossary:
    """The glossary of the site, empty if there is none; Problems if it is broken."""
    entries = load_if_there(project.source / "glossary.yml", "glossary")
    return Glossary(
        tuple(
            Term(
                word,
                entry["en"],
                tuple(entry.get("accepted") or ()),
                entry.get("explanation"),
                entry.get("zh-Hant", ""),
            )
            for word, entry in entries.items()
        )
    )


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern:
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))


# An English rendering is the same with another number, hyphenation, quotation mark or capital.


def rendering_in(text: str, renderings: Iterable[str]) -> re.Match | None:
    """The first place in an English text where one of the renderings stands, whatever its number, hyphens and capitals."""
    for rendering in renderings:
        if found := _loosely(rendering).search(text):
            return found
    return None


_GAP = r"(?:</?c\d+>|[\s“”‘’\"'()-])"


@cache
def _loosely(rendering: str) -> re.Pattern:
    words = re.findall(r"[^\W_]+|[^\w\s“”‘’\"'()-]", rendering)
    pattern = "".join(
        _any_number(word)
        + (_GAP + ("+" if word[-1].isalnum() and following[0].isalnum() else "*") if following else "")
        for word, following in zip(words, [*words[1:], ""], strict=True)
    )
    return re.compile(rf"(?<![^\W_]){pattern}(?![^\W_])", re.IGNORECASE)


def _any_number(word: str) -> str:
    """A word in singular and plural: community, communities; centre, centres."""
    if not word.isalpha() or len(word) < 3:
        return re.escape(word)
    if word.endswith("ies"):
        return rf"{re.escape(word[:-3])}(?:y|ies)"
    if word.endswith("y") and word[-2] not in "aeiou":
        return rf"{re.escape(word[:-1])}(?:y|ies)"
    if word.endswith("s") and not word.endswith("ss"):
        return rf"{re.escape(word[:-1])}s?"
    return rf"{re.escape(word)}(?:e?s)?"
