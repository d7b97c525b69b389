"""Simplified to Traditional Chinese: characters are converted, mainland wording is kept (never OpenCC's …p configurations).

`s2t` is OpenCC's internal form (爲, 羣) and not for readers; `s2tw` and `s2hk` are.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

import opencc

from .config import Project, Report, load_if_there

_SHARE = Path(opencc.__file__).parent / "clib" / "share" / "opencc"
_CONFIGURATIONS = ("s2tw", "s2hk")


class Converter:
    """Converts text with one OpenCC configuration and a dictionary of protected words (Simplified → Traditional)."""

    def __init__(self, configuration: str, protected: Mapping[str, str]):
        if configuration not in _CONFIGURATIONS:
            raise ValueError(f"{configuration}: expected one of {', '.join(_CONFIGURATIONS)}")
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / f"{configuration}.json"
            file.write_text(json.dumps(_with_protected(configuration, dict(protected))), encoding="utf-8")
            self._opencc = opencc.OpenCC(str(file))
        self._convert = lru_cache(maxsize=None)(self._opencc.convert)

    def __call__(self, text: str) -> str:
        return self._convert(text) if text else text

    def pieces(self, pieces: list[str]) -> list[str]:
        """Convert neighbouring pieces of one text as one text, so that no word is torn at their borders."""
        whole = self("".join(pieces))
        if len(whole) != sum(map(len, pieces)):
            return [self(piece) for piece in pieces]
        result, at = [], 0
        for piece in pieces:
            result.append(whole[at : at + len(piece)])
            at += len(piece)
        return result


def converter(project: Project, report: Report | None = None) -> Converter:
    """The converter for a report, or for the site's own words where none is given."""
    configuration = report.opencc if report else "s2tw"
    return _converter(configuration, tuple(sorted(words(project, report).items())))


def words(project: Project, report: Report | None = None) -> dict[str, str]:
    """The protected words that hold for a report, or for the site's own words: Simplified → Traditional."""
    entries = load_if_there(project.source / "protected.yml", "protected")
    if report:
        entries = entries | load_if_there(report.folder / "protected.yml", "protected")
    return values(entries, report.opencc if report else "s2tw")


def values(entries: Mapping[str, Mapping], configuration: str) -> dict[str, str]:
    """The Traditional forms of a dictionary; they are written as in Taiwan, and for s2hk put into Hong Kong's forms."""
    found = {word: entry["zh-Hant"] for word, entry in entries.items()}
    if configuration != "s2hk":
        return found
    general, hong_kong = _opencc("tw2t"), _opencc("t2hk")
    return {word: hong_kong.convert(general.convert(form)) for word, form in found.items()}


@cache
def _opencc(configuration: str) -> opencc.OpenCC:
    return opencc.OpenCC(configuration)


@cache
def _converter(configuration: str, protected: tuple[tuple[str, str], ...]) -> Converter:
    return Converter(configuration, dict(protected))


def simple(text: str) -> str:
    """A short text without names, such as a figure with its unit."""
    return _converter("s2tw", ())(text)


@cache
def simplified(text: str) -> str:
    """A text in Simplified characters."""
    return _opencc("t2s").convert(text)


def in_language(values: Mapping[str, str] | None, language: str, convert: Converter) -> str:
    """A metadata text in a language: as it is given, else converted or, for English, the Simplified text; empty for none."""
    if not values:
        return ""
    original = values["zh-Hans"]
    return values.get(language) or (convert(original) if language == "zh-Hant" else original)


def _with_protected(configuration: str, protected: dict[str, str]) -> dict:
    """OpenCC's own configuration with the protected words put before its dictionaries.

    They stand in the segmentation (or they would be cut apart), in the first step of the conversion, and, as
    identities, in the later steps (or these would convert the result again).
    """
    config = json.loads((_SHARE / f"{configuration}.json").read_text(encoding="utf-8"))
    _absolute(config)
    if not protected:
        return config
    locked = {result: result for result in protected.values()}
    config["segmentation"]["dict"] = _before(protected, config["segmentation"]["dict"], "union")
    for index, step in enumerate(config["conversion_chain"]):
        step["dict"] = _before(protected if index == 0 else locked, step["dict"], "short_circuit")
    return config


def _before(entries: dict[str, str], dictionary: dict, policy: str) -> dict:
    return {"type": "group", "match_policy": policy, "dicts": [{"type": "inline", "entries": entries}, dictionary]}


def _absolute(node) -> None:
    if isinstance(node, dict):
        if "file" in node:
            node["file"] = str(_SHARE / node["file"])
        for value in node.values():
            _absolute(value)
    elif isinstance(node, list):
        for value in node:
            _absolute(value)
