"""Translation memory: gettext PO files, read by polib.

How a translation was made stands in it: fuzzy is a draft that nobody has looked at, a translator's comment “reviewed: …”
says that a second reader compared it with the source, anything else is translated. An empty one is not translated.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import polib

from .errors import Problem
from .hant import Converter

UNTRANSLATED, DRAFT, TRANSLATED, REVIEWED = STATES = ("untranslated", "draft", "translated", "reviewed")
REVIEWED_BY = "reviewed:"  # begins the translator's comment of a reviewed entry


@dataclass(frozen=True, slots=True)
class Translation:
    """A translated segment and how it was made, one of STATES."""

    text: str
    state: str = TRANSLATED


@dataclass(frozen=True, slots=True)
class Memory:
    """Translations by context and source text; the context is a segment's id (p063.2, s4) or a kind (indicator)."""

    entries: dict[tuple[str, str], Translation] = field(default_factory=dict)
    plurals: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def find(self, source: str, context: str = "") -> Translation | None:
        """The translation of a text in its context, else that of the same text in another one, else None."""
        return self.entries.get((context, source)) or self.entries.get(("", source))


def load(file: Path) -> Memory:
    """The memory in a PO file, empty if there is none; Problem with the line if it is broken."""
    if not file.is_file():
        return Memory()
    try:
        entries = polib.pofile(str(file), encoding="utf-8", check_for_duplicates=True)
    except (OSError, ValueError, UnicodeDecodeError) as error:
        found = " ".join(str(error).replace(str(file), "").split())
        raise Problem(f"broken PO file ({found})", file=file, todo="open it in Poedit, or restore it") from None
    found: dict[tuple[str, str], Translation] = {}
    plurals: dict[str, tuple[str, ...]] = {}
    for entry in entries:
        if entry.obsolete:
            continue
        if entry.msgid_plural:
            plurals[entry.msgid] = tuple(text for _, text in sorted(entry.msgstr_plural.items()))
        elif entry.msgstr:
            translation = Translation(entry.msgstr, state_of(entry))
            found[entry.msgctxt or "", entry.msgid] = translation
            found.setdefault(("", entry.msgid), translation)
    return Memory(found, plurals)


def state_of(entry: polib.POEntry) -> str:
    """How an entry was made, one of STATES."""
    if not entry.msgstr:
        return UNTRANSLATED
    if entry.fuzzy:
        return DRAFT
    reviewed = any(line.strip().startswith(REVIEWED_BY) for line in entry.tcomment.splitlines())
    return REVIEWED if reviewed else TRANSLATED


class MissingWord(Problem):
    """A text of the user interface that has no translation."""


def words(language: str, memory: Memory, convert: Converter) -> Callable[..., str]:
    """The function that gives a text of the user interface in `language`, from its Simplified Chinese source.

    `t("共%(n)d项", n=3)` fills in named values; `n` also chooses the English plural form.
    """

    @cache
    def translated(source: str, singular: bool) -> str:
        if language == "zh-Hans":
            return source
        if language == "zh-Hant":
            return convert(source)
        if source in memory.plurals:
            return memory.plurals[source][0 if singular else -1]
        if found := memory.find(source):
            return found.text
        raise MissingWord(f"“{source}” has no English", file="source/ui.en.po", todo="add the translation")

    def t(source: str, **values) -> str:
        text = translated(source, values.get("n") == 1)
        try:
            return text % values if values else text
        except (KeyError, TypeError, ValueError):
            raise MissingWord(
                f"“{text}” has other values than “{source}”", file="source/ui.en.po", todo="write them as %(name)s"
            ) from None

    return t
