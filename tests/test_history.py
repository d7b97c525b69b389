"""What was published once stays in the history."""

from .conftest import edit

RECORD = "source/qinghe-2031/commitments/qh2031-l01-01.md"


def test_an_entry_that_was_published_must_stay(qinghe, cli):
    cli("build", root=qinghe)
    assert "qh2031-l01-01\t2031-07-10\tin-progress" in (qinghe / RECORD).with_name("published.tsv").read_text(
        encoding="utf-8"
    )
    edit(qinghe / RECORD, "note: 半年进展", "note: 别的话")
    assert "the published entry of 2031-07-10" in cli("check", root=qinghe, code=1).output
    edit(qinghe / RECORD, "note: 别的话", "note: 半年进展")
    assert "nothing wrong" in cli("check", root=qinghe).output


def test_a_new_entry_is_welcome(qinghe, cli):
    cli("build", root=qinghe)
    entry = "    by: 督查室\n"
    edit(qinghe / RECORD, entry, f"{entry}  - date: '2031-09-30'\n    status: in-progress\n    by: 督查室\n")
    cli("build", root=qinghe)
    assert (qinghe / RECORD).with_name("published.tsv").read_text(encoding="utf-8").count("qh2031-l01-01") == 2


def test_a_removed_record_is_no_loss(qinghe, cli):
    cli("build", root=qinghe)
    (qinghe / RECORD).unlink()
    edit(qinghe / "source/qinghe-2031/commitments/qh2031-s2-002.md", "repeats: [qh2031-l01-01]", "repeats: []")
    assert "nothing wrong" in cli("check", root=qinghe).output
