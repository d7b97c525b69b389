"""A sentence to its commitments: cut into clauses, told what each is, put together again.

A modifier or an aim belongs to the action after it, a purpose or a measure to the action before it, and every other
clause with a verb is a commitment of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from . import targets
from .model import Quantity
from .vocabulary import vocabulary

_OPEN, _CLOSE = "“‘《（([【「『", "”’》）)]】」』"
_ENUMERATOR = re.compile(
    r"^(?:[①-⑳]|第?[一二三四五六七八九十]{1,3}(?:是|要|[，,])(?=\S)|\d{1,2}[.．、](?!\d)|[（(][\d一二三四五六七八九十]{1,3}[)）])\s*"
)
_TAIL = "，,；;。！!？?：: \u3000\t"


@dataclass(slots=True)
class _Clause:
    start: int
    end: int
    text: str
    figures: list[Quantity]
    absolute: bool
    kind: str = ""
    verb: str = ""
    stop: str = ""  # the mark behind it


def commitments(text: str, start: int, end: int, part: str, aims: bool) -> Iterator[tuple[int, int, list[Quantity]]]:
    """(start, end, checkable figures) of each commitment in the sentence text[start:end].

    `part` is the part it stands in: a closing holds only what is firm. `aims` where it lists the expected targets.
    """
    words = vocabulary()
    if mark := _ENUMERATOR.match(text[start:end]):
        start += mark.end()
    clauses = _clauses(text, start, end)
    if aims:
        clauses = _after_colon(text, clauses)
    elif not clauses or words["framing"].search(text[start : clauses[0].end]):
        clauses = [clause for clause in clauses[1:] if clause.figures and not words["framing"].search(clause.text)]
        clauses = [clause for clause in clauses if part == "forward"]
    for clause in clauses:
        _tell(clause)
    if part == "closing":
        firm = words["closing_firm"]
        following = [*clauses[1:], None]
        clauses = [
            clause
            for clause, after in zip(clauses, following, strict=False)
            if _firm(clause, firm) or (clause.kind == "modifier" and after and _firm(after, firm))
        ]
    yield from _group(text, clauses, aims)


def _firm(clause: _Clause, firm: re.Pattern) -> bool:
    return bool(firm.search(clause.text) and (clause.verb or clause.figures) and clause.kind != "modifier")


def _clauses(text: str, start: int, end: int) -> list[_Clause]:
    """Cut at commas, semicolons and colons that stand outside quotes and brackets."""
    clauses, depth, at = [], 0, start
    for index in range(start, end + 1):
        char = text[index] if index < end else ""
        if char and char in _OPEN:
            depth += 1
        elif char and char in _CLOSE:
            depth = max(0, depth - 1)
        if index == end or (not depth and char in "，,；;：:。！？!?" and not _inside_number(text, index)):
            first, last = at, index
            while first < last and text[first] in _TAIL:
                first += 1
            while last > first and text[last - 1] in _TAIL:
                last -= 1
            if opener := vocabulary()["openers"].match(text[first:last]):
                first += opener.end()
            if first < last:
                body = text[first:last]
                clause = _Clause(first, last, body, [], bool(vocabulary()["absolute"].search(body)), stop=char)
                clause.figures = targets.checkable(text, first, last)
                clauses.append(clause)
            at = index + 1
    return [part for clause in clauses for part in _verbs_apart(text, clause)]


def _verbs_apart(text: str, clause: _Clause):
    """Different verbs with figures of their own are commitments of their own: 出让土地3宗、收储土地8宗."""
    for mark in re.finditer("、", clause.text) if len(clause.figures) > 1 else ():
        at = clause.start + mark.start()
        before = [figure for figure in clause.figures if figure.end <= at]
        after = [figure for figure in clause.figures if figure.start > at]
        if before and after and before[-1].end == at and len(opening(clause.text[mark.end() :])[1]) > 1:
            yield _Clause(clause.start, at, text[clause.start : at], before, False, stop="、")
            rest = _Clause(at + 1, clause.end, text[at + 1 : clause.end], after, clause.absolute, stop=clause.stop)
            yield from _verbs_apart(text, rest)
            return
    yield clause


def _inside_number(text: str, at: int) -> bool:
    return (
        text[at - 1 : at].isdigit()
        and text[at + 1 : at + 4].isdigit()
        and len(text[at + 1 : at + 4]) == 3
        and text[at] == ","
    )


def _after_colon(text: str, clauses: list[_Clause]) -> list[_Clause]:
    """In a paragraph of expected targets, what stands behind 主要预期目标是."""
    for index, clause in enumerate(clauses):
        if found := re.search(r"目标任务?(?:为|是)(?=.)", clause.text):
            clause.start += found.end()
            clause.text = clause.text[found.end() :]
            return clauses[index:]
        if clause.stop in ("：", ":") and vocabulary()["targets_paragraph"].search(clause.text):
            return clauses[index + 1 :]
    return clauses


def opening(text: str) -> tuple[str, str, str]:
    """A clause's adverbs, its verb (empty where it opens with none), and the clause from the verb on.

    Some verbs also stand as auxiliaries before another (探索建立, 支持发展): the last that can be the verb is it.
    """
    words = vocabulary()
    adverbs = words["adverbs"].match(text).group()
    if not (verb := words["verbs"].match(text, len(adverbs))) and (short := words["opening"].match(text)):
        adverbs, verb = short.group(1), words["verbs"].match(text, short.end(1))
    return adverbs, verb.group() if verb else "", text[len(adverbs) :]


def _tell(clause: _Clause) -> None:
    """Say what kind of clause it is.

    modifier: a setting for what follows · aim: states a goal, belongs to a more concrete neighbour · purpose: says what
    the action before it is for · measure: a figure on the action before it · figure: a figure without a verb ·
    outcome: a subject and what becomes of it · action · rest: no verb.
    """
    words, text = vocabulary(), clause.text
    adverbs, clause.verb, bare = opening(text)
    purpose = words["purposes"].match(bare)
    modifies = words["modifiers"].match(text) or words["modifier_ends"].search(text)
    if (modifies and not clause.figures) or words["time_alone"].match(text):
        clause.kind = "modifier"
    elif (words["measures"].match(text) and clause.figures) or words["milestone"].match(text):
        clause.kind = "measure"
    elif words["own_action"].match(text):
        clause.kind = "action"
    elif clause.figures:
        before = text[: clause.figures[0].start - clause.start]
        has_subject = words["outcomes"].search(text) or words["indicator"].search(before)
        clause.kind = "action" if clause.verb else ("outcome" if has_subject else "figure")
    elif words["vague_outcome"].search(text):
        clause.kind = "aim"
    elif purpose and _only_a_purpose(purpose.group(), adverbs, text):
        clause.kind = "purpose"
    elif purpose and words["aims"].match(bare):
        clause.kind = "aim"
    elif clause.verb and len(clause.verb) > 1:
        clause.kind = "action"
    elif words["outcomes"].search(text):
        clause.kind = "outcome"
    elif clause.verb and len(text) > 4:
        clause.kind = "action"
    else:
        clause.kind = "rest"


def _only_a_purpose(verb: str, adverbs: str, text: str) -> bool:
    """Some verbs only ever state a purpose; others do so with an object that no one can judge, or behind 有效, 切实 …"""
    words = vocabulary()
    if verb not in words["purposes_by_object"]:
        return True
    return bool(words["vague"].search(text) or words["purpose_adverbs"].search(adverbs))


def _group(text: str, clauses: list[_Clause], aims: bool):
    """Put clauses together to commitments: settings forwards, purposes and measures backwards."""
    pending: int | None = None  # where the settings begin that wait for their action
    current: list[_Clause] = []
    begin = 0

    def done():
        if not current:
            return
        if aims or any(c.verb or c.kind in ("outcome", "figure", "action") for c in current):
            yield begin, current[-1].end, [figure for c in current for figure in c.figures]

    for index, clause in enumerate(clauses):
        joins = current and _belongs_before(clause, current, index, clauses, aims)
        if joins:
            current.append(clause)
            continue
        waits = _waits(clause, clauses, index, aims)
        if not waits and clause.kind == "rest" and not current and pending is None:
            waits = index + 1 < len(clauses)
        yield from done()
        current = []
        if waits:
            pending = clause.start if pending is None else pending
            continue
        begin = clause.start if pending is None else pending
        pending = None
        current = [clause]
    yield from done()


def _belongs_before(clause: _Clause, current: list[_Clause], index: int, clauses: list[_Clause], aims: bool) -> bool:
    """Whether a clause continues the commitment before it instead of beginning one."""
    if aims:  # a list of targets: every clause is one, with or without a figure
        return clause.kind == "measure"
    if clauses[index - 1].stop in ("；", ";") and clause.kind != "measure":
        return False
    if clause.kind in ("measure", "rest", "purpose"):
        return True
    if clause.kind == "figure":
        return any(one.figures for one in current)
    if clause.text.startswith("做到") or (
        clause.text.startswith("实现") and not clause.figures and not clause.absolute
    ):
        return True
    if clause.kind == "aim" and vocabulary()["trailing_aims"].match(clause.text):
        return True
    return len(current) == 1 and _delivers_umbrella(
        current[0], clause, first=index == 1 or clauses[index - 2].kind == "modifier"
    )


def _delivers_umbrella(umbrella: _Clause, clause: _Clause, first: bool) -> bool:
    """Whether `clause` is what the umbrella before it consists of: 继续推进“厕所革命” | 完成公厕提升改造10座."""
    words = vocabulary()
    if (
        umbrella.figures
        or umbrella.absolute
        or words["own_action"].match(clause.text)
        or clause.text.startswith("确保")
    ):
        return False
    thin = bool(words["thin_umbrella"].match(umbrella.verb)) and words["programme"].search(umbrella.text)
    if not clause.figures:
        return bool(thin and first and clause.verb == "完成" and not umbrella.text.endswith("建设"))
    if thin and (
        clause.kind == "outcome"
        or words["whole_programme"].search(umbrella.text)
        or words["programme_delivery"].match(opening(clause.text)[2])
    ):
        return True
    return (
        first
        and bool(words["delivery"].match(opening(clause.text)[2]))
        and not words["own_content"].match(umbrella.verb)
    )


def _waits(clause: _Clause, clauses: list[_Clause], index: int, aims: bool) -> bool:
    """Whether a clause is a setting for the action that follows it in the same sentence."""
    if aims or index + 1 >= len(clauses) or clause.stop in ("；", ";"):
        return False
    following = clauses[index + 1]
    if clause.kind == "modifier":
        return True
    if clause.kind in ("purpose", "aim") and index == 0:
        return following.kind in ("action", "outcome", "figure", "modifier")
    return False
