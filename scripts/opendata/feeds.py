"""Feeds of status changes: Atom (RFC 4287) and JSON Feed 1.1, of a report in each language, of a commitment in all at once.

An entry is an entry of a commitment's history. Its id is a tag URI, the same for ever; histories only grow, so that the place
in its history names it. Dates of the ledger are days in China, which keeps one time, UTC+8.

A feed in several languages says of each text which it is in: Atom in XHTML with xml:lang; a JSON Feed, which has one language
and plain titles, is “mul” (ISO 639-2, several languages) and marks them in content_html. Titles and names are one line without
direction marks, since nothing isolates them from what stands beside them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from xml.etree import ElementTree

from ..edition import Card, Edition, Said
from ..plain import plain as one_line
from .common import SCHEMA_VERSION, Place, dump, plain

_ATOM = "http://www.w3.org/2005/Atom"
_XHTML = "http://www.w3.org/1999/xhtml"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_TITLE, _NAME = 80, 200  # characters of a commitment in a title, shared by the languages; of a report or an author
_SEVERAL = "mul"
ElementTree.register_namespace("", _ATOM)

# A line of a text: words of the site (str, in the edition's language) and texts of report and ledger, with their own.
Line = Sequence[str | Said]


@dataclass(frozen=True, slots=True)
class Change:
    """An entry of a commitment's history; `n` is its place in it, from 1."""

    commitment: str
    n: int
    date: str
    status: str


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed tells, in which editions (the first is its own language); `commitment` empty for a whole report's."""

    editions: Sequence[Edition]
    changes: Sequence[Change]
    place: Place
    commitment: str = ""

    @property
    def language(self) -> str:
        return self.editions[0].language

    @property
    def id(self) -> str:
        return self.place.tag(self.editions[0], *self._about, "changes", *self._language)

    @property
    def updated(self) -> str:
        """When it last changed; without changes, when the report was made public, which no later build moves."""
        report = self.editions[0].report
        return _time(self.changes[0].date if self.changes else report.published or f"{report.year}-01-01")

    @property
    def several(self) -> bool:
        """Whether it speaks several languages."""
        return len(self.editions) > 1

    def titles(self) -> dict[str, Line]:
        """Its title by language."""

        def title(edition: Edition) -> list[Line]:
            said = edition.by_id[self.commitment].quote if self.commitment else edition.title
            before, after = edition.t("状态变动：%(title)s", title="\0").partition("\0")[::2]
            return [(before, self._shorten(said, _TITLE if self.commitment else _NAME), after)]

        return {language: lines[0] for language, lines in self._said(title).items()}

    @property
    def _about(self) -> tuple[str, ...]:
        return (self.commitment,) if self.commitment else ()

    @property
    def _language(self) -> tuple[str, ...]:
        """The language where there is a feed for each."""
        return () if self.commitment else (self.language,)

    def address(self, suffix: str) -> str:
        """Its own address."""
        return self.place.own(".".join((self.commitment or "changes", *self._language, suffix)))

    def page(self, edition: Edition, commitment: str) -> str:
        return self.place.page(edition.language, edition.report.id, f"commitments/{commitment or 'index'}.html")

    def entry_id(self, change: Change) -> str:
        return self.place.tag(self.editions[0], change.commitment, "changes", str(change.n), *self._language)

    def headlines(self, change: Change) -> dict[str, Line]:
        """The title of an entry by language."""

        def headline(edition: Edition) -> list[Line]:
            card = edition.by_id[change.commitment]
            return [(card.history[-change.n].status + edition.t("："), self._shorten(card.quote))]

        return {language: lines[0] for language, lines in self._said(headline).items()}

    def contents(self, change: Change) -> dict[str, list[Line]]:
        """What a reader without the page needs, by language: the whole commitment, why, and on what evidence."""
        return self._said(lambda edition: _content(edition, edition.by_id[change.commitment], change))

    def by(self, change: Change) -> str:
        """Who says so, in the feed's first language: an author is one name."""
        said = self.editions[0].by_id[change.commitment].history[-change.n].by
        return plain(one_line(said.text, _NAME))

    def _said(self, words: Callable[[Edition], list[Line]]) -> dict[str, list[Line]]:
        """The words of each language, those that are the same in two of them once."""
        found: dict[str, tuple[str, list[Line]]] = {}
        for edition in self.editions:
            lines = words(edition)
            found.setdefault("\n".join(map(_flat, lines)), (edition.language, lines))
        return dict(found.values())

    def _shorten(self, said: Said, most: int = _TITLE) -> Said:
        return replace(said, text=one_line(said.text, most // len(self.editions)))


def changes(edition: Edition) -> tuple[Change, ...]:
    """Every change of status, newest first; those of one day in the order of the text."""
    found = [
        Change(card.id, n, entry["date"], entry["status"])
        for card in edition.cards
        for n, entry in enumerate(card.record.history, 1)
    ]
    found.sort(key=lambda one: one.n, reverse=True)  # of a commitment's changes on one day, the last first
    return tuple(sorted(found, key=lambda one: one.date, reverse=True))


def by_commitment(found: Sequence[Change]) -> dict[str, list[Change]]:
    """The changes of each commitment that has any."""
    result: dict[str, list[Change]] = defaultdict(list)
    for one in found:
        result[one.commitment].append(one)
    return result


def atom(feed: Feed) -> bytes:
    """The feed as Atom."""
    root = ElementTree.Element(f"{{{_ATOM}}}feed", {_XML_LANG: feed.language})
    _add(root, "id", feed.id)
    _titled(root, feed, feed.titles())
    _add(root, "updated", feed.updated)
    _link(root, "self", feed.address("atom.xml"), {"type": "application/atom+xml"})
    _pages(root, feed, feed.commitment)
    _add(root, "generator", "Yanxing open data").set("version", SCHEMA_VERSION)
    _add(_add(root, "author"), "name", feed.place.names[feed.language])
    for one in feed.changes:
        entry = _add(root, "entry")
        _add(entry, "id", feed.entry_id(one))
        _titled(entry, feed, feed.headlines(one))
        _add(entry, "updated", _time(one.date))
        _add(entry, "published", _time(one.date))
        _pages(entry, feed, one.commitment)
        _add(_add(entry, "author"), "name", feed.by(one))
        ElementTree.SubElement(entry, f"{{{_ATOM}}}category", {"term": one.status})
        _filled(entry, feed, feed.contents(one))
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def json_feed(feed: Feed) -> str:
    """The same as a JSON Feed."""
    items = [
        {
            "id": feed.entry_id(one),
            "url": feed.page(feed.editions[0], one.commitment),
            "title": _joined(feed.headlines(one)),
            "content_text": _text(feed.contents(one)),
            **({"content_html": _html(feed.contents(one))} if feed.several else {}),
            "date_published": _time(one.date),
            "authors": [{"name": feed.by(one)}],
            "tags": [one.status],
            "_yanxing": {"commitment": one.commitment, "status": one.status, "n": one.n},
        }
        for one in feed.changes
    ]
    value = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _joined(feed.titles()),
        "home_page_url": feed.page(feed.editions[0], feed.commitment),
        "feed_url": feed.address("feed.json"),
        "language": _SEVERAL if feed.several else feed.language,
        "authors": [{"name": feed.place.names[feed.language]}],
        "_yanxing": {"schema_version": SCHEMA_VERSION, "id": feed.id},
        "items": items,
    }
    return dump(value) + "\n"


def _content(edition: Edition, card: Card, change: Change) -> list[Line]:
    t, step = edition.t, card.history[-change.n]
    lines: list[Line] = [(card.quote,), (t("状态") + t("：") + step.status,), (t("认定者") + t("："), step.by)]
    if step.note:
        lines.append((step.note,))
    wanted = set(card.record.history[change.n - 1].get("evidence") or ())
    for entry, found in zip(card.record.evidence, card.evidence, strict=True):
        if entry["id"] in wanted:
            address = f" {found.url}" if found.url else ""
            lines.append((t("依据") + t("："), found.publisher, t("、"), found.title, t("、") + found.day + address))
            lines += [(found.note,)] if found.note else []
    return lines


def _flat(line: Line) -> str:
    """A line without its languages."""
    return plain("".join(one if isinstance(one, str) else one.text for one in line))


def _joined(titles: Mapping[str, Line]) -> str:
    return " / ".join(map(_flat, titles.values()))


def _text(contents: Mapping[str, list[Line]]) -> str:
    return "\n\n".join("\n".join(map(_flat, lines)) for lines in contents.values())


def _titled(parent: ElementTree.Element, feed: Feed, titles: Mapping[str, Line]) -> None:
    """A title: plain in a feed of one language, otherwise with the language of each."""
    if not feed.several:
        _add(parent, "title", _joined(titles))
        return
    box = _xhtml(parent, "title")
    for n, (language, line) in enumerate(titles.items()):
        if n:
            _append(box, " / ")
        own = box if language == feed.language else ElementTree.SubElement(box, "span", {_XML_LANG: language})
        for one in line:
            if isinstance(one, str) or one.lang == language:
                _append(own, plain(one if isinstance(one, str) else one.text))
            else:
                ElementTree.SubElement(own, "span", {_XML_LANG: one.lang}).text = plain(one.text)


def _filled(entry: ElementTree.Element, feed: Feed, contents: Mapping[str, list[Line]]) -> None:
    if feed.several:
        _blocks(_xhtml(entry, "content"), contents, ("lang", _XML_LANG))  # one for HTML, one for XML
    else:
        _add(entry, "content", _text(contents)).set("type", "text")


def _html(contents: Mapping[str, list[Line]]) -> str:
    box = ElementTree.Element("div")
    _blocks(box, contents, ("lang",))
    return "".join(ElementTree.tostring(one, encoding="unicode", method="html") for one in box)


def _xhtml(parent: ElementTree.Element, name: str) -> ElementTree.Element:
    """The div that holds an XHTML text (RFC 4287, 3.1.1.3); its namespace is written as an attribute, so without prefixes."""
    element = _add(parent, name)
    element.set("type", "xhtml")
    return ElementTree.SubElement(element, "div", {"xmlns": _XHTML})


def _blocks(parent: ElementTree.Element, contents: Mapping[str, list[Line]], attributes: Sequence[str]) -> None:
    """A block a language, a paragraph a line."""
    for language, lines in contents.items():
        block = ElementTree.SubElement(parent, "div", dict.fromkeys(attributes, language))
        for line in lines:
            _runs(ElementTree.SubElement(block, "p"), line, language, attributes)


def _runs(parent: ElementTree.Element, line: Line, language: str, attributes: Sequence[str]) -> None:
    """A line's words; texts of the ledger are isolated and carry their language where it is another one."""
    for one in line:
        if isinstance(one, str):
            _append(parent, one)
        else:
            lang = dict.fromkeys(attributes, one.lang) if one.lang != language else {}
            ElementTree.SubElement(parent, "bdi", lang).text = plain(one.text)


def _append(parent: ElementTree.Element, words: str) -> None:
    """Words after whatever an element already holds."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + words
    else:
        parent.text = (parent.text or "") + words


def _time(day: str) -> str:
    return f"{day}T00:00:00+08:00"


def _add(parent: ElementTree.Element, name: str, text: str = "") -> ElementTree.Element:
    element = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}")
    element.text = text or None
    return element


def _pages(parent: ElementTree.Element, feed: Feed, commitment: str) -> None:
    """The page in each language; RFC 4287, 4.1.1, allows several alternates that differ in hreflang."""
    for edition in feed.editions:
        _link(parent, "alternate", feed.page(edition, commitment), {"type": "text/html", "hreflang": edition.language})


def _link(parent: ElementTree.Element, rel: str, address: str, more: dict[str, str]) -> None:
    ElementTree.SubElement(parent, f"{{{_ATOM}}}link", {"rel": rel, **more, "href": address})
