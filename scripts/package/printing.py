"""The print edition as PDF: the site's own print page, printed by Chromium, its contents given page numbers.

Chromium cannot number the pages of a table of contents (no target-counter of CSS GCPM), so the page is printed once to learn
them and again with them. It writes the time into every PDF, any character that shares a glyph for the one that
was meant, and bookmarks without the spaces at line ends; all are mended, so that the text can be found and the same
page gives the same bytes.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import opencc
import pypdf
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from .. import chromium, data
from ..edition import Edition

_PLACE = re.compile(r'<span class="page" data-page="([^"]*)">[^<]*</span>')
_BLOCK = re.compile(rb"\d+ beginbf(char|range)\n(.*?)endbf\1\n", re.S)
_NODE = re.compile(rb"\(node\d{8}\)")
_DASHES = "–—‒―‐-"
_TAG = re.compile(r"<[^>]*>")
_HEX = re.compile(rb"<([0-9A-Fa-f]+)>")


def print_edition(program: str, site: Path, edition: Edition, pdf: Path, epoch: int) -> None:
    """Print one report in one language from the built `site` to `pdf`; Problem if Chromium fails."""
    page = site / edition.language / edition.report.id / "print.html"
    text = page.read_text(encoding="utf-8")
    copy = page.with_name("print.copy.html")
    numbers: dict[str, int] = {}
    try:
        for _ in range(3):  # numbers could move what they number, so until they stay
            copy.write_text(_filled(text, edition.title.text, numbers), encoding="utf-8")
            chromium.print_pdf(program, copy, pdf)
            found = _page_numbers(pdf)
            if found == numbers:
                break
            numbers = found
    finally:
        copy.unlink(missing_ok=True)
    _finish(pdf, edition, epoch, text)


def _headings(text: str) -> list[str]:
    """The words of the page's headings, in order."""
    return [
        html.unescape(_TAG.sub("", words)).strip() for words in re.findall(r"<h[1-6][^>]*>(.*?)</h[1-6]>", text, re.S)
    ]


def _filled(text: str, head: str, numbers: dict[str, int]) -> str:
    """The page with its running head, which only CSS can hold, and the page numbers of its contents."""
    quoted = "".join(f"\\{ord(char):x} " if char in '"\\<\n' else char for char in head)
    text = text.replace("</head>", f'<style>:root {{ --head: "{quoted}"; }}</style>\n</head>', 1)
    return _PLACE.sub(lambda found: f'<span class="page">{numbers.get(found[1], "")}</span>', text)


def _page_numbers(pdf: Path) -> dict[str, int]:
    """The page, from 1, of every place that a link in the PDF leads to."""
    reader = pypdf.PdfReader(pdf)
    found = ((name, reader.get_destination_page_number(place)) for name, place in reader.named_destinations.items())
    return {name.removeprefix("/"): number + 1 for name, number in found if number is not None}


def _finish(pdf: Path, edition: Edition, epoch: int, text: str) -> None:
    writer = pypdf.PdfWriter(clone_from=pdf)
    date = datetime.fromtimestamp(epoch, UTC).strftime("D:%Y%m%d%H%M%S+00'00'")
    writer.metadata = {
        "/Title": edition.title.text, "/Author": edition.issuer.text, "/Creator": "Yanxing", "/Producer": "Chromium, pypdf",
        "/CreationDate": date, "/ModDate": date,
    }  # fmt: skip
    marks = list(_bookmarks(writer.root_object.get("/Outlines", {})))
    for mark, words in zip(marks, _headings(text), strict=False):
        mark[NameObject("/Title")] = TextStringObject(words)
    meant = _Meant(html.unescape(text))
    for cmap in _text_maps(writer):
        cmap.set_data(_characters(cmap.get_data(), meant))
    writer.write(pdf)
    pdf.write_bytes(_renumbered(pdf.read_bytes()))


def _renumbered(data: bytes) -> bytes:
    """The ids of table cells, which Chromium counts on from run to run, counted from one; in the same order and length."""
    ids = {name: b"(node%08d)" % number for number, name in enumerate(sorted(set(_NODE.findall(data))), 1)}
    return _NODE.sub(lambda found: ids[found[0]], data)


def _bookmarks(parent: DictionaryObject) -> Iterator[DictionaryObject]:
    """The bookmarks below one, each before its own (ISO 32000-1, 12.3.3)."""
    one = parent.get_object().get("/First")
    while one is not None:
        mark = one.get_object()
        yield mark
        yield from _bookmarks(mark)
        one = mark.get("/Next")


def _text_maps(writer: pypdf.PdfWriter) -> list:
    """The streams, each once, that say which characters the glyphs of a font are."""
    found: dict[int, Any] = {}

    def walk(resources: DictionaryObject) -> None:
        for font in resources.get("/Font", {}).values():
            if "/ToUnicode" in font.get_object():
                stream = font.get_object()["/ToUnicode"].get_object()
                found[id(stream)] = stream
        for inner in (one.get_object() for one in resources.get("/XObject", {}).values()):
            if "/Resources" in inner and id(inner) not in found:
                found[id(inner)] = None  # been here
                walk(inner["/Resources"].get_object())

    for page in writer.pages:
        walk(page["/Resources"].get_object())
    return [stream for stream in found.values() if stream is not None]


class _Meant(dict):
    """Which character a glyph stands for, by code: one that the text has, where Chromium names another with the same glyph.

    Radicals (data/radicals.yml), dashes, and in fonts for one region traditional or other forms: 戶 for 户.
    """

    def __init__(self, text: str):
        super().__init__()
        known = data.load("radicals.yml")
        radicals, equals = (known[key].replace(" ", "").replace("\n", "") for key in ("radicals", "characters"))
        self.radicals = dict(zip(radicals, equals, strict=True))
        self.text = {*text, "—"}  # the dash stands beside the page numbers
        self.forms = [opencc.OpenCC(name).convert for name in ("t2s", "s2t")]

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char not in self.text:
            char = unicodedata.normalize("NFKC", self.radicals.get(char, char))  # ⼾ is 戶, which the text may write 户
            others = (char, *(form(char) for form in self.forms), *(_DASHES if char in _DASHES else ""))
            char = next((one for one in others if one in self.text), char)
        return self.setdefault(code, char)


def _characters(cmap: bytes, meant: _Meant) -> bytes:
    """A ToUnicode map (ISO 32000-1, 9.10.3) that names the characters of the text."""
    known: dict[bytes, str] = {}
    for kind, body in _BLOCK.findall(cmap):
        values = _HEX.findall(body)
        if kind == b"char":
            known |= {code: _text(text) for code, text in zip(values[::2], values[1::2], strict=True)}
            continue
        for first, last, text in zip(values[::3], values[1::3], values[2::3], strict=True):
            begin, start = int(first, 16), _text(text)
            for code in range(begin, int(last, 16) + 1):
                known[b"%0*X" % (len(first), code)] = start[:-1] + chr(ord(start[-1]) + code - begin)
    head, tail = _BLOCK.sub(b"", cmap).split(b"endcmap", 1)
    lines = [
        b"<%s> <%s>\n" % (code, text.translate(meant).encode("utf-16-be").hex().encode())
        for code, text in known.items()
    ]
    blocks = (lines[at : at + 100] for at in range(0, len(lines), 100))  # the most that a block may hold
    made = b"".join(b"%d beginbfchar\n%sendbfchar\n" % (len(block), b"".join(block)) for block in blocks)
    return head + made + b"endcmap" + tail


def _text(code: bytes) -> str:
    return bytes.fromhex(code.decode()).decode("utf-16-be")
