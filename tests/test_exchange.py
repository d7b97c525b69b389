"""Out to translation agencies and back: nothing that a person translated is lost, nothing that is wrong comes in."""

from io import BytesIO

import polib
import pytest
from lxml import etree
from translate.storage.tmx import tmxfile
from translate.storage.xliff import Xliff1File

from scripts import config, exchange, memory
from scripts.assemble import sources
from scripts.errors import Problem

from .conftest import edit, snapshot

ID = "qinghe-2031"
NS = "{urn:oasis:names:tc:xliff:document:1.2}"
TAGGED = "<c1>引进数字企业12家</c1>,建设青禾软件园。".replace(",", "，")  # full-width, as in the report
ENGLISH = "<c1>Bring in 12 digital companies</c1> and build the Qinghe Software Park."
ODD = 'A & B < C > "D" \u2066عربي\u2069 \u200f 🏙️ ’ & <c1>x</c1> &amp;'  # after the tags, in a segment without tags
HEAD = 'msgid ""\nmsgstr ""\n"Language: en\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'


class Desk:
    """A project and the agency that works for it."""

    def __init__(self, root, folder):
        self.root, self.outside = root, folder
        self.project = config.load_project(root)
        self.report = self.project.report(ID)
        self.po = self.report.folder / "en.po"
        self.segments = [exchange.Segment(*one) for one in sources(self.project, self.report)]

    def of(self, source: str, context: str | None = None) -> exchange.Segment:
        return next(one for one in self.segments if one.source == source and context in (None, one.context))

    def write_po(self, *entries: tuple[str, str, str], extra: str = "") -> str:
        """Entries as (comments and flags, source, translation), in the report's order; the file's text."""
        po = polib.POFile(wrapwidth=0)
        po.metadata = {"Language": "en", "Content-Type": "text/plain; charset=UTF-8"}
        for notes, source, english in entries:
            flags = ["fuzzy"] if "fuzzy" in notes else []
            po.append(polib.POEntry(
                msgctxt=self.of(source).context, msgid=source, msgstr=english, flags=flags, tcomment=notes.replace("fuzzy", ""),
            ))  # fmt: skip
        self.po.write_text(str(po) + extra, encoding="utf-8")
        return self.po.read_text(encoding="utf-8")

    def export(self, kind: str = "xliff", **options) -> bytes:
        return exchange.export(self.project, self.report, kind, **options)[0]

    def take(self, data: bytes | str, name: str = "agency.xlf", **options) -> exchange.Result:
        file = self.outside / name
        file.write_bytes(data.encode() if isinstance(data, str) else data)
        return exchange.take(self.project, self.report, file, **options)

    def agency(self, translations: dict[str, str], *, state: str = "translated", change=None) -> bytes:
        """The exported XLIFF with translations by source, as XML with <g>, and what else the agency does to its root."""
        root = etree.fromstring(self.export())
        for unit in root.iter(NS + "trans-unit"):
            source = exchange._words(unit.find(NS + "source"))
            if source in translations:
                xml = f'<target xmlns="{NS[1:-1]}" state="{state}">{translations[source]}</target>'
                unit.replace(unit.find(NS + "target"), etree.fromstring(xml))
        if change:
            change(root)
        return etree.tostring(root, encoding="utf-8", xml_declaration=True)

    def english(self, source: str) -> polib.POEntry | None:
        found = [one for one in polib.pofile(str(self.po), encoding="utf-8") if one.msgid == source]
        return found[0] if found else None


@pytest.fixture
def desk(qinghe, tmp_path, monkeypatch) -> Desk:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1924992000")  # 2031-01-01
    (tmp_path / "outside").mkdir()
    return Desk(qinghe, tmp_path / "outside")


GROUPED = '<g id="c1">Bring in 12 digital companies</g> and build the Qinghe Software Park.'
SIMPLE = "数字经济是青禾的长板，今年要在三个方向上持续用力。"


# Out


def test_xliff_has_every_segment_once_in_the_reports_order(desk):
    root = etree.fromstring(desk.export())
    units = list(root.iter(NS + "trans-unit"))
    assert [unit.get("id") for unit in units] == [one.id for one in desk.segments]
    assert len({unit.get("id") for unit in units}) == len(units) > 20
    assert [exchange._words(unit.find(NS + "source")) for unit in units] == [one.source for one in desk.segments]
    file = root.find(NS + "file")
    assert (root.get("version"), file.get("source-language"), file.get("target-language")) == ("1.2", "zh-CN", "en")


def test_xliff_has_the_elements_and_only_the_elements_of_the_standard(desk):
    """Without its schema at hand: each element where XLIFF 1.2 has it, and in that order."""
    desk.write_po(("a note", TAGGED, ENGLISH))
    inside = {
        "xliff": {"file"},
        "file": {"body"},
        "body": {"trans-unit"},
        "source": {"g"},
        "target": {"g"},
        "g": set(),
        "note": set(),
    }
    order = ["source", "target", "note"]
    root = etree.fromstring(desk.export())
    for element in root.iter():
        assert element.tag.startswith(NS)
        name, children = element.tag[len(NS) :], [child.tag[len(NS) :] for child in element]
        if name == "trans-unit":
            assert sorted(children, key=order.index) == children
            assert children[:2] == order[:2]
        else:
            assert set(children) <= inside[name]
    assert {"original", "source-language", "datatype"} <= set(root[0].attrib)


def test_the_toolkit_itself_reads_what_is_exported(desk):
    desk.write_po(("", TAGGED, ENGLISH))
    store = Xliff1File(BytesIO(desk.export()))
    unit = next(one for one in store.units if one.xmlelement.get("id") == desk.of(TAGGED).id)
    assert (unit.source, unit.target) == (
        TAGGED.replace("<c1>", "").replace("</c1>", ""),
        ENGLISH[4:].replace("</c1>", ""),
    )
    assert type(unit.rich_target[0].sub[0]).__name__ == "G"
    assert unit.getnotes("context") == f"context: {desk.of(TAGGED).context}"
    tmx = tmxfile(BytesIO(desk.export("tmx")))
    assert len(tmx.units) == 1
    assert tmx.units[0].getcontext() == desk.of(TAGGED).context


@pytest.mark.parametrize(
    ("notes", "english", "state", "approved"),
    [
        ("", "", "needs-translation", None),
        ("fuzzy", ENGLISH, "needs-review-translation", None),
        ("", ENGLISH, "translated", None),
        ("reviewed: Li, 2031-05-01", ENGLISH, "final", "yes"),
    ],
)
def test_a_state_tells_how_a_translation_was_made(desk, notes, english, state, approved):
    desk.write_po((notes, TAGGED, english))
    unit = etree.fromstring(desk.export()).find(f".//{NS}trans-unit[@id='{desk.of(TAGGED).id}']")
    assert unit.find(NS + "target").get("state") == state
    assert unit.get("approved") == approved
    if notes.startswith("reviewed"):
        assert notes in [note.text for note in unit.iter(NS + "note")]


def test_tags_are_inline_elements_that_a_tool_protects(desk):
    desk.write_po(("", TAGGED, ENGLISH))
    xliff, tmx = desk.export(), desk.export("tmx").decode()
    assert b"&lt;c1" not in xliff
    assert '<source><g id="c1">引进数字企业12家</g>，建设青禾软件园。</source>' in xliff.decode()
    assert '<bpt i="1" x="1">&lt;c1&gt;</bpt>Bring in 12 digital companies<ept i="1">&lt;/c1&gt;</ept> and' in tmx


def test_only_what_is_missing(desk):
    desk.write_po(("", TAGGED, ENGLISH), ("fuzzy", SIMPLE, "A machine's words."))
    ids = [unit.get("id") for unit in etree.fromstring(desk.export(missing=True)).iter(NS + "trans-unit")]
    assert desk.of(TAGGED).id not in ids
    assert desk.of(SIMPLE).id in ids  # a draft is still to be done


def test_a_tmx_holds_what_people_translated(desk):
    """A CAT tool offers what is in a TMX as a full match: a machine's draft must not be."""
    desk.write_po(("", TAGGED, ENGLISH), ("fuzzy", SIMPLE, "A machine's words."))
    root = etree.fromstring(desk.export("tmx"))
    assert [unit.get("tuid") for unit in root.iter("tu")] == [desk.of(TAGGED).id]
    assert [one.tag for one in root.find(".//tu")] == ["note", "prop", "tuv", "tuv"]  # the order of the DTD
    assert [one.get("{http://www.w3.org/XML/1998/namespace}lang") for one in root.iter("tuv")] == ["zh-CN", "en"]


def test_the_same_report_gives_the_same_bytes(desk):
    desk.write_po(("", TAGGED, ENGLISH))
    assert desk.export() == desk.export()
    assert desk.export("tmx") == desk.export("tmx")


# There and back


@pytest.mark.parametrize("kind", exchange.FORMATS)
def test_a_round_trip_changes_nothing(desk, kind):
    before = desk.write_po(
        ("note", TAGGED, ENGLISH),
        ("reviewed: Li", SIMPLE, ODD.replace("<c1>x</c1>", "x")),
        ("fuzzy", "优化营商环境。", "a draft"),
    )
    result = desk.take(desk.export(kind), f"back.{kind}")
    assert (result.taken, result.kept, result.refused) == ([], [], [])
    assert result.same == {"xliff": 3, "tmx": 2}[kind]
    assert desk.po.read_text(encoding="utf-8") == before


@pytest.mark.parametrize("kind", exchange.FORMATS)
def test_what_was_lost_comes_back_whole(desk, kind):
    """Every character: markup, quotes, bidirectional marks, emoji, no-break spaces, two spaces."""
    odd = ODD.replace("<c1>x</c1>", "a\u00a0b  c")
    desk.write_po(("", TAGGED, ENGLISH), ("", SIMPLE, odd))
    sent = desk.export(kind)
    desk.po.unlink()
    assert len(desk.take(sent, f"back.{kind}").taken) == 2
    assert desk.english(TAGGED).msgstr == ENGLISH
    assert desk.english(SIMPLE).msgstr == odd


def test_the_real_report_makes_the_round_trip(project, tmp_path):
    read = config.load_project(project)
    report = read.report("shangcheng-2020")
    before = (report.folder / "en.po").read_bytes()
    for kind in exchange.FORMATS:
        content, units = exchange.export(read, report, kind)
        file = exchange.write(tmp_path / f"real{exchange.SUFFIXES[kind]}", content)
        result = exchange.take(read, report, file)
        assert (result.taken, result.kept, result.refused, result.same + result.empty) == ([], [], [], units)
    assert (report.folder / "en.po").read_bytes() == before


def test_a_report_without_a_po_gets_one_in_the_reports_order(desk):
    assert not desk.po.exists()
    result = desk.take(desk.agency({SIMPLE: "The digital economy.", TAGGED: GROUPED, "不在报告里": "x"}))
    assert len(result.taken) == 2
    entries = polib.pofile(str(desk.po), encoding="utf-8")
    assert [one.msgid for one in entries] == [SIMPLE, TAGGED]
    assert entries[1].msgstr == ENGLISH
    assert entries[1].tcomment == "translated: agency.xlf, 2031-01-01"
    assert not entries[1].fuzzy
    assert memory.load(desk.po).find(TAGGED, desk.of(TAGGED).context).state == memory.TRANSLATED
    first = desk.po.read_bytes()
    again = desk.take(desk.agency({SIMPLE: "The digital economy.", TAGGED: GROUPED}))
    assert (again.taken, again.same, desk.po.read_bytes()) == ([], 2, first)


def test_added_entries_stand_where_the_report_has_them_and_the_rest_of_the_po_stays(desk):
    obsolete = '\n#~ msgid "旧"\n#~ msgstr "old"\n'
    desk.write_po(
        ("", "一、全力以赴发展产业"[2:], "Industry"), ("", "优化营商环境。", "Business climate"), extra=obsolete
    )
    desk.take(desk.agency({SIMPLE: "Digital.", TAGGED: GROUPED}))
    entries = polib.pofile(str(desk.po), encoding="utf-8")
    assert [one.msgid for one in entries if not one.obsolete] == ["全力以赴发展产业", SIMPLE, TAGGED, "优化营商环境。"]
    assert [one.msgstr for one in entries if one.obsolete] == ["old"]


# What comes in


@pytest.mark.parametrize(
    ("state", "fuzzy"),
    [
        ("translated", False),
        ("final", False),
        ("signed-off", False),
        ("needs-review-translation", True),
        ("needs-adaptation", True),
    ],
)
def test_the_agencys_state_says_whether_it_is_a_draft(desk, state, fuzzy):
    desk.write_po(("fuzzy", TAGGED, "<c1>machine</c1> draft"))
    assert len(desk.take(desk.agency({TAGGED: GROUPED}, state=state)).taken) == 1
    entry = desk.english(TAGGED)
    assert (entry.msgstr, entry.fuzzy) == (ENGLISH, fuzzy)
    assert "before: <c1>machine</c1> draft" in entry.tcomment  # a draft may have been a person's, too


def test_a_machines_result_is_a_draft_whatever_its_state(desk):
    def by_machine(root):
        for target in root.iter(NS + "target"):
            target.set("state-qualifier", "leveraged-mt")

    desk.take(desk.agency({TAGGED: GROUPED}, change=by_machine))
    assert desk.english(TAGGED).fuzzy


def test_a_draft_that_the_agency_confirms_is_one_no_longer(desk):
    desk.write_po(("reviewed: of another text\nfuzzy", TAGGED, ENGLISH))
    assert len(desk.take(desk.agency({TAGGED: GROUPED})).taken) == 1
    entry = desk.english(TAGGED)
    assert memory.state_of(entry) == memory.TRANSLATED  # nobody has reviewed it
    assert "before:" not in entry.tcomment


def test_a_persons_translation_stays_and_the_difference_is_told(desk):
    before = desk.write_po(("reviewed: Li", TAGGED, ENGLISH))
    result = desk.take(desk.agency({TAGGED: '<g id="c1">Attract 12 digital firms</g>.', SIMPLE: " "}))
    assert (result.taken, len(result.kept)) == ([], 1)
    assert desk.of(TAGGED).id in result.kept[0]
    assert "Attract 12 digital firms" in result.kept[0]
    assert desk.po.read_text(encoding="utf-8") == before


def test_replace_keeps_the_old_one_and_its_review_in_the_po(desk):
    desk.write_po(("reviewed: Li", TAGGED, ENGLISH))
    data = desk.agency({TAGGED: '<g id="c1">Attract 12 digital firms</g>.'})
    assert len(desk.take(data, replace=True).taken) == 1
    entry = desk.english(TAGGED)
    assert entry.msgstr == "<c1>Attract 12 digital firms</c1>."
    assert entry.tcomment.splitlines() == [
        "before, reviewed: Li",
        f"before: {ENGLISH}",
        "translated: agency.xlf, 2031-01-01",
    ]
    assert memory.state_of(entry) == memory.TRANSLATED
    after = desk.po.read_bytes()
    assert desk.take(data, replace=True).same == 1
    assert desk.po.read_bytes() == after


def test_an_old_translation_of_several_lines_cannot_pass_for_a_review(desk):
    desk.write_po(("", SIMPLE, "One.\nreviewed: nobody"))
    desk.take(desk.agency({SIMPLE: "Two."}), replace=True)
    assert memory.state_of(desk.english(SIMPLE)) == memory.TRANSLATED


def test_what_still_needs_review_never_replaces_a_person(desk):
    before = desk.write_po(("", TAGGED, ENGLISH))
    data = desk.agency({TAGGED: '<g id="c1">Attract</g>.'}, state="needs-review-translation")
    assert len(desk.take(data, replace=True).kept) == 1
    assert desk.po.read_text(encoding="utf-8") == before


def test_the_order_of_the_file_does_not_matter(desk):
    def turned(root):
        body = root.find(f".//{NS}body")
        body[:] = reversed(body)

    translations = {SIMPLE: "Digital.", TAGGED: GROUPED}
    desk.take(desk.agency(translations))
    straight = desk.po.read_bytes()
    desk.po.unlink()
    desk.take(desk.agency(translations, change=turned))
    assert desk.po.read_bytes() == straight


WRONG_TAGS = [
    ("Bring in 12 digital companies.", "<c1> is missing"),
    ('<g id="c1">Bring in</g> <g id="c2">12</g>', "<c2> stands there more often"),
    ('<g id="c1">Bring in</g> <g id="c1">12</g>', "<c1> stands there more often"),
    ('<g id="c1"></g>Bring in', "nothing stands in the tag <c1>"),
    ('<g id="c1">Bring <g id="c1">in</g></g>', "no complete pairs"),
    ('<bx id="c1"/>Bring in', "no complete pairs"),
    ("&lt;c1&gt;Bring in", "no complete pairs"),
    ('<g id="c1">Bring in</g><x id="9"/>', "holds <x>"),
]


@pytest.mark.parametrize(("target", "reason"), WRONG_TAGS, ids=[case[0] for case in WRONG_TAGS])
def test_a_translation_whose_tags_are_not_the_sources_is_refused(desk, target, reason):
    result = desk.take(desk.agency({TAGGED: target, SIMPLE: "Digital."}))
    assert len(result.taken) == 1  # the sound one comes in all the same
    assert len(result.refused) == 1
    assert desk.of(TAGGED).id in result.refused[0]
    assert reason in result.refused[0]
    assert desk.english(TAGGED) is None


def test_tags_may_change_places():
    assert exchange._wrong_tags("<c1>甲</c1>、<c2>乙</c2>", "<c2>B</c2> and <c1>A</c1>") == ""


def test_a_changed_source_is_refused(desk):
    def changed(root):
        for source in root.iter(NS + "source"):
            if source.text == SIMPLE:
                source.text = SIMPLE.replace("三个", "四个")

    result = desk.take(desk.agency({SIMPLE: "Digital."}, change=changed))
    assert result.taken == []
    assert "its source text is not the report's" in result.refused[0]
    assert not desk.po.exists()


def test_a_report_that_changed_since_the_export_is_told_apart_from_an_unknown_segment(desk):
    def old(root):
        for unit in root.iter(NS + "trans-unit"):
            source = unit.find(NS + "source")
            if source.text == SIMPLE:
                source.text = "旧文本。"
                unit.set("id", exchange.Segment(desk.of(SIMPLE).context, "旧文本。").id)
            elif unit.find(NS + "target").text == "Park":
                source.text = "不在报告里。"
                unit.set("id", "17")
                unit.attrib.pop("resname")

    result = desk.take(desk.agency({SIMPLE: "Digital.", "优化营商环境。": "Park"}, change=old))
    assert [one.split(": ")[-1] for one in result.refused] == [
        "the source text has changed, in the file or in the report",
        "the report has no such segment",
    ]


def test_an_unknown_id_is_matched_by_its_context_or_its_source(desk):
    def renumbered(root):
        for number, unit in enumerate(root.iter(NS + "trans-unit")):
            unit.set("id", str(number))
            unit.attrib.pop("resname")

    assert len(desk.take(desk.agency({SIMPLE: "Digital.", TAGGED: GROUPED}, change=renumbered)).taken) == 2


def test_the_source_is_no_translation(desk):
    result = desk.take(desk.agency({SIMPLE: SIMPLE}))
    assert "its translation is the source text" in result.refused[0]
    result = desk.take(desk.agency({SIMPLE: SIMPLE}, state="new"))  # as tools fill in what is not done yet
    assert result.refused == []


def test_two_translations_of_one_segment_are_not_mixed(desk):
    def doubled(root):
        body = root.find(f".//{NS}body")
        again = etree.fromstring(etree.tostring(next(one for one in body if one.find(NS + "source").text == SIMPLE)))
        again.find(NS + "target").text = "Another."
        body.append(again)

    result = desk.take(desk.agency({SIMPLE: "Digital."}, change=doubled))
    assert desk.english(SIMPLE).msgstr == "Digital."
    assert "another translation of it" in result.refused[0]


LAST = "让我们团结奋斗！"


@pytest.fixture
def twice(fresh, tmp_path, monkeypatch) -> Desk:
    """A report in which one sentence stands twice."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1924992000")
    edit(fresh / "source" / ID / "report.txt", "继续压减一般性支出。", LAST)
    (tmp_path / "outside").mkdir()
    return Desk(fresh, tmp_path / "outside")


def test_a_foreign_translation_memory_fills_every_context_but_shadows_no_person(twice):
    contexts = [one.context for one in twice.segments if one.source == LAST]
    assert len(contexts) == 2
    assert len(twice.take(tmx_of((LAST, "Let us work.")), "memory.tmx").taken) == 2
    assert [one.msgctxt for one in polib.pofile(str(twice.po), encoding="utf-8")] == contexts
    twice.write_po(("", LAST, "Let us strive."))  # a person's, which the other context shows as well
    result = twice.take(tmx_of((LAST, "Let us work.")), "memory.tmx")
    assert (result.taken, len(result.kept)) == ([], 2)


def test_a_context_may_have_a_translation_of_its_own(twice):
    first, second = (one for one in twice.segments if one.source == LAST)
    twice.write_po(("", LAST, "Let us strive."))

    def other(root):
        for unit in root.iter(NS + "trans-unit"):
            if unit.get("id") == second.id:
                unit.find(NS + "target").text = "Let us work."

    result = twice.take(twice.agency({LAST: "Let us strive."}, change=other))
    assert (result.taken, result.same, result.kept) == ([second.id], 1, [])
    known = memory.load(twice.po)
    assert known.find(LAST, first.context).text == "Let us strive."
    assert known.find(LAST, second.context).text == "Let us work."


# Files of other tools


def tmx_of(*pairs: tuple[str, str], source: str = "zh-CN", target: str = "en-US", head: str = "") -> str:
    units = "".join(
        f'<tu><tuv xml:lang="{target}"><seg>{english}</seg></tuv><tuv xml:lang="{source}"><seg>{chinese}</seg></tuv></tu>'
        for chinese, english in pairs
    )
    return f'<?xml version="1.0"?>{head}<tmx version="1.4"><header srclang="*all*"/><body>{units}</body></tmx>'


MARKED = [
    ('<bpt i="1" x="1"/>{}<ept i="1"/>', "without contents"),
    ('<bpt i="4">&lt;c1&gt;</bpt>{}<ept i="4">&lt;/c1&gt;</ept>', "numbered anew"),
    ("<ph>&lt;c1&gt;</ph>{}<ph>&lt;/c1&gt;</ph>", "placeholders"),
    ("&lt;c1&gt;{}&lt;/c1&gt;", "plain text"),
    ('<hi type="x"><bpt i="1" x="1">{{</bpt>{}<ept i="1">}}</ept></hi>', "highlighted"),
]


@pytest.mark.parametrize("markup", [case[0] for case in MARKED], ids=[case[1] for case in MARKED])
def test_tmx_markup_of_other_tools(desk, markup):
    chinese, english = markup.format("引进数字企业12家") + "，建设青禾软件园。", markup.format("Bring in 12") + "."
    assert desk.take(tmx_of((chinese, english)), "memory.tmx").refused == []
    assert desk.english(TAGGED).msgstr == "<c1>Bring in 12</c1>."


def test_a_tmx_in_utf_16_with_its_doctype(desk):
    """As Trados writes it."""
    data = tmx_of((SIMPLE, "Digital."), head='<!DOCTYPE tmx SYSTEM "tmx14.dtd">', source="ZH-CN", target="EN-GB")
    assert len(desk.take(data.encode("utf-16"), "memory.tmx").taken) == 1


def test_an_xliff_with_prefixes_segments_and_line_breaks(desk):
    segment = desk.of(TAGGED)
    data = f"""<?xml version="1.0"?>
<x:xliff xmlns:x="{NS[1:-1]}" xmlns:mine="urn:mine" version="1.2"><x:file original="a" source-language="zh-Hans"
 target-language="en-GB" datatype="x"><x:header/><x:body><x:group id="g"><x:trans-unit id="{segment.id}" mine:status="done">
  <x:source>
     <x:g id="c1">引进数字企业12家</x:g>，
     建设青禾软件园。
  </x:source>
  <x:seg-source><x:mrk mtype="seg" mid="1">x</x:mrk></x:seg-source>
  <x:target>
     <x:mrk mtype="seg" mid="1"><!-- why --><x:bpt id="1" rid="1">[</x:bpt>Bring in
       12<x:ept id="2" rid="1">]</x:ept> companies.</x:mrk>
  </x:target>
  <x:alt-trans><x:target>wrong</x:target></x:alt-trans>
</x:trans-unit></x:group></x:body></x:file></x:xliff>"""
    assert desk.take(data).refused == []
    entry = desk.english(TAGGED)
    assert (entry.msgstr, entry.fuzzy, entry.msgctxt) == ("<c1>Bring in 12</c1> companies.", False, segment.context)


@pytest.mark.parametrize(("state", "fuzzy"), [('state="initial"', True), ('state="final"', False), ("", False)])
def test_xliff_2(desk, state, fuzzy):
    segment = desk.of(TAGGED)
    data = f"""<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="zh-CN" trgLang="en"><file id="f">
<unit id="{segment.id}"><segment {state}><source><pc id="c1">引进数字企业12家</pc>，</source>
<target><pc id="c1">Bring in 12</pc>,</target></segment><ignorable><source></source><target> </target></ignorable>
<segment><source>建设青禾软件园。</source><target>build a park.</target></segment></unit></file></xliff>"""
    assert desk.take(data).refused == []
    entry = desk.english(TAGGED)
    assert (entry.msgstr, entry.fuzzy) == ("<c1>Bring in 12</c1>, build a park.", fuzzy)


# What is no such file

BOMB = '<!DOCTYPE tmx [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True)
) + "]>"  # fmt: skip
XLIFF = (
    '<xliff version="1.2"><file original="a" source-language="{}" target-language="{}"><body>'
    '<trans-unit id="1"><source>中</source><target>x</target></trans-unit></body></file></xliff>'
)
BAD = [
    ("missing", None, "no such file"),
    ("empty", b"", "broken XML"),
    ("text", "各位代表".encode(), "broken XML"),
    ("zip", b"PK\x03\x04\x00\x00", "broken XML"),
    ("cut", XLIFF.format("zh-CN", "en")[:-9].encode(), "broken XML"),
    ("encoding", b'<?xml version="1.0" encoding="x-none"?><tmx/>', "broken XML"),
    ("html", b"<html><body/></html>", "expected XLIFF or TMX"),
    ("hollow", b'<xliff version="1.2"/>', "broken XLIFF"),
    ("prefixed tmx", b'<t:tmx xmlns:t="urn:t" version="1.4"/>', "broken TMX"),
    ("no body", b'<tmx version="1.4"/>', "no unit"),
    ("no units", b'<xliff version="1.2"><file source-language="zh" target-language="en"><body/></file></xliff>', "no unit"),
    ("from English", XLIFF.format("en", "zh-CN").encode(), "expected from zh-CN to en"),
    ("from Traditional", XLIFF.format("zh-TW", "en").encode(), "expected from zh-CN to en"),
    ("to German", XLIFF.format("zh-CN", "de").encode(), "expected from zh-CN to en"),
    ("tmx to German", tmx_of(("中", "x"), target="de").encode(), "expected zh-CN and en"),
    ("bomb", tmx_of(("中", "&i;"), head=BOMB).encode(), "declares the entity"),
    ("bomb in an attribute", (BOMB.replace("tmx", "xliff") + XLIFF.format("&i;", "en")).encode(), "declares the entity"),
    ("external", tmx_of(("中", "&x;"), head='<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/hostname">]>').encode(), "declares the entity"),
    ("parameter", tmx_of(("中", "x"), head='<!DOCTYPE tmx [<!ENTITY % x SYSTEM "http://h.example/x"> %x;]>').encode(), "declares the entity"),
    ("undeclared", tmx_of(("中", "a&nbsp;b"), head='<!DOCTYPE tmx SYSTEM "tmx14.dtd">').encode(), "nowhere declared"),
    ("deep", b"<tmx>" + b"<a>" * 5000 + b"</a>" * 5000 + b"</tmx>", "broken TMX"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "said"), BAD, ids=[case[0] for case in BAD])
def test_another_file_ends_in_one_line_and_nothing_is_written(desk, cli, name, data, said):
    desk.write_po(("", TAGGED, ENGLISH))
    file = desk.outside / "back.xlf"
    if data is not None:
        file.write_bytes(data)
    before = snapshot(desk.root)
    output = cli("import", ID, file, root=desk.root, code=1).output
    assert said in output
    assert output.count("\n") == 1
    assert "back.xlf" in output
    assert snapshot(desk.root) == before


@pytest.mark.parametrize("broken", ['msgid "a"\nmsgstr "b"\n\n' * 2, "msgid nonsense\n"], ids=["twice", "unquoted"])
def test_a_broken_po_is_not_written_over(desk, broken):
    desk.po.write_text(HEAD + "\n" + broken, encoding="utf-8")
    before = desk.po.read_bytes()
    with pytest.raises(Problem, match="broken PO"):
        desk.take(tmx_of((SIMPLE, "Digital.")), "memory.tmx")
    with pytest.raises(Problem, match="broken PO"):
        desk.export()
    assert desk.po.read_bytes() == before


# The command line


def test_export_and_import_on_the_command_line(desk, cli, monkeypatch):
    monkeypatch.chdir(desk.outside)
    assert cli("export", ID, root=desk.root).output == f"{ID}.xlf: {len(desk.segments)} segments\n"
    assert (desk.outside / f"{ID}.xlf").read_bytes() == desk.export()
    (desk.outside / "done.xlf").write_bytes(desk.agency({SIMPLE: "Digital.", TAGGED: "no tag"}))
    lines = cli("import", ID, "done.xlf", root=desk.root).output.splitlines()
    assert "the tag <c1> is missing" in lines[0]
    assert lines[1].startswith("1 taken over, 0 already the same, 0 kept as a person wrote them, 1 refused")
    (desk.outside / "done.xlf").write_bytes(desk.agency({SIMPLE: "Another."}))
    assert "“Another.”" in cli("import", ID, "done.xlf", root=desk.root).output
    cli("import", ID, "done.xlf", "--replace", root=desk.root)
    assert desk.english(SIMPLE).msgstr == "Another."
    assert "before: Digital." in desk.english(SIMPLE).tcomment


def test_an_export_never_overwrites_what_an_agency_sent(desk, cli):
    file = desk.outside / "report.xlf"
    cli("export", ID, "--output", file, root=desk.root)
    cli("export", ID, "--output", file, root=desk.root)  # the same again is no loss
    file.write_bytes(desk.agency({SIMPLE: "Digital."}))
    before = file.read_bytes()
    assert cli("export", ID, "--output", file, root=desk.root, code=1).output.count("\n") == 1
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("export", "nowhere-2031"), "no report"),
        (("import", "nowhere-2031", "x.xlf"), "no report"),
        (("export", ID, "--format", "tmx", "--only", "missing"), "nothing that is missing"),
        (("export", ID, "--format", "tmx"), "no segment to export"),
        (("export", ID, "--output", "."), "something else already"),
        (("import", ID, "."), "directory"),
    ],
)
def test_mistakes_on_the_command_line_are_told_in_one_line(desk, cli, monkeypatch, arguments, said):
    monkeypatch.chdir(desk.outside)
    output = cli(*arguments, root=desk.root, code=1).output
    assert said in output.replace("Is a directory", "directory")
    assert output.count("\n") == 1
    assert list(desk.outside.iterdir()) == []


def test_a_wrong_epoch_is_told(desk, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(Problem, match="SOURCE_DATE_EPOCH"):
        desk.take(desk.agency({SIMPLE: "Digital."}))
    assert not desk.po.exists()
