"""The waist: one report in one language, with everything resolved that a page may ask for."""

import pytest

from scripts import config
from scripts.assemble import editions
from scripts.edition import STATUS_WORDS
from scripts.inline import pieces_of
from scripts.ledger import STATUSES

from .conftest import LANGUAGES, QINGHE, edit

PO = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

msgctxt "s1"
msgid "全力以赴发展产业"
msgstr "Growing industry"

msgctxt "p007.2"
msgid "<c1>引进数字企业12家</c1>，建设青禾软件园。"
msgstr "We will build Qinghe Software Park and <c1>bring in 12 digital companies</c1>."

msgctxt "indicator"
msgid "引进数字企业"
msgstr "digital companies brought in"
"""


@pytest.fixture
def of(qinghe):
    (qinghe / "source" / "qinghe-2031" / "en.po").write_text(PO, encoding="utf-8")

    def of(language, record="qh2031-s1-001"):
        project = config.load_project(qinghe)
        edition = editions(project, project.reports[0])[language]
        return edition, edition.by_id[record]

    return of


def test_every_status_has_words():
    assert set(STATUS_WORDS) == set(STATUSES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_editions_are_in_step(of, language):
    (original, _), (edition, _) = of("zh-Hans"), of(language)
    assert [heading.id for heading in edition.parts] == [heading.id for heading in original.parts]
    blocks, originals = ([block for heading in one.parts for block in heading.blocks] for one in (edition, original))
    assert [block.id for block in blocks] == [block.id for block in originals]
    assert [[segment.id for segment in block.segments] for block in blocks] == [
        [one.id for one in block.segments] for block in originals
    ]
    assert [card.id for card in edition.cards] == [card.id for card in original.cards]


def test_the_original_is_the_text_itself(of):
    edition, _ = of("zh-Hans")
    said = "".join(segment.text for heading in edition.parts for block in heading.blocks for segment in block.segments)
    assert "引进数字企业12家，建设青禾软件园。出台人才安居办法" in said
    assert edition.untranslated == 0


@pytest.mark.parametrize(
    "language, text, lang, untranslated",
    [
        ("zh-Hans", "引进数字企业12家", "zh-Hans", False),
        ("zh-Hant", "引進數字企業12家", "zh-Hant", False),
        ("en", "bring in 12 digital companies", "en", False),  # the same words as in the translated sentence
    ],
)
def test_a_card_says_what_the_report_page_says(of, language, text, lang, untranslated):
    _, card = of(language)
    assert (card.quote.text, card.quote.lang, card.quote.untranslated) == (text, lang, untranslated)
    marked = [
        piece.text for segment in card.context.segments for piece in segment.pieces if piece.commitment == card.id
    ]
    assert marked == [text]


def test_what_is_not_translated_stays_chinese_and_is_counted(of):
    edition, card = of("en", "qh2031-s1-002")
    assert (card.quote.text, card.quote.lang, card.quote.untranslated) == ("出台人才安居办法", "zh-Hans", True)
    assert edition.untranslated == edition.segments - 2  # a heading and a sentence are in the memory


def test_a_machines_draft_is_marked(of, qinghe):
    edit(qinghe / "source" / "qinghe-2031" / "en.po", 'msgctxt "p007.2"', '#, fuzzy\nmsgctxt "p007.2"')
    assert of("en")[1].quote.state == "draft"


@pytest.mark.parametrize(
    "language, figure, baseline, difference",
    [
        ("zh-Hans", "6%", "5.5%", "0.5个百分点"),
        ("zh-Hant", "6%", "5.5%", "0.5個百分點"),
        ("en", "6%", "5.5%", "0.5 percentage points"),
    ],
)
def test_a_target_stands_beside_last_years_result(of, language, figure, baseline, difference):
    (view,) = of(language, "qh2031-s0-001")[1].targets
    assert (view.figure, view.baseline, view.baseline_year) == (figure, baseline, 2030)
    assert (view.direction, view.difference) == ("higher", difference)


@pytest.mark.parametrize(
    "language, label, day",
    [
        ("zh-Hans", "推进中", "2031年7月10日"),
        ("zh-Hant", "推進中", "2031年7月10日"),
        ("en", "In progress", "10 July 2031"),
    ],
)
def test_status_history_and_evidence_are_in_words(of, language, label, day):
    _, card = of(language, "qh2031-l01-01")
    assert (card.status, card.status_label, card.history[0].status, card.history[0].day) == (
        "in-progress",
        label,
        label,
        day,
    )
    assert (card.evidence[0].day, card.evidence[0].url) == (day, "https://qinghe.example/1.html")
    assert card.lead.text in ("区民政局", "區民政局")
    assert (card.section, card.repeats) == ("l01", ("qh2031-s2-002",))


def test_overdue_is_counted_from_the_reports_own_day(of, qinghe):
    assert [card.id for card in of("zh-Hans")[0].cards if card.overdue] == ["qh2031-s1-002"]
    edit(qinghe / "source" / "qinghe-2031" / "report.yml", "as_of: 2031-07-15", "as_of: 2031-06-30")
    assert not of("zh-Hans", "qh2031-s1-002")[1].overdue


def test_cards_are_chained_in_the_order_of_the_text(of):
    cards = of("zh-Hans")[0].cards
    assert [card.record.span for card in cards] == sorted(card.record.span for card in cards)
    assert [card.previous for card in cards[1:]] == [card.id for card in cards[:-1]]
    assert (cards[0].previous, cards[-1].following) == ("", "")


def test_counts_are_in_the_order_of_the_statuses(of):
    assert list(of("zh-Hans")[0].counts.items()) == [("unassessed", 5), ("in-progress", 1)]


def test_a_record_on_a_heading_does_not_break_the_edition(of, qinghe, cli):
    file = qinghe / "source" / "qinghe-2031" / "commitments" / "qh2031-s1-002.md"
    edit(file, "quote: 出台人才安居办法", "quote: 2031年重点工作")
    cli("draft", "qinghe-2031", root=qinghe)
    assert of("en", "qh2031-s1-002")[1].quote.text == "2031年重点工作"


@pytest.mark.parametrize(
    "marks, expected",
    [
        ([], [("引进数字企业12家", "")]),
        ([(0, 4, "a")], [("引进数字", "a"), ("企业12家", "")]),
        ([(4, 9, "b"), (0, 2, "a")], [("引进", "a"), ("数字", ""), ("企业12家", "b")]),
        ([(0, 5, "a"), (3, 9, "b")], [("引进数字企", "a"), ("业12家", "")]),  # an overlap: the first one counts
    ],
)  # fmt: skip
def test_a_sentence_is_cut_at_its_commitments(marks, expected):
    at = QINGHE.index("引进数字企业12家")
    moved = [(at + start, at + end, own) for start, end, own in marks]
    assert [(piece.text, piece.commitment) for piece in pieces_of(QINGHE, at, at + 9, moved)] == expected
