"""Embeds in a real Chromium: in a page without a policy, under a strict one, and in a sanitised article of a CMS."""

import base64
import functools
import http.server
import io
import json
import mimetypes
import re
import threading
import unicodedata
from urllib.parse import unquote, urlsplit

import nh3
import pytest
from pypdf import PdfReader

from .conftest import edit
from .test_embed import HOSTILE, REPORT, snippets, unstyled

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
        names = ("iframe", "styled", "include", "element")
        found = dict(
            zip(names, (one.replace(PLACEHOLDER, publisher.origin + "/site/") for one in snippets(page)), strict=True)
        )
        return found | {"fragment": unstyled(found["styled"])}

    return code


def fits(place, width):
    """Nothing is wider than `width`, and nothing that is shown is empty."""
    assert place.evaluate("document.documentElement.scrollWidth") <= width


def settled(frame):
    """A frame whose style sheet and fonts are there: it loads when it comes near the window, and only then can be measured."""
    frame.wait_for_load_state("load")
    frame.evaluate("document.fonts.ready.then(() => true)")
    return frame


# What a picture shows, asked of the page that is in it: what has text can be seen, nothing lies on anything else or is cut
# at its side, and every text stands out from its ground (WCAG 1.4.3).
PICTURE = """(blocks) => {
  const wrong = [], seen = (one) => one.getClientRects().length > 0 && getComputedStyle(one).visibility === "visible";
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map((one) => one / 255).map((one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (one) => {
    for (; one; one = one.parentElement) {
      const colour = getComputedStyle(one).backgroundColor;
      if (!/^rgba\\(.*, 0\\)$/.test(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const texts = [...document.querySelectorAll("body *")].filter((one) => [...one.childNodes].some((part) => part.nodeType === 3 && part.data.trim()));
  for (const one of texts.filter((text) => !text.matches("script, style") && !(matchMedia("print").matches && text.matches(".parts a")))) {
    const what = one.localName + " " + one.textContent.slice(0, 20), box = one.getBoundingClientRect();
    if (!seen(one) || !box.width || !box.height) wrong.push("cannot be seen: " + what);
    if (box.left < -0.5 || box.right > innerWidth + 0.5) wrong.push("is cut: " + what);
    const [high, low] = [light(getComputedStyle(one).color), light(ground(one))].sort((a, b) => b - a);
    if ((high + 0.05) / (low + 0.05) < 4.5) wrong.push("hardly stands out: " + what);
  }
  for (const parent of document.querySelectorAll(blocks)) {
    const boxes = [...parent.children].map((one) => [one.getBoundingClientRect(), one]);
    boxes.slice(1).forEach(([box, one], at) => { if (box.top < boxes[at][0].bottom - 1) wrong.push("lies on what is before: " + one.localName); });
  }
  return wrong;
}"""
# How much of a picture is not its ground, and in how many of ten bands from top to bottom there is any of it.
INK = """async (data) => {
  const image = new Image();
  image.src = "data:image/png;base64," + data;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  const { data: pixels } = pen.getImageData(0, 0, image.width, image.height);
  const middle = 4 * (image.width * Math.floor(image.height / 2) + image.width - 12); // right of the text
  const bands = Array(10).fill(0);
  let ink = 0;
  for (let at = 0; at < pixels.length; at += 4) {
    if (Math.abs(pixels[at] - pixels[middle]) + Math.abs(pixels[at + 1] - pixels[middle + 1]) + Math.abs(pixels[at + 2] - pixels[middle + 2]) < 120) continue;
    ink += 1;
    if ((at / 4) % image.width > 8) bands[Math.floor((10 * at) / pixels.length)] += 1;
  }
  return { ink: ink / (image.width * image.height), bands: bands.filter((one) => one > 20).length };
}"""
CMS = "<style>body { max-width: 760px; margin: 0 auto; padding: 12px; font: 16px/1.8 sans-serif }</style>"


@pytest.mark.parametrize("language", list(SAYS))
def test_three_hosts_show_card_and_fragment(visit, host, publisher, ways, chromium, tmp_path, language):
    """No policy, a strict one, a sanitised article: on a phone and a desktop, looked at in pictures and in the page."""
    code = ways(language)
    strict = f"default-src 'self'; frame-src {publisher.origin}"
    hosts = {
        "free": (CMS + code["iframe"] + code["styled"], ""),
        "strict": (code["iframe"] + code["fragment"], strict),
        "cms": (CMS + nh3.clean(code["styled"]) + nh3.clean(code["fragment"]), ""),
    }
    blank = chromium.new_page()
    for name, (body, policy) in hosts.items():
        page = visit(host.put(body, policy, path=f"/{name}.html"), viewport={"width": 1280, "height": 900})
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            articles = page.locator("article").all()
            shown = [*articles, *page.locator("iframe").all()]
            assert len(articles) == (2 if name == "cms" else 1) and len(shown) == 2
            for frame in page.frames[1:]:
                page.locator("iframe").scroll_into_view_if_needed()
                page.frame_locator("iframe").locator("h1").wait_for()
                settled(frame)
                _card_in_frame(page, frame, language, width)
            for article in articles:
                _fragment(article, language, publisher)
            assert page.evaluate(PICTURE, "article, article ul") == [], (name, width)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            page.screenshot(path=tmp_path / f"{name}-{width}.png", full_page=True)
            for one in shown:
                drawn = blank.evaluate(INK, base64.b64encode(one.screenshot()).decode())
                assert 0.01 < drawn["ink"] < 0.4 and drawn["bands"] >= 5, (name, width, drawn)
        if name != "cms":
            page.frame_locator("iframe").locator("a").click()
            page.wait_for_url(f"{publisher.origin}/site/{language}/{REPORT}/commitments/{CARD}.html")
            assert page.locator("h1.quote").is_visible(), "the link leads out of the frame"
    blank.close()


def _card_in_frame(page, frame, language, width):
    assert all(words in frame.locator("main").inner_text() for words in SAYS[language])
    assert frame.evaluate("document.documentElement.lang") == language
    assert frame.evaluate(PICTURE, "main, main ul") == []
    fits(frame, width)
    if width >= 600:
        assert frame.evaluate("document.documentElement.scrollHeight <= innerHeight"), (
            "the height in the code is enough"
        )
        assert page.evaluate("document.querySelector('iframe').clientHeight") < 430, "and not far too much"


def _fragment(article, language, publisher):
    assert all(words in article.inner_text() for words in SAYS[language])
    assert article.get_attribute("lang") == language
    link = article.get_by_role("link")
    assert "noreferrer" in link.get_attribute("rel")
    assert link.get_attribute("href") == f"{publisher.origin}/site/{language}/{REPORT}/commitments/{CARD}.html"


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_the_height_is_enough_in_wider_fonts(chromium, built, language):
    """Readers have other fonts than this machine; the height of a card must not depend on a few pixels."""
    page = chromium.new_page(viewport={"width": 600, "height": 100})
    for card in ("sc2020-s1-001", "sc2020-s4-018", "sc2020-s4-032", "sc2020-s4-033", "sc2020-l05-02"):
        code = snippets(built / "site" / language / REPORT / "commitments" / f"{card}.html")[0]
        page.goto((built / "site" / language / "embed" / REPORT / f"{card}.html").as_uri())
        for spacing in ("0", ".02em"):
            high = page.evaluate(
                "(spacing) => { document.body.style.letterSpacing = spacing; return document.body.getBoundingClientRect().height; }",
                spacing,
            )
            assert high + 4 <= int(re.search(r'height="(\d+)"', code)[1]) <= high + 110, (card, spacing)
    page.close()


def test_a_fragment_needs_only_self(visit, host, publisher, ways):
    """Without styles, and with them, which the policy ignores, and says so; both as a CMS that sanitises leaves them."""
    code, small = ways("en"), {"width": 320, "height": 700}
    plain, styled = code["fragment"], code["styled"]
    page = visit(host.put(plain + nh3.clean(plain) + nh3.clean(styled), "default-src 'self'"), viewport=small)
    other = visit(host.put(styled, "default-src 'self'", path="/styled.html"), errors=True, viewport=small)
    for place, number in ((page, 3), (other, 1)):
        fits(place, 320)
        assert place.locator("article").count() == number
        for article in place.locator("article").all():
            _fragment(article, "en", publisher)
    other.get_by_role("link").click()
    other.wait_for_url("**/site/**")


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
        inner = settled(page.frames[1])
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
    page = reader(address)
    for scheme, anchor, expected in (
        ("light", "", light), ("dark", "", dark), ("dark", "#light", light), ("light", "#dark", dark), ("dark", "#dark", dark),
    ):  # fmt: skip
        page.emulate_media(color_scheme=scheme)
        page.goto("about:blank")  # or only the anchor would change
        page.goto(address + anchor)
        assert page.evaluate(ground) == expected, (scheme, anchor)
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


def test_code_is_copied_with_the_sites_own_address(reader, web, built):
    page = reader(f"{web}en/{REPORT}/commitments/{CARD}.html", permissions=["clipboard-read", "clipboard-write"])
    read = "navigator.clipboard.readText()"
    page.get_by_text("Frame (iframe)").click()
    page.get_by_role("button", name="Copy code").first.click()
    page.get_by_role("button", name="Copied").wait_for()
    assert f'<iframe src="{web}en/embed/{REPORT}/{CARD}.html"' in page.evaluate(read)
    said = page.locator(".ways").text_content()
    assert PLACEHOLDER not in said and f'virtual="/{web.split("/", 3)[3]}en/embed/' in said
    assert page.locator(".ways details").count() == 5, "the fragment without styles is made here, of the one with them"
    page.locator(".ways summary", has_text="HTML fragment without styles").click()
    page.locator(".ways details[open] button", has_text="Copy code").last.click()
    page.locator(".ways details[open] button", has_text="Copied").last.wait_for()
    file = (built / "site/en/embed" / REPORT / f"{CARD}.fragment.html").read_text("utf-8")
    assert re.sub(r'<p><a href="[^"]*" rel="noreferrer">.*?</p>\n', "", page.evaluate(read)).strip() == file.strip()


def test_without_a_script_the_code_is_there_and_the_fragments_file(chromium, built):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((built / "site/en" / REPORT / f"commitments/{CARD}.html").as_uri())
    page.locator(".ways summary").last.click()
    assert page.locator(".ways details code").last.is_visible() and page.locator(".ways button").count() == 0
    page.get_by_role("link", name="HTML fragment without styles").click()
    page.wait_for_url(f"**/{CARD}.fragment.html")
    context.close()


def test_copying_works_on_an_intranet_without_https(chromium, built):
    """There a page has no clipboard. Where the older command is refused, too, what to copy is selected, and that is said."""
    context = chromium.new_context()

    def answer(route):
        path = built / "site" / unquote(urlsplit(route.request.url).path).lstrip("/")
        route.fulfill(body=path.read_bytes(), content_type=mimetypes.guess_type(path.name)[0] or "text/html")

    context.route("http://oa.intranet.example/**", answer)
    page = context.new_page()
    commitment = f"http://oa.intranet.example/en/{REPORT}/commitments/{CARD}.html"
    pasted = (
        """() => { const field = document.createElement("textarea"); document.body.append(field); field.focus(); }"""
    )

    def paste():
        page.evaluate(pasted)
        page.keyboard.press("Control+V")
        return page.locator("body > textarea").last.input_value()

    page.goto(commitment)
    assert page.evaluate("!isSecureContext && !navigator.clipboard")
    page.locator("[data-copy-link]").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert paste() == commitment and page.locator("input.copied").count() == 0
    page.get_by_text("Server-side include").click()
    page.locator(".ways details[open] button").click()
    page.locator(".ways details[open] button", has_text="Copied").wait_for()
    assert paste() == f'<!--#include virtual="/en/embed/{REPORT}/{CARD}.fragment.html" -->'

    page.evaluate("void (document.execCommand = () => false)")
    page.locator(".ways details[open] button").click()
    page.locator(".ways details[open] button", has_text="press Ctrl+C").wait_for()
    assert page.evaluate("getSelection().toString()").startswith("<!--#include")

    page.goto(f"http://oa.intranet.example/en/{REPORT}/commitments/index.html?status=not-assessed")
    page.locator("[data-copy-view]").click()
    page.locator("[data-copy-view]", has_text="Copied").wait_for()
    assert paste().startswith(f"http://oa.intranet.example/en/{REPORT}/commitments/index.html")
    page.evaluate("void (document.execCommand = () => { throw new Error(); })")
    page.locator("[data-copy-view]").click()
    page.locator("[data-copy-view]", has_text="press Ctrl+C").wait_for()
    field = page.locator("input.copied")
    assert field.evaluate("one => one === document.activeElement && one.selectionEnd === one.value.length")
    context.close()


def test_a_long_list_is_read_on_in_its_frame(visit, host, publisher):
    """Of a list's links only those to its other pages stay in the frame, also in the element, which follows their height."""
    script = f'<script src="{publisher.origin}/site/en/embed/embed.js" referrerpolicy="no-referrer"></script>'
    element = f'<yanxing-commitment src="{publisher.origin}/site" id="list-all" lang="en"></yanxing-commitment>'
    page = visit(host.put(script + element))
    frame = page.frame_locator("yanxing-commitment iframe")
    frame.get_by_role("link", name="Next page").click()
    frame.get_by_role("link", name="Previous page").wait_for()
    inner = settled(page.frames[1])
    assert inner.url.endswith("list-all-2.html") and page.url.startswith(host.origin)
    page.wait_for_function(
        "(high) => Math.abs(document.querySelector('yanxing-commitment').shadowRoot.querySelector('iframe').clientHeight - high) <= 1",
        arg=inner.evaluate("document.body.getBoundingClientRect().height"),
    )


def _as_printed(text):
    """A pattern: in a PDF, 民 may be told as a radical that looks the same (U+2E80 to U+2EFF)."""
    plain = unicodedata.normalize("NFKC", "".join(text.split()))
    return "".join(f"(?:{re.escape(mark)}|[\u2e80-\u2eff])" for mark in plain)


@pytest.mark.parametrize("language", list(SAYS))
def test_cards_and_lists_print_whole_in_black_with_their_links(reader, web, language):
    page = reader(f"{web}{language}/embed/{REPORT}/{CARD}.html#dark", viewport={"width": 700, "height": 900})
    for name in (CARD, "list-all-2"):
        page.goto(f"{web}{language}/embed/{REPORT}/{name}.html#dark")
        page.emulate_media(media="print", color_scheme="dark")
        fits(page, 700)
        assert page.evaluate(PICTURE, "main, main ul, ol") == []
        colours = page.locator("main, main *:visible").evaluate_all(
            "all => [...new Set(all.flatMap((one) => [getComputedStyle(one).color, getComputedStyle(one).backgroundColor]))].sort()"
        )
        assert colours == ["rgb(0, 0, 0)", "rgba(0, 0, 0, 0)"], "black, on the paper"
        ids = page.locator("main li").count()
        leaves = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
        printed = unicodedata.normalize("NFKC", "".join("".join(leaf.extract_text() for leaf in leaves).split()))  # ﬁ
        quotes = page.locator("h1, li > a").all_inner_texts()
        assert [quote for quote in quotes if not re.search(_as_printed(quote), printed, re.I)] == []
        assert f"({web}{language}/{REPORT}/commitments/" in printed
        if name == CARD:
            assert len(leaves) == 1 and f"/commitments/{CARD}.html)" in printed
        else:
            assert len(leaves) > 1 and len(set(re.findall(r"/(sc2020-\w+-\d+)\.html\)", printed))) == ids > 20


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
    iframe, styled, _, element = snippets(site / "qinghe-2031/commitments/qh2031-s1-002.html")
    fragment = unstyled(styled)
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
            settled(frame)
            assert frame.locator("h1").inner_text() == HOSTILE
            fits(frame, 320)
            foot = frame.locator(".foot").bounding_box()
            assert foot["width"] > 0
        assert not wrong
        page.context.close()
    finally:
        served.server.shutdown()
