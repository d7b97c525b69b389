"""Embeds in a real Chromium: in a page without a policy, under a strict one, and in a sanitised article of a CMS."""

import functools
import http.server
import json
import threading

import nh3
import pytest

from .conftest import edit
from .test_embed import HOSTILE, REPORT, snippets

pytestmark = pytest.mark.browser

CARD = "sc2020-s4-027"
SAYS = {
    "zh-Hans": ("待评估", "杭州市上城区人民政府"),
    "zh-Hant": ("待評估", "杭州市上城區人民政府"),
    "en": ("Not yet assessed", "Hangzhou"),
}
PLACEHOLDER = "https://site.example/yanxing/"


class Host:
    """A website of somebody else's: pages with the response headers that it is told, and what it was asked."""

    def __init__(self, folder=None):
        self.pages: dict[str, tuple[str, str]] = {}
        self.asked: list[tuple[str, str, str]] = []  # path, Referer, Cookie

        class Handler(http.server.SimpleHTTPRequestHandler):
            def do_GET(handler):
                self.asked.append((handler.path, handler.headers.get("Referer", ""), handler.headers.get("Cookie", "")))
                body, policy = self.pages.get(handler.path, (None, ""))
                if body is None and folder:
                    return super().do_GET()
                handler.send_response(200 if body is not None else 404)
                kind = "text/javascript" if handler.path.endswith(".js") else "text/html"
                handler.send_header("Content-Type", f"{kind}; charset=utf-8")
                if policy:
                    handler.send_header("Content-Security-Policy", policy)
                handler.end_headers()
                return handler.wfile.write((body or "").encode())

            def log_message(handler, *args):
                pass

        made = functools.partial(Handler, directory=str(folder)) if folder else Handler
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), made)
        self.origin = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def put(self, body, policy="", lang="en", path="/page.html"):
        head = (
            '<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">' if not policy else ""
        )
        self.pages[path] = (
            f'<!doctype html><html lang="{lang}"><meta charset="utf-8">{head}<title>Host</title><h1>Host</h1>{body}<p id="end">after</p>',
            policy,
        )
        return self.origin + path


@pytest.fixture(scope="module")
def publisher(built):
    host = Host(built)
    yield host
    host.server.shutdown()


@pytest.fixture
def host():
    host = Host()
    host.pages["/favicon.ico"] = ("", "")
    yield host
    host.server.shutdown()


@pytest.fixture
def visit(chromium, publisher, host):
    """Open a host's page; fails on errors, dialogs, cookies, and requests to anyone but host and publisher."""
    contexts, wrong = [], []

    def open_page(url, *, errors=False, **options):
        contexts.append(chromium.new_context(reduced_motion="reduce", **options))
        page = contexts[-1].new_page()
        if not errors:
            page.on("console", lambda message: message.type == "error" and wrong.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: wrong.append(f"page error: {error}"))
        page.on("dialog", lambda dialog: (wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        allowed = (publisher.origin, host.origin, "data:")
        page.on("request", lambda one: one.url.startswith(allowed) or wrong.append(f"request elsewhere: {one.url}"))
        page.goto(url)
        return page

    yield open_page
    for context in contexts:
        if context.cookies():
            wrong.append("cookies")
        context.close()
    leaks = [one for one in publisher.asked if host.origin in one[1] or one[2]]
    assert not wrong and not leaks, "\n".join([*wrong, *map(str, leaks)])


@pytest.fixture
def ways(built, publisher):
    """The code that a commitment's page gives, with the publisher's real address, as its reader would copy it."""

    def code(language, card=CARD):
        page = built / "site" / language / REPORT / "commitments" / f"{card}.html"
        names = ("iframe", "fragment", "styled", "include", "element")
        return dict(
            zip(names, (one.replace(PLACEHOLDER, publisher.origin + "/site/") for one in snippets(page)), strict=True)
        )

    return code


def fits(place, width):
    """Nothing is wider than `width`, and nothing that is shown is empty."""
    assert place.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("language", list(SAYS))
@pytest.mark.parametrize("policy", ["", "default-src 'self'; frame-src {publisher}"], ids=["no policy", "strict"])
def test_an_iframe_shows_the_card(visit, host, publisher, ways, language, policy):
    page = visit(
        host.put(ways(language)["iframe"], policy.format(publisher=publisher.origin)),
        viewport={"width": 800, "height": 700},
    )
    card = page.frame_locator("iframe")
    card.locator("h1").wait_for()
    for words in SAYS[language]:
        assert words in card.locator("main").inner_text()
    frame = page.frames[1]
    assert frame.evaluate("document.documentElement.lang") == language
    fits(frame, 800)
    assert frame.evaluate("document.documentElement.scrollHeight <= innerHeight"), "the height in the code is enough"
    assert page.evaluate("document.querySelector('iframe').clientHeight") < 420, "and not far too much"
    card.locator("a").click()
    page.wait_for_url(f"{publisher.origin}/site/{language}/{REPORT}/commitments/{CARD}.html")
    assert page.locator("h1.quote").is_visible(), "the link leads out of the frame"


@pytest.mark.parametrize("language", list(SAYS))
def test_a_fragment_needs_only_self(visit, host, publisher, ways, language):
    """Without styles, with them (which the policy ignores, and says so), and as a CMS that sanitises leaves both."""
    code = ways(language)
    plain, styled = code["fragment"], code["styled"]
    small = {"width": 320, "height": 700}
    page = visit(host.put(plain + nh3.clean(plain) + nh3.clean(styled), "default-src 'self'"), viewport=small)
    _fragments(page, language, publisher, 3)
    for policy in ("", "default-src 'self'"):
        page = visit(host.put(styled, policy), errors=bool(policy), viewport=small)
        _fragments(page, language, publisher, 1)
    page.get_by_role("link").click()
    page.wait_for_url("**/site/**")


def _fragments(page, language, publisher, number):
    fits(page, 320)
    articles = page.locator("article").all()
    assert len(articles) == number
    for article in articles:
        assert all(words in article.inner_text() for words in SAYS[language])
        assert article.get_attribute("lang") == language
        link = article.get_by_role("link")
        assert link.get_attribute("rel") == "noopener noreferrer"
        assert link.get_attribute("href") == f"{publisher.origin}/site/{language}/{REPORT}/commitments/{CARD}.html"


@pytest.mark.parametrize("language", list(SAYS))
@pytest.mark.parametrize("policy", ["", "default-src 'self'; frame-src {publisher}"], ids=["no policy", "strict"])
def test_the_element_shows_the_card_at_its_height(visit, host, publisher, built, ways, language, policy):
    code = ways(language)["element"]
    if policy:  # its script copied to the host's own server
        script = (built / "site" / language / "embed/embed.js").read_text(encoding="utf-8")
        host.pages["/embed.js"] = (script, "")
        code = code.replace(f"{publisher.origin}/site/{language}/embed/embed.js", "/embed.js")
    page = visit(host.put(code, policy.format(publisher=publisher.origin)), viewport={"width": 800, "height": 700})
    frame = page.locator("yanxing-commitment iframe")
    frame.wait_for(state="visible")
    assert page.get_by_role("link").count() == 0, "the link that stood in for the card is gone"
    quote = page.evaluate("document.querySelector('yanxing-commitment').textContent")
    assert frame.get_attribute("title") == quote and frame.get_attribute("referrerpolicy") == "no-referrer"
    high = "document.body.getBoundingClientRect().height"
    for width in (800, 256):
        page.set_viewport_size({"width": width, "height": 700})
        inner = page.frames[1]
        for _ in range(100):  # until the frame has told its new height
            if abs(frame.bounding_box()["height"] - inner.evaluate(high)) <= 1:
                break
            page.wait_for_timeout(50)
        assert abs(frame.bounding_box()["height"] - inner.evaluate(high)) <= 1
        fits(inner, width)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/site/{language}/{REPORT}/commitments/{CARD}.html")


def test_the_element_takes_the_pages_language_and_follows_changes(visit, host, publisher):
    script = f'<script src="{publisher.origin}/site/en/embed/embed.js" referrerpolicy="no-referrer"></script>'
    element = f'<yanxing-commitment src="{publisher.origin}/site" id="{CARD}"></yanxing-commitment>'
    page = visit(host.put(script + element, lang="zh-TW"))
    page.locator("yanxing-commitment iframe").wait_for(state="visible")
    assert page.frames[1].evaluate("document.documentElement.lang") == "zh-Hant"
    page.evaluate("Object.assign(document.querySelector('yanxing-commitment'), { lang: 'en', id: 'list-glance' })")
    page.frame_locator("yanxing-commitment iframe").get_by_role("heading", name="Progress at a glance").wait_for()


def test_the_element_stays_a_link_where_it_cannot_show_the_card(visit, host, publisher, ways):
    code = ways("en")["element"]
    page = visit(host.put(code, f"default-src 'self'; script-src {publisher.origin}; frame-src 'none'"), errors=True)
    page.wait_for_function("!!customElements.get('yanxing-commitment')")
    assert page.get_by_role("link").is_visible()
    page.goto(host.put(code, "default-src 'self'", path="/none.html"))
    assert page.get_by_role("link").is_visible(), "without its script"
    wrong = code.replace(f'id="{CARD}"', 'id="x/../../y"').replace("<a", "<a id=link")
    page.goto(host.put(wrong, path="/wrong.html"))
    page.wait_for_function("!!customElements.get('yanxing-commitment')")
    assert page.get_by_role("link").is_visible() and page.locator("yanxing-commitment iframe").count() == 0
    page.goto(host.put(code.replace(f'src="{publisher.origin}/site/"', 'src="javascript:alert(1)"'), path="/evil.html"))
    page.wait_for_function("!!customElements.get('yanxing-commitment')")
    assert page.get_by_role("link").is_visible() and page.locator("yanxing-commitment iframe").count() == 0
    page.goto(host.put(code.replace(f'id="{CARD}"', 'id="sc2020-no-such"'), path="/missing.html"))
    page.locator("yanxing-commitment iframe").wait_for(state="detached", timeout=9000)
    assert page.get_by_role("link").is_visible()


def test_heights_are_believed_only_from_the_card_and_told_only_to_the_parent(visit, host, publisher, ways):
    page = visit(host.put(ways("en")["element"]))
    frame = page.locator("yanxing-commitment iframe")
    frame.wait_for(state="visible")
    before = frame.bounding_box()["height"]
    page.evaluate("postMessage({ yanxing: 'height', height: 9000 }, '*')")  # the host's own origin, not the card
    page.frames[1].evaluate("parent.postMessage({ yanxing: 'height', height: 'x' }, '*')")
    page.frames[1].evaluate("parent.postMessage({ yanxing: 'height', height: 1e9 }, '*')")
    page.frames[1].evaluate("parent.postMessage(null, '*')")
    page.wait_for_timeout(200)
    assert frame.bounding_box()["height"] == before
    page.evaluate(
        "addEventListener('message', (event) => { (window.heard ||= []).push(event.origin); });"
        "document.querySelector('yanxing-commitment').shadowRoot.querySelector('iframe').contentWindow.postMessage({ yanxing: 'other' }, '*')"
    )
    page.wait_for_timeout(200)
    assert not page.evaluate("window.heard"), "nothing but the question is answered"


@pytest.mark.parametrize("language", list(SAYS))
def test_cards_and_lists_fit_from_240_pixels(reader, web, language):
    page = reader(f"{web}{language}/embed/{REPORT}/{CARD}.html", viewport={"width": 240, "height": 600})
    fits(page, 240)
    for name in ("list-all", "list-glance", "list-key-targets"):
        page.goto(f"{web}{language}/embed/{REPORT}/{name}.html")
        fits(page, 240)


def test_a_card_follows_the_system_or_its_address(reader, web):
    address, ground = f"{web}en/embed/{REPORT}/{CARD}.html", "getComputedStyle(document.body).backgroundColor"
    light, dark = "rgb(255, 255, 255)", "rgb(20, 24, 30)"
    for scheme, anchor, expected in (
        ("light", "", light), ("dark", "", dark), ("dark", "#light", light), ("light", "#dark", dark), ("dark", "#dark", dark),
    ):  # fmt: skip
        assert reader(address + anchor, color_scheme=scheme).evaluate(ground) == expected, (scheme, anchor)
    page = reader(address + "#dark", color_scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate(ground) == light


@pytest.mark.parametrize("language", list(SAYS))
def test_a_card_works_from_the_disk_without_scripts(chromium, built, language):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((built / "site" / language / "embed" / REPORT / f"{CARD}.html").as_uri())
    assert SAYS[language][0] in page.locator("main").inner_text()
    page.locator("a").click()
    page.wait_for_url(f"**/{language}/{REPORT}/commitments/{CARD}.html")
    context.close()


def test_code_is_copied_with_the_sites_own_address(reader, web):
    page = reader(f"{web}en/{REPORT}/commitments/{CARD}.html", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_text("Frame (iframe)").click()
    page.get_by_role("button", name="Copy code").first.click()
    page.get_by_role("button", name="Copied").wait_for()
    assert f'<iframe src="{web}en/embed/{REPORT}/{CARD}.html"' in page.evaluate("navigator.clipboard.readText()")
    assert PLACEHOLDER not in page.locator(".ways").text_content()
    path = web.split("/", 3)[3]
    assert f'virtual="/{path}en/embed/' in page.locator(".ways").text_content()


@pytest.mark.parametrize("language", list(SAYS))
def test_the_guide_is_readable_and_its_lists_open(reader, site, language):
    page = reader(f"{site}{language}/embedding.html", viewport={"width": 390, "height": 844})
    fits(page, 390)
    page.locator('a[href$="list-glance.html"]').click()
    page.wait_for_url("**/list-glance.html")


def test_no_text_runs_or_breaks_the_host(qinghe, cli, visit, host, publisher, chromium):
    """Fragments, cards and frames of the worst text; `publisher` serves another site, so cards are opened by themselves."""
    folder = qinghe / "source/qinghe-2031"
    edit(folder / "report.txt", "出台人才安居办法", HOSTILE)
    file = folder / "commitments/qh2031-s1-002.md"
    edit(file, "quote: 出台人才安居办法", f"quote: {json.dumps(HOSTILE)}")
    cli("draft", "qinghe-2031", root=qinghe)
    cli("build", root=qinghe)
    site = qinghe / "site/zh-Hans"
    iframe, fragment, styled, _, element = snippets(site / "qinghe-2031/commitments/qh2031-s1-002.html")
    served = Host(qinghe)
    try:
        code = "".join((iframe, fragment, styled, nh3.clean(styled), element)).replace(
            PLACEHOLDER, served.origin + "/site/"
        )
        page = chromium.new_context(viewport={"width": 320, "height": 700}).new_page()
        wrong = []
        page.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(host.put(code))
        page.locator("yanxing-commitment iframe").wait_for(state="visible")
        assert page.locator("#end").inner_text() == "after" and page.locator("b").count() == 0
        assert page.locator("article").count() == 3 and len(page.frames) == 3
        for frame in page.frames[1:]:
            frame.locator("h1").wait_for()
            assert frame.locator("h1").inner_text() == HOSTILE
            fits(frame, 320)
            foot = frame.locator(".foot").bounding_box()
            assert foot["width"] > 0
        assert not wrong
        page.context.close()
    finally:
        served.server.shutdown()
