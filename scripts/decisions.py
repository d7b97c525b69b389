"""Which conversions to Traditional Chinese a person has decided, and which are left.

A character with several Traditional forms is decided where it stands in a word of protected.yml, or where it comes out in
the form that characters.yml calls its usual one. OpenCC's own list of ambiguities leaves out what its phrases decide, and
these it gets wrong, too (复议, 征程): so every such character of the text is looked at.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import opencc

from . import hant
from .config import Project, Report, load_if_there, report_text
from .errors import Problem

_CLIB = Path(opencc.__file__).parent / "clib"
_CONTEXT = 6  # characters on either side that an editor needs to decide


def undecided(project: Project, report: Report) -> list[tuple[str, str]]:
    """(the character in its context, OpenCC's choice) of every conversion that nobody has decided, each context once."""
    return undecided_in(project, report_text(report), report)


def undecided_in(project: Project, text: str, report: Report | None = None) -> list[tuple[str, str]]:
    """The same for any text, of a report's own words or, without one, of the site's."""
    configuration = report.opencc if report else "s2tw"
    characters = hant.values(load_if_there(project.source / "characters.yml", "protected"), configuration)
    found = _undecided(text, hant.converter(project, report), hant.words(project, report), characters)
    return list(dict.fromkeys(found))


def _undecided(
    text: str, convert: hant.Converter, words: Mapping[str, str], characters: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    many = _one_to_many(text)
    longest = max(map(len, words), default=0)
    for line in text.splitlines():
        result = convert(line)
        if len(result) != len(line):
            yield line[: 2 * _CONTEXT], result[: 2 * _CONTEXT]
            continue
        for at, (simple, chosen) in enumerate(zip(line, result, strict=True)):
            if simple in many and characters.get(simple) != chosen and not _decided(line, result, at, words, longest):
                before, after = line[max(0, at - _CONTEXT) : at], line[at + 1 : at + 1 + _CONTEXT]
                yield f"{before}[{simple}]{after}", chosen


def _decided(line: str, result: str, at: int, words: Mapping[str, str], longest: int) -> bool:
    """Whether the longest protected word here came out as it says, or else all words here agree on the character."""
    covering = [
        (size, start)
        for size in range(longest, 0, -1)
        for start in range(max(0, at - size + 1), at + 1)
        if line[start : start + size] in words
    ]
    if not covering:
        return False
    if any(
        size == covering[0][0] and words[line[start : start + size]] == result[start : start + size]
        for size, start in covering
    ):
        return True
    return all(words[line[start : start + size]][at - start] == result[at] for size, start in covering)


@cache
def _one_to_many(text: str) -> frozenset[str]:
    """The characters of a text with several Traditional forms, by OpenCC's own list of ambiguities, phrases left aside."""
    program = shutil.which("opencc", path=str(_CLIB / "bin"))
    if not program:
        raise Problem("OpenCC's program is not installed", file=_CLIB / "bin", todo="install requirements.txt again")
    characters = {"type": "ocd2", "file": str(_CLIB / "share" / "opencc" / "STCharacters.ocd2")}
    configuration = {
        "name": "characters",
        "segmentation": {"type": "mmseg", "dict": characters},
        "conversion_chain": [{"dict": characters}],
    }
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "characters.json"
        file.write_text(json.dumps(configuration), encoding="utf-8")
        run = subprocess.run(
            [program, "-c", str(file), "--ambiguities"],
            input=text.encode("utf-8", "replace"),
            capture_output=True,
            check=False,
        )
    lines = [json.loads(line) for line in run.stdout.decode("utf-8").splitlines() if line.startswith('{"def"')]
    return frozenset(line["def"] for line in lines)
