"""The translation memory: what is translated, what is a machine's draft, what is missing, and the interface's words."""

import ast

import pytest

from scripts import config, memory
from scripts.assemble import interface
from scripts.edition import Piece
from scripts.errors import Problem
from scripts.inline import tagged, untagged

from .conftest import ROOT

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
BODY = """\
msgctxt "s1"
msgid "产业"
msgstr "Industry"

msgctxt "indicator"
msgid "产业"
msgstr "industries"

#, fuzzy
msgid "机器"
msgstr "machine"

msgid "空"
msgstr ""

#~ msgid "旧"
#~ msgstr "old"

msgid "%(n)d项承诺"
msgid_plural "%(n)d项承诺"
msgstr[0] "%(n)d commitment"
msgstr[1] "%(n)d commitments"
"""


@pytest.fixture
def loaded(tmp_path):
    file = tmp_path / "en.po"
    file.write_text(HEAD + BODY, encoding="utf-8")
    return memory.load(file)


@pytest.mark.parametrize(
    "source, context, expected",
    [
        ("产业", "s1", memory.Translation("Industry")),
        ("产业", "indicator", memory.Translation("industries")),
        ("产业", "s9", memory.Translation("Industry")),  # the same text elsewhere: the first translation
        ("机器", "", memory.Translation("machine", memory.DRAFT)),  # fuzzy: nobody has read it
        ("空", "", None),  # an empty translation is none
        ("旧", "", None),  # an obsolete entry is none
        ("无", "", None),
    ],
)
def test_a_segment_is_found_by_context_then_by_text(loaded, source, context, expected):
    assert loaded.find(source, context) == expected


def test_no_file_is_an_empty_memory(tmp_path):
    assert memory.load(tmp_path / "en.po").find("产业") is None


@pytest.mark.parametrize(
    "body, says",
    [
        ('msgid "a"\nmsgstr "b" c"\n', "line 6"),  # a quotation mark too many
        ('msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n', "a"),  # twice the same
        ('msgstr "b"\n', "line 5"),
    ],
)
def test_a_broken_file_is_told_with_its_place(tmp_path, body, says):
    file = tmp_path / "en.po"
    file.write_text(HEAD + body, encoding="utf-8")
    with pytest.raises(Problem) as caught:
        memory.load(file)
    line = str(caught.value)
    assert line.startswith(str(file)) and says in line and "\n" not in line


def test_a_file_in_another_encoding_is_told(tmp_path):
    file = tmp_path / "en.po"
    file.write_bytes((HEAD + BODY).encode("gb18030"))
    with pytest.raises(Problem, match="broken PO file"):
        memory.load(file)


def test_words_have_plurals_and_values(loaded):
    t = memory.words("en", loaded, lambda text: text)
    assert [t("%(n)d项承诺", n=n) for n in (0, 1, 2)] == ["0 commitments", "1 commitment", "2 commitments"]


def test_a_missing_word_of_the_interface_is_an_error(loaded):
    with pytest.raises(memory.MissingWord, match=r"“无” has no English"):
        memory.words("en", loaded, lambda text: text)("无")


@pytest.mark.parametrize("english", ["%(m)d commitments", "%(n)y", "100% of %(n)d", "%d commitments"])
def test_values_that_a_translator_spoilt_are_an_error(tmp_path, english):
    file = tmp_path / "ui.en.po"
    file.write_text(f'{HEAD}msgid "共%(n)d项"\nmsgstr "{english}"\n', encoding="utf-8")
    with pytest.raises(memory.MissingWord, match="has other values than “共"):
        memory.words("en", memory.load(file), lambda text: text)("共%(n)d项", n=3)


def test_words_of_the_interface_are_in_every_language():
    said = [interface(config.load_project(), language)("待评估") for language in ("zh-Hans", "zh-Hant", "en")]
    assert said == ["待评估", "待評估", "Not yet assessed"]


def test_every_word_that_the_code_names_is_translated():
    project = config.load_project()
    known = memory.load(project.source / "ui.en.po")
    for file in (ROOT / "scripts").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            called = isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "t"
            if called and isinstance(node.args[0], ast.Constant):
                source = node.args[0].value
                assert source in known.plurals or known.find(source), f"{file.name}: {source}"


PIECES = (Piece("今年"), Piece("新增泊位100个", "c-1"), Piece("，"), Piece("改造小区3个", "c-2"), Piece("。"))


def test_commitments_are_tags_inside_a_segment():
    assert tagged(PIECES) == "今年<c1>新增泊位100个</c1>，<c2>改造小区3个</c2>。"


@pytest.mark.parametrize(
    "english, expected",
    [
        (
            "<c1>100 bays</c1> and <c2>3 estates</c2>.",
            (("100 bays", "c-1"), (" and ", ""), ("3 estates", "c-2"), (".", "")),
        ),
        (
            "<c2>3 estates</c2>, <c1>100 bays</c1>",
            (("3 estates", "c-2"), (", ", ""), ("100 bays", "c-1")),
        ),  # English turns them round
        (
            "<c1>100</c1> new <c1>bays</c1>",
            (("100", "c-1"), (" new ", ""), ("bays", "c-1")),
        ),  # one commitment in two pieces
        ("No tags.", (("No tags.", ""),)),
        ("<c9>astray</c9>", (("astray", ""),)),  # a tag that the Chinese has not
        ("", ()),
    ],
)
def test_tags_lead_back_to_commitments(english, expected):
    assert untagged(english, PIECES) == tuple(Piece(*pair) for pair in expected)
