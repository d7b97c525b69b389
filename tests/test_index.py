"""The index and the targets beside last year's results, as pages: counts that add up, numbers that `compare` gives."""

import re
from collections import Counter

import pytest

from scripts import config, ledger
from scripts.compare import compare
from scripts.docs import write_docs

from .conftest import LANGUAGES, edit

REPORT = "shangcheng-2020"
ROW = re.compile(r'<tr role="row" id="(?P<id>[^"]+)"(?P<data>[^>]*)>.*?</tr>', re.S)
DATA = re.compile(r'data-([a-z]+)="([^"]*)"')
TEXT = re.compile(r"<[^>]+>")


def rows(page):
    """The rows of an index: id → (its data attributes, its HTML)."""
    return {found["id"]: (dict(DATA.findall(found["data"])), found.group()) for found in ROW.finditer(page)}


def bars(page):
    return re.findall(r'<svg class="bullet".*?</svg>', page, re.S)


@pytest.fixture
def docs(qinghe):
    """Write docs/ of Qinghe and give the text of one of its pages."""

    def docs(name="commitments/index", language="zh-Hans"):
        write_docs(config.load_project(qinghe))
        return (qinghe / "docs" / language / "qinghe-2031" / f"{name}.md").read_text(encoding="utf-8")

    return docs


@pytest.fixture(scope="module")
def real(built):
    """The ledger of the real report, and its pages as they were built."""
    pages = {
        (language, name): (built / "site" / language / REPORT / f"{name}.html").read_text(encoding="utf-8")
        for language in LANGUAGES
        for name in ("targets", "commitments/index")
    }
    return ledger.load(config.load_report(built / "source" / REPORT)), pages


def test_a_row_says_how_its_targets_stand_against_last_year(docs):
    found = {key: (data["against"], data["change"]) for key, (data, _) in rows(docs()).items()}
    assert found == {
        "qh2031-s0-001": ("higher", "0.0909091"),
        "qh2031-s1-001": ("no-baseline", ""),
        "qh2031-s1-002": ("", ""),
        "qh2031-s2-001": ("higher", "0.25"),
        "qh2031-s2-002": ("no-baseline", ""),
        "qh2031-l01-01": ("no-baseline", ""),
    }


def test_a_row_names_the_livelihood_project_wherever_its_promise_stands(docs):
    found = {key: data["project"] for key, (data, _) in rows(docs()).items()}
    assert found["qh2031-l01-01"] == found["qh2031-s2-002"] == "any l01" and found["qh2031-s2-001"] == "none"


def test_due_dates_and_units_are_there_to_filter_and_sort_by(docs):
    found = {key: (data["due"], data["lead"]) for key, (data, _) in rows(docs()).items()}
    assert found["qh2031-s1-002"] == ("2031-06", "区人社局") and found["qh2031-s1-001"] == ("2031-12-31", "none")


def test_what_is_not_translated_says_so_once_a_row(docs):
    for key, (_, row) in rows(docs(language="en")).items():
        assert row.count("not yet translated") == 1, key
        assert 'class="untranslated" lang="zh-Hans"' in row
    assert "尚未翻译" not in docs(language="zh-Hans")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_matrix_adds_up(real, language):
    records, pages = real
    page, status = pages[language, "commitments/index"], Counter(record.status for record in records)
    statuses = sorted(status, key=ledger.STATUSES.index)
    for name in ("section", "theme"):
        matrix = page[page.index(f'id="by-{name}"') :].partition("</details>")[0]
        body, foot = matrix.split("<tfoot>")
        for row in re.findall(r"<tr><th scope=\"row\">.*?</tr>", body, re.S):
            *counts, total = (int(TEXT.sub("", cell)) for cell in re.findall(r"<td>(.*?)</td>", row, re.S))
            key = re.search(rf"[?;]{name}=([a-z0-9-]+)", row)
            own = [
                one.status for one in records if key and key[1] in (one.themes if name == "theme" else (one.section,))
            ]
            assert counts == [own.count(one) for one in statuses] and sum(counts) == total == len(own)
        sums = [int(TEXT.sub("", cell)) for cell in re.findall(r"<td>(.*?)</td>", foot, re.S)]
        assert sums == [*(status[one] for one in statuses), len(records)]
        if name == "section":
            totals = [int(TEXT.sub("", one)) for one in re.findall(r"<td>(?:(?!<td>).)*?</td></tr>", body, re.S)]
            assert sum(totals) == len(records)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_targets_page_says_what_compare_says(real, language):
    records, pages = real
    page, expected, without = pages[language, "targets"], {}, 0
    for record in records:
        for number, target in enumerate(record.targets, 1):
            if found := compare(target):
                expected[f"{record.id}-t{number}"] = found.direction
            else:
                without += 1
    directions = Counter(expected.values())
    tiles = re.findall(r'<li class="([a-z-]+)"><a href="#\1">.*?<strong>(\d+)</strong>', page)
    assert {name: int(count) for name, count in tiles} == {
        name: directions[name] for name in ("higher", "equal", "lower", "not-comparable")
    }
    found = {}
    for group in re.findall(r'<section class="group .*?</section>', page, re.S):
        direction = re.match(r'<section class="group ([a-z-]+)"', group)[1]
        found |= {key: direction for key in rows(group)}
        assert len(bars(group)) == (0 if direction == "not-comparable" else directions[direction])
    assert found == expected
    assert re.search(rf"\D{without}\D", page[page.index("</ul>") :].split("<section")[0])


def test_every_target_leads_to_its_commitment_and_to_the_review(real):
    _, pages = real
    for key, (_, row) in rows(pages["en", "targets"]).items():
        assert f'href="commitments/{key.rpartition("-t")[0]}.html"' in row
        assert re.search(r'href="index\.html#p0[012]\d"', row), f"the review is before the targets: {key}"


def test_the_english_is_what_an_english_reader_expects(real):
    _, pages = real
    text = TEXT.sub("", rows(pages["en", "commitments/index"])["sc2020-s0-006"][1])
    assert "10,000 people, against 12,700 achieved in 2019 2,700 people below last year’s result" in text
    text = TEXT.sub("", rows(pages["en", "commitments/index"])["sc2020-s0-001"][1])
    assert "5%, against an estimated 6% in 2019" in text
    text = TEXT.sub("", rows(pages["en", "commitments/index"])["sc2020-s4-009"][1])
    assert "the report’s figure for 2019 is 203.78 mu" in text and "not directly comparable" in text


@pytest.mark.parametrize(
    "value, baseline, drawn",
    [
        ("100", "80", True),
        ("0", "0", True),
        ("100", "0", True),
        ("0", "80", True),
        ("-5", "3.2", True),
        ("-5", "-8", True),
        ("600000000000", "1", True),
        ("0.001", "99.49", True),
        ("[90, 110]", "80", False),
        ("null", "80", False),
        ("100", "[70, 90]", False),
    ],
)
def test_no_figure_breaks_the_drawing(docs, qinghe, value, baseline, drawn):
    file = qinghe / "source" / "qinghe-2031" / "commitments" / "qh2031-s2-001.md"
    edit(file, "value: 100", f"value: {value}")
    edit(file, "value: 80", f"value: {baseline}")
    page = docs("targets")
    row = rows(page)["qh2031-s2-001-t1"][1]
    assert len(bars(row)) == drawn
    for drawing in bars(row):
        numbers = [float(one) for one in re.findall(r' (?:x|x1|x2|width)="([^"]+)"', drawing)]
        assert all(0 <= one <= 240 for one in numbers), drawing
        x, width = re.search(r'<rect[^>]* x="([^"]+)"[^>]* width="([^"]+)"', drawing).groups()
        assert float(x) + float(width) <= 240 and "style=" not in drawing
    data = rows(docs())["qh2031-s2-001"][0]
    assert all(-1e12 <= float(one) <= 1e12 for one in data["change"].split()) and "nan" not in data["change"]


def test_another_unit_is_not_drawn(docs, qinghe):
    edit(
        qinghe / "source" / "qinghe-2031" / "commitments" / "qh2031-s2-001.md",
        "value: 80, unit: 个",
        "value: 80, unit: 处",
    )
    assert not bars(rows(docs("targets"))["qh2031-s2-001-t1"][1])


def test_a_report_without_results_of_last_year_says_so(fresh):
    write_docs(config.load_project(fresh))
    page = (fresh / "docs" / "en" / "qinghe-2031" / "targets.md").read_text(encoding="utf-8")
    assert "No quantified target of this report can be set against" in page and "<table" not in page


def test_the_pages_know_each_other(built):
    for language in LANGUAGES:
        folder = built / "site" / language / REPORT
        index = (folder / "commitments" / "index.html").read_text(encoding="utf-8")
        targets = (folder / "targets.html").read_text(encoding="utf-8")
        assert 'href="../targets.html"' in index and 'href="commitments/index.html?against=no-baseline#list"' in targets
        assert 'aria-current="page"' in targets.partition("</nav>")[0], "it stands in the navigation"
        assert not re.search(r"<[^>]+ style=|<script>|<style", index + targets), (
            "the policy refuses inline style and script"
        )
