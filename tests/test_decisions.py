"""Conversions to Traditional Chinese: every one in the report is decided, and comes out as decided."""

import csv

import pytest

from scripts import config, decisions, hant
from scripts.config import report_text

from .conftest import ROOT, SHARED, edit

with (ROOT / "tests/gold/hant.tsv").open(encoding="utf-8", newline="") as file:
    DECIDED = list(csv.reader(file, delimiter="\t"))


@pytest.fixture(scope="module")
def converted():
    project = config.load_project(ROOT)
    report = project.report("shangcheng-2020")
    text = report_text(report)
    return text, hant.converter(project, report)(text)


@pytest.mark.parametrize(("simplified", "traditional", "reason"), DECIDED, ids=[row[0] for row in DECIDED])
def test_a_hard_conversion_of_the_report(converted, simplified, traditional, reason):
    text, result = converted
    at = text.index(simplified)
    assert result[at : at + len(simplified)] == traditional, reason


def test_every_conversion_of_the_report_is_decided():
    project = config.load_project(ROOT)
    assert decisions.undecided(project, project.report("shangcheng-2020")) == []


@pytest.mark.parametrize("dictionary", ["protected.yml", "shangcheng-2020/protected.yml", "characters.yml"])
def test_every_decision_has_its_reason_and_holds(dictionary):
    project = config.load_project(ROOT)
    convert = hant.converter(project, project.report("shangcheng-2020"))
    entries = config.load(ROOT / "source" / dictionary, "protected")
    assert entries
    for word, entry in entries.items():
        assert entry["why"], word
        if dictionary != "characters.yml":
            assert convert(word) == entry["zh-Hant"]


@pytest.mark.parametrize("configuration", ["s2tw", "s2hk"])
def test_a_new_report_leaves_few_conversions_to_an_editor(qinghe, configuration):
    samples = sorted((SHARED / "samples").glob("*.txt"))
    if not samples:
        pytest.skip("the sample reports are not beside this checkout")
    edit(qinghe / "source/qinghe-2031/report.yml", "year: 2031", f"year: 2031\nopencc: {configuration}")
    for sample in samples:
        (qinghe / "source/qinghe-2031/report.txt").write_bytes(sample.read_bytes())
        project = config.load_project(qinghe)
        assert len(decisions.undecided(project, project.reports[0])) <= 40, sample.name


def test_check_lists_what_nobody_has_decided_with_the_choice_made(qinghe, cli):
    edit(qinghe / "source/qinghe-2031/report.txt", "建设青禾软件园", "建设云里软件园")
    said = cli("check", root=qinghe).output
    [line] = [line for line in said.splitlines() if "[里]" in line]
    assert "建设云[里]软件园" in line and "→ 裡" in line and "source/qinghe-2031/protected.yml" in line
    (qinghe / "source/qinghe-2031/protected.yml").write_text(
        "云里: {zh-Hant: 雲里, why: a park's name}\n", encoding="utf-8"
    )
    assert "[里]" not in cli("check", root=qinghe).output


def test_hong_kong_forms_are_derived_from_the_words(qinghe):
    edit(qinghe / "source/qinghe-2031/report.yml", "year: 2031", "year: 2031\nopencc: s2hk")
    project = config.load_project(qinghe)
    convert = hant.converter(project, project.reports[0])
    assert convert("行政复议平台,新制造业,这里的群众") == "行政復議平台,新製造業,這裏的羣眾".replace(
        "羣", convert("群")
    )
    assert "裡" not in convert("城里、村里、心里")
