"""Figures in Chinese official prose."""

import pytest

from scripts.quantity import find

FIGURES = [
    # text, (text of the figure, value, unit, operator), reason
    ("规模扩大到6亿元", ("6亿元", 600_000_000, "元", "="), "亿 multiplies"),
    ("总量达1.2万亿元", ("1.2万亿元", 1_200_000_000_000, "元", "="), "万亿 is one scale"),
    ("面积75万平方米", ("75万平方米", 750_000, "平方米", "="), "万 before a unit of area"),
    ("引进20余家", ("20余家", 20, "家", ">"), "余 before the measure word"),
    ("惠及30万余人次", ("30万余人次", 300_000, "人次", ">"), "余 behind the scale"),
    ("增长百分之八左右", ("百分之八左右", 8, "%", "~"), "Chinese numerals behind 百分之"),
    ("新增财力三分之二以上", ("三分之二以上", 66.6667, "%", ">="), "a fraction is a share"),
    ("覆盖八成以上", ("八成以上", 80, "%", ">="), "成 is ten per cent"),
    ("一半以上", ("一半以上", 50, "%", ">="), "half"),
    ("产值翻一番", ("翻一番", 2, "倍", "="), "doubling"),
    ("增长5%–6%", ("5%–6%", (5, 6), "%", "range"), "a range with the unit twice"),
    ("新建3至5个", ("3至5个", (3, 5), "个", "range"), "a range in words"),
    ("引进1-2家", ("1-2家", (1, 2), "家", "range"), "a range with a hyphen"),
    ("用时最多80天", ("80天", 80, "天", "<="), "最多 is a limit"),
    ("失业率低于4%", ("4%", 4, "%", "<"), "低于 is a limit"),
    ("参保率不低于99.5%", ("99.5%", 99.5, "%", ">="), "不低于"),
    ("失业率控制在3%以内", ("3%以内", 3, "%", "<="), "以内"),
    ("新建两所学校", ("两所", 2, "所", "="), "a Chinese numeral before a measure word"),
    ("提高0.5个百分点", ("0.5个百分点", 0.5, "个百分点", "="), "points are no per cent"),
    ("增长5％", ("5％", 5, "%", "="), "a full-width sign"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), FIGURES)
def test_figure(text, expected, reason):
    found = find(text)
    assert [(one.text, one.value, one.unit, one.operator) for one in found] == [expected], reason
    assert text[found[0].start : found[0].end] == expected[0]


NO_FIGURES = [
    ("2020年", "a year"),
    ("5月12日", "a date"),
    ("18班幼儿园", "the size of a thing"),
    ("10-2号地块", "an identifier"),
    ("“1211”人才计划", "a number inside a name"),
    ("60岁以上老人", "an age"),
    ("0-3岁托育", "a range of ages"),
    ("九大重点项目", "a settled list"),
    ("第七次普查", "an ordinal"),
    ("一批项目", "一 before a measure word counts nothing"),
    ("PM2.5治理", "a number inside a Latin name"),
    ("", "nothing"),
]


@pytest.mark.parametrize(("text", "reason"), NO_FIGURES)
def test_no_figure(text, reason):
    assert [one.text for one in find(text) if one.unit] == [], reason


def test_parallel_figures_share_the_last_unit():
    assert [(one.value, one.unit) for one in find("分别新增35、40万吨")] == [(35, "吨"), (400_000, "吨")]


def test_a_qualifier_and_its_count_are_two_figures():
    assert [one.text for one in find("引进10亿元以上项目7个")] == ["10亿元以上", "7个"]


@pytest.mark.parametrize("text", ["1" * 100_000 + "个", "百分之" + "三" * 100_000, "，" * 100_000])
def test_absurdly_long_numbers_end(text):
    assert all(len(one.text) < 100 for one in find(text))
