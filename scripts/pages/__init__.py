"""Editions to Markdown: the pages of docs/<language>/, rendered from the templates beside this file.

Official text goes into HTML blocks with every character escaped, so that neither Markdown nor HTML in a report is ever
run; only headings are Markdown, since MkDocs makes the contents from them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import jinja2
from markupsafe import Markup

from .. import embed, hant, opendata
from ..config import Project
from ..edition import STATUS_WORDS, Card, Edition
from ..errors import Problem
from ..metadata import Describer
from ..plain import plain
from ..read import read_document
from . import charts, text
from .cite import citations

TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=jinja2.StrictUndefined,
)
MADE_WORDS = {"draft": "机器初译，尚无人校订", "translated": "已译，待第二人校订", "reviewed": "已经第二人对照原文校订"}
SORTS = {
    "": "报告中的顺序", "-order": "报告中的顺序，自后向前", "status": "状态", "-status": "状态，倒序", "due": "完成时限，先到期在前",
    "-due": "完成时限，后到期在前", "section": "部分", "-section": "部分，倒序", "theme": "主题", "change": "与上年相比，降幅大的在前",
    "-change": "与上年相比，增幅大的在前",
}  # fmt: skip
_TITLES = ("title", "report_title", "description")  # they go into the head, where nothing isolates their direction


def pages(
    project: Project,
    language: str,
    editions: list[Edition],
    convert,
    t,
    partners: Mapping[str, Edition] | None = None,
    data: Sequence[opendata.File] = (),
    offline: bool = False,
) -> Iterator[tuple[str, str]]:
    """(path below docs/<language>/, content) of every page of one language, in a fixed order.

    `partners` are the editions, by report, that stand beside this one on its bilingual page; `data` the open data;
    `offline` a copy that is read from the disk: nothing that only a website can offer.
    """
    common = {
        "section_list": _sections, "status_words": STATUS_WORDS,
        "describe": _nothing if offline else Describer(project, language, convert, t, editions, data),
        "base_url": project.base_url, "offline": offline, "t": t, "language": language, "editions": editions,
    }  # fmt: skip
    name, tagline = (
        hant.in_language(project.name, language, convert),
        hant.in_language(project.tagline or {}, language, convert),
    )
    home = {"title": name, "description": tagline or name, "kind": "home"}
    yield "index.md", _page("home.md", home, name=name, tagline=tagline, **common)
    for edition in editions:
        yield from _report_pages(edition, common, partners or {})
    if any(edition.glossary for edition in editions):
        terms, names = _glossary(editions)
        front = {
            "title": t("词汇表"),
            "description": t("报告中的固定提法、机构和地名：英文译法与解释"),
            "kind": "glossary",
        }
        yield "glossary.md", _page("glossary.md", front, terms=terms, names=names, **common)
    if editions:
        front = {
            "title": t("下载"),
            "description": t("报告和承诺的全部数据：JSON、CSV、Excel、订阅源和日历"),
            "kind": "downloads",
        }
        yield "downloads.md", _page("downloads.md", front, **_downloads(data, editions), **common)
    if not offline:
        front = {
            "title": t("嵌入到别的网站"),
            "description": t("把承诺和清单放进别的网站：框架、HTML片段、服务器端包含、自定义元素、oEmbed"),
            "kind": "embedding",
        }
        yield "embedding.md", _page("embedding.md", front, **common)
    method = _own_page(project, "method", language, convert)
    front = {"title": t("说明"), "description": t("本站如何找出承诺、如何认定状态、如何引用"), "kind": "method"}
    yield "method.md", _page("own.md", front, body=Markup(method), **common)


def _report_pages(edition: Edition, common: Mapping, partners: Mapping[str, Edition]) -> Iterator[tuple[str, str]]:
    t, folder = edition.t, edition.report.id
    title = edition.title.text
    front = {"report": folder, "report_title": title}
    common = {**common, "e": edition, "statuses": STATUS_WORDS}
    yield (
        f"{folder}/index.md",
        _page(
            "report.md",
            {
                **front,
                "title": title,
                "description": t("%(title)s全文，逐段可引用，标出其中每一项承诺", title=title),
                "kind": "report",
            },
            **common,
        ),
    )
    if other := partners.get(folder):
        front_of_pair = {
            **front,
            "title": t("双语对照"),
            "description": t("%(title)s双语逐句对照", title=title),
            "kind": "bilingual",
        }
        yield (
            f"{folder}/bilingual.md",
            _page("bilingual.md", front_of_pair, rows=_aligned(edition, other), o=other, **common),
        )
    front_of_print = {
        **front,
        "title": t("印刷版"),
        "description": t("%(title)s的印刷版：全文和任务分解表", title=title),
        "kind": "print",
    }
    yield f"{folder}/print.md", _page("print.md", front_of_print, sections=_sections(edition), **common)
    yield (
        f"{folder}/commitments/index.md",
        _page(
            "index.md",
            {
                **front,
                "title": t("承诺索引"),
                "description": t("%(title)s中的全部承诺及其状态", title=title),
                "kind": "index",
            },
            **index_values(edition),
            **common,
        ),
    )
    groups = charts.compared(edition)
    yield (
        f"{folder}/targets.md",
        _page(
            "targets.md",
            {
                **front,
                "title": t("目标与上年结果对照"),
                "description": t("%(title)s中的每个量化目标，与报告所载的上年结果对照", title=title),
                "kind": "targets",
            },
            groups=groups,
            total=sum(map(len, groups.values())),
            without=sum(not target.direction for card in edition.cards for target in card.targets),
            shares=charts.shares({key: len(found) for key, found in groups.items()}),
            **common,
        ),
    )
    for card in edition.cards:
        yield (
            f"{folder}/commitments/{card.id}.md",
            _page("commitment.md", front | _card_front(card, t), c=card, **common),
        )


def disclosure(edition: Edition) -> list[tuple[str, str]]:
    """(label, value) of the header block of an official document, where report.yml gives any of it."""
    given, t, report = edition.disclosure, edition.t, edition.report
    if not given:
        return []
    rows = (
        ("索引号", given.get("index_number")), ("主题分类", given.get("category")), ("发文机关", edition.issuer.text),
        ("成文日期", given.get("written")), ("标题", edition.title.text), ("发文字号", given.get("number")),
        ("发布日期", edition.published or report.published), ("有效性", given.get("validity")),
    )  # fmt: skip
    return [(t(label), value) for label, value in rows if value]


def index_values(edition: Edition) -> dict:
    """What the index counts and offers beside its rows."""
    sections = _sections(edition)
    by_project, by_direction = charts.counted(edition)
    return {
        "sections": sections,
        "by_section": charts.matrix(edition, [(key, label) for key, label, _ in sections], "section"),
        "by_theme": charts.matrix(edition, list(edition.themes.items()), "theme"),
        "leads": charts.leads(edition),
        "projects": charts.projects(edition),
        "project_counts": by_project,
        "any_project": any(charts.is_project(key) for key, _, _ in sections),
        "against_counts": by_direction,
        "against_words": charts.DIRECTION_WORDS | {charts.NO_BASELINE: "没有上年结果"},
        "sorts": SORTS,
    }


def _aligned(edition: Edition, other: Edition) -> list[tuple]:
    """(this edition's, the other's) headings and blocks, which stand in the same order in both."""
    return [
        (one, two, list(zip(one.blocks, two.blocks, strict=True)))
        for one, two in zip(edition.parts, other.parts, strict=True)
    ]


def _card_front(card: Card, t) -> dict:
    return {
        "title": _shorten(card.quote.text, 60),
        "description": f"{card.section_label} · {t('状态')}{t('：')}{card.status_label} · {_shorten(card.quote.text, 120)}",
        "kind": "commitment",
        "id": card.id,
        "status": card.status,
        "section": card.section,
        "paragraph": card.record.paragraph,
    }


def _nothing(*about) -> dict:
    """What a page says to machines where none will ask it."""
    return {}


def _page(template: str, front: dict, **values) -> str:
    """YAML front matter and Markdown. Values are written as JSON, which is YAML that cannot be misread."""
    front = {key: plain(value) if key in _TITLES else value for key, value in front.items()}
    front = front | values["describe"](front, values.get("e"), values.get("c"))
    head = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in front.items())
    body = TEMPLATES.get_template(template).render(front=front, **values)
    return f"---\n{head}---\n{body.strip()}\n"


def _downloads(data: Sequence[opendata.File], editions: list[Edition]) -> dict:
    """What the page of downloads lists: each report's files in the page's language, and those in the others."""
    listed = []
    for edition in editions:
        own = [file for file in data if file.report == edition.report.id and not file.commitment]
        own.sort(key=lambda file: list(opendata.USES).index(file.kind))
        here = [file for file in own if file.language in ("", edition.language) or file.kind == "text"]
        listed.append((edition, here, [file for file in own if file not in here]))
    return {
        "downloads": listed,
        "schemas": [file for file in data if file.kind == "schema"],
        "uses": opendata.USES,
        "status_column": opendata.STATUS_COLUMN,
        "schema_version": opendata.SCHEMA_VERSION,
        "size": lambda file: f"{max(1, round(len(file.content) / 1024)):,} KB",
    }


def _sections(edition: Edition) -> list[tuple[str, str, int]]:
    """(id, label, number of commitments) of the sections that hold commitments, in the order of the text."""
    labels = {card.section: card.section_label for card in edition.cards}
    return [(key, label, sum(card.section == key for card in edition.cards)) for key, label in labels.items()]


def _own_page(project: Project, name: str, language: str, convert) -> str:
    """A page of the site's own, from source/pages/<name>.<language>.md; zh-Hant is converted from zh-Hans."""
    written = "zh-Hans" if language == "zh-Hant" else language
    file = project.source / "pages" / f"{name}.{written}.md"
    if not file.is_file():
        raise Problem("no such page", file=file, todo="write it, every language has the same pages")
    text = read_document(file).text
    return convert(text) if language == "zh-Hant" else text


def _shorten(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def differs(card: Card, other: Card, edition: Edition) -> list[str]:
    """In what a promise that stands in the report twice differs: its figures there and here, its deadline."""
    t, found = edition.t, []
    here, there = ([one.indicator.text + t("：") + one.figure for one in own.targets] for own in (card, other))
    if here != there and (here or there):
        none = t("没有数字")
        found.append(
            t("此处：%(here)s；彼处：%(there)s", here=t("、").join(here) or none, there=t("、").join(there) or none)
        )
    if card.due != other.due:
        found.append(t("时限：%(here)s；彼处：%(there)s", here=card.due, there=other.due))
    return found


def _glossary(editions: list[Edition]) -> tuple[list, list]:
    """(explained terms, names) of all reports: (entry, [(report id, paragraph), …]), in the order of a dictionary."""
    found: dict[str, tuple] = {}
    for edition in editions:
        for slug, entry in edition.glossary.items():
            places = found.setdefault(slug, (entry, []))[1]
            places += [(edition.report.id, paragraph) for paragraph in entry.paragraphs]
    english = editions and editions[0].language == "en"
    ordered = sorted(found.values(), key=lambda one: _dictionary_order(one[0].name if english else one[0].original))
    return [one for one in ordered if one[0].explanation], [one for one in ordered if not one[0].explanation]


def _dictionary_order(name: str) -> bytes:
    """GB 18030 has the everyday characters in the order of their pronunciation."""
    return name.lower().strip("“”《》").encode("gb18030")


TEMPLATES.globals |= (
    {
        "say": text.say,
        "inline": text.inline,
        "sentence": text.sentence,
        "links": {
            "report": text.REPORT,
            "bilingual": text.BILINGUAL,
            "commitment": text.COMMITMENT,
            "print": text.PRINTED,
            "single": text.SINGLE,
            "beside": text.BESIDE,
        },
        "new_set": set,
        "made_words": MADE_WORDS,
        "citations": citations,
        "differs": differs,
        "disclosure": disclosure,
        "bullets": charts.bullets,
    }
    | charts.GLOBALS
    | embed.GLOBALS
)
