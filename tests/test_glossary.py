"""The glossary: terms are found in the text, their renderings in the English, and explained on the pages."""

import pytest

from scripts import config, glossary
from scripts.glossary import Glossary, Term, rendering_in

from .conftest import ROOT

TERM = """\
数字经济:
  en: digital economy
  accepted: [digital industries]
  explanation: {zh-Hans: 以数据为生产要素的“经济”活动。, en: Economic activity in which data is a factor of production.}
青禾软件园: {en: Qinghe Software Park}
"""


@pytest.fixture
def told(qinghe):
    """The made-up project with a glossary."""
    (qinghe / "source/glossary.yml").write_text(TERM, encoding="utf-8")
    return qinghe


def test_of_terms_that_overlap_the_longest_is_found():
    words = Glossary((Term("未来社区", "future community"), Term("社区", "community"), Term("新未来", "new future")))
    assert [term.zh for _, _, term in words.found_in("推进未来社区建设,社区治理")] == ["未来社区", "社区"]
    assert Glossary().found_in("社区") == []


@pytest.mark.parametrize(
    ("text", "rendering", "stands"),
    [
        ("three future communities", "future community", True),
        ("a “future” community", "future community", True),
        ("Future-Community plots", "future community", True),
        ("the <c1>future</c1> community", "future community", True),
        ("a futurecommunity", "future community", False),
        ("the community of the future", "future community", False),
        ("the “1211” Talent Programme", "1211 Talent Programme", True),
        ("the 11211 Talent Programme", "1211 Talent Programme", False),
        ("house prices", "housing", False),
    ],
)
def test_a_rendering_is_found_whatever_its_number_and_hyphens(text, rendering, stands):
    assert bool(rendering_in(text, [rendering])) == stands


def test_the_sites_glossary_is_complete():
    terms = glossary.load(config.load_project(ROOT)).terms
    explained = [term for term in terms if term.explanation]
    assert len(explained) >= 120
    assert len({term.slug for term in terms}) == len(terms), "each has an anchor of its own"
    for term in explained:
        assert set(term.explanation) >= {"zh-Hans", "en"}
    text = config.report_text(config.load_project(ROOT).report("shangcheng-2020"))
    assert [term.zh for term in terms if term.zh not in text] == []


def test_a_broken_glossary_is_one_clear_line(qinghe, cli):
    (qinghe / "source/glossary.yml").write_text("数字经济: {zh-Hant: 數字經濟}\n", encoding="utf-8")
    said = cli("build", root=qinghe, code=1).output
    assert "glossary.yml" in said and "“en” is missing" in said and said.count("\n") == 1


def test_terms_are_links_with_their_explanation_once_in_a_section(told, cli, web):
    cli("build", root=told)
    page = (told / "docs/zh-Hans/qinghe-2031/index.md").read_text(encoding="utf-8")
    link = (
        '<a class="term" href="../glossary.html#digital-economy" data-tip="以数据为生产要素的“经济”活动。">数字经济</a>'
    )
    assert page.count(link) == 1, "the section says it twice"
    traditional = (told / "docs/zh-Hant/qinghe-2031/index.md").read_text(encoding="utf-8")
    assert 'data-tip="以數據為生產要素的“經濟”活動。">數字經濟</a>' in traditional
    assert "Qinghe Software Park" in (told / "docs/zh-Hans/glossary.md").read_text(encoding="utf-8")


def test_the_glossary_page_leads_to_every_place(told, cli):
    cli("build", root=told)
    page = (told / "docs/en/glossary.md").read_text(encoding="utf-8")
    assert '<div id="digital-economy"><dt>digital economy <span lang="zh-Hans">数字经济</span></dt>' in page
    assert "Economic activity in which data is a factor of production." in page
    assert 'href="qinghe-2031/index.html#p006">p006</a>' in page


def test_a_site_without_a_glossary_has_no_page_and_no_link_to_it(qinghe, cli):
    (qinghe / "source/glossary.yml").unlink(missing_ok=True)
    cli("build", root=qinghe)
    assert not (qinghe / "docs/en/glossary.md").exists()
    assert "glossary.html" not in (qinghe / "site/en/index.html").read_text(encoding="utf-8")
