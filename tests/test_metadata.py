"""What pages say about themselves: government website tags, Open Graph, JSON-LD, feeds, languages, sitemap."""

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
import yaml

from scripts import config, share, sitemap
from scripts.plain import plain

from .conftest import LANGUAGES, ROOT, Html, edit

BASE = "https://www.qinghe.example/yanxing/"
SITE = """government:
  id_code: 0330102001
  organizer: {zh-Hans: 青禾区人民政府办公室, en: Office of the Qinghe District Government}
  contact: 0571-00000000
  icp: 青ICP备00000001号
  police: 青公网安备00000000000001号
  column: {zh-Hans: 政府工作报告, en: Work reports}
  column_type: {zh-Hans: 信息公开, en: Disclosure}
"""
SITE_TAGS = {"SiteName", "SiteDomain", "SiteIDCode"}
COLUMN_TAGS = {"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"}
ARTICLE_TAGS = {"ArticleTitle", "PubDate", "ContentSource", "Author", "Description", "Image", "Url"}
COLUMNS = {"home", "index", "targets", "glossary", "downloads", "embedding", "method"}
ARTICLES = {"report", "bilingual", "commitment", "print"}
# What a page of each kind must have; articles about a theme have Keywords, too.
WANTED = (
    {"choice": SITE_TAGS, "page": SITE_TAGS}  # the root, and the error page
    | dict.fromkeys(COLUMNS, SITE_TAGS | COLUMN_TAGS)
    | dict.fromkeys(ARTICLES, SITE_TAGS | COLUMN_TAGS | ARTICLE_TAGS)
)
NORMS = SITE_TAGS | COLUMN_TAGS | ARTICLE_TAGS


@pytest.fixture
def official(qinghe, cli):
    """The made-up project as a government would run it, built."""
    site = qinghe / "source/site.yml"
    edit(site, "base_url:", f"base_url: {BASE}")
    text = site.read_text(encoding="utf-8")
    site.write_text(re.sub(r"government:\n(?:  .*\n)+", SITE, text), encoding="utf-8")
    edit(
        qinghe / "source/qinghe-2031/report.yml",
        "year: 2031",
        "year: 2031\npublished: 2031-01-20\nurl: https://www.qinghe.example/r.html\n"
        "disclosure: {index_number: 00251/2031-1, written: 2031-01-18, number: {zh-Hans: 青政〔2031〕1号}}",
    )
    cli("build", root=qinghe)
    return qinghe


def pages(site):
    """(path below the site, page) of every page that people read: embeds are for other websites."""
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        if "/embed/" not in name:
            yield name, Html(path)


def kind(page):
    [body] = page.attributes("body")
    return re.search(r"kind-(\w+)", body["class"]).group(1)


def tags(page):
    page = page if isinstance(page, Html) else Html(page)
    return {found["name"]: found["content"] for found in page.attributes("meta") if "name" in found}


def properties(page):
    return {found["property"]: found["content"] for found in page.attributes("meta") if "property" in found}


def links(page, **attributes):
    return [found for found in page.attributes("link", rel="alternate") if attributes.items() <= found.items()]


def test_every_page_of_every_kind_has_the_tags_that_inspections_look_for(official):
    seen = set()
    for name, page in pages(official / "site"):
        found, seen = tags(page), seen | {kind(page)}
        assert set(found) & NORMS == WANTED[kind(page)], name
        assert all(found.values()), name
        assert found["SiteIDCode"] == "0330102001" and found["SiteDomain"] == "www.qinghe.example", name
        if kind(page) in WANTED.keys() - {"page"}:
            assert properties(page)["og:url"] == f"{BASE}{name}", name
            assert properties(page)["og:image"].endswith("/qinghe-2031/share.png"), name
            assert "og:description" not in properties(page), "it would say the description again"
        if "Url" in found:
            assert found["Url"] == f"{BASE}{name}" and found["Image"] == properties(page)["og:image"], name
    assert seen == set(WANTED), "every kind was there"


def test_an_article_carries_the_column_that_it_stands_in(official):
    site = official / "site/zh-Hans"
    index, article = (
        tags(site / "qinghe-2031/commitments/index.html"),
        tags(site / "qinghe-2031/commitments/qh2031-s2-001.html"),
    )
    assert {key: index[key] for key in COLUMN_TAGS} == {key: article[key] for key in COLUMN_TAGS}
    home, report = tags(site / "index.html"), tags(site / "qinghe-2031/index.html")
    assert {key: home[key] for key in COLUMN_TAGS} == {key: report[key] for key in COLUMN_TAGS}
    assert article["ColumnName"] == report["ColumnName"] == "政府工作报告"
    assert tags(site / "glossary.html")["ColumnName"] == "词汇表", "the column of the reports is not the glossary's"
    assert tags(site / "method.html")["ColumnName"] == "说明"
    assert tags(official / "site/en/qinghe-2031/index.html")["ColumnName"] == "Work reports"
    assert article["ArticleTitle"] == "新增公共停车位100个" and article["ContentSource"] == "青禾区人民政府"
    assert article["PubDate"] == "2031-01-20 00:00"
    assert tags(site / "qinghe-2031/bilingual.html")["ArticleTitle"] == "双语对照 · 青禾区政府工作报告"


def test_the_foot_and_the_header_block_say_who_and_what(official):
    shown = Html(official / "site/zh-Hans/qinghe-2031/index.html").text
    for words in ("主办单位：青禾区人民政府办公室", "网站标识码：0330102001", "青ICP备00000001号", "0571-00000000"):
        assert words in shown
        assert words in Html(official / "site/index.html").text, "the choice of a language is a page, too"
        assert words in Html(official / "site/zh-Hans/404.html").text
    for words in ("00251/2031-1", "青政〔2031〕1号", "2031年1月18日"):
        assert words in shown
    assert "青禾區人民政府辦公室" in Html(official / "site/zh-Hant/index.html").text
    assert "Office of the Qinghe District Government" in Html(official / "site/en/index.html").text


def test_languages_name_each_other_and_a_page_names_itself(official):
    """Search engines ignore alternates that are not reciprocal, and those of a page that calls another its canonical."""
    site, named = official / "site", {}
    for name, page in pages(site):
        if name.endswith("404.html"):
            assert not page.attributes("link", rel="canonical")
            continue
        [canonical] = [found["href"] for found in page.attributes("link", rel="canonical")]
        assert canonical == f"{BASE}{name}", "to the letter: …/index.html"
        named[canonical] = {found["hreflang"]: found["href"] for found in links(page) if "hreflang" in found}
        assert set(named[canonical]) == {*LANGUAGES, "x-default"}, name
        assert canonical in named[canonical].values(), name
    for address, others in named.items():
        assert all(named[other] == others for other in others.values()), address
    assert named[f"{BASE}en/index.html"]["x-default"] == f"{BASE}index.html"
    assert named[f"{BASE}en/method.html"]["x-default"] == f"{BASE}zh-Hans/method.html"


def test_the_sitemap_lists_every_page_with_its_languages(official):
    tree = ET.parse(official / "site/sitemap.xml")
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    urls = tree.findall("s:url", names)
    found = {
        url.find("s:loc", names).text: {link.get("hreflang"): link.get("href") for link in url.findall("x:link", names)}
        for url in urls
    }
    assert len(found) == len(urls)
    wanted = {
        f"{BASE}{name}": {one["hreflang"]: one["href"] for one in links(page) if "hreflang" in one}
        for name, page in pages(official / "site")
        if not name.endswith("404.html")
    }
    assert found == wanted, "the same alternates as in the pages' heads, the root included"
    assert f"Sitemap: {BASE}sitemap.xml" in (official / "site/robots.txt").read_text(encoding="utf-8")


def test_an_address_with_an_ampersand_is_escaped(qinghe, tmp_path):
    project = replace(config.load_project(qinghe), base_url="https://x.example/a&b/")
    (tmp_path / "en").mkdir()
    (tmp_path / "en/index.html").touch()
    sitemap.write(project, tmp_path)
    [address, _] = re.findall("<loc>(.*?)</loc>", (tmp_path / "sitemap.xml").read_text(encoding="utf-8"))
    assert address == "https://x.example/a&amp;b/en/index.html"
    ET.parse(tmp_path / "sitemap.xml")


def test_feeds_and_embeds_are_discovered(official):
    def feeds(page):
        return {
            found["href"].split("data/")[1]
            for found in links(page)
            if "feed+json" in found.get("type", "") or "atom" in found.get("type", "")
        }

    def embeds(page):
        return [found["href"] for found in links(page, type="application/json+oembed")]

    site, data = official / "site/en", official / "site/data"
    folder, embed = "qinghe-2031", f"{BASE}en/embed/qinghe-2031"
    report = {f"{folder}/changes.en.atom.xml", f"{folder}/changes.en.feed.json"}
    own = {f"{folder}/commitments/qh2031-s2-001.{suffix}" for suffix in ("atom.xml", "feed.json")}
    commitment = Html(site / folder / "commitments/qh2031-s2-001.html")
    assert feeds(commitment) == {name for name in own if (data / name).is_file()} or feeds(commitment) == report
    assert embeds(commitment) == [f"{embed}/qh2031-s2-001.oembed.json"]
    for name, card in (
        ("index.html", "list-glance"), (f"{folder}/index.html", "list-glance"), (f"{folder}/commitments/index.html", "list-all"),
        (f"{folder}/targets.html", "list-key-targets"),
    ):  # fmt: skip
        page = Html(site / name)
        assert feeds(page) == report, name
        assert embeds(page) == [f"{embed}/{card}.oembed.json"], name
        assert (official / "site" / embeds(page)[0].removeprefix(BASE)).is_file()
    for name, page in pages(official / "site"):
        assert all((data / feed).is_file() for feed in feeds(page)), name


def test_targets_offer_no_embed_that_is_not_there(qinghe, cli):
    edit(qinghe / "source/site.yml", "base_url:", f"base_url: {BASE}")
    (qinghe / "source/qinghe-2031/commitments/qh2031-s0-001.md").unlink()
    cli("build", root=qinghe)
    page = Html(qinghe / "site/en/qinghe-2031/targets.html")
    assert not links(page, type="application/json+oembed")
    assert not (qinghe / "site/en/embed/qinghe-2031/list-key-targets.html").exists()


# Share images


def test_each_report_has_a_share_image_in_each_language(official):
    from PIL import Image

    seen = set()
    for language in LANGUAGES:
        file = official / "site" / language / "qinghe-2031/share.png"
        with Image.open(file) as image:
            assert (image.format, image.size) == ("PNG", share.SIZE)
            assert len(image.convert("RGB").getcolors(1 << 20)) > 8, "something is drawn"
        assert file.stat().st_size <= 60_000
        seen.add(file.read_bytes())
        page = Html(official / "site" / language / "qinghe-2031/commitments/qh2031-s2-001.html")
        assert properties(page)["og:image"] == f"{BASE}{language}/qinghe-2031/share.png"
        assert tags(page)["twitter:card"] == "summary_large_image"
    assert len(seen) == 3


def test_without_an_address_there_is_no_share_image(built):
    """og:image needs an absolute address."""
    assert not list((built / "site").rglob("share.png"))
    page = Html(built / "site/en/shangcheng-2020/index.html")
    assert "og:image" not in properties(page) and "Image" not in tags(page) and "twitter:card" not in tags(page)


def test_without_a_font_one_line_says_so_and_no_tag_promises_an_image(qinghe, cli, monkeypatch):
    edit(qinghe / "source/site.yml", "base_url:", f"base_url: {BASE}")
    monkeypatch.setattr(share, "available", lambda: False)
    assert cli("build", root=qinghe).output.count("no share images were drawn") == 1
    assert not list((qinghe / "site").rglob("share.png"))
    assert "og:image" not in properties(Html(qinghe / "site/en/index.html"))


def test_open_graph_names_the_locales(official, qinghe, cli):
    def locales(language):
        page = Html(qinghe / "site" / language / "qinghe-2031/index.html")
        named = [found for found in page.attributes("meta") if found.get("property", "").startswith("og:locale")]
        return [found["content"] for found in named]

    assert locales("zh-Hant") == ["zh_TW"]
    edit(qinghe / "source/qinghe-2031/report.yml", "year: 2031", "year: 2031\nopencc: s2hk")
    cli("build", root=qinghe)
    assert locales("zh-Hant") == ["zh_HK"] and locales("en") == ["en_GB"]


# JSON-LD

TERMS = yaml.safe_load((ROOT / "tests/gold/schemaorg.yml").read_text(encoding="utf-8"))


def linked_data(page):
    [text] = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', page.read_text(encoding="utf-8"), re.DOTALL
    )
    return json.loads(text)


def is_a(name):
    """A type and all that it inherits from."""
    return {name}.union(*(is_a(parent) for parent in TERMS[name]["is"]))


def wrong_terms(value):
    """Where a value differs from schema.org's terms: types, properties, what they take; lists and what is nested as well."""
    known = (
        {key: takes for name in is_a(value["@type"]) for key, takes in TERMS[name]["has"].items()}
        if value["@type"] in TERMS
        else {}
    )
    for key, item in value.items():
        if key in ("@context", "@type"):
            continue
        if key not in known:
            yield f"{value['@type']}.{key}"
            continue
        for one in item if isinstance(item, list) else [item]:
            if isinstance(one, dict):
                if not is_a(one["@type"]) & set(known[key]):
                    yield f"{value['@type']}.{key}: {one['@type']}"
                yield from wrong_terms(one)
            elif not any(fits(one, name) for name in known[key]):
                yield f"{value['@type']}.{key}: {one!r}"


def fits(value, name):
    forms = {"Text": ".+", "URL": r"https?://\S+", "Date": r"\d{4}-\d\d-\d\d", "DateTime": r"\d{4}-\d\d-\d\dT.+"}
    if name == "Number":
        return type(value) in (int, float)
    return isinstance(value, str) and name in forms and re.fullmatch(forms[name], value, re.DOTALL) is not None


def test_the_checker_finds_what_is_wrong():
    """A list used to be passed over unread."""
    right = {"@type": "Claim", "text": "x", "keywords": ["a"], "author": [{"@type": "Organization", "name": "y"}]}
    assert list(wrong_terms(right)) == []
    assert list(wrong_terms(right | {"author": [{"@type": "Organization", "nome": "y"}]})) == ["Organization.nome"]
    assert list(wrong_terms(right | {"appearance": {"@type": "Rating"}})) == ["Claim.appearance: Rating"]
    assert list(wrong_terms(right | {"datePublished": "soon", "url": "x"})) == [
        "Claim.datePublished: 'soon'",
        "Claim.url: 'x'",
    ]
    assert list(wrong_terms(right | {"claimReviewed": "x"})) == ["Claim.claimReviewed"]


def test_all_linked_data_is_in_the_terms_of_schema_org(official):
    kinds = set()
    for name, page in pages(official / "site"):
        if page.attributes("script", type="application/ld+json"):
            value = linked_data(official / "site" / name)
            assert value["@context"] == "https://schema.org"
            assert list(wrong_terms(value)) == [], name
            kinds.add((kind(page), value["@type"]))
    assert kinds == {("report", "Report"), ("commitment", "Claim"), ("downloads", "Dataset")}


def test_a_commitment_is_a_claim_and_nobody_reviews_it(official):
    claim = linked_data(official / "site/zh-Hans/qinghe-2031/commitments/qh2031-l01-01.html")
    assert claim["@type"] == "Claim" and claim["text"] == "新建社区养老服务站5个" and claim["inLanguage"] == "zh-Hans"
    assert claim["author"] == {"@type": "GovernmentOrganization", "name": "青禾区人民政府"}
    assert claim["appearance"] == {
        "@type": "Report", "name": "青禾区政府工作报告", "url": f"{BASE}zh-Hans/qinghe-2031/index.html",
    }  # fmt: skip
    assert "name" not in claim, "it would say the text again"


def test_the_government_wrote_the_original_only(official):
    for language in ("zh-Hant", "en"):
        report = linked_data(official / "site" / language / "qinghe-2031/index.html")
        assert "author" not in report and report["translationOfWork"]["inLanguage"] == "zh-Hans"
        assert report["translationOfWork"]["author"]["@type"] == "GovernmentOrganization"
        assert report["translationOfWork"]["url"] == f"{BASE}zh-Hans/qinghe-2031/index.html"
    hant = linked_data(official / "site/zh-Hant/qinghe-2031/commitments/qh2031-s2-001.html")
    assert hant["inLanguage"] == "zh-Hant" and "author" not in hant and hant["translationOfWork"]["@type"] == "Claim"
    english = linked_data(official / "site/en/qinghe-2031/commitments/qh2031-s2-001.html")
    assert english["inLanguage"] == "zh-Hans" and english["author"], (
        "not translated yet: these are the government's words"
    )
    assert linked_data(official / "site/en/qinghe-2031/index.html")["inLanguage"] == "zh-Hans"


def test_a_translated_commitment_is_a_translation(built):
    claim = linked_data(built / "site/en/shangcheng-2020/commitments/sc2020-s1-001.html")
    assert claim["inLanguage"] == "en" and "author" not in claim
    assert claim["translationOfWork"]["inLanguage"] == "zh-Hans" and claim["translationOfWork"]["author"]
    assert list(wrong_terms(claim)) == []


@pytest.mark.parametrize(
    ("assessor", "reviewed", "reason"),
    [
        ("", False, "nobody is named"),
        ("assessor: {name: 督查室, url: https://q.example/, independent: false}", False, "a government's own office"),
        ("assessor: {name: 青禾评估院, url: https://q.example/, independent: true}", False, "the verdict is another's"),
        (
            "assessor: {name: {zh-Hans: 督查室, en: Audit Institute}, url: https://q.example/, independent: true}",
            True,
            "independent",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and not value.startswith("assessor:") else "",
)
def test_only_an_independent_assessors_verdict_is_a_review(qinghe, cli, assessor, reviewed, reason):
    edit(qinghe / "source/site.yml", "base_url:", f"base_url: {BASE}")
    edit(qinghe / "source/site.yml", "assessor:\n", f"{assessor}\n")
    file = qinghe / "source/qinghe-2031/commitments/qh2031-l01-01.md"
    file.write_text(
        file.read_text(encoding="utf-8").replace("status: in-progress", "status: partly-completed"), encoding="utf-8"
    )
    cli("build", root=qinghe)
    folder = qinghe / "site/en/qinghe-2031/commitments"
    found = linked_data(folder / "qh2031-l01-01.html")
    assert (found["@type"] == "ClaimReview") is reviewed, reason
    assert list(wrong_terms(found)) == []
    assert linked_data(folder / "qh2031-s2-001.html")["@type"] == "Claim", "not assessed yet: no verdict"
    if reviewed:
        assert found["author"] == {"@type": "Organization", "name": "Audit Institute", "url": "https://q.example/"}
        assert found["itemReviewed"]["@type"] == "Claim" and found["claimReviewed"] == found["itemReviewed"]["text"]
        rating = found["reviewRating"]
        assert (rating["worstRating"], rating["ratingValue"], rating["bestRating"]) == (1, 3, 5)
        assert found["datePublished"] == "2031-07-10"


def test_the_open_data_are_a_dataset(official):
    found = linked_data(official / "site/en/downloads.html")
    addresses = [one["contentUrl"] for one in found["distribution"]]
    assert f"{BASE}data/qinghe-2031/commitments.json" in addresses
    assert all((official / "site" / address.removeprefix(BASE)).is_file() for address in addresses)


# Texts that nobody can trust


def test_no_text_reaches_out_of_the_head(qinghe, cli):
    """It ends no script, turns no direction, and however long it is, the title says all of it."""
    hostile = "</script><b>&“x”\u202e令\u202c\u2066出\u2069" + "长" * 70
    edit(qinghe / "source/qinghe-2031/report.txt", "出台人才安居办法", hostile)
    edit(qinghe / "source/qinghe-2031/commitments/qh2031-s1-002.md", "quote: 出台人才安居办法", f"quote: '{hostile}'")
    edit(
        qinghe / "source/qinghe-2031/report.yml",
        "zh-Hans: 青禾区政府工作报告",
        "zh-Hans: '青禾\u202e区\u202c政府工作报告'",
    )
    cli("draft", "qinghe-2031", root=qinghe)
    cli("build", root=qinghe)
    page = qinghe / "site/zh-Hans/qinghe-2031/commitments/qh2031-s1-002.html"
    assert linked_data(page)["text"] == hostile, "the text itself is verbatim"
    found = Html(page)
    assert tags(found)["ArticleTitle"] == properties(found)["og:title"] == plain(hostile)
    for name, page in pages(qinghe / "site"):
        file = (qinghe / "site" / name).read_text(encoding="utf-8")
        head = re.sub("<script.*?</script>", "", file.split("<body")[0], flags=re.DOTALL)
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", head), name
        assert not [value for value in (*tags(page).values(), *properties(page).values()) if "\u202e" in value], name


def test_heads_are_short_and_without_empty_lines(built):
    """There are hundreds of them."""
    for name, _ in pages(built / "site"):
        head = (built / "site" / name).read_text(encoding="utf-8").split("</head>")[0]
        assert head.startswith("<!doctype html>\n") and "\n\n" not in head, name
    head = (built / "site/zh-Hans/shangcheng-2020/commitments/sc2020-l01-01.html").read_text(encoding="utf-8")
    assert len(head.split("</head>")[0].encode()) <= 3000


# check


def test_check_names_what_is_missing_and_why(qinghe, official, cli):
    said = cli("check", root=qinghe).output
    assert "category (主题分类), validity (有效性)" in said and "SiteIDCode" not in said
    assert "government.operator is empty: the operator (承办单位)" in said
    assert "disclosure.number has no English" in said and "government.organizer has no English" not in said
    assert "contact has no English" not in said, "a number is the same in every language"
    assert "column is empty" not in said


def test_check_names_a_conversion_that_nobody_has_decided(qinghe, cli):
    edit(qinghe / "source/site.yml", "publisher:\n", "publisher: {zh-Hans: 青禾区里, en: Qinghe}\n")
    assert "publisher has no zh-Hant, and nobody has decided 青禾区[里] → 裡" in cli("check", root=qinghe).output
    edit(qinghe / "source/site.yml", "zh-Hans: 青禾区里,", "zh-Hans: 青禾区里, zh-Hant: 青禾區里,")
    assert "publisher has no zh-Hant" not in cli("check", root=qinghe).output


def test_a_site_that_is_no_governments_is_told_what_inspections_ask_for(qinghe, cli):
    said = cli("check", root=qinghe).output
    assert "nothing wrong" in said
    for words in (
        "base_url is empty", "SiteIDCode is required", "主办单位", "承办单位", "ColumnName", "ColumnType", "PubDate", "url is empty",
    ):  # fmt: skip
        assert words in said
