"""A reader of the open data, version 1: written once and never changed, as a program outside would be.

It knows the published files and nothing of this project. test_opendata.py reads today's files with it and holds its digest: if a
change of the data breaks it, the data's version must become 2.0, and a consumer_v2.py be written beside this one.
"""

import csv
import json
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

LISTS = ("targets", "themes", "theme_titles", "support", "repeats", "evidence")
NUMBERS = (
    "n",
    "span_start",
    "span_end",
    "value",
    "value_to",
    "baseline_value",
    "baseline_value_to",
    "baseline_year",
    "difference",
)
FLAGS = ("overdue", "baseline_estimate", "comparable")
ORDER = {
    "commitments": (
        "n id section section_title paragraph span_start span_end quote text text_state kind targets themes theme_titles lead support "
        "due due_day status status_title status_date overdue repeats review page"
    ).split(),
    "targets": (
        "id n indicator operator value value_to unit kind text figure baseline_operator baseline_value baseline_value_to baseline_unit "
        "baseline_year baseline_quote baseline_estimate comparable direction difference"
    ).split(),
    "history": "id n date status status_title note by evidence".split(),
    "evidence": "id n evidence_id title url publisher date summary".split(),
}


def reports(data: Path) -> dict[str, dict]:
    """The reports that index.json names, by id."""
    index = json.loads((data / "index.json").read_text(encoding="utf-8"))
    assert index["schema_version"].split(".")[0] == "1"
    return {report["id"]: report for report in index["reports"]}


def from_json(data: Path, report: str) -> dict[str, dict]:
    """The facts of commitments.json, by id."""
    found = json.loads((data / report / "commitments.json").read_text(encoding="utf-8"))
    assert found["schema_version"].split(".")[0] == "1" and found["count"] == len(found["commitments"])
    return {one["id"]: _facts_of_json(one) for one in found["commitments"]}


def one_from_json(data: Path, report: str, identifier: str) -> dict:
    """The facts of a commitment's own file."""
    found = json.loads((data / report / "commitments" / f"{identifier}.json").read_text(encoding="utf-8"))
    assert found["schema_version"].split(".")[0] == "1"
    return _facts_of_json(found)


def _facts_of_json(one: dict) -> dict:
    def said(text):
        return text and text["zh-Hans"]

    return {
        **{
            name: one[name]
            for name in ("id", "section", "paragraph", "span", "quote", "kind", "themes", "due", "repeats", "status")
        },
        "overdue": one["overdue"],
        "review": one["review"],
        "lead": said(one["lead"]),
        "support": [said(unit) for unit in one["support"]],
        "targets": [
            {
                "indicator": said(target["indicator"]),
                **{name: target[name] for name in ("operator", "value", "unit", "kind", "text")},
                "baseline": target["baseline"],
            }
            for target in one["targets"]
        ],
        "history": [
            {
                **{name: entry[name] for name in ("date", "status", "evidence")},
                "note": said(entry["note"]),
                "by": said(entry["by"]),
            }
            for entry in one["history"]
        ],
        "evidence": [
            {
                **{name: entry[name] for name in ("id", "url", "date")},
                **{name: said(entry[name]) for name in ("title", "publisher", "summary")},
            }
            for entry in one["evidence"]
        ],
    }


def from_csv(data: Path, report: str, language: str = "zh-Hans") -> dict[str, dict]:
    """The facts of the four CSV files of a language, by id."""
    tables = {}
    for name in ORDER:
        with (data / report / f"{name}.{language}.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        tables[name] = [[_unguarded(cell) for cell in row] for row in rows[1:]]
    return _facts_of_tables(tables)


def from_rows(tables: dict[str, list[list]]) -> dict[str, dict]:
    """The facts of the four tables of a workbook, by id: rows of cells without the heading."""
    return _facts_of_tables(tables)


def _unguarded(cell: str) -> str:
    """An apostrophe stands before a text that a spreadsheet would run."""
    blank = "[\\s\ufeff\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069]"
    return cell[1:] if re.match(f"'+(?:{blank}*[=+\\-@＝＋－＠]|[\t\r\n])", cell) else cell


def _facts_of_tables(tables: dict[str, list[list]]) -> dict[str, dict]:
    rows = {
        table: [
            {name: _value(name, table, cell) for name, cell in zip(ORDER[table], row, strict=False)}
            for row in tables[table]
        ]
        for table in ORDER
    }
    found = {}
    for row in rows["commitments"]:
        names = (
            "id",
            "section",
            "paragraph",
            "quote",
            "kind",
            "themes",
            "due",
            "repeats",
            "status",
            "overdue",
            "review",
            "lead",
            "support",
        )
        found[row["id"]] = {name: row[name] for name in names} | {"span": [row["span_start"], row["span_end"]]}
        found[row["id"]] |= {"targets": [], "history": [], "evidence": []}
    for row in rows["targets"]:
        baseline = {
            "operator": row["baseline_operator"], "value": _low_and_high(row["baseline_value"], row["baseline_value_to"]),
            "unit": row["baseline_unit"], "year": row["baseline_year"], "quote": row["baseline_quote"],
            "estimate": row["baseline_estimate"], "comparable": row["comparable"],
        }  # fmt: skip
        found[row["id"]]["targets"].append({
            **{name: row[name] for name in ("indicator", "operator", "unit", "kind", "text")},
            "value": _low_and_high(row["value"], row["value_to"]), "baseline": baseline if row["baseline_year"] else None,
        })  # fmt: skip
    for row in rows["history"]:
        found[row["id"]]["history"].append({name: row[name] for name in ("date", "status", "evidence", "note", "by")})
    for row in rows["evidence"]:
        own = {name: row[name] for name in ("url", "date", "title", "publisher", "summary")}
        found[row["id"]]["evidence"].append({"id": row["evidence_id"], **own})
    return found


def _low_and_high(low, high):
    return low if high is None else [low, high]


def _value(name: str, table: str, cell):
    """A cell of CSV (always a text) or of a workbook (a text, a number, true or false, None)."""
    if name in LISTS:
        return cell.split("\n") if cell else []
    if cell is None or cell == "":
        return None
    if name in FLAGS:
        return cell if isinstance(cell, bool) else {"true": True, "false": False}[cell]
    if name in NUMBERS and isinstance(cell, str):
        return json.loads(cell)
    return cell


def changes(data: Path, report: str, language: str = "zh-Hans") -> list[tuple[str, str, str]]:
    """(commitment, status, day) of every change that the Atom feed of a report tells, newest first."""
    atom = "{http://www.w3.org/2005/Atom}"
    root = ElementTree.parse(data / report / f"changes.{language}.atom.xml").getroot()
    return [
        (
            entry.find(f"{atom}link").get("href").rsplit("/", 1)[1].removesuffix(".html"),
            entry.find(f"{atom}category").get("term"),
            entry.find(f"{atom}updated").text[:10],
        )
        for entry in root.findall(f"{atom}entry")
    ]


def sentences(data: Path, report: str) -> list[tuple[str, str]]:
    """(id, official text) of every sentence, cut out of report.txt by the spans of report.json."""
    with (data / report / "report.txt").open(encoding="utf-8", newline="") as file:
        text = file.read()
    found = json.loads((data / report / "report.json").read_text(encoding="utf-8"))
    assert found["schema_version"].split(".")[0] == "1" and found["characters"] == len(text)
    return [
        (sentence["id"], text[slice(*sentence["span"])])
        for part in found["parts"]
        for section in part["sections"]
        for paragraph in section["paragraphs"]
        for sentence in paragraph["sentences"]
    ]
