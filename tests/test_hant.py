"""Simplified to Traditional: names and mainland wording stay, nothing is torn at the borders of a commitment."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts import config
from scripts.hant import Converter, converter

from .conftest import add_report, edit

project = config.load_project()
convert = converter(project)
of_report = converter(project, project.report("shangcheng-2020"))


@pytest.mark.parametrize(
    "simplified, traditional",
    [
        ("加装电梯", "加裝電梯"),
        ("劝业里", "勸業里"),  # a lane's name, not 裡
        ("平安里项目", "平安里項目"),  # and 项目 stays: never 專案
        ("行政复议", "行政復議"),
        ("开启新征程", "開啟新征程"),
        ("并成为样板", "並成為樣板"),
        ("资金分批注入", "資金分批注入"),
        ("件件有回音", "件件有回音"),
        ("家具", "家具"),
        ("信息软件网络视频", "信息軟件網絡視頻"),  # mainland wording, not 資訊軟體網路影片
        ("皇后", "皇后"),
        ("前后", "前後"),
        ("2000余户", "2000餘戶"),
        ("群众", "群眾"),  # not OpenCC's internal 羣
        ("为了", "為了"),  # nor 爲
        ("在平台上", "在平臺上"),
        ("Yanxing 2031 <b>&amp;</b> {{ x }}", "Yanxing 2031 <b>&amp;</b> {{ x }}"),
        ("", ""),
    ],
)
def test_characters_are_converted_and_words_kept(simplified, traditional):
    assert of_report(simplified) == traditional


@pytest.mark.parametrize(
    "simplified, traditional",
    [
        ("采荷街道岳官巷", "采荷街道岳官巷"),
        ("天目里、建国里、尚青里、龙翔里", "天目里、建國里、尚青里、龍翔里"),
        ("兴安里同济里", "興安里同濟里"),
        ("里西湖沿岸", "裡西湖沿岸"),
        ("浙里办、浙里访、“浙里好办”", "浙里辦、浙里訪、“浙里好辦”"),
        ("新中国建国里程碑", "新中國建國里程碑"),  # and 里程, where a lane's name seems to stand
        ("采取措施，走在城里", "採取措施，走在城裡"),
        ("一格里有多项时", "一格裡有多項時"),
        ("梁山伯与祝英台", "梁山伯與祝英台"),
    ],
)
def test_hangzhou_names_hold_without_a_report(simplified, traditional):
    assert convert(simplified) == traditional


def test_hong_kong_has_its_own_characters(qinghe):
    edit(qinghe / "source" / "qinghe-2031" / "report.yml", "year: 2031", "year: 2031\nopencc: s2hk")
    there = config.load_project(qinghe)
    assert converter(there, there.reports[0])("走在里面，为群众") == "走在裏面，為羣眾"
    assert converter(there)("走在里面，为群众") == "走在裡面，為群眾"


def test_a_report_protects_its_own_names(qinghe):
    report = add_report(qinghe, "x", "other-2031", "other")
    (report.folder / "protected.yml").write_text("青禾里: {zh-Hant: 青禾里, why: a lane}\n", encoding="utf-8")
    there = config.load_project(qinghe)
    assert converter(there, there.report("other-2031"))("青禾里") == "青禾里"
    assert converter(there, there.report("qinghe-2031"))("青禾里") == "青禾裡"


def test_a_word_is_not_torn_at_the_border_of_a_commitment():
    assert of_report.pieces(["推进行政复", "议改革，头", "发整齐"]) == ["推進行政復", "議改革，頭", "髮整齊"]


@given(
    st.lists(st.text(st.sampled_from("加装电梯里后发复议行政干头面并成为，。2031<&> \n𠮷é"), max_size=8), max_size=6)
)
def test_pieces_are_the_whole(pieces):
    converted = of_report.pieces(pieces)
    assert len(converted) == len(pieces)
    if len("".join(converted)) == len("".join(pieces)):
        assert "".join(converted) == of_report("".join(pieces))


@pytest.mark.parametrize("configuration", ["s2twp", "s2hkp", "s2t", "tw2s", ""])
def test_configurations_that_rewrite_wording_are_refused(configuration):
    with pytest.raises(ValueError, match="expected one of s2tw, s2hk"):
        Converter(configuration, {})
