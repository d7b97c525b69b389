"""A report in one HTML file that needs nothing else: text, index, filters, search, glossary; for e-mail, messengers and sticks.

Styles and scripts are the site's own. Without scripts, as in many document viewers, everything can be read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from markupsafe import Markup

from . import hant, search
from .config import Project
from .docs import words_of
from .edition import STATUS_WORDS, Edition
from .pages import TEMPLATES, index_values

_STYLES = ("yanxing.css", "search.css", "index.css")
_SCRIPTS = ("yanxing.js", "search.js", "index.js")


def single(
    project: Project,
    edition: Edition,
    variants: Mapping[str, str],
    t: Callable[..., str],
    beside: Edition | None = None,
) -> str:
    """The HTML of one report in one language; with `beside` every sentence and commitment in that language, too.

    `variants` are those of `search.variants`. The file refers to no other file; its links lead to sources on the web.
    """
    found = search.value([edition, *([beside] if beside else [])], variants)
    found["entries"] = [[_inside(url), *rest] for url, *rest in found["entries"]]
    words = f"globalThis.yanxingWords = {json.dumps(words_of(t), ensure_ascii=False)};\n"
    assets = project.root / "overrides" / "assets"
    read = lambda folder, names: [(folder / name).read_text(encoding="utf-8") for name in names]  # noqa: E731
    styles = "".join([*read(assets, _STYLES), *read(Path(__file__).parent / "pages", ("single.css",))])
    terms = [entry for entry in edition.glossary.values() if entry.explanation]
    return TEMPLATES.get_template("single.html").render(
        e=edition, o=beside, t=t, language=edition.language, statuses=STATUS_WORDS, base_url=project.base_url,
        name=hant.in_language(project.short_name, edition.language, hant.converter(project)), terms=terms,
        styles=Markup(styles), scripts=[Markup(text) for text in (words, *read(assets, _SCRIPTS))],
        index=_json(found), **index_values(edition),
    )  # fmt: skip


def _inside(url: str) -> str:
    """Where a page of the site is in the file: a place in the text, a commitment's row, a term."""
    page, _, place = url.partition("#")
    if page == "glossary.html":
        return f"#term-{place}"
    return f"#{place or page.rsplit('/', 1)[-1].removesuffix('.html')}"


def _json(value: dict) -> Markup:
    """JSON that cannot end the element that it stands in."""
    return Markup(json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"))
