"""The ledger's files: what is written is read again, and a person's comments, order, line ends and note stay."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts import config, files, ledger
from scripts.errors import Problem
from scripts.ledger import Record

from .conftest import ROOT, edit, snapshot

REPORTS = [config.load_report(folder.parent) for folder in sorted((ROOT / "source").glob("*/report.yml"))]
BY_HAND = """\
---
# checked on site by Li
review: confirmed
id: qh2031-s1-002      # never change it
report: qinghe-2031
section: s1
paragraph: p007
quote: "出台人才安居办法"
span: [243, 251]
kind: qualitative
themes: [innovation]   # one is enough
lead: 区人社局
due: 2031-06
status: unassessed
---
The office says: *soon*.

---
A line of its own.
"""
# Texts that YAML may take for something else, beside any text at all.
tricky = st.sampled_from(
    [
        "on",
        "no",
        "yes",
        "~",
        "null",
        "=",
        "<<",
        "1:30",
        "12",
        "012",
        "0x1F",
        "1_000",
        "1e3",
        ".5",
        "2031-06-30",
        "2031-06",
        "-",
        "?",
        ":",
        "#",
        "[a]",
        "{b}",
        "{{c}}",
        "&d",
        "*e",
        "!f",
        "|g",
        ">h",
        "'i",
        '"j',
        "%",
        "@k",
        "`",
        "a:b",
        "a:",
        "b",
        "a",
        "#b",
        "新增12家",
        "“愿装尽装”",
        "---",
    ]
)
text = tricky | st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), min_size=2, max_size=30
)
words = st.lists(text, max_size=3, unique=True).map(tuple)
numbers = st.integers(-(10**13), 10**13) | st.floats(-1e9, 1e9).map(lambda value: round(value, 4))


@st.composite
def records(draw):
    value = draw(st.none() | numbers | st.lists(numbers, min_size=2, max_size=2))
    target = {"indicator": draw(text), "operator": draw(st.sampled_from(("=", ">=", "<=", ">", "<", "~", "range"))),
              "value": value, "unit": draw(st.none() | text), "kind": "level", "text": draw(text)}  # fmt: skip
    if draw(st.booleans()):
        target["baseline"] = {
            "value": draw(numbers),
            "year": 2030,
            "quote": draw(text),
            "comparable": draw(st.booleans()),
        }
    entry = {"date": "2031-07-01", "status": "behind", "note": draw(text), "evidence": ["e1"], "by": draw(text)}
    proof = {
        "id": "e1",
        "title": draw(text),
        "url": "https://qinghe.example/?a=1&b=2#c",
        "publisher": draw(text),
        "date": "2031-06",
    }
    quote = draw(text.filter(lambda one: len(one) > 1))
    span = draw(st.integers(0, 9)), draw(st.integers(10, 99))
    due = draw(st.sampled_from(("", "2031", "2031-06", "2031-06-30")))
    return Record(
        "qh2031-s1-001", "qinghe-2031", "s1", "p007", quote, span, "quantified", (target,), draw(words), draw(text), draw(words),
        due, draw(words), "behind", (entry,), (proof,), "draft", draw(st.just("") | text).strip(),
    )  # fmt: skip


@pytest.fixture
def report(fresh):
    return config.load_report(fresh / "source" / "qinghe-2031")


@pytest.fixture
def by_hand(report):
    file = report.ledger / "qh2031-s1-002.md"
    files.write(file, BY_HAND)
    return file


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.id)
def test_every_committed_record_is_the_same_when_written_elsewhere(tmp_path, report):
    elsewhere = replace(report, folder=tmp_path)
    for record in ledger.load(report):
        ledger.write_new(elsewhere, record)
    assert ledger.load(elsewhere) == ledger.load(report) != ()


@given(records())
def test_any_record_is_the_same_when_read_again(tmp_path_factory, record):
    elsewhere = replace(REPORTS[0], folder=tmp_path_factory.mktemp("ledger"))
    ledger.write_new(elsewhere, record)
    assert ledger.read(ledger.path_of(elsewhere, record.id)) == record


def test_records_stand_in_the_order_of_the_text(qinghe):
    found = ledger.load(config.load_report(qinghe / "source" / "qinghe-2031"))
    assert [record.span for record in found] == sorted(record.span for record in found)
    assert len(found) == 6


def test_an_existing_file_is_never_overwritten(report, by_hand):
    before = by_hand.read_bytes()
    with pytest.raises(Problem, match="there already"):
        ledger.write_new(report, ledger.read(by_hand))
    assert by_hand.read_bytes() == before


def test_an_update_changes_its_fields_and_nothing_else(by_hand):
    assert ledger.update(by_hand, {"span": (300, 308), "paragraph": "p009"})
    expected = BY_HAND.replace("[243, 251]", "[300, 308]").replace("p007", "p009")
    assert by_hand.read_text(encoding="utf-8") == expected


def test_an_update_to_what_stands_there_touches_nothing(by_hand):
    before = by_hand.stat().st_mtime_ns
    assert not ledger.update(by_hand, {"span": (243, 251), "lead": "区人社局"})
    assert by_hand.stat().st_mtime_ns == before


@pytest.mark.parametrize("form", ["crlf", "bom", "gb18030"])
def test_a_file_as_another_editor_saves_it_is_read_and_updated(by_hand, form):
    plain = ledger.read(by_hand)
    crlf = BY_HAND.replace("\n", "\r\n")
    by_hand.write_bytes(
        {"crlf": crlf.encode(), "bom": ("\ufeff" + crlf).encode(), "gb18030": crlf.encode("gb18030")}[form]
    )
    assert replace(ledger.read(by_hand), note="") == replace(plain, note="")
    assert ledger.update(by_hand, {"span": (300, 308)})
    written = by_hand.read_bytes()
    assert written.count(b"\r\n") == written.count(b"\n") == BY_HAND.count("\n")
    assert written.decode().lstrip("\ufeff").replace("\r\n", "\n") == BY_HAND.replace("[243, 251]", "[300, 308]")


@pytest.mark.parametrize(
    "due, expected",
    [("2031", "2031"), ("2031-06", "2031-06"), ("2031-06-30", "2031-06-30"), ("'2031'", "2031"), ("", "")],
)
def test_a_date_is_as_exact_as_it_is_typed(by_hand, due, expected):
    edit(by_hand, "due: 2031-06", f"due: {due}")
    assert ledger.read(by_hand).due == expected


@pytest.mark.parametrize(
    "due, status, as_of, overdue",
    [
        ("2031-06-30", "in-progress", "2031-06-30", False),  # its last day is still in time
        ("2031-06-30", "in-progress", "2031-07-01", True),
        ("2031-06", "unassessed", "2031-06-30", False),  # a month ends with its last day
        ("2031-06", "unassessed", "2031-07-01", True),
        ("2031", "behind", "2031-12-31", False),
        ("", "not-started", "2032-01-01", True),  # without a date of its own the report's horizon counts
        ("", "adjusted", "2031-12-31", False),
        ("2031-06", "completed", "2032-01-01", False),  # what is finished is never overdue
        ("2031-06", "dropped", "2032-01-01", False),
        ("2031-06", "adjusted", "2032-01-01", True),
    ],
)
def test_overdue_is_computed(by_hand, due, status, as_of, overdue):
    assert replace(ledger.read(by_hand), due=due, status=status).overdue("2031-12-31", as_of) is overdue


def test_a_write_that_fails_leaves_the_old_file(tmp_path, monkeypatch):
    files.write(tmp_path / "a.md", "old")
    monkeypatch.setattr("os.replace", lambda *args: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        files.write(tmp_path / "a.md", "new")
    assert snapshot(tmp_path) == {"a.md": b"old"}
