"""dist/: copies to hand out. An offline zip of each report and of the whole site, single files, print editions, checksums.

yanxing-offline.zip                 the whole site; unpack, open index.html
<report>-offline.zip                the site with this report only
<report>.<language>.html            the report in one file, and <report>.zh-Hans-en.html in two languages
<report>.<language>.pdf             the print edition, where a Chromium is there to make it
manifest.json, SHA256SUMS           what all this is, and its checksums; a signature where one was asked for
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from .. import chromium, docs, files, manifest, search, single
from ..assemble import interface
from ..config import Project, load_project
from ..edition import ORIGINAL, Edition
from ..site import build_site, epoch
from . import archive
from .printing import print_edition
from .sign import sign

__all__ = ["Packaged", "package"]

WHOLE = "yanxing"
# Of a site only: nobody asks a folder for them.
_ONLINE = ("robots.txt", "sitemap.xml", "*/404.html")
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Packaged:
    """The folder, its files, and what could not be made, in words."""

    folder: Path
    files: tuple[Path, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Built:
    """A site for the disk, and the editions that it was made of, by language."""

    project: Project
    editions: dict[str, list[Edition]]


def package(project: Project, say: Say = lambda line: None, signer: str = "") -> Packaged:
    """Make dist/ anew, whole or not at all; the site is built from source/ in a place of its own, and site/ stays as it is.

    `signer` as in sign.sign. Problem if anything but the PDFs, which need a Chromium, cannot be made.
    """
    remarks = []
    program = chromium.find()
    if not program:
        remarks.append("no PDF was made: no Chromium, Chrome or Edge was found → install one, or name it in CHROMIUM")
    with files.replacing(project.root / "dist") as dist, tempfile.TemporaryDirectory(dir=dist, prefix=".work-") as work:
        for name, built in _copies(project, Path(work), say):
            site, date = built.project.site, epoch(built.project)
            title = f"{name}-offline.zip"
            say(title)
            (site / manifest.NAME).write_bytes(manifest.make(built.project, site, title, date))
            archive.write(site, dist / title, date)
            if name != WHOLE:
                _singles(built, dist, say)
                if program:
                    _prints(program, built, dist, say)
        shutil.rmtree(work)
        tools = {"chromium": chromium.version(program)} if program else {}
        (dist / manifest.NAME).write_bytes(manifest.make(project, dist, "dist", epoch(project), tools))
        (dist / manifest.SUMS).write_text(manifest.sums(dist), encoding="utf-8", newline="\n")
        if signer:
            sign(dist / manifest.SUMS, signer)
        Path(work).mkdir()  # which its keeper will remove
    folder = project.root / "dist"
    return Packaged(folder, tuple(sorted(folder.iterdir())), tuple(remarks))


def _copies(project: Project, work: Path, say: Say) -> Iterator[tuple[str, _Built]]:
    """(name, site) of every copy: of the whole, and of each report. A site with one report is both."""
    whole = _build(project, work / WHOLE, [report.id for report in project.reports], say)
    yield WHOLE, whole
    for report in project.reports:
        yield report.id, whole if len(project.reports) == 1 else _build(project, work / report.id, [report.id], say)


def _build(project: Project, root: Path, reports: list[str], say: Say) -> _Built:
    """Build these reports for the disk in a folder of their own."""
    say(f"building {', '.join(reports)} for the disk …")
    root.mkdir()
    others = {report.folder for report in project.reports if report.id not in reports}
    skip = lambda folder, names: [name for name in names if Path(folder) / name in others]  # noqa: E731
    shutil.copytree(project.source, root / "source", ignore=skip)
    shutil.copytree(project.root / "overrides", root / "overrides")
    shutil.copy(project.root / "mkdocs.yml", root)
    own = load_project(root)
    editions = docs.write_docs(own, offline=True)
    build_site(own)
    for pattern in _ONLINE:
        for path in own.site.glob(pattern):
            path.unlink()
    return _Built(own, editions)


def _singles(built: _Built, dist: Path, say: Say) -> None:
    project = built.project
    variants = search.variants(project, built.editions[ORIGINAL])
    for language, (edition,) in built.editions.items():
        t, name = interface(project, language), f"{edition.report.id}.{language}.html"
        say(name)
        files.write(dist / name, single.single(project, edition, variants, t))
    if "en" in built.editions:
        (original,), (english,) = built.editions[ORIGINAL], built.editions["en"]
        name = f"{original.report.id}.{ORIGINAL}-en.html"
        say(name)
        files.write(dist / name, single.single(project, original, variants, interface(project, ORIGINAL), english))


def _prints(program: str, built: _Built, dist: Path, say: Say) -> None:
    """Two at a time: a browser uses one core."""

    def one(edition: Edition) -> None:
        name = f"{edition.report.id}.{edition.language}.pdf"
        say(name)
        print_edition(program, built.project.site, edition, dist / name, epoch(built.project))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(one, (edition for own in built.editions.values() for edition in own)))
