"""What a page says about itself to machines: the tags of government websites, Open Graph, JSON-LD.

The tags are those of the Guidelines for the Development of Government Websites (政府网站发展指引, 国办发〔2017〕47号, annex 3):
site tags on every page, column tags on home and lists, article tags on texts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from . import hant
from .config import Project
from .edition import Card, Edition

Tags = list[tuple[str, str]]  # (name, content)


_PLACES = {
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
}
_COLUMNS = ("home", "index", "targets", "glossary", "downloads", "embedding")


class Describer:
    """Describes the pages of one language: {"tags": [[name, content], …], "properties": …, "ld": JSON-LD or empty}."""

    def __init__(self, project: Project, language: str, convert):
        self.base, self.language, self.government = project.base_url, language, project.government
        self.said = lambda values: hant.in_language(values, language, convert)
        self.site_name = self.said(project.short_name)

    def __call__(self, front: Mapping[str, str], edition: Edition | None, card: Card | None) -> dict[str, Any]:
        title, description = front["title"], front.get("description", "")
        url = self.address(front)
        words = self._keywords(edition, card)
        tags = self._site()
        if front["kind"] in _COLUMNS:
            tags += self._column(title, description, words)
        elif edition:
            tags += self._article(edition, title, description, words, url)
        return {"tags": tags, "properties": self._open_graph(front, url), "ld": self._ld(front, edition, card, url)}

    def address(self, front: Mapping[str, str], kind: str = "") -> str:
        """A page's absolute address, empty while nobody has said where the site will stand."""
        place = _PLACES.get(kind or front["kind"], "").format_map({"report": "", "id": "", **front})
        return f"{self.base}{self.language}/{place}" if self.base and place else ""

    def _keywords(self, edition: Edition | None, card: Card | None) -> str:
        themes = [name for _, name in card.themes] if card else list(edition.themes.values()) if edition else []
        return ",".join(dict.fromkeys(themes))

    def _site(self) -> Tags:
        domain = urlsplit(self.base).hostname or ""
        return _known(
            ("SiteName", self.site_name), ("SiteDomain", domain), ("SiteIDCode", self.government.get("id_code", ""))
        )

    def _column(self, title: str, description: str, words: str) -> Tags:
        return _known(
            ("ColumnName", self.said(self.government.get("column")) or title),
            ("ColumnDescription", description),
            ("ColumnKeywords", words or title),
            ("ColumnType", self.said(self.government.get("column_type"))),
        )

    def _article(self, edition: Edition, title: str, description: str, words: str, url: str) -> Tags:
        published = edition.report.published
        return _known(
            ("ArticleTitle", title),
            ("PubDate", f"{published} 00:00" if len(published) == 10 else published),
            ("ContentSource", edition.issuer.text),
            ("Keywords", words),
            ("Author", edition.issuer.text),
            ("Description", description),
            ("Url", url),
        )

    def _open_graph(self, front: Mapping[str, str], url: str) -> Tags:
        kind = "article" if front["kind"] in ("report", "commitment", "bilingual") else "website"
        locale = {"zh-Hans": "zh_CN", "zh-Hant": "zh_TW", "en": "en_GB"}[self.language]
        return _known(
            ("og:site_name", self.site_name), ("og:type", kind), ("og:title", front["title"]), ("og:locale", locale),
            ("og:description", front.get("description", "")), ("og:url", url),
        )  # fmt: skip

    def _ld(self, front: Mapping[str, str], edition: Edition | None, card: Card | None, url: str) -> str:
        if not edition or front["kind"] not in ("report", "commitment"):
            return ""
        report = self.address(front, "report")
        return (
            claim_ld(card, edition, url, report) if card else report_ld(edition, report, front.get("description", ""))
        )


def _known(*tags: tuple[str, str]) -> Tags:
    return [(name, content) for name, content in tags if content]


# JSON-LD, in schema.org's terms


def report_ld(edition: Edition, url: str, description: str) -> str:
    """The report as a schema.org Report by a GovernmentOrganization."""
    return _ld(_report(edition, url) | {"description": description})


def claim_ld(card: Card, edition: Edition, url: str, report_url: str) -> str:
    """A commitment as a schema.org Claim that stands in the report. No ClaimReview: its status is told, not judged."""
    value = {
        "@type": "Claim",
        "name": card.quote.text,
        "text": card.quote.text,
        "inLanguage": card.quote.lang,
        "identifier": card.id,
        "url": url,
        "author": _issuer(edition),
        "datePublished": edition.report.published,
        "appearance": _report(edition, report_url),
        "keywords": [name for _, name in card.themes],
    }
    return _ld(value)


def _report(edition: Edition, url: str) -> dict[str, Any]:
    region = {"@type": "AdministrativeArea", "name": edition.region.text} if edition.region else None
    return {
        "@type": "Report",
        "name": edition.title.text,
        "inLanguage": edition.language,
        "url": url,
        "author": _issuer(edition),
        "datePublished": edition.report.published,
        "spatialCoverage": region,
        "isBasedOn": edition.report.url,
    }


def _issuer(edition: Edition) -> dict[str, str]:
    return {"@type": "GovernmentOrganization", "name": edition.issuer.text}


def _ld(value: Mapping[str, Any]) -> str:
    """JSON that no text in it can end or escape from: < > & are written as escapes."""
    known = {"@context": "https://schema.org", **value}
    text = json.dumps(_without_empty(known), ensure_ascii=False, separators=(",", ":"))
    return text.translate({ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"})


def _without_empty(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _without_empty(item) for key, item in value.items() if item not in ("", None, [], ())}
    return value
