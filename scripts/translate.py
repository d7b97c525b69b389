"""Machine drafts of what has no English yet: glossary terms and inline tags protected, every answer verified, each batch saved.

A draft is fuzzy and says in its comment which engine made it, and when. What is already there is neither asked again nor changed.
"""

from __future__ import annotations

import html
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import click

from . import glossary, merge
from .assemble import sources
from .bilingual.compare import alarms
from .config import Project
from .engines import Engine, Failed, Stopped
from .errors import Problem
from .glossary import Glossary, Term, rendering_in

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+")
_TAG = re.compile(r"</?c\d+>")
_LOOSE_TAG = re.compile(
    r"[<＜]\s*(/?)\s*[cCсС]\s*(\d+)\s*[>＞]"
)  # engines add spaces, capitals, Cyrillic and full-width marks
_LOOSE_TERM = re.compile(r"[\[［【]\s*[\[［【]?\s*(\d+)\s*[\]］】]?\s*[\]］】]")
_MARKS = str.maketrans("，。；：！？（）％、［］", ",.;:!?()%,[]")
_IN_A_ROW = 3  # requests without an answer, after which there is no point in sending more


class Damaged(Exception):
    """Tags did not come back as they were sent. Its text is the reason."""


class TermsDamaged(Damaged):
    """Placeholders of terms did not."""


class Wrong(Exception):
    """A translation that must not be written: wrong figures, a term with another rendering, Chinese left in it."""


@dataclass
class Result:
    """What `translate` did: texts counted once, however often they stand in the report."""

    file: Path
    total: int
    entries: int  # that have no English
    missing: int  # texts among them, when it began
    engine: str = ""
    translated: int = 0
    failed: list[Problem] = field(default_factory=list)
    stopped: Problem | None = None

    @property
    def left(self) -> int:
        return self.missing - self.translated - len(self.failed)

    @property
    def problems(self) -> list[Problem]:
        return [*self.failed, *([self.stopped] if self.stopped else [])]

    @property
    def summary(self) -> str:
        if not self.missing:
            return f"{self.file}: each of its {self.total} texts has English"
        if not self.engine:
            return f"{self.file}: {self.entries} of {self.total} texts have no English; write it in a PO editor, or run with --engine NAME"
        drafts = "; the drafts are marked as fuzzy" if self.translated else ""
        return f"{self.file}: {self.translated} translated, {len(self.failed)} failed, {self.left} left{drafts}"


def translate(project: Project, report_id: str, engine: Engine | None = None, only: int | None = None) -> Result:
    """Bring a report's en.po up to date and let `engine`, if there is one, draft what is missing: the first `only` texts.

    Each batch is saved before the next is asked for. Problem if the text, the ledger or the PO file is broken.
    """
    report = project.report(report_id)
    file = report.folder / "en.po"
    updated = merge.update(file, sources(project, report))
    places: dict[str, str] = {}
    for context, source in updated.missing:
        places.setdefault(source, context)
    result = Result(file, updated.total, len(updated.missing), len(places), engine.name if engine else "")
    if engine and places:
        years = frozenset(range(report.year - 2, report.year + 2))
        _Run(engine, file, glossary.load(project), years, places, result).run(list(places)[:only])
    return result


class _Run:
    def __init__(
        self, engine: Engine, file: Path, terms: Glossary, years: frozenset[int], places: dict[str, str], result: Result
    ):
        self.engine, self.file, self.glossary, self.years = engine, file, terms, years
        self.places, self.result = places, result
        self.unanswered = 0

    def run(self, texts: list[str]) -> None:
        watched = sys.stderr.isatty()
        try:
            with click.progressbar(
                length=len(texts), label=self.engine.name, file=sys.stderr, hidden=not watched, show_pos=True
            ) as bar:
                sent = [protect(text, self.glossary) for text in texts]
                ready = {one: one.text for one in sent if one.ready}
                self._finish(ready, "glossary")
                bar.update(len(ready))
                for batch in self._batches([one for one in sent if not one.ready]):
                    self._batch(batch)
                    bar.update(len(batch))
        except Stopped as problem:
            self.result.stopped = problem
        except KeyboardInterrupt:
            self.result.stopped = Problem("interrupted", todo="what is translated is saved; run it again to go on")

    def _batches(self, sent: list[Sent]) -> Iterator[list[Sent]]:
        """As many texts together as the engine takes in a request; one that is too long for it alone."""
        batch: list[Sent] = []
        size = 0
        for one in sent:
            alone = len(one.text) > self.engine.limit or "\n" in one.text
            if batch and (alone or len(batch) == self.engine.texts or size + len(one.text) + 1 > self.engine.limit):
                yield batch
                batch, size = [], 0
            if alone:
                yield [one]
            else:
                batch.append(one)
                size += len(one.text) + 1
        if batch:
            yield batch

    def _batch(self, batch: list[Sent]) -> None:
        try:
            answers = dict(zip(batch, self._ask([one.text for one in batch]), strict=True))
        except Failed as failure:
            if len(batch) == 1:
                return self._fail(batch[0], str(failure))
            for one in batch:  # one text may have spoilt it for all
                self._batch([one])
            return None
        return self._finish(answers, self.engine.name)

    def _ask(self, texts: list[str]) -> list[str]:
        too_long = max(map(len, texts)) > self.engine.limit
        try:
            answers = self.engine.translate(texts)
        except Failed as failure:
            self.unanswered += not too_long
            if self.unanswered >= _IN_A_ROW:
                raise Stopped(f"{failure}, {self.unanswered} times in a row", todo="run again later") from None
            raise
        self.unanswered = 0
        return answers

    def _finish(self, answers: dict[Sent, str], maker: str) -> None:
        """Verify and save; what came back damaged is asked once more, in pieces, after the rest is safe."""
        good, damaged = {}, {}
        for one, answer in answers.items():
            try:
                good[one.source] = self._verified(one, restore(one, answer))
            except Damaged as damage:
                damaged[one] = damage
            except Wrong as reason:
                self._fail(one, str(reason))
        self._save(good, maker)
        for one, damage in damaged.items():
            try:
                self._save({one.source: self._verified(one, self._in_pieces(one, damage))}, maker)
            except (Damaged, Failed) as second:
                self._fail(one, f"{damage}; again, in pieces: {second}")
            except Wrong as reason:
                self._fail(one, str(reason))

    def _in_pieces(self, one: Sent, damage: Damaged) -> str:
        """The text asked for piece by piece between its tags: clumsier, but the tags are ours.

        Terms go unprotected if it was their placeholders that were lost.
        """
        pieces = [piece for piece in re.split(r"(</?c\d+>)", one.source) if piece]
        terms = Glossary() if isinstance(damage, TermsDamaged) else self.glossary
        sent = {piece: protect(piece, terms) for piece in pieces if not _TAG.fullmatch(piece)}
        found = {piece: each.text for piece, each in sent.items() if each.ready}
        asked = [piece for piece in sent if piece not in found]
        for at in range(0, len(asked), self.engine.texts):
            some = asked[at : at + self.engine.texts]
            try:
                found.update(zip(some, self._ask([sent[piece].text for piece in some]), strict=True))
            except Failed:
                if len(some) == 1:
                    raise
                found.update((piece, self._ask([sent[piece].text])[0]) for piece in some)
        english = ""
        for piece in pieces:
            said = restore(sent[piece], found[piece]) if piece in sent else piece
            if not piece.endswith(("。", "；", "！", "？", ".")):
                said = said.rstrip(".")
            glued = re.search(r"(?:^|<c\d+>)$", english) or piece.startswith("</") or said[:1] in (*",.;:!?)%”",)
            english += said if glued else f" {said}"
        return restore(Sent(one.source, one.source), english)

    def _verified(self, one: Sent, english: str) -> str:
        source, plain = _TAG.sub("", one.source), _TAG.sub("", english)
        if found := _HAN.search(plain):
            raise Wrong(f"“{found.group()[:20]}” is left in Chinese")
        if reasons := alarms(source, plain, self.years):
            raise Wrong(f"figures: {'; '.join(reasons)}")
        for _, _, term in self.glossary.found_in(source):
            if not rendering_in(plain, term.renderings):
                raise Wrong(f"terms: “{term.zh}” is “{term.en}” in the glossary")
        return english

    def _save(self, english: dict[str, str], maker: str) -> None:
        if english:
            merge.fill(self.file, {source: (text, f"machine: {maker}, {today()}") for source, text in english.items()})
            self.result.translated += len(english)

    def _fail(self, one: Sent, reason: str) -> None:
        text = _TAG.sub("", one.source)
        shown = text if len(text) <= 30 else text[:29] + "…"
        self.result.failed.append(Problem(reason, file=self.file, place=f"{self.places[one.source]} “{shown}”"))


def today() -> str:
    """The day, or that of SOURCE_DATE_EPOCH, as YYYY-MM-DD."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return (datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now()).strftime("%Y-%m-%d")


# What is sent, and what comes back. Tags go as they are, <c1>…</c1>: engines know markup. A term goes as [[1]]: engines keep
# figures, and brackets keep them from reading one as a figure of the sentence.


@dataclass(frozen=True, slots=True)
class Sent:
    """A source text as an engine gets it; placeholder [[n]] stands for terms[n - 1]. `ready`: nothing in it is to be translated."""

    source: str
    text: str
    terms: tuple[Term, ...] = ()

    @property
    def ready(self) -> bool:
        return not re.search(r"[^\W\d_]", _TAG.sub("", self.text))


def protect(source: str, terms: Glossary) -> Sent:
    """A source text with its glossary terms replaced by placeholders, unless it has square brackets of its own."""
    if re.search(r"[\[\]［］【】]", source):
        return Sent(source, source)
    text, found, at = "", [], 0
    for start, end, term in terms.found_in(source):
        found.append(term)
        text += f"{source[at:start]}[[{len(found)}]]"
        at = end
    return Sent(source, text + source[at:], tuple(found))


def restore(sent: Sent, answer: str) -> str:
    """The English of an answer, its terms and tags put back and its typography put right.

    Damaged if a tag or placeholder is not there exactly once, tags are not well-formed, or one encloses nothing.
    """
    text = html.unescape(answer)
    if sent.terms:
        numbers = [int(found.group(1)) for found in _LOOSE_TERM.finditer(text)]
        if sorted(numbers) != list(range(1, len(sent.terms) + 1)):
            raise TermsDamaged("a placeholder of a term is missing, or there twice")
        text = _LOOSE_TERM.sub(lambda found: _put_back(found, sent.terms[int(found.group(1)) - 1].en), text)
    text = _LOOSE_TAG.sub(lambda found: f"<{found.group(1)}c{found.group(2)}>", text)
    _check_tags(sent.source, text)
    return typeset(text)


def _put_back(found: re.Match, english: str) -> str:
    before, after = found.string[: found.start()], found.string[found.end() :]
    starts = not _LOOSE_TAG.sub("", before).strip()
    if starts and re.search(r"[.。]\s*$", found.string):
        english = english[0].upper() + english[1:]
    left = " " if re.search(r"[\w\]］】,.;:]$", before) else ""
    right = " " if re.match(r"[\w\[［【]", after) else ""
    return left + english + right


def _check_tags(source: str, text: str) -> None:
    wanted, found, opened = sorted(_TAG.findall(source)), _TAG.findall(text), ""
    if sorted(found) != wanted:
        raise Damaged("a tag is missing, or there twice")
    for tag in found:
        if tag != f"</{opened[1:]}" if opened else tag.startswith("</"):
            raise Damaged("the tags are not in pairs")
        opened = "" if opened else tag
    if re.search(r"<c(\d+)>\W*</c\1>", text):
        raise Damaged("a tag encloses nothing")
    if re.search(r"[<>＜＞]", _TAG.sub("", text)) and not re.search(r"[<>]", _TAG.sub("", source)):
        raise Damaged("there is half a tag")


def typeset(text: str) -> str:
    """English as it is typeset: half-width marks, curly quotation marks, one space, none inside of a tag's edge or before a mark."""
    text = " ".join(text.translate(_MARKS).split())
    text = re.sub(r"(<c\d+>) ", r" \1", text)
    text = re.sub(r" (</c\d+>)", r"\1 ", text)
    text = re.sub(r"(?<=\w)((?:</?c\d+>)*)'(?=\w)", r"\1’", text)
    text = re.sub(r"(^|[\s(\[“>])\"(?=\S)", r"\1“", text).replace('"', "”")
    text = re.sub(r"(^|[\s(\[“>])'(?=\S)", r"\1‘", text).replace("'", "’")
    text = re.sub(r"([,;:!?])(?=(?:<c\d+>)?[^\W\d_])", r"\1 ", text).replace("...", "…")
    text = re.sub(r"\s+((?:</c\d+>)?[,.;:!?)](?!\d))", r"\1", text)
    return re.sub(r" {2,}", " ", text).strip()
