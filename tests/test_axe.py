"""Every kind of page in every language: for every reader, on every screen, under a strict policy, without scripts, on paper."""

import re
import unicodedata
from collections import Counter
from importlib.resources import files

import pypdf
import pytest

from .audit import server
from .conftest import LANGUAGES

pytestmark = pytest.mark.browser

REPORT = "shangcheng-2020"
COMMITMENT = f"{REPORT}/commitments/sc2020-s0-006.html"
INDEX = f"{REPORT}/commitments/index.html"
KINDS = {
    "home": "index.html",
    "report": f"{REPORT}/index.html",
    "bilingual": f"{REPORT}/bilingual.html",
    "index": INDEX,
    "print": f"{REPORT}/print.html",
    "targets": f"{REPORT}/targets.html",
    "with targets": COMMITMENT,
    "with evidence": f"{REPORT}/commitments/sc2020-s1-001.html",
    "glossary": "glossary.html",
    "method": "method.html",
    "downloads": "downloads.html",
    "embedding": "embedding.html",
    "404": "404.html",
}
EMBEDDED = {
    "embedded card": f"embed/{REPORT}/sc2020-s1-001.html",
    "embedded list": f"embed/{REPORT}/list-key-targets.html",
}
PAGES = {
    f"{language} {kind}": f"{language}/{path}" for language in LANGUAGES for kind, path in (KINDS | EMBEDDED).items()
}
PAGES["the choice of a language"] = "index.html"

AXE = files("axe_playwright_python").joinpath("axe.min.js")
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
# Of what a page repeats without end (paragraphs, rows, terms) axe-core looks at so many; the other tests look at all.
FIRST = 40
REPEATED = ("main .para", "main .pairs", "main tbody tr", "main dl > div")
# A phone, the same at 200 %, a desk at 400 %, at 200 % and at its own size, and a large screen.
WIDTHS = (390, 195, 320, 640, 1280, 1920)


@pytest.fixture(scope="module")
def address(built):
    """The built site, compressed and under default-src 'self'."""
    running = server.start(built / "site")
    yield f"http://127.0.0.1:{running.server_port}/"
    running.shutdown()


@pytest.fixture(scope="module")
def open_tab(chromium):
    """Open tabs that keep what the console says of errors; all are closed at the end."""
    contexts = []

    def open_tab(**options):
        contexts.append(chromium.new_context(locale="fr-FR", reduced_motion="reduce", viewport=DESK, **options))
        page = contexts[-1].new_page()
        page.errors = []
        page.on("console", lambda one: one.type == "error" and page.errors.append(one.text))
        page.on("pageerror", lambda one: page.errors.append(str(one)))
        return page

    yield open_tab
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def tab(open_tab):
    return open_tab()


@pytest.fixture(scope="module", params=PAGES.values(), ids=PAGES)
def shown(request, tab, address):
    """A page that is opened once for all tests of it."""
    tab.errors.clear()
    tab.set_viewport_size(DESK)
    tab.goto(address + request.param)
    return tab


def findings(page):
    """What axe-core finds, a line for every rule and element."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        """async ([repeated, first, options]) => {
          const places = (one) => [...document.querySelectorAll(one)].filter((each) => each.checkVisibility());
          const away = repeated.flatMap((one) => places(one).slice(first)).map((one) => [new Comment(), one]);
          for (const [place, one] of away) one.replaceWith(place);
          const { violations } = await axe.run(document, options);
          for (const [place, one] of away) place.replaceWith(one);
          return violations;
        }""",
        [REPEATED, FIRST, {"runOnly": RULES, "resultTypes": ["violations"]}],
    )
    return [f"{one['id']}: {node['html'][:160]} {node['failureSummary']}" for one in found for node in one["nodes"]]


def wider(page, widths=WIDTHS):
    """The widths at which the page has to be scrolled sideways, each with the first element that stands out."""
    found = {}
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found[width] = page.evaluate(
                """width => [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > width + 1
                && ![...function* (up) { while ((up = up.parentElement)) yield up; }(one)].some(
                  (up) => up !== document.body && getComputedStyle(up).overflowX !== "visible"))
                .map((one) => one.outerHTML.slice(0, 120))[0]""",
                width,
            )
    return found


# Every page


def test_every_kind_of_page_is_looked_at(built):
    kind = re.compile(r'<body class="([^"]*)')
    texts = (page.read_text(encoding="utf-8") for page in (built / "site").rglob("*.html"))
    every = {found[1] for found in map(kind.search, texts) if found}
    texts = ((built / "site" / page).read_text(encoding="utf-8") for page in PAGES.values())
    here = {found[1] for found in map(kind.search, texts) if found}
    assert every == here


def test_a_strict_policy_refuses_nothing(shown):
    assert shown.errors == []


def test_axe_finds_nothing_on_a_phone_in_the_light(shown):
    shown.emulate_media(color_scheme="light")
    shown.set_viewport_size(PHONE)
    assert findings(shown) == []


def test_axe_finds_nothing_on_a_desk_in_the_dark(shown):
    shown.emulate_media(color_scheme="dark")
    shown.set_viewport_size(DESK)
    assert findings(shown) == []


def test_nothing_has_to_be_scrolled_sideways(shown):
    shown.emulate_media(color_scheme="light")
    assert wider(shown) == {}


def test_a_fragment_in_another_language_says_so(shown):
    """Screen readers choose their voice by it: Han on English pages, English sentences on Chinese ones."""
    wrong = shown.evaluate(r"""() => {
      const wrong = [];
      const han = /\p{Script=Han}/u, sentence = /[A-Za-z]+(?:[ ,’'-]+[A-Za-z]+){5}/;
      const check = (text, element, where) => {
        const language = element.closest("[lang]").lang;
        if (language.startsWith("zh") ? sentence.test(text) : han.test(text)) wrong.push(`${language} ${where}: ${text.trim().slice(0, 60)}`);
      };
      const texts = document.createTreeWalker(document, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const element = texts.currentNode.parentElement;
        if (!element.closest("script, style, code, .bibtex")) check(texts.currentNode.data, element, element.tagName);
      }
      for (const element of document.querySelectorAll("*")) {
        for (const name of ["title", "alt", "placeholder", "aria-label", "data-tip"]) {
          if (element.hasAttribute(name)) check(element.getAttribute(name), element, name);
        }
      }
      return [...new Set(wrong)];
    }""")
    assert wrong == []


def test_the_keyboard_comes_from_the_first_link_to_the_text(shown):
    """In the order of the page, each stop in sight and visibly the one that has the focus; the first leads to the text."""
    shown.set_viewport_size(DESK)
    shown.evaluate("document.activeElement.blur(), scrollTo(0, 0), getSelection().removeAllRanges()")
    stops = shown.evaluate_handle("""[...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")]
      .filter((one) => one.checkVisibility() && !one.closest("main, dialog, footer") && one.tabIndex >= 0)""")
    count = stops.evaluate("stops => stops.length")
    unlike = []
    for number in range(count):
        shown.keyboard.press("Tab")
        unlike += stops.evaluate(
            """(stops, number) => {
              const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
              const said = one.outerHTML.slice(0, 100);
              if (one !== stops[number]) return [`${number}: ${said} has the focus, not ${stops[number].outerHTML.slice(0, 100)}`];
              if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) return [`no outline: ${said}`];
              const inside = box.width > 0 && box.left >= 0 && box.right <= innerWidth && box.top >= 0 && box.bottom <= innerHeight;
              return inside || one.closest(".contents") ? [] : [`out of sight: ${said}`];
            }""",
            number,
        )
        if unlike or number > 40:  # the rest of a long table of contents is like its beginning
            break
    assert unlike == []
    if count:
        shown.locator(".skip").focus()
        shown.keyboard.press("Enter")
        assert shown.evaluate("document.activeElement.id") == "main"
    shown.keyboard.press("Tab")
    assert shown.evaluate("document.activeElement.closest('main, footer') !== null")


# States


def search(page):
    page.keyboard.press("/")
    page.locator("#search-query").fill({"en": "residents"}.get(page.locator("html").get_attribute("lang"), "小区"))
    page.wait_for_selector("dialog.search .results mark")


def tip(page):
    page.locator("main a[data-tip]").nth(3).focus()
    page.wait_for_selector(".tip:not([hidden])")


def commitment_tip(page):
    page.locator("main a.c[data-tip]").first.hover()
    page.wait_for_selector(".tip.card:not([hidden])")


def large(page):
    page.locator("[data-elder-toggle]").click()


def filtered(page):
    page.wait_for_function("document.querySelector('.filters .result').textContent.includes('7')")


def contents(page):
    page.locator(".contents summary").click()


STATES = {
    "search on a desk": ("index.html", DESK, search), "search on a phone": (COMMITMENT, PHONE, search),
    "a term's tip": (f"{REPORT}/index.html", PHONE, tip), "a commitment's card": (f"{REPORT}/index.html", DESK, commitment_tip),
    "large text at home": ("index.html", PHONE, large), "large text on a commitment": (COMMITMENT, PHONE, large),
    "large text in the index": (INDEX, DESK, large), "a filtered index": (INDEX + "?status=in-progress", PHONE, filtered),
    "the contents": (f"{REPORT}/index.html", PHONE, contents),
}  # fmt: skip


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_in_any_state(tab, address, language, state):
    path, size, do = STATES[state]
    tab.errors.clear()
    tab.emulate_media(color_scheme="dark" if language == "zh-Hant" else "light")
    tab.set_viewport_size(size)
    tab.goto(f"{address}{language}/{path}")
    do(tab)
    try:
        assert tab.errors == [] and findings(tab) == []
        assert wider(tab, [size["width"]]) == {}
    finally:
        tab.evaluate("localStorage.clear()")


# Weight, scripts, paper


def test_a_commitment_page_is_light_and_search_loads_only_when_it_is_used(open_tab, address):
    tab = open_tab()
    answers = []
    tab.on("requestfinished", lambda one: answers.append((one.url, one.sizes())))
    tab.goto(f"{address}en/{COMMITMENT}", wait_until="networkidle")
    weight = sum(sizes["responseBodySize"] + sizes["responseHeadersSize"] for _, sizes in answers)
    assert len(answers) > 3 and weight <= 120_000, answers
    assert not [url for url, _ in answers if "/search/" in url]
    search(tab)
    assert [url for url, _ in answers if "/search/index.js" in url]


@pytest.fixture(scope="module")
def plain(open_tab):
    return open_tab(java_script_enabled=False)


@pytest.mark.parametrize("kind", KINDS)
def test_without_scripts_a_page_is_read_and_left_by_its_links(plain, address, kind):
    plain.errors.clear()
    plain.goto(f"{address}zh-Hant/{KINDS[kind]}")
    assert plain.errors == []
    assert len(plain.locator("main").inner_text()) > 20
    assert plain.locator(".main-nav a:visible").count() > 3 and plain.locator(".languages a:visible").count() == 3
    idle = plain.locator("button:visible, input:visible, select:visible")
    assert idle.count() == 0, "what works by scripts only is not offered"
    for summary in plain.locator("details:not([open]) > summary").all():
        assert summary.is_visible()


def letters(text):
    """How often each character stands in a text, all Han as one: a font has one shape for 户 and 戶, for 长 and the radical ⻓."""
    text = unicodedata.normalize("NFKC", text).replace("―", "—")
    return Counter("字" if unicodedata.name(one, "").startswith("CJK") else one for one in "".join(text.split()))


@pytest.mark.parametrize(
    "language, kind", [("zh-Hans", "report"), ("zh-Hant", "with evidence"), ("en", "with evidence")]
)
def test_paper_has_the_text_once_the_targets_of_links_and_nothing_else(open_tab, address, tmp_path, language, kind):
    """Character by character: an item's number that list and text both bring, navigation or a lost line would show."""
    tab = open_tab()
    tab.goto(f"{address}{language}/{KINDS[kind]}")
    tab.pdf(path=tmp_path / "page.pdf", format="A4")
    printed = letters("".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "page.pdf").pages))
    tab.emulate_media(media="print")
    links = tab.locator("main a[rel~=external]").evaluate_all(
        "all => all.map((one) => ` (${one.getAttribute('href')})`)"
    )
    signs = tab.locator("main .status").evaluate_all(
        "all => all.map((one) => getComputedStyle(one, '::before').content[1])"
    )
    numbers = tab.locator("main ol").evaluate_all(
        "all => all.flatMap((one) => [...one.children].map((_, at) => `${at + 1}.`))"
    )
    assert links
    assert printed == letters(tab.locator("main").inner_text() + "".join(links + signs + numbers))
    breaks = tab.locator("main h2, main h3").evaluate_all("all => all.map((one) => getComputedStyle(one).breakAfter)")
    assert set(breaks) == {"avoid"}, "a heading stays with its text"
