"""What inspections of government websites would find missing. Remarks: a site that is no government's does without."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from .. import decisions
from ..config import Project, Report
from ..schema import HAN

_GUIDELINES = "政府网站发展指引 (国办发〔2017〕47号)"
_GOVERNMENT = {
    "id_code": "SiteIDCode is required on every page, and the code at its foot",
    "organizer": "the organiser (主办单位) is required at the foot of every page",
    "operator": "the operator (承办单位) is required at the foot of every page",
    "contact": "a way to reach the organiser is required at the foot of every page",
    "icp": "the ICP registration number is required at the foot of every page",
    "police": "the public security registration number is required at the foot of every page",
    "column": "ColumnName (栏目名称) on the pages of reports and commitments is then each page's own title",
    "column_type": "ColumnType (栏目类别) is required on columns, lists and articles",
}
_DISCLOSURE = {
    "index_number": "索引号", "category": "主题分类", "number": "发文字号", "written": "成文日期", "validity": "有效性",
}  # fmt: skip
# The texts that stand in tags and at the foot, and in which of them.
_SITE_TEXTS = {
    "name": "the title of the front page",
    "short_name": "SiteName",
    "tagline": "ColumnDescription",
    "publisher": "the foot",
}
_GOVERNMENT_TEXTS = {
    "organizer": "the foot", "operator": "the foot", "contact": "the foot", "column": "ColumnName", "column_type": "ColumnType",
}  # fmt: skip
_REPORT_TEXTS = {
    "title": "ArticleTitle",
    "issuer": "ContentSource",
    "region": "the share image and JSON-LD",
    "notice": "the report's pages",
}
_DISCLOSED_TEXTS = dict.fromkeys(("category", "number", "validity"), "the header block")


def missing(project: Project) -> Iterator[str]:
    """Each value that is missing, and what it is required for; each text without English, and where it is shown."""
    file = project.source / "site.yml"
    if not project.base_url:
        yield (
            f"{file}: base_url is empty: no canonical address, hreflang, sitemap, share image, SiteDomain, Image or Url can be written; "
            f"SiteDomain is required on every page, {_GUIDELINES}"
        )
    for key, reason in _GOVERNMENT.items():
        if not project.government.get(key):
            yield f"{file}: government.{key} is empty: {reason}, {_GUIDELINES}"
    texts = {key: getattr(project, key) for key in _SITE_TEXTS}
    yield from _untranslated(project, file, "", texts, _SITE_TEXTS)
    yield from _untranslated(project, file, "government.", project.government, _GOVERNMENT_TEXTS)
    for report in project.reports:
        file = report.folder / "report.yml"
        if not report.published:
            yield f"{file}: published is empty: PubDate is required on every article, {_GUIDELINES}"
        if not report.url:
            yield f"{file}: url is empty: ContentSource names a source, and a reader is to find the official text there, {_GUIDELINES}"
        given = report.disclosure or {}
        empty = [f"{key} ({label})" for key, label in _DISCLOSURE.items() if not given.get(key)]
        if empty:
            yield f"{file}: disclosure lacks {', '.join(empty)}: the header block of a disclosed document (政府信息公开) asks for them"
        yield from _untranslated(
            project, file, "", {key: getattr(report, key) for key in _REPORT_TEXTS}, _REPORT_TEXTS, report
        )
        yield from _untranslated(project, file, "disclosure.", given, _DISCLOSED_TEXTS, report)


def _untranslated(
    project: Project,
    file: Path,
    prefix: str,
    texts: Mapping[str, Any],
    places: Mapping[str, str],
    report: Report | None = None,
) -> Iterator[str]:
    """Texts that the English pages show in Chinese, and those that can be converted to Traditional Chinese only by a guess."""
    given = {key: texts[key] for key in places if texts.get(key)}
    for key, values in given.items():
        if "en" in project.languages and "en" not in values and HAN.search(values["zh-Hans"]):
            yield f"{file}: {prefix}{key} has no English: the English pages say it in Chinese ({places[key]})"
        if "zh-Hant" in project.languages and "zh-Hant" not in values:
            for context, chosen in decisions.undecided_in(project, values["zh-Hans"], report):
                yield (
                    f"{file}: {prefix}{key} has no zh-Hant, and nobody has decided {context} → {chosen} ({places[key]}): "
                    "write it beside the Simplified text, or decide the word in protected.yml"
                )
