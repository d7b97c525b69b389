"""Text to outline: parts, sections, paragraphs and sentences, without losing a character.

Nothing here refuses a text: what is not understood becomes an ordinary paragraph. The leaves tile the text, so that
joining them gives it back; every id is language-free and counted, never taken from the typed numbers.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from functools import lru_cache

from . import data
from .model import Item, Leaf, Outline, Paragraph, Part, Section, Sentence, Span

_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_BLANK = " \t\u3000\xa0\ufeff\u200b\u2002\u2003\x1c\x1d\x1e\x1f"
_HAN = "一二三四五六七八九十百"
# Heading levels of GB/T 9704, with 第一章 / 第一节 above them: the style of number, outermost first.
_NUMBERS = (
    ("chapter", re.compile(rf"第[{_HAN}]+(?:部分|章|节)[、：:\s\u3000]*")),
    ("han", re.compile(rf"[{_HAN}]{{1,4}}、")),
    ("han-bracket", re.compile(rf"[（(][{_HAN}]{{1,4}}[)）][、.．]?")),
    ("digit", re.compile(r"\d{1,3}(?:[、．]|\.(?!\d)|\s(?=[^\d\s]))")),
    ("digit-bracket", re.compile(r"[（(]\d{1,3}[)）][、.．]?")),
    ("circled", re.compile(r"[①-⑳]")),
    ("ordinal", re.compile(rf"第?[{_HAN}]{{1,3}}(?:是|要|[，,])(?=\S)")),
    ("dash", re.compile(r"[—－\-]{1,2}(?=[^—－\-\d\s])")),
)
_HEADING_STYLES = ("chapter", "han", "han-bracket")
_SENTENCE_END = re.compile(r"[。！？!?]+[”’」』）)\]】]*|(?<=[\u4e00-\u9fff])\.(?=[\u4e00-\u9fff]|$)")
_TERMINAL = "。！？!?；;，,、"
# Items of a list inside a paragraph, each style with its counting.
_INLINE = (
    re.compile(r"(?<![\d.])(\d{1,2})[.．、](?![\d])"),
    re.compile(rf"(?<![{_HAN}第])([{_HAN}]{{1,3}})是(?=\S)"),
    re.compile(r"[（(](\d{1,2})[)）]"),
    re.compile(rf"[（(]([{_HAN}]{{1,3}})[)）]"),
    re.compile(r"(?:(?<=[。；;：:！!])|^)([①-⑳])"),  # elsewhere it is a footnote's mark
)
_MAX_HEADING = 70
_MAX_LEAD = 30


@dataclass(slots=True)
class _Line:
    start: int  # of the content, blanks stripped
    end: int
    text: str
    style: str = ""
    number: str = ""
    kind: str = "paragraph"  # paragraph | heading | title | furniture
    body: int = 0  # where the text after number and heading begins
    part: str = ""

    @property
    def heading(self) -> str:
        return self.text[len(self.number) : self.body - self.start].strip(_BLANK)


@lru_cache(maxsize=1)
def _words() -> dict[str, re.Pattern]:
    def compiled(value):
        return re.compile("|".join(value) if isinstance(value, list) else value)

    return {name: compiled(value) for name, value in data.load("outline.yml").items()}


def split(text: str) -> Outline:
    """The outline of any text.

    Parts stand in the order of the text, each with its sections; the leaves tile [0, len(text)).
    """
    lines = [line for line in _lines(text) if line.text]
    _mark_headings(lines)
    _mark_parts(lines)
    parts = _parts(text, lines)
    return Outline(text=text, parts=parts, leaves=_leaves(text, lines, parts), year=_year(lines))


def _lines(text: str):
    at = 0
    for found in _BREAK.finditer(text):
        yield _line(text, at, found.start())
        at = found.end()
    yield _line(text, at, len(text))


def _line(text: str, start: int, end: int) -> _Line:
    raw = text[start:end]
    content = raw.strip(_BLANK)
    start += len(raw) - len(raw.lstrip(_BLANK)) if content else 0
    line = _Line(start=start, end=start + len(content), text=content, body=start)
    for style, pattern in _NUMBERS:
        if found := pattern.match(content):
            line.style, line.number = style, found.group()
            break
    return line


def _mark_headings(lines: list[_Line]) -> None:
    """A heading is a short line without a sentence, or, behind a number, a short first sentence before its body."""
    for line in lines:
        rest = line.text[len(line.number) :]
        first = _SENTENCE_END.search(rest)
        title = rest[: first.start()] if first else rest
        whole = not first or (first.end() == len(rest) and "；" not in rest)
        if line.style in _HEADING_STYLES and 0 < len(title) <= _MAX_HEADING:
            if whole and len(rest) <= _MAX_HEADING:
                line.kind, line.body = "heading", line.end
            elif first:
                line.kind, line.body = "heading", line.start + len(line.number) + first.end()
        elif not line.number and not first and 2 <= len(rest) <= 40 and rest[-1] not in _TERMINAL + "：:、》”)）】":
            words = _words()
            if len(rest) <= 12 or words["review"].search(rest) or words["forward"].search(rest):
                line.kind, line.body = "heading", line.end


def _mark_parts(lines: list[_Line]) -> None:
    """Give every line its part: by vocative and headings, by what a paragraph opens with, by its place."""
    words = _words()
    first = next((i for i, line in enumerate(lines) if words["vocative"].match(line.text)), None)
    start = first if first is not None and first <= max(40, len(lines) // 3) else None
    for line in lines[:start] if start else ():
        titled = words["title"].search(line.text) and not words["tail"].search(line.text)
        line.kind, line.part, line.body = ("title" if titled else "furniture"), "opening", line.start
        if not titled:
            line.part = "furniture"
    body = lines[start or 0 :]
    copy = _second_copy(body)
    for line in body[copy:]:
        line.kind, line.part, line.body = "furniture", "furniture", line.start
    body = body[:copy]
    end = _annex_start(body)
    tail = _tail_start(body)
    for line in body[tail:]:
        line.kind, line.part, line.body = "furniture", "furniture", line.start
    _mark_annex(body[end:tail])
    body = body[: min(end, tail)]
    part, seen_forward = "opening", False
    reviewed = any(_part_cue(line, words) == "review" for line in body)
    for index, line in enumerate(body):
        cue = _part_cue(line, words)
        if cue == "review" and seen_forward and line.kind != "heading":
            cue = ""
        if cue:
            part, seen_forward = cue, seen_forward or cue == "forward"
        elif part == "opening" and not reviewed and index > 0 and len(line.text) > 60 and _opens_review(line.text):
            part = "review"
        line.part = part
    _mark_closing(body, words)


def _second_copy(body: list[_Line]) -> int:
    """Where a text that is stored twice begins again: nearly all lines from there on repeat those from the start."""
    first = next((index for index, line in enumerate(body) if len(line.text) >= 20), None)
    if first is None:
        return len(body)
    for again in range(first + 3, len(body)):
        if body[again].text == body[first].text:
            length = min(again - first, len(body) - again)
            same = sum(body[first + n].text == body[again + n].text for n in range(length))
            if same >= 3 and same >= 0.8 * (len(body) - again):
                before = 0  # the lines before the first long one (各位代表) are repeated, too
                while before < first and body[again - before - 1].text == body[first - before - 1].text:
                    before += 1
                return again - before
    return len(body)


def _opens_review(text: str) -> bool:
    """Where no heading announces the review: its first long paragraph looks back."""
    return bool(_words()["review_opening"].match(text)) and not _words()["vocative"].match(text)


def _part_cue(line: _Line, words) -> str:
    if line.kind == "heading" and line.style in ("", "chapter", "han"):
        if line.style == "" and len(line.text) > 30:
            return ""
        if words["review"].search(line.heading):
            return "review"
        if words["forward"].search(line.heading):
            return "forward"
    if line.kind == "paragraph" and not line.number and words["forward_opening"].match(line.text[:110]):
        return "forward" if re.search(r"今年|总体要求|新的一年|今后|未来", line.text[:60]) else ""
    return ""


def _annex_start(body: list[_Line]) -> int:
    """Where annexes and glossaries begin: a line that announces one, in the second half of the text."""
    total = body[-1].end - body[0].start if body else 0
    for index, line in enumerate(body):
        if line.start - body[0].start < total * 0.3 or len(line.text) > 40:
            continue
        if _words()["annex"].search(line.text):
            return index
    return len(body)


def _mark_annex(lines: list[_Line]) -> None:
    """In annexes short lines are cells of tables: only what announces an annex, its title, and numbers are headings."""
    announced = False
    for line in lines:
        line.part = "annex"
        cue = len(line.text) <= 40 and bool(_words()["annex"].search(line.text))
        if cue or (announced and not line.number and len(line.text) <= 40 and line.text[-1] not in _TERMINAL):
            line.kind, line.body = "heading", line.end
        elif line.kind == "heading" and not line.style:
            line.kind, line.body = "paragraph", line.start
        announced = cue


def _tail_start(body: list[_Line]) -> int:
    """Where the page's own residue begins: short lines at the very end that say so."""
    last = len(body)
    for index in range(len(body) - 1, max(len(body) - 15, -1), -1):
        if len(body[index].text) <= 60 and _words()["tail"].search(body[index].text):
            last = index
        elif len(body[index].text) > 60:
            break
    return last


def _mark_closing(body: list[_Line], words) -> None:
    """The closing: from the last address of the deputies that no numbered text follows."""
    start = None
    for line in reversed(body):
        if line.part != "forward" or line.kind == "heading" or line.style in ("han", "han-bracket", "digit"):
            break
        if re.match(r"各位代表|同志们", line.text):
            start = line.start
    if start is not None:
        for line in body:
            if line.start >= start:
                line.part = "closing"


def _parts(text: str, lines: list[_Line]) -> tuple[Part, ...]:
    runs: list[tuple[str, list[_Line]]] = []
    for line in lines:
        if not runs or runs[-1][0] != line.part:
            runs.append((line.part, []))
        runs[-1][1].append(line)
    parts, numbers = [], _Numbers()
    for index, (kind, run) in enumerate(runs):
        start = 0 if index == 0 else run[0].start
        end = runs[index + 1][1][0].start if index + 1 < len(runs) else len(text)
        parts.append(_part(kind, run, start, end, numbers))
    return tuple(parts) or (Part("furniture", 0, len(text)),) * bool(text)


_PREFIX = {"review": "r", "forward": "s", "opening": "o", "closing": "c", "annex": "a", "furniture": "f"}


class _Numbers:
    """Counters that run through the whole text, so that every id is unique in it."""

    def __init__(self) -> None:
        self.paragraph, self.livelihood, self.section = 0, 0, {}

    def next_paragraph(self) -> str:
        self.paragraph += 1
        return f"p{self.paragraph:03d}"

    def next_livelihood(self) -> str:
        self.livelihood += 1
        return f"l{self.livelihood:02d}"

    def preamble(self, prefix: str) -> str:
        """The id of the text before a part's first heading: `s0`; where a part is taken up again, the next free one."""
        if prefix in self.section:
            return f"{prefix}{self.next_section(prefix)}"
        self.section[prefix] = 0
        return f"{prefix}0"

    def next_section(self, key: str) -> int:
        self.section[key] = self.section.get(key, 0) + 1
        return self.section[key]


def _part(kind: str, run: list[_Line], start: int, end: int, numbers: _Numbers) -> Part:
    heading = None
    if kind == "furniture":
        return Part(kind, start, end)
    headings = [line for line in run if line.kind == "heading"]
    if headings and run[0] is headings[0] and run[0].body == run[0].end:
        rank = _rank(run[0])
        alone = sum(_rank(line) == rank for line in headings) == 1 and len(headings) > 1
        if alone or (run[0].style == "" and len(headings) == 1):
            heading, run, headings = run[0], run[1:], headings[1:]
    ranks = sorted({_rank(line) for line in headings})
    prefix = _PREFIX[kind]
    opened = [[numbers.preamble(prefix), 1, None, []]] if run and run[0].kind != "heading" else []
    path: list[str] = []
    for line in run:
        if line.kind == "heading":
            level = ranks.index(_rank(line)) + 1
            parent = path[level - 2] if 1 < level <= len(path) + 1 else (path[-1] if path and level > 1 else "")
            own = f"{parent}-{numbers.next_section(parent)}" if parent else f"{prefix}{numbers.next_section(prefix)}"
            path = [*path[: level - 1], own]
            opened.append([own, min(level, len(path)), line, []])
        if line.body < line.end:
            opened[-1][3].append(line)
    sections, above = [], []
    for own, level, line, body in opened:
        above = [*above[: level - 1], line.heading if line else ""]
        under = "".join([heading.heading if heading else "", *above[:-1]])
        sections.append(_section(kind, own, level, line, body, numbers, under))
    span = (heading.start + len(heading.number), heading.end) if heading else None
    return Part(kind, start, end, heading.heading if heading else "", span, _with_ends(sections, end))


def _rank(line: _Line) -> int:
    styles = [name for name, _ in _NUMBERS]
    return styles.index(line.style) + 1 if line.style else 0


def _section(
    part: str, own: str, level: int, line: _Line | None, body: list[_Line], numbers: _Numbers, above: str
) -> Section:
    paragraphs = tuple(_paragraph(one, own, numbers) for one in body)
    first = line.start if line else body[0].start
    span = (line.start + len(line.number), line.body) if line else (first, first)
    last = body[-1].end if body else line.end
    heading = line.heading if line else ""
    livelihood = bool(_words()["livelihood"].search(heading)) and part in ("forward", "annex")
    number = line.number.strip(_BLANK) if line else ""
    return Section(own, part, level, number, heading, span, first, last, livelihood, above, paragraphs)


def _with_ends(sections: list[Section], end: int) -> tuple[Section, ...]:
    """A section reaches to where the next of its level or above begins, so that it holds its subsections."""
    result = []
    for index, section in enumerate(sections):
        following = (other.start for other in sections[index + 1 :] if other.level <= section.level)
        result.append(replace(section, end=max(section.end, next(following, end))) if section.heading else section)
    return tuple(result)


def _paragraph(line: _Line, section: str, numbers: _Numbers) -> Paragraph:
    own = numbers.next_paragraph()
    text, offset = line.text[line.body - line.start :], line.body
    while text and text[0] in _BLANK:
        text, offset = text[1:], offset + 1
    number = line.number if line.kind == "paragraph" else ""
    offset += len(number)
    text = text[len(number) :]
    items = _items(text, offset, own, numbers)
    cuts = sorted({item.start for item in items} | {item.title[1] for item in items if item.title[1] > item.title[0]})
    ends = [found.end() + offset for found in _SENTENCE_END.finditer(text)]
    bounds = sorted({offset, *cuts, *ends, line.end})
    spans = [_trim(text, offset, a, b) for a, b in itertools.pairwise(bounds)]
    spans = [span for span in spans if span[0] < span[1]]
    lead = _lead(text, offset, spans, number)
    sentences = tuple(Sentence(f"{own}.{n}", a, b) for n, (a, b) in enumerate(spans, 1))
    return Paragraph(
        own, section, line.start if number else offset, line.end, number.strip(_BLANK), lead, sentences, items
    )


def _trim(text: str, offset: int, start: int, end: int) -> Span:
    piece = text[start - offset : end - offset]
    return (start + len(piece) - len(piece.lstrip(_BLANK)), start + len(piece.rstrip(_BLANK)))


def _lead(text: str, offset: int, spans: list[Span], number: str) -> Span | None:
    """The run-in phrase: a short first sentence with no figure, before a body that is much longer."""
    if len(spans) < 2:
        return None
    start, end = spans[0]
    phrase = text[start - offset : end - offset]
    longest = _MAX_LEAD if number else 24
    if len(phrase) > longest or spans[-1][1] - end < 2 * len(phrase) or re.search(r"\d|[：:；;]$|各位|同志", phrase):
        return None
    if not number and re.search(r"[，,；;]", phrase):
        return None
    if re.match(r"\s*(?:牵头|责任|主办|承办|配合|协办)(?:单位|部门)", text[end - offset :]):
        return None  # a task with its units behind it is no title
    return (start, end)


def _items(text: str, offset: int, paragraph: str, numbers: _Numbers) -> tuple[Item, ...]:
    """The items of a list inside a paragraph: three or more numbers of one style, counting up from one.

    The items of a list announced as livelihood projects (民生实事) are counted through the text: l01, l02, …
    """
    for pattern in _INLINE:
        found, expected = [], 1
        for match in pattern.finditer(text):
            if _count(match.group(1)) == expected and not _inside_quotes(text, match.start()):
                found.append(match)
                expected += 1
        if len(found) < 3:
            continue
        items = []
        livelihood = bool(_words()["livelihood"].search(text, 0, found[0].start()))
        for n, match in enumerate(found, 1):
            end = found[n].start() if n < len(found) else len(text)
            body = text[match.end() : end]
            first = re.match(r"[^。；;:：]{2,24}[。:：](?=.)", body)
            titled = first and not re.search(r"\d+[^\d，,]{0,6}$", first.group().rstrip("。:："))
            title = match.end() + first.end() if titled else match.end()
            own = numbers.next_livelihood() if livelihood else f"{paragraph}i{n:02d}"
            spans = (offset + match.end(), offset + title), offset + match.start()
            items.append(Item(own, match.group(), *spans, offset + len(text[:end].rstrip(_BLANK))))
        return tuple(items)
    return ()


def _count(mark: str) -> int:
    if mark.isdigit() and mark.isascii():
        return int(mark)
    if "①" <= mark <= "⑳":
        return ord(mark) - ord("①") + 1
    digits = {han: n for n, han in enumerate("零一二三四五六七八九")}
    if "十" in mark:
        tens, ones = mark.split("十", 1)
        return (digits.get(tens, 1) if tens else 1) * 10 + (digits.get(ones, 0) if ones else 0)
    return digits.get(mark, 0)


def _inside_quotes(text: str, at: int) -> bool:
    return text.rfind("“", max(0, at - 60), at) > text.rfind("”", max(0, at - 60), at)


def _leaves(text: str, lines: list[_Line], parts: tuple[Part, ...]) -> tuple[Leaf, ...]:
    marks: list[tuple[int, int, str]] = []
    for line in lines:
        if line.kind in ("furniture", "title"):
            marks.append((line.start, line.end, line.kind))
        elif line.kind == "heading":
            marks.append((line.start, line.start + len(line.number), "number"))
            marks.append((line.start + len(line.number), line.body, "heading"))
    for part in parts:
        for section in part.sections:
            for paragraph in section.paragraphs:
                marks.extend(_sentence_marks(paragraph))
    leaves, at = [], 0
    for start, end, kind in sorted(marks, key=lambda mark: (mark[0], mark[2] != "title")):
        if start < at or start == end:
            continue
        leaves.extend(_gap(text, at, start))
        leaves.append(Leaf(kind, start, end))
        at = end
    leaves.extend(_gap(text, at, len(text)))
    return tuple(leaves)


def _sentence_marks(paragraph: Paragraph):
    if paragraph.number:
        first = paragraph.sentences[0].start if paragraph.sentences else paragraph.end
        yield paragraph.start, min(paragraph.start + len(paragraph.number), first), "number"
    titles = {item.title for item in paragraph.items}
    for sentence in paragraph.sentences:
        span = (sentence.start, sentence.end)
        yield *span, "lead" if span == paragraph.lead or span in titles else "sentence"


def _gap(text: str, start: int, end: int):
    """What stands between two leaves: line breaks, and the blanks beside them."""
    at = start
    for found in _BREAK.finditer(text, start, end):
        if at < found.start():
            yield Leaf("blank", at, found.start())
        yield Leaf("break", found.start(), found.end())
        at = found.end()
    if at < end:
        yield Leaf("blank", at, end)


def _year(lines: list[_Line]) -> int | None:
    """The year that the report plans for: the latest in a forward heading, else in the title, else the forward part's."""
    for wanted in (("forward", "heading"), ("opening", "title"), ("forward", "paragraph")):
        years = [
            int(year)
            for line in lines
            if (line.part, line.kind) == wanted
            for year in re.findall(r"(?<!\d)(20\d\d)年", line.text[:80])
        ]
        if years:
            return max(years) if wanted[1] == "heading" else years[0]
    reviewed = [
        int(year)
        for line in lines
        if (line.part, line.kind) == ("review", "heading")
        for year in re.findall(r"(20\d\d)年", line.text)
    ]
    return max(reviewed) + 1 if reviewed else None
