"""site.yml, report.yml and the files beside them: what people write about the site, and how a slip is told."""

import pytest

from scripts import config

from .conftest import QINGHE, add_report, edit

SITE, REPORT, THEMES = "source/site.yml", "source/qinghe-2031/report.yml", "source/themes.yml"
# file, what stands there, what a person makes of it, what the line says after the file's name
SLIPS = [
    (SITE, "languages: [zh-Hans, zh-Hant, en]", "languages: [zh-Hans, de]", "languages.1: found “de”, expected one of zh-Hans, zh-Hant, en"),
    (SITE, "languages: [zh-Hans, zh-Hant, en]", "languages: [en]", "languages: "),
    (SITE, "languages: [zh-Hans, zh-Hant, en]", "languages: [zh-Hans, zh-Hans]", "languages: found ['zh-Hans', 'zh-Hans'], expected no entry twice"),
    (SITE, "languages: [zh-Hans, zh-Hant, en]", "", "front matter: “languages” is missing"),
    (SITE, "base_url:\n", "base_url: example.org\n", "base_url: found “example.org”, expected"),
    (SITE, "base_url:\n", "base_url: https://example.org/yanxing\n", "base_url: found “https://example.org/yanxing”"),
    (SITE, "base_url:\n", "base_url: 'https://example.org/a b/'\n", "base_url: found “https://example.org/a b/”"),
    (SITE, "base_url:\n", "base_url: 'https://example.org/\"x\"/'\n", "base_url: found “https://example.org/\"x\"/”"),
    (SITE, "publisher:\n", "publisher: [青禾区]\n", "publisher: found ['青禾区'], expected"),
    (SITE, "publisher:\n", "publisher: {en: Qinghe}\n", "publisher: “zh-Hans” is missing"),
    (SITE, "  id_code:        #", "  id_code: 33 #", "government.id_code: found “33”, expected a text of the form"),
    (SITE, "assessor:\n", "assessor: {name: 青禾评估院, url: x, independent: true}\n", "assessor.url: found “x”"),
    (REPORT, "year: 2031", "year: 2031\npublished: 2031-02-30 09:00", "published: “2031-02-30 09:00” is no day of the calendar"),
    (REPORT, "year: 2031", "year: 2031\npublished: 2031-02-03 25:00", "published: found “2031-02-03 25:00”"),
    (SITE, "publisher:\n", "publisher:\ncolour: red\n", "front matter: unknown field “colour”, expected one of name, "),
    (SITE, "publisher:\n", "publisher: 'open\n", "line "),
    (SITE, "publisher:\n", "publisher:\npublisher:\n", "line "),
    (REPORT, "id: qinghe-2031", "id: qinghe-2030", "id: found “qinghe-2030”, expected the folder's name “qinghe-2031”"),
    (REPORT, "id_prefix: qh2031", "id_prefix: 青禾", "id_prefix: found “青禾”, expected a text of the form"),
    (REPORT, "year: 2031", "year: soon", "year: found “soon”, expected integer"),
    (REPORT, "horizon: 2031-12-31", "horizon: 2031-02-30", "horizon: “2031-02-30” is no day of the calendar"),
    (REPORT, "horizon: 2031-12-31", "horizon: end of the year", "horizon: found “end of the year”"),
    (REPORT, "horizon: 2031-12-31\n", "", "front matter: “horizon” is missing"),
    (REPORT, "year: 2031", "year: 2031\nopencc: s2twp", "opencc: found “s2twp”, expected one of s2tw, s2hk"),
    (REPORT, "year: 2031", "year: 2031\nurl: javascript:alert(1)", "url: found “javascript:alert(1)”"),
    (REPORT, "title: {zh-Hans: 青禾区政府工作报告, en", "title: {en", "title: “zh-Hans” is missing"),
    (THEMES, "economy: {zh-Hans: 经济发展, en: Economy}", "- economy", "line "),
    (THEMES, "economy: {zh-Hans: 经济发展, en: Economy}", "economy: 经济发展", "economy: found “经济发展”, expected object"),
    (THEMES, "economy: {zh-Hans: 经济发展, en: Economy}", "economy: {en: Economy}", "economy: “zh-Hans” is missing"),
    ("source/protected.yml", '复议: {zh-Hant: 復議, why: "as above"}', "复议: 復議", "复议: found “復議”, expected object"),
    ("source/protected.yml", '复议: {zh-Hant: 復議, why: "as above"}', "复议: [復議", "line "),
    ("source/ui.en.po", 'msgstr "Published %(day)s"', 'msgstr "Published "%(day)s"', "broken PO file"),
]  # fmt: skip


@pytest.mark.parametrize("command", ["check", "build"])
@pytest.mark.parametrize(
    "name, old, new, says", SLIPS, ids=[f"{row[0].split('/')[-1]}: {row[3][:40]}" for row in SLIPS]
)
def test_a_slip_gets_one_line_with_file_and_field(cli, qinghe, name, old, new, says, command):
    edit(qinghe / name, old, new)
    result = cli(command, root=qinghe, code=1)
    assert len(result.output.splitlines()) == 1
    assert result.stderr.startswith(f"yanxing: {qinghe / name}") and says in result.stderr
    assert not (qinghe / "site").exists()


@pytest.mark.parametrize("name", [SITE, REPORT, THEMES, "source/protected.yml"])
@pytest.mark.parametrize("content", ["- a\n- b\n", "text\n", "42\n"])
def test_a_file_of_another_shape_gets_one_line(cli, qinghe, name, content):
    (qinghe / name).write_text(content, encoding="utf-8")
    result = cli("check", root=qinghe, code=1)
    assert len(result.output.splitlines()) == 1 and str(qinghe / name) in result.stderr


@pytest.mark.parametrize("name", [SITE, REPORT, THEMES, "source/protected.yml", "source/pages/method.zh-Hans.md"])
def test_what_a_windows_editor_saves_in_its_own_encoding_is_read(cli, qinghe, name):
    file = qinghe / name
    file.write_bytes(file.read_text(encoding="utf-8").replace("\n", "\r\n").encode("gb18030"))
    assert cli("check", root=qinghe).stdout.splitlines()[-1] == "nothing wrong"


@pytest.mark.parametrize("name", [SITE, REPORT])
def test_a_missing_file_is_named(cli, qinghe, name):
    (qinghe / name).unlink()
    result = cli("check", root=qinghe, code=1)
    assert result.stderr.startswith(f"yanxing: {qinghe / name}: no such file")


def test_two_missing_fields_are_two_lines(cli, qinghe):
    edit(qinghe / REPORT, "horizon: 2031-12-31\nas_of: 2031-07-15\n", "")
    lines = cli("check", root=qinghe, code=1).stderr.splitlines()
    assert lines == [f"yanxing: {qinghe / REPORT}, front matter: “{name}” is missing" for name in ("horizon", "as_of")]


def test_reports_stand_newest_first(qinghe):
    older = add_report(qinghe, QINGHE, "qinghe-2030", "qh2030")
    edit(older.folder / "report.yml", "year: 2031", "year: 2030")
    assert [report.id for report in config.load_project(qinghe).reports] == ["qinghe-2031", "qinghe-2030"]


def test_an_unknown_report_is_answered_with_the_known_ones(cli, qinghe):
    assert "no report “qinghe”, there is: qinghe-2031" in cli("draft", "qinghe", root=qinghe, code=1).stderr


@pytest.mark.parametrize("code", ["3301020001", "0330102001", "'0330102001'"])
def test_a_code_is_read_as_it_is_written(qinghe, code):
    """YAML takes figures without quotes for a number, with a leading 0 for an octal one; a code is neither."""
    edit(qinghe / SITE, "  id_code:        #", f"  id_code: {code} #")
    assert config.load_project(qinghe).government["id_code"] == code.strip("'")


def test_a_text_is_plain_or_a_map_of_languages(qinghe, cli):
    """The comment in site.yml says so: a plain text is the same in every language."""
    edit(qinghe / SITE, "publisher:\n", "publisher: 青禾区政府办公室\n")
    edit(qinghe / SITE, "  contact:        #", "  contact: 0571-00000000 #")
    edit(qinghe / SITE, "assessor:\n", "assessor: {name: 青禾评估院, url: https://q.example/, independent: true}\n")
    edit(qinghe / REPORT, "title: {zh-Hans: 青禾区政府工作报告, en: Qinghe Work Report}", "title: 青禾区政府工作报告")
    project = config.load_project(qinghe)
    assert project.publisher == {"zh-Hans": "青禾区政府办公室"}, "zh-Hant is converted, English has none"
    assert project.government["contact"] == dict.fromkeys(("zh-Hans", "zh-Hant", "en"), "0571-00000000")
    assert project.assessor["name"] == {"zh-Hans": "青禾评估院"}
    assert project.reports[0].title == {"zh-Hans": "青禾区政府工作报告"}
    assert "nothing wrong" in cli("check", root=qinghe).output


def test_a_report_was_published_on_a_day_or_at_a_time(qinghe):
    """The norm's PubDate has minutes; all else (feeds, citations) needs the day."""
    edit(qinghe / REPORT, "year: 2031", "year: 2031\npublished: 2031-02-03 09:00")
    report = config.load_project(qinghe).reports[0]
    assert (report.published, report.published_time) == ("2031-02-03", "09:00")
