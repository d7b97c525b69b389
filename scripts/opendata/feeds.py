"""Feeds of status changes: Atom (RFC 4287) and JSON Feed 1.1, of a report in each language, of a commitment in all at once.

An entry is an entry of a commitment's history. Its id is a tag URI, the same for ever; histories only grow, so that the place
in its history names it. Dates of the ledger are days in China, which keeps one time, UTC+8.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from ..edition import Card, Edition
from .common import SCHEMA_VERSION, Place, dump, plain

_ATOM = "http://www.w3.org/2005/Atom"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_TITLE = 80  # characters of a commitment in a title, shared by the languages
ElementTree.register_namespace("", _ATOM)


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
    def title(self) -> str:
        def title(edition: Edition) -> str:
            about = self._shorten(edition.by_id[self.commitment].quote.text) if self.commitment else edition.title.text
            return edition.t("状态变动：%(title)s", title=about)

        return self._said(title, " / ")

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

    def headline(self, change: Change) -> str:
        def headline(edition: Edition) -> str:
            card = edition.by_id[change.commitment]
            return card.history[-change.n].status + edition.t("：") + self._shorten(card.quote.text)

        return self._said(headline, " / ")

    def content(self, change: Change) -> str:
        """What a reader without the page needs: the whole commitment, why, and on what evidence."""
        return self._said(
            lambda edition: "\n".join(_content(edition, edition.by_id[change.commitment], change)), "\n\n"
        )

    def by(self, change: Change) -> str:
        return self._said(lambda edition: edition.by_id[change.commitment].history[-change.n].by.text, " / ")

    def _said(self, words: Callable[[Edition], str], between: str) -> str:
        """The words of each language, those that are the same in two of them once."""
        return plain(between.join(dict.fromkeys(map(words, self.editions))))

    def _shorten(self, text: str) -> str:
        text, most = " ".join(text.split()), _TITLE // len(self.editions)
        return text if len(text) <= most else text[: most - 1].rstrip() + "…"


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
    _add(root, "title", feed.title)
    _add(root, "updated", feed.updated)
    _link(root, "self", feed.address("atom.xml"), {"type": "application/atom+xml"})
    _pages(root, feed, feed.commitment)
    _add(_add(root, "author"), "name", feed.place.names[feed.language])
    for one in feed.changes:
        entry = _add(root, "entry")
        _add(entry, "id", feed.entry_id(one))
        _add(entry, "title", feed.headline(one))
        _add(entry, "updated", _time(one.date))
        _add(entry, "published", _time(one.date))
        _pages(entry, feed, one.commitment)
        _add(_add(entry, "author"), "name", feed.by(one))
        ElementTree.SubElement(entry, f"{{{_ATOM}}}category", {"term": one.status})
        _add(entry, "content", feed.content(one)).set("type", "text")
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def json_feed(feed: Feed) -> str:
    """The same as a JSON Feed."""
    items = [
        {
            "id": feed.entry_id(one),
            "url": feed.page(feed.editions[0], one.commitment),
            "title": feed.headline(one),
            "content_text": feed.content(one),
            "date_published": _time(one.date),
            "authors": [{"name": feed.by(one)}],
            "tags": [one.status],
            "_yanxing": {"commitment": one.commitment, "status": one.status, "n": one.n},
        }
        for one in feed.changes
    ]
    value = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page(feed.editions[0], feed.commitment),
        "feed_url": feed.address("feed.json"),
        "language": feed.language,
        "authors": [{"name": feed.place.names[feed.language]}],
        "_yanxing": {"schema_version": SCHEMA_VERSION, "id": feed.id},
        "items": items,
    }
    return dump(value) + "\n"


def _content(edition: Edition, card: Card, change: Change) -> list[str]:
    t, step = edition.t, card.history[-change.n]
    lines = [card.quote.text, t("状态") + t("：") + step.status]
    if step.note:
        lines.append(step.note.text)
    wanted = set(card.record.history[change.n - 1].get("evidence") or ())
    for entry, found in zip(card.record.evidence, card.evidence, strict=True):
        if entry["id"] in wanted:
            about = t("、").join((found.publisher.text, found.title.text, found.day))
            lines.append(t("依据") + t("：") + about + (f" {found.url}" if found.url else ""))
            lines += [found.note.text] if found.note else []
    return lines


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
