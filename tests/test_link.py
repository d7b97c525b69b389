"""Last year's commitments beside this year's review."""

import csv
import io

from click.testing import CliRunner

from scripts import config, ledger, link
from scripts.__main__ import main

LAST = """各位代表：
现在，我代表青禾区人民政府向大会报告工作。
2020年工作回顾
建成公园2座。
2021年重点工作
一、城市建设
抓好建设。新增公共泊位400个，改造农贸市场3个，开展河道清淤整治。
"""
THIS = """各位代表：
现在，我代表青禾区人民政府向大会报告工作。
2021年工作回顾
经济平稳增长。公共泊位新增412个，缓解停车难。农贸市场改造完成2个。
2022年重点工作
一、城市建设
抓好建设。改造路口5个。
"""


def two_reports(project, tmp_path):
    for report_id, text in (("qinghe-2021", LAST), ("qinghe-2022", THIS)):
        file = tmp_path / f"{report_id}.txt"
        file.write_text(text, encoding="utf-8")
        assert run(project, "new", report_id, str(file)).exit_code == 0
        assert run(project, "draft", report_id).exit_code == 0


def run(project, *arguments):
    return CliRunner().invoke(main, ["--root", str(project), *arguments])


def rows(project):
    text = (project / "source/qinghe-2021/links-qinghe-2022.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def answer(project, word):
    file = project / "source/qinghe-2021/links-qinghe-2022.csv"
    own = rows(project)
    for row in own:
        row["accept"] = word if "泊位" in row["quote"] else ""
    stream = io.StringIO()
    table = csv.DictWriter(stream, own[0].keys())
    table.writeheader()
    table.writerows(own)
    file.write_text("\ufeff" + stream.getvalue(), encoding="utf-8")


def test_the_sentence_that_reports_on_a_promise_is_proposed(project, tmp_path):
    two_reports(project, tmp_path)
    assert run(project, "link", "qinghe-2022", "qinghe-2021").exit_code == 0
    found = {row["quote"]: row["sentence"] for row in rows(project)}
    assert found["新增公共泊位400个"] == "公共泊位新增412个，缓解停车难。"
    assert found["改造农贸市场3个"] == "农贸市场改造完成2个。"
    assert "开展河道清淤整治" not in found, "nothing reports on it"


def test_answers_stay_and_only_yes_becomes_evidence(project, tmp_path):
    two_reports(project, tmp_path)
    run(project, "link", "qinghe-2022", "qinghe-2021")
    answer(project, "yes")
    run(project, "link", "qinghe-2022", "qinghe-2021")
    assert [row["accept"] for row in rows(project) if "泊位" in row["quote"]] == ["yes"]
    assert run(project, "link", "qinghe-2022", "qinghe-2021", "--accept").exit_code == 0
    records = {record.quote: record for record in ledger.load(config.load_project(project).report("qinghe-2021"))}
    assert records["新增公共泊位400个"].evidence[0]["summary"] == "公共泊位新增412个，缓解停车难。"
    assert records["新增公共泊位400个"].status == "unassessed", "a person sets the status"
    assert records["改造农贸市场3个"].evidence == ()
    assert link.accept(*(config.load_project(project).report(one) for one in ("qinghe-2021", "qinghe-2022"))) == 0, (
        "once"
    )


def test_an_answer_that_is_neither_yes_nor_no(project, tmp_path):
    two_reports(project, tmp_path)
    run(project, "link", "qinghe-2022", "qinghe-2021")
    answer(project, "perhaps")
    result = run(project, "link", "qinghe-2022", "qinghe-2021", "--accept")
    assert result.exit_code == 1
    assert "line 2, accept: found “perhaps”" in result.output or "found “perhaps”, expected yes or no" in result.output
