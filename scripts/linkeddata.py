"""JSON-LD in the terms of schema.org: a report, a commitment, the open data; tests/gold/schemaorg.yml holds the terms used.

A commitment is a Claim, and its status is told, not judged: it is a ClaimReview only where site.yml names an assessor that is
independent of the government, and this very assessor gave a verdict on evidence. A page in another language than the official
text says that it is a translation, since the government wrote only the original.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from .config import Project
from .edition import ORIGINAL, Card, Edition

# Verdicts on a scale from 1 (nothing came of it) to 5 (done); every other status is none: still open, or aimed elsewhere.
RATINGS = {"completed": 5, "exceeded": 5, "partly-completed": 3, "missed": 1, "dropped": 1}
_DATA = ("commitments", "report", "commitments-csv", "targets-csv", "history-csv", "evidence-csv", "xlsx")


def report(edition: Edition, url: str, original_url: str, description: str) -> str:
    """The report as a schema.org Report by a GovernmentOrganization."""
    own = {
        "@type": "Report",
        "name": edition.title.text,
        "description": description,
        "inLanguage": _languages(edition),
        "url": url,
        "datePublished": edition.report.published,
        "spatialCoverage": edition.region and {"@type": "AdministrativeArea", "name": edition.region.text},
    }
    if edition.language == ORIGINAL:
        return _ld(own | {"author": _issuer(edition), "isBasedOn": edition.report.url})
    source = {
        "@type": "Report", "inLanguage": ORIGINAL, "url": original_url or edition.report.url, "author": _issuer(edition),
    }  # fmt: skip
    return _ld(own | {"translationOfWork": source})


def claim(
    card: Card,
    edition: Edition,
    url: str,
    report_url: str,
    original_url: str,
    assessor: Mapping[str, Any] | None = None,
    assessor_name: str = "",
) -> str:
    """A commitment as a Claim that stands in the report, or as a ClaimReview of it where `assessor` gave a verdict."""
    own = {
        "@type": "Claim",
        "text": card.quote.text,
        "inLanguage": card.quote.lang,
        "identifier": card.id,
        "url": url,
        "datePublished": edition.report.published,
        "appearance": {"@type": "Report", "name": edition.title.text, "url": report_url or edition.report.url},
    }
    if card.quote.lang == ORIGINAL:
        own["author"] = _issuer(edition)
    else:
        own["translationOfWork"] = {
            "@type": "Claim", "inLanguage": ORIGINAL, "url": original_url, "author": _issuer(edition),
        }  # fmt: skip
    if not verdict(card, assessor):
        return _ld(own)
    return _ld({
        "@type": "ClaimReview",
        "url": url,
        "inLanguage": edition.language,
        "claimReviewed": card.quote.text,
        "datePublished": card.history[0].date,
        "author": {"@type": "Organization", "name": assessor_name, "url": assessor["url"]},
        "reviewRating": {
            "@type": "Rating", "ratingValue": RATINGS[card.status], "worstRating": 1, "bestRating": 5,
            "alternateName": card.status_label,
        },
        "itemReviewed": own,
    })  # fmt: skip


def verdict(card: Card, assessor: Mapping[str, Any] | None) -> bool:
    """Whether the assessor of site.yml is independent and gave, by name and on evidence, a verdict on the commitment."""
    if not assessor or not assessor["independent"] or card.status not in RATINGS or not card.record.history:
        return False
    last = card.record.history[-1]
    return bool(last.get("evidence")) and last["by"] == assessor["name"][ORIGINAL]


def datasets(project: Project, editions: Sequence[Edition], files: Iterable, url: str, t: Callable[..., str]) -> str:
    """Each report's open data as a Dataset; files by their absolute addresses, so only where the site has one."""
    found = []
    for edition in editions:
        own = [
            file for file in files
            if file.report == edition.report.id and file.kind in _DATA and file.language in ("", edition.language)
        ]  # fmt: skip
        found.append({
            "@type": "Dataset",
            "name": t("%(title)s：承诺、目标与进展数据", title=edition.title.text),
            "description": t("%(title)s中的全部承诺及其状态", title=edition.title.text),
            "identifier": edition.report.id,
            "url": url,
            "inLanguage": edition.language,
            "dateModified": edition.report.as_of,
            "temporalCoverage": str(edition.report.year),
            "spatialCoverage": edition.region and {"@type": "AdministrativeArea", "name": edition.region.text},
            "isBasedOn": edition.report.url,
            "distribution": [
                {"@type": "DataDownload", "encodingFormat": file.media_type.split(";")[0], "contentUrl": f"{project.base_url}data/{file.path}"}
                for file in own
                if project.base_url
            ],
        })  # fmt: skip
    return _ld(found[0] if len(found) == 1 else {"@graph": found})


def _languages(edition: Edition) -> str | list[str]:
    """The language that the text is in: both where a part of it is not translated yet."""
    if edition.language != "en" or not edition.untranslated:
        return edition.language
    return [edition.language, ORIGINAL] if edition.untranslated < edition.segments else ORIGINAL


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
    if isinstance(value, list):
        return [_without_empty(item) for item in value]
    return value
