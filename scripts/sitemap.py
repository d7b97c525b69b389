"""sitemap.xml with each page's languages, and robots.txt: for a site whose address is known (sitemaps.org; hreflang).

A page's alternates name each other and themselves, and x-default is the first language's, for the front pages the root, which
is the choice of a language: search engines ignore alternates that are not reciprocal.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from .config import Project

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'


def write(project: Project, folder: Path) -> None:
    """Write robots.txt and, where base_url is set, sitemap.xml into the built site in `folder`."""
    robots = "User-agent: *\nAllow: /\n"
    if project.base_url:
        robots += f"Sitemap: {project.base_url}sitemap.xml\n"
        (folder / "sitemap.xml").write_text(_sitemap(project, folder), encoding="utf-8", newline="\n")
    (folder / "robots.txt").write_text(robots, encoding="utf-8", newline="\n")


def _sitemap(project: Project, folder: Path) -> str:
    pages: dict[str, list[str]] = {}
    for language in project.languages:
        for path in _pages(folder / language):
            pages.setdefault(path, []).append(language)
    return (
        _HEAD + "".join(_entries(project, path, languages) for path, languages in sorted(pages.items())) + "</urlset>\n"
    )


def _pages(folder: Path) -> Iterable[str]:
    """The pages of a language below its folder; embeds and the error page are for no search engine."""
    for file in sorted(folder.rglob("*.html")):
        path = file.relative_to(folder).as_posix()
        if path != "404.html" and not path.startswith("embed/"):
            yield path


def alternates(project: Project, path: str, languages: Iterable[str] = ()) -> dict[str, str]:
    """The absolute addresses of a page (its path below a language's folder) by language, and x-default."""
    found = {language: f"{project.base_url}{language}/{path}" for language in languages or project.languages}
    root = f"{project.base_url}index.html"
    return found | {"x-default": root if path == "index.html" else next(iter(found.values()))}


def _entries(project: Project, path: str, languages: list[str]) -> str:
    addresses = alternates(project, path, languages)
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href={quoteattr(address)}/>'
        for language, address in addresses.items()
    )
    listed = dict.fromkeys(addresses.values())  # the root is x-default of the front pages, and a page of its own
    return "".join(f"<url><loc>{escape(address)}</loc>{links}</url>\n" for address in listed)
