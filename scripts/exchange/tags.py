"""A commitment's tag, <c1>…</c1>: whether a translation has those of its source, and the inline element that it becomes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from lxml import etree
from translate.misc.xml_helpers import valid_chars_only

_TAG = re.compile(r"<(/?)c([1-9][0-9]*)>")


class Unreadable(ValueError):
    """Markup inside a text that none of our tags became."""


# In a text


def bare(text: str) -> str:
    return _TAG.sub("", text)


def wrong_tags(source: str, target: str) -> str:
    """What is wrong with the tags of a translation, "" if nothing is; their order is the translator's."""
    pieces = _pieces(target)
    wanted, given = (Counter(tag[2] for tag in _TAG.finditer(text) if not tag[1]) for text in (source, target))
    if missing := [number for number in wanted if number not in given]:
        return f"the tag {_shown(missing)} is missing"
    if pieces is None:
        return "its tags are no complete pairs <c1>…</c1> side by side"
    if extra := [number for number in given if given[number] > wanted[number]]:
        return f"the tag {_shown(extra)} stands there more often than in the source"
    if hollow := [number for number, words in pieces if number and not words.strip()]:
        return f"nothing stands in the tag {_shown(hollow)}"
    return ""


def _shown(numbers: list[str]) -> str:
    return ", ".join(f"<c{number}>" for number in numbers)


def _pieces(text: str) -> list[tuple[str, str]] | None:
    """A text cut at its tags, as (number of the tag or "", words); None if they are no pairs that stand side by side."""
    pieces, inside, at = [], "", 0
    for tag in _TAG.finditer(text):
        closing, number = tag.groups()
        if inside != (number if closing else ""):
            return None
        pieces.append((inside, text[at : tag.start()]))
        inside, at = "" if closing else number, tag.end()
    pieces.append(("", text[at:]))
    return None if inside else [piece for piece in pieces if piece != ("", "")]


# Into an element


def put(element, text: str, inline: Callable) -> None:
    """Put a text into an empty element, its tags as `inline` makes them; if they are no pairs it goes in as it is."""
    text = valid_chars_only(text)
    for number, words in _pieces(text) or [("", text)]:
        if number:
            inline(element, number, words)
        elif len(element):
            element[-1].tail = words
        else:
            element.text = words


def group(element, number: str, words: str) -> None:
    """XLIFF's."""
    etree.SubElement(element, element.tag.rpartition("}")[0] + "}g", id=f"c{number}").text = words


def pair(element, number: str, words: str) -> None:
    """TMX's."""
    begin = etree.SubElement(element, "bpt", i=number, x=number)
    begin.text, begin.tail = f"<c{number}>", words
    etree.SubElement(element, "ept", i=number).text = f"</c{number}>"


# Out of an element


def words(element) -> str:
    """The text of an element with our tags, whichever inline elements of XLIFF or TMX they became; Unreadable for others."""
    begun: dict[str, str] = {}  # what a beginning calls itself → the number of its tag
    return "".join(_inside(element, begun))


def _inside(element, begun: dict[str, str]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str):  # else a comment
            yield from _inline(child, begun)
        yield child.tail or ""


def _inline(element, begun: dict[str, str]) -> Iterator[str]:
    name, number = etree.QName(element).localname, _number(element)
    if name in ("mrk", "hi"):  # a tool's own mark, of a sentence or a term
        yield from _inside(element, begun)
    elif name in ("g", "pc") and number:
        yield f"<c{number}>"
        yield from _inside(element, begun)
        yield f"</c{number}>"
    elif name in ("bpt", "bx", "sc") and number:
        begun.update((element.get(key), number) for key in ("i", "rid", "id") if element.get(key))
        yield f"<c{number}>"
    elif name in ("ept", "ex", "ec") and (number := _ended(element, begun)):
        yield f"</c{number}>"
    elif name in ("ph", "it", "ut", "x") and (tag := _literal(element)):
        yield tag[0]
    elif name not in ("sm", "em", "cp"):  # marks of XLIFF 2 without a text
        raise Unreadable(f"it holds <{name}>, which is none of the source's tags")


def _literal(element) -> re.Match | None:
    """The tag that an inline element stands for, as its content or its equivalent text says."""
    said = "".join(element.itertext()) or element.get("equiv-text") or element.get("equiv") or ""
    return _TAG.fullmatch(said.strip())


def _number(element) -> str:
    """The number of the tag that an inline element begins, "" if none is to be found."""
    if tag := _literal(element):
        return tag[2]
    names = (element.get(key, "") for key in ("x", "id", "i"))
    return next((found[1] for name in names if (found := re.fullmatch(r"c?([1-9][0-9]*)", name))), "")


def _ended(element, begun: dict[str, str]) -> str:
    names = (element.get(key) for key in ("i", "rid", "startRef", "id"))
    tag = _literal(element)
    return next((begun[name] for name in names if name in begun), tag[2] if tag else "")
