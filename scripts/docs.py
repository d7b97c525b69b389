"""Writing docs/: the Markdown of every language, its search index, and the MkDocs configuration that goes with it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import material

from . import embed, files, hant, metadata, opendata, search, share
from .assemble import editions, interface
from .config import Project
from .edition import ORIGINAL, Edition
from .pages import pages

_ICONS = Path(material.__file__).parent / "templates" / ".icons" / "material"
LANGUAGE_NAMES = {"zh-Hans": "简体", "zh-Hant": "繁體", "en": "English"}


def write_docs(project: Project, offline: bool = False) -> dict[str, list[Edition]]:
    """Write docs/<language>/ and docs/mkdocs.<language>.yml for every language, and docs/data/; return the editions by language.

    `offline` leaves out what is of use on the web only: embeds, feeds and files of single commitments, tags for machines.

    Files that are no longer made are removed; files whose content has not changed are left untouched.
    """
    by_report = [editions(project, report) for report in project.reports]
    convert = hant.converter(project)
    variants = search.variants(project, [by_language[ORIGINAL] for by_language in by_report])
    data = opendata.make(project, by_report)
    if offline:
        data = tuple(file for file in data if not file.commitment and file.kind not in opendata.FEEDS)
    for file in data:
        files.write(project.docs / "data" / file.path, file.content)
    _remove_others(project.docs / "data", {project.docs / "data" / file.path for file in data})
    cut = embed.cuts(by_report, project.base_url)
    result = {}
    for language in project.languages:
        own = [by_language[language] for by_language in by_report]
        t = interface(project, language)
        folder = project.docs / language
        partners = {
            by_language[language].report.id: by_language[_partner(language, by_language)] for by_language in by_report
        }
        wanted = {
            folder / path: content
            for path, content in pages(project, language, own, convert, t, partners, data, offline)
        }
        wanted[folder / "search" / "index.js"] = search.index(own, variants)
        wanted[folder / "assets" / "words.js"] = _words(t)
        if not offline:
            provider = hant.in_language(project.short_name, language, convert)
            embeds = embed.files(own, project.languages, project.base_url, provider, cut)
            wanted |= {folder / path: content for path, content in embeds}
            if project.base_url and share.available():  # Open Graph needs absolute addresses
                wanted |= {folder / edition.report.id / share.NAME: share.image(edition, provider) for edition in own}
        for path, content in wanted.items():
            files.write(path, content)
        _remove_others(folder, set(wanted))
        configuration = _configuration(project, language, own, t, offline)
        files.write(project.docs / f"mkdocs.{language}.yml", _yaml(configuration))
        result[language] = own
    for other in project.docs.glob("mkdocs.*.yml"):
        if other.name.split(".")[1] not in project.languages:
            other.unlink()
            shutil.rmtree(project.docs / other.name.split(".")[1], ignore_errors=True)
    return result


def _partner(language: str, available: Mapping[str, Edition]) -> str:
    """The edition that stands beside one: the original; beside the original the English, or whatever there is."""
    if language != ORIGINAL and ORIGINAL in available:
        return ORIGINAL
    return next((one for one in ("en", "zh-Hant") if one in available and one != language), language)


def _remove_others(folder: Path, wanted: set[Path]) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_file() and path not in wanted:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()


def _yaml(configuration: dict) -> str:
    """One key a line, values as JSON, which is YAML that cannot be misread."""
    head = "# Generated from source/ by `python -m scripts build`; changes here are lost.\n"
    return head + "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in configuration.items())


def words_of(t: Callable[..., str]) -> dict:
    """What only the scripts of the pages say, and the icons of their buttons: {"words": …, "icons": …}."""
    words = {
        "search": t("搜索"), "search_label": t("搜索报告与承诺"), "close": t("关闭"), "dark": t("切换深色模式"),
        "elder": t("长者模式（大字）"), "results": t("搜索结果"), "hits": t("%(n)s条结果", n="{n}"), "hit_one": t("1条结果"),
        "hits_shown": t("%(n)s条结果，先列出%(shown)s条", n="{n}", shown="{shown}"), "more_hits": t("列出更多结果"),
        "no_hits": t("没有找到。请减少字词，或换一种说法。"), "loading": t("正在载入…"),
        "failed": t("搜索索引没有载入，请重试。"),
    }  # fmt: skip
    names = {"search": "magnify", "elder": "format-size", "dark": "theme-light-dark"}
    icons = {key: (_ICONS / f"{name}.svg").read_text(encoding="utf-8") for key, name in names.items()}
    return {"words": words, "icons": icons}


def _words(t: Callable[..., str]) -> str:
    """assets/words.js of one language; without it the pages would repeat all this 700 times."""
    return f"globalThis.yanxingWords = {json.dumps(words_of(t), ensure_ascii=False)};\n"


def _configuration(project: Project, language: str, own: list[Edition], t: Callable[..., str], offline: bool) -> dict:
    convert = hant.converter(project)

    base = language == ORIGINAL  # mkdocs.yml is the Simplified edition, whichever language stands first
    navigation = []
    for edition in own:
        folder = edition.report.id
        navigation.append({"title": t("报告全文"), "url": f"{folder}/index.html", "report": folder})
        navigation.append({"title": t("承诺索引"), "url": f"{folder}/commitments/index.html", "report": folder})
        navigation.append({"title": t("上年对照"), "url": f"{folder}/targets.html", "report": folder})
    if any(edition.glossary for edition in own):
        navigation.append({"title": t("词汇表"), "url": "glossary.html", "report": ""})
    if own:
        navigation.append({"title": t("下载"), "url": "downloads.html", "report": ""})
    navigation.append({"title": t("说明"), "url": "method.html", "report": ""})
    words = {
        "skip": t("跳到正文"), "navigation": t("主导航"), "languages": t("语言"), "contents": t("目录"),
        "changes": t("状态变动"), "embedding": t("嵌入"), "method": t("说明"), "prevails": t("以简体中文原文为准。"),
        "not_found": t("没有这个页面。"),
    }  # fmt: skip
    configuration = {} if base else {"INHERIT": "../mkdocs.yml"}
    return configuration | {
        "site_name": hant.in_language(project.name, language, convert),
        "site_url": f"{project.base_url}{language}/" if project.base_url else "",
        "docs_dir": f"docs/{language}" if base else language,
        "site_dir": f"site/{language}" if base else f"../site/{language}",
        "theme": {"custom_dir": "overrides" if base else "../overrides", "language": language.split("-")[0]},
        "extra": {
            "language": language,
            "offline": offline,
            "languages": [{"code": code, "name": LANGUAGE_NAMES[code]} for code in project.languages],
            "root_url": "" if offline else project.base_url,
            "short_name": hant.in_language(project.short_name, language, convert),
            "publisher": hant.in_language(project.publisher, language, convert),
            "foot": metadata.foot(project, language, convert, t),
            "site_tags": [] if offline else metadata.Describer(project, language, convert, t).site(),
            "navigation": navigation,
            "navigation_report": project.reports[0].id if project.reports else "",
            "words": words,
        },
    }
