"""What pages say about themselves: government website tags, Open Graph, JSON-LD, languages, sitemap."""

import json
import re
import xml.etree.ElementTree as ET

import pytest

from .conftest import Html, edit

BASE = "https://www.qinghe.example/yanxing/"
SITE = """government:
  id_code: "3301020001"
  organizer: {zh-Hans: 青禾区人民政府办公室, en: Office of the Qinghe District Government}
  contact: {zh-Hans: 0571-00000000}
  icp: 青ICP备00000001号
  police: 青公网安备00000000000001号
  column_type: {zh-Hans: 信息公开}
"""
# Terms of schema.org 29 that the pages use, with those that each type has of its own or inherits (schema.org/Claim …).
THING = {"name", "url", "description", "identifier"}
WORK = THING | {"author", "datePublished", "inLanguage", "isBasedOn", "keywords", "spatialCoverage", "text"}
SCHEMA_ORG = {
    "Claim": WORK | {"appearance"},
    "Report": WORK,
    "GovernmentOrganization": THING,
    "AdministrativeArea": THING,
}


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


def tags(page):
    return {found["name"]: found["content"] for found in Html(page).attributes("meta") if "name" in found}


def test_every_page_has_the_tags_that_inspections_look_for(official):
    for page in (official / "site").glob("*/**/*.html"):
        if page.name == "404.html" or "embed" in page.parts:
            continue
        found = tags(page)
        assert found["SiteIDCode"] == "3301020001" and found["SiteDomain"] == "www.qinghe.example", page
        assert found["SiteName"]
    article = tags(official / "site/zh-Hans/qinghe-2031/commitments/qh2031-s2-001.html")
    assert article["ArticleTitle"] == "新增公共停车位100个"
    assert article["PubDate"] == "2031-01-20 00:00"
    assert article["ContentSource"] == "青禾区人民政府"
    assert article["Url"] == f"{BASE}zh-Hans/qinghe-2031/commitments/qh2031-s2-001.html"
    column = tags(official / "site/zh-Hans/qinghe-2031/commitments/index.html")
    assert column["ColumnName"] == "承诺索引" and column["ColumnType"] == "信息公开"
    assert column["ColumnDescription"] and column["ColumnKeywords"]


def test_the_foot_and_the_header_block_say_who_and_what(official):
    shown = Html(official / "site/zh-Hans/qinghe-2031/index.html").text
    for words in (
        "主办单位：青禾区人民政府办公室",
        "网站标识码：3301020001",
        "青ICP备00000001号",
        "00251/2031-1",
        "青政〔2031〕1号",
        "2031年1月18日",
    ):
        assert words in shown
    assert "青禾區人民政府辦公室" in Html(official / "site/zh-Hant/index.html").text
    assert "Office of the Qinghe District Government" in Html(official / "site/en/index.html").text


def test_languages_name_each_other(official):
    site = official / "site"
    for page in site.glob("en/**/*.html"):
        path = page.relative_to(site / "en").as_posix()
        if page.name == "404.html" or path.startswith("embed/"):
            continue
        expected = {code: f"{BASE}{code}/{path}" for code in ("zh-Hans", "zh-Hant", "en")}
        for code in expected:
            links = [
                found
                for found in Html(site / code / path).attributes("link")
                if found.get("rel") == "alternate" and "hreflang" in found
            ]
            found = {link["hreflang"]: link["href"] for link in links}
            named = {key: value.removesuffix("index.html") for key, value in found.items() if key != "x-default"}
            assert named == {key: value.removesuffix("index.html") for key, value in expected.items()}, path


def test_the_sitemap_lists_every_page_with_its_languages(official):
    tree = ET.parse(official / "site/sitemap.xml")
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    found = {url.find("s:loc", names).text: url for url in tree.findall("s:url", names)}
    assert f"{BASE}en/qinghe-2031/index.html" in found
    for address, url in found.items():
        assert (official / "site" / address.removeprefix(BASE)).is_file()
        codes = {link.get("hreflang"): link.get("href") for link in url.findall("x:link", names)}
        assert address in codes.values() and set(codes) == {"zh-Hans", "zh-Hant", "en", "x-default"}
    assert f"Sitemap: {BASE}sitemap.xml" in (official / "site/robots.txt").read_text(encoding="utf-8")


def linked_data(page):
    [text] = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', page.read_text(encoding="utf-8"), re.DOTALL
    )
    return json.loads(text)


def wrong_terms(value):
    if isinstance(value, dict):
        known = SCHEMA_ORG.get(value.get("@type"), set())
        return [key for key in value if not key.startswith("@") and key not in known] + [
            one for item in value.values() for one in wrong_terms(item)
        ]
    return []


def test_a_commitment_is_a_claim_and_nobody_reviews_it(official):
    claim = linked_data(official / "site/zh-Hans/qinghe-2031/commitments/qh2031-l01-01.html")
    assert claim["@type"] == "Claim" and claim["text"] == "新建社区养老服务站5个" and claim["inLanguage"] == "zh-Hans"
    assert claim["author"] == {"@type": "GovernmentOrganization", "name": "青禾区人民政府"}
    assert claim["appearance"]["@type"] == "Report" and claim["appearance"]["url"].startswith(BASE)
    assert wrong_terms(claim) == []
    assert wrong_terms(linked_data(official / "site/en/qinghe-2031/index.html")) == []


def test_no_text_can_end_the_linked_data(qinghe, cli):
    hostile = "</script><b>&“x”"
    edit(qinghe / "source/qinghe-2031/report.txt", "出台人才安居办法", hostile)
    edit(qinghe / "source/qinghe-2031/commitments/qh2031-s1-002.md", "quote: 出台人才安居办法", f"quote: '{hostile}'")
    cli("draft", "qinghe-2031", root=qinghe)
    cli("build", root=qinghe)
    page = qinghe / "site/zh-Hans/qinghe-2031/commitments/qh2031-s1-002.html"
    assert linked_data(page)["text"] == hostile


def test_check_names_what_is_missing_and_why(qinghe, official, cli):
    said = cli("check", root=qinghe).output
    assert "category (主题分类), validity (有效性)" in said and "SiteIDCode" not in said


def test_a_site_that_is_no_governments_is_told_what_inspections_ask_for(qinghe, cli):
    said = cli("check", root=qinghe).output
    assert "nothing wrong" in said
    for words in ("base_url is empty", "SiteIDCode is required", "主办单位", "PubDate"):
        assert words in said
