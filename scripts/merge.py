"""Bringing a PO file into the order of its report, as msgmerge does, without losing anything that a person wrote."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polib

from . import files, memory
from .errors import Problem

Key = tuple[str, str]  # context, source text

_HEADER = """Translation memory of this report: a segment is a sentence, a heading, or a text of the ledger.
The context is the segment's id or kind; <c1>…</c1> marks a commitment inside a sentence."""
_METADATA = {
    "Project-Id-Version": "Yanxing",
    "Language": "en",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
    "X-Source-Language": "zh_CN",
}
_STALE = "before the Chinese changed: "
_SAME_PLACE, _ELSEWHERE = 0.25, 0.6  # how much of a text must be the same for its English to be a draft of another
_LINE = re.compile(
    r"\s*(?:#(?!~).*|(?:#~\|?\s*)?(?:(?:msgctxt|msgid|msgid_plural|msgstr|msgstr\[\d+\])\s*)?\"(?:[^\"\\]|\\.)*\"|#~)?\s*"
)
_SEGMENT = re.compile(r"[a-z]+\d")  # the context of a text that stands once; a kind (indicator) has many


@dataclass(frozen=True, slots=True)
class Update:
    """What came of an update: whether the file was written, how many texts it has, and which have no English."""

    wrote: bool
    total: int
    missing: tuple[Key, ...]


def update(file: Path, sources: Sequence[Key]) -> Update:
    """Give the file an entry for each (context, source text), in their order; nothing is written if nothing changes.

    An entry whose text has changed keeps its English as fuzzy, with the text that it was made for; one that stands nowhere any
    more becomes obsolete, and comes back, as it was, when its text does. Problem if the file is broken.
    """
    entries = read(file)
    before = _content(entries)
    entries[:] = _Merge(entries, sources).entries()
    wrote = (not file.exists() or _content(entries) != before) and files.write(file, _text(entries))
    missing = tuple(_key(entry) for entry in entries if not entry.obsolete and not _translated(entry))
    return Update(wrote, len(dict.fromkeys(sources)), missing)


def fill(file: Path, drafts: Mapping[str, tuple[str, str]]) -> int:
    """Write drafts, {source text: (English, comment)}, as fuzzy wherever the file has none by now; return how many.

    The file is read again, since somebody may have saved it in the meantime: what stands in it stays.
    """
    entries = read(file)
    found = [one for one in entries if not one.obsolete and not _translated(one) and one.msgid in drafts]
    for entry in found:
        entry.msgstr, comment = drafts[entry.msgid]
        entry.tcomment = "\n".join(filter(None, (entry.tcomment, comment)))
        entry.fuzzy = True
    if found:
        files.write(file, _text(entries))
    return len(found)


def read(file: Path) -> polib.POFile:
    """The entries of a PO file, or of a new one; Problem if it is broken."""
    if not file.is_file():
        entries = polib.POFile(wrapwidth=0)
        entries.header, entries.metadata = _HEADER, dict(_METADATA)
        return entries
    memory.load(file)  # one clear line, if it cannot be read
    for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1):
        if not _LINE.fullmatch(line):  # polib would guess, and we would write what it guessed
            raise Problem("broken PO file", file=file, place=f"line {number}", todo="open it in Poedit, or restore it")
    return polib.pofile(str(file), encoding="utf-8", wrapwidth=0)


def _text(entries: polib.POFile) -> str:
    """The file, a text a line: that is how two versions are best compared."""
    text = str(entries)
    return (text if entries.header else text.removeprefix("#\n")).rstrip("\n") + "\n"


def _content(entries: polib.POFile) -> tuple:
    """Everything that a PO file says, however its lines are broken: Poedit and Weblate break them in their own ways."""
    names = """msgid msgstr msgctxt msgid_plural msgstr_plural tcomment comment occurrences flags obsolete previous_msgctxt
        previous_msgid previous_msgid_plural""".split()
    return (entries.header, entries.metadata, [[getattr(entry, name) for name in names] for entry in entries])


def _key(entry: polib.POEntry) -> Key:
    return entry.msgctxt or "", entry.msgid


def _translated(entry: polib.POEntry) -> bool:
    return bool(entry.msgstr or any(entry.msgstr_plural.values()))


def _copy(entry: polib.POEntry) -> polib.POEntry:
    names = "msgid msgstr msgctxt msgid_plural tcomment comment previous_msgctxt previous_msgid previous_msgid_plural".split()
    return polib.POEntry(
        **{name: getattr(entry, name) for name in names},
        msgstr_plural=dict(entry.msgstr_plural),
        occurrences=list(entry.occurrences),
        flags=list(entry.flags),
        obsolete=entry.obsolete,
    )


class _Merge:
    """The steps of an update; each fills places that are still open, the surest first."""

    def __init__(self, entries: Sequence[polib.POEntry], sources: Sequence[Key]):
        active = {_key(entry): entry for entry in entries if not entry.obsolete}
        self.wanted = list(dict.fromkeys(sources))
        self.placed = {key: active.pop(key) for key in self.wanted if key in active}
        self.spare = list(active.values())  # stand nowhere any more, or elsewhere
        self.retired = [entry for entry in entries if entry.obsolete]

    def entries(self) -> list[polib.POEntry]:
        self._revive()
        self._move()
        self._say_again()
        self._adapt()
        self._say_again()
        for context, source in self._open():
            self.placed.setdefault((context, source), polib.POEntry(msgctxt=context or None, msgid=source))
        self._retire()
        return [self.placed[key] for key in self.wanted] + self.retired

    def _open(self) -> list[Key]:
        return [key for key in self.wanted if key not in self.placed or not _translated(self.placed[key])]

    def _place(self, key: Key, entry: polib.POEntry) -> None:
        if key in self.placed:  # an empty one, about which somebody may have written something
            lines = [*self.placed[key].tcomment.splitlines(), *entry.tcomment.splitlines()]
            entry.tcomment = "\n".join(dict.fromkeys(lines))
        entry.msgctxt, entry.obsolete = key[0] or None, False
        self.placed[key] = entry

    def _revive(self) -> None:
        """What was obsolete stands in the report again."""
        by_key: dict[Key, polib.POEntry] = {}
        for entry in sorted(filter(_translated, self.retired), key=lambda one: one.fuzzy):
            by_key.setdefault(_key(entry), entry)
        for key in self._open():
            if key in by_key:
                self._take(self.retired, by_key[key])
                self._place(key, by_key[key])

    def _move(self) -> None:
        """The same text stands elsewhere: a paragraph was put before it."""
        for context, source in self._open():
            same = [
                (pool, entry)
                for pool in (self.spare, self.retired)
                for entry in pool
                if entry.msgid == source and _translated(entry)
            ]
            if same:
                pool, entry = min(
                    same, key=lambda found: (found[0] is self.retired, not _alike_places(found[1], context))
                )
                self._take(pool, entry)
                self._place((context, source), entry)

    def _say_again(self) -> None:
        """The same text stands in several places: what is said of one holds for all, as on the site."""
        said: dict[str, polib.POEntry] = {}
        for key in self.wanted:
            if key in self.placed and _translated(self.placed[key]):
                said.setdefault(key[1], self.placed[key])
        for key in self._open():
            if key[1] in said:
                self._place(key, _copy(said[key[1]]))

    def _adapt(self) -> None:
        """The Chinese has changed: its English stays as a draft, and as it was, obsolete, should the Chinese change back.

        Where the texts have next to nothing in common, the old one has gone and the new one is new.
        """
        rated = []
        grams = {entry.msgid: _grams(entry.msgid) for entry in self.spare}
        for number, key in enumerate(self._open()):
            own = _grams(key[1])
            for place, entry in enumerate(self.spare):
                here = (entry.msgctxt or "") == key[0]
                there = grams[entry.msgid]
                score = 2 * len(own & there) / ((len(own) + len(there)) or 1)
                once = here and bool(_SEGMENT.match(key[0]))
                if (
                    _translated(entry)
                    and score >= (_SAME_PLACE if once else _ELSEWHERE)
                    and _alike_places(entry, key[0])
                ):
                    rated.append((-score - 0.1 * here, number, place, key, entry))
        done: set[int] = set()
        for _, _, _, key, entry in sorted(rated, key=lambda one: one[:3]):
            if id(entry) in done or (key in self.placed and _translated(self.placed[key])):
                continue
            done.add(id(entry))
            self._take(self.spare, entry)
            if not entry.fuzzy:
                kept = _copy(entry)
                kept.obsolete = True
                self.retired.append(kept)
            self._place(key, _adapted(entry, key))

    def _retire(self) -> None:
        said = {(entry.msgid, entry.msgstr) for entry in (*self.placed.values(), *self.retired)}
        for entry in self.spare:
            mere_copy = entry.fuzzy and (entry.previous_msgid, entry.msgstr) in said
            if (_translated(entry) and not mere_copy) or (entry.tcomment and not _translated(entry)):
                entry.obsolete = True
                self.retired.append(entry)
        for entry in self.retired[:]:  # an obsolete twin of an entry breaks the file for most readers
            if twin := self.placed.get(_key(entry)):
                self._take(self.retired, entry)
                if entry.msgstr and entry.msgstr != twin.msgstr:
                    lines = [*twin.tcomment.splitlines(), f"earlier: {' '.join(entry.msgstr.split())}"]
                    twin.tcomment = "\n".join(dict.fromkeys(lines))

    @staticmethod
    def _take(pool: list[polib.POEntry], entry: polib.POEntry) -> None:
        """Remove this very entry: polib's entries are equal when they say the same."""
        del pool[next(place for place, one in enumerate(pool) if one is entry)]


def _adapted(entry: polib.POEntry, key: Key) -> polib.POEntry:
    """The draft for a changed text. That somebody has reviewed the old one, or accepted something in it, says nothing of this."""
    draft = _copy(entry)
    if not (entry.fuzzy and entry.previous_msgid):  # else it was made for an even older text
        draft.previous_msgid = entry.msgid
        draft.previous_msgctxt = entry.msgctxt if (entry.msgctxt or "") != key[0] else None
    draft.msgid, draft.fuzzy = key[1], True
    draft.tcomment = "\n".join(
        _STALE + line if line.strip().startswith((memory.REVIEWED_BY, "accepted:")) else line
        for line in entry.tcomment.splitlines()
    )
    return draft


def _alike_places(entry: polib.POEntry, context: str) -> bool:
    """Whether both contexts are of segments, or the same kind."""
    own = entry.msgctxt or ""
    return own == context or bool(_SEGMENT.match(own) and _SEGMENT.match(context))


def _grams(text: str) -> frozenset[str]:
    text = re.sub(r"</?c\d+>", "", text)
    return frozenset(text) | {text[at : at + 2] for at in range(len(text) - 1)}
