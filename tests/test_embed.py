"""Embeds as files: every card and list, small, plain, safe against any text; oEmbed as its standard has it; a real nginx."""

import gzip
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import replace
from html.parser import HTMLParser
from itertools import product
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit
from urllib.request import Request, urlopen

import nh3
import pytest

from scripts import config, embed
from scripts.assemble import editions
from scripts.docs import write_docs
from scripts.edition import Said
from scripts.embed.snippets import servers

from .conftest import LANGUAGES, Html, edit

REPORT, BASE = "shangcheng-2020", "https://qinghe.example/promises/"
HOSTILE = (
    "建设<b>'智慧'</b>\"平台\"&amp;</script><script>alert(1)</script>--></style>\u202e倒置\u2067אבג\u200f"
    + "Donaudampf" * 40
)
UNPLAIN = re.compile("[\u202a-\u202e\u2066-\u2069]")


class Words(HTMLParser):
    """What of a fragment a sanitiser may not take: its tags, their links and languages, its text."""

    def __init__(self, text: str):
        super().__init__(convert_charrefs=True)
        self.found: list = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        kept = dict(attributes)
        self.found.append((tag, kept.get("href"), kept.get("lang")))

    def handle_data(self, data):
        self.text += data


def embeds(site, language, report=REPORT):
    return site / language / "embed" / report


def files(edition):
    """What one edition embeds, by path."""
    cut = embed.cuts([{edition.language: edition}], BASE)
    return dict(embed.files([edition], LANGUAGES, BASE, "言行", cut))


@pytest.fixture
def addressed(qinghe):
    """The docs of Qinghe, which stand at an address."""
    edit(qinghe / "source/site.yml", "base_url:\n", f"base_url: {BASE}\n")
    write_docs(config.load_project(qinghe))
    return qinghe / "docs"


# What there is


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_commitment_and_every_list_has_its_files(built, language):
    folder = embeds(built / "site", language)
    cards = {path.stem for path in (built / "site" / language / REPORT / "commitments").glob("sc2020-*.html")}
    pages = {path.stem for path in folder.glob("*.html") if not path.name.endswith(".fragment.html")}
    assert len(cards) == 240 and cards <= pages
    lists = pages - cards
    assert {"list-all", "list-glance", "list-key-targets", "list-s4", "list-l01", "list-theme-transport"} <= lists
    assert {path.name for path in folder.glob("*.fragment.html")} == {f"{name}.fragment.html" for name in pages}


def test_embeds_are_small(built):
    files = [path for language in LANGUAGES for path in (built / "site" / language / "embed").rglob("*.*")]
    large = [path for path in files if path.suffix == ".html" and path.stat().st_size > 10_000]
    assert large == []
    assert sum(path.stat().st_size for path in files) < 4_000_000
    assert len(gzip.compress((built / "site/en/embed/embed.js").read_bytes())) <= 5_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_needs_nothing_from_elsewhere_and_leads_back(built, language):
    for path in embeds(built / "site", language).glob("*.html"):
        if path.name.endswith(".fragment.html"):
            continue
        page = Html(path)
        assert page.tags[0] == ("html", {"lang": language, "dir": "ltr", "id": "light"})
        assert page.attributes("meta", name="referrer", content="no-referrer")
        assert page.attributes("meta", name="viewport") and page.attributes("title") is not None
        assert len(page.attributes("h1")) == 1 and len(page.attributes("main")) == 1
        assert page.attributes("base") == [{"target": "_top"}], "links lead out of the frame"
        links = page.attributes("a")
        assert links and all(one.get("target", "_self") == "_self" for one in links)
        assert all(one["rel"] in ("prev", "next") for one in links if "target" in one), "but for a list's other pages"
        assert not any(urlsplit(address).netloc for _, _, address in page.links)
        assert not any("style" in values for _, values in page.tags)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_list_goes_on_and_leaves_nothing_out(built, language):
    """From one page to the next every commitment is reached, once, in the ledger's order; back again, too."""
    folder = embeds(built / "site", language)
    name, before, found, words = "list-all.html", None, [], {"en": "{}–{} of 240"}.get(language, "第{}–{}")
    while name:
        page, fragment = Html(folder / name), Html(folder / name.replace(".html", ".fragment.html"))
        assert [one["href"] for one in page.attributes("a", rel="prev")] == ([before] if before else [])
        items = [Path(href).stem for _, _, href in page.links if "/commitments/sc2020-" in href]
        for one in (page, fragment):
            assert words.format(len(found) + 1, len(found) + len(items)) in " ".join(one.text.split())
            assert one.attributes("ol")[0].get("start", "1") == str(len(found) + 1)
            assert len(one.attributes("li")) == len(items) > 0
        found += items
        before, name = name, next((one["href"] for one in page.attributes("a", rel="next")), None)
    cards = [path.stem for path in (built / "site" / language / REPORT / "commitments").glob("sc2020-*.html")]
    assert sorted(found) == sorted(cards) and len(found) == 240
    assert len(list(folder.glob("list-all*.html"))) <= 2 * 10, "in as few files as hold them"
    short = Html(folder / "list-l01.html")
    assert len(short.attributes("li")) == 5 and not short.attributes("nav")


CARD = {
    "zh-Hans": (
        "新建社区养老服务站5个", "推进中", "2031年7月10日认定", "督查室", "青禾区人民政府", "2031", "截至2031年7月15日",
    ),
    "zh-Hant": ("新建社區養老服務站5個", "推進中", "2031年7月10日認定", "督查室", "青禾區人民政府", "以簡體中文原文為準"),
    "en": ("In progress", "assessed on 10 July 2031", "Qinghe District", "As of 15 July 2031", "Unofficial translation"),
}  # fmt: skip


def test_a_card_says_who_what_and_since_when(addressed):
    for language, kind in product(LANGUAGES, ("html", "fragment.html")):
        _says(addressed, language, kind)


def _says(addressed, language, kind):
    page = Html(embeds(addressed, language, "qinghe-2031") / f"qh2031-l01-01.{kind}")
    for words in CARD[language]:
        assert words in page.text
    if language == "en":  # nothing is translated here: the Chinese stands, and says so
        assert page.attributes("bdi", lang="zh-Hans")
    target = Html(embeds(addressed, language, "qinghe-2031") / f"qh2031-s2-001.{kind}").text
    assert "100" in target and "80" in target and "2030" in target


# Fragments


def test_a_sanitiser_takes_nothing_from_a_fragment(built, addressed):
    sites = ((built / "site", REPORT), (addressed, "qinghe-2031"))
    for (site, report), language in product(sites, LANGUAGES):
        for path in embeds(site, language, report).glob("*.fragment.html"):
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"<(?:script|style|link|img|iframe)|\s(?:class|id|style|on\w+)=", text), path
            before, after = Words(text), Words(nh3.clean(text))
            assert (before.found, before.text) == (after.found, after.text), path


def test_a_fragment_links_only_where_the_address_is_known(built, addressed):
    assert not Html(embeds(built / "site", "en") / "sc2020-s0-001.fragment.html").links
    for path in embeds(addressed, "en", "qinghe-2031").glob("*.fragment.html"):
        addresses = [address for _, _, address in Html(path).links]
        assert addresses and all(one.startswith(f"{BASE}en/qinghe-2031/") for one in addresses), path


def test_a_long_lists_fragments_lead_to_the_page_with_the_rest(qinghe):
    project = config.load_project(qinghe)
    edition = editions(project, project.reports[0])["en"]
    edition = replace(edition, cards=edition.cards * 20)
    made = files(edition)
    assert all(len(text.encode()) <= embed.LIMIT for path, text in made.items() if path.endswith(".html"))
    folder = "embed/qinghe-2031/"
    last = max(int(path.split("-")[-1].split(".")[0]) for path in made if path.startswith(f"{folder}list-all-"))
    assert last > 3 and [path for path in made if "list-all" in path and "oembed" in path] == [
        f"{folder}list-all.oembed.json"
    ]
    first, *_, end = (made[f"{folder}list-all{'' if n == 1 else f'-{n}'}.fragment.html"] for n in range(1, last + 1))
    assert f'href="{BASE}en/{folder}list-all-2.html"' in first and "Next page" in first
    assert "Next page" not in end and f"of {len(edition.cards)}" in end
    assert all(f'href="{BASE}en/qinghe-2031/commitments/index.html"' in one for one in (first, end))


def snippets(page):
    """The code of a page that is there to be copied, in the order of the page."""
    return [
        "".join(Words(code).text) for code in re.findall(r"</summary><code>(.*?)</code>", page.read_text("utf-8"), re.S)
    ]


def unstyled(code):
    """A fragment with styles without them, as the page's script makes it."""
    return re.sub(r"<[^>]*>", lambda tag: re.sub(r' style="[^"]*"', "", tag[0]), code)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_commitments_page_has_the_code_to_copy(built, language):
    page = built / "site" / language / REPORT / "commitments" / "sc2020-s4-017.html"
    iframe, styled, include, element = snippets(page)
    fragment = unstyled(styled)
    site = "https://site.example/yanxing/"
    assert f'src="{site}{language}/embed/{REPORT}/sc2020-s4-017.html"' in iframe and "no-referrer" in iframe
    assert Words(nh3.clean(styled)).found == Words(nh3.clean(fragment)).found and "style=" in styled
    assert include == f'<!--#include virtual="/yanxing/{language}/embed/{REPORT}/sc2020-s4-017.fragment.html" -->'
    assert (
        f'<yanxing-commitment src="{site}" id="sc2020-s4-017" lang="{language}"><a href="{site}{language}/' in element
    )
    linked = re.sub(r'<p><a href="https://site\.example.*?</p>\n', "", fragment)
    file = (embeds(built / "site", language) / "sc2020-s4-017.fragment.html").read_text("utf-8")
    assert "../../embed/shangcheng-2020/sc2020-s4-017.fragment.html" in [
        one["href"] for one in Html(page).attributes("a", **{"data-bare": None})
    ]
    assert linked.strip() == file.strip(), "the file is what is pasted, but for the link that it cannot have yet"


def test_the_code_to_copy_takes_little_room(built):
    """It stands on every commitment's page in every language, and so decides how large the whole site is."""
    pages = [
        path for language in LANGUAGES for path in (built / "site" / language / REPORT / "commitments").glob("sc*.html")
    ]
    sizes = [len(re.search(rb'<section class="ways".*?</section>', path.read_bytes(), re.S)[0]) for path in pages]
    assert sum(sizes) / len(sizes) < 2_350 and max(sizes) < 3_200


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_has_every_way_for_lists_and_the_addresses_of_all(built, language):
    page = built / "site" / language / "embedding.html"
    iframe, styled, include, element, *servers_ = snippets(page)
    assert all("list-glance" in one for one in (iframe, include, element)) and len(servers_) == 2
    file = (embeds(built / "site", language) / "list-glance.fragment.html").read_text("utf-8")
    linked = re.sub(r'<a href="[^"]*" rel="noreferrer">(.*?)</a>', r"\1", unstyled(styled))
    assert " style=" in styled and linked.splitlines()[:3] == file.splitlines()[:3]
    said = Html(page).text
    lists = {path.name for path in embeds(built / "site", language).glob("list-*.html") if ".fragment" not in path.name}
    for name in (one for one in lists if not re.search(r"-\d\.html$", one)):
        assert f"https://site.example/yanxing/{language}/embed/{REPORT}/{name}" in said
    assert "file://" in said, "where the element stays a link"


# oEmbed


def consume(page: Path, docs: Path) -> dict:
    """What a consumer that knows only the standard (oembed.com, 2.3.4 and 4) makes of a page: finds, loads, shows."""
    found = Html(page).attributes("link", type="application/json+oembed", rel="alternate")
    assert len(found) == 1 and urlsplit(found[0]["href"]).scheme == "https"
    response = json.loads((docs / found[0]["href"].removeprefix(BASE)).read_text(encoding="utf-8"))
    assert response["type"] == "rich" and response["version"] == "1.0"
    assert all(isinstance(response[one], int) and response[one] > 0 for one in ("width", "height", "cache_age"))
    assert all(isinstance(response[one], str) and response[one] for one in ("html", "title", "provider_name"))
    assert response["provider_url"] == BASE and response["author_name"]
    return response


def test_without_an_address_there_is_no_oembed(built):
    assert not list((built / "site").rglob("*.oembed.json"))
    page = built / "site/en" / REPORT / "commitments/sc2020-s0-001.html"
    assert not Html(page).attributes("link", type="application/json+oembed")
    assert "base_url" in Html(built / "site/en/embedding.html").text


# Any text


@pytest.fixture
def hostile(qinghe):
    """Qinghe with a commitment, a lead unit's name and an issuer that are as bad as text can be."""
    folder = qinghe / "source/qinghe-2031"
    edit(folder / "report.txt", "出台人才安居办法", HOSTILE)
    edit(folder / "commitments/qh2031-s1-002.md", "quote: 出台人才安居办法", f"quote: {json.dumps(HOSTILE)}")
    edit(folder / "report.yml", "zh-Hans: 青禾区人民政府", f"zh-Hans: {json.dumps('青禾' + HOSTILE[:90])}")
    edit(qinghe / "source/site.yml", "base_url:\n", f"base_url: {BASE}\n")
    edit(qinghe / "source/site.yml", "zh-Hans: 言行\n", f"zh-Hans: {json.dumps('言' + HOSTILE[:90])}\n")
    return qinghe


def test_no_text_breaks_out_and_oembed_works_for_a_consumer_that_knows_only_the_standard(hostile, cli):
    cli("draft", "qinghe-2031", root=hostile)
    cli("build", root=hostile)
    for language in LANGUAGES:
        _consumed(hostile / "site", language)
        folder = embeds(hostile / "site", language, "qinghe-2031")
        for path in folder.glob("*.html"):
            page = Html(path)
            assert path.stat().st_size <= 10_000
            assert not page.attributes("b") and all("src" in one for one in page.attributes("script")), path
            for _, values in page.tags:
                assert not any(UNPLAIN.search(value or "") for value in values.values()), path
        card = Html(folder / "qh2031-s1-002.html")
        if language == "zh-Hans":
            assert HOSTILE in card.text
        said = (folder / "qh2031-s1-002.oembed.json").read_text(encoding="utf-8")
        assert not set("<>&") & set(said) and not UNPLAIN.search(said)
        assert [one[0] for one in Words(json.loads(said)["html"]).found] == ["iframe"]
        page = hostile / "site" / language / "qinghe-2031/commitments/qh2031-s1-002.html"
        assert not Html(page).attributes("b") and len(snippets(page)) == 4
        for code in snippets(page):
            assert not {"b"} & {tag for tag, *_ in Words(code).found}, code
        assert HOSTILE in Words(snippets(page)[1]).text or language != "zh-Hans"


def _consumed(site, language):
    report = site / language / "qinghe-2031"
    for path in (*sorted(report.glob("commitments/*.html")), report / "index.html"):
        response = consume(path, site)
        frame, *others = Words(response["html"]).found
        assert frame[0] == "iframe" and not others
        card = site / re.search(r'src="([^"]+)"', response["html"])[1].removeprefix(BASE)
        assert card.is_file() and consume(card, site) == response, "a card names its own"


def test_a_very_long_commitment_is_shortened_and_says_where_the_rest_is(qinghe):
    project = config.load_project(qinghe)
    edition = editions(project, project.reports[0])["zh-Hans"]
    first, *others = edition.cards
    first = replace(first, quote=Said("&<>\"'" * 1500, "zh-Hans"), targets=first.targets * 40)
    made = files(replace(edition, cards=(first, *others)))
    assert all(len(text.encode()) <= embed.LIMIT for path, text in made.items() if path.endswith(".html"))
    card = made[f"embed/qinghe-2031/{first.id}.html"]
    assert "承诺全文、依据与历史" in card and "…</h1>" in card and "另有34个目标" in card


# A real nginx, with the very settings that the guide gives


def _nginx() -> str:
    inside = os.path.join(sys.prefix, "nginx", "usr", "sbin", "nginx")
    known = (os.environ.get("NGINX"), shutil.which("nginx"), "/usr/sbin/nginx", inside)
    for one in known:
        if one and os.path.exists(one):
            return one
    pytest.skip("no nginx: install it, or run sh tests/setup/nginx.sh .venv/nginx, which takes it from its package")


def _port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture(scope="module", params=["/", "/yan.xing/"], ids=["root", "sub-path"])
def nginx(request, built, tmp_path_factory):
    """The address of the built site as nginx serves it, at the root and below a path; host.html includes a fragment."""
    program, folder, port = _nginx(), tmp_path_factory.mktemp("nginx"), _port()
    path = request.param
    root = folder / "www"
    root.mkdir()
    if path == "/":
        root.rmdir()
        root.symlink_to(built / "site")
    else:
        (root / path.strip("/")).symlink_to(built / "site")
    (folder / "host").mkdir()
    include = f'<!--#include virtual="{path}en/embed/{REPORT}/sc2020-s0-001.fragment.html" -->'
    (folder / "host" / "host.shtml").write_text(
        f"<!doctype html><meta charset=utf-8><p>before</p>{include}<p>after</p>"
    )
    iframe = snippets(built / "site" / "en" / REPORT / "commitments" / "sc2020-s0-001.html")[0]
    iframe = iframe.replace("https://site.example/yanxing/", f"http://127.0.0.1:{port}{path}")
    (folder / "host" / "frame.html").write_text(f"<!doctype html><meta charset=utf-8><title>Host</title>{iframe}")
    settings = dict(servers("https://x.example" + path))["nginx"].replace("/srv/www", str(root))
    (folder / "nginx.conf").write_text(
        f"""daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;
events {{}}
http {{
    types {{ text/html html shtml; text/css css; application/javascript js; application/json json; image/svg+xml svg; }}
    access_log off;
    {" ".join(f"{one}_temp_path {folder}/{one};" for one in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))}
    server {{
        listen 127.0.0.1:{port};
        location = /host.shtml {{ root {folder}/host; ssi on; add_header Content-Security-Policy "default-src 'self'"; }}
        location = /frame.html {{ root {folder}/host; add_header Content-Security-Policy "default-src 'self'; frame-src http://127.0.0.1:{port}"; }}
        location = /favicon.ico {{ return 204; }}
        {settings}
    }}
}}
""",
        encoding="utf-8",
    )
    process = subprocess.Popen(
        [program, "-c", str(folder / "nginx.conf"), "-p", str(folder), "-e", str(folder / "early.log")]
    )
    for _ in range(100):
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    assert process.poll() is None, (folder / "error.log").read_text() + (folder / "early.log").read_text()
    yield f"http://127.0.0.1:{port}{path}"
    process.terminate()
    process.wait(5)


def get(address, **headers):
    try:
        with urlopen(Request(address, headers=headers), timeout=10) as response:
            return response.status, response.headers, response.read().decode()
    except HTTPError as error:
        return error.code, error.headers, ""


def test_nginx_lets_others_frame_embeds_and_nothing_else(nginx):
    status, headers, body = get(f"{nginx}en/embed/{REPORT}/sc2020-s0-001.html")
    assert status == 200 and "growth of 5%" in body
    assert (
        "frame-ancestors *" in headers["Content-Security-Policy"] and headers["Cache-Control"] == "public, max-age=600"
    )
    assert headers["Content-Type"] == "text/html; charset=utf-8" and headers["Referrer-Policy"] == "no-referrer"
    assert headers["Set-Cookie"] is None and headers["X-Content-Type-Options"] == "nosniff"
    for page in (f"en/{REPORT}/commitments/sc2020-s0-001.html", "en/index.html", ""):
        status, headers, _ = get(nginx + page)
        assert status == 200 and "frame-ancestors 'self'" in headers["Content-Security-Policy"]
        assert headers["Cache-Control"] == "no-cache" and headers["Set-Cookie"] is None
    status, headers, _ = get(f"{nginx}en/embed/embed.js")
    assert status == 200 and "javascript" in headers["Content-Type"] and headers["Access-Control-Allow-Origin"] == "*"
    etag = headers["ETag"]
    assert get(f"{nginx}en/embed/embed.js", **{"If-None-Match": etag})[0] == 304
    assert get(f"{nginx}en/embed/{REPORT}/none.html")[0] == 404


def test_nginx_gives_data_to_everyone_by_its_type(nginx):
    kinds = {
        "commitments.en.csv": "text/csv; charset=utf-8", "due.en.ics": "text/calendar; charset=utf-8",
        "changes.en.atom.xml": "application/atom+xml", "changes.en.feed.json": "application/feed+json",
        "commitments.json": "application/json", "report.txt": "text/plain; charset=utf-8",
        "commitments/sc2020-s0-001.feed.json": "application/feed+json",
    }  # fmt: skip
    for name, kind in kinds.items():
        with urlopen(f"{nginx}data/{REPORT}/{name}", timeout=10) as response:
            assert response.headers["Content-Type"] == kind
            assert response.headers["Access-Control-Allow-Origin"] == "*" and not response.headers["Set-Cookie"]
    assert get(f"{nginx}en/index.html")[1]["Access-Control-Allow-Origin"] is None


def test_a_path_is_no_pattern():
    """The dot of /yan.xing/ is a dot: what stands below /yanXxing/ is not the site's to give away."""
    for _, settings in servers("https://x.example/yan.xing/"):
        assert r"^/yan\.xing/[^/]+/embed/" in settings and r"^/yan.xing/" not in settings


@pytest.mark.browser
def test_a_browser_opens_an_embed_that_nginx_serves(nginx, chromium):
    """Under the very policy that the guide gives, in a frame of another origin: styled, no taller than told, leading out."""
    page, wrong = chromium.new_page(viewport={"width": 640, "height": 700}), []
    page.on("console", lambda message: message.type == "error" and wrong.append(message.text))
    page.goto(urljoin(nginx, "/frame.html").replace("127.0.0.1", "localhost"))
    page.frame_locator("iframe").locator("h1").wait_for()
    frame, built_page = page.frames[1], f"{nginx}en/{REPORT}/commitments/sc2020-s0-001.html"
    frame.wait_for_load_state("load")
    assert frame.evaluate("getComputedStyle(document.querySelector('main')).borderLeftWidth") == "4px", (
        "its style sheet"
    )
    assert frame.evaluate("document.links[0].dataset.address") == built_page, "its script"
    frame.locator("a").click()
    page.wait_for_url(built_page)
    assert not wrong
    page.close()


def test_nginx_includes_a_fragment(nginx):
    status, _, body = get(urljoin(nginx, "/host.shtml"))
    fragment = get(f"{nginx}en/embed/{REPORT}/sc2020-s0-001.fragment.html")[2]
    assert status == 200 and f"<p>before</p>{fragment}<p>after</p>" in body.replace("\n<p>after", "<p>after")
