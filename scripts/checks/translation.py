"""Checks of the English. A check takes a `Segment` and yields what is wrong with it, in words.

A translator who has looked and finds the check mistaken writes “accepted: NAME, …” (a check's name) into the entry's comment.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polib

from .. import glossary, memory
from ..assemble import sources
from ..bilingual.compare import alarms
from ..config import Project, Report
from ..errors import Problem
from ..glossary import Glossary

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+")
_FULL_WIDTH = re.compile(r"[\u3000-\u303f\uff00-\uffef]")
_TAGS = re.compile(r"</?c\d+>")


@dataclass(frozen=True, slots=True)
class Segment:
    """A translated segment of a PO file, its inline tags taken off."""

    context: str
    source: str
    text: str
    year: int
    glossary: Glossary


def figures(segment: Segment) -> Iterator[str]:
    """Every figure of the Chinese stands in the English with the same magnitude, unit and qualifier, and no other."""
    years = frozenset({segment.year - 2, segment.year - 1, segment.year, segment.year + 1})
    yield from alarms(segment.source, segment.text, years)


def terms(segment: Segment) -> Iterator[str]:
    """A term of the glossary, name or phrase, stands in the English with its rendering."""
    for _, _, term in segment.glossary.found_in(segment.source):
        if not glossary.rendering_in(segment.text, term.renderings):
            yield f"“{term.zh}” is “{term.en}” in the glossary"


def half_chinese(segment: Segment) -> Iterator[str]:
    """No Chinese is left in the English."""
    if found := _HAN.search(segment.text):
        yield f"“{found.group()[:20]}” is left in Chinese"


def typography(segment: Segment) -> Iterator[str]:
    """Quotes, dashes and spaces as English is typeset, and no full-width marks."""
    text = segment.text
    for wrong, found in (
        ("a full-width mark", _FULL_WIDTH.search(text)),
        ("a straight quotation mark or apostrophe", re.search(r"[\"']", text)),
        ("two spaces", re.search(r"  ", text)),
        ("a space at the edge", re.search(r"^\s|\s$", text)),
        ("a space before a mark", re.search(r"\s[,.;:!?)\]”’](?!\d)", text)),
        ("no space after a mark", re.search(r"[,;:!?](?=[^\W\d_])|(?<=[^\W\d_]{2})\.(?=[A-Z][a-z])", text)),
        ("a hyphen for a range", re.search(r"(?<![\w-])\d{4}-\d{2,4}(?![\w-])", text)),
        ("hyphens for a dash", re.search(r"--| - ", text)),
        ("three dots for an ellipsis", re.search(r"\.\.\.", text)),
    ):  # fmt: skip
        if found:
            yield f"{wrong}: “{text[max(0, found.start() - 12) : found.end() + 12]}”"
    if text.count("“") != text.count("”") or text.count("(") != text.count(")"):
        yield "a quotation mark or bracket that is not closed"
    if segment.source.endswith("。") and not text.endswith((".", "!", "?", ".”", ".)", ":")):
        yield "no full stop at the end"


Check = Callable[[Segment], Iterator[str]]
ALL: dict[str, Check] = {"figures": figures, "terms": terms, "chinese": half_chinese, "typography": typography}


def problems(project: Project, report: Report) -> Iterator[Problem]:
    """What is wrong with a report's en.po."""
    file = report.folder / "en.po"
    memory.load(file)  # one clear line, if it cannot be read
    entries = _entries(file)
    words = glossary.load(project)
    wanted = set(sources(project, report))
    by_source: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        context, accepted = entry.msgctxt or "", _accepted(entry)
        if (context, entry.msgid) not in wanted:
            yield Problem(
                f"“{_shown(entry.msgid)}” stands in the report no more, or stands there differently",
                file=file,
                place=context,
                todo=f"run translate {report.id}, then mend what it marks as fuzzy",
            )
            continue
        if "same" not in accepted:
            by_source[_TAGS.sub("", entry.msgid)].add(_TAGS.sub("", entry.msgstr))
        segment = Segment(context, _TAGS.sub("", entry.msgid), _TAGS.sub("", entry.msgstr), report.year, words)
        for name, one in ALL.items():
            if name not in accepted:
                for reason in one(segment):
                    yield Problem(f"{name}: {reason}", file=file, place=f"{context} “{_shown(segment.source)}”")
    for source, found in by_source.items():
        if len(found) > 1:
            yield Problem(
                f"same: “{_shown(source)}” is translated in {len(found)} ways: {' | '.join(sorted(_shown(one) for one in found))}",
                file=file,
                todo="choose one",
            )


def interface(project: Project) -> Iterator[Problem]:
    """What is wrong with the words of the user interface."""
    file = project.source / "ui.en.po"
    for entry in _entries(file):
        accepted = _accepted(entry)
        for text in (entry.msgstr, *entry.msgstr_plural.values()):
            segment = Segment("", entry.msgid.rstrip("。"), text.strip(), 0, Glossary())
            for name in ("chinese", "typography"):
                for reason in (
                    ALL[name](segment) if name not in accepted and text.strip() not in ("", ",", ":", ";") else ()
                ):
                    yield Problem(f"{name}: {reason}", file=file, place=f"“{_shown(entry.msgid)}”")


def _entries(file: Path) -> list[polib.POEntry]:
    if not file.is_file():
        return []
    return [
        one
        for one in polib.pofile(str(file), encoding="utf-8")
        if not one.obsolete and (one.msgstr or one.msgstr_plural)
    ]


def _accepted(entry: polib.POEntry) -> frozenset[str]:
    found = re.findall(r"^\s*accepted:(.*)$", entry.tcomment, re.MULTILINE)
    return frozenset(word for line in found for word in re.findall(r"[a-z]+", line))


def _shown(text: str) -> str:
    text = _TAGS.sub("", text)
    return text if len(text) <= 30 else text[:29] + "…"
