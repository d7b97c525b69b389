"""Half-width punctuation in Chinese is shown full-width, one character for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.typeset import pieces, typeset

from .conftest import ROOT


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("增长5%,其中", "增长5%，其中"),
        ("目标为:增长5%;人均", "目标为：增长5%；人均"),
        ("实现!吗?", "实现！吗？"),
        ("企业930家(次)。", "企业930家（次）。"),
        ("规划(2020—2025年)》", "规划（2020—2025年）》"),
        ("品牌”,推动", "品牌”，推动"),
        ("APEC(亚太)会,讨论", "APEC（亚太）会，讨论"),
        ("8:30开会,3,055件,比例1:1.2,好", "8:30开会，3,055件，比例1:1.2，好"),
        ("见http://a.example/b,再看", "见http://a.example/b，再看"),
        ("Hello, world (x) 你", "Hello, world (x) 你"),
        ("Hello, world!", "Hello, world!"),
        ("建设&lt;平台", "建设&lt;平台"),
        ("占60.37%。", "占60.37%。"),
    ],
)
def test_marks_are_chinese_where_the_text_is(written, shown):
    assert typeset(written) == shown


@given(st.text(alphabet="数字,:;!?()a1 .%“”&<", max_size=40))
def test_length_and_everything_but_marks_stay(text):
    shown = typeset(text)
    assert len(shown) == len(text)
    assert shown.translate(str.maketrans("，：；！？（）", ",:;!?()")) == text


@given(st.lists(st.text(alphabet="数字,:()a1", max_size=8), max_size=6))
def test_pieces_are_the_whole(texts):
    assert "".join(pieces(texts)) == typeset("".join(texts))


def test_the_report_has_no_half_width_mark_between_han():
    shown = typeset((ROOT / "source/shangcheng-2020/report.txt").read_text(encoding="utf-8"))
    assert not any(mark in shown for mark in ",;:!?()")
