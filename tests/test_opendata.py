"""Open data: every format gives the ledger's facts back, whatever stands in a text; the same input gives the same bytes."""

import csv
import functools
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from urllib.parse import urljoin

import feedparser
import icalendar
import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from scripts import assemble, config, ledger, opendata
from scripts.opendata import common, dues, tables, workbook
from scripts.typeset import typeset

from . import consumer_v1 as consumer
from .conftest import LANGUAGES, QINGHE, Html, edit

# What a text may hold, and which format it would break.
HOSTILE = (
    "=1+1", "+86 571", "-5%", "@SUM(A1)", "'=1+1", "''@x", "＝1+1", "\u200b=1+1", " =cmd|' /C calc'!A0", "'引号", "1234567890123456789",
    "<r>粗</r>", "</script><script>alert(1)</script>", "甲&乙<丙>\"丁\"'戊'", "&amp;", "]]>", "<!-- 注", "_x0041_", "长" * 5000,
    "\u202e左右\u202c\u200f", "逗号,分号;反斜杠\\n", "100%（%(n)d）", "{{ t }}", "a\tb", "\t首", "行尾 ", "\u2028行", "😀𠮷", "2020-06", "TRUE",
)  # fmt: skip
# Columns that were added at the end since version 1.0.
ADDED = {"targets": ["unit_title", "baseline_unit_title", "operator_code", "baseline_operator_code"]}
SCHEMAS = ("commitment", "commitments", "index", "report")


def made(root):
    """The open data of a project as {path: bytes}, without a build."""
    project = config.load_project(root)
    files = opendata.make(project, [assemble.editions(project, report) for report in project.reports])
    return {file.path: file.content for file in files}


def written(root, folder):
    """The same as files; gives their folder."""
    for path, content in made(root).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def truth(root):
    """What the ledgers say, in the form of the consumer's facts: {report: {id: facts}}."""
    project = config.load_project(root)
    return {
        report.id: {record.id: facts(record, report) for record in ledger.load(report)} for report in project.reports
    }


def facts(record, report):
    own = {
        name: list(value) if isinstance(value := getattr(record, name), tuple) else value
        for name in (
            "id",
            "section",
            "paragraph",
            "span",
            "quote",
            "kind",
            "themes",
            "repeats",
            "status",
            "review",
            "support",
        )
    }
    return own | {
        "due": record.due or None,
        "lead": record.lead or None,
        "overdue": record.overdue(report.horizon, report.as_of),
        "targets": [target_facts(target) for target in record.targets],
        "history": [
            {
                "date": one["date"],
                "status": one["status"],
                "evidence": one.get("evidence", []),
                "note": one.get("note"),
                "by": one["by"],
            }
            for one in record.history
        ],
        "evidence": [{"url": None, "summary": None, **one} for one in record.evidence],
    }


def target_facts(target):
    found = {"text": None, **target, "unit": target["unit"] or None, "baseline": None}
    if baseline := target.get("baseline"):
        found["baseline"] = {"operator": "=", "unit": found["unit"], "estimate": False, "comparable": False, **baseline}
    return found


def book(folder, report, language="zh-Hans"):
    return openpyxl.load_workbook(folder / report / f"commitments.{language}.xlsx")


def rows_of(found):
    """The data sheets of a workbook as the consumer wants them."""
    sheets = dict(zip(consumer.ORDER, found.worksheets[1:], strict=True))
    return {
        name: [list(row) for row in sheet.iter_rows(min_row=2, values_only=True) if any(row)]
        for name, sheet in sheets.items()
    }


@pytest.fixture(scope="module")
def data(built):
    return built / "site" / "data"


@pytest.fixture(scope="module")
def schemas(data):
    return {name: json.loads((data / "schema" / f"{name}.schema.json").read_text(encoding="utf-8")) for name in SCHEMAS}


@pytest.fixture
def hostile(qinghe):
    """Qinghe's project with every hostile text in a record's every place for words, and in the report itself."""
    report = config.load_report(qinghe / "source/qinghe-2031")
    quote = "=1+1推广\"<b>&'</script><script>alert(1)</script>\u202e词\u202c" + "长" * 300
    text = QINGHE.replace("推行企业开办一日办结", quote)
    (report.folder / "report.txt").write_bytes(text.encode())
    at = text.index(quote)
    shift = len(quote) - len("推行企业开办一日办结")
    for file in sorted(report.ledger.glob("*.md")):  # what stands after the changed place moves with the text
        start, end = ledger.load(report)[[one.file for one in ledger.load(report)].index(file.name)].span
        if start > at:
            ledger.update(file, {"span": [start + shift, end + shift]})
    evidence = tuple(
        {"id": f"e{n}", "title": one, "publisher": one, "date": "2031-07-10", "summary": one}
        for n, one in enumerate(HOSTILE)
    )
    history = tuple(
        {"date": "2031-07-10", "status": "in-progress", "note": one, "evidence": [f"e{n}"], "by": one}
        for n, one in enumerate(HOSTILE)
    )
    target = {
        "indicator": HOSTILE[0],
        "operator": "range",
        "value": [0.1, 1e9],
        "unit": "@个",
        "kind": "level",
        "text": "+1",
    }
    ledger.write_new(report, ledger.Record(
        "qh2031-s1-003", report.id, "s1", "p008", quote, (at, at + len(quote)), "quantified", (target,), ("economy",), HOSTILE[0],
        HOSTILE, "2031-06", (), "in-progress", history, evidence, "confirmed",
    ))  # fmt: skip
    return qinghe


# JSON


def strict(schema):
    """The schema with every field that it does not declare forbidden: readers must allow them, we must not add one unsaid."""
    if isinstance(schema, list):
        return [strict(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: strict(value) for key, value in schema.items()}
    if "properties" in schema and schema.get("type") == "object":
        found["properties"]["$schema"] = {"type": "string"}
        found["additionalProperties"] = False
    return found


def validators(schemas, change=lambda schema: schema):
    resources = [
        (f"https://data.example/{name}.schema.json", Resource.from_contents(change(one)))
        for name, one in schemas.items()
    ]
    registry = Registry().with_resources(resources)
    return {
        name: Draft202012Validator({"$ref": f"https://data.example/{name}.schema.json"}, registry=registry)
        for name in schemas
    }


def absolute(schema):
    return schema | {"$id": f"https://data.example/{schema['$id']}"}


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schemas_are_schemas(schemas, name):
    Draft202012Validator.check_schema(schemas[name])
    assert schemas[name]["$id"] == f"{name}.schema.json", "relative while the site has no address"


@pytest.mark.parametrize(
    "change", [absolute, lambda one: absolute(strict(one))], ids=["as published", "nothing undeclared"]
)
def test_the_json_is_as_its_schema_says(data, schemas, change):
    own = data / "shangcheng-2020"
    found = validators(schemas, change)
    for name, file in (
        ("index", data / "index.json"),
        ("commitments", own / "commitments.json"),
        ("report", own / "report.json"),
    ):
        errors = list(found[name].iter_errors(json.loads(file.read_text(encoding="utf-8"))))
        assert errors == [], f"{file.name}: {errors[0].json_path} {errors[0].message}"


def test_the_schema_refuses_what_is_wrong(data, schemas):
    check = validators(schemas, absolute)["commitments"]
    for name, value in (
        ("span", [1]),
        ("status", "done"),
        ("text", {"en": "x"}),
        ("due_day", "2020-13"),
        ("targets", [{}]),
    ):
        value_of = json.loads((data / "shangcheng-2020/commitments.json").read_text(encoding="utf-8"))
        value_of["commitments"] = [value_of["commitments"][0] | {name: value}]
        assert not check.is_valid(value_of), name


def test_each_commitment_alone_is_the_one_in_the_collection(data, schemas):
    own = data / "shangcheng-2020"
    check = validators(schemas, absolute)["commitment"]
    collection = json.loads((own / "commitments.json").read_text(encoding="utf-8"))
    assert len(collection["commitments"]) == 240 == len(list(own.glob("commitments/sc2020-*[0-9].json")))
    for n, one in enumerate(collection["commitments"]):
        alone = json.loads((own / "commitments" / f"{one['id']}.json").read_text(encoding="utf-8"))
        assert alone.items() >= one.items()
        assert n % 12 or check.is_valid(alone)


def test_texts_stand_in_three_languages_and_say_how_the_english_was_made(data):
    collection = json.loads((data / "shangcheng-2020/commitments.json").read_text(encoding="utf-8"))
    for one in collection["commitments"]:
        assert set(one["text"]) == {*LANGUAGES, "en_state"} and one["text"]["en_state"] in ("translated", "reviewed")
    assert collection["statuses"]["in-progress"] == {"zh-Hans": "推进中", "zh-Hant": "推進中", "en": "In progress"}


def test_what_nobody_translated_is_null_in_english(qinghe):
    one = json.loads(made(qinghe)["qinghe-2031/commitments/qh2031-s1-001.json"])
    assert one["text"] == {
        "zh-Hans": "引进数字企业12家", "zh-Hant": "引進數字企業12家", "en": None, "en_state": "untranslated"
    }  # fmt: skip


def test_the_report_is_there_in_full_and_its_spans_hold(built, data):
    source = (built / "source/shangcheng-2020/report.txt").read_text(encoding="utf-8")
    report = json.loads((data / "shangcheng-2020/report.json").read_text(encoding="utf-8"))
    spans = [part["span"] for part in report["parts"]]
    assert "".join(source[start:end] for start, end in spans) == source, "the parts tile the text"
    said = {
        sentence["id"]: sentence
        for part in report["parts"]
        for section in part["sections"]
        for paragraph in section["paragraphs"]
        for sentence in paragraph["sentences"]
    }
    cut = consumer.sentences(data, "shangcheng-2020")
    assert len(cut) == len(said) > 300 and all(said[key]["text"]["zh-Hans"] == text for key, text in cut)
    assert len({one for sentence in said.values() for one in sentence["commitments"]}) == 240
    for one in report["results"]:
        assert source[slice(*one["span"])] in one["quote"]
    assert len(report["baselines"]) == 48 and sum(bool(one["commitment"]) for one in report["results"]) > 20


def test_results_and_baselines_say_in_each_language_what_is_known(data):
    report = json.loads((data / "shangcheng-2020/report.json").read_text(encoding="utf-8"))
    sentences = {
        sentence["id"]: sentence["text"]
        for part in report["parts"]
        for section in part["sections"]
        for paragraph in section["paragraphs"]
        for sentence in paragraph["sentences"]
    }
    for one in (*report["results"], *report["baselines"]):
        assert set(one["figure"]) == set(LANGUAGES) and all(one["figure"].values())
        assert not re.search("[一-鿿]", one["figure"]["en"])
        assert set(sentences[one["sentence"]]) == {*LANGUAGES, "en_state"} and sentences[one["sentence"]]["en"]
    for one in report["results"]:
        assert (
            one["indicator_text"]["zh-Hans"] == one["indicator"]
            and one["quote"] in sentences[one["sentence"]]["zh-Hans"]
        )
    assert all(one["indicator_text"]["en"] for one in report["baselines"])
    growth = next(one for one in report["results"] if one["indicator"] == "一般公共预算收入")
    assert growth["indicator_text"]["zh-Hant"] == "一般公共預算收入"


def test_index_lists_every_file_with_size_and_sum(data):
    index = json.loads((data / "index.json").read_text(encoding="utf-8"))
    listed = {one["path"]: one for report in index["reports"] for one in report["files"]} | {
        one["path"]: one for one in index["schemas"]
    }
    on_disk = {path.relative_to(data).as_posix(): path.read_bytes() for path in data.rglob("*") if path.is_file()}
    about_one = {
        pattern.format(id=identifier)
        for report in index["reports"]
        for identifier in consumer.from_json(data, report["id"])
        for pattern in report["commitment_files"].values()
    }
    assert on_disk.keys() == listed.keys() | about_one | {"index.json"}
    for path, one in listed.items():
        assert (one["bytes"], one["sha256"]) == (len(on_disk[path]), hashlib.sha256(on_disk[path]).hexdigest()), path


def version_of(path, content, described):
    """The version of its shape that a file carries, or that the file beside it which describes it carries."""
    if path.endswith(".schema.json"):
        return json.loads(content)["$comment"].removeprefix("schema_version ")
    if path.endswith(".feed.json"):
        return json.loads(content)["_yanxing"]["schema_version"]
    if path.endswith("csv-metadata.json"):
        return json.loads(content)["schema:schemaVersion"]
    if path.endswith(".json"):
        return json.loads(content)["schema_version"]
    if path.endswith(".atom.xml"):
        return ElementTree.fromstring(content).find("{http://www.w3.org/2005/Atom}generator").get("version")
    if path.endswith(".ics"):
        return str(icalendar.Calendar.from_ical(content)["x-yanxing-schema-version"])
    if path.endswith(".xlsx"):
        found = openpyxl.load_workbook(io.BytesIO(content))
        assert common.SCHEMA_VERSION in found.worksheets[0]["A2"].value, "for readers too"
        return found.custom_doc_props["schema_version"].value
    return described[path]  # CSV and plain text have no place for it


def test_every_kind_of_file_carries_the_version(qinghe):
    found = made(qinghe)
    tables_of = json.loads(found["qinghe-2031/csv-metadata.json"])
    index = json.loads(found["index.json"])
    described = {f"qinghe-2031/{one['url']}": tables_of["schema:schemaVersion"] for one in tables_of["tables"]}
    described["qinghe-2031/report.txt"] = index["schema_version"]
    kinds = {path: version_of(path, content, described) for path, content in found.items()}
    assert set(kinds.values()) == {common.SCHEMA_VERSION} == {"1.1"}
    project = config.load_project(qinghe)
    files = opendata.make(project, [assemble.editions(project, report) for report in project.reports])
    assert {file.path for file in files} == kinds.keys() and {file.kind for file in files} >= set(opendata.USES)


def test_the_data_stays_small(data):
    assert sum(path.stat().st_size for path in data.rglob("*") if path.is_file()) < 2_100_000


# The facts come back


@pytest.mark.parametrize("kind", ["json", "csv", "xlsx"])
def test_the_real_ledger_comes_back(built, data, kind):
    read = {
        "json": lambda: consumer.from_json(data, "shangcheng-2020"),
        "csv": lambda: consumer.from_csv(data, "shangcheng-2020"),
        "xlsx": lambda: consumer.from_rows(rows_of(book(data, "shangcheng-2020"))),
    }[kind]()
    assert read == truth(built)["shangcheng-2020"]
    assert list(consumer.reports(data)) == ["shangcheng-2020"]


def test_hostile_texts_come_back(hostile, tmp_path):
    folder, wanted = written(hostile, tmp_path / "data"), truth(hostile)["qinghe-2031"]
    assert len(wanted) == 7 and len(wanted["qh2031-s1-003"]["history"]) == len(HOSTILE)
    assert consumer.from_json(folder, "qinghe-2031") == wanted
    assert consumer.one_from_json(folder, "qinghe-2031", "qh2031-s1-003") == wanted["qh2031-s1-003"]
    assert consumer.from_csv(folder, "qinghe-2031") == wanted
    assert consumer.from_rows(rows_of(book(folder, "qinghe-2031"))) == wanted


@pytest.mark.parametrize("language", ["zh-Hant", "en"])
def test_what_no_language_changes_is_the_same_in_all(data, language):
    original, other = (consumer.from_csv(data, "shangcheng-2020", one) for one in ("zh-Hans", language))
    names = (
        "id",
        "section",
        "paragraph",
        "span",
        "quote",
        "kind",
        "themes",
        "due",
        "repeats",
        "status",
        "overdue",
        "review",
    )
    for key, one in original.items():
        assert {name: other[key][name] for name in names} == {name: one[name] for name in names}
        assert [one["value"] for one in other[key]["targets"]] == [one["value"] for one in one["targets"]]
    assert other == consumer.from_rows(rows_of(book(data, "shangcheng-2020", language)))


def test_the_feeds_tell_the_history(built, data):
    history = [
        (key, entry["status"], entry["date"])
        for key, one in truth(built)["shangcheng-2020"].items()
        for entry in one["history"]
    ]
    for language in LANGUAGES:
        assert consumer.changes(data, "shangcheng-2020", language) == history and len(history) == 7


def test_the_consumer_was_never_changed():
    text = Path(consumer.__file__).read_text(encoding="utf-8")
    assert (
        hashlib.sha256(text.encode()).hexdigest() == "618ae3dc43decc9e28fa5ec3f5b5e534c57e61705a033d7add2ae634d5315063"
    )


# Tables


@pytest.mark.parametrize("language", LANGUAGES)
def test_csv_opens_in_excel_and_is_described(data, language):
    described = json.loads((data / "shangcheng-2020/csv-metadata.json").read_text(encoding="utf-8"))
    described = {one["url"]: one["tableSchema"]["columns"] for one in described["tables"]}
    for name, columns in consumer.ORDER.items():
        content = (data / f"shangcheng-2020/{name}.{language}.csv").read_bytes()
        assert content.startswith(b"\xef\xbb\xbf") and b"\r\n" in content
        head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        assert [one["titles"][language] for one in described[f"{name}.{language}.csv"]] == head
        assert [one["name"] for one in described[f"{name}.{language}.csv"]] == columns + ADDED.get(name, [])
        assert len(set(head)) == len(head), "a heading stands once"
        assert rows and all(len(row) == len(head) for row in rows)


def rows(content):
    """The rows of a CSV as {name of column: cell}, by a reader that knows of no guard."""
    head, *found = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
    names = [column.name for column in tables.COLUMNS["targets"]]
    assert len(names) == len(head)
    return [dict(zip(names, row, strict=True)) for row in found]


def test_a_reader_that_knows_of_no_apostrophe_has_the_operators_as_words(built, data):
    found = rows((data / "shangcheng-2020/targets.en.csv").read_bytes())
    wanted = [target for one in truth(built)["shangcheng-2020"].values() for target in one["targets"]]
    codes = {"=": "eq", ">=": "ge", "<=": "le", ">": "gt", "<": "lt", "~": "approx", "range": "range"}
    assert [one["operator_code"] for one in found] == [codes[one["operator"]] for one in wanted]
    assert [one["baseline_operator_code"] for one in found] == [
        codes[one["baseline"]["operator"]] if one["baseline"] else "" for one in wanted
    ]
    assert not any(tables.guarded(code) != code for code in codes.values())
    enum = json.loads((data / "schema/commitments.schema.json").read_text(encoding="utf-8"))["$defs"]["operator"][
        "enum"
    ]
    assert set(enum) == set(tables.OPERATOR_CODES), "no operator is without a code"


def test_the_description_of_the_csv_says_what_the_apostrophe_is_and_is_valid(data):
    described = json.loads((data / "shangcheng-2020/csv-metadata.json").read_text(encoding="utf-8"))
    said = {one["@language"]: one["@value"] for one in described["dc:description"]}
    assert set(said) == set(LANGUAGES) and "单引号" in said["zh-Hans"] and "apostrophe" in said["en"]
    # CSVW (Metadata Vocabulary, 5): besides its own words a description has only common properties, whose names have a prefix.
    own = {
        "@context",
        "dialect",
        "tables",
        "url",
        "tableSchema",
        "columns",
        "primaryKey",
        "name",
        "titles",
        "datatype",
        "separator",
    }

    def keys(value):
        if isinstance(value, list):
            return {key for one in value for key in keys(one)}
        if not isinstance(value, dict) or "@value" in value:
            return set()
        inner = {key: one for key, one in value.items() if key not in ("dialect", "titles")}
        return set(value) | {key for one in inner.values() for key in keys(one)}

    assert keys(described) - own == {"schema:schemaVersion", "dc:description", "dc:language"}


def test_units_are_named_in_the_language_of_the_file(data):
    found = {language: rows((data / f"shangcheng-2020/targets.{language}.csv").read_bytes()) for language in LANGUAGES}
    english = {one["unit"]: one["unit_title"] for one in found["en"]}
    assert (
        english["个"] == english["家"] == "number" and english["套"] == "units" and english["平方米"] == "square metres"
    )
    assert not any(re.search("[一-鿿]", one["unit_title"] + one["baseline_unit_title"]) for one in found["en"])
    assert all(bool(one["unit"]) == bool(one["unit_title"]) for one in found["en"])
    assert all(one["unit"] == one["unit_title"] for one in found["zh-Hans"])
    assert "戶" in {one["unit_title"] for one in found["zh-Hant"]} and "户" in {one["unit"] for one in found["zh-Hant"]}
    head = [cell.value for cell in book(data, "shangcheng-2020", "en").worksheets[2][1]]
    assert head[6] == "Unit (Chinese)" and head[20] == "Unit"


@given(st.text(st.sampled_from("'=+-@＝ \t\r\n\u200b甲a"), max_size=8) | st.text(max_size=20))
@example("'")
@example("''=")
def test_a_guarded_text_comes_back_and_is_no_formula(text):
    cell = tables.guarded(text)
    assert tables.unguarded(cell) == text
    assert not re.match(r"[\s\u200b]*[=+\-@＝＋－＠]", cell) and not cell.startswith(("\t", "\r", "\n"))


def test_no_cell_of_csv_or_xlsx_is_a_formula(hostile):
    for path, content in made(hostile).items():
        if path.endswith(".csv"):
            for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
                assert not [
                    cell for cell in row if cell.lstrip(" \u200b")[:1] in tuple("=+@＝") or cell.startswith("\t")
                ]
        if path.endswith(".xlsx"):
            for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
                kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None}
                assert kinds <= {"s", "n", "b", "d"} and not any(
                    cell.hyperlink for row in sheet.iter_rows() for cell in row
                )


@pytest.mark.parametrize(
    "language, headings",
    [
        (
            "zh-Hans",
            "序号 工作任务 指标要求 牵头单位 配合单位 完成时限 进展 状态 依据 所在部分 承诺编号 认定日期 已逾期",
        ),
        (
            "zh-Hant",
            "序號 工作任務 指標要求 牽頭單位 配合單位 完成時限 進展 狀態 依據 所在部分 承諾編號 認定日期 已逾期",
        ),
        (
            "en",
            "No.|Task|Target|Lead unit|Supporting units|Due|Progress|Status|Evidence|Section|Commitment ID|Assessed on|Overdue",
        ),
    ],
)
def test_the_workbook_is_laid_out_as_an_official_task_table(data, language, headings):
    found = book(data, "shangcheng-2020", language)
    sheet = found.worksheets[0]
    assert len(found.worksheets) == 5 and sheet.max_row == 3 + 240
    head = [cell.value for cell in sheet[3]]
    assert head == headings.split("|" if "|" in headings else " ")
    assert sheet.freeze_panes == "C4" and sheet.auto_filter.ref == "A3:M243"
    assert sheet.print_title_rows == "$1:$3" and sheet.page_setup.orientation == "landscape"
    # The default of fitToWidth is 1 (ECMA-376, 18.3.1.63), so that it need not stand there.
    setup = sheet.page_setup
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and setup.fitToWidth in (None, 1) and setup.fitToHeight == 0
    assert (
        sheet.column_dimensions["B"].width > 40
        and sheet.column_dimensions["A"].width < 8
        and sheet["B4"].alignment.wrap_text
    )
    assert [sheet.cell(row, 1).value for row in range(4, 244)] == list(range(1, 241))
    one = next(row for row in sheet.iter_rows(min_row=4, values_only=True) if row[10] == "sc2020-s4-004")
    assert one[6] and "hzsc.gov.cn" in one[8], "progress and evidence"
    for other in found.worksheets[1:]:
        assert other.freeze_panes == "B2" and other.auto_filter.ref and other.print_title_rows == "$1:$1"
    assert f"{found.properties.created:%Y-%m-%d %H:%M}" == "2020-09-15 00:00", "not the clock's"


@pytest.mark.parametrize("language", LANGUAGES)
def test_full_dates_of_the_task_table_are_dates_and_its_status_is_only_the_status(qinghe, language):
    file = qinghe / "source/qinghe-2031/commitments/qh2031-s2-001.md"
    edit(file, "\ndue:\n", "\ndue: '2031-07-01'\n")
    project = config.load_project(qinghe)
    edition = assemble.editions(project, project.reports[0])[language]
    content = made(qinghe)[f"qinghe-2031/commitments.{language}.xlsx"]
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    found = {row[10].value: row for row in sheet.iter_rows(min_row=4)}
    due = {key: row[5] for key, row in found.items()}
    assert due["qh2031-s2-001"].is_date and f"{due['qh2031-s2-001'].value:%Y-%m-%d}" == "2031-07-01"
    assert f"{due['qh2031-s0-001'].value:%Y-%m-%d}" == "2031-12-31", (
        "the year's end, where the report says nothing else"
    )
    assert due["qh2031-s1-002"].value == edition.by_id["qh2031-s1-002"].due, "a month is no day"
    assert {key: row[7].value for key, row in found.items()} == {card.id: card.status_label for card in edition.cards}
    yes = edition.t("是")
    assert {key for key, row in found.items() if row[12].value == yes} == {"qh2031-s1-002", "qh2031-s2-001"}
    assessed = {key: row[11].value for key, row in found.items() if row[11].value}
    assert {key: f"{day:%Y-%m-%d}" for key, day in assessed.items()} == {"qh2031-l01-01": "2031-07-10"}


def test_a_text_too_long_for_a_cell_is_cut_and_says_so(hostile):
    file = hostile / "source/qinghe-2031/commitments/qh2031-s1-002.md"
    edit(file, "区人社局", "局" * 40_000)
    sheet = openpyxl.load_workbook(io.BytesIO(made(hostile)["qinghe-2031/commitments.zh-Hans.xlsx"])).worksheets[0]
    units = [row[3] for row in sheet.iter_rows(min_row=4, values_only=True)]
    assert "局" * 32_766 + "…" in units


def test_controls_and_line_ends_that_xml_cannot_hold_are_replaced():
    assert common.plain("a\x00b\r\nc\rd\ufffe\x0b😀") == "a\ufffdb\nc\nd\ufffd\ufffd😀"


def test_json_can_be_pasted_into_a_script(hostile):
    for path, content in made(hostile).items():
        if path.endswith(".json"):
            text = content.decode()
            assert not re.search("</|<!--|\u2028|\u2029", text), path
            json.loads(text)


# Feeds and calendar


def test_a_reader_reads_the_feeds(data):
    for language in LANGUAGES:
        own = data / "shangcheng-2020"
        feed = feedparser.parse((own / f"changes.{language}.atom.xml").read_bytes())
        other = json.loads((own / f"changes.{language}.feed.json").read_text(encoding="utf-8"))
        assert (
            not feed.bozo and feed.feed.title == other["title"] and feed.feed.language == language == other["language"]
        )
        assert [(one.id, one.title, one.published) for one in feed.entries] == [
            (one["id"], one["title"], one["date_published"]) for one in other["items"]
        ]
        assert len({one.id for one in feed.entries}) == 7 and all(
            one.id.startswith("tag:yanxing.invalid,2020:") for one in feed.entries
        )
        assert [one.content[0].value for one in feed.entries] == [one["content_text"] for one in other["items"]]
        assert other["version"] == "https://jsonfeed.org/version/1.1"
        links = [
            link.get("href")
            for link in ElementTree.parse(own / f"changes.{language}.atom.xml").iter(
                "{http://www.w3.org/2005/Atom}link"
            )
        ]
        for link in links:
            assert (own / link).resolve().is_file(), link


def test_each_commitment_has_a_feed_of_its_own_in_all_languages(data):
    own = data / "shangcheng-2020/commitments"
    feed = feedparser.parse((own / "sc2020-s4-004.atom.xml").read_bytes())
    assert not feed.bozo and len(feed.entries) == 1
    assert all(word in feed.entries[0].title for word in ("推进中", "推進中", "In progress"))
    assert [link.hreflang for link in feed.entries[0].links] == list(LANGUAGES)
    quiet = feedparser.parse((own / "sc2020-s5-001.atom.xml").read_bytes())
    assert (
        not quiet.bozo and quiet.entries == [] and quiet.feed.updated == "2020-02-03T00:00:00+08:00" and quiet.feed.id
    )
    assert json.loads((own / "sc2020-s5-001.feed.json").read_text(encoding="utf-8"))["items"] == []
    for link in ElementTree.parse(own / "sc2020-s5-001.atom.xml").iter("{http://www.w3.org/2005/Atom}link"):
        assert (own / link.get("href")).resolve().is_file()


def by_language(root):
    """The words below an element in each language, by xml:lang."""
    found = {}

    def walk(element, language):
        language = element.get("{http://www.w3.org/XML/1998/namespace}lang", language)
        found[language] = found.get(language, "") + (element.text or "")
        for child in element:
            walk(child, language)
            found[language] += child.tail or ""

    walk(root, "")
    return found


def test_a_feed_in_several_languages_says_which_text_is_in_which(data):
    own = data / "shangcheng-2020/commitments"
    root = ElementTree.parse(own / "sc2020-s4-004.atom.xml").getroot()
    atom = "{http://www.w3.org/2005/Atom}"
    for place in (f"{atom}title", f"{atom}entry/{atom}title", f"{atom}entry/{atom}content"):
        element = root.find(place)
        said = by_language(element) | {"zh-Hans": by_language(element).get("zh-Hans", "") + by_language(element)[""]}
        assert element.get("type") == "xhtml" and [one.tag for one in element] == ["{http://www.w3.org/1999/xhtml}div"]
        assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-Hans", "what the others inherit"
        assert "In progress" in said["en"] or "Changes of status" in said["en"]
        assert not re.search("[一-鿿]", said["en"]) and "In progress" not in said["zh-Hans"] + said["zh-Hant"]
        assert ("变动" in said["zh-Hans"] and "變動" in said["zh-Hant"]) or (
            "推进中" in said["zh-Hans"] and "推進中" in said["zh-Hant"]
        )
    feed = json.loads((own / "sc2020-s4-004.feed.json").read_text(encoding="utf-8"))
    (item,) = feed["items"]
    assert feed["language"] == "mul", "a JSON Feed has one language; this one has several"
    blocks = dict(re.findall(r'<div lang="([^"]+)">(.*?)</div>', item["content_html"]))
    assert list(blocks) == list(LANGUAGES) and not re.search("[一-鿿]", re.sub(r"<bdi lang.*?</bdi>", "", blocks["en"]))
    assert re.sub("<[^>]+>", "", item["content_html"]).replace(" ", "") == "".join(
        item["content_text"].split()
    ).replace(" ", "")


def test_no_title_turns_the_words_beside_it_around(hostile):
    """A direction mark that a text does not close reaches to the end of the paragraph: into the other languages."""
    controls = re.compile("[\u202a-\u202e\u2066-\u2069]")
    found, checked = made(hostile), 0
    for path, content in found.items():
        if path.endswith(".atom.xml"):
            root = ElementTree.fromstring(content)
            for name in ("title", "name"):
                for element in root.iter(f"{{http://www.w3.org/2005/Atom}}{name}"):
                    assert not controls.search("".join(element.itertext())), path
                    checked += 1
        if path.endswith(".feed.json"):
            value = json.loads(content)
            for one in (value, *value["items"]):
                assert not controls.search(one["title"] + one["authors"][0]["name"]), path
        if path.endswith(".ics"):
            for event in icalendar.Calendar.from_ical(content).walk("VEVENT"):
                assert not controls.search(str(event["summary"]) + str(event["description"]))
    assert checked > 100


def test_a_new_change_adds_an_entry_and_keeps_the_others(qinghe):
    def ids():
        feed = feedparser.parse(made(qinghe)["qinghe-2031/changes.zh-Hans.atom.xml"])
        return [one.id for one in feed.entries]

    before = ids()
    file = qinghe / "source/qinghe-2031/commitments/qh2031-l01-01.md"
    edit(
        file,
        "    by: 督查室\n",
        "    by: 督查室\n  - {date: '2031-07-12', status: behind, evidence: [e1], by: 督查室}\n",
    )
    edit(file, "\nstatus: in-progress\n", "\nstatus: behind\n")
    after = ids()
    assert len(before) == 1 and after[1:] == before and after[0].endswith("/qh2031-l01-01/changes/2/zh-Hans")


def test_hostile_texts_break_no_feed_and_no_calendar(hostile):
    found = made(hostile)
    feed = feedparser.parse(found["qinghe-2031/changes.zh-Hans.atom.xml"])
    assert not feed.bozo and len(feed.entries) == 1 + len(HOSTILE)
    root = ElementTree.fromstring(found["qinghe-2031/commitments/qh2031-s1-003.atom.xml"])
    said = "\n".join(root.itertext())
    assert all(typeset(one) in said for one in HOSTILE), "escaped, not lost"
    assert {one.tag.rsplit("}")[1] for one in root.iter()} <= set(
        "feed id title updated link author name entry published category content generator div p span bdi".split()
    )
    calendar = icalendar.Calendar.from_ical(found["qinghe-2031/due.zh-Hans.ics"])
    assert any("</script>" in str(event.get("description")) for event in calendar.walk("VEVENT"))


def events_of(content):
    """A calendar's events: {what its UID names: event}, in their order."""
    return {str(event["uid"]): event for event in icalendar.Calendar.from_ical(content).walk("VEVENT")}


def test_the_calendar_has_an_event_for_each_deadline_and_each_section(qinghe):
    content = made(qinghe)["qinghe-2031/due.zh-Hans.ics"]
    events = list(events_of(content).values())
    assert [event.decoded("dtstart").isoformat() for event in events] == ["2031-06-30"] + ["2031-12-31"] * 4
    assert [str(event["summary"]) for event in events] == [
        "1项承诺到期：出台人才安居办法", "1项承诺到期：总体目标", "1项承诺到期：一、全力以赴发展产业", "2项承诺到期：二、全力以赴改善民生",
        "1项承诺到期：民生实事 1 建设养老服务站",
    ]  # fmt: skip
    assert str(events[0]["description"]) == "青禾区政府工作报告\n· qh2031-s1-002 出台人才安居办法（待评估）"
    assert all(event["dtstamp"].to_ical() == b"20310715T000000Z" for event in events), "not the clock's"
    assert [event["sequence"] for event in events] == [0, 0, 0, 0, 1], "as many as changes that it tells of"
    assert len({str(event["uid"]) for event in events}) == 5
    lines = content.split(b"\r\n")
    assert b"\n" not in b"".join(lines) and max(map(len, lines)) <= 75, "RFC 5545, 3.1"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_calendar_names_every_commitment_once(data, language):
    events = events_of((data / f"shangcheng-2020/due.{language}.ics").read_bytes()).values()
    named = [one for event in events for one in re.findall(r"^· (\S+) ", str(event["description"]), re.M)]
    assert len(events) == 19, "sections and livelihood projects"
    assert sorted(named) == sorted(consumer.from_json(data, "shangcheng-2020")), "all, not the first twenty of them"
    for event in events:
        count = int(re.match(r"\d+", str(event["summary"]))[0])
        assert count == len(re.findall("^· ", str(event["description"]), re.M)) and len(str(event["summary"])) < 140


def test_a_calendar_leads_to_each_commitment_once_the_site_has_an_address(qinghe):
    edit(qinghe / "source/site.yml", "base_url:\n", "base_url: https://www.example.gov.cn/yanxing/\n")
    root = "https://www.example.gov.cn/yanxing/en/qinghe-2031/commitments/"
    events = {str(event["summary"]): event for event in events_of(made(qinghe)["qinghe-2031/due.en.ics"]).values()}
    project = next(event for event in events.values() if "l01-01" in str(event["description"]))
    own = next(event for event in events.values() if event.decoded("dtstart").month == 6)
    assert f"{root}qh2031-l01-01.html" in str(project["description"]).split("\n")
    assert (
        str(project["url"]) == f"{root}index.html?section=l01#list" and str(own["url"]) == f"{root}qh2031-s1-002.html"
    )


def test_events_keep_their_names(qinghe):
    """Whatever language, and when a deadline moves or a status changes: else a calendar shows the old one beside the new."""

    def names(language="zh-Hans"):
        return events_of(made(qinghe)[f"qinghe-2031/due.{language}.ics"])

    before = names()
    assert list(before) == list(names("en")) == list(names("zh-Hant"))
    folder = qinghe / "source/qinghe-2031/commitments"
    edit(folder / "qh2031-s1-002.md", "2031-06", "2031-07")
    edit(
        folder / "qh2031-l01-01.md",
        "    by: 督查室\n",
        "    by: 督查室\n  - {date: '2031-07-12', status: behind, evidence: [e1], by: 督查室}\n",
    )
    edit(folder / "qh2031-l01-01.md", "\nstatus: in-progress\n", "\nstatus: behind\n")
    after = names()
    assert before.keys() == after.keys()
    rose = {str(after[key]["summary"]) for key in after if after[key]["sequence"] > before[key]["sequence"]}
    assert rose == {"1项承诺到期：民生实事 1 建设养老服务站"}


def test_a_report_without_commitments_has_a_calendar_with_an_event(fresh):
    found = list(events_of(made(fresh)["qinghe-2031/due.zh-Hans.ics"]).values())
    assert [str(event["summary"]) for event in found] == ["0项承诺到期：青禾区政府工作报告"], "RFC 5545, 3.6"


@pytest.mark.parametrize("due, day", [("2020", "2020-12-31"), ("2020-02", "2020-02-29"), ("2020-06-15", "2020-06-15")])
def test_a_deadline_falls_on_its_last_day(due, day):
    assert dues.last_day(due).isoformat() == day


# The site


def test_addresses_are_absolute_once_the_site_has_one(qinghe):
    edit(qinghe / "source/site.yml", "base_url:\n", "base_url: https://www.example.gov.cn/yanxing/\n")
    found, root = made(qinghe), "https://www.example.gov.cn/yanxing/"
    feed = feedparser.parse(found["qinghe-2031/changes.en.atom.xml"])
    assert feed.entries[0].link == f"{root}en/qinghe-2031/commitments/qh2031-l01-01.html"
    assert feed.entries[0].id.startswith("tag:www.example.gov.cn,2031:qinghe-2031/")
    assert json.loads(found["qinghe-2031/commitments/qh2031-l01-01.feed.json"])["feed_url"] == (
        f"{root}data/qinghe-2031/commitments/qh2031-l01-01.feed.json"
    )
    assert json.loads(found["schema/report.schema.json"])["$id"] == f"{root}data/schema/report.schema.json"
    collection = json.loads(found["qinghe-2031/commitments.json"])
    assert collection["pages"] == f"{root}{{language}}/qinghe-2031/commitments/{{id}}.html"
    assert f"{root}en/qinghe-2031/commitments/qh2031-s1-001.html" in found["qinghe-2031/commitments.en.csv"].decode()
    assert f"URL:{root}en/qinghe-2031/" in found["qinghe-2031/due.en.ics"].decode()


def test_a_site_in_one_language_has_data_in_one(qinghe, tmp_path):
    edit(qinghe / "source/site.yml", "languages: [zh-Hans, zh-Hant, en]", "languages: [zh-Hans]")
    folder = written(qinghe, tmp_path / "data")
    assert (
        not list(folder.rglob("*.en.*")) and consumer.from_json(folder, "qinghe-2031") == truth(qinghe)["qinghe-2031"]
    )


def test_a_report_without_commitments_has_data_too(fresh, schemas):
    found = made(fresh)
    check = validators(schemas, absolute)
    assert check["commitments"].is_valid(json.loads(found["qinghe-2031/commitments.json"]))
    assert openpyxl.load_workbook(io.BytesIO(found["qinghe-2031/commitments.en.xlsx"])).worksheets[0].max_row == 3
    assert check["index"].is_valid(json.loads(found["index.json"]))


def test_the_same_ledger_gives_the_same_bytes(hostile):
    assert made(hostile) == made(hostile)


def test_what_is_no_longer_made_disappears(qinghe, cli):
    cli("build", root=qinghe)
    gone = "qinghe-2031/commitments/qh2031-s1-001.json"
    assert (qinghe / "site/data" / gone).exists()
    (qinghe / "source/qinghe-2031/commitments/qh2031-s1-001.md").unlink()
    cli("build", root=qinghe)
    assert not (qinghe / "site/data" / gone).exists() and not (qinghe / "docs/data" / gone).exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_downloads_lists_every_file(built, data, language):
    page = built / "site" / language / "downloads.html"
    found = Html(page)
    linked = {
        (page.parent / address).resolve()
        for _, name, address in found.links
        if name == "href" and "../data/" in address
    }
    assert all(file.is_file() for file in linked)
    assert {file.resolve() for file in (data / "shangcheng-2020").iterdir() if file.is_file()} <= linked
    assert "/downloads.html" in (built / "site" / language / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"%\(|\{\{", found.text)


def examples(page):
    """The examples of a page: {what it runs in: its text}."""
    found = re.findall(r'<pre data-example="([\w-]+)"><code>(.*?)</code>', page.read_text(encoding="utf-8"), re.S)
    unescape = functools.partial(
        re.sub, r"&(lt|gt|amp|#34|#39);", lambda m: {"lt": "<", "gt": ">", "amp": "&", "#34": '"', "#39": "'"}[m[1]]
    )
    return {kind: unescape(text) for kind, text in found}


def run(command, text, address):
    text = text.replace("http://localhost:8000/", address)
    done = subprocess.run(
        [*command, text],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_are_there_and_name_files_that_exist(built, web, language):
    found = examples(built / "site" / language / "downloads.html")
    assert set(found) == {"shell", "python", "r", "excel", "power-query"}
    for address in re.findall(r'http://localhost:8000/[^"\s]+', "".join(found.values())):
        assert (built / "site" / address.removeprefix("http://localhost:8000/")).is_file(), urljoin(web, address)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_in_the_shell_works(built, web, language):
    if os.name == "nt":
        pytest.skip("the example is for a POSIX shell")
    missing = [tool for tool in ("sh", "curl", "jq") if not shutil.which(tool)]
    if missing:
        pytest.skip(f"no {', '.join(missing)} here, so the example for the shell was not run")
    lines = run(["sh", "-c"], examples(built / "site" / language / "downloads.html")["shell"], web)
    assert len(lines) == 7 and all("\tin-progress\t" in line for line in lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_in_python_works(built, data, web, language):
    lines = run([sys.executable, "-c"], examples(built / "site" / language / "downloads.html")["python"], web)
    higher = [one for one in consumer.from_json(data, "shangcheng-2020").values() if one["targets"]]
    assert lines and len(lines) <= len(higher) * 3 and all(line.startswith("sc2020-") for line in lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_in_r_works(built, data, web, language):
    if not shutil.which("Rscript"):
        pytest.skip("no Rscript here (Debian: r-base-core), so the example in R was not run")
    lines = run(["Rscript", "-e"], examples(built / "site" / language / "downloads.html")["r"], web)
    label = json.loads((data / "shangcheng-2020/commitments.json").read_text(encoding="utf-8"))["statuses"][
        "in-progress"
    ]
    assert label[language] in "\n".join(lines) and re.search(r"\b7\b", "\n".join(lines))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_in_excel_counts_what_is_there(built, data, language):
    formula = examples(built / "site" / language / "downloads.html")["excel"]
    sheet, column, word = re.fullmatch(r"=COUNTIF\('(.+)'!([A-Z]):\2,\"(.+)\"\)\s*", formula).groups()
    cells = book(data, "shangcheng-2020", language)[sheet][column]
    assert sum(cell.value == word for cell in cells) == 7


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_downloads_says_where_the_version_stands_and_when_it_changes(built, language):
    text = Html(built / "site" / language / "downloads.html").text
    for word in (
        "schema_version",
        "X-YANXING-SCHEMA-VERSION",
        "csv-metadata.json",
        "1.1",
        "2.0",
        "operator_code",
        "unit_title",
    ):
        assert word in text, word


def test_sheet_names_are_ones_that_excel_allows(qinghe):
    project = config.load_project(qinghe)
    for edition in assemble.editions(project, project.reports[0]).values():
        names = [edition.t(name) for name in ("任务分解表", *workbook._SHEETS.values())]
        assert len(set(names)) == 5 and all(len(name) <= 31 and not re.search(r"[\[\]:*?/\\']", name) for name in names)
