"""Tagging to ledger: a second run changes nothing, and nothing that a person did is ever undone."""

import pytest

from scripts import config, ledger

from .conftest import HALF_WIDTH, QINGHE, edit, snapshot

TARGETS = """\
targets:
  - indicator: 数字企业（含总部）
    operator: '>='
    value: 12
    unit: 家
    kind: increase
    text: 12家
"""


@pytest.fixture
def drafted(fresh, cli):
    """The project after its first draft, with what a test needs to look at it."""

    class Ledger:
        root = fresh
        folder = fresh / "source" / "qinghe-2031"

        def draft(self, code=0):
            return cli("draft", "qinghe-2031", root=fresh, code=code).output

        def records(self):
            return {record.id: record for record in ledger.load(config.load_report(self.folder))}

        def of(self, quote):
            found = [record for record in self.records().values() if record.quote == quote]
            assert len(found) == 1, f"{quote}: {len(found)} records"
            return found[0]

        def file(self, quote):
            return self.folder / "commitments" / f"{self.of(quote).id}.md"

        def write(self, text):
            (self.folder / "report.txt").write_bytes(text.encode())

    result = Ledger()
    result.said = result.draft()
    return result


@pytest.mark.parametrize(
    "text", [QINGHE, HALF_WIDTH, QINGHE.replace("\n", "\r\n")], ids=["full-width", "half-width", "crlf"]
)
def test_a_first_draft_writes_a_record_for_every_commitment(fresh, cli, text):
    folder = fresh / "source" / "qinghe-2031"
    (folder / "report.txt").write_bytes(text.encode())
    said = cli("draft", "qinghe-2031", root=fresh).output
    records = ledger.load(config.load_report(folder))
    assert said.startswith(f"{len(records)} new, 0 followed the text, 0 kept as a person wrote them\n")
    assert all(text[slice(*record.span)] == record.quote for record in records)
    assert all(
        (record.review, record.status, record.report) == ("draft", "unassessed", "qinghe-2031") for record in records
    )
    quotes = {record.quote: record for record in records}
    assert {"引进数字企业12家", "出台人才安居办法", "为老旧小区加装电梯20台", "继续压减一般性支出"} <= set(quotes)
    lift = quotes["为老旧小区加装电梯20台"]
    assert (lift.section, lift.paragraph, lift.kind, lift.id[:11]) == ("s2", "p009", "quantified", "qh2031-s2-0")
    assert [(one["operator"], one["value"], one["unit"], one["text"]) for one in lift.targets] == [
        ("=", 20, "台", "20台")
    ]
    assert {record.section for record in records if record.id.startswith("qh2031-l")} == {"l01", "l02", "l03"}
    assert "nothing wrong" in cli("check", root=fresh).output


def test_a_second_draft_changes_nothing(drafted):
    before = snapshot(drafted.root)
    assert drafted.draft() == "0 new, 0 followed the text, 0 kept as a person wrote them\n"
    assert snapshot(drafted.root) == before


# what stands in a fresh record, what a person makes of it
EDITS = [
    ("themes: []", "themes: [innovation, economy]", "themes"),
    ("lead:\n", "lead: 区数字办\n", "lead"),
    ("support: []", "support: [区财政局]", "support"),
    ("due:\n", "due: 2031-09\n", "due"),
    ("review: draft", "review: confirmed", "review"),
    (
        "status: unassessed\nhistory: []",
        "status: behind\nhistory: [{date: 2031-07-01, status: behind, by: 督查室}]",
        "status and history",
    ),
    ("evidence: []", "evidence: [{id: e1, title: 通报, publisher: 区政府, date: 2031}]", "evidence"),
    ("---\n", "---\nSeen on site.\n", "note"),
    ("id: qh2031-s1-001", "id: qh2031-s1-001   # the first", "a comment"),
    ("quote: 引进数字企业12家", "quote: '引进数字企业12家'", "the way a text is quoted"),
    ("kind: quantified", "kind: qualitative", "kind"),
    (None, TARGETS, "targets"),
]


@pytest.mark.parametrize("old, new", [row[:2] for row in EDITS], ids=[row[2] for row in EDITS])
def test_what_a_person_changes_in_a_record_stays(drafted, old, new):
    file = drafted.file("引进数字企业12家")
    text = file.read_text(encoding="utf-8")
    old = old or text[text.index("targets:") : text.index("themes:")]
    head, _, tail = text.rpartition(old) if old == "---\n" else text.partition(old)
    assert tail or old == "---\n"
    file.write_text(head + new + tail, encoding="utf-8")
    before = snapshot(drafted.root)
    said = drafted.draft()
    assert snapshot(drafted.root) == before
    assert said.startswith("0 new, 0 followed")


def test_a_record_that_a_person_adds_stays(drafted):
    file = drafted.file("引进数字企业12家")
    own = file.with_name("qh2031-r0-001.md")
    text = file.read_text(encoding="utf-8").replace(file.stem, own.stem).replace("引进数字企业12家", "社会保持稳定")
    text = text.replace("kind: quantified", "kind: qualitative").replace(
        text[text.index("targets:") : text.index("themes:")], "targets: []\n"
    )
    own.write_text(text.replace("review: draft", "review: confirmed"), encoding="utf-8")
    drafted.draft()
    record = drafted.records()[own.stem]
    assert (record.quote, record.section, record.paragraph) == ("社会保持稳定", "r0", "p004")
    assert QINGHE[slice(*record.span)] == record.quote


def test_records_follow_a_text_that_moved(drafted):
    before = drafted.records()
    drafted.write(QINGHE.replace("2030年工作回顾\n", "2030年工作回顾\n\n过去一年，殊为不易，全区上下同心同德。\n"))
    said = drafted.draft()
    after = drafted.records()
    assert said == f"0 new, {len(before)} followed the text, 0 kept as a person wrote them\n"
    assert set(after) == set(before)
    text = (drafted.folder / "report.txt").read_text(encoding="utf-8")
    for record_id, record in after.items():
        assert text[slice(*record.span)] == record.quote == before[record_id].quote
        assert int(record.paragraph[1:]) == int(before[record_id].paragraph[1:]) + 1
        assert record.section == before[record_id].section


def test_a_figure_that_the_text_changed_is_reported_and_the_record_kept(drafted):
    old = drafted.of("引进数字企业12家")
    file = drafted.file("引进数字企业12家")
    before = file.read_bytes()
    drafted.write(QINGHE.replace("数字企业12家", "数字企业15家"))
    said = drafted.draft()
    assert f"  {old.id}: no longer stands in the text" in said.splitlines()
    assert file.read_bytes() == before
    assert drafted.of("引进数字企业15家").id != old.id


def test_a_quote_that_a_person_changed_is_kept(drafted):
    file = drafted.file("引进数字企业12家")
    edit(file, "quote: 引进数字企业12家", "quote: 引进数字企业12家，建设青禾软件园")
    other = drafted.file("建设青禾软件园")
    other.unlink()
    assert drafted.draft().startswith("0 new")
    assert ledger.read(file).quote == "引进数字企业12家，建设青禾软件园"
    assert not other.exists()


def test_a_record_that_a_person_removed_does_not_come_back(drafted):
    file = drafted.file("出台人才安居办法")
    file.unlink()
    said = drafted.draft()
    assert "  出台人才安居办法: removed by a person earlier, not written again" in said.splitlines()
    assert not file.exists() and said.startswith("0 new")


def test_the_id_of_a_removed_record_is_never_given_again(drafted):
    last = max(one for one in drafted.records() if one.startswith("qh2031-s1-"))
    (drafted.folder / "commitments" / f"{last}.md").unlink()
    drafted.write(QINGHE.replace("建设青禾软件园。", "建设青禾软件园。新建孵化器2个。"))
    drafted.draft()
    assert drafted.of("新建孵化器2个").id == f"qh2031-s1-{int(last[-3:]) + 1:03d}"


BROKEN = [
    ("qh2031-s1-001.md", "status: unassessed", "status: done", "status: found “done”, expected one of unassessed, "),
    ("qh2031-s1-001.md", "span: [", "span: {", "broken YAML"),
    ("qh2031-s1-001.md", "---\nid", "id", "line 1: no front matter found"),
    ("drafted.tsv", 'qh2031-s1-001\t', 'qh2031-s1-001 ', "line "),
    ("drafted.tsv", '"引进数字企业12家"', '引进数字企业12家', "line "),
]  # fmt: skip


@pytest.mark.parametrize("name, old, new, says", BROKEN, ids=[f"{row[0]}: {row[3][:20]}" for row in BROKEN])
def test_a_broken_ledger_is_told_and_nothing_is_written(drafted, name, old, new, says):
    file = drafted.folder / "commitments" / name
    edit(file, old, new)
    drafted.write(QINGHE.replace("2030年工作回顾\n", "2030年工作回顾\n\n过去一年，殊为不易，全区上下同心同德。\n"))
    before = snapshot(drafted.root)
    said = drafted.draft(code=1)
    assert len(said.splitlines()) == 1 and str(file) in said and says in said
    assert snapshot(drafted.root) == before


@pytest.mark.parametrize(
    "quote", ["青禾区政府工作报告", "2031年重点工作", "全力以赴发展产业"], ids=["title", "part", "section"]
)
def test_a_quote_from_a_heading_does_not_stop_the_others(drafted, quote):
    edit(drafted.file("出台人才安居办法"), "quote: 出台人才安居办法", f"quote: {quote}")
    said = drafted.draft()
    assert len(drafted.records()) > 10 and "Traceback" not in said
