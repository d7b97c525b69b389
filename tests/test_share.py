"""Share images: the same bytes for the same report, each region's forms, no text too long; the tags are in test_metadata.py."""

from dataclasses import replace

import pytest

from scripts import config, share


def edition(root, language, **values):
    from scripts.assemble import editions

    project = config.load_project(root)
    return editions(project, replace(project.reports[0], **values))[language]


def test_the_same_report_gives_the_same_image_and_hong_kong_its_own_forms(qinghe):
    taiwan, hong_kong = (
        edition(qinghe, "zh-Hant", opencc=name, title={"zh-Hans": "x", "zh-Hant": "戶骨次告"})
        for name in ("s2tw", "s2hk")
    )
    assert share.image(taiwan, "言行") == share.image(taiwan, "言行")
    assert share.image(taiwan, "言行") != share.image(hong_kong, "言行"), "each face has its region's forms"
    for face, name in (("zh-Hans", "SC"), ("zh-Hant", "TC"), ("zh-HK", "HK")):
        assert share._font(face, 20).getname()[0] == f"Noto Sans CJK {name}"


@pytest.mark.parametrize(
    "title", ["长" * 200, "x" * 300, "word " * 60, "“", ""], ids=["han", "word", "words", "quote", "empty"]
)
def test_no_title_is_too_long_for_the_image(qinghe, title):
    for language in ("zh-Hans", "en"):
        assert len(share.image(edition(qinghe, language, title={"zh-Hans": title, "en": title}), "言行")) <= 60_000
        lines, size = share._title(title, language)
        assert len(lines) <= 3 and all(share._font(language, size).getlength(line) <= 1040 for line in lines)
