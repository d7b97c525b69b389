"""Translating: nothing that a person wrote is ever lost, every draft is marked and verified, nothing is asked twice."""

import os
import random
import re
import shutil
import subprocess
import sys
import time

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts import config, memory, merge, translate
from scripts.assemble import sources
from scripts.checks import translation
from scripts.engines import Failed, Stopped
from scripts.errors import Problem
from scripts.glossary import Glossary, Term
from scripts.translate import Damaged, protect, restore, typeset

from .conftest import QINGHE, ROOT, edit
from .test_engines import server  # noqa: F401
from .translation_server import english

ID = "qinghe-2031"
RUN = ("translate", ID, "--engine", "libre")


@pytest.fixture
def po(qinghe):
    return qinghe / "source" / ID / "en.po"


def entries(po):
    return {(one.msgctxt or "", one.msgid): one for one in polib.pofile(str(po)) if not one.obsolete}


def obsolete(po):
    return {one.msgid: one for one in polib.pofile(str(po)) if one.obsolete}


def by_hand(po, context, text, comment="reviewed: Li, 2031-02-01"):
    """A translator's work: the English of a segment, and that somebody has compared it."""
    file = polib.pofile(str(po), wrapwidth=0)
    (entry,) = [one for one in file if one.msgctxt == context and not one.obsolete]
    entry.msgstr, entry.tcomment = text, comment
    entry.fuzzy = False
    file.save(newline="\n")
    return entry.msgid


# The PO file and the report


def test_without_an_engine_the_file_lists_everything_in_the_reports_order(cli, qinghe, po):
    said = cli("translate", ID, root=qinghe).output
    project = config.load_project(qinghe)
    wanted = sources(project, project.report(ID))
    assert list(entries(po)) == wanted and not any(one.msgstr for one in entries(po).values())
    assert f"{len(wanted)} of {len(wanted)} texts have no English" in said and "--engine" in said
    assert "<c1>引进数字企业12家</c1>，建设青禾软件园。" in {source for _, source in wanted}


def test_the_same_input_gives_the_same_bytes_and_nothing_is_written(cli, qinghe, po):
    cli("translate", ID, root=qinghe)
    first, when = po.read_bytes(), po.stat().st_mtime_ns
    cli("translate", ID, root=qinghe)
    assert (po.read_bytes(), po.stat().st_mtime_ns) == (first, when)


def test_how_an_editor_breaks_lines_is_no_change_and_loses_nothing(cli, qinghe, po):
    cli("translate", ID, root=qinghe)
    by_hand(
        po,
        "p007.2",
        "<c1>Bring in 12 digital enterprises</c1> and build the Qinghe Software Park, " + "word " * 30 + ".",
    )
    file = polib.pofile(str(po), wrapwidth=40)
    file.metadata["X-Generator"] = "Poedit 3.6"
    file.save(newline="\n")
    wrapped, before = po.read_bytes(), entries(po)
    cli("translate", ID, root=qinghe)
    assert po.read_bytes() == wrapped
    edit(po.parent / "report.txt", "团结奋斗", "团结拼搏")
    cli("translate", ID, root=qinghe)
    after = entries(po)
    assert polib.pofile(str(po)).metadata["X-Generator"] == "Poedit 3.6"
    kept = ("p007.2", "<c1>引进数字企业12家</c1>，建设青禾软件园。")
    assert [(after[kept].msgstr, after[kept].tcomment)] == [(before[kept].msgstr, before[kept].tcomment)]


def test_when_the_chinese_changes_its_english_becomes_a_draft_and_returns_with_it(cli, qinghe, po):
    cli("translate", ID, root=qinghe)
    old = by_hand(po, "p010.5", "Provide 200 more childcare places.")
    before = po.read_bytes()
    edit(po.parent / "report.txt", "新增托位200个", "新增托位250个")
    cli("translate", ID, root=qinghe)
    draft = entries(po)["p010.5", "新增托位250个。"]
    assert (draft.msgstr, draft.fuzzy, draft.previous_msgid) == ("Provide 200 more childcare places.", True, old)
    assert memory.state_of(draft) == memory.DRAFT and "Li" in draft.tcomment
    draft.fuzzy = False  # a translator mends it: that Li reviewed the old text says nothing of this one
    assert memory.state_of(draft) == memory.TRANSLATED
    edit(po.parent / "report.txt", "新增托位250个", "新增托位200个")
    cli("translate", ID, root=qinghe)
    assert po.read_bytes() == before


def test_a_paragraph_put_before_them_moves_translations_and_leaves_them_as_they_are(cli, qinghe, po):
    cli("translate", ID, root=qinghe)
    source = by_hand(po, "p010.5", "Provide 200 more childcare places.")
    edit(po.parent / "report.txt", "优化营商环境。", "统筹城乡发展。推进乡村振兴。\n\n优化营商环境。")
    cli("translate", ID, root=qinghe)
    moved = entries(po)["p011.5", source]
    assert (moved.msgstr, moved.fuzzy) == ("Provide 200 more childcare places.", False)
    assert memory.state_of(moved) == memory.REVIEWED and not obsolete(po)


def test_what_stands_nowhere_any_more_is_obsolete_and_comes_back(cli, qinghe, po):
    cli("translate", ID, root=qinghe)
    source = by_hand(po, "p010.5", "Provide 200 more childcare places.")
    before = po.read_bytes()
    edit(po.parent / "report.txt", "新增托位200个。", "")
    cli("translate", ID, root=qinghe)
    assert obsolete(po)[source].msgstr == "Provide 200 more childcare places."
    memory.load(po)
    edit(po.parent / "report.txt", "2.扩大托育供给。", "2.扩大托育供给。新增托位200个。")
    cli("translate", ID, root=qinghe)
    assert po.read_bytes() == before


def test_what_comes_back_comes_back_to_its_own_place(tmp_path):
    file = tmp_path / "en.po"
    merge.update(file, [("s1", "产业"), ("s2", "产业")])
    by_hand(file, "s1", "industry")
    by_hand(file, "s2", "industries")
    merge.update(file, [])
    merge.update(file, [("s2", "产业"), ("s1", "产业")])
    assert [one.msgstr for one in entries(file).values()] == ["industries", "industry"] and not obsolete(file)


def test_a_text_in_two_places_is_said_alike(tmp_path):
    file = tmp_path / "en.po"
    merge.update(file, [("indicator", "产业")])
    by_hand(file, "indicator", "industry")
    assert not merge.update(file, [("indicator", "产业"), ("s1", "产业")]).missing
    assert {one.msgstr for one in entries(file).values()} == {"industry"}


def test_a_broken_file_is_told_and_left_alone(cli, qinghe, po):
    po.write_text('msgid "a\nmsgstr ""\n', encoding="utf-8")
    before = po.read_bytes()
    assert "broken PO file" in cli("translate", ID, root=qinghe, code=1).output
    assert po.read_bytes() == before


TEXTS = st.sampled_from(
    [
        "产业发展一",
        "产业发展二",
        "<c1>产业</c1>发展一",
        "改造小区3个。",
        "改造小区5个。",
        "改造老旧小区5个。",
        "全覆盖",
        "清零",
    ]
)
KEYS = st.lists(
    st.tuples(st.sampled_from(["p001.1", "p001.2", "p002.1", "s1", "indicator", "figure"]), TEXTS), max_size=8
)


@given(st.lists(KEYS, min_size=2, max_size=5), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_no_english_is_lost_whatever_becomes_of_the_report(tmp_path, reports, chance: random.Random):
    file = tmp_path / "en.po"
    file.unlink(missing_ok=True)
    written: set[str] = set()
    for number, keys in enumerate(reports):
        wanted = merge.update(file, keys)
        assert list(entries(file)) == list(dict.fromkeys(keys)) and wanted.total == len(set(keys))
        assert not merge.update(file, keys).wrote  # once is enough
        text = file.read_text(encoding="utf-8")
        assert all(english in text for english in written), text
        po = polib.pofile(str(file), wrapwidth=0)
        for place, entry in enumerate(po):
            if not entry.obsolete and chance.random() < 0.5:
                entry.msgstr = f"by hand {number}.{place}." if not entry.msgstr else entry.msgstr
                entry.fuzzy = entry.fuzzy and chance.random() < 0.5
                written.add(entry.msgstr)
        po.save(newline="\n")


# Drafts


def test_everything_is_drafted_verified_and_marked(cli, qinghe, po, server, monkeypatch):  # noqa: F811
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1924905600")
    said = cli(*RUN, root=qinghe).output
    assert "39 translated, 0 failed, 0 left" in said
    for (_, source), entry in entries(po).items():
        assert entry.fuzzy and re.fullmatch("machine: (libre|glossary), 2030-12-31", entry.tcomment)
        assert sorted(re.findall(r"</?c\d>", entry.msgstr)) == sorted(re.findall(r"</?c\d>", source))
    assert entries(po)["p007.2", "<c1>引进数字企业12家</c1>，建设青禾软件园。"].msgstr.startswith("<c1>")
    project = config.load_project(qinghe)
    assert list(translation.problems(project, project.report(ID))) == []


def test_nothing_is_asked_twice(cli, qinghe, po, server):  # noqa: F811
    cli(*RUN, "--only", 5, root=qinghe)
    first = po.read_bytes()
    assert len(server.asked) == 5
    cli(*RUN, root=qinghe)
    before = len(server.requests)
    assert len(server.asked) == len(set(server.asked)) == 38  # of 39 texts, one is a term of the glossary
    cli(*RUN, root=qinghe)
    assert len(server.requests) == before and po.read_bytes() != first


def test_sentences_go_in_batches(cli, qinghe, server):  # noqa: F811
    cli(*RUN, root=qinghe)
    assert len(server.requests) == 5 and max(request["text"].count("\n") for request in server.requests) == 7


def test_a_term_of_the_glossary_is_not_sent(cli, qinghe, po, server):  # noqa: F811
    (qinghe / "source/glossary.yml").write_text("老旧小区: {en: old residential estates}\n", encoding="utf-8")
    cli(*RUN, root=qinghe)
    assert "为[[1]]加装电梯20台，<c1>新建社区养老服务站5个</c1>。" in server.asked
    assert not any("老旧小区" in line for line in server.asked)
    assert "old residential estates" in entries(po)["p009.2", "<c1>新增公共停车位100个</c1>，改造老旧小区3个。"].msgstr


@pytest.mark.parametrize("mode", ["spaced", "escaped"])
def test_slight_damage_is_mended(cli, qinghe, po, server, mode):  # noqa: F811
    cli(*RUN, root=qinghe)
    good = po.read_text(encoding="utf-8")
    po.unlink()
    server.mode = mode
    before = len(server.requests)
    cli(*RUN, root=qinghe)
    assert po.read_text(encoding="utf-8") == good and len(server.requests) == 2 * before


@pytest.mark.parametrize("mode", ["tags", "crossed tags"])
def test_a_sentence_whose_tags_are_lost_is_asked_in_pieces(cli, qinghe, po, server, mode):  # noqa: F811
    server.mode = mode
    cli(*RUN, root=qinghe)
    assert (
        entries(po)["p010.3", "<c1>新建社区养老服务站5个</c1>。"].msgstr
        == f"<c1>{english('新建社区养老服务站5个')}</c1>."
    )
    assert not any("<" in line for line in server.asked[38:]) and len(server.asked) > 38


@pytest.mark.parametrize(
    ("mode", "reason", "failed"),
    [("figures", "figures: ", 16), ("stray tags", "tag", 38), ("chinese", "left in Chinese", 38)],
)
def test_what_is_wrong_is_listed_and_not_written(cli, qinghe, po, server, mode, reason, failed):  # noqa: F811
    server.mode = mode
    result = cli(*RUN, root=qinghe, code=1)
    lines = result.stderr.splitlines()
    assert f"{39 - failed} translated, {failed} failed, 0 left" in result.stdout
    assert len(lines) == failed and all(reason in line and "en.po, " in line for line in lines)
    assert sum(not one.msgstr for one in entries(po).values()) >= failed
    if mode == "figures":
        assert not entries(po)["p010.5", "新增托位200个。"].msgstr


def test_a_lost_term_is_asked_without_protection_and_must_still_be_right(cli, qinghe, po, server):  # noqa: F811
    (qinghe / "source/glossary.yml").write_text("老旧小区: {en: old residential estates}\n", encoding="utf-8")
    server.mode = "placeholders"
    said = cli(*RUN, root=qinghe, code=1).stderr
    assert "为老旧小区加装电梯20台，" in server.asked  # again, in pieces, the term as it stands
    assert said.count("“老旧小区” is “old residential estates” in the glossary") == said.count("\n") == 2


def test_one_bad_text_does_not_spoil_its_batch(qinghe):
    engine = _Engine(lambda text: Failed("HTTP 413") if "托位" in text else english(text))
    result = translate.translate(config.load_project(qinghe), ID, engine)
    assert (result.translated, len(result.failed), result.left) == (38, 1, 0)
    assert "托位" in str(result.failed[0]) and "413" in str(result.failed[0])


def test_a_text_that_is_too_long_is_told_and_not_sent(qinghe):
    engine = _Engine(english, limit=12)
    result = translate.translate(config.load_project(qinghe), ID, engine)
    assert all(len(text) <= 12 for text in engine.asked) and result.translated and result.failed and not result.stopped


class _Engine:
    """An engine that is no server: `say` gives an answer, or an exception, for each text."""

    name, texts = "test", 4

    def __init__(self, say, limit=1000):
        self.say, self.limit, self.asked = say, limit, []

    def translate(self, texts):
        if sum(map(len, texts)) + len(texts) - 1 > self.limit:
            raise Failed("too long")
        answers = [self.say(text) for text in texts]
        self.asked += texts
        for answer in answers:
            if isinstance(answer, BaseException):
                raise answer
        return answers


# What goes wrong in the middle


def test_an_interruption_loses_no_more_than_the_batch_in_flight(cli, qinghe, po, server, monkeypatch):  # noqa: F811
    project = config.load_project(qinghe)
    first = _Engine(lambda text: KeyboardInterrupt() if text.startswith("完善") else english(text))
    result = translate.translate(project, ID, first)
    assert "interrupted" in str(result.stopped) and result.translated == 13 and result.left == 26
    saved = {key: one.msgstr for key, one in entries(po).items() if one.msgstr}
    assert len(saved) == 13
    cli(*RUN, root=qinghe)
    assert not set(server.asked) & set(first.asked[:12])
    assert saved.items() <= {key: one.msgstr for key, one in entries(po).items()}.items()


def test_control_c_is_one_clear_line(cli, qinghe, po, server, monkeypatch):  # noqa: F811
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("scripts.engines._DeepTranslator.translate", interrupted)
    result = cli(*RUN, root=qinghe, code=1)
    assert result.stderr == "yanxing: interrupted → what is translated is saved; run it again to go on\n"
    assert "1 translated, 0 failed, 38 left" in result.stdout


def test_a_killed_run_is_taken_up_where_it_was(cli, qinghe, po, server):  # noqa: F811
    server.free, server.delay = 2, 30.0
    command = [sys.executable, "-m", "scripts", "--root", str(qinghe), *RUN]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        end = time.monotonic() + 20
        while len(server.requests) < 3 and time.monotonic() < end:
            time.sleep(0.01)
        process.kill()
    answered = server.asked[:16]  # the third request was in flight
    assert len(server.requests) == 3 and len([one for one in entries(po).values() if one.msgstr]) == 17
    assert [path.name for path in po.parent.glob(".en.po*")] == []
    server.delay = 0
    server.requests.clear()
    cli(*RUN, root=qinghe)
    assert not set(server.asked) & set(answered) and all(one.msgstr for one in entries(po).values())


def test_what_a_translator_saves_in_the_meantime_stays(qinghe, po):
    def say(text):
        if text.startswith("2030年工作"):
            by_hand(po, "p010.5", "Provide 200 more childcare places.")
        return english(text)

    translate.translate(config.load_project(qinghe), ID, _Engine(say))
    entry = entries(po)["p010.5", "新增托位200个。"]
    assert (entry.msgstr, entry.fuzzy, entry.tcomment) == (
        "Provide 200 more childcare places.",
        False,
        "reviewed: Li, 2031-02-01",
    )


def test_what_is_there_is_never_asked_nor_changed(cli, qinghe, po, server):  # noqa: F811
    cli("translate", ID, root=qinghe)
    source = by_hand(po, "p010.5", "By hand, and wrong: 7.")
    cli(*RUN, root=qinghe)
    assert entries(po)["p010.5", source].msgstr == "By hand, and wrong: 7." and source not in server.asked


def test_without_network_one_line_says_so_and_nothing_is_lost(cli, qinghe, po, server, monkeypatch):  # noqa: F811
    monkeypatch.setenv("LIBRE_URL", "http://127.0.0.1:9")
    result = cli(*RUN, root=qinghe, code=1)
    assert result.stderr == "yanxing: libre: cannot be reached → run again later\n" and "38 left" in result.stdout
    assert len(entries(po)) == 39


def test_a_server_that_never_answers_is_not_asked_for_ever(qinghe):
    engine = _Engine(lambda _: Failed("HTTP 500"))
    result = translate.translate(config.load_project(qinghe), ID, engine)
    assert isinstance(result.stopped, Stopped) and "3 times in a row" in str(result.stopped)
    assert result.translated == 1 and not result.failed[2:] and result.left >= 36


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_a_terminal_shows_progress_and_a_pipe_does_not(cli, qinghe, po, server):  # noqa: F811
    import pty

    assert "#" not in cli(*RUN, "--only", 3, root=qinghe).stderr
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "scripts", "--root", str(qinghe), *RUN]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=theirs) as process:
        os.close(theirs)
        shown = b""
        try:
            while part := os.read(ours, 4096):
                shown += part
        except OSError:  # the other end is closed
            pass
    os.close(ours)
    assert process.returncode == 0 and b"libre  [" in shown and b"36/36" in shown


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="no gettext")
def test_gettext_takes_the_file(cli, qinghe, po, server):  # noqa: F811
    server.plan = ["ok", "figures"]
    cli(*RUN, "--only", 20, root=qinghe, code=1)
    edit(po.parent / "report.txt", "新增公共停车位80个", "新增公共停车位90个")
    edit(po.parent / "report.txt", "做强数字经济。", "")
    cli("translate", ID, root=qinghe)
    assert "#~ msgid" in po.read_text(encoding="utf-8") and "#| msgid" in po.read_text(encoding="utf-8")
    subprocess.run(["msgfmt", "--check", "-o", os.devnull, str(po)], check=True)


# Protecting and restoring

TERMS = Glossary((Term("高质量发展", "high-quality development"), Term("老旧小区", "old residential estates")))


def test_terms_are_placeholders_and_tags_stay():
    sent = protect("推动高质量发展，<c1>改造老旧小区3个</c1>，高质量发展。", TERMS)
    assert sent.text == "推动[[1]]，<c1>改造[[2]]3个</c1>，[[3]]。"
    assert restore(sent, "Pursue [[1]], <c1>renovate 3 [[2]]</c1>; [[3]].") == (
        "Pursue high-quality development, <c1>renovate 3 old residential estates</c1>; high-quality development."
    )


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("[[1]]is for < C1 >[ 2 ]< / c1 > .", "High-quality development is for <c1>old residential estates</c1>."),
        ("【1】 &amp; ＜c1＞［［2］］＜/c1＞", "high-quality development & <c1>old residential estates</c1>"),
        (
            '<c1> [[2]] </c1>, the district\'s "[[1]]"',
            "<c1>old residential estates</c1>, the district’s “high-quality development”",
        ),
    ],
)
def test_what_engines_do_to_markup_is_undone(answer, expected):
    assert restore(protect("高质量发展<c1>老旧小区</c1>", TERMS), answer) == expected


@pytest.mark.parametrize(
    "answer",
    [
        "[[1]] <c1>[[2]]", "[[1]] [[2]]</c1>", "[[1]] </c1>[[2]]<c1>", "[[1]] <c1></c1>[[2]]", "[[1]] <c1>[[2]]</c1><c1>x</c1>", "[[1]] <c2>[[2]]</c2>",
        "[[1]] <c1>x</c1>", "[[1]] [[1]] <c1>[[2]]</c1>", "[[1]] <c1>[[3]]</c1>", "[[1]] <c1>[[2]]</c1> <c", "",
    ],
)  # fmt: skip
def test_damage_is_noticed(answer):
    with pytest.raises(Damaged):
        restore(protect("高质量发展<c1>老旧小区</c1>", TERMS), answer)


def test_tags_may_change_their_order_but_not_enclose_each_other():
    sent = protect("<c1>甲</c1>乙<c2>丙</c2>", TERMS)
    assert restore(sent, "<c2>C</c2> b <c1>A</c1>")
    with pytest.raises(Damaged):
        restore(sent, "<c1>A <c2>C</c2></c1>")


@given(st.text(st.sampled_from("高质量发展老旧小区[]【】<c1>/,。5 "), max_size=30))
def test_protection_is_undone_exactly(text):
    sent = protect(text, TERMS)
    back = sent.text
    for number, term in enumerate(sent.terms, 1):
        back = back.replace(f"[[{number}]]", term.zh)
    assert back == text


@given(st.text(st.sampled_from("ab ,.:;'\"()“”，。<c1></c1>5-"), max_size=40))
def test_typesetting_is_done_once_and_for_all(text):
    once = typeset(text)
    assert "  " not in once and '"' not in once and typeset(once) == once


def test_the_report_of_the_fixtures_is_what_these_tests_count_on():
    assert QINGHE.count("新增托位200个。") == 1


def test_an_unknown_report_is_told(cli, qinghe):
    with pytest.raises(Problem, match="no report"):
        translate.translate(config.load_project(qinghe), "nowhere-2031")


def test_a_line_separator_inside_a_translation_is_no_line_of_the_file(tmp_path):
    file = tmp_path / "en.po"
    file.write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgctxt "s1"\nmsgid "产业"\nmsgstr "one\u2028two\u0085three"\n',
        encoding="utf-8",
    )
    assert merge.read(file)[0].msgstr == "one\u2028two\u0085three"
