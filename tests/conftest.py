"""What the tests share: projects that may be broken, one built site, a server on this machine, a browser that stays at home.

The made-up report of Qinghe (青禾区, which does not exist) is small, so that checking and building it is quick; the real
one is built once and shared by all processes of pytest-xdist.
"""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import HealthCheck, settings

import scripts.chromium
from scripts import config, ledger
from scripts.__main__ import main

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("YANXING_SHARED") or ROOT.parent / "shared")
LANGUAGES = ("zh-Hans", "zh-Hant", "en")

QINGHE = """\
青禾区政府工作报告

各位代表：

现在，我代表青禾区人民政府向大会报告工作，请予审议。

2030年工作回顾

2030年，全区地区生产总值增长5.5%，新增公共停车位80个，社会保持稳定。

2031年重点工作

今年主要预期目标为：地区生产总值增长6%，城镇登记失业率控制在4%以内。

一、全力以赴发展产业

数字经济是青禾的长板，今年要在三个方向上持续用力。

做强数字经济。引进数字企业12家，建设青禾软件园。出台人才安居办法，发放租房补贴3000万元。

优化营商环境。推行企业开办一日办结，压缩审批时限至3天以内。

二、全力以赴改善民生

完善城市配套。新增公共停车位100个，改造老旧小区3个。为老旧小区加装电梯20台，新建社区养老服务站5个。

办好民生实事。1.建设养老服务站。新建社区养老服务站5个。2.扩大托育供给。新增托位200个。3.整治积水路段。完成8条道路积水治理。

各位代表，蓝图已经绘就。继续压减一般性支出。让我们团结奋斗！
"""
_TERMS = ("营商环境", "老旧小区", "民生实事", "地区生产总值", "一般性支出", "城镇登记失业率")
HALF_WIDTH = QINGHE.translate(str.maketrans("，：", ",:"))  # as the Shangcheng report is typed

_REPORT = """\
id: qinghe-2031
id_prefix: qh2031
title: {zh-Hans: 青禾区政府工作报告, en: Qinghe Work Report}
issuer: {zh-Hans: 青禾区人民政府, en: Qinghe District People's Government}
year: 2031
horizon: 2031-12-31
as_of: 2031-07-15
"""
# id, quote, what else the record holds
_RECORDS = (
    ("qh2031-s0-001", "地区生产总值增长6%", {
        "targets": ({"indicator": "地区生产总值", "operator": "=", "value": 6, "unit": "%", "kind": "growth", "text": "6%",
                     "baseline": {"value": 5.5, "year": 2030, "quote": "地区生产总值增长5.5%", "comparable": True}},),
        "themes": ("economy",)}),
    ("qh2031-s1-001", "引进数字企业12家", {
        "targets": ({"indicator": "引进数字企业", "operator": "=", "value": 12, "unit": "家", "kind": "increase", "text": "12家"},)}),
    ("qh2031-s1-002", "出台人才安居办法", {"due": "2031-06", "lead": "区人社局", "themes": ("innovation",)}),
    ("qh2031-s2-001", "新增公共停车位100个", {
        "targets": ({"indicator": "新增公共停车位", "operator": "=", "value": 100, "unit": "个", "kind": "increase", "text": "100个",
                     "baseline": {"value": 80, "unit": "个", "year": 2030, "quote": "新增公共停车位80个", "comparable": True}},),
        "themes": ("transport",)}),
    ("qh2031-s2-002", "新建社区养老服务站5个", {
        "targets": ({"indicator": "社区养老服务站", "operator": "=", "value": 5, "unit": "个", "kind": "increase", "text": "5个"},),
        "repeats": ("qh2031-l01-01",)}),
    ("qh2031-l01-01", "新建社区养老服务站5个", {
        "targets": ({"indicator": "社区养老服务站", "operator": "=", "value": 5, "unit": "个", "kind": "increase", "text": "5个"},),
        "repeats": ("qh2031-s2-002",), "status": "in-progress", "themes": ("elderly-care",), "lead": "区民政局",
        "history": ({"date": "2031-07-10", "status": "in-progress", "note": "半年进展", "evidence": ["e1"], "by": "督查室"},),
        "evidence": ({"id": "e1", "title": "上半年完成情况", "url": "https://qinghe.example/1.html", "publisher": "区政府",
                      "date": "2031-07-10", "summary": "已开工3个"},)}),
)  # fmt: skip


settings.register_profile(
    "yanxing", deadline=None, database=None, derandomize=True, print_blob=True, max_examples=200,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
settings.load_profile("yanxing")


def pytest_configure(config):
    config.addinivalue_line("markers", "browser: needs a Chromium (env CHROMIUM, else one that is installed)")


# Projects


def copy_project(root: Path, *, report: bool) -> Path:
    """The parts of the checkout that a build reads, with or without its own report."""
    shutil.copytree(ROOT / "overrides", root / "overrides")
    shutil.copytree(ROOT / "source", root / "source", ignore=None if report else _without_reports)
    if not report:  # the site's own glossary grows; what the made-up report says of it stays
        known = yaml.safe_load((ROOT / "source" / "glossary.yml").read_text(encoding="utf-8"))
        few = yaml.safe_dump({word: known[word] for word in _TERMS}, allow_unicode=True, sort_keys=False)
        (root / "source" / "glossary.yml").write_text(few, encoding="utf-8")
    shutil.copy(ROOT / "mkdocs.yml", root)
    (root / "docs").mkdir()
    shutil.copy(ROOT / "docs" / "README.md", root / "docs")
    return root


def _without_reports(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if (Path(folder) / name / "report.yml").exists()]


def add_report(root: Path, text: str, report_id: str = "qinghe-2031", prefix: str = "qh2031") -> config.Report:
    """Put a report without a ledger into a project; its text is written byte for byte."""
    folder = root / "source" / report_id
    folder.mkdir()
    (folder / "report.txt").write_bytes(text.encode())
    metadata = _REPORT.replace("qinghe-2031", report_id).replace("qh2031", prefix)
    (folder / "report.yml").write_text(metadata, encoding="utf-8")
    return config.load_report(folder)


@pytest.fixture
def project(tmp_path) -> Path:
    """A copy of the real project, to be given as --root."""
    return copy_project(tmp_path / "project", report=True)


@pytest.fixture
def empty(tmp_path) -> Path:
    """A project without any report."""
    return copy_project(tmp_path / "empty", report=False)


@pytest.fixture
def fresh(empty) -> Path:
    """A project with the report of Qinghe, which has no ledger yet."""
    add_report(empty, QINGHE)
    return empty


@pytest.fixture
def qinghe(fresh) -> Path:
    """A project with the report of Qinghe and a ledger of six records, in which nothing is wrong."""
    from scripts.draft import place_of
    from scripts.split import split

    report, outline, at = config.load_report(fresh / "source" / "qinghe-2031"), split(QINGHE), 0
    for record_id, quote, values in _RECORDS:
        at = QINGHE.index(quote, at)
        section, paragraph = place_of(outline, at)
        kind = "quantified" if values.get("targets") else "qualitative"
        ledger.write_new(report, ledger.Record(
            record_id, report.id, section, paragraph, quote, (at, at + len(quote)), kind, **{"review": "confirmed", **values}
        ))  # fmt: skip
        at += 1
    return fresh


@pytest.fixture(scope="session")
def built(tmp_path_factory) -> Path:
    """The root of a copy of the real project that has been built, once for all processes of a run. Read only."""
    return _once(tmp_path_factory, "built", "build")


@pytest.fixture(scope="session")
def packed(tmp_path_factory) -> Path:
    """The dist/ of the real project, made once for all processes of a run. Read only."""
    return _once(tmp_path_factory, "packed", "package") / "dist"


def _once(tmp_path_factory, name: str, command: str) -> Path:
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    root, done = base / name, base / f"{name}.done"
    try:
        (base / f"{name}.lock").mkdir()
    except FileExistsError:
        for _ in range(9000):  # another process makes it
            if done.exists():
                break
            time.sleep(0.1)
    else:
        result = CliRunner().invoke(main, ["--root", str(copy_project(root, report=True)), command])
        done.write_text("" if result.exit_code == 0 else result.output or repr(result.exception), encoding="utf-8")
    if not done.exists() or (said := done.read_text(encoding="utf-8")):
        pytest.fail(f"the real project could not be {name}: {said if done.exists() else 'no answer'}")
    return root


# The command line


@pytest.fixture
def cli():
    """Run a command; its exit status must be `code`, and no exception may pass unexplained."""

    def run(*arguments, root: Path | None = None, code: int = 0):
        where = ["--root", str(root)] if root else []
        result = CliRunner().invoke(main, [*where, *map(str, arguments)])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == code, result.output
        return result

    return run


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def edit(file: Path, old: str, new: str) -> None:
    """Change one place of a file as a person would; the place must be there exactly once."""
    text = file.read_bytes().decode()
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file.name}"
    file.write_bytes(text.replace(old, new).encode())


# Pages


class Html(HTMLParser):
    """What a test asks of a page: its ids, its links (tag, attribute, value), its tags and its text."""

    def __init__(self, file: Path):
        super().__init__(convert_charrefs=True)
        self.ids: list[str] = []
        self.links: list[tuple[str, str, str]] = []
        self.tags: list[tuple[str, dict]] = []
        self.texts: list[str] = []
        self.feed(file.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.tags.append((tag, found))
        if "id" in found:
            self.ids.append(found["id"])
        self.links += [(tag, name, found[name]) for name in ("href", "src", "action", "data-index") if name in found]

    def handle_data(self, data):
        self.texts.append(data)

    @property
    def text(self) -> str:
        return "".join(self.texts)

    def attributes(self, tag: str, **wanted) -> list[dict]:
        return [found for name, found in self.tags if name == tag and wanted.items() <= found.items()]


# Browser


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args) -> None:
        pass


@pytest.fixture(scope="session")
def serve():
    """Serve a folder on loopback and give its address; every server ends with the run."""
    servers = []

    def start(folder: Path) -> str:
        handler = functools.partial(_Quiet, directory=str(folder))
        servers.append(http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{servers[-1].server_port}/"

    yield start
    for server in servers:
        server.shutdown()


def _chromium() -> str:
    return scripts.chromium.find() or pytest.fail(
        "no Chromium found: install one (Debian: chromium), or name it in the environment variable CHROMIUM"
    )


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=_chromium(), args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield browser
        browser.close()


@pytest.fixture
def reader(chromium):
    """Open pages as a reader with a language of his own; the test fails on any error, dialog or request elsewhere."""
    contexts, wrong = [], []

    def open_page(url: str, *, locale: str = "zh-CN", **options):
        home = url if url.startswith("file:") else "/".join(url.split("/")[:3])
        home = home.split("/site/")[0]
        contexts.append(chromium.new_context(locale=locale, reduced_motion="reduce", **options))
        page = contexts[-1].new_page()
        page.on("console", lambda message: message.type == "error" and wrong.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: wrong.append(f"page error: {error}"))
        page.on("request", lambda one: one.url.startswith(home) or wrong.append(f"request elsewhere: {one.url}"))
        page.on("dialog", lambda dialog: (wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.goto(url)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not wrong, "\n".join(wrong)


@pytest.fixture(params=["http", "file"])
def site(request, built, serve) -> str:
    """The address of the built site, once on loopback below a sub-path and once from the disk."""
    if request.param == "file":
        return (built / "site").as_uri() + "/"
    return _served(built, serve)


@pytest.fixture
def web(built, serve) -> str:
    """The address of the built site on loopback."""
    return _served(built, serve)


@functools.cache
def _served(built: Path, serve) -> str:
    return serve(built) + "site/"
