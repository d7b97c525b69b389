"""The search index: every commitment, paragraph and heading once, and the table that folds one script into the other."""

import json
import re

import pytest

from scripts import config, data, docs, ledger
from scripts.split import split

from .conftest import LANGUAGES, QINGHE, add_report, edit


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture(scope="module")
def index(built, language):
    script = (built / "site" / language / "search" / "index.js").read_text(encoding="utf-8")
    return json.loads(re.fullmatch(r"yanxingIndex\((.*)\);\n", script, re.S).group(1))


def test_every_entry_leads_to_a_place_of_its_own(built, language, index):
    urls = [entry[0] for entry in index["entries"]]
    assert len(urls) == len(set(urls))
    for url in urls:
        path, _, fragment = url.partition("#")
        page = (built / "site" / language / path).read_text(encoding="utf-8")
        assert not fragment or f'id="{fragment}"' in page, url


def test_everything_is_in_the_index_once(index):
    kinds = [entry[1] for entry in index["entries"]]
    report = config.load_project().report("shangcheng-2020")
    paragraphs = split(config.report_text(report)).paragraphs
    assert (kinds.count("c"), kinds.count("p")) == (len(ledger.load(report)), len(paragraphs))
    assert all(entry[2] for entry in index["entries"])


def test_a_commitment_has_its_status_in_words(index):
    statuses = {entry[5] for entry in index["entries"] if entry[1] == "c"}
    assert statuses == set(index["statuses"]) >= {"unassessed", "in-progress"}
    assert all(len(entry) == 5 for entry in index["entries"] if entry[1] != "c")
    assert set(index["labels"]) == {entry[1] for entry in index["entries"]}


def test_no_identifier_stands_in_a_text_where_its_year_would_be_found(index):
    assert not any("sc2020" in str(text) for entry in index["entries"] for text in entry[2:5])


def test_a_commitments_sentence_is_a_place_in_its_paragraph(index):
    commitments = [entry for entry in index["entries"] if entry[1] == "c"]
    for _, _, quote, (number, start, end), *_ in commitments:
        kind, text = index["entries"][number][1], index["entries"][number][3].encode("utf-16-le")
        sentence = text[2 * start : 2 * end].decode("utf-16-le")
        assert kind == "p" and quote[:4] in sentence and sentence[-1] in "。.；;)）”’", sentence


def test_folding_leads_from_traditional_to_simplified(index):
    pairs = dict(zip(index["fold"][::2], index["fold"][1::2], strict=True))
    for traditional, simple in zip("電梯車區裡", "电梯车区里", strict=True):
        assert pairs.get(traditional, traditional) == simple
    assert not set(pairs) & set(pairs.values()), "what is folded is not folded again"


def test_the_two_scripts_of_one_text_fold_to_the_same(built):
    folded = []
    for language in ("zh-Hans", "zh-Hant"):
        script = (built / "site" / language / "search" / "index.js").read_text(encoding="utf-8")
        value = json.loads(script[len("yanxingIndex(") : -3])
        pairs = dict(zip(value["fold"][::2], value["fold"][1::2], strict=True))
        folded.append(
            [
                "".join(pairs.get(char, char) for char in entry[2] + entry[3])
                for entry in value["entries"]
                if entry[1] == "p"
            ]
        )
    assert folded[0] == folded[1]


def test_no_text_can_end_the_script(qinghe, cli):
    edit(qinghe / "source" / "qinghe-2031" / "report.txt", "社会保持稳定", '</script><!--\u2028\\“"{{ 1 }}')
    docs.write_docs(config.load_project(qinghe))
    script = (qinghe / "docs" / "zh-Hans" / "search" / "index.js").read_text(encoding="utf-8")
    assert any("</script><!--" in entry[3] for entry in json.loads(script[len("yanxingIndex(") : -3])["entries"])
    assert script.count("\n") == 1


def test_words_that_mean_the_same_are_in_one_group_only():
    groups = [words for section in data.load("search.yml").values() for words in section]
    words = [word for group in groups for word in group]
    assert all(len(group) > 1 for group in groups) and len(words) == len(set(words))


def test_the_words_that_mean_the_same_are_in_the_index(index):
    assert ["lift", "elevator"] in index["same"] and ["停车位", "泊位", "车位"] in index["same"]


def test_of_several_reports_every_entry_names_its_own(qinghe, cli):
    add_report(qinghe, QINGHE.replace("青禾区", "白河区"), "baihe-2031", "bh2031")
    docs.write_docs(config.load_project(qinghe))
    script = (qinghe / "docs" / "zh-Hans" / "search" / "index.js").read_text(encoding="utf-8")
    entries = json.loads(script[len("yanxingIndex(") : -3])["entries"]
    assert all(entry[4].endswith("青禾区政府工作报告") for entry in entries if entry[1] in "cph")
