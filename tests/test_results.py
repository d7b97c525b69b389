"""What the review reports, which result is a target's baseline, and what is promised twice."""

import pytest

from scripts.tag import tag

REPORT = """各位代表：
现在，我代表青禾区人民政府向大会报告工作。
2020年工作回顾
全年地区生产总值增长6%；固定资产投资140亿元，增长0.5%；新增城镇就业12700人。
一、城市建设
新增公共泊位300个，改造公厕15座，刑事警情同比下降21.3%。
2021年重点工作
今年主要预期目标是：地区生产总值增长5%；固定资产投资增长10%；新增城镇就业10000人。
一、城市建设
抓好建设管理。新增公共泊位400个，深化校外培训机构治理，改造公厕10座。
办好民生实事：1.方便出行。全区新增公共泊位1700个。2.垃圾分类。建成分类点20个。3.建设校园厕所。改造校园厕所8间。
"""


@pytest.fixture(scope="module")
def tagging():
    return tag(REPORT)


def test_results_stand_in_the_review_with_their_change(tagging):
    found = {one.indicator: (one.value, one.unit, one.change) for one in tagging.results}
    assert found["固定资产投资"] == (14_000_000_000, "元", 0.5)
    assert found["新增城镇就业"] == (12700, "人", None)
    assert found["新增公共泊位"] == (300, "个", None)
    assert found["刑事警情降幅"][0] == -21.3
    assert all(REPORT[one.clause_start : one.clause_end].startswith(one.quote) for one in tagging.results)


def test_baselines_pair_growth_with_growth_and_level_with_level(tagging):
    quotes = {(one.start, one.end): one.quote for one in tagging.commitments}
    found = {quotes[one.start, one.end]: (one.value, one.unit, one.comparable) for one in tagging.baselines}
    assert found["地区生产总值增长5%"] == (6, "%", True)
    assert found["固定资产投资增长10%"][:2] == (0.5, "%")
    assert found["新增城镇就业10000人"] == (12700, "人", True)
    assert found["新增公共泊位400个"] == (300, "个", True)


def test_baselines_have_a_confidence(tagging):
    assert all(0 < one.confidence <= 1 for one in tagging.baselines)


def test_a_promise_made_twice_names_both_and_what_differs(tagging):
    pairs = {(REPORT[slice(*one.first)], REPORT[slice(*one.second)]): one.differs for one in tagging.repeats}
    assert pairs["新增公共泊位400个", "全区新增公共泊位1700个"] == (("400个", "1700个"),)
