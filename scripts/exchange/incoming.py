"""Reading what other tools wrote: XLIFF 1.x, XLIFF 2.0 and TMX."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from xml.parsers import expat

from lxml import etree
from translate.storage.tmx import tmxfile
from translate.storage.xliff import Xliff1File
from translate.storage.xliff2 import Xliff2File

from ..errors import Problem
from . import tags
from .segments import SOURCE, TARGET

_DONE = ("translated", "final", "signed-off")
_BY_MACHINE = ("leveraged-mt", "mt-suggestion", "fuzzy-match")  # XLIFF's state-qualifier


@dataclass(slots=True)
class Unit:
    """A unit of a file that came back; `fault` says why its text cannot be read."""

    id: str
    context: str
    source: str = ""
    target: str = ""
    draft: bool = False  # its state says that it is not finished
    fault: str = ""

    @property
    def place(self) -> str:
        start = " ".join(tags.bare(self.source).split())
        return " ".join(part for part in (self.id, f"“{start[:24]}{'…' if start[24:] else ''}”") if part)


def read(file: Path) -> list[Unit]:
    """The units of an XLIFF or TMX file; Problem if it is neither, broken, dangerous, empty or in other languages."""
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        raise Problem("no such file", file=file) from None
    name, version = _root(data, file)
    if name == "tmx":
        store_of, units_of = tmxfile, _tmx
    elif name == "xliff":
        store_of, units_of = (Xliff2File, _xliff2) if version.startswith("2") else (Xliff1File, _xliff)
    else:
        raise Problem(f"found an XML file of <{name}>, expected XLIFF or TMX", file=file)
    try:
        store = store_of(BytesIO(data))
    except (etree.LxmlError, AssertionError, ValueError, TypeError, StopIteration) as error:
        found = " ".join(str(error).split()) or "its elements are not where they should be"
        raise Problem(f"broken {name.upper()} ({found})", file=file) from None
    units = list(units_of(store, file))
    if not units:
        raise Problem("there is no unit in it", file=file, todo="is it the file that the agency translated?")
    return units


def _root(data: bytes, file: Path) -> tuple[str, str]:
    """(local name, version) of the outermost element of sound XML that declares no entity.

    Entities are refused where they are declared, before any parser could expand them or fetch what they name.
    """
    found: list[tuple[str, str]] = []

    def begun(name, attributes):
        if not found:
            found.append((name.rpartition(":")[2], attributes.get("version", "")))

    def declared(name, *_):
        raise Problem(f"it declares the entity “{name}”", file=file, todo="ask for a file without a DTD of its own")

    def skipped(name, *_):
        raise Problem(f"it uses the entity “{name}”, which is nowhere declared", file=file)

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EntityDeclHandler, parser.SkippedEntityHandler = begun, declared, skipped
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        todo = "expected XLIFF or TMX; ask the agency for the file again"
        raise Problem(f"broken XML ({error})", file=file, todo=todo) from None
    return found[0]


def _xliff(store: Xliff1File, file: Path) -> Iterator[Unit]:
    for node in store.document.getroot().iterchildren(store.namespaced("file")):
        _check_languages(node.get("source-language"), node.get("target-language"), file)
    for element in (one.xmlelement for one in store.units):
        target = _child(element, "target")
        said = {} if target is None else target.attrib
        unit = _unit(element.get("id"), element.get("resname"), [_child(element, "source")], [target])
        state = said.get("state")
        unfinished = state not in _DONE if state else element.get("approved") == "no"
        by_machine = said.get("state-qualifier") in _BY_MACHINE and state not in ("final", "signed-off")
        unit.draft = unfinished or by_machine
        yield unit


def _xliff2(store: Xliff2File, file: Path) -> Iterator[Unit]:
    root = store.document.getroot()
    _check_languages(root.get("srcLang"), root.get("trgLang"), file)
    for element in dict.fromkeys(one.getunitelement() for one in store.units):
        sources, targets, given, draft = [], [], [], False
        for part in element.iterchildren("{*}segment", "{*}ignorable"):  # a tool may have cut the text
            source, target = _child(part, "source"), _child(part, "target")
            if etree.QName(part).localname == "segment":
                given.append(target is not None)
                draft = draft or part.get("state") == "initial"
            elif target is None:
                target = source
            sources.append(source)
            targets.append(target)
        unit = _unit(element.get("id"), element.get("name"), sources, targets if any(given) else [])
        unit.draft = draft
        if any(given) and not all(given):
            unit.fault = "a part of it is not translated"
        yield unit


def _tmx(store: tmxfile, file: Path) -> Iterator[Unit]:
    seen: set[str] = set()
    paired = False
    for one in store.units:
        texts: dict[str, etree._Element] = {}
        for node in one.getlanguageNodes():
            language = node.get("{http://www.w3.org/XML/1998/namespace}lang") or node.get("lang") or ""
            seen.add(language)
            kind = SOURCE if _is_chinese(language) else TARGET if _is_english(language) else ""
            if kind and (text := _child(node, "seg")) is not None:
                texts.setdefault(kind, text)
        paired = paired or len(texts) == 2
        unit = _unit(one.xmlelement.get("tuid"), one.getcontext(), [texts.get(SOURCE)], [texts.get(TARGET)])
        unit.draft = one.xmlelement.get("creationid") == "MT!"  # as tools mark a machine's
        if SOURCE not in texts:
            unit.fault = "it has no text in simplified Chinese"
        yield unit
    if seen and not paired:
        raise Problem(f"found {', '.join(sorted(seen))}, expected {SOURCE} and {TARGET}", file=file, place="xml:lang")


def _unit(unit_id: str | None, context: str | None, sources: Iterable, targets: Iterable) -> Unit:
    """A unit from elements, which may be None; an id of ours that the report no longer has still tells the context."""
    named = re.fullmatch(r"(.+)-[0-9a-f]{10}", unit_id or "")
    unit = Unit(unit_id or "", context or (named[1] if named else ""))
    try:
        unit.source = "".join(tags.words(one) for one in sources if one is not None)
        unit.target = "".join(tags.words(one) for one in targets if one is not None)
    except tags.Unreadable as error:
        unit.fault = str(error)
    return unit


def _child(element, name: str):
    return next(element.iterchildren("{*}" + name), None)


def _check_languages(source: str | None, target: str | None, file: Path) -> None:
    """Problem unless a file goes from simplified Chinese to English; one that does not name its target may."""
    if not _is_chinese(source or "") or (target and not _is_english(target)):
        found = f"from {source or '?'} to {target or '?'}"
        raise Problem(f"it is {found}, expected from {SOURCE} to {TARGET}", file=file)


def _is_chinese(language: str) -> bool:
    first, *others = language.replace("_", "-").lower().split("-")
    return first in ("zh", "zho", "chi", "cmn") and not {"hant", "tw", "hk", "mo"} & set(others)


def _is_english(language: str) -> bool:
    return language.replace("_", "-").lower().split("-")[0] in ("en", "eng")
