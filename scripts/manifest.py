"""manifest.json: what a copy is, what it was made from and with, and every file with its SHA-256. And SHA256SUMS."""

from __future__ import annotations

import hashlib
import json
import platform
import zlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from . import __version__
from .config import Project, Report

NAME, SUMS = "manifest.json", "SHA256SUMS"
FORMAT = "1.0"  # of manifest.json; the second figure rises when keys are added
_TOOLS = ("mkdocs", "mkdocs-material", "Markdown", "Jinja2", "OpenCC", "XlsxWriter", "babel", "pypdf")


def make(project: Project, folder: Path, what: str, epoch: int, tools: Mapping[str, str] | None = None) -> bytes:
    """The manifest of the files below `folder`; `tools` what made them besides Yanxing and its libraries."""
    value = {
        "format": FORMAT,
        "what": what,
        "site": dict(project.name),
        "base_url": project.base_url or None,
        "version": __version__,
        "date": datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "sources": [_source(report) for report in project.reports],
        "source_sha256": folder_digest(project.source),
        "tools": {
            "python": platform.python_version(), "zlib": zlib.ZLIB_RUNTIME_VERSION,
            **{name: version(name) for name in _TOOLS}, **(tools or {}),
        },
        "files": [described(folder, path) for path in listed(folder)],
    }  # fmt: skip
    compact = {"ensure_ascii": False, "separators": (",", ":")}
    head = json.dumps(value | {"files": []}, ensure_ascii=False, indent=1).removesuffix("[]\n}")
    lines = ",\n".join(json.dumps(one, **compact) for one in value["files"])  # a line a file: there are thousands
    return f"{head}[\n{lines}\n]}}\n".encode()


def listed(folder: Path) -> list[Path]:
    """The files below a folder that a manifest lists: all but itself and what is made from it."""
    own = {NAME, SUMS, f"{SUMS}.asc", f"{SUMS}.minisig"}
    return sorted(
        path for path in folder.rglob("*") if path.is_file() and path.relative_to(folder).as_posix() not in own
    )


def described(folder: Path, path: Path) -> dict:
    data = path.read_bytes()
    return {"path": path.relative_to(folder).as_posix(), "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def sums(folder: Path) -> str:
    """SHA256SUMS of the files in a folder, as `sha256sum -c` reads it."""
    names: Iterable[Path] = sorted((*listed(folder), folder / NAME))
    return "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n" for path in names
    )


def _source(report: Report) -> dict:
    """Where a report comes from, and what stood in its folder."""
    return {
        "report": report.id,
        "title": dict(report.title),
        "published": report.published or None,
        "url": report.url or None,
        "as_of": report.as_of,
        "text_sha256": hashlib.sha256(report.text_file.read_bytes()).hexdigest(),
        "ledger_sha256": folder_digest(report.ledger),
    }


def folder_digest(folder: Path) -> str:
    """One SHA-256 of all files below a folder: of the lines `<sha256>  <path>`, sorted by path.

    Without published.tsv, which remembers what was handed out and is no source of it.
    """
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "published.tsv")
    lines = (
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n" for path in paths
    )
    return hashlib.sha256("".join(lines).encode("utf-8")).hexdigest()
