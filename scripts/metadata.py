"""What a page says about itself to machines: the tags of government websites, Open Graph, feeds, JSON-LD (linkeddata.py).

The tags are those of the Guidelines for the Development of Government Websites (政府网站发展指引, 国办发〔2017〕47号, annex 3):
site tags on every page, the root and the error page included; column tags on columns, lists and articles, which carry those
of the column that they stand in; article tags on articles, which are the report, its bilingual page and each commitment.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from . import hant, linkeddata, share
from .config import Project
from .edition import Card, Edition
from .plain import plain

Tags = list[tuple[str, str]]  # (name, content)

_PLACES = {
    "root": "../index.html",
    "home": "index.html",
    "glossary": "glossary.html",
    "method": "method.html",
    "downloads": "downloads.html",
    "embedding": "embedding.html",
    "report": "{report}/index.html",
    "bilingual": "{report}/bilingual.html",
    "targets": "{report}/targets.html",
    "index": "{report}/commitments/index.html",
    "commitment": "{report}/commitments/{id}.html",
    "print": "{report}/print.html",
}
_ARTICLES = ("report", "bilingual", "commitment", "print")
# The pages that stand in the column of reports and commitments, the one that site.yml may name.
_OF_REPORTS = ("home", "index", "targets", *_ARTICLES)
# What oEmbed gives of a page, beside a commitment's own card.
_EMBEDS = {"home": "list-glance", "report": "list-glance", "index": "list-all", "targets": "list-key-targets"}
_FEEDS = ("atom", "json-feed")
_WIDTH, _HEIGHT = share.SIZE


class Describer:
    """Describes the pages of one language: what main.html writes into their heads.

    {"tags": [[name, content], …], "properties": the same for Open Graph, "ld": JSON-LD or empty, "feeds": [[media type, path
    below data/, title or empty], …], "oembed": the name of an embed below embed/ or empty}. `data` are the files of the open
    data (opendata.File), among them the feeds; `editions` the site's reports in this language, newest first.
    """

    def __init__(
        self, project: Project, language: str, convert, t: Callable[..., str], editions: Sequence[Edition] = (), data: Iterable = ()
    ):  # fmt: skip
        self.project, self.language, self.t, self.editions = project, language, t, editions
        self.base, self.government = project.base_url, project.government
        self.said = lambda values: hant.in_language(values, language, convert)
        self.site_name = plain(self.said(project.short_name))
        self.home_title = plain(self.said(project.name))
        self.home_description = plain(self.said(project.tagline)) or self.home_title
        self.files = list(data)
        self.feeds = defaultdict(list)
        for file in self.files:
            if file.kind in _FEEDS and file.language in ("", language):
                self.feeds[file.report, file.commitment].append(file)

    def __call__(self, front: Mapping[str, str], edition: Edition | None, card: Card | None) -> dict[str, Any]:
        url, kind = self.address(front), front["kind"]
        tags = self.site()
        if kind != "root":
            tags += self._column(front, edition)
        if edition and kind in _ARTICLES:
            tags += self._article(front, edition, card, url)
        properties = self._open_graph(front, edition, card, url)
        if any(name == "og:image" for name, _ in properties):
            tags.append(("twitter:card", "summary_large_image"))
        return {
            "tags": tags,
            "properties": properties,
            "ld": self._ld(front, edition, card, url),
            "feeds": self._feeds(front, card),
            "oembed": self._oembed(kind, edition, card),
        }

    def address(self, front: Mapping[str, str], kind: str = "", language: str = "") -> str:
        """A page's absolute address, empty while nobody has said where the site will stand."""
        place = _PLACES.get(kind or front["kind"], "").format_map({"report": "", "id": "", **front})
        if not self.base or not place:
            return ""
        return (
            self.base + place.removeprefix("../")
            if place[0] == "."
            else f"{self.base}{language or self.language}/{place}"
        )

    def site(self) -> Tags:
        """The tags that every page has."""
        domain = urlsplit(self.base).hostname or ""
        return _known(
            ("SiteName", self.site_name), ("SiteDomain", domain), ("SiteIDCode", self.government.get("id_code", ""))
        )

    def _column(self, front: Mapping[str, str], edition: Edition | None) -> Tags:
        """The column that a page is or stands in: a commitment's is the index, a report's the site's front page."""
        kind, issuer = front["kind"], edition or next(iter(self.editions), None)
        name, description = front["title"], front.get("description", "")
        if kind == "commitment" and edition:
            name = self.t("承诺索引")
            description = self.t("%(title)s中的全部承诺及其状态", title=plain(edition.title.text))
        elif kind in _ARTICLES:
            name, description = self.home_title, self.home_description
        words = [name, plain(issuer.issuer.text)] if issuer and kind in _OF_REPORTS else [name]
        if kind in _OF_REPORTS:
            name = self.said(self.government.get("column")) or name
        return _known(
            ("ColumnName", name),
            ("ColumnDescription", description),
            ("ColumnKeywords", ",".join(words)),
            ("ColumnType", self.said(self.government.get("column_type"))),
        )

    def _article(self, front: Mapping[str, str], edition: Edition, card: Card | None, url: str) -> Tags:
        """PubDate has the norm's format, yyyy-MM-dd HH:mm: 00:00 where report.yml gives only the day."""
        report, issuer = edition.report, plain(edition.issuer.text)
        themes = [name for _, name in card.themes] if card else list(edition.themes.values())
        return _known(
            ("ArticleTitle", _title(front, card)),
            ("PubDate", f"{report.published} {report.published_time or '00:00'}" if report.published else ""),
            ("ContentSource", issuer),
            ("Keywords", ",".join(dict.fromkeys(themes))),
            ("Author", issuer),
            ("Description", front.get("description", "")),
            ("Image", self._image(edition)),
            ("Url", url),
        )

    def _open_graph(self, front: Mapping[str, str], edition: Edition | None, card: Card | None, url: str) -> Tags:
        """No og:description: who looks for it takes the page's description, which is the same."""
        kind = "article" if front["kind"] in _ARTICLES else "website"
        image = self._image(edition)
        return _known(
            ("og:site_name", self.site_name), ("og:type", kind), ("og:title", _title(front, card)),
            ("og:locale", self._locale(self.language, edition)),
            ("og:url", url), ("og:image", image),
            *((("og:image:width", str(_WIDTH)), ("og:image:height", str(_HEIGHT))) if image else ()),
        )  # fmt: skip

    def _locale(self, language: str, edition: Edition | None) -> str:
        """Where the forms of the Traditional characters are those of Hong Kong, its locale."""
        report = edition.report if edition else next(iter(self.project.reports), None)
        hant_locale = "zh_HK" if report and report.opencc == "s2hk" else "zh_TW"
        return {"zh-Hans": "zh_CN", "zh-Hant": hant_locale, "en": "en_GB"}[language]

    def _image(self, edition: Edition | None) -> str:
        """The share image's absolute address: the report's; on pages about no report, that of the newest."""
        report = edition.report if edition else next(iter(self.project.reports), None)
        if not (self.base and report and share.available()):
            return ""
        return f"{self.base}{self.language}/{report.id}/{share.NAME}"

    def _feeds(self, front: Mapping[str, str], card: Card | None) -> list[tuple[str, str, str]]:
        """A commitment's own feeds; a report's; on pages about no report, those of all of them, with their titles."""
        if report := front.get("report"):
            own = (card and self.feeds.get((report, card.id))) or self.feeds.get((report, ""), ())
            return [(file.media_type, file.path, "") for file in own]
        if front["kind"] not in ("home", "downloads"):
            return []
        return [
            (file.media_type, file.path, self.t("状态变动：%(title)s", title=plain(edition.title.text)))
            for edition in self.editions
            for file in self.feeds.get((edition.report.id, ""), ())
        ]

    def _oembed(self, kind: str, edition: Edition | None, card: Card | None) -> str:
        about = edition or (next(iter(self.editions), None) if kind == "home" else None)
        name = card.id if card else _EMBEDS.get(kind, "")
        if not about or not name or (kind == "targets" and not about.key_targets):
            return ""
        return f"{about.report.id}/{name}"

    def _ld(self, front: Mapping[str, str], edition: Edition | None, card: Card | None, url: str) -> str:
        if front["kind"] == "downloads":
            return linkeddata.datasets(self.project, self.editions, self.files, url, self.t) if self.editions else ""
        if not edition or front["kind"] not in ("report", "commitment"):
            return ""
        report, original = self.address(front, "report"), self.address(front, language="zh-Hans")
        if card:
            assessor = self.project.assessor
            name = self.said(assessor["name"]) if assessor else ""
            return linkeddata.claim(card, edition, url, report, original, assessor, name)
        return linkeddata.report(edition, url, original, front.get("description", ""))


def foot(project: Project, language: str, convert, t: Callable[..., str]) -> list[str]:
    """What a government's page says at its foot: who runs it, its identification code, its registrations."""
    given = project.government
    return [
        f"{t(label)}{t('：')}{value if isinstance(value, str) else hant.in_language(value, language, convert)}"
        for key, label in (
            ("organizer", "主办单位"), ("operator", "承办单位"), ("contact", "联系方式"), ("id_code", "网站标识码"),
            ("icp", "ICP备案号"), ("police", "公安机关备案号"),
        )
        if (value := given.get(key))
    ]  # fmt: skip


def _title(front: Mapping[str, str], card: Card | None) -> str:
    """A page's whole title, which stands alone: a commitment's words, however many; a list with its report's name."""
    if card:
        return plain(card.quote.text)
    if front.get("report_title") and front["kind"] != "report":
        return f"{front['title']} · {front['report_title']}"
    return front["title"]


def _known(*tags: tuple[str, str]) -> Tags:
    return [(name, content) for name, content in tags if content]
