"""`check`: each thing that can be wrong in a ledger gives one line that names file and field."""

import re

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
    text = (
        file.read_text(encoding="utf-8")
        .replace("status: in-progress", "status: adjusted")
        .replace("note: 半年进展", "note:")
    )
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
    assert "en.po, p010.2" in found and "expected the tags <c1>" in found


# The translation: a build goes on, `check` fails

PO = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
SENTENCE = "发放租房补贴3000万元。"


def translated(project, english, source=None, context="p006.4", comment=""):
    """The made-up project with one translated segment; the sentence has a commitment only in its first half."""
    source = source or "出台人才安居办法，发放租房补贴3000万元。"
    source = source.replace("出台人才安居办法", "<c1>出台人才安居办法</c1>")
    (project / "source/qinghe-2031/en.po").write_text(
        f'{PO}{comment}msgctxt "{context}"\nmsgid "{source}"\nmsgstr "{english}"\n', encoding="utf-8"
    )


def segment_of(project, words):
    """(context, source) of the segment that holds some words."""
    from scripts import config
    from scripts.assemble import sources

    loaded = config.load_project(project)
    return next(one for one in sources(loaded, loaded.reports[0]) if words in one[1])


RIGHT = "We will <c1>introduce housing measures for talent</c1> and pay 30 million yuan in rent subsidies."
MISTAKES = [
    (RIGHT.replace("30 million", "3 million"), "figures", "a wrong figure"),
    (RIGHT.replace("million yuan", "million"), "figures", "a unit lost"),
    (RIGHT.replace("rent subsidies", "租房补贴"), "chinese", "Chinese left in"),
    (RIGHT.replace("talent", "the “talent"), "typography", "a quotation mark not closed"),
    (RIGHT.replace("talent", "‘talent'"), "typography", "a straight apostrophe"),
    (RIGHT.replace(" and pay", "， and pay"), "typography", "a full-width mark"),
    (RIGHT.replace(" and pay", "  and pay"), "typography", "two spaces"),
    (RIGHT.replace(" and pay", " , and pay"), "typography", "a space before a comma"),
    (RIGHT.rstrip("."), "typography", "no full stop"),
    (RIGHT.replace("housing measures", "accommodation rules"), "terms", "a term's rendering"),
]


@pytest.fixture
def glossed(qinghe):
    (qinghe / "source/glossary.yml").write_text("人才安居办法: {en: housing measures for talent}\n", encoding="utf-8")
    return qinghe


def test_a_good_translation_passes(glossed, cli):
    context, _ = segment_of(glossed, "人才安居办法")
    translated(glossed, RIGHT, context=context)
    assert "nothing wrong" in cli("check", root=glossed).output


@pytest.mark.parametrize(("english", "check", "mistake"), MISTAKES, ids=[case[-1] for case in MISTAKES])
def test_a_mistake_of_the_translation_is_told(glossed, cli, english, check, mistake):
    context, _ = segment_of(glossed, "人才安居办法")
    translated(glossed, english, context=context)
    found = lines(cli("check", root=glossed, code=1))
    assert any(f"{check}: " in line and context in line and "en.po" in line for line in found), found
    cli("build", root=glossed)  # the reader sees the Chinese beside it


def test_a_mistaken_check_can_be_overruled(glossed, cli):
    context, _ = segment_of(glossed, "人才安居办法")
    translated(glossed, RIGHT.replace("30 million", "some 30 million"), context=context)
    assert lines(cli("check", root=glossed, code=1))
    translated(
        glossed, RIGHT.replace("30 million", "some 30 million"), context=context, comment="# accepted: figures\n"
    )
    assert "nothing wrong" in cli("check", root=glossed).output


def test_a_segment_whose_source_has_changed_is_told(glossed, cli):
    translated(glossed, RIGHT.replace("30", "20"), source="出台人才安居办法，发放租房补贴2000万元。")
    assert any("stands in the report no more" in line for line in lines(cli("check", root=glossed, code=1)))


def test_one_source_translated_in_two_ways_is_told(qinghe, cli):
    from scripts import config
    from scripts.assemble import sources

    text = qinghe / "source/qinghe-2031/report.txt"
    edit(text, "数字经济是青禾的长板，今年要在三个方向上持续用力。", "继续压减一般性支出。")
    cli("draft", "qinghe-2031", root=qinghe)
    loaded = config.load_project(qinghe)
    double = [
        (context, source) for context, source in sources(loaded, loaded.reports[0]) if "继续压减一般性支出" in source
    ]
    assert len(double) == 2
    words = ("Continue to cut general expenditures.", "Keep cutting general spending.")
    said = [
        re.sub(r"继续压减一般性支出。?", english, source) for (_, source), english in zip(double, words, strict=True)
    ]
    said = [one.replace(".</c1>", "</c1>.").replace("。", "") for one in said]
    entries = [f'msgctxt "{c}"\nmsgid "{s}"\nmsgstr "{e}"\n' for (c, s), e in zip(double, said, strict=True)]
    (qinghe / "source/qinghe-2031/en.po").write_text(PO + "\n".join(entries), encoding="utf-8")
    found = lines(cli("check", root=qinghe, code=1))
    assert len(found) == 1 and "same: " in found[0] and "2 ways" in found[0] and words[0][:20] in found[0]


def test_characters_of_the_other_script_are_found():
    from scripts.checks.script import foreign

    assert foreign("<p>發展数字經濟,里程</p>", "zh-Hant") == ["数"]
    assert foreign('<option value="区财政局">區財政局</option>', "zh-Hant") == [], "a key, the same in each language"
    assert foreign('<a data-tip="区">區</a>', "zh-Hant") == ["区"]
    assert foreign('<p>發展<q lang="zh-Hans">数字经济</q>與</p>', "zh-Hant") == []
    assert foreign("<p>发展數字经济,乾隆</p>", "zh-Hans") == ["數"]
    assert foreign("<p>发展数字经济</p>", "zh-Hans") == []
