"""The command line: every command is documented and has help; bad input gives one clear line and changes nothing."""

import json
import os
import subprocess
import sys

import pytest

from scripts.__main__ import main

from .conftest import HALF_WIDTH, QINGHE, ROOT, snapshot

COMMANDS = sorted(main.commands)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_stands_in_the_readme(cli, command):
    assert main.commands[command].help, command
    assert f"`{command}" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert "Usage" in cli(command, "--help").output


BAD_FILES = [
    # name, bytes, exit status for tag, what is said
    ("missing.txt", None, 1, "no such file"),
    ("empty.txt", b"", 1, "empty"),
    ("blank.txt", b"\xef\xbb\xbf \r\n\t", 1, "empty"),
    ("binary.txt", bytes(range(256)) * 8, 1, "plain text"),
    ("nul.txt", "各位代表\x00".encode(), 1, "binary data"),
    ("report.docx", b"PK\x03\x04word", 1, "Word"),
    ("report.pdf", b"%PDF-1.7", 1, "PDF"),
    ("english.txt", b"Four score and seven years ago", 2, "not a government work report"),
    ("other.txt", "关于法治建设情况的报告\n一、积极推进\n我们做了工作。".encode(), 2, "not a government work report"),
]


@pytest.mark.parametrize(("name", "data", "code", "said"), BAD_FILES, ids=[case[0] for case in BAD_FILES])
def test_a_bad_file_gives_one_clear_line(cli, tmp_path, name, data, code, said):
    file = tmp_path / name
    if data is not None:
        file.write_bytes(data)
    result = cli("tag", file, code=code)
    assert result.output.count("\n") == 1
    assert result.output.startswith("yanxing: ") and name in result.output and said in result.output


@pytest.mark.parametrize(("name", "data", "code", "said"), BAD_FILES, ids=[case[0] for case in BAD_FILES])
def test_a_bad_text_stops_draft_and_build_before_anything_changes(qinghe, cli, name, data, code, said):
    file = qinghe / "source/qinghe-2031/report.txt"
    file.unlink()
    if data is not None:
        file.write_bytes(data)
    before = snapshot(qinghe)
    for command in (["draft", "qinghe-2031"], ["build"], ["check"]):
        failed = cli(*command, root=qinghe, code=2 if code == 2 and command[0] == "draft" else 1)
        assert "report.txt" in failed.output and said in failed.output, command
        assert "Traceback" not in failed.output
    assert snapshot(qinghe) == before


def test_split_takes_any_text(cli, tmp_path):
    file = tmp_path / "any.txt"
    file.write_bytes("一段普通的文字。\r\n第二行".encode("gb18030"))
    outline = json.loads(cli("split", file, "--json").output)
    text = file.read_bytes().decode("gb18030")
    assert "".join(text[leaf["start"] : leaf["end"]] for leaf in outline["leaves"]) == text


@pytest.mark.parametrize("text", [QINGHE, HALF_WIDTH], ids=["full width", "half width"])
def test_tag_prints_json_with_spans(cli, tmp_path, text):
    file = tmp_path / "report.txt"
    file.write_bytes(text.encode())
    found = json.loads(cli("tag", file, "--json").output)
    assert set(found) == {"commitments", "results", "baselines", "repeats", "year"}
    assert found["year"] == 2031
    for one in found["commitments"]:
        assert text[one["start"] : one["end"]] == one["quote"]
        assert set(one) >= {"section", "paragraph", "kind", "targets", "horizon", "lead", "support", "due"}
    assert {"引进数字企业12家", "为老旧小区加装电梯20台", "继续压减一般性支出"} <= {
        one["quote"] for one in found["commitments"]
    }


def test_tag_force_tags_another_kind_of_text(cli, tmp_path):
    file = tmp_path / "plan.txt"
    file.write_text("2031年重点工作\n一、加快建设\n改造路口3个。", encoding="utf-8")
    cli("tag", file, code=2)
    assert [one["quote"] for one in json.loads(cli("tag", file, "--json", "--force").output)["commitments"]] == [
        "改造路口3个"
    ]


def test_new_draft_and_build_a_report(empty, cli, tmp_path):
    file = tmp_path / "报告 2031.txt"
    file.write_bytes(QINGHE.replace("\n", "\r\n").encode("gb18030"))
    cli("new", "qinghe-2031", file, root=empty)
    folder = empty / "source/qinghe-2031"
    assert (folder / "report.txt").read_bytes() == file.read_bytes()
    assert "青禾区政府工作报告" in (folder / "report.yml").read_text(encoding="utf-8")
    assert "青禾区人民政府" in (folder / "report.yml").read_text(encoding="utf-8")
    assert "new" in cli("draft", "qinghe-2031", root=empty).output
    said = cli("build", root=empty).output
    assert "commitments" in said and "targets" in said and "pages" in said


def test_new_never_overwrites(qinghe, cli, tmp_path):
    file = tmp_path / "report.txt"
    file.write_text(QINGHE, encoding="utf-8")
    before = snapshot(qinghe)
    assert "is there already" in cli("new", "qinghe-2031", file, root=qinghe, code=1).output
    assert "not of the form" in cli("new", "../evil", file, root=qinghe, code=1).output
    assert snapshot(qinghe) == before


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp936"])
def test_a_console_of_any_code_page_gets_utf_8_and_no_traceback(tmp_path, encoding):
    file = tmp_path / "report.txt"
    file.write_text(QINGHE, encoding="utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "scripts", "tag"]
    done = subprocess.run([*command, str(file)], cwd=ROOT, env=environment, capture_output=True, check=True)
    assert "为老旧小区加装电梯20台" in done.stdout.decode()
    failed = subprocess.run([*command, str(tmp_path / "缺.txt")], cwd=ROOT, env=environment, capture_output=True)
    assert failed.returncode == 1 and failed.stderr.decode().splitlines() == [
        f"yanxing: {tmp_path / '缺.txt'}: no such file → check the name"
    ]


@pytest.mark.parametrize("command", [["build"], ["draft", "qinghe-2031"]], ids=" ".join)
def test_a_place_that_cannot_be_written_gets_one_line(fresh, cli, command):
    place = fresh / "docs" / "zh-Hans" if command == ["build"] else fresh / "source/qinghe-2031/commitments"
    place.write_text("in the way", encoding="utf-8")
    said = cli(*command, root=fresh, code=1).output
    assert said.count("\n") == 1 and str(place) in said


def test_an_unknown_report_is_told_with_those_there_are(qinghe, cli):
    assert "qinghe-2031" in cli("draft", "nowhere-2031", root=qinghe, code=1).output
