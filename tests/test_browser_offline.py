"""Copies in a real Chromium, from the disk and without a network, below a folder with spaces and Han characters: what is
there online is there, too."""

import re
import zipfile

import pytest

from .conftest import LANGUAGES, QINGHE, Html, add_report
from .test_browser_search import search

pytestmark = pytest.mark.browser

REPORT = "shangcheng-2020"
QUERIES = {
    "zh-Hans": ("加装电梯", "6亿元", "80天", "電梯 小區", "梯", "营商环境", "10000人", "没有的词"),
    "zh-Hant": ("加裝電梯", "6億元", "80天", "电梯 小区", "梯", "營商環境", "10000人", "沒有的詞"),
    "en": ("elevators", "renovation", "600 million yuan", "busness environment", "80 days", "urban jobs", "zzz"),
}
VIEWS = (
    "?status=in-progress",
    "?against=lower&sort=change",
    "?q=2020&kind=quantified",
    "?theme=transport&sort=-due",
    "?section=s4&lead=none",
)


@pytest.fixture(scope="session")
def unpacked(packed, tmp_path_factory):
    """The offline copy as a reader unpacks it, with the single files beside it."""
    folder = tmp_path_factory.mktemp("离线 试验") / "U 盘 (副本)"
    with zipfile.ZipFile(packed / f"{REPORT}-offline.zip") as copy:
        copy.extractall(folder / "site")
    for file in packed.glob("*.html"):
        (folder / file.name).write_bytes(file.read_bytes())
    return folder


def hits(page, query):
    """What a search says and finds: (number of hits in words, where they lead)."""
    search(page, query)
    return page.locator(".hits").inner_text(), [
        link.split("/site/")[-1]
        for link in page.locator(".results a").evaluate_all("all => all.map((one) => one.href)")
    ]


def rows(page):
    """The rows that an index shows, in order, and what it says of them."""
    shown = page.locator("table.index tbody tr").evaluate_all(
        "all => all.filter((one) => !one.hidden).map((one) => one.id)"
    )
    return shown, page.locator(".filters .result").inner_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_searches_and_filters_find_what_they_find_online(reader, web, unpacked, language):
    offline = (unpacked / "site").as_uri() + "/"
    pages = [reader(f"{base}{language}/index.html", offline=base == offline) for base in (web, offline)]
    for query in QUERIES[language]:
        online, copy = (hits(page, query) for page in pages)
        assert online == copy, query
    for view in VIEWS:
        for page, base in zip(pages, (web, offline), strict=True):
            page.goto(f"{base}{language}/{REPORT}/commitments/index.html{view}")
        online, copy = map(rows, pages)
        assert online == copy and 0 < len(copy[0]) < 240, view
        assert pages[1].url.endswith(view), "the view stands in the address"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_page_opens(reader, unpacked, language):
    folder = unpacked / "site" / language
    names = (
        "index.html", "glossary.html", "downloads.html", "method.html", f"{REPORT}/index.html", f"{REPORT}/bilingual.html",
        f"{REPORT}/targets.html", f"{REPORT}/print.html", f"{REPORT}/commitments/index.html",
        f"{REPORT}/commitments/sc2020-s4-027.html",
    )  # fmt: skip
    page = reader(
        (unpacked / "site" / "index.html").as_uri(), offline=True, locale={"en": "en-GB"}.get(language, language)
    )
    page.wait_for_url(f"**/{language}/index.html")
    for name in names:
        page.goto((folder / name).as_uri())
        assert page.locator("h1").count() == 1 and page.locator("html").get_attribute("lang") == language
        assert page.locator("button[data-search-open]").is_visible(), name


def test_the_language_switch_stays_on_the_paragraph(reader, unpacked):
    page = reader((unpacked / "site" / "zh-Hans" / REPORT / "index.html").as_uri() + "#p052", offline=True)
    page.locator(".languages a[hreflang=en]").click()
    page.wait_for_url(f"**/en/{REPORT}/index.html#p052")


def test_no_link_leads_nowhere(unpacked):
    folder, wrong = unpacked / "site", set()
    for path in folder.rglob("*.html"):
        for address in set(re.findall(r' (?:href|src)="([^"#?]+)', path.read_text("utf-8"))):
            if not re.match("[a-z]+:", address) and not (path.parent / address).is_file():
                wrong.add((path.name, address))
    assert not wrong, sorted(wrong)[:5]


# One file


@pytest.mark.parametrize("name", [*LANGUAGES, "zh-Hans-en"])
def test_one_file_holds_everything(reader, unpacked, name):
    language = name.removesuffix("-en")
    file = unpacked / f"{REPORT}.{name}.html"
    page = reader(file.as_uri(), offline=True)
    text = page.locator("main").inner_text()
    assert (
        page.locator("table.index tbody tr").count() == 240
        and page.locator("section#report .para, .pairs").count() >= 61
    )
    assert {"zh-Hans": "加装电梯", "zh-Hant": "加裝電梯", "en": "lifts"}[language] in text

    query = QUERIES[language][0]
    found = hits(page, query)[1]
    assert found and all(link.startswith(file.as_uri() + "#") or "#" in link for link in found)
    page.locator(".results a").first.click()
    target = page.url.partition("#")[2]
    assert page.locator(f"[id='{target}']").is_visible() and not page.locator("dialog.search").is_visible()
    if name == "zh-Hans-en":
        assert hits(page, "elevator")[1], "either language finds it"
        page.keyboard.press("Escape")

    page.locator("#f-status").select_option("in-progress") if page.locator("#f-status").is_visible() else None
    page.goto(file.as_uri() + "?status=in-progress#list")
    assert len(rows(page)[0]) == 7
    page.evaluate("location.hash = 'sc2020-s4-027'")
    page.wait_for_function("!document.getElementById('sc2020-s4-027').hidden")
    row = page.locator("#sc2020-s2-001, table.index tr[data-status=in-progress]").first
    row.locator("summary").click()
    assert row.locator("details a[href^=http]").first.is_visible(), "the source of a status"


@pytest.mark.parametrize("name", [*LANGUAGES, "zh-Hans-en"])
@pytest.mark.parametrize("width", [360, 1280])
def test_one_file_reads_well_without_scripts(reader, unpacked, name, width):
    page = reader(
        (unpacked / f"{REPORT}.{name}.html").as_uri(),
        offline=True,
        java_script_enabled=False,
        viewport={"width": width, "height": 800},
    )
    assert page.locator("noscript").first.is_visible() and page.locator(".filters").is_hidden()
    assert (
        page.locator("table.index tbody tr").last.is_visible() and page.locator("#p061, [id='p061']").first.is_visible()
    )
    link = page.locator("section#report a.c").first
    target = link.get_attribute("href")
    link.click()
    assert page.url.endswith(target) and page.locator(target).is_visible()


@pytest.mark.parametrize("name", [*LANGUAGES, "zh-Hans-en"])
def test_one_file_refers_to_no_other(unpacked, name):
    page = Html(unpacked / f"{REPORT}.{name}.html")
    assert not [one for one in page.links if one[0] not in ("a", "form") and not one[2].startswith("#")]
    inside = {one for one in page.ids}
    assert len(inside) == len(page.ids), "every id once"
    assert [
        address
        for tag, _, address in page.links
        if tag == "a" and address.startswith("#") and address[1:] not in inside
    ] == []
    assert all(address.startswith(("#", "http")) for tag, _, address in page.links if tag == "a")


def test_what_a_report_says_is_not_run_in_one_file_either(reader, empty, cli, monkeypatch):
    hostile = "建设“<img src=x onerror=alert(1)></script><script>alert(2)</script>{{ 7*7 }}”平台"
    monkeypatch.setattr("scripts.chromium.find", lambda: None)
    add_report(empty, QINGHE.replace("建设青禾软件园", hostile))
    cli("draft", "qinghe-2031", root=empty)
    cli("package", root=empty)
    for file in sorted((empty / "dist").glob("*.html")):
        page = reader(file.as_uri(), offline=True)
        assert hostile in page.locator("section#report").inner_text() or "zh-Hant" in file.name
        assert hits(page, "平台" if "zh-Hant" not in file.name else "平臺")[1], file.name
