"""A target beside last year's result: a difference only where the two may be compared."""

import pytest

from scripts.compare import Comparison, compare

NOT = Comparison("not-comparable")


@pytest.mark.parametrize(
    "target, baseline, expected",
    [
        (
            (6, "%"),
            {"value": 5.5, "comparable": True},
            Comparison("higher", 0.5, "个百分点"),
        ),  # per cent differ by points
        ((5, "%"), {"value": 5.5, "comparable": True}, Comparison("lower", 0.5, "个百分点")),
        ((100, "个"), {"value": 80, "unit": "个", "comparable": True}, Comparison("higher", 20, "个")),
        ((80, "个"), {"value": 80, "comparable": True}, Comparison("equal", 0, "个")),
        (
            (0.3, "%"),
            {"value": 0.1, "comparable": True},
            Comparison("higher", 0.2, "个百分点"),
        ),  # not 0.19999999999999998
        ((6e8, "元"), {"value": 5e8, "unit": "元", "comparable": True}, Comparison("higher", 1e8, "元")),
        ((3, None), {"value": 2, "comparable": True}, Comparison("higher", 1, "")),
        ((100, "个"), {"value": 80, "unit": "处", "comparable": True}, NOT),  # another unit
        ((100, "个"), {"value": 80, "unit": "个", "comparable": False}, NOT),  # another scope, says a person
        ((100, "个"), {"value": 80, "unit": "个"}, NOT),  # nobody said that they may be compared
        ((None, ""), {"value": 80, "comparable": True}, NOT),  # 全覆盖 is no number
        (([5, 6], "%"), {"value": 5.5, "comparable": True}, NOT),  # a range
        ((5, "%"), {"value": [5, 6], "comparable": True}, NOT),
        ((100, "个"), None, None),  # nothing to compare with
    ],
)
def test_a_difference_is_computed_only_where_it_means_something(target, baseline, expected):
    value, unit = target
    assert compare({"value": value, "unit": unit} | ({"baseline": baseline} if baseline else {})) == expected
