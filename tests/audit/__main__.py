"""`make audit`: html-validate over every page, Lighthouse as a phone on the main ones. Fails below the bars."""

from __future__ import annotations

import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from ..conftest import ROOT, copy_project
from . import server

HERE = Path(__file__).resolve().parent
NODE = (20, 19)
RUNS = int(os.environ.get("RUNS", "3"))  # performance is the median; it is low while the machine has other work
BARS = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
REPORT = "shangcheng-2020"
PAGES = (
    "index.html", f"{REPORT}/index.html", f"{REPORT}/commitments/index.html", f"{REPORT}/commitments/sc2020-s0-006.html",
)  # fmt: skip
LANGUAGES = ("zh-Hans", "en")


def main() -> int:
    tools = _install()
    with tempfile.TemporaryDirectory(prefix="audit-") as folder:
        port = _free_port()
        site = _build(Path(folder) / "project", f"http://127.0.0.1:{port}/")
        failed = not _valid(tools, site)
        running = server.start(site, port)
        try:
            for page in (f"{language}/{page}" for language in LANGUAGES for page in PAGES):
                failed |= not _scores(tools, f"http://127.0.0.1:{port}/", page, Path(folder) / "lighthouse.json")
        finally:
            running.shutdown()
    return int(failed)


def _stop(said: str) -> None:
    sys.exit(f"audit: {said}")


def _install() -> Path:
    """Node and the two tools, at the versions of package-lock.json."""
    wanted = ".".join(map(str, NODE))
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        _stop(f"Node {wanted} or newer was expected, none was found → install Node.js with npm; nothing else needs it")
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    if tuple(map(int, version.lstrip("v").split(".")[:2])) < NODE:
        _stop(f"Node {wanted} or newer was expected, {version} was found → install a newer Node.js")
    modules, lock = HERE / "node_modules", HERE / "package-lock.json"
    installed = modules / ".audit-lock"
    if not installed.exists() or installed.read_bytes() != lock.read_bytes():
        print("installing html-validate and Lighthouse …", flush=True)
        command = [npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
        if subprocess.run(command, cwd=HERE, stdout=subprocess.DEVNULL).returncode:
            _stop("html-validate and Lighthouse could not be installed → see above, then run make audit again")
        shutil.copy(lock, installed)
    return modules / ".bin"


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def _build(project: Path, address: str) -> Path:
    """A copy of the site with an absolute address, which canonical links need."""
    project.mkdir()
    copy_project(project, report=True)
    settings = project / "source" / "site.yml"
    lines = settings.read_text(encoding="utf-8").split("\n")
    lines = [f"base_url: {address}" if line.startswith("base_url:") else line for line in lines]
    settings.write_text("\n".join(lines), encoding="utf-8")
    if subprocess.run([sys.executable, "-m", "scripts", "--root", str(project), "build"], cwd=ROOT).returncode:
        _stop("the site could not be built → see above")
    return project / "site"


def _valid(tools: Path, site: Path) -> bool:
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    command = [tools / "html-validate", "--config", HERE / "htmlvalidate.config.cjs", "--formatter", "text", *pages]
    result = subprocess.run(list(map(str, command)), cwd=site, capture_output=True, text=True)
    found = result.stdout.strip().splitlines()
    for line in found[:30]:
        print(line.replace(f"{site}{os.sep}", ""))
    print(f"html-validate: {len(pages)} pages, {len(found)} found" + (", the first 30 are shown" if found[30:] else ""))
    if result.returncode and not found:
        _stop(f"html-validate did not run: {result.stderr.strip()[-400:]}")
    return not found


def _scores(tools: Path, address: str, page: str, file: Path) -> bool:
    """Run Lighthouse with its own settings, which are those of a phone, and print the scores and what took points."""
    flags = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"
    command = [
        str(tools / "lighthouse"), address + page, "--quiet", "--output=json", f"--output-path={file}",
        f"--only-categories={','.join(BARS)}", f"--chrome-flags={flags}", "--disable-full-page-screenshot",
    ]  # fmt: skip
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    results = []
    for _ in range(RUNS):
        file.unlink(missing_ok=True)
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        if not file.exists():
            _stop(f"Lighthouse did not run on {page}: {done.stderr.strip()[-400:]}")
        results.append(json.loads(file.read_text(encoding="utf-8")))
    found = [{name: round(100 * (one["categories"][name]["score"] or 0)) for name in BARS} for one in results]
    median = {name: round(statistics.median(one[name] for one in found)) for name in BARS}
    low = [name for name, bar in BARS.items() if median[name] < bar]
    runs = "/".join(str(one["performance"]) for one in found)
    print("  ".join(f"{name} {median[name]:3}" for name in BARS), f" ({runs})  {page}", flush=True)
    for name in low:
        for one in results[-1]["categories"][name]["auditRefs"]:
            audit = results[-1]["audits"][one["id"]]
            if one["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                print(f"    {name} below {BARS[name]}: {audit['title']} {audit.get('displayValue', '')}")
    return not low


if __name__ == "__main__":
    sys.exit(main())
