"""docs/ to site/: one MkDocs build per language, in processes of their own, swapped in only when all are complete."""

from __future__ import annotations

import html
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from . import files, hant, manifest, metadata, sitemap
from .assemble import interface
from .config import Project
from .docs import LANGUAGE_NAMES
from .edition import ORIGINAL
from .errors import Problem
from .plain import plain

_CONFIG = {True: "mkdocs.yml", False: "docs/mkdocs.{}.yml"}
# Material's own scripts and styles come with every build; no page uses them.
_UNUSED = (
    "assets/javascripts",
    "assets/stylesheets",
    "assets/images",
    "sitemap.xml",
    "sitemap.xml.gz",
)  # ours is in sitemap.py


def build_site(project: Project, done: Callable[[str], None] = lambda language: None) -> Path:
    """Build every language and put the whole into site/; an existing site/ stays as it is until then.

    `done` is called with each language as it is finished. Raises Problem with MkDocs' own words if a build fails.
    """
    with files.replacing(project.site) as folder:
        _run_builds(project, folder, done)
        for language in project.languages:
            for name in _UNUSED:
                path = folder / language / name
                shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        shutil.copytree(project.docs / "data", folder / "data", copy_function=shutil.copyfile)
        _write_choice(project, folder)
        sitemap.write(project, folder)
        (folder / manifest.NAME).write_bytes(manifest.make(project, folder, "site", epoch(project)))
    return project.site


def _run_builds(project: Project, folder: Path, done: Callable[[str], None]) -> None:
    environment = {
        **os.environ,
        "NO_MKDOCS_2_WARNING": "1",
        "SOURCE_DATE_EPOCH": str(epoch(project)),
        "PYTHONUTF8": "1",
    }
    waiting, running = list(project.languages), {}
    try:
        while waiting or running:
            while waiting and len(running) < (os.cpu_count() or 1):
                language = waiting.pop(0)
                config = _CONFIG[language == ORIGINAL].format(language)
                command = [
                    sys.executable,
                    "-m",
                    "mkdocs",
                    "build",
                    "--strict",
                    "--quiet",
                    "-f",
                    config,
                    "-d",
                    str(folder / language),
                ]
                running[language] = subprocess.Popen(
                    command, cwd=project.root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
                )  # fmt: skip
            language = next(iter(running))
            output, _ = running[language].communicate()
            process = running.pop(language)
            if process.returncode:
                said = " ".join(output.split())[-600:]
                raise Problem(f"MkDocs could not build {language}: {said}", todo="site/ is unchanged")
            done(language)
    finally:
        for process in running.values():
            process.kill()
            process.communicate()


def epoch(project: Project) -> int:
    """The time that a build gives as its own, in seconds: SOURCE_DATE_EPOCH (reproducible-builds.org), else the latest day
    that the ledgers take into account, so that bytes repeat."""
    if (given := os.environ.get("SOURCE_DATE_EPOCH", "")).isdigit():
        return int(given)
    latest = max((report.as_of for report in project.reports), default="2000-01-01")
    return int(datetime.fromisoformat(latest).replace(tzinfo=UTC).timestamp())


def _write_choice(project: Project, folder: Path) -> None:
    """site/index.html: to the reader's language, without JavaScript a plain choice."""
    first = project.languages[0]
    convert, t = hant.converter(project), interface(project, first)
    name, english = (hant.in_language(project.name, language, convert) for language in (first, "en"))
    front = {"kind": "root", "title": plain(name)}
    front["description"] = plain(hant.in_language(project.tagline, first, convert)) or front["title"]
    described = metadata.Describer(project, first, convert, t)(front, None, None)
    head = [
        f"<title>{html.escape(front['title'])}</title>",
        _tag("meta", name="description", content=front["description"]),
    ]
    head += [_tag("meta", name=key, content=value) for key, value in described["tags"]]
    head += [_tag("meta", property=key, content=value) for key, value in described["properties"]]
    if project.base_url:
        head.append(_tag("link", rel="canonical", href=f"{project.base_url}index.html"))
        addresses = sitemap.alternates(project, "index.html")
        head += [_tag("link", rel="alternate", hreflang=code, href=address) for code, address in addresses.items()]
    links = "\n".join(
        f'<li><a href="{code}/index.html" data-language="{code}" lang="{code}" hreflang="{code}">{LANGUAGE_NAMES[code]}</a></li>'
        for code in project.languages
    )
    publisher = html.escape(hant.in_language(project.publisher, first, convert))
    lines = " ".join(f"<span>{html.escape(line)}</span>" for line in metadata.foot(project, first, convert, t))
    foot = "\n".join(f"<p>{line}</p>" for line in (publisher, lines) if line)
    (folder / "index.html").write_text(
        f"""<!doctype html>
<html lang="{first}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
{chr(10).join(head)}
<link rel="icon" href="{first}/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="{first}/assets/yanxing.css">
<script src="{first}/assets/choose.js" defer></script>
</head>
<body class="kind-choice">
<main id="main" class="layout">
<h1>{html.escape(name)}</h1>
<p lang="en">{html.escape(english)}</p>
<ul>
{links}
</ul>
</main>
<footer class="site-footer">
{foot}
</footer>
</body>
</html>
""",
        encoding="utf-8",
        newline="\n",
    )


def _tag(element: str, **attributes: str) -> str:
    return f"<{element} " + " ".join(f'{name}="{html.escape(value)}"' for name, value in attributes.items()) + ">"


def page_count(site: Path) -> int:
    """The number of HTML pages of a built site; what other websites embed are no pages of it."""
    return sum("embed" not in path.relative_to(site).parts[:-1] for path in site.rglob("*.html"))
