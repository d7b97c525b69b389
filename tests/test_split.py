"""Text to outline: nothing is lost, everything is nested, every id is unique and stays, whatever the text."""

import itertools
import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.model import PARTS
from scripts.read import decode, read_document
from scripts.split import split

from .conftest import HALF_WIDTH, QINGHE, ROOT, SHARED

REPORT = ROOT / "source" / "shangcheng-2020" / "report.txt"
SAMPLES = sorted((SHARED / "samples").glob("*.txt"))
without_samples = pytest.mark.skipif(not SAMPLES, reason=f"no samples in {SHARED}: set YANXING_SHARED")
REAL = [pytest.param(file, id=file.stem) for file in (REPORT, *SAMPLES)]

# The genre's own words, numbers, punctuation, breaks and brackets: what a text is made of that might confuse the cuts.
WORDS = [
    "各位代表：", "各位代表：", "政府工作报告", "2030年工作回顾", "2031年重点工作", "今年主要预期目标是", "做好民生实事", "附件", "名词解释",
    "总体要求", "过去一年", "责任编辑：张三", "现在，我代表青禾区人民政府向大会报告工作", "一、", "二、", "十一、", "（一）", "(二)", "第一章",
    "第二部分", "1.", "2．", "3、", "（1）", "(2)", "①", "②", "⑳", "一是", "二是", "三是", "第一，", "——", "－",
    "全力以赴发展产业", "做强数字经济", "新增公共停车位", "加装电梯", "办好为民实事10件", "1.建养老站。", "2.增托位。", "3.治积水。", "12%",
    "3.5亿元", "1,200个", "10-2号", "2031年", "百分之八", "20余", "，", ",", "。", "。", ".", "；", ";", "：", ":",
    "！", "？", "、", "…", "“", "”", "‘", "’", "（", "）", "(", ")", "【", "】", "「", "」", "《", "》", "<b>",
    "</script>", "<!--", "{{", "}}", "|", "#", "*", "_", "`", "\\", "&", "&lt;",
]  # fmt: skip
BREAKS = [
    "\n", "\n", "\r\n", "\r", "\n\n", "\u2028", "\x85", "\x0b", "\x0c", " ", "\t", "\u3000",
    "\u3000\u3000", "\xa0", "\ufeff", "\u200b", "\x1c",
]  # fmt: skip
genre = st.lists(st.sampled_from(WORDS) | st.sampled_from(BREAKS) | st.characters(), max_size=60).map("".join)


def whole(text: str):
    """The outline of a text, after everything has been asked of it that holds for any text."""
    outline = split(text)
    at = 0
    for leaf in outline.leaves:
        assert leaf.start == at < leaf.end, f"leaves do not tile at {at}: {leaf}"
        at = leaf.end
    assert at == len(text)
    ids = []
    end = 0
    for part in outline.parts:
        assert part.kind in PARTS and end == part.start <= part.end
        end = part.end
        for section in part.sections:
            assert part.start <= section.start <= section.end <= part.end, section.id
            assert (
                section.heading_span[0] <= section.heading_span[1]
                and section.heading in text[slice(*section.heading_span)]
            )
            ids.append(section.id)
            ids += [one for paragraph in section.paragraphs for one in inside(text, section, paragraph)]
    assert end == len(text)
    assert len(ids) == len(set(ids)), sorted(one for one in set(ids) if ids.count(one) > 1)
    assert not any(one.start < other.end and other.start < one.end for one, other in pairs(outline.paragraphs))
    said = {(one.start, one.end) for paragraph in outline.paragraphs for one in paragraph.sentences}
    cut = {(leaf.start, leaf.end) for leaf in outline.leaves if leaf.kind in ("sentence", "lead")}
    titles = [leaf for leaf in outline.leaves if leaf.kind == "title"]  # a title line is shown as a paragraph, too
    assert cut <= said and all(any(leaf.start <= a < b <= leaf.end for leaf in titles) for a, b in said - cut)
    return outline


def inside(text, section, paragraph):
    """The ids in a paragraph, whose spans must lie inside each other."""
    assert section.start <= paragraph.start < paragraph.end <= section.end, paragraph.id
    assert paragraph.section == section.id
    yield paragraph.id
    at = paragraph.start
    for number, sentence in enumerate(paragraph.sentences, 1):
        assert at <= sentence.start < sentence.end <= paragraph.end and sentence.id == f"{paragraph.id}.{number}"
        assert text[sentence.start : sentence.end].strip() == text[sentence.start : sentence.end]
        at = sentence.end
        yield sentence.id
    if paragraph.lead:
        assert paragraph.lead == (paragraph.sentences[0].start, paragraph.sentences[0].end)
    for item in paragraph.items:
        assert paragraph.start <= item.start <= item.title[0] <= item.title[1] <= item.end <= paragraph.end
        yield item.id
    assert not any(one.end > other.start for one, other in pairs(paragraph.items))


def pairs(things):
    return itertools.pairwise(things)


def ids_of(outline):
    sentences = [sentence.id for paragraph in outline.paragraphs for sentence in paragraph.sentences]
    return (
        [section.id for section in outline.sections],
        sentences,
        [(part.kind, part.heading) for part in outline.parts],
    )


@without_samples
def test_the_samples_are_there():
    assert len(SAMPLES) >= 10


@pytest.mark.parametrize("file", REAL)
def test_a_real_text_is_taken_apart_without_loss(file):
    document = read_document(file)
    outline = whole(document.text)
    joined = "".join(outline.text[leaf.start : leaf.end] for leaf in outline.leaves)
    assert joined.encode(document.encoding) == file.read_bytes()


@pytest.mark.parametrize("file", REAL)
@pytest.mark.parametrize("seed", range(6))
def test_a_real_text_that_was_mangled_is_taken_apart_all_the_same(file, seed):
    chance = random.Random(f"{file.stem} {seed}")
    text = read_document(file).text
    for _ in range(40):
        at, length = chance.randrange(len(text)), chance.choice((1, 1, 2, 5, 30, 300))
        cut = text[at : at + length]
        put = chance.choice(
            (
                "",
                cut * 2,
                cut[::-1],
                chance.choice(WORDS),
                chance.choice(BREAKS),
                cut.replace("\n", ""),
                cut.replace("。", "\n"),
            )
        )
        text = text[:at] + put + text[at + length :]
    whole(text)


@given(genre)
def test_any_text_made_of_the_genres_words_is_taken_apart(text):
    whole(text)


@given(st.lists(st.sampled_from(WORDS + ["\n"] * 12), min_size=20, max_size=150).map("".join))
def test_any_long_text_made_of_the_genres_words_is_taken_apart(text):
    whole(text)


@given(genre)
def test_ids_depend_on_nothing_but_the_text(text):
    assert split(text) == split(text)


@pytest.mark.parametrize("file", REAL)
def test_ids_are_the_same_in_every_encoding_and_with_every_line_end(file):
    text = read_document(file).text.replace("\r\n", "\n")
    expected = ids_of(split(text))
    for other in (text.replace("\n", "\r\n"), "\ufeff" + text, decode(text.encode("gb18030")).text, text + "\n\n"):
        assert ids_of(split(other)) == expected


@pytest.mark.parametrize("text", [QINGHE, HALF_WIDTH], ids=["full-width", "half-width"])
def test_the_parts_of_a_report_are_told_apart(text):
    outline = whole(text)
    assert [(part.kind, part.heading) for part in outline.parts] == [
        ("opening", ""), ("review", "2030年工作回顾"), ("forward", "2031年重点工作"), ("closing", "")
    ]  # fmt: skip
    assert [(one.id, one.number, one.heading) for one in outline.sections if one.heading] == [
        ("s1", "一、", "全力以赴发展产业"), ("s2", "二、", "全力以赴改善民生")
    ]  # fmt: skip
    assert outline.year == 2031
    leads = [text[slice(*one.lead)] for one in outline.paragraphs if one.lead]
    assert leads == ["做强数字经济。", "优化营商环境。", "完善城市配套。", "办好民生实事。"]
    items = [(one.id, text[slice(*one.title)]) for paragraph in outline.paragraphs for one in paragraph.items]
    assert items == [("l01", "建设养老服务站。"), ("l02", "扩大托育供给。"), ("l03", "整治积水路段。")]


@pytest.mark.parametrize(
    "text, sentences",
    [
        ("今年增长6.5%。其中工业增长7%。", ["今年增长6.5%。", "其中工业增长7%。"]),  # a point inside a number
        ("他说：“好。”我们同意。", ["他说：“好。”", "我们同意。"]),  # the closing quote belongs to the sentence
        ("真的吗？！是的。", ["真的吗？！", "是的。"]),  # two marks in a row
        ("今年要办的事还有很多，没有句号", ["今年要办的事还有很多，没有句号"]),
        ("完成改造.新建道路.", ["完成改造.", "新建道路."]),  # half-width stops, as the Shangcheng report has some
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, sentences):
    outline = whole(text)
    assert [text[one.start : one.end] for paragraph in outline.paragraphs for one in paragraph.sentences] == sentences


@pytest.mark.parametrize("text", ["", "\n", "\ufeff", " \u3000\r\n\t", "\u2028"])
def test_a_text_without_words_has_no_paragraph(text):
    assert whole(text).paragraphs == ()


def test_the_command_shows_the_outline(cli, tmp_path):
    file = tmp_path / "report.txt"
    file.write_text(QINGHE, encoding="utf-8")
    shown = cli("split", file).stdout
    assert [line.split()[0] for line in shown.splitlines()] == [
        "opening",
        "o0",
        "review",
        "r0",
        "forward",
        "s0",
        "s1",
        "s2",
        "closing",
        "c0",
    ]
    assert "s1  一、全力以赴发展产业  (3 paragraphs)" in shown


def test_the_command_gives_everything_as_json(cli, tmp_path):
    file = tmp_path / "report.txt"
    file.write_bytes(QINGHE.encode("gb18030"))
    outline = json.loads(cli("split", file, "--json").stdout)
    assert "".join(QINGHE[leaf["start"] : leaf["end"]] for leaf in outline["leaves"]) == QINGHE
    section = next(one for part in outline["parts"] for one in part["sections"] if one["id"] == "s1")
    paragraph = section["paragraphs"][1]
    assert (paragraph["id"], QINGHE[slice(*paragraph["lead"])]) == ("p007", "做强数字经济。")
    assert [QINGHE[one["start"] : one["end"]] for one in paragraph["sentences"]][
        1
    ] == "引进数字企业12家，建设青禾软件园。"
