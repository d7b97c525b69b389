"""What inspections of government websites would find missing. Remarks: a site that is no government's does without."""

from __future__ import annotations

from collections.abc import Iterator

from ..config import Project

_GUIDELINES = "政府网站发展指引 (国办发〔2017〕47号)"
_GOVERNMENT = {
    "id_code": "SiteIDCode is required on every page, and the code at its foot",
    "organizer": "the organiser (主办单位) is required at the foot of every page",
    "contact": "a way to reach the organiser is required at the foot of every page",
    "icp": "the ICP registration number is required at the foot of every page",
    "police": "the public security registration number is required at the foot of every page",
    "column_type": "ColumnType is required on home pages and lists",
}
_DISCLOSURE = {
    "index_number": "索引号", "category": "主题分类", "number": "发文字号", "written": "成文日期", "validity": "有效性",
}  # fmt: skip


def missing(project: Project) -> Iterator[str]:
    """Each value that is missing, and what it is required for."""
    file = project.source / "site.yml"
    if not project.base_url:
        yield f"{file}: base_url is empty: no canonical address, hreflang, sitemap, SiteDomain or Url can be written"
    for key, reason in _GOVERNMENT.items():
        if not project.government.get(key):
            yield f"{file}: government.{key} is empty: {reason}, {_GUIDELINES}"
    for report in project.reports:
        file = report.folder / "report.yml"
        if not report.published:
            yield f"{file}: published is empty: PubDate is required on every article, {_GUIDELINES}"
        empty = [f"{key} ({label})" for key, label in _DISCLOSURE.items() if not (report.disclosure or {}).get(key)]
        if empty:
            yield f"{file}: disclosure lacks {', '.join(empty)}: the header block of a disclosed document (政府信息公开) asks for them"
