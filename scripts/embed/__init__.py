"""Editions to embeds: cards and lists that other websites show, as pages for iframes, fragments to paste and oEmbed.

embed/<report>/<commitment>.html · .fragment.html · .oembed.json, the same for list-….html, which long lists continue in
list-…-2.html, and beside them embed.css, frame.js and embed.js, the custom element. Pages and fragments are at most LIMIT
bytes long and need no script.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ..edition import Edition
from . import cards, lists, oembed
from .snippets import UNKNOWN, Place, card_ways, catalogue, servers
from .views import LIMIT

__all__ = ["GLOBALS", "LIMIT", "cuts", "files"]

# What the templates of pages call to show code to copy.
GLOBALS = {
    "card_ways": card_ways,
    "list_ways": lists.ways,
    "lists": catalogue,
    "servers": servers,
    "site_address": UNKNOWN,
}
_ASSETS = Path(__file__).parent / "templates"


Cuts = Mapping[str, Mapping[str, list[int]]]


def cuts(by_report: Iterable[Mapping[str, Edition]], base_url: str) -> Cuts:
    """Where the lists of each report are cut into files, given its editions in every language."""
    found = {}
    for by_language in by_report:
        editions = list(by_language.values())
        found[editions[0].report.id] = lists.cuts(editions, base_url)
    return found


def files(
    editions: list[Edition], languages: tuple[str, ...], base_url: str, provider: str, cut: Cuts
) -> Iterator[tuple[str, str]]:
    """(path below the language's folder, content) of everything that one language embeds, in a fixed order.

    Without a `base_url` fragments hold no link and there is no oEmbed, since both need addresses that hold anywhere.
    """
    for edition in editions:
        place = Place(base_url, edition)
        for made in (*cards.made(edition, place), *lists.made(edition, place, cut[edition.report.id])):
            path = f"embed/{edition.report.id}/{made.name}"
            yield f"{path}.html", made.page
            yield f"{path}.fragment.html", made.fragment
            if base_url and not made.continues:
                yield f"{path}.oembed.json", oembed.rich(made, edition, place, provider)
    for name in ("embed.css", "frame.js"):
        yield f"embed/{name}", (_ASSETS / name).read_text(encoding="utf-8")
    yield "embed/embed.js", _element(editions, languages)


def _element(editions: list[Edition], languages: tuple[str, ...]) -> str:
    """The custom element's script, with the site's languages and the report of each prefix of ids, newest first."""
    reports = {edition.report.id_prefix: edition.report.id for edition in editions}
    script = (_ASSETS / "embed.js").read_text(encoding="utf-8")
    return script.replace('["LANGUAGES"]', json.dumps(languages)).replace('{ "REPORTS": "" }', json.dumps(reports))
