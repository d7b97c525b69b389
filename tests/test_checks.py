"""`check`: each thing that can be wrong in a ledger gives one line that names file and field."""

import pytest

from .conftest import QINGHE, edit

RECORD = "qh2031-s2-001"


def lines(result):
    return [line for line in result.output.splitlines() if line.startswith("yanxing: ")]


def test_nothing_is_wrong_with_what_is_committed(cli):
    assert "nothing wrong" in cli("check").output


def test_nothing_is_wrong_with_the_made_up_report(qinghe, cli):
    assert "nothing wrong" in cli("check", root=qinghe).output


BROKEN = [
    # file, old, new, what the line says, reason
    (RECORD, "status: unassessed", "status: finished", ("status", "“finished”", "expected one of unassessed"), "unknown status"),
    (RECORD, "status: unassessed", "status: completed", ("status", "“completed” without evidence"), "a status needs evidence"),
    (RECORD, "quote: 新增公共停车位100个", "quote: 新增公共停车位999个", ("quote", "does not stand in the report"), "a quote is verbatim"),
    (RECORD, f"id: {RECORD}", "id: qh2031-s2-009", ("id", "expected the file's name"), "a file is named by its id"),
    (RECORD, f"id: {RECORD}", "id: qh2031-s2-002", ("id", "is also that of"), "ids are used once"),
    (RECORD, "report: qinghe-2031", "report: other", ("report", "expected “qinghe-2031”"), "a record belongs to its report"),
    (RECORD, "themes: [transport]", "themes: [parking]", ("themes", "“parking”"), "an unknown theme"),
    (RECORD, "repeats: []", "repeats: [qh2031-s9-001]", ("repeats", "there is no record"), "a repeat that does not exist"),
    (RECORD, "repeats: []", "repeats: [qh2031-s1-001]", ("repeats", "does not name this record"), "a repeat of one side only"),
    (RECORD, "kind: quantified", "kind: qualitative", ("kind", "with 1 targets"), "kind and targets agree"),
    (RECORD, "text: 100个", "text: 101个", ("targets.0.text", "does not stand in the quote"), "a figure stands in its quote"),
    (RECORD, "quote: 新增公共停车位80个", "quote: 新增公共停车位81个", ("baseline.quote", "does not stand"), "a baseline stands in the text"),
    (RECORD, "due:", "due: 2031-02-30", ("due", "no day of the calendar"), "a day that no calendar has"),
    (RECORD, "section: s2", "section: s1", ("section", "found “s1”, expected “s2”"), "a record stands in its section"),
    (RECORD, "paragraph: p009", "paragraph: p999", ("paragraph", "found “p999”, expected “p009”"), "a paragraph that does not exist"),
    (RECORD, "quote: 新增公共停车位100个", 'quote: "新增公共\\n停车位100个"', ("quote", "does not stand in the report"), "a quote with a line break"),
    (RECORD, "status: unassessed", "", ("“status” is missing",), "a field that must be there"),
    (RECORD, "value: 100", "value: 一百", ("targets.0.value", "found “一百”, expected number"), "a value is a number"),
    (RECORD, "review: confirmed", "review: confirmed\nreviewer: me", ("unknown field “reviewer”",), "an unknown field"),
    (RECORD, "quote: 新增公共停车位100个", "quote: [新增", ("broken YAML", "line"), "broken YAML is told with its line"),
    ("qh2031-l01-01", "status: in-progress\nhistory", "status: completed\nhistory", ("status", "history ends with “in-progress”"), "history and status agree"),
    ("qh2031-l01-01", "evidence: [e1]", "evidence: [e2]", ("history.0.evidence", "no evidence has the id “e2”"), "evidence that is cited exists"),
    ("qh2031-s2-002", "repeats: [qh2031-l01-01]", "repeats: []", ("repeats", "does not name this record"), "repeats name each other"),
]  # fmt: skip


@pytest.mark.parametrize(("record", "old", "new", "said", "reason"), BROKEN, ids=[case[-1] for case in BROKEN])
def test_one_line_says_what_is_wrong(qinghe, cli, record, old, new, said, reason):
    file = qinghe / "source/qinghe-2031/commitments" / f"{record}.md"
    edit(file, old, new)
    found = lines(cli("check", root=qinghe, code=1))
    assert any(all(part in line for part in said) for line in found), found
    assert all("/commitments/qh2031-" in line.replace("\\", "/") for line in found), "each names its file"
    assert len(found) <= 2, "one mistake is not told over and over"
    built = cli("build", root=qinghe, code=1)
    assert lines(built) == found, "the build says the same and does not begin"
    assert not (qinghe / "site").exists()


def test_adjusted_needs_a_reason(qinghe, cli):
    file = qinghe / "source/qinghe-2031/commitments/qh2031-l01-01.md"
    text = file.read_text(encoding="utf-8").replace("status: in-progress", "status: adjusted").replace("note: 半年进展", "note:")
    file.write_text(text, encoding="utf-8")
    (found,) = lines(cli("check", root=qinghe, code=1))
    assert "without a reason" in found


def test_overlapping_quotes(qinghe, cli):
    file = qinghe / "source/qinghe-2031/commitments" / f"{RECORD}.md"
    at = QINGHE.index("新增公共停车位100个，改造老旧小区")
    copy = file.with_name("qh2031-s2-009.md")
    text = file.read_text(encoding="utf-8").replace(RECORD, copy.stem)
    text = text.replace("quote: 新增公共停车位100个", "quote: 停车位100个，改造老旧小区3个")
    text = "\n".join(f"span: [{at + 4}, {at + 19}]" if line.startswith("span:") else line for line in text.split("\n"))
    copy.write_text(text, encoding="utf-8")
    assert any("overlaps qh2031-s2-001" in line for line in lines(cli("check", root=qinghe, code=1)))


def test_missing_english_is_counted_not_an_error(qinghe, cli):
    output = cli("check", root=qinghe).output
    assert "qinghe-2031: en:" in output and "segments not yet translated" in output


def test_a_text_that_is_no_report(qinghe, cli):
    (qinghe / "source/qinghe-2031/report.txt").write_text("Nothing of the kind.", encoding="utf-8")
    found = lines(cli("check", root=qinghe, code=1))
    assert any("not a government work report" in line for line in found)


def test_a_translation_that_lost_its_tags(qinghe, cli):
    (qinghe / "source/qinghe-2031/en.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgctxt "p010.2"\nmsgid "<c1>引进数字企业12家</c1>，建设青禾软件园。"\nmsgstr "Bring in 12 digital firms."\n',
        encoding="utf-8",
    )
    (found,) = lines(cli("check", root=qinghe, code=1))
    assert "en.po, p010.2" in found and "<c1> </c1>" in found
