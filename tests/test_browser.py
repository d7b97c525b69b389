"""The built site in a real Chromium, on http and from file://. Every console error and foreign request fails a test."""

import pytest

from .conftest import QINGHE, add_report

pytestmark = pytest.mark.browser

REPORT = "shangcheng-2020"
INDEX = f"{REPORT}/commitments/index.html"
LANGUAGES = ("zh-Hans", "zh-Hant", "en")


def search(page, query):
    page.keyboard.press("/")
    page.locator("dialog.search input").fill(query)
    page.wait_for_function("document.querySelector('.hits').textContent.match(/\\d|没有|沒有|Nothing/)")
    return page.locator(".results li")


@pytest.mark.parametrize(
    ("locale", "language"), [("zh-CN", "zh-Hans"), ("zh-TW", "zh-Hant"), ("zh-HK", "zh-Hant"), ("en-GB", "en"), ("en-US", "en")]
)
def test_the_root_sends_a_reader_to_his_language(reader, web, locale, language):
    page = reader(web + "index.html", locale=locale)
    page.wait_for_url(f"**/{language}/index.html")
    assert page.locator("html").get_attribute("lang") == language


def test_a_choice_is_remembered(reader, web):
    page = reader(web + "zh-Hans/index.html")
    page.locator("[data-language=en]").click()
    page.wait_for_url("**/en/index.html")
    page.goto(web + "index.html")
    page.wait_for_url("**/en/index.html")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["index.html", "method.html", f"{REPORT}/index.html", INDEX, f"{REPORT}/commitments/sc2020-s0-006.html"])
def test_pages_open_in_every_language(reader, site, language, path):
    page = reader(f"{site}{language}/{path}")
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").first.inner_text().strip()
    prevails = {"zh-Hans": "以简体中文原文为准", "zh-Hant": "以簡體中文原文為準", "en": "Simplified Chinese original prevails"}[language]
    assert prevails in page.locator("body").inner_text()


def test_the_switch_keeps_the_paragraph_of_the_address(reader, site):
    page = reader(f"{site}zh-Hans/{REPORT}/index.html#p052")
    page.locator("[data-language=en]").click()
    page.wait_for_url("**/en/**")
    assert page.url.endswith(f"en/{REPORT}/index.html#p052")
    assert page.locator("#p052").is_visible()


def test_the_switch_keeps_the_paragraph_in_view(reader, site):
    page = reader(f"{site}zh-Hans/{REPORT}/index.html")
    page.locator("#p045").evaluate("element => scrollTo(0, element.offsetTop + element.offsetParent.offsetTop - 70)")
    page.locator("[data-language=zh-Hant]").click()
    page.wait_for_url("**/zh-Hant/**")
    assert page.url.rsplit("#", 1)[1] in ("p045", "p044", "p046")


def shown(page):
    return page.locator("table.index tbody tr:visible").count()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("status=in-progress", 7),
        ("kind=quantified", None),
        ("section=s0", 6),
        ("theme=transport", None),
        ("q=加装电梯", 2),
        ("q=電梯", 3),
        ("q=加装电梯&section=s4", 1),
    ],
)
def test_the_state_of_the_filters_stands_in_the_address(reader, site, query, expected):
    page = reader(f"{site}zh-Hans/{INDEX}?{query}")
    page.wait_for_timeout(600 if "q=" in query else 100)  # a query in the other script waits for the folding table
    count = shown(page)
    assert 0 < count < 240
    assert expected is None or count == expected
    assert str(count) in page.locator(".filters .result").inner_text()


def test_filters_filter_and_reset(reader, site):
    page = reader(f"{site}en/{INDEX}")
    assert shown(page) == 240
    page.locator("#f-kind").select_option("quantified")
    quantified = shown(page)
    assert "kind=quantified" in page.url
    page.locator("#f-section").select_option("s0")
    assert shown(page) == 6 < quantified
    page.locator("[type=reset]").click()
    page.wait_for_function("!location.search")
    assert shown(page) == 240


@pytest.mark.parametrize(
    ("language", "query", "found", "reason"),
    [
        ("zh-Hans", "加装电梯", "加装电梯", "words from mid-sentence"),
        ("zh-Hans", "小区", "小区", "the last character counts"),
        ("zh-Hans", "電梯", "电梯", "a Traditional query on the Simplified site"),
        ("zh-Hant", "电梯", "電梯", "a Simplified query on the Traditional site"),
        ("zh-Hans", "6亿元", "6亿元", "a figure with its unit"),
        ("zh-Hans", "10000人", "10000人", "a figure with its unit"),
        ("zh-Hans", "未来社区", "未来社区", "a name in quotation marks"),
        ("zh-Hans", "治堵", "治堵", "part of a word"),
        ("zh-Hans", "电梯 既有住宅", "电梯", "several words must all occur"),
        ("en", "urban jobs", "urban jobs", "English words"),
    ],
)
def test_search_finds(reader, site, language, query, found, reason):
    page = reader(f"{site}{language}/index.html")
    results = search(page, query)
    first = results.first
    assert found in first.inner_text(), reason
    assert first.locator("a").get_attribute("href").endswith(".html"), "a commitment comes before paragraphs"
    assert first.locator("mark").count(), "the hit is marked"
    assert str(min(results.count(), 60)) in page.locator(".hits").inner_text() or results.count() == 60


def test_search_by_keyboard_leads_to_the_page(reader, site):
    page = reader(f"{site}zh-Hans/{REPORT}/index.html")
    search(page, "加装电梯")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/commitments/sc2020-*.html")
    assert "加装电梯" in page.locator("h1").inner_text()


def test_search_says_when_nothing_is_found(reader, site):
    page = reader(f"{site}zh-Hans/index.html")
    assert search(page, "火星基地").count() == 0
    assert "没有找到" in page.locator(".hits").inner_text()


def test_from_the_text_to_a_commitment_and_back(reader, site):
    page = reader(f"{site}zh-Hans/{REPORT}/index.html")
    page.locator("a.c", has_text="新增泊位400个").click()
    page.wait_for_url("**/commitments/sc2020-s4-*.html")
    assert "新增泊位400个" in page.locator("h1").inner_text()
    assert "300个" in page.locator(".targets").inner_text()
    page.locator(".context .meta a").click()
    page.wait_for_url(f"**/{REPORT}/index.html#p052")


def test_an_untranslated_sentence_is_chinese_and_says_so(reader, site):
    page = reader(f"{site}en/{REPORT}/index.html")
    fragment = page.locator("#p003 [lang=zh-Hans]").first
    assert "2019年" in fragment.inner_text()
    assert page.locator("#p003 .label-untranslated").inner_text() == "not yet translated"


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_javascript_everything_can_be_read(reader, site, language):
    page = reader(f"{site}{language}/{INDEX}", java_script_enabled=False)
    assert shown(page) == 240
    assert page.locator("form.filters").is_hidden()
    assert page.locator("noscript").count() == 1
    page.locator("td.quote a").nth(5).click()
    assert page.url.endswith("sc2020-s0-006.html")
    page.locator("nav.languages a").first.click()
    assert "/zh-Hans/" in page.url


def test_without_javascript_the_root_is_a_choice(reader, web):
    page = reader(web + "index.html", java_script_enabled=False)
    assert page.locator("a[data-language]").count() == 3
    page.locator("a[data-language=en]").click()
    assert page.url.endswith("/en/index.html")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["index.html", f"{REPORT}/index.html", INDEX, f"{REPORT}/commitments/sc2020-s4-008.html"])
def test_nothing_is_wider_than_the_screen(reader, site, path, language, width):
    page = reader(f"{site}{language}/{path}", viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_site_works_under_a_strict_csp(reader, web):
    page = reader(web + "zh-Hans/index.html")
    wrong = []
    page.on("console", lambda message: wrong.append(message.text) if "Content Security Policy" in message.text else None)
    page.route("**/*.html", lambda route: _with_policy(route))
    page.goto(f"{web}zh-Hans/{INDEX}?status=in-progress")
    assert shown(page) == 7
    assert search(page, "小区").count() > 5
    assert wrong == []


def _with_policy(route):
    answer = route.fetch()
    route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": "default-src 'self'"})


@pytest.mark.parametrize(("locale", "language"), [("zh-Hans-HK", "zh-Hans"), ("zh-Hant-CN", "zh-Hant"), ("zh", "zh-Hans"), ("zh-MO", "zh-Hant")])
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
    page.locator("[data-language=en]").evaluate("link => link.focus({ preventScroll: true })")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/en/{REPORT}/index.html#{paragraph}")


def test_a_reader_who_moved_on_by_the_scroll_bar_stays_where_he_is(reader, web):
    page = reader(f"{web}zh-Hans/{REPORT}/index.html#p010")
    page.locator("#p045").evaluate("element => scrollTo(0, element.getBoundingClientRect().top + scrollY - 100)")
    page.locator("[data-language=en]").click()
    page.wait_for_url(f"**/en/{REPORT}/index.html#p045")


def test_the_switch_keeps_the_filters(reader, web):
    page = reader(f"{web}zh-Hans/{INDEX}?status=in-progress&kind=qualitative")
    count = shown(page)
    page.locator("[data-language=en]").click()
    page.wait_for_url(f"**/en/{INDEX}?status=in-progress&kind=qualitative")
    assert shown(page) == count > 0


@pytest.mark.parametrize(("language", "typed"), [("zh-Hans", "電梯"), ("zh-Hans", "电梯"), ("zh-Hant", "电梯"), ("zh-Hant", "電梯")])
def test_the_text_filter_takes_both_scripts(reader, site, language, typed):
    page = reader(f"{site}{language}/{INDEX}")
    page.locator("#f-text").fill(typed)
    page.wait_for_function("[...document.querySelectorAll('table.index tbody tr')].filter((row) => !row.hidden).length === 3")
    page.reload()
    page.wait_for_function("[...document.querySelectorAll('table.index tbody tr')].filter((row) => !row.hidden).length === 3")
    assert page.locator("#f-text").input_value() == typed


@pytest.mark.parametrize(("language", "query"), [("zh-Hans", "着力"), ("zh-Hans", "著力"), ("zh-Hant", "着力"), ("zh-Hant", "批复")])
def test_characters_that_stand_for_themselves_are_found_in_both_scripts(reader, web, language, query):
    assert search(reader(f"{web}{language}/index.html"), query).count() > 0


def test_words_from_mid_sentence_lead_to_their_paragraph(reader, site):
    page = reader(f"{site}zh-Hans/index.html")
    results = search(page, "裸眼3D形式进驻")
    assert results.count() == 1 and "裸眼3D形式进驻" in results.first.inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{REPORT}/index.html#p008")


def test_every_hit_has_all_words(reader, web):
    page = reader(f"{web}zh-Hans/index.html")

    def found(query):
        links = search(page, query).locator("a").evaluate_all("links => links.map((link) => link.href)")
        page.keyboard.press("Escape")
        page.reload()
        return set(links)

    both = found("小区 停车")
    assert both and both == found("停车 小区") == found("小区") & found("停车")


def test_the_search_dialog_closes_by_keyboard_and_gives_the_focus_back(reader, web):
    page = reader(f"{web}zh-Hans/{REPORT}/index.html")
    page.locator("button[data-search-open]").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("小区")
    page.wait_for_selector(".results li")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "search-query"
    page.keyboard.press("Escape")
    if page.locator("dialog.search").is_visible():  # the first one may only clear the field
        page.keyboard.press("Escape")
    assert page.locator("dialog.search").is_hidden()
    assert page.evaluate("document.activeElement.matches('[data-search-open]')")


def test_a_word_is_composed_in_peace(reader, web):
    """An input method shows unfinished letters in the field; neither they nor its Enter may be taken for the query."""
    page = reader(f"{web}zh-Hans/index.html")
    keyboard = page.context.new_cdp_session(page)
    page.locator("#home-search").focus()
    keyboard.send("Input.imeSetComposition", {"text": "xiao", "selectionStart": 4, "selectionEnd": 4})
    assert page.locator("dialog.search").is_hidden()
    keyboard.send("Input.insertText", {"text": "小区"})
    page.wait_for_selector("dialog.search .results li")
    assert page.locator("#search-query").input_value() == "小区"
    page.locator("#search-query").evaluate("field => field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true }))")
    assert page.locator("dialog.search").is_visible() and page.url.endswith("/zh-Hans/index.html")


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
