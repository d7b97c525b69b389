"""Checks of the two Chinese scripts: characters of the wrong one on a page, and conversions that nobody has decided yet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from .. import decisions, hant
from ..config import Project, Report
from ..edition import Edition
from ..errors import Problem
from ..pages import pages

_OTHER = re.compile(r'<(\w+)[^>]*\blang="(?!LANGUAGE")[^"]*"[^>]*>.*?</\1>', re.DOTALL)
_KEYS = re.compile(
    r"""\s(?:value|href|id|class|data-(?!tip)[\w-]+)="[^"]*\""""
)  # not read by people, the same in each language
_ENCODING = {"zh-Hans": "gb2312", "zh-Hant": "big5"}


def problems(project: Project, by_report: list[Mapping[str, Edition]]) -> Iterator[Problem]:
    """Characters of the other script on the pages of each Chinese edition, quotations in another language excepted."""
    from ..assemble import interface

    convert = hant.converter(project)
    for language in _ENCODING:
        if language not in project.languages:
            continue
        editions = [by_language[language] for by_language in by_report]
        for path, content in pages(project, language, editions, convert, interface(project, language)):
            if found := foreign(content, language):
                yield Problem(
                    f"{'、'.join(found)}: {'Simplified' if language == 'zh-Hant' else 'Traditional'} characters on a page of the other script",
                    file=f"{language}/{path}",
                    todo="add the word to protected.yml, or mark the quotation with its lang",
                )


def foreign(page: str, language: str) -> list[str]:
    """The characters of a page that belong to the other script, in the order in which they first stand there."""
    page = _KEYS.sub("", page)
    text = re.sub(_OTHER.pattern.replace("LANGUAGE", language), "", page, flags=re.DOTALL)
    other = hant.simple if language == "zh-Hant" else hant.simplified
    found = {one: None for one in text if one > "\u3400" and other(one) != one and not _belongs(one, language)}
    return list(found)


def _belongs(character: str, language: str) -> bool:
    """Whether a character is one of the script's own: GB 2312 and Big5 are the scripts' everyday repertoires."""
    try:
        character.encode(_ENCODING[language])
    except UnicodeEncodeError:
        return False
    return True


def undecided(project: Project, report: Report) -> list[str]:
    """The conversions of a report that nobody has decided, with what OpenCC chose: one line each, for an editor to read."""
    return [
        f"{report.id}: zh-Hant: {context} → {chosen}: undecided; if it is right or wrong, say so in source/{report.id}/protected.yml"
        for context, chosen in decisions.undecided(project, report)
    ]
