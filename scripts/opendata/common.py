"""What the formats share: the version of their shape, addresses inside and outside the site, characters that all can hold."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from ..config import Project
from ..edition import Edition

SCHEMA_VERSION = "1.1"

# What XML 1.0 cannot hold, not even as a character reference (section 2.2).
_UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOBODY = "yanxing.invalid"  # RFC 2606: a name that is never anybody's, for sites without an address


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file stands: `folder` below site/data/, ending in a slash. Addresses are relative to it unless the site has one.

    `names` is the site's short name by language, under which it publishes.
    """

    project: Project
    folder: str
    names: Mapping[str, str]

    @property
    def root(self) -> str:
        """The site's root: its address, or the way up to it."""
        return self.project.base_url or "../" * (1 + self.folder.count("/"))

    def page(self, language: str, report: str, name: str) -> str:
        """The address of a page of a report."""
        return f"{self.root}{language}/{report}/{name}"

    def own(self, name: str) -> str:
        """The address of a file beside this one."""
        return f"{self.project.base_url}data/{self.folder}{name}" if self.project.base_url else name

    def tag(self, edition: Edition, *parts: str) -> str:
        """A tag URI (RFC 4151): a name for ever, wherever the file is copied to; the site's host names it where there is one."""
        host = urlsplit(self.project.base_url).hostname or _NOBODY
        return f"tag:{host},{edition.report.year}:{'/'.join((edition.report.id, *parts))}"


def dump(value: Any, indent: int | None = None) -> str:
    """JSON, compact unless indented. Two spellings are kept out, so that it may be pasted into a script: </ and <!--."""
    separators = (",", ": ") if indent is not None else (",", ":")
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent, separators=separators)
    # < occurs in JSON only inside texts; U+2028 and U+2029 end lines in older JavaScript.
    return (
        text.replace("</", "<\\/")
        .replace("<!--", "\\u003c!--")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )


def plain(text: str) -> str:
    """A text that XML and iCalendar can hold: line ends are \\n, characters that they forbid become U+FFFD."""
    return _UNPRINTABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def low_and_high(values: Mapping[str, Any]) -> tuple[Any, Any]:
    """A ledger value in two columns: the number, or the lower and the upper bound of a range; None for an absolute aim."""
    value = values["value"]
    return tuple(value) if isinstance(value, (list, tuple)) else (value, None)
