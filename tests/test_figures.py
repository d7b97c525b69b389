"""Figures and dates as a reader of each language writes them: same magnitude, same unit, same qualifier."""

import pytest

from scripts import config, figures
from scripts.assemble import interface

from .conftest import LANGUAGES

# value, unit, Simplified, Traditional, English
AMOUNTS = [
    (6_0000_0000, "元", "6亿元", "6億元", "600 million yuan"),
    (1_0000_0000, "元", "1亿元", "1億元", "100 million yuan"),
    (2218_6000_0000, "元", "2,218.6亿元", "2,218.6億元", "221.86 billion yuan"),
    (1_2000_0000_0000, "元", "12,000亿元", "12,000億元", "1.2 trillion yuan"),
    (75_0000, "平方米", "75万平方米", "75萬平方米", "750,000 square metres"),
    (110_0000, "平方米", "110万平方米", "110萬平方米", "1.1 million square metres"),
    (3000_0000, "元", "3,000万元", "3,000萬元", "30 million yuan"),
    (35_0000, "人", "35万人", "35萬人", "350,000 people"),
    (1_2000, "人", "1.2万人", "1.2萬人", "12,000 people"),
    (1_2700, "人", "12,700人", "12,700人", "12,700 people"),  # 1.27万 would be no shorter
    (1_2345_6789, "元", "123,456,789元", "123,456,789元", "123,456,789 yuan"),
    (2000, "户", "2,000户", "2,000戶", "2,000 households"),
    (1, "户", "1户", "1戶", "1 household"),
    (80, "天", "80天", "80天", "80 days"),
    (1, "天", "1天", "1天", "1 day"),
    (6, "%", "6%", "6%", "6%"),
    (66.6667, "%", "66.67%", "66.67%", "66.67%"),  # two thirds
    (0.5, "个百分点", "0.5个百分点", "0.5個百分點", "0.5 percentage points"),
    (1, "个百分点", "1个百分点", "1個百分點", "1 percentage point"),
    (20, "台", "20台", "20臺", "20"),  # a measure word has no English
    (400, "个", "400个", "400個", "400"),
    (10, None, "10", "10", "10"),
    (2, "倍", "2倍", "2倍", "2 times"),
]
# target, Simplified, Traditional, English
TARGETS = [
    ({"value": 99, "unit": "%", "operator": ">="}, "不低于99%", "不低於99%", "at least 99%"),
    ({"value": 20, "unit": "家", "operator": ">"}, "超过20家", "超過20家", "more than 20"),
    ({"value": 80, "unit": "天", "operator": "<="}, "不超过80天", "不超過80天", "at most 80 days"),
    ({"value": 4, "unit": "%", "operator": "<"}, "低于4%", "低於4%", "below 4%"),
    ({"value": 5, "unit": "%", "operator": "~"}, "5%左右", "5%左右", "about 5%"),
    ({"value": 6, "unit": "%"}, "6%", "6%", "6%"),
    ({"value": [5, 6], "unit": "%", "operator": "range"}, "5至6%", "5至6%", "5 to 6%"),
    (
        {"value": [3_0000_0000, 5_0000_0000], "unit": "元"},
        "3亿至5亿元",
        "3億至5億元",
        "300 million to 500 million yuan",
    ),
    (
        {"value": 20, "unit": "家", "operator": ">", "text": "20余家"},
        "20余家",
        "20餘家",
        "more than 20",
    ),  # as the report puts it
    ({"value": None, "unit": None, "text": "全覆盖"}, "全覆盖", "全覆蓋", ""),
    ({"value": None, "unit": None}, "", "", ""),
]
DAYS = [
    ("2031", "2031年", "2031年", "2031"),
    ("2031-06", "2031年6月", "2031年6月", "June 2031"),
    ("2031-06-05", "2031年6月5日", "2031年6月5日", "5 June 2031"),
    ("2031-12-31", "2031年12月31日", "2031年12月31日", "31 December 2031"),
]


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request):
    return request.param


def in_order(table):
    return [(*row[:-3], dict(zip(LANGUAGES, row[-3:], strict=True))) for row in table]


@pytest.mark.parametrize("value, unit, expected", in_order(AMOUNTS), ids=[row[2] for row in AMOUNTS])
def test_an_amount(language, value, unit, expected):
    assert figures.amount(value, unit, language) == expected[language]


@pytest.mark.parametrize(
    "target, expected", in_order(TARGETS), ids=[f"{row[1]} {row[0].get('text', '')}" for row in TARGETS]
)
def test_a_target(language, target, expected):
    assert figures.figure(target, interface(config.load_project(), language), language) == expected[language]


@pytest.mark.parametrize("iso, expected", in_order(DAYS), ids=[row[0] for row in DAYS])
def test_a_day(language, iso, expected):
    assert figures.day(iso, language) == expected[language]


@pytest.mark.parametrize(
    ("unit", "named"),
    [
        ("平方米", ("平方米", "平方米", "square metres")),
        ("%", ("%", "%", "%")),
        ("人次", ("人次", "人次", "visits or person-times")),
        ("户", ("户", "戶", "households")),
        ("吨标准煤", ("吨标准煤", "噸標準煤", "tonnes of standard coal")),
        ("个", ("个", "個", "number")),  # a mere count, as statistics call it
        ("光年", ("光年", "光年", None)),  # nobody has given its English
        ("", (None, None, None)),
        (None, (None, None, None)),
    ],
)
def test_a_column_names_a_unit_in_its_language(unit, named):
    assert tuple(figures.unit_name(unit, language) for language in LANGUAGES) == named
