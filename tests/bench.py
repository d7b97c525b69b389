"""make bench: what the build costs against bare `mkdocs build` of the same three trees, and how fast tagging is.

Figures, not verdicts: wall seconds and peak memory of whole processes, the median of several runs taken in turn, so
that a ratio holds on a noisy machine.
"""

from __future__ import annotations

import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNS = 5


def run(commands: list[list[str]], cwd: Path) -> float:
    begin = time.perf_counter()
    for command in commands:
        subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begin


def build() -> None:
    python = sys.executable
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        for name in ("source", "overrides", "mkdocs.yml"):
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, root / name)
        (root / "docs").mkdir()
        ours = [[python, "-m", "scripts", "--root", str(root), "build"]]
        run(ours, ROOT)
        configs = ["mkdocs.yml", "docs/mkdocs.zh-Hant.yml", "docs/mkdocs.en.yml"]
        bare = [
            [python, "-m", "mkdocs", "build", "-q", "-f", config, "-d", str(root / f"bare-{n}")]
            for n, config in enumerate(configs)
        ]
        pairs = [(run(ours, ROOT), run(bare, root)) for _ in range(RUNS)]
    for name, seconds in (("build, wall s", [a for a, _ in pairs]), ("bare mkdocs × 3, wall s", [b for _, b in pairs])):
        print(f"{name:28}{statistics.median(seconds):8.2f}   ({min(seconds):.2f}–{max(seconds):.2f})")
    print(f"{'ratio':28}{statistics.median(a / b for a, b in pairs):8.2f}")
    print(f"{'largest process, MB':28}{resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:8.0f}")


def tagging() -> None:
    sys.path.insert(0, str(ROOT))
    from scripts.read import read_document
    from scripts.tag import tag

    text = read_document(next(ROOT.glob("source/*/report.txt"))).text
    tag(text)
    for times in (1, 10, 50):
        print_speed(f"split and tag, {times} reports", [text] * times, tag)
    for times in (5, 20):
        # Each copy ends its lines with a character of its own, or it would be seen that the text is stored twice.
        long = "".join(text.replace("\n", f"{chr(0x4E00 + n)}\n") for n in range(times))
        print_speed(f"split and tag, one × {times}", [long], tag)


def print_speed(name: str, texts: list[str], tag) -> None:
    from scripts.similar import grams

    grams.cache_clear()
    begin = time.perf_counter()
    for text in texts:
        tag(text)
    seconds = time.perf_counter() - begin
    print(f"{name:28}{sum(len(text.encode()) for text in texts) / seconds / 1e6:8.2f} MB/s")


if __name__ == "__main__":
    build()
    tagging()
