"""Reading in a real Chromium: cards and explanations, languages side by side, large text, citing."""

import pytest

pytestmark = pytest.mark.browser

REPORT = "shangcheng-2020"
COMMITMENT = f"{REPORT}/commitments/sc2020-s4-027.html"
TIP = {
    "zh-Hans": ("待评估", "完成时限：2020年12月31日"),
    "zh-Hant": ("待評估", "完成時限：2020年12月31日"),
    "en": ("Not yet assessed", "Due: 31 December 2020"),
}


@pytest.mark.parametrize("language", list(TIP))
def test_a_commitment_shows_its_card_on_hover_and_focus(reader, site, language):
    page = reader(f"{site}{language}/{REPORT}/index.html#p052")
    tip = page.locator("[role=tooltip]")
    link = page.locator("#p052 a.c").nth(6)
    link.hover()
    tip.wait_for()
    for words in TIP[language]:
        assert words in tip.inner_text()
    page.keyboard.press("Escape")
    assert tip.is_hidden()
    link.focus()
    assert tip.is_visible() and link.get_attribute("aria-describedby") == tip.get_attribute("id")
    page.mouse.move(0, 0)
    page.locator("h1").click()
    assert tip.is_hidden()


@pytest.mark.parametrize("language", list(TIP))
def test_a_term_explains_itself_to_mouse_and_keyboard(reader, site, language):
    page = reader(f"{site}{language}/{REPORT}/index.html")
    term = page.locator('a.term[href$="#new-development-philosophy"]').first
    term.focus()
    tip = page.locator("[role=tooltip]")
    assert "2015" in tip.inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossary.html#new-development-philosophy")
    assert "2015" in page.locator("#new-development-philosophy").inner_text()


def test_a_term_explains_itself_to_a_finger_before_it_leads_away(reader, site):
    page = reader(f"{site}zh-Hans/{REPORT}/index.html", has_touch=True, viewport={"width": 390, "height": 844})
    term = page.locator("a.term").first
    term.tap()
    assert page.locator("[role=tooltip]").is_visible()
    assert page.url.endswith("index.html")
    term.tap()
    page.wait_for_url("**/glossary.html#*")


def test_a_tip_stays_within_the_window(reader, site):
    page = reader(f"{site}en/{REPORT}/index.html", viewport={"width": 390, "height": 844})
    for term in page.locator("a.term").all()[:12]:
        term.focus()
        box = page.locator("[role=tooltip]").bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390


@pytest.mark.parametrize(("language", "figure"), [("zh-Hans", "12700人"), ("zh-Hant", "12700人"), ("en", "12,700")])
def test_a_result_of_last_year_leads_to_this_years_target(reader, site, language, figure):
    page = reader(f"{site}{language}/{REPORT}/index.html")
    result = page.locator("#p004 a.result", has_text=figure)
    assert result.count() == 1
    result.click()
    page.wait_for_url("**/commitments/sc2020-s0-006.html")


@pytest.mark.parametrize(
    ("language", "left", "right"),
    [("zh-Hans", "zh-Hans", "en"), ("zh-Hant", "zh-Hant", "zh-Hans"), ("en", "en", "zh-Hans")],
)
def test_two_languages_stand_side_by_side_sentence_by_sentence(reader, site, language, left, right):
    page = reader(f"{site}{language}/{REPORT}/bilingual.html#p035.1")
    pairs = page.locator(".pair")
    assert pairs.count() > 300
    pair = page.locator('[id="p035.1"]')
    one, two = pair.locator("p").all()
    assert (one.get_attribute("lang"), two.get_attribute("lang")) == (left, right)
    assert "10,000" in pair.inner_text() if "en" in (left, right) else "10000" in pair.inner_text()
    assert abs(one.bounding_box()["y"] - two.bounding_box()["y"]) < 2, "beside each other on a wide screen"
    page.set_viewport_size({"width": 390, "height": 844})
    assert two.bounding_box()["y"] > one.bounding_box()["y"] + 10, "below each other on a narrow one"


def test_a_paragraph_leads_to_its_translation(reader, site):
    page = reader(f"{site}en/{REPORT}/index.html#p040")
    page.locator("#p040 .pair-link").click()
    page.wait_for_url("**/bilingual.html#p040")
    assert "最多跑一次" in page.locator("#p040").inner_text()


def test_large_text_is_remembered(reader, site):
    page = reader(f"{site}zh-Hans/index.html")
    before = page.locator("main p").last.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
    page.locator("[data-elder-toggle]").click()
    assert page.locator("[data-elder-toggle]").get_attribute("aria-pressed") == "true"
    page.goto(f"{site}zh-Hans/{COMMITMENT}")
    sizes = page.locator("main p, main dd, main a").evaluate_all(
        "all => all.filter(one => one.innerText.trim()).map(one => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= 24 > before  # 18 pt
    assert page.locator("[data-elder-toggle]").bounding_box()["height"] >= 60
    page.locator("[data-elder-toggle]").click()
    page.reload()
    assert page.locator("html[data-elder]").count() == 0


def test_a_commitment_can_be_cited_and_its_link_copied(reader, web):
    page = reader(f"{web}en/{COMMITMENT}", permissions=["clipboard-read", "clipboard-write"])
    cite = page.locator(".cite").inner_text()
    today = page.evaluate("new Date().toLocaleDateString('sv')")
    assert f"(2020-02-03)[{today}]" in cite and "(2020, February 3)" in cite
    assert cite.count(f"{web}en/{COMMITMENT}") == 2
    page.locator("[data-copy-link]").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"{web}en/{COMMITMENT}"


def test_without_javascript_a_citation_names_the_official_address(reader, site):
    page = reader(f"{site}zh-Hans/{COMMITMENT}", java_script_enabled=False)
    cite = page.locator(".cite").inner_text()
    assert "[引用日期]" in cite and "www.hzsc.gov.cn" in cite
