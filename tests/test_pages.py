"""docs/: Markdown with front matter, in step in every language; nothing in a text is ever run."""

import re

import pytest
import yaml

from scripts import config
from scripts.docs import write_docs
from scripts.pages.text import inline

from .conftest import LANGUAGES, QINGHE, add_report, edit, snapshot


@pytest.fixture
def docs(qinghe):
    """Write docs/ and give its folder."""

    def docs():
        write_docs(config.load_project(qinghe))
        return qinghe / "docs"

    return docs


def front(file):
    _, head, body = file.read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(head), body


def test_every_language_has_the_same_files(docs):
    folder = docs()
    first, *others = (
        {path.relative_to(folder / one).as_posix() for path in (folder / one).rglob("*") if path.is_file()}
        for one in LANGUAGES
    )
    assert all(other == first for other in others)
    assert {
        "index.md",
        "method.md",
        "search/index.js",
        "qinghe-2031/index.md",
        "qinghe-2031/commitments/index.md",
    } < first
    assert sum(name.startswith("qinghe-2031/commitments/qh2031-") for name in first) == 6


@pytest.mark.parametrize(
    "language, title, status",
    [
        ("zh-Hans", "引进数字企业12家", "待评估"),
        ("zh-Hant", "引進數字企業12家", "待評估"),
        ("en", "引进数字企业12家", "Not yet assessed"),  # no one has translated it
    ],
)
def test_front_matter_says_what_a_page_is(docs, language, title, status):
    found, body = front(docs() / language / "qinghe-2031" / "commitments" / "qh2031-s1-001.md")
    assert {key: found[key] for key in ("kind", "id", "status", "section", "paragraph", "report", "title")} == {
        "kind": "commitment", "id": "qh2031-s1-001", "status": "unassessed", "section": "s1", "paragraph": "p007", "report": "qinghe-2031", "title": title
    }  # fmt: skip
    assert status in found["description"] and 'href="../index.html#p007"' in body


def test_a_second_run_touches_no_file(docs):
    folder = docs()
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    docs()
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_what_is_no_longer_made_is_removed_and_the_readme_stays(docs, qinghe):
    folder = docs()
    (folder / "en" / "old.md").write_text("old", encoding="utf-8")
    (qinghe / "source" / "qinghe-2031" / "commitments" / "qh2031-s1-002.md").unlink()
    edit(qinghe / "source" / "site.yml", "[zh-Hans, zh-Hant, en]", "[zh-Hans, en]")
    docs()
    assert not (folder / "en" / "old.md").exists() and (folder / "README.md").exists()
    assert not list(folder.rglob("qh2031-s1-002.md"))
    assert not (folder / "zh-Hant").exists() and not (folder / "mkdocs.zh-Hant.yml").exists()


def test_a_page_of_the_sites_own_that_is_missing_is_told(qinghe, cli):
    file = qinghe / "source" / "pages" / "method.en.md"
    file.unlink()
    assert str(file) in cli("build", root=qinghe, code=1).stderr


@pytest.mark.parametrize("language, wrong", [("zh-Hans", False), ("zh-Hant", True), ("en", True)])
def test_what_is_no_original_says_so_on_every_page(docs, language, wrong):
    says = {"zh-Hant": "本頁不是原文。以簡體中文原文為準。", "en": "The Simplified Chinese original prevails"}.get(
        language, "本页不是原文"
    )
    for file in (docs() / language / "qinghe-2031").rglob("*.md"):
        assert (says in file.read_text(encoding="utf-8")) is wrong, file


def test_an_untranslated_sentence_has_its_language_and_a_label(docs):
    body = front(docs() / "en" / "qinghe-2031" / "index.md")[1]
    paragraph = body[body.index('<p id="p006"') :].partition("</p>")[0]
    assert re.search(r'<span class="untranslated" lang="zh-Hans">(<a[^>]*>)?数字经济(</a>)?是青禾的长板', paragraph)
    assert '<span class="label-untranslated">not yet translated</span>' in paragraph
    assert "label-untranslated" not in front(docs() / "zh-Hant" / "qinghe-2031" / "index.md")[1]


@pytest.mark.parametrize(
    "text",
    [
        "**a** _b_ `c` [d](e)",
        "<b>a</b> &amp;",
        "{{ x }} {% y %} { #id }",
        "# 1. - + > | ~~x~~ ^[1] \\",
        "http://a.b/c?d=e",
        "“引号”，全角",
    ],
)
def test_a_heading_is_text_whatever_stands_in_it(text):
    import markdown
    from markupsafe import Markup

    shown = markdown.markdown(f"## {inline(text)} {{ #s1 }}", extensions=["attr_list", "md_in_html", "tables"])
    assert shown.startswith('<h2 id="s1">') and Markup(shown).unescape()[12:-5] == text


@pytest.mark.parametrize(
    "old", ["半年进展", "已开工3个", "上半年完成情况", "publisher: 区政府", "by: 督查室", "区民政局"]
)
def test_what_people_write_in_the_ledger_is_text(docs, qinghe, old):
    file = qinghe / "source" / "qinghe-2031" / "commitments" / "qh2031-l01-01.md"
    hostile = "'<script>alert(1)</script> {{ 7*7 }} **x** &lt;b&gt;'"
    edit(file, old, old.partition(": ")[0] + ": " + hostile if ": " in old else hostile)
    for language in LANGUAGES:
        body = front(docs() / language / "qinghe-2031" / "commitments" / file.name)[1]
        assert (
            "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }} **x** &amp;lt;b&amp;gt;" in body and "<script" not in body
        )


def test_two_reports_have_a_folder_each(docs, qinghe, cli):
    before = snapshot(docs() / "en" / "qinghe-2031")
    add_report(qinghe, QINGHE, "qinghe-2032", "qh2032")
    cli("draft", "qinghe-2032", root=qinghe)
    folder = docs() / "en"
    assert snapshot(folder / "qinghe-2031") == before
    assert {path.stem[:6] for path in (folder / "qinghe-2032" / "commitments").glob("qh*.md")} == {"qh2032"}
