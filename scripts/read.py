"""Bytes to text: a report as it comes from an office, in whatever encoding and with whatever line ends."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from .errors import Problem
from .model import Document

# UTF-16 is what Windows Notepad calls "Unicode"; the byte order mark stays in the text, so that bytes round-trip.
_MARKED = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CONTAINERS = {
    b"PK\x03\x04": "a Word, Excel or zip file",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file",
    b"%PDF": "a PDF file",
    b"{\\rtf": "a rich-text file",
}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
MAX_BYTES = 64 * 1024 * 1024


def read_document(path: Path | str) -> Document:
    """The text of a plain-text file, decoded from UTF-8, GB18030 (GBK, GB2312) or marked UTF-16.

    Nothing is normalised: byte order mark, line ends and blanks stay, and encoding the text again gives the bytes.
    Raises Problem if the file is missing, empty, not text, or larger than MAX_BYTES.
    """
    path = Path(path)
    try:
        if path.is_dir():
            raise Problem("this is a folder", file=path, todo="name a text file")
        if path.stat().st_size > MAX_BYTES:
            raise Problem(f"larger than {MAX_BYTES >> 20} MB, no report is", file=path, todo="name the report's text")
        data = path.read_bytes()
    except FileNotFoundError:
        raise Problem("no such file", file=path, todo="check the name") from None
    except OSError as error:
        raise Problem(f"cannot be read ({error.strerror})", file=path) from None
    return decode(data, path)


def decode(data: bytes, path: Path | str = "") -> Document:
    """The bytes of `path` as a Document; the errors are those of read_document."""
    for magic, what in _CONTAINERS.items():
        if data.startswith(magic):
            raise Problem(f"this is {what}, plain text was expected", file=path, todo="save it as plain text (.txt)")
    for mark, encoding in _MARKED:
        if data.startswith(mark):
            candidates = (encoding,)
            break
    else:
        candidates = ("utf-8", "gb18030")
    for encoding in candidates:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            if encoding == "utf-8" and _is_utf8(data[: error.start]):
                line = data.count(b"\n", 0, error.start) + 1
                raise Problem(
                    "a broken character in UTF-8 text", file=path, place=f"line {line}", todo="get the file again"
                ) from None
            continue
        break
    else:
        raise Problem("neither UTF-8 nor GB18030 text (a binary file?)", file=path, todo="save it as plain text, UTF-8")
    if not text.strip("\ufeff \t\r\n\u3000"):
        raise Problem("the file is empty, a report's text was expected", file=path)
    if "\x00" in text or len(_CONTROL.findall(text)) * 50 > len(text):
        raise Problem("binary data, plain text was expected", file=path, todo="save it as plain text, UTF-8")
    return Document(text=text, encoding=encoding, path=str(path))


def _is_utf8(data: bytes) -> bool:
    """Whether bytes that decode as UTF-8 are meant so: in GB18030 text hardly one Chinese character does by chance."""
    return sum(char > "\u07ff" for char in data.decode("utf-8")) >= 8
