"""A new report: its folder in source/ from a text file, with a report.yml to complete."""

from __future__ import annotations

import json
import re
from pathlib import Path

from . import files
from .config import Project
from .errors import NotAWorkReport, Problem
from .read import read_document
from .split import split
from .tag import why_no_report

_TEMPLATE = """\
# What is known about this report. Complete the lines marked “?”, then run: python -m scripts draft {id}
id: {id}
id_prefix: {prefix}        # of the commitments' ids; never change it once they are published
title:
  zh-Hans: {title}
  en: Report on the Work of the Government, {year}   # ?
issuer:
  zh-Hans: {issuer}   # ?
year: {year}
# published: {year}-01-01   # ? the day on which the report was published
# url: https://…            # ? where the official text stands
horizon: {year}-12-31   # when a promise without a date of its own falls due
as_of: {year}-12-31     # the day up to which the ledger takes evidence into account
opencc: s2tw
"""


def new_report(project: Project, report_id: str, file: Path) -> Path:
    """Make source/<report_id>/ with the official text, byte for byte, and a report.yml; return the folder.

    Raises Problem if the folder is there already or the id has another form, NotAWorkReport if the text is none.
    """
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{1,60}", report_id):
        raise Problem(f"the id “{report_id}” is not of the form place-2021", todo="use a–z, 0–9 and -")
    folder = project.source / report_id
    if folder.exists():
        raise Problem("the folder is there already", file=folder, todo="choose another id")
    document = read_document(file)
    outline = split(document.text)
    if reason := why_no_report(outline):
        raise NotAWorkReport(f"not a government work report: {reason}", file=file)
    titles = [document.text[leaf.start : leaf.end] for leaf in outline.leaves if leaf.kind == "title"]
    year = outline.year or 2000
    issuer = re.search(r"代表(\S{0,20}?(?:人民政府|国务院|管委会|管理委员会|行政公署))", document.text[:3000])
    title = next((one for one in titles if "工作报告" in one), f"{year}年政府工作报告")
    values = {
        "id": report_id,
        "prefix": re.sub(r"[^a-z0-9]", "", report_id)
        if report_id[0].isalpha()
        else "r" + re.sub(r"[^a-z0-9]", "", report_id),
        "title": json.dumps(title, ensure_ascii=False),
        "issuer": json.dumps(issuer.group(1) if issuer else "人民政府", ensure_ascii=False),
        "year": year,
    }
    values["prefix"] = values["prefix"][:16]
    files.write(folder / "report.txt", Path(file).read_bytes())
    files.write(folder / "report.yml", _TEMPLATE.format(**values))
    return folder
