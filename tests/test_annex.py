"""Annexed plans: flattened tables and lists with their units."""

from scripts.tag import tag

BODY = """各位代表：
现在，我代表青禾区人民政府向大会报告工作。
一、2020年工作回顾
建成公园2座。
二、2021年工作安排
（一）加快建设
改造路口3个。
各位代表！让我们团结奋斗！
"""
TABLE = """附件1
2020年民生实事完成情况
1
改造公厕
已完成10座
附件2
2021年民生实事计划清单
序号\t工作任务
工作内容
牵头单位
协办单位
1
开建500个停车位
在中心区开建。
住建局、交通局
各街道办
2
提供200套人才住房
面向企业。
住建局
企服中心、科创局
"""
LIST = """附件
2021年民生实事
1.新增幼儿园学位2000个。牵头单位：区教育局
2.建成东路天桥。牵头单位：区建筑工务局；配合单位：区交通局、区城管局
"""
GLOSSARY = """附件
名词解释
1.三馆：建设公共艺术馆、科技馆和青少年宫共3个。
"""


def annexed(annex):
    text = BODY + annex
    start = len(BODY)
    return [one for one in tag(text).commitments if one.start >= start]


def test_a_row_of_a_flattened_table_is_a_commitment_with_its_units():
    assert [(one.quote, one.lead, one.support) for one in annexed(TABLE)] == [
        ("开建500个停车位", "住建局", ("交通局", "各街道办")),
        ("提供200套人才住房", "住建局", ("企服中心", "科创局")),
    ]


def test_last_years_outcomes_promise_nothing():
    assert not any("公厕" in one.quote for one in annexed(TABLE))


def test_a_list_with_units_behind_each_item():
    assert [(one.quote, one.lead, one.support) for one in annexed(LIST)] == [
        ("新增幼儿园学位2000个", "区教育局", ()),
        ("建成东路天桥", "区建筑工务局", ("区交通局", "区城管局")),
    ]


def test_a_glossary_promises_nothing():
    assert annexed(GLOSSARY) == []
