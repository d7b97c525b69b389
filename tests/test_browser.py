"""The built site in a real Chromium, on http and from file://. Every console error and foreign request fails a test."""

import pytest

from .conftest import QINGHE, add_report
from .test_browser_search import search

pytestmark = pytest.mark.browser

REPORT = "shangcheng-2020"
INDEX = f"{REPORT}/commitments/index.html"
LANGUAGES = ("zh-Hans", "zh-Hant", "en")


@pytest.mark.parametrize(
    ("locale", "language"),
    [("zh-CN", "zh-Hans"), ("zh-TW", "zh-Hant"), ("zh-HK", "zh-Hant"), ("en-GB", "en"), ("en-US", "en")],
)
def test_the_root_sends_a_reader_to_his_language(reader, web, locale, language):
    page = reader(web + "index.html", locale=locale)
    page.wait_for_url(f"**/{language}/index.html")
    assert page.locator("html").get_attribute("lang") == language


def test_a_choice_is_remembered(reader, web):
    page = reader(web + "zh-Hans/index.html")
    page.locator(".languages [hreflang=en]").click()
    page.wait_for_url("**/en/index.html")
    page.goto(web + "index.html")
    page.wait_for_url("**/en/index.html")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "path", ["index.html", "method.html", f"{REPORT}/index.html", INDEX, f"{REPORT}/commitments/sc2020-s0-006.html"]
)
def test_pages_open_in_every_language(reader, site, language, path):
    page = reader(f"{site}{language}/{path}")
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").first.inner_text().strip()
    prevails = {
        "zh-Hans": "以简体中文原文为准",
        "zh-Hant": "以簡體中文原文為準",
        "en": "Simplified Chinese original prevails",
    }[language]
    assert prevails in page.locator("body").inner_text()


def test_the_switch_keeps_the_paragraph_of_the_address(reader, site):
    page = reader(f"{site}zh-Hans/{REPORT}/index.html#p052")
    page.locator(".languages [hreflang=en]").click()
    page.wait_for_url("**/en/**")
    assert page.url.endswith(f"en/{REPORT}/index.html#p052")
    assert page.locator("#p052").is_visible()


def test_the_switch_keeps_the_paragraph_in_view(reader, site):
    page = reader(f"{site}zh-Hans/{REPORT}/index.html")
    page.locator("#p045").evaluate("element => scrollTo(0, element.offsetTop + element.offsetParent.offsetTop - 70)")
    page.locator(".languages [hreflang=zh-Hant]").click()
    page.wait_for_url("**/zh-Hant/**")
    assert page.url.rsplit("#", 1)[1] in ("p045", "p044", "p046")


def shown(page):
    return page.locator("table.index tbody tr:visible").count()


def test_from_the_text_to_a_commitment_and_back(reader, site):
    page = reader(f"{site}zh-Hans/{REPORT}/index.html")
    page.locator("a.c", has_text="新增泊位400个").click()
    page.wait_for_url("**/commitments/sc2020-s4-*.html")
    assert "新增泊位400个" in page.locator("h1").inner_text()
    assert "300个" in page.locator(".targets").inner_text()
    page.locator(".context .meta a").click()
    page.wait_for_url(f"**/{REPORT}/index.html#p052")


def test_the_english_report_is_english_throughout_and_says_how_it_was_made(reader, site):
    page = reader(f"{site}en/{REPORT}/index.html")
    assert page.locator("main .untranslated, main .label-untranslated, main .machine").count() == 0
    assert "355 segments: 355 (100%) reviewed" in page.locator(".made").inner_text()


def test_the_main_targets_are_english(reader, site):
    page = reader(f"{site}en/{REPORT}/commitments/sc2020-s0-006.html")
    text = page.locator("main").inner_text()
    assert "10,000 new urban jobs" in text and "12,700" in text and "2,700 people below" in text
    assert page.locator(".context .untranslated").count() == 0


def test_a_status_names_its_evidence_and_who_says_so(reader, site):
    text = reader(f"{site}en/{REPORT}/commitments/sc2020-s1-001.html").locator("main").inner_text()
    for wanted in ("In progress", "15 September 2020", "the editors of this site", "merged into a new Shangcheng"):
        assert wanted in text


def test_dark_mode_is_remembered(reader, web):
    page = reader(web + "zh-Hans/index.html")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("[data-theme-toggle]").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light


def test_without_javascript_the_root_is_a_choice(reader, web):
    page = reader(web + "index.html", java_script_enabled=False)
    assert page.locator("a[data-language]").count() == 3
    page.locator("a[data-language=en]").click()
    assert page.url.endswith("/en/index.html")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "path", ["index.html", f"{REPORT}/index.html", INDEX, f"{REPORT}/commitments/sc2020-s4-008.html"]
)
def test_nothing_is_wider_than_the_screen(reader, site, path, language, width):
    page = reader(f"{site}{language}/{path}", viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_site_works_under_a_strict_csp(reader, web):
    page = reader(web + "zh-Hans/index.html")
    wrong = []
    page.on(
        "console", lambda message: wrong.append(message.text) if "Content Security Policy" in message.text else None
    )
    page.route("**/*.html", lambda route: _with_policy(route))
    page.goto(f"{web}zh-Hans/{INDEX}?status=in-progress")
    assert shown(page) == 7
    assert search(page, "小区").count() > 5
    assert wrong == []


def _with_policy(route):
    answer = route.fetch()
    route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": "default-src 'self'"})


@pytest.mark.parametrize(
    ("locale", "language"),
    [("zh-Hans-HK", "zh-Hans"), ("zh-Hant-CN", "zh-Hant"), ("zh", "zh-Hans"), ("zh-MO", "zh-Hant")],
)
def test_the_script_that_a_reader_names_outweighs_the_place(reader, web, locale, language):
    reader(web + "index.html", locale=locale).wait_for_url(f"**/{language}/index.html")


def test_a_reader_of_another_language_chooses(reader, site):
    page = reader(site + "index.html", locale="fr-FR")
    assert page.locator("a[data-language]").all_inner_texts() == ["简体", "繁體", "English"]
    page.locator("a[data-language=zh-Hant]").click()
    page.wait_for_url("**/zh-Hant/index.html")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("paragraph", ["p001", "p005", "p061"], ids=["the first", "a short one", "the last"])
def test_the_switch_by_keyboard_keeps_the_paragraph_of_the_address(reader, web, paragraph, width):
    page = reader(f"{web}zh-Hans/{REPORT}/index.html#{paragraph}", viewport={"width": width, "height": 800})
    page.locator(".languages [hreflang=en]").evaluate("link => link.focus({ preventScroll: true })")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/en/{REPORT}/index.html#{paragraph}")


def test_a_reader_who_moved_on_by_the_scroll_bar_stays_where_he_is(reader, web):
    page = reader(f"{web}zh-Hans/{REPORT}/index.html#p010")
    page.locator("#p045").evaluate("element => scrollTo(0, element.getBoundingClientRect().top + scrollY - 100)")
    page.locator(".languages [hreflang=en]").click()
    page.wait_for_url(f"**/en/{REPORT}/index.html#p045")


def test_dark_mode_goes_along_to_the_next_page(reader, site):
    page = reader(f"{site}zh-Hans/index.html")
    page.locator("[data-theme-toggle]").click()
    page.locator(".main-nav a").first.click()
    page.wait_for_url(f"**/{REPORT}/index.html")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.locator("[data-theme-toggle]").click()
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "light"


def test_what_a_report_says_is_never_run(reader, serve, empty, cli):
    hostile = "建设“<img src=x onerror=alert(1)></script><script>alert(2)</script>{{ 7*7 }}”平台"
    add_report(empty, QINGHE.replace("建设青禾软件园", hostile))
    cli("draft", "qinghe-2031", root=empty)
    cli("build", root=empty)
    address = serve(empty) + "site/zh-Hans/"
    page = reader(address + "index.html")
    assert hostile in search(page, "平台").first.inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/commitments/qh2031-*.html")
    assert page.locator("h1").inner_text() == hostile and page.title().startswith(hostile[:50])
    page.locator(".context .meta a").click()
    page.wait_for_url("**/qinghe-2031/index.html#p007")
    assert hostile in page.locator("#p007").inner_text()
    page.goto(address + "qinghe-2031/commitments/index.html?q=onerror")
    assert shown(page) == 1
