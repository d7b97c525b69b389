"""A Chromium that is on this machine already: found, never installed, used to print a page."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from .errors import Problem

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
_WINDOWS = ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
# Nothing but the page: no first-run page, no services that call home.
_FLAGS = (
    "--headless", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", "--no-default-browser-check", "--no-pdf-header-footer", "--generate-pdf-document-outline",
)  # fmt: skip


def find() -> str | None:
    """The program: that of the environment variable CHROMIUM, else one that is installed; None without any."""
    places = [Path(os.environ[folder]) / rest for folder in _FOLDERS if folder in os.environ for rest in _WINDOWS]
    known = [
        os.environ.get("CHROMIUM"),
        *map(shutil.which, _NAMES),
        *(str(path) for path in (*map(Path, _MAC), *places) if path.exists()),
    ]
    return next(filter(None, known), None)


def version(program: str) -> str:
    """What the program calls itself, empty where it does not say (Windows)."""
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=30).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return said.strip()


def print_pdf(program: str, page: Path, pdf: Path, seconds: float = 180) -> None:
    """Print a page on the disk as tagged PDF with bookmarks; Problem if nothing complete comes of it."""
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []  # refused to root otherwise
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [program, *_FLAGS, *sandbox, f"--user-data-dir={profile}", f"--print-to-pdf={pdf}", page.as_uri()]
        try:
            done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=seconds)
        except subprocess.TimeoutExpired:
            raise Problem(
                f"{program} did not finish printing in {seconds:.0f} seconds", file=page, todo="try again"
            ) from None
        except OSError as error:
            raise Problem(f"{program} could not be run: {error.strerror}", todo="correct or unset CHROMIUM") from None
    if done.returncode or not pdf.is_file() or not pdf.read_bytes().rstrip().endswith(b"%%EOF"):
        said = " ".join(done.stderr.split())[-300:]
        raise Problem(f"{program} printed nothing: {said}", file=page, todo="is the disk full, or the browser damaged?")
