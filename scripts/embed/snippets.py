"""What is copied and pasted: for each way to embed a commitment or a list, its code, ready for a page to show."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from markupsafe import Markup

from ..edition import Card, Edition
from .views import TEMPLATES, height_of, plain, source, view

WIDTH, LIST_HEIGHT = 600, 480
# While nobody has said where the site will stand: names that no site has (RFC 2606), for the page's script to replace.
UNKNOWN, UNKNOWN_PATH = "https://site.example/yanxing/", "/yanxing/"
_FRAGMENT = TEMPLATES.get_template("fragment.html")
_SERVERS = Path(__file__).parent / "templates"
_SPECIAL = re.compile(r"[.+*?^$|()\[\]{}\\]")  # in the regular expressions of servers


@dataclass(frozen=True, slots=True)
class Place:
    """Where the site stands, for one report in one language."""

    base: str  # the site's address, empty if unknown
    edition: Edition

    def address(self, path: str) -> str:
        """A page's absolute address, empty if unknown."""
        return f"{self.base}{self.edition.language}/{path}" if self.base else ""

    def embed(self, name: str) -> str:
        return self.address(f"embed/{self.edition.report.id}/{name}.html")

    def oembed(self, name: str) -> str:
        return self.address(f"embed/{self.edition.report.id}/{name}.oembed.json")


@dataclass(frozen=True, slots=True)
class List:
    """A list: its file's name, its title, the page that it leads to, and which commitments stand in it."""

    name: str
    label: str
    leads: str
    holds: Callable[[Card], bool]
    kind: str  # whole | section | project | theme


def catalogue(edition: Edition) -> list[List]:
    """Every list of a report: at a glance, all, key targets, by section, by livelihood project, by theme."""
    t, folder = edition.t, edition.report.id
    index = f"{folder}/commitments/index.html"
    found = [
        List("list-glance", t("进展一览"), index, lambda card: False, "whole"),
        List("list-all", t("全部承诺"), index, lambda card: True, "whole"),
    ]
    if edition.key_targets:
        keys = {card.id for card in edition.key_targets}
        found.append(
            List("list-key-targets", t("主要预期目标"), f"{folder}/targets.html", lambda card: card.id in keys, "whole")
        )
    for key, label in {card.section: card.section_label for card in edition.cards}.items():
        kind = "project" if key[0] == "l" and key[1:].isdigit() else "section"
        found.append(
            List(f"list-{key}", label, f"{index}?section={key}", lambda card, key=key: card.section == key, kind)
        )
    used = {theme for card in edition.cards for theme in card.record.themes}
    for key, label in edition.themes.items():
        if key in used:
            found.append(
                List(
                    f"list-theme-{key}",
                    label,
                    f"{index}?theme={key}",
                    lambda card, key=key: key in card.record.themes,
                    "theme",
                )
            )
    return sorted(found, key=lambda one: ("whole", "section", "project", "theme").index(one.kind))


def fragment(card: Card, edition: Edition, url: str, styled: bool = False) -> str:
    """A commitment as HTML that needs neither script nor style sheet; `styled` gives it the few styles that help.

    Tags and attributes are those that sanitisers leave alone by default (nh3, and so ammonia): no class, no id.
    """
    return bare(
        _FRAGMENT.render(e=edition, t=edition.t, v=view(card, edition), source=source(edition), url=url, styled=styled)
    )


def bare(text: str) -> str:
    """HTML with apostrophes as they are: attributes stand in double quotes, and sanitisers would undo the escapes."""
    return text.replace("&#39;", "'")


def iframe(address: str, title: str, height: int) -> str:
    return Markup(
        '<iframe src="{}" title="{}" width="100%" height="{}" frameborder="0" loading="lazy" referrerpolicy="no-referrer"></iframe>'
    ).format(address, title, height)


def card_ways(card: Card, edition: Edition, base_url: str) -> list[tuple[str, Markup]]:
    """(label, code) of the ways to embed a commitment; the page's script makes a fragment without styles of the one with them."""
    place = Place(base_url or UNKNOWN, edition)
    shown = view(card, edition)
    url, t = place.address(shown.leads), edition.t
    return [
        (t("框架（iframe）"), _code(iframe(place.embed(card.id), plain(card.quote.text, 60), height_of(shown, edition)))),
        (t("HTML片段，带少量样式"), _code(fragment(card, edition, url, styled=True))),
        (t("服务器端包含（SSI）"), _code(_include(card.id, place))),
        (t("自定义元素"), _code(_element(card.id, plain(card.quote.text), url, place))),
    ]  # fmt: skip


def list_ways(one: List, styled: str, edition: Edition, base_url: str) -> list[tuple[str, Markup]]:
    """The same for a list, whose fragment with styles is given."""
    place = Place(base_url or UNKNOWN, edition)
    title, t = f"{plain(one.label)} · {plain(edition.title.text)}", edition.t
    return [
        (t("框架（iframe）"), _code(iframe(place.embed(one.name), title, LIST_HEIGHT))),
        (t("HTML片段，带少量样式"), _code(styled)),
        (t("服务器端包含（SSI）"), _code(_include(one.name, place))),
        (t("自定义元素"), _code(_element(one.name, title, place.address(one.leads), place))),
    ]


def _element(name: str, text: str, url: str, place: Place) -> str:
    edition = place.edition
    report = "" if name.startswith(edition.report.id_prefix) else f' report="{edition.report.id}"'
    return Markup(
        '<script src="{}" referrerpolicy="no-referrer" async></script>\n<yanxing-commitment src="{}"{} id="{}" lang="{}">'
        '<a href="{}" rel="noreferrer">{}</a></yanxing-commitment>'
    ).format(place.address("embed/embed.js"), place.base, Markup(report), name, edition.language, url, text)


def _include(name: str, place: Place) -> str:
    path = urlsplit(place.embed(name)).path.removesuffix(".html")
    return Markup('<!--#include virtual="{}.fragment.html" -->').format(path)


def _code(text: str) -> Markup:
    """Code as HTML text."""
    return Markup(html.escape(str(text).strip(), quote=False))


def servers(base_url: str) -> list[tuple[str, str]]:
    """(server, configuration) with the response headers of pages and embeds, for the path below which the site stands."""
    path = unquote(urlsplit(base_url or UNKNOWN).path)
    pattern = _SPECIAL.sub(r"\\\g<0>", path)
    return [
        (
            name,
            (_SERVERS / file).read_text(encoding="utf-8").replace("/PATH/", path).replace("/PATTERN/", pattern).strip(),
        )
        for name, file in (("nginx", "nginx.conf"), ("Apache", "apache.conf"))
    ]
