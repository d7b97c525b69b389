"""The print edition as PDF: the site's own print page, printed by Chromium, its contents given page numbers.

Chromium cannot number the pages of a table of contents (no target-counter of CSS GCPM), so the page is printed once to learn
them and again with them. It writes the time into every PDF, the code of a radical (U+2E80–2FDF) for each character that
shares its glyph, and bookmarks without the spaces at line ends; all are mended, so that the text can be found and the same
page gives the same bytes.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pypdf
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from .. import chromium, data
from ..edition import Edition

_PLACE = re.compile(r'<span class="page" data-page="([^"]*)">[^<]*</span>')
_BLOCK = re.compile(rb"\d+ beginbf(char|range)\n(.*?)endbf\1\n", re.S)
_NODE = re.compile(rb"\(node\d{8}\)")
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
    _finish(pdf, edition, epoch, _headings(text))


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


def _finish(pdf: Path, edition: Edition, epoch: int, headings: list[str]) -> None:
    writer = pypdf.PdfWriter(clone_from=pdf)
    date = datetime.fromtimestamp(epoch, UTC).strftime("D:%Y%m%d%H%M%S+00'00'")
    writer.metadata = {
        "/Title": edition.title.text, "/Author": edition.issuer.text, "/Creator": "Yanxing", "/Producer": "Chromium, pypdf",
        "/CreationDate": date, "/ModDate": date,
    }  # fmt: skip
    marks = list(_bookmarks(writer.root_object.get("/Outlines", {})))
    for mark, words in zip(marks, headings, strict=False):
        mark[NameObject("/Title")] = TextStringObject(words)
    same = {ord(one): ord(other) for one, other in zip(*_radicals(), strict=True)}
    for cmap in _text_maps(writer):
        cmap.set_data(_characters(cmap.get_data(), same))
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
    fonts = (font.get_object() for page in writer.pages for font in page["/Resources"].get("/Font", {}).values())
    found = [font["/ToUnicode"].get_object() for font in fonts if "/ToUnicode" in font]
    return list({id(one): one for one in found}.values())


def _radicals() -> tuple[str, str]:
    known = data.load("radicals.yml")
    return tuple(known[key].replace(" ", "").replace("\n", "") for key in ("radicals", "characters"))


def _characters(cmap: bytes, same: dict[int, int]) -> bytes:
    """A ToUnicode map (ISO 32000-1, 9.10.3) in which radicals are the characters that they equal."""
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
        b"<%s> <%s>\n" % (code, text.translate(same).encode("utf-16-be").hex().encode()) for code, text in known.items()
    ]
    blocks = (lines[at : at + 100] for at in range(0, len(lines), 100))  # the most that a block may hold
    made = b"".join(b"%d beginbfchar\n%sendbfchar\n" % (len(block), b"".join(block)) for block in blocks)
    return head + made + b"endcmap" + tail


def _text(code: bytes) -> str:
    return bytes.fromhex(code.decode()).decode("utf-16-be")
