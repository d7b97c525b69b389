"""The figures check: what it lets pass, what it finds, and its rates on official translations."""

import json
import re

import pytest

from scripts.bilingual.compare import alarms, years_of

from .conftest import SHARED

PARALLEL = sorted((SHARED / "parallel").glob("*.tsv"))

AGREE = [
    ("完成改造21万平方米,拆违2.3万平方米,改扩绿5.18万平方米。", "We renovated 210,000 square metres, cleared 23,000 sq m and added 51,800 m² of green space."),
    ("土地面积203.78亩", "covering 203.78 mu of land"),
    ("土地面积203.78亩", "covering 13.59 hectares of land"),
    ("高标准农田8000万亩", "5.33 million hectares of high-standard cropland"),
    ("惠及居民2000余户", "benefiting more than 2,000 households"),
    ("惠及居民2000余户", "benefiting 2,000-plus households"),
    ("新增财力三分之二以上用于民生", "More than two-thirds of additional fiscal resources went to wellbeing"),
    ("失业率保持在3%以下", "The unemployment rate stayed below 3 per cent"),
    ("引进10亿元以上项目7个", "bring in seven projects worth at least 1 billion yuan each"),
    ("新增就业10000人左右", "About 10,000 new jobs"),
    ("提高1.2个百分点", "rose by 1.2 percentage points"),
    ("实际到位外资4.49亿美元", "US$449 million of foreign investment was received"),
    ("实际到位外资4.49亿美元", "foreign investment of 449 million US dollars"),
    ("翻一番", "double"),
    ("增长1.5倍", "grew 1.5 times"),
    ("八成以上的居民", "over 80 percent of residents"),
    ("一半以上", "over 50 percent"),
    ("2020—2025年", "2020–2025"),
    ("2020年6月30日前", "by 30 June 2020"),
    ("1-6月完成投资30亿元", "Investment from January to June was 3 billion yuan"),
    ("第七次全国人口普查", "the Seventh National Population Census"),
    ("十三五", "13th Five-Year Plan"),
    ("3岁以下托育", "childcare for children under three"),
    ("GDP突破1万亿元大关", "GDP broke the 1 trillion yuan mark"),
    ("控制在5%以内", "kept within 5%"),
    ("不低于50套", "no fewer than 50 homes"),
    ("不超过50套", "no more than 50 homes"),
    ("约30万人次", "some 300,000 visits"),
    ("签约11.9万人", "Contracts were signed with 119,000 people"),
    ("千亿级产业", "a 100-billion-yuan industry"),
    ("三千余家", "more than 3,000 firms"),
    ("24小时服务", "24-hour service"),
    ("五年来,年均增长7.2%", "Over the past five years, annual growth averaged 7.2%"),
    ("建成5G基站1200个", "1,200 5G base stations were built"),
    ("PM2.5平均浓度30微克/立方米", "average PM2.5 concentration of 30 micrograms per cubic metre"),
    ("装机120万千瓦", "1.2 GW of installed capacity"),
    ("粮食产量1.3亿斤", "65,000 tonnes of grain"),
    ("国内生产总值增长6%－6.5%", "GDP growth of 6–6.5 percent"),
    ("从每月70元提高到88元", "raised from 70 to 88 yuan a month"),
    ("竣工交付安置房400套", "hand over 400 homes"),
    ("建成标准化回收网点28个", "complete 28 standardized recycling points"),
    ("教师“5+3”安居计划", "the “5+3” housing plan for teachers"),
    ("新冠疫情", "the covid-19 epidemic"),
    ("一、2019年工作回顾", "I. Review of work in 2019"),
    ("（二）激发活力。", "2. Energize the market."),
]  # fmt: skip

DIFFER = [
    ("新增就业10000人", "1,000 new urban jobs", "a zero lost"),
    ("投资6亿元", "6 million yuan", "亿 as million"),
    ("投资6亿元", "600 million", "the currency lost"),
    ("投资6亿元", "US$600 million", "another currency"),
    ("35万平方米", "35,000 square metres", "万 as thousand"),
    ("35万平方米", "35 square metres", "万 dropped"),
    ("35万平方米", "350,000 metres", "another unit"),
    ("增长5%", "growth of 5 percentage points", "per cent as points"),
    ("增长5%", "growth of 5", "per cent lost"),
    ("提高1.2个百分点", "rose by 1.2%", "points as per cent"),
    ("100个以上", "100 projects", "以上 lost"),
    ("100个", "more than 100 projects", "a qualifier added"),
    ("2000余户", "2,000 households", "余 lost"),
    ("三分之二以上", "two-thirds", "以上 of a fraction lost"),
    ("三分之二", "one third", "another fraction"),
    ("203.78亩", "203.78 hectares", "mu as hectares"),
    ("高标准农田8000万亩", "5.34 million hectares of cropland", "converted wrongly"),
    ("203.78亩", "203.78", "the unit lost"),
    ("4.49亿美元", "449 million yuan", "dollars as yuan"),
    ("80天", "80", "days lost"),
    ("26分钟", "26 hours", "minutes as hours"),
    ("第七次普查", "the 6th census", "an ordinal"),
    ("2020年", "2021", "a year"),
    ("3%以下", "over 3%", "below as above"),
    ("10%左右", "10%", "左右 lost"),
    ("八成以上", "80%", "成, 以上 lost"),
    ("5家", "5 companies in 2019", "a year added"),
    ("2.76亿元", "2.76 billion yuan", "亿 as billion"),
    ("9.45亿元", "94.5 million yuan", "a tenth"),
    ("下降2.95%", "fell by 2.59%", "digits exchanged"),
    ("1-6月", "January to July", "a month"),
    ("建成5G基站1200个", "1,200 4G base stations were built", "an identifier"),
    ("二十国集团峰会", "the G10 summit", "a figure in a name"),
    ("不低于50套", "no more than 50 homes", "at least as at most"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "translation"), AGREE)
def test_figures_that_agree_raise_no_alarm(source, translation):
    assert alarms(source, translation) == []


@pytest.mark.parametrize(("source", "translation", "mistake"), DIFFER, ids=[case[-1] for case in DIFFER])
def test_figures_that_differ_raise_an_alarm(source, translation, mistake):
    assert alarms(source, translation)


def test_a_relative_year_is_one_of_the_report():
    assert alarms("去年投资增长5%", "Investment grew by 5% in 2019", frozenset({2019, 2020})) == []
    assert alarms("去年投资增长5%", "Investment grew by 5% in 2091", frozenset({2019, 2020}))


@pytest.fixture(scope="module")
def official():
    """(pairs, the years that they name) of the official translations."""
    if not PARALLEL:
        pytest.skip("the official translations are not beside this checkout")
    lines = [line for file in PARALLEL for line in file.read_text(encoding="utf-8").splitlines()[1:]]
    pairs = [tuple(line.split("\t")[:2]) for line in lines]
    return pairs, years_of(pairs)


def test_official_translations_raise_few_alarms(official):
    pairs, years = official
    raised = [pair for pair in pairs if alarms(*pair, years)]
    assert len(pairs) > 1000
    assert len(raised) <= 0.01 * len(pairs), raised


def test_seeded_mistakes_are_found(official):
    pairs, years = official
    seeded = [mistake for pair in pairs if not alarms(*pair, years) for mistake in _mistakes(*pair)]
    missed = [mistake for mistake in seeded if not alarms(*mistake, years)]
    assert len(seeded) > 700
    assert len(missed) <= 0.02 * len(seeded), missed


def _mistakes(source, translation):
    """The pair with one mistake each in its English, or, where the English says it in many ways, in its Chinese."""
    for found in re.finditer(r"\d", translation):
        other = str((int(found.group()) + 3) % 10) if found.group() != "7" else "1"
        yield source, translation[: found.start()] + other + translation[found.end() :]
    for right, wrong in (("trillion", "billion"), ("billion", "million"), ("million", "billion")):
        for found in re.finditer(rf"(?<=\d ){right}\b", translation):
            yield source, translation[: found.start()] + wrong + translation[found.end() :]
    for found in re.finditer(r"[ -]percent\b", translation):
        yield source, translation[: found.start()] + translation[found.end() :]
        yield source, translation[: found.start()] + " percentage points" + translation[found.end() :]
    for found in re.finditer(r"\d (?:(?:million|billion|trillion) )?(yuan|hectares|kilometers)\b", translation):
        yield source, translation[: found.start(1)].rstrip() + translation[found.end(1) :]
    for found in re.finditer(r"(?<=\d)[万亿]", source):
        yield source[: found.start()] + source[found.end() :], translation
    for found in re.finditer(r"(?<=[\d%万亿元])(?:以上|以内|以下|左右|余|多)", source):
        yield source[: found.start()] + source[found.end() :], translation


def test_the_command_prints_line_and_reason(cli, tmp_path):
    file = tmp_path / "pairs.tsv"
    file.write_text("新增3家\tthree new ones\n\n投资6亿元\t6 million yuan\nextra\tcolumns\there\n", encoding="utf-8")
    plain = cli("figures", str(file)).output.splitlines()
    assert plain and all(line.startswith(f"{file}:3: ") for line in plain)
    found = [json.loads(line) for line in cli("figures", str(file), "--json").output.splitlines()]
    assert {one["row"] for one in found} == {3}
    assert all(set(one) == {"row", "reason"} and "6" in one["reason"] for one in found)


def test_a_table_without_tabs_is_one_clear_line(cli, tmp_path):
    file = tmp_path / "pairs.csv"
    file.write_text("新增3家,three new ones\n", encoding="utf-8")
    said = cli("figures", str(file), code=1).output
    assert said.count("\n") == 1 and "line 1" in said and "<TAB>" in said
