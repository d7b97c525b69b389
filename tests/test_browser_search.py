"""Search in a real Chromium: what it finds in three languages on http and from file://, how it is used, how fast it is.

Matching alone (overrides/assets/search.js, globalThis.yanxingMatch) is tested on an empty page with a small made-up index.
"""

import json
from urllib.parse import quote

import pytest

from .conftest import LANGUAGES, ROOT

pytestmark = pytest.mark.browser

REPORT = "shangcheng-2020"
SCRIPT = (ROOT / "overrides" / "assets" / "search.js").read_text(encoding="utf-8")
ANSWERED = "/\\d|没有|沒有|Nothing/.test(document.querySelector('.hits').textContent)"


def search(page, query):
    """Open the dialog if it is closed, ask, and give the results."""
    if not page.locator("dialog.search").is_visible():
        page.keyboard.press("/")
    page.locator("#search-query").fill("")
    page.locator("#search-query").fill(query)
    page.wait_for_function(ANSWERED)
    return page.locator(".results li")


@pytest.fixture(scope="module")
def opened(chromium, built, serve):
    """Home pages that stay open, for tests that only ask: `opened(language, way)`, the way being http or file."""
    pages, wrong = {}, []
    addresses = {"http": serve(built) + "site/", "file": (built / "site").as_uri() + "/"}
    context = chromium.new_context(reduced_motion="reduce")

    def page_of(language, way="http"):
        if (language, way) not in pages:
            page = pages[language, way] = context.new_page()
            page.on("console", lambda message: message.type == "error" and wrong.append(message.text))
            page.on("pageerror", lambda error: wrong.append(str(error)))
            page.goto(f"{addresses[way]}{language}/method.html")
        return pages[language, way]

    yield page_of
    context.close()
    assert not wrong, "\n".join(wrong)


# What is found. The first result says `found` and marks `marked`.

FINDS = [
    ("words from mid-sentence", "zh-Hans", "既有住宅加装电梯", "愿装尽装", "既有住宅加装电梯"),
    ("words from mid-sentence", "zh-Hant", "既有住宅加裝電梯", "願裝盡裝", "既有住宅加裝電梯"),
    ("words from mid-sentence", "en", "lifts to existing residential", "wherever residents wish", "residential"),
    ("part of a word, one character", "zh-Hans", "梯", "电梯", "梯"),
    ("part of a word, one character", "zh-Hant", "梯", "電梯", "梯"),
    ("part of a word", "zh-Hans", "治堵", "交通治堵", "治堵"),
    ("the last character counts", "zh-Hans", "小区", "小区", "小区"),
    ("a figure with its unit", "zh-Hans", "6亿元", "扩大到6亿元", "6亿元"),
    ("a figure with its unit", "zh-Hant", "6億元", "擴大到6億元", "6億元"),
    ("a figure with its unit", "en", "600 million yuan", "risk-pool fund", "600"),
    ("a figure with its unit", "zh-Hans", "80天", "最多80天", "80天"),
    ("a figure with its unit", "zh-Hant", "80天", "最多80天", "80天"),
    ("a figure with its unit", "en", "80 days", "80 days", "80"),
    ("a figure with its unit", "zh-Hans", "10000人", "新增城镇就业10000人", "10000人"),
    ("a figure with its unit", "zh-Hant", "10000人", "新增城鎮就業10000人", "10000人"),
    ("a figure without the comma of its thousands", "en", "10000 jobs", "10,000 new urban jobs", "10,000"),
    ("a figure with it", "en", "10,000", "10,000 new urban jobs", "10,000"),
    ("a figure with a comma that the text has not", "zh-Hans", "10,000人", "就业10000人", "10000人"),
    ("full-width figures", "zh-Hans", "１００００人", "就业10000人", "10000人"),
    ("full-width letters, half-width text", "en", "Ｌｉｆｔ", "lift", "lift"),
    ("several words", "zh-Hans", "电梯 既有住宅", "既有住宅加装电梯", "电梯"),
    ("several words, separated by a mark", "zh-Hans", "电梯、住宅", "既有住宅加装电梯", "电梯"),
    ("several words", "zh-Hant", "住宅　電梯", "既有住宅加裝電梯", "電梯"),
    ("several words", "en", "jobs urban", "10,000 new urban jobs", "urban"),
    ("a Traditional query on the Simplified site", "zh-Hans", "電梯", "电梯", "电梯"),
    ("a Simplified query on the Traditional site", "zh-Hant", "电梯", "電梯", "電梯"),
    ("one character for two", "zh-Hans", "著力", "着力", "着力"),
    ("one character for two", "zh-Hant", "着力", "著力", "著力"),
    ("a name in the other kind of quotation marks", "zh-Hans", "「未來社區」", "未来社区", "未来社区"),
    ("words that stand apart in the text", "zh-Hans", "老旧小区加装电梯", "加装电梯", "加装电梯"),
    ("words that stand apart in the text", "zh-Hant", "老旧小区加装电梯", "加裝電梯", "加裝電梯"),
    ("the same thing", "zh-Hans", "停车位", "泊位", "泊位"),
    ("the same thing", "en", "elevator", "lift", "lifts"),
    ("the same thing, in the plural", "en", "elevators", "lift", "lifts"),
    ("the same thing in two words", "en", "housing estate", "residential estates", "residential estates"),
    ("inflection", "en", "renovations", "renovat", "renovation"),
    ("derivation", "en", "modernise", "modernization", "modernization"),
    ("American spelling", "en", "labor", "labour", "labour"),
    ("a word begun", "en", "kinderg", "kindergarten", "kindergarten"),
    ("one typo", "en", "kindergarden", "kindergarten", "kindergarten"),
    ("letters exchanged", "en", "resettlemnet", "esettlement", "resettlement"),
    ("a typo in what means the same", "en", "elevater", "lift", "lifts"),
    ("an identifier", "zh-Hans", "sc2020-s4-027", "愿装尽装", ""),
]  # fmt: skip


@pytest.mark.parametrize("way", ["http", "file"])
@pytest.mark.parametrize(("reason", "language", "query", "found", "marked"), FINDS)
def test_search_finds(opened, way, reason, language, query, found, marked):
    first = search(opened(language, way), query).first
    assert found in first.inner_text(), reason
    assert "/commitments/sc2020-" in first.locator("a").get_attribute("href"), "commitments come first"
    assert not marked or marked.lower() in [one.lower() for one in first.locator("mark").all_inner_texts()]
    assert first.locator(".status").inner_text() in (
        "待评估",
        "推进中",
        "待評估",
        "推進中",
        "Not yet assessed",
        "In progress",
    )


@pytest.mark.parametrize("way", ["http", "file"])
@pytest.mark.parametrize(
    ("language", "query", "said"),
    [
        ("zh-Hans", "火星基地", "没有找到"),
        ("zh-Hant", "火星基地", "沒有找到"),
        ("en", "spaceship", "Nothing found"),
        ("zh-Hans", "电梯 火星", "没有找到"),
    ],
)
def test_search_says_when_nothing_is_found(opened, way, language, query, said):
    page = opened(language, way)
    assert search(page, query).count() == 0
    assert said in page.locator(".hits").inner_text()
    assert page.locator("#search-query").get_attribute("aria-expanded") == "false"
    assert page.locator("#search-results").is_hidden()


@pytest.mark.parametrize(
    ("language", "query", "found"),
    [
        ("zh-Hans", "elevator", "既有住宅加装电梯"),
        ("zh-Hant", "lifts", "既有住宅加裝電梯"),
        ("en", "加裝電梯", "fitting lifts"),
    ],
)
def test_a_word_of_the_other_language_finds_terms_and_no_commitments(opened, language, query, found):
    results = search(opened(language), query)
    links = results.locator("a").evaluate_all("links => links.map((link) => link.getAttribute('href'))")
    assert links and all("/glossary.html#" in link for link in links)
    item = results.filter(has_text=found)
    other = "zh-Hans" if language == "en" else "en"
    assert item.locator(f"[lang={other}] mark").count() == 1, "a name in the other language is marked as such"


@pytest.mark.parametrize(
    ("language", "query"), [("zh-Hans", "着力"), ("zh-Hans", "著力"), ("zh-Hant", "着力"), ("zh-Hant", "批复")]
)
def test_characters_that_stand_for_themselves_are_found_in_both_scripts(opened, language, query):
    assert search(opened(language), query).count() > 0


def test_every_hit_has_all_words(opened):
    found = opened("zh-Hans").evaluate("""async () => {
        const index = await yanxing.loadIndex(), matcher = yanxingMatch.matcher(index);
        index.entries.forEach(matcher.add);
        const urls = (query) => matcher.search(query).map((one) => one.entry.url).sort();
        return [urls("小区 停车"), urls("停车，小区"), urls("小区"), urls("停车")];
    }""")
    both, exchanged, one, other = map(set, found)
    assert both and both == exchanged == one & other


def test_paragraphs_come_after_commitments_and_are_all_there(opened):
    page = opened("en")
    results = search(page, "lifts")
    links = results.locator("a").evaluate_all("links => links.map((link) => link.getAttribute('href'))")
    kinds = ["/commitments/" in link for link in links if "/glossary.html" not in link]
    assert kinds == sorted(kinds, reverse=True) and False in kinds and True in kinds


def test_english_titles_begin_with_a_capital_letter(opened):
    title = search(opened("en"), "lifts").first.locator("strong")
    assert title.evaluate("title => getComputedStyle(title, '::first-letter').textTransform") == "uppercase"


# Use


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_combobox_is_used_by_keyboard(reader, web, language):
    page = reader(f"{web}{language}/{REPORT}/index.html")
    field, results = page.locator("#search-query"), search(page, "5%")
    attribute = field.get_attribute
    assert (attribute("role"), attribute("aria-controls"), attribute("aria-autocomplete")) == (
        "combobox",
        "search-results",
        "list",
    )
    assert attribute("aria-expanded") == "true" and attribute("aria-activedescendant") is None
    assert page.locator("#search-results").get_attribute("role") == "listbox"
    assert (
        page.locator(".hits").get_attribute("role") == "status"
        and str(results.count()) in page.locator(".hits").inner_text()
    )
    options = page.locator("#search-results [role=option]")
    last = options.count() - 1
    assert last >= 5

    def active():
        chosen = page.locator("#search-results [aria-selected=true]")
        assert chosen.count() == 1 and chosen.get_attribute("id") == attribute("aria-activedescendant")
        assert field.evaluate("field => field === document.activeElement"), "the field keeps the focus"
        return options.evaluate_all("all => all.findIndex((one) => one.ariaSelected === 'true')")

    for key, at in [
        ("ArrowDown", 0),
        ("ArrowDown", 1),
        ("ArrowUp", 0),
        ("End", last),
        ("ArrowDown", 0),
        ("End", last),
        ("Home", 0),
    ]:
        page.keyboard.press(key)
        assert active() == at, key
    page.keyboard.press("ArrowUp")
    assert attribute("aria-activedescendant") is None, "above the first result is the field"
    page.keyboard.press("Home")
    assert attribute("aria-activedescendant") is None, "there Home moves within the query"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    href = options.nth(1).evaluate("link => link.href")
    page.keyboard.press("Enter")
    page.wait_for_url(href)


def test_the_search_dialog_closes_by_keyboard_and_gives_the_focus_back(reader, site):
    page = reader(f"{site}zh-Hans/{REPORT}/index.html")
    page.locator("button[data-search-open]").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("小区")
    page.wait_for_selector(".results li")
    page.keyboard.press("Escape")
    assert page.locator("dialog.search").is_hidden()
    assert page.evaluate("document.activeElement.matches('[data-search-open]')")
    page.keyboard.press("/")
    assert page.locator("#search-query").input_value() == "小区", "the query is still there, and selected"
    page.keyboard.type("电梯")
    assert page.locator("#search-query").input_value() == "电梯"


def test_enter_opens_the_first_result(reader, site):
    page = reader(f"{site}zh-Hans/index.html")
    results = search(page, "裸眼3D形式进驻")
    assert results.count() == 1 and results.first.locator("mark").all_inner_texts() == ["裸眼3D形式进驻"]
    assert "p008" in results.first.inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{REPORT}/index.html#p008")


def test_many_results_are_listed_on_demand(reader, web):
    page = reader(f"{web}en/method.html")
    results = search(page, "district")
    assert results.count() == 50
    said = page.locator(".hits").inner_text()
    total = int(said.split()[0])
    assert total > 100 and said == f"{total} results, the first 50 listed"
    page.locator(".more").click()
    assert results.count() == 100 and "the first 100 listed" in page.locator(".hits").inner_text()
    assert page.locator("[aria-selected=true]").get_attribute("id") == "hit-50", (
        "reading goes on with the first new one"
    )
    for shown in range(100, total, 50):
        page.keyboard.press("End")
        page.keyboard.press("ArrowDown")
        assert page.locator("[aria-selected=true]").get_attribute("id") == f"hit-{shown}"
    assert results.count() == total
    assert page.locator(".hits").inner_text() == f"{total} results" and page.locator(".more").is_hidden()


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
    said = page.locator(".hits").inner_text()
    keyboard.send("Input.imeSetComposition", {"text": "dianti", "selectionStart": 6, "selectionEnd": 6})
    assert page.locator("#search-query").input_value() == "小区dianti" and page.locator(".hits").inner_text() == said
    for key in ("Enter", "ArrowDown", "Escape"):
        page.locator("#search-query").evaluate(
            "(field, key) => field.dispatchEvent(new KeyboardEvent('keydown', { key, isComposing: true, bubbles: true }))",
            key,
        )
    assert page.locator("dialog.search").is_visible() and page.locator("[aria-selected=true]").count() == 0
    keyboard.send("Input.insertText", {"text": " 电梯"})
    page.wait_for_function("said => document.querySelector('.hits').textContent !== said", arg=said)
    assert page.url.split("?")[0].endswith("/zh-Hans/index.html")


@pytest.mark.parametrize(("language", "query"), [("zh-Hans", "電梯"), ("en", "urban jobs")])
def test_a_query_in_the_address_of_the_home_page_is_asked(reader, site, language, query):
    page = reader(f"{site}{language}/index.html?q={quote(query)}")
    page.wait_for_selector("dialog.search .results li")
    assert page.locator("#search-query").input_value() == query
    page.locator("#search-query").fill("6%+")
    page.wait_for_function("location.search === '?q=6%25%2B'")
    page.keyboard.press("Escape")
    page.wait_for_function("location.search === ''")


def test_no_query_is_kept_elsewhere(reader, web):
    page = reader(f"{web}zh-Hans/{REPORT}/index.html?q=1")
    assert page.locator("dialog.search").is_hidden()
    assert page.evaluate("typeof globalThis.yanxingIndex") == "undefined", "the index is loaded at first use"


def test_an_index_that_cannot_be_loaded_is_said_and_tried_again(chromium, web):
    context = chromium.new_context()
    page = context.new_page()
    page.route("**/search/index.js", lambda route: route.abort())
    page.goto(f"{web}en/method.html")
    page.keyboard.press("/")
    page.keyboard.type("lif")
    page.wait_for_function("/could not be loaded/.test(document.querySelector('.hits').textContent)")
    page.unroute("**/search/index.js")
    page.keyboard.type("t")
    page.wait_for_selector(".results li")
    context.close()


# Speed

KEYSTROKE = """(query) => new Promise((resolve) => {
    const field = document.querySelector("#search-query"), begin = performance.now();
    field.value = query;
    field.dispatchEvent(new Event("input"));
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begin)));
})"""


@pytest.mark.parametrize(
    ("language", "queries"),
    [
        ("zh-Hans", ["电", "6亿元", "老旧小区加装电梯", "小区 停车"]),
        ("en", ["elevators", "distrct", "renovate the", "10000"]),
    ],
)
def test_search_is_quick_and_loading_leaves_the_keyboard_alone_with_ten_thousand_entries(
    reader, web, built, language, queries
):
    """The bound is loose, for machines that do other things; the aim is 100 ms from the keystroke to the first result."""
    file = built / "site" / language / "search" / "index.js"
    index = json.loads(file.read_text(encoding="utf-8")[len("yanxingIndex(") : -3])
    every = index["entries"]
    own = [
        [
            *entry[:3],
            entry[3] if isinstance(entry[3], str) else every[entry[3][0]][3][entry[3][1] : entry[3][2]],
            *entry[4:],
        ]
        for entry in every
        if entry[1] in "cp"
    ]
    index["entries"] = [[f"r{n}/{own[n % len(own)][0]}", *own[n % len(own)][1:]] for n in range(10_000)]
    script = f"globalThis.turns = 0; yanxingIndex({json.dumps(index, ensure_ascii=False)});"
    page = reader(f"{web}{language}/method.html")
    page.route(
        "**/search/index.js", lambda route: route.fulfill(body=script, content_type="text/javascript; charset=utf-8")
    )
    page.evaluate("() => { const turn = () => { globalThis.turns += 1; setTimeout(turn); }; turn(); }")
    page.keyboard.press("/")
    page.keyboard.type(queries[0])
    assert page.locator("#search-query").input_value() == queries[0], "typing goes on while the index is loaded"
    page.wait_for_function(ANSWERED)
    assert page.evaluate("turns") >= 3, "the index is made ready in slices"
    for query in queries:
        best = min(page.evaluate(KEYSTROKE, query) for _ in range(6))
        assert page.locator(".results li").count() == 50, query
        assert best < 400, query


# Matching alone


@pytest.fixture(scope="module")
def match(chromium):
    """Evaluate JavaScript on an empty page on which only search.js was loaded."""
    page = chromium.new_page()
    page.add_script_tag(content=SCRIPT)
    page.evaluate("""() => {
        globalThis.made = (entries, more = {}) => {
            const matcher = yanxingMatch.matcher({ fold: "電电梯梯區区", same: [], ...more });
            entries.forEach((one) => matcher.add(typeof one === "string" ? [one, "c", one] : one));
            return matcher;
        };
        globalThis.titles = (query, entries, more) => made(entries, more).search(query).map((one) => one.entry.title);
    }""")
    yield page.evaluate
    page.close()


def test_folding_gives_one_code_unit_for_one(match):
    wrong = match("""() => {
        const plain = yanxingMatch.folding("電电");
        const wrong = [];
        for (let code = 0; code < 0x110000; code += code < 0x10000 ? 1 : 7) {
            const char = String.fromCodePoint(code);
            if (plain(char).length !== char.length) wrong.push(code.toString(16));
            if (plain(plain(char)) !== plain(char)) wrong.push("twice " + code.toString(16));
        }
        return wrong;
    }""")
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＡＢＣ１２３％，；", "abc123%,;"), ("“甲”「乙」‘丙’", "'甲''乙''丙'"), ("電梯", "电梯"), ("Café É", "cafe e"), ("2019–2020", "2019-2020"),
        ("ﬁre ㎡ ① İ 𠮷", "ﬁre ㎡ 1 i 𠮷"), ("豈\u00a0甲", "豈 甲"), ("。、", "。、"),
    ],
)  # fmt: skip
def test_folding(match, text, folded):
    assert match("([text]) => yanxingMatch.folding('電电')(text)", [text]) == folded


@pytest.mark.parametrize(
    "words",
    [
        "elevator elevators", "renovate renovates renovated renovating renovation renovations", "city cities", "plan plans planned planning",
        "organise organize organisation organizations organizational", "labour labor", "colour colors", "centre center centres centred centered",
        "metre meters", "programme programs", "travelled traveled travelling", "develop development developing", "use uses used using",
        "analyse analyze", "make making", "employ employment employed", "implement implementation", "district district's", "address addresses",
        "improve improvement", "carry carried carries carrying", "agree agreed agreeing", "complete completion", "family families", "easy easily",
    ],
)  # fmt: skip
def test_inflected_words_have_one_stem(match, words):
    assert len(set(match("words => words.map(yanxingMatch.stem)", words.split()))) == 1


def test_other_words_have_other_stems(match):
    words = (
        "care car our or four for state station plan plain elevator elevate news new goods good nation national speed spend need"
        " thing the universe university business busy"
    ).split()
    stems = dict(zip(words, match("words => words.map(yanxingMatch.stem)", words), strict=True))
    assert stems.pop("national") == stems["nation"]
    assert len(set(stems.values())) == len(stems), stems


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("renovation", "renovaton", True), ("renovation", "renovvation", True), ("renovation", "renovetion", True), ("renovation", "renovatoin", True),
        ("renovation", "enovation", True), ("renovation", "renovatio", True), ("renovation", "renovation", True), ("renovation", "rneovatoin", False),
        ("renovation", "renovat", False), ("bridge", "fridges", False),
    ],
)  # fmt: skip
def test_one_typo_is_near(match, one, other, near):
    assert match("([one, other]) => yanxingMatch.near(one, other)", [one, other]) is near
    assert match("([one, other]) => yanxingMatch.near(other, one)", [one, other]) is near


@pytest.mark.parametrize(
    ("query", "entries", "found"),
    [
        ("6亿元", ["投入16亿元", "投入1.6亿元", "投入6亿元"], ["投入6亿元"]),
        ("5%", ["增长97.5%", "增长5%"], ["增长5%"]),
        ("10000", ["10,000 jobs", "110,000 jobs", "10,000,000 jobs", "100001 jobs", "10000 jobs"], ["10,000 jobs", "10000 jobs"]),
        ("000", ["10,000 jobs"], []),
        ("10,000", ["10000人"], ["10000人"]),
        ("1,234,567", ["1234567人", "1,234,567 people"], ["1234567人", "1,234,567 people"]),
        ("2.5", ["PM2.5", "12.5", "2.55"], ["PM2.5"]),
        ("400个", ["1400个", "400个"], ["400个"]),
    ],
)  # fmt: skip
def test_figures_are_found_whole(match, query, entries, found):
    assert match("([query, entries]) => titles(query, entries)", [query, entries]) == found


@pytest.mark.parametrize(
    ("reason", "query", "entries", "found"),
    [
        ("a word as typed hides those that it begins", "car", ["care", "car park", "cars"], ["car park", "cars"]),
        ("a word begun", "ca", ["care", "ocean"], ["care"]),
        ("a typo counts only where nothing else is found", "bridge", ["fridge", "bridges"], ["bridges"]),
        ("one typo in six letters", "brigde", ["a bridge", "abrade"], ["a bridge"]),
        ("a letter missing of six", "brige", ["a bridge"], ["a bridge"]),
        ("the first letter missing", "ridges", ["a bridge"], ["a bridge"]),
        ("the plural of a short word", "huoses", ["a house", "houses"], ["houses", "a house"]),
        ("no typo in five letters", "rover", ["rivers", "river"], []),
        ("as typed before inflected", "homes", ["homed", "homes", "home"], ["homes", "home", "homed"]),
        ("title before text", "lift", [["1", "c", "x", "a lift"], ["2", "c", "lift", ""]], ["lift", "x"]),
        ("early before late", "lift", ["the old residential lift", "lift of the old estate"], ["lift of the old estate", "the old residential lift"]),
        ("a phrase before its words", "social care", ["care is social", "the social care"], ["the social care", "care is social"]),
        ("a commitment before a paragraph", "lift", [["1", "p", "x", "lift"], ["2", "c", "y", "lift"]], ["y", "x"]),
        ("all words", "new lift", ["new", "lift", "newly", "a lift as new"], ["a lift as new"]),
        ("a hyphen is no letter", "micro-renewal", ["micro renewal", "the “micro-renewal”", "renewal"], ["micro renewal", "the “micro-renewal”"]),
        ("either apostrophe", "people's", ["the people’s congress"], ["the people’s congress"]),
        ("Latin letters within Han text", "app", ["推广APP应用", "apply"], ["推广APP应用"]),
        ("letters and figures", "5g", ["建设5G基站", "15G"], ["建设5G基站"]),
        ("a query in one piece, its words apart", "小区装电梯", ["为小区加装电梯", "为小区", "小区，装电梯"], ["小区，装电梯", "为小区加装电梯"]),
        ("but no single characters", "火星基地", ["火是火，星是星，地是地，基是基"], []),
        ("marks are no words", "，。！", ["甲，乙。"], []),
        ("both scripts", "電梯", ["电梯", "電梯"], ["电梯", "電梯"]),
    ],
)  # fmt: skip
def test_matching(match, reason, query, entries, found):
    assert match("([query, entries]) => titles(query, entries)", [query, entries]) == found, reason


def test_words_that_mean_the_same(match):
    same = {
        "same": [
            ["lift", "elevator"],
            ["housing estate", "residential community"],
            ["停车位", "泊位"],
            ["GDP", "生产总值"],
        ]
    }

    def titles(query, *entries):
        return match("([query, entries, same]) => titles(query, entries, same)", [query, entries, same])

    assert titles("elevator", "two lifts", "lifted out of poverty") == ["two lifts"]
    assert titles("lift", "an elevator", "lifted") == ["lifted", "an elevator"]
    assert titles("housing estates", "a residential community", "community for residential use", "estate with housing") == [
        "estate with housing", "a residential community",
    ]  # fmt: skip
    assert titles("新增停车位", "新增泊位400个", "新增车辆") == ["新增泊位400个"]
    assert titles("gdp", "地区生产总值增长5%") == ["地区生产总值增长5%"]
    assert titles("elevatr", "two lifts") == ["two lifts"]


def test_what_is_marked_is_what_was_found(match):
    """Places lead back to the text itself, past characters that folding could have lengthened."""
    marked = match("""() => {
        const title = "ﬁrst ㎡ İ 𠮷 “電梯” Café１０，０００人", text = "甲…乙ELEVATORS";
        const [one] = made([["x", "c", title, text, "丙"]]).search("电梯 cafe elevator 丙");
        const all = [title, text, "丙"].join("\\n\\n\\n");
        return one.spans.map((own) => all.slice(own[0][0], own[0][1]));
    }""")
    assert marked == ["電梯", "Café", "ELEVATORS", "丙"]


def test_the_excerpt_is_the_sentence_with_most_words(match):
    excerpt = """([text, query, most]) => {
        const [one] = made([["x", "p", "", text]]).search(query);
        const [from, to] = yanxingMatch.excerpt(one, most);
        return text.slice(from, to);
    }"""
    text = "小区整治。新建小区停车场。绿化。"
    assert match(excerpt, [text, "小区 停车", 110]) == "新建小区停车场。"
    assert match(excerpt, [text, "绿化", 110]) == "绿化。"
    assert "电梯" in match(excerpt, ["前" * 300 + "电梯" + "后" * 300, "电梯", 110])
    assert len(match(excerpt, ["前" * 300 + "电梯" + "后" * 300, "电梯", 110])) <= 110
    cut = match(excerpt, ["some words " * 60 + "lifts " + "other words " * 60, "lift", 100])
    assert "lifts" in cut and cut.split()[0] in ("some", "words") and cut.split()[-1] in ("other", "words")
