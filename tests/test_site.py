"""The build: pages in step in every language, nothing dangling, nothing run, the same bytes again, all or nothing."""

import os
import re
import subprocess
import sys
from urllib.parse import unquote, urlsplit

import pytest

from .conftest import LANGUAGES, QINGHE, ROOT, Html, add_report, edit, snapshot


def pages(site, language):
    return {path.relative_to(site / language).as_posix() for path in (site / language).rglob("*.html")}


def dangling(site):
    """Every address inside the site that leads nowhere, as `page → address`."""
    parsed = {path: Html(path) for path in site.rglob("*.html")}
    wrong = []
    for page, found in parsed.items():
        for _, _, address in found.links:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            if (page.name != "404.html" and not target.is_file()) or (
                parts.fragment and target in parsed and parts.fragment not in parsed[target].ids
            ):
                wrong.append(f"{page.relative_to(site)} → {address}")
    return wrong


def test_the_real_site_has_the_same_pages_in_every_language(built):
    first, *others = (pages(built / "site", language) for language in LANGUAGES)
    assert len(first) > 240
    assert all(other == first for other in others)


def test_paragraphs_have_the_same_ids_in_every_language(built):
    ids = [Html(built / "site" / language / "shangcheng-2020/index.html").ids for language in LANGUAGES]
    assert [one for one in ids[0] if one.startswith(("p0", "sc2020"))] == [
        one for one in ids[1] if one.startswith(("p0", "sc2020"))
    ]
    assert {one for one in ids[0] if one.startswith("p0")} == {one for one in ids[2] if one.startswith("p0")}
    assert len(set(ids[0])) == len(ids[0]), "an id stands once"


def test_no_link_leads_nowhere(built):
    assert dangling(built / "site") == []


def test_nothing_is_loaded_from_elsewhere_and_nothing_is_inline(built):
    for page in (built / "site").rglob("*.html"):
        found = Html(page)
        for tag, name, address in found.links:
            assert not (tag in ("script", "link", "img", "iframe") and urlsplit(address).netloc), (
                f"{page}: {tag} {name} {address}"
            )
        assert all(
            "src" in attributes or attributes.get("type") == "application/ld+json"
            for attributes in found.attributes("script")
        ), page
        assert not found.attributes("style"), page
        assert not [
            tag
            for tag, attributes in found.tags
            if "style" in attributes or any(key.startswith("on") for key in attributes)
        ], page


def test_every_commitment_is_marked_in_the_text_and_leads_back(built):
    site = built / "site/zh-Hans/shangcheng-2020"
    ids = Html(site / "index.html").ids
    cards = sorted(path.stem for path in (site / "commitments").glob("sc2020-*.html"))
    assert len(cards) == 240 and set(cards) <= set(ids)


def test_the_official_text_is_on_the_page_character_for_character(built):
    text = (ROOT / "source/shangcheng-2020/report.txt").read_text(encoding="utf-8")
    shown = Html(built / "site/zh-Hans/shangcheng-2020/index.html").text
    half = str.maketrans("，：；！？（）", ",:;!?()")  # the page typesets half-width marks, one for one
    compact = "".join(shown.split()).translate(half)
    for line in text.split("\n"):
        assert "".join(line.split()).translate(half) in compact, line[:40]
    assert "，" in shown and not re.search(
        r"[\u4e00-\u9fff][,;:]", "".join(Html(built / "site/zh-Hans/shangcheng-2020/index.html").text.split())
    )


def test_a_second_build_gives_the_same_bytes(qinghe, cli):
    cli("build", root=qinghe)
    before = snapshot(qinghe / "site")
    cli("build", root=qinghe)
    assert snapshot(qinghe / "site") == before


def test_a_build_elsewhere_gives_the_same_bytes(built, project):
    command = [sys.executable, "-m", "scripts", "--root", str(project), "build"]
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai", "LANG": "C", "SOURCE_DATE_EPOCH": ""}
    environment = {name: value for name, value in environment.items() if value}
    subprocess.run(command, cwd=ROOT, check=True, env=environment, stdout=subprocess.DEVNULL)
    here, there = snapshot(built / "site"), snapshot(project / "site")
    assert here.keys() == there.keys()
    assert [name for name in here if here[name] != there[name]] == []


def test_a_failing_build_leaves_the_old_site(qinghe, cli):
    cli("build", root=qinghe)
    before = snapshot(qinghe / "site")
    edit(qinghe / "overrides/main.html", "<!doctype html>", "<!doctype html>{{ nonsense(")
    failed = cli("build", root=qinghe, code=1)
    assert (
        "MkDocs could not build" in failed.output
        and "Traceback (most recent call last):" not in failed.output.split("MkDocs", 1)[0]
    )
    assert snapshot(qinghe / "site") == before
    assert not list(qinghe.glob(".site*"))


def test_what_an_interrupted_build_left_is_cleared(qinghe, cli):
    cli("build", root=qinghe)
    before = snapshot(qinghe / "site")
    os.replace(qinghe / "site", qinghe / ".site.old-999")
    (qinghe / ".site.tmp-half").mkdir()
    edit(qinghe / "overrides/main.html", "<!doctype html>", "<!doctype html>{{ nonsense(")
    cli("build", root=qinghe, code=1)
    assert snapshot(qinghe / "site") == before, "the old site is back"
    assert not list(qinghe.glob(".site*"))


def test_the_root_may_be_named_from_where_one_stands(qinghe, cli, monkeypatch):
    monkeypatch.chdir(qinghe)
    cli("build", root=".")
    assert {"zh-Hans", "zh-Hant", "en"} <= {path.name for path in (qinghe / "site").iterdir()}


def test_plain_mkdocs_builds_the_simplified_edition(qinghe, cli, tmp_path):
    cli("build", root=qinghe)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-d", str(tmp_path / "plain")]
    subprocess.run(command, cwd=qinghe, check=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    built = qinghe / "site/zh-Hans"
    assert (tmp_path / "plain/index.html").read_text(encoding="utf-8") == (built / "index.html").read_text(
        encoding="utf-8"
    )


HOSTILE = "建设<b>智慧</b>平台<script>alert(1)</script>{{ 7*7 }}{% raw %}*着重*[链接](javascript:alert(2))<!--&amp;`码`"
UNESCAPED = "建设&lt;/title&gt;&lt;b&gt;平台"  # becomes a tag where entities are resolved once too often


def test_html_and_markdown_in_a_report_are_text(empty, cli):
    text = QINGHE.replace("建设青禾软件园", HOSTILE).replace(
        "一、全力以赴发展产业", "一、发展<i>产业</i>*重点*{{ 1+1 }}"
    )
    add_report(empty, text)
    cli("draft", "qinghe-2031", root=empty)
    cli("build", root=empty)
    for language in LANGUAGES:
        folder = empty / "site" / language / "qinghe-2031"
        for page in [folder / "index.html", *(folder / "commitments").glob("*.html")]:
            found = Html(page)
            assert not found.attributes("b") and not found.attributes("i") and not found.attributes("em"), page
            assert all(
                "src" in attributes or attributes.get("type") == "application/ld+json"
                for attributes in found.attributes("script")
            ), page
            assert not any(address.startswith("javascript") for _, _, address in found.links), page
    shown = Html(empty / "site/zh-Hans/qinghe-2031/index.html").text
    assert HOSTILE in shown and "发展<i>产业</i>*重点*{{ 1+1 }}" in shown
    assert dangling(empty / "site") == []


def test_a_title_is_text(qinghe, cli):
    edit(qinghe / "source/qinghe-2031/report.txt", "出台人才安居办法", UNESCAPED)
    edit(qinghe / "source/qinghe-2031/commitments/qh2031-s1-002.md", "quote: 出台人才安居办法", f"quote: '{UNESCAPED}'")
    edit(
        qinghe / "source/qinghe-2031/report.yml", "zh-Hans: 青禾区政府工作报告", f"zh-Hans: '青禾<b>区</b>{UNESCAPED}'"
    )
    edit(qinghe / "source/site.yml", "zh-Hans: 言行\n", f"zh-Hans: '言<b>行</b>{UNESCAPED}'\n")
    edit(qinghe / "source/site.yml", "publisher:\n", f"publisher: {{zh-Hans: '<b>&amp;</b>{UNESCAPED}'}}\n")
    cli("draft", "qinghe-2031", root=qinghe)
    cli("build", root=qinghe)
    for page in (qinghe / "site").rglob("*.html"):
        assert not Html(page).attributes("b"), page
    shown = Html(qinghe / "site/zh-Hans/qinghe-2031/commitments/qh2031-s1-002.html").text
    assert f"{UNESCAPED} · 青禾<b>区</b>{UNESCAPED} · 言<b>行</b>{UNESCAPED}" in shown


@pytest.mark.parametrize("languages", [("zh-Hans",), ("zh-Hans", "en"), ("en", "zh-Hans", "zh-Hant")], ids=" ".join)
def test_a_site_in_other_languages(qinghe, cli, languages):
    edit(qinghe / "source/site.yml", "languages: [zh-Hans, zh-Hant, en]", f"languages: [{', '.join(languages)}]")
    cli("build", root=qinghe)
    assert {path.name for path in (qinghe / "site").iterdir() if path.is_dir()} == {*languages, "data"}
    assert [one["lang"] for one in Html(qinghe / "site/index.html").attributes("a")] == list(languages)
    for language in languages:
        switch = [
            one["lang"]
            for one in Html(qinghe / "site" / language / "method.html").attributes("a")
            if one.get("hreflang") and "lang" in one
        ]
        assert switch == list(languages)
    assert dangling(qinghe / "site") == []


def test_two_reports_side_by_side(qinghe, cli):
    add_report(qinghe, QINGHE, "qinghe-2032", "qh2032")
    cli("draft", "qinghe-2032", root=qinghe)
    cli("build", root=qinghe)
    home = Html(qinghe / "site/en/index.html")
    assert {"qinghe-2031/index.html", "qinghe-2032/index.html"} <= {address for _, _, address in home.links}
    assert dangling(qinghe / "site") == []


def test_an_address_gives_absolute_alternates(qinghe, cli):
    edit(qinghe / "source/site.yml", "base_url:\n", "base_url: https://qinghe.example/promises/\n")
    cli("build", root=qinghe)
    found = Html(qinghe / "site/en/qinghe-2031/index.html")
    alternates = {
        one["hreflang"]: one["href"] for one in found.attributes("link", rel="alternate") if "hreflang" in one
    }
    assert alternates["zh-Hant"] == "https://qinghe.example/promises/zh-Hant/qinghe-2031/index.html"
    assert set(alternates) == {*LANGUAGES, "x-default"}
    assert (
        found.attributes("link", rel="canonical")[0]["href"]
        == "https://qinghe.example/promises/en/qinghe-2031/index.html"
    )


def test_no_address_names_another_host_by_accident(built):
    """//index.html, as MkDocs' root gives it on the error page, is a host to a browser."""
    wrong = [
        page
        for page in (built / "site").rglob("*.html")
        if any(address.startswith("//") for _, _, address in Html(page).links)
    ]
    assert wrong == []


def test_the_name_of_a_neighbouring_district_is_right_in_traditional_characters(built):
    """干 in 江干区 is a name, not 乾 (dry)."""
    text = Html(built / "site/zh-Hant/index.html").text
    assert "江干區" in text and "江乾" not in text
