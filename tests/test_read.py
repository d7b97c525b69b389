"""Bytes to text: every encoding that an office sends, and one clear line for what is no text."""

import codecs

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scripts.errors import Problem
from scripts.read import decode, read_document

from .conftest import QINGHE, snapshot

CRLF = QINGHE.replace("\n", "\r\n")
ENCODED = [
    (QINGHE.encode(), "utf-8", QINGHE, "plain UTF-8"),
    (CRLF.encode(), "utf-8", CRLF, "UTF-8 with Windows line ends"),
    (QINGHE.replace("\n", "\r").encode(), "utf-8", QINGHE.replace("\n", "\r"), "old Mac line ends"),
    (codecs.BOM_UTF8 + QINGHE.encode(), "utf-8", "\ufeff" + QINGHE, "UTF-8 with a byte order mark"),
    (codecs.BOM_UTF8 + CRLF.encode(), "utf-8", "\ufeff" + CRLF, "as Windows Notepad saves it"),
    (QINGHE.encode("gb18030"), "gb18030", QINGHE, "GB18030"),
    (CRLF.encode("gbk"), "gb18030", CRLF, "GBK with Windows line ends, Notepad's ANSI in China"),
    (QINGHE.encode("gb2312"), "gb18030", QINGHE, "GB2312"),
    (("\ufeff" + QINGHE).encode("gb18030"), "gb18030", "\ufeff" + QINGHE, "GB18030 with a byte order mark"),
    (("㐂𠮷" + QINGHE).encode("gb18030"), "gb18030", "㐂𠮷" + QINGHE, "four-byte characters of GB18030, as in names"),
    (("\ufeff" + CRLF).encode("utf-16-le"), "utf-16-le", "\ufeff" + CRLF, "Notepad's Unicode"),
    (("\ufeff" + QINGHE).encode("utf-16-be"), "utf-16-be", "\ufeff" + QINGHE, "UTF-16, big end first"),
    (QINGHE.rstrip("\n").encode(), "utf-8", QINGHE.rstrip("\n"), "no line end at the end"),
]
# name, bytes (None: the file is not there), what the message says
UNREADABLE = [
    ("missing.txt", None, "no such file"),
    ("empty.txt", b"", "the file is empty"),
    ("blank.txt", " \t\r\n\u3000\ufeff\n".encode(), "the file is empty"),
    ("word.docx", b"PK\x03\x04\x14\x00\x06\x00", "a Word, Excel or zip file"),
    ("word.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Excel file"),
    ("report.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "a PDF file"),
    ("report.rtf", b"{\\rtf1\\ansi", "a rich-text file"),
    ("nul.txt", "各位代表\x00".encode(), "binary data"),
    ("unmarked.txt", "Report on the work".encode("utf-16-le"), "binary data"),
    ("image.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary data"),
    ("half.txt", codecs.BOM_UTF16_LE + "各位代表".encode("utf-16-le")[:-1], "a binary file"),
]


@pytest.mark.parametrize("data, encoding, text", [row[:3] for row in ENCODED], ids=[row[3] for row in ENCODED])
def test_every_usual_encoding_is_read_and_gives_its_bytes_back(tmp_path, data, encoding, text):
    file = tmp_path / "报告.txt"
    file.write_bytes(data)
    document = read_document(file)
    assert (document.text, document.encoding, document.path) == (text, encoding, str(file))
    assert document.text.encode(document.encoding) == data


@given(st.binary(max_size=64) | st.text(max_size=40).map(lambda text: text.encode("gb18030", "ignore")))
@example(b"\x81\x35\xf4\x37")  # a four-byte form of a character that also has a two-byte one
@example(b"\xa8\xbc\xa6\xd9\xfe\x59")
def test_what_is_read_at_all_gives_its_bytes_back(data):
    try:
        document = decode(data)
    except Problem:
        return
    assert document.text.encode(document.encoding) == data


def test_a_utf8_text_with_a_damaged_character_is_not_read_as_something_else():
    data = bytearray(QINGHE.encode())
    del data[data.index("回顾".encode()) + 1]  # without this, the rest might be read as GB18030
    with pytest.raises(Problem, match="line 7"):
        decode(bytes(data), "report.txt")


@pytest.mark.parametrize("command", ["split", "tag"])
@pytest.mark.parametrize("name, data, says", UNREADABLE, ids=[row[0] for row in UNREADABLE])
def test_a_file_that_is_no_text_gets_one_clear_line(cli, tmp_path, command, name, data, says):
    file = tmp_path / name
    if data is not None:
        file.write_bytes(data)
    result = cli(command, file, code=1)
    assert result.stdout == "" and len(result.stderr.splitlines()) == 1
    assert result.stderr.startswith(f"yanxing: {file}: ") and says in result.stderr


@pytest.mark.parametrize("command", ["split", "tag"])
def test_a_folder_is_named_as_such(cli, tmp_path, command):
    assert "this is a folder" in cli(command, tmp_path, code=1).stderr


@pytest.mark.parametrize("command", [("draft", "qinghe-2031"), ("build",), ("check",)], ids=lambda command: command[0])
@pytest.mark.parametrize("name, data, says", UNREADABLE, ids=[row[0] for row in UNREADABLE])
def test_a_report_that_is_no_text_gets_one_clear_line_and_changes_nothing(cli, qinghe, command, name, data, says):
    file = qinghe / "source" / "qinghe-2031" / "report.txt"
    file.unlink()
    if data is not None:
        file.write_bytes(data)
    before = snapshot(qinghe)
    result = cli(*command, root=qinghe, code=1)
    assert len(result.output.splitlines()) == 1
    assert str(file) in result.stderr and says in result.stderr
    assert snapshot(qinghe) == before


@pytest.mark.parametrize("command, code", [("draft", 2), ("build", 1), ("check", 1)])
def test_a_text_that_is_no_work_report_is_refused_and_changes_nothing(cli, fresh, command, code):
    file = fresh / "source" / "qinghe-2031" / "report.txt"
    file.write_text("关于停水的通知\n\n因管网检修，明日八时至十八时停水，请用户提前储水。\n", encoding="utf-8")
    before = snapshot(fresh)
    result = cli(command, *(["qinghe-2031"] if command == "draft" else []), root=fresh, code=code)
    assert len(result.output.splitlines()) == 1
    assert str(file) in result.stderr and "not a government work report" in result.stderr
    assert snapshot(fresh) == before


def test_only_tagging_asks_for_a_work_report(cli, tmp_path):
    file = tmp_path / "notice.txt"
    file.write_text("关于停水的通知\n\n因管网检修，明日八时至十八时停水。\n", encoding="utf-8")
    assert "p" in cli("split", file).stdout
    assert str(file) in cli("tag", file, code=2).stderr
    assert "0 commitments" in cli("tag", file, "--force").stderr
