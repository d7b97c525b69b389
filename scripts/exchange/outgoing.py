"""A report's segments as a file for a translation agency."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import polib
from translate.misc.xml_helpers import valid_chars_only
from translate.storage.tmx import tmxfile, tmxunit
from translate.storage.xliff import Xliff1File, Xliff1Unit

from .. import files, memory, merge
from ..assemble import sources
from ..config import Project, Report
from ..errors import Problem
from ..memory import DRAFT, REVIEWED, TRANSLATED, UNTRANSLATED, Translation
from . import tags
from .segments import BY_A_PERSON, SOURCE, TARGET, Segment, by_segment

SUFFIXES = {"xliff": ".xlf", "tmx": ".tmx"}
FORMATS = tuple(SUFFIXES)

_STATES = {
    UNTRANSLATED: "needs-translation",
    DRAFT: "needs-review-translation",
    TRANSLATED: "translated",
    REVIEWED: "final",
}
Row = tuple[Segment, Translation, polib.POEntry | None]


def export(project: Project, report: Report, kind: str = "xliff", *, missing: bool = False) -> tuple[bytes, int]:
    """The report's segments as a file of one of FORMATS, and how many units it has.

    XLIFF holds all segments or, with `missing`, those without a translation or with a mere draft; TMX those that a person
    translated, since a CAT tool would offer a draft as a full match. Problem if there are none, or if en.po is broken.
    """
    tmx = kind == "tmx"
    if tmx and missing:
        raise Problem("a TMX holds translations, nothing that is missing", todo="export XLIFF for what is missing")
    file = report.folder / "en.po"
    known, entries = memory.load(file), by_segment(merge.read(file))
    rows = []
    for context, source in sources(project, report):
        segment, found = Segment(context, source), known.find(source, context) or Translation("", UNTRANSLATED)
        done = found.state in BY_A_PERSON
        if done if tmx else not (done and missing):
            rows.append((segment, found, entries.get(segment)))
    if not rows:
        raise Problem(f"{report.id} has no segment to export", todo="try --only all" if missing else "")
    return (_tmx if tmx else _xliff)(report, rows), len(rows)


def write(file: Path, content: bytes) -> Path:
    """Write an export; Problem if another file stands there, which may be what an agency sent back."""
    if file.exists() and (not file.is_file() or file.read_bytes() != content):
        raise Problem(
            "there is something else already", file=file, todo="move it away, or name another file with --output"
        )
    files.write(file, content)
    return file


class _XliffUnit(Xliff1Unit):
    namespace = "urn:oasis:names:tc:xliff:document:1.2"  # the toolkit's own is 1.1


_XLIFF = f"""\
<xliff version="1.2" xmlns="{_XliffUnit.namespace}"><file original="report" source-language="{SOURCE}" \
target-language="{TARGET}" datatype="plaintext"><body></body></file></xliff>"""


def _xliff(report: Report, rows: list[Row]) -> bytes:
    store = Xliff1File(BytesIO(_XLIFF.encode()))
    store.document.getroot()[0].set("original", report.id)
    for segment, found, entry in rows:
        unit = _XliffUnit("")
        store.addunit(unit)
        unit.xmlelement.set("id", segment.id)
        unit.xmlelement.set("resname", segment.context)
        if found.state == REVIEWED:
            unit.xmlelement.set("approved", "yes")
        unit.target = ""
        # by hand: the toolkit's own placeables are written without a namespace, which is no XLIFF
        tags.put(unit.source_dom, segment.source, tags.group)
        tags.put(unit.target_dom, found.text, tags.group)
        unit.target_dom.set("state", _STATES[found.state])
        for origin, note in _notes(segment, entry):
            unit.addnote(note, origin=origin)
    return _bytes(store)


def _tmx(report: Report, rows: list[Row]) -> bytes:
    store = tmxfile(sourcelanguage=SOURCE, targetlanguage=TARGET)
    header = store.document.getroot().find("header")
    header.set("creationtool", "Yanxing")
    header.set("creationtoolversion", "1")  # the toolkit's version would change the file without a reason
    header.set("o-tmf", "PO")
    for segment, found, entry in rows:
        unit = tmxunit("")
        unit.xmlelement.clear()
        unit.xmlelement.set("tuid", segment.id)
        for language, text in ((SOURCE, segment.source), (TARGET, found.text)):
            node = unit.createlanguageNode(language, "", "")
            unit.xmlelement.append(node)
            tags.put(node.find("seg"), text, tags.pair)
        unit.setcontext(segment.context)
        for _, note in _notes(segment, entry):
            unit.addnote(note)
        store.addunit(unit)
    return _bytes(store)


def _notes(segment: Segment, entry: polib.POEntry | None) -> Iterator[tuple[str, str]]:
    """(who says it, what): the context, and comments of translators and developers."""
    yield "context", f"context: {segment.context}"
    if entry and entry.tcomment:
        yield "translator", valid_chars_only(entry.tcomment)
    if entry and entry.comment:
        yield "developer", valid_chars_only(entry.comment)


def _bytes(store) -> bytes:
    out = BytesIO()
    store.serialize(out)
    return out.getvalue().rstrip() + b"\n"
