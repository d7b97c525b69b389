"""Figures to targets: which quantities of a commitment are checkable aims, and what they measure."""

from __future__ import annotations

import re

from .model import Quantity, Target
from .quantity import find
from .vocabulary import vocabulary

_GROWTH = re.compile(r"增长|增速|增幅|增加(?=\d)|下降|降低|减少|提高(?=\d|[约超近])|提升(?=\d)|上升|压减|压缩|翻")
_LIMIT = re.compile(r"最多|以内|以下|不超过|低于|控制在|不高于|不多于|至多|压缩至|缩短至|缩短到|降至|降到")
_LEVEL = re.compile(
    r"达到?$|达到?(?=\d)|为$|提升[至到]|提高[至到]|扩大[至到]|增加[至到]|保持在|稳定在|突破|超过?|总量|规模|率|占比|比重|在$"
)
_MEASURE_TAIL = re.compile(
    r"(?:将|均|分别|力争|要|保持|稳定|控制|实现|确保|继续|年均|同比|全年|达到?|为|在|约|至|到|提升|提高|扩大|增加|降|超过?|突破|高于|低于|不低于|不超过|最多|以内|：|:|、|和|[（(])+$"
)
_GENERIC = frozenset(
    [
        "项目",
        "工程",
        "建筑面积",
        "面积",
        "总面积",
        "总投资",
        "投资",
        "居民",
        "居民户数",
        "工程项目",
        "任务",
        "点位",
        "改造",
    ]
)
_LEADING = re.compile(
    r"^(?:全年|今年|力争|确保|争取|计划|年内|分别|均|其中|并|和|及|与|或|以及|、|再|将|要|还|共|上半年|下半年|年底前|实现|同时)+"
)
_CHANGE_TAIL = re.compile(
    r"(?:较上一?年|比上年|较去年|比去年|同比|年均|力争)*(?:增长|增速|增幅|增加|下降|降低|减少|提高|提升|上升|压减|压缩)$"
)
# Verbs that say nothing about the indicator; others do (新增托育机构, 建成蓝领公寓).
_PLAIN_VERBS = frozenset(
    [
        "完成",
        "实现",
        "达到",
        "推进",
        "加快",
        "保持",
        "开展",
        "做好",
        "推动",
        "提供",
        "实施",
        "加强",
        "扩大",
        "突破",
        "确保",
        "控制",
    ]
)
_NEAR = 160  # how far back a figure's noun is looked for
_STOP = re.compile(r"[，,；;。：:]")


def checkable(text: str, start: int, end: int) -> list[Quantity]:
    """The quantities of text[start:end] that a promise can be held to.

    Left out: figures inside names (“1211”人才计划, 《…(2020—2025年)》), conditions on the object (10亿元以上项目),
    bare numbers without a unit, settled lists (十件民生实事) and durations that name a thing (60日整改机制).
    """
    kept = []
    for quantity in find(text, start, end):
        if not quantity.unit or _in_name(text, quantity, start, end):
            continue
        after = text[quantity.end : min(end, quantity.end + 12)]
        if (re.match(r"(?:以上|以下|以内)?(?:的|级|及|左右的)", after) and quantity.unit not in ("%",)) or _qualifies(
            quantity, after
        ):
            continue
        if quantity.unit in ("个月", "周", "天", "日", "小时", "分钟", "秒", "年") and re.match(
            r"[\u4e00-\u9fff]*(?:机制|圈|热线|服务|办理|监测|值守|生活|整改|闭环)", after
        ):
            continue
        if (
            re.search(r"(?:巩固|串联|连接|位于|面积达?)[^，,；;]{0,4}$", text[start : quantity.start])
            and quantity.unit != "%"
            and after[:1] not in "，,；;"
        ):
            continue
        if (
            quantity.unit != "%"
            and re.match(r"[两二三四五六七八九十]", quantity.text)
            and not _delivered(text, start, quantity)
        ):
            continue
        kept.append(quantity)
    return kept


def _in_name(text: str, quantity: Quantity, start: int, end: int) -> bool:
    """Inside quotation marks or a book title, unless the quotation is only the figure itself (“最多80天”)."""
    before, after = text[start : quantity.start], text[quantity.end : end]
    for opening, closing in ("“”", "《》", "‘’"):
        left = before.rfind(opening)
        if left > before.rfind(closing) and closing in after:
            inside = before[left + 1 :] + quantity.text + after[: after.find(closing)]
            if opening == "《" or len(inside) > len(quantity.text) + 4 or quantity.unit in ("大", ""):
                return True
            if not re.fullmatch(
                r"(?:最多|不超过|低于|高于|超过?|约)?" + re.escape(quantity.text) + r"(?:以上|以内|左右)?", inside
            ):
                return True
    return False


def _qualifies(quantity: Quantity, after: str) -> bool:
    """10亿元以上项目7个: a size that picks the objects, with the number of objects behind it."""
    return bool(
        quantity.operator in (">=", "<=", ">")
        and quantity.unit not in ("%",)
        and re.match(r"[\u4e00-\u9fff]{1,10}\d", after)
    )


def _delivered(text: str, start: int, quantity: Quantity) -> bool:
    before = text[max(start, quantity.start - 6) : quantity.start]
    return (
        bool(
            re.search(
                r"(?:建成|新建|建设|新增|完成|启动|引进|开工|改造|打造|培育|创建|举办|实施|设立|建|增加|等|开通|组建)$",
                before,
            )
        )
        and quantity.text[-1] not in "类种届次级期"
    )


def of(text: str, start: int, end: int, figures: list[Quantity], sentence: int | None = None) -> tuple[Target, ...]:
    """The targets of the commitment text[start:end] with these checkable figures, or its absolute aim.

    `sentence` is where its sentence begins: a figure without a noun of its own (完工4条) takes it from there.
    """
    found = []
    for index, quantity in enumerate(figures):
        clause = _clause_start(text, start, quantity.start)
        after = [one.end for one in figures[:index] if one.end > clause]
        limit = figures[index + 1].start if index + 1 < len(figures) else end
        found.append(
            _target(text, clause, max([clause, *after]), quantity, limit, start if sentence is None else sentence)
        )
    return tuple(found or _absolute(text, start, end))


def _clause_start(text: str, start: int, at: int) -> int:
    marks = [match.end() for match in _STOP.finditer(text, start, at)]
    return marks[-1] if marks else start


def _target(text: str, clause: int, previous: int, quantity: Quantity, limit: int, sentence: int) -> Target:
    before = text[previous : quantity.start]
    before = "" if previous > clause and before.endswith(("、", "和", "及", "与")) else before.lstrip("，,、和及与")
    kind = _kind(before, quantity)
    verb, noun = _verb_and_noun(_LEADING.sub("", before))
    if not verb and previous > clause:  # one verb over a list: 新增A31家、B30家
        verb = _verb_and_noun(text[clause:previous])[0]
    noun = _bare_noun(noun, kind)
    if noun.endswith("等"):
        noun += _noun_after(text, quantity.end, limit)
    if quantity.unit == "%" and (use := re.match(r"用于[^，,；;。]{2,12}", text[quantity.end : limit])):
        noun += use.group() + "的比例"
    if noun in _GENERIC and (about := _noun_from(text, sentence, clause)) and about not in _GENERIC:
        noun = about + noun
    if len(noun) < 2:
        noun = _noun_after(text, quantity.end, limit) or noun
        if len(noun) < 2:
            stage, verb = verb, ""
            noun = _noun_from(text, sentence, clause) + (stage or noun)
    name = (verb if verb and verb not in _PLAIN_VERBS and kind != "growth" and not noun.startswith(verb) else "") + noun
    if kind == "growth":
        name += "降幅" if re.search(r"下降|降低|减少|压[减缩]|缩短", before) else "增速"
    name = name or text[clause : quantity.start].strip("，,、 ") or text[clause : quantity.end]
    return Target(name, _operator(text, clause, quantity), quantity.value, quantity.unit, kind, quantity.text,
                  quantity.start, quantity.end, verb)  # fmt: skip


def _verb_and_noun(clause: str) -> tuple[str, str]:
    """A clause's verb, where it opens with one of two or more characters, and what follows it."""
    words = vocabulary()
    rest = clause[len(words["adverbs"].match(clause).group()) :]
    verb = words["verbs"].match(rest)
    if verb and len(verb.group()) > 1:
        return verb.group(), rest[verb.end() :]
    return "", rest or clause


def _bare_noun(noun: str, kind: str) -> str:
    """The noun phrase before a figure, without the words of measuring between them."""
    if kind == "growth":
        noun = _CHANGE_TAIL.sub("", noun)
    while (shorter := _MEASURE_TAIL.sub("", noun)) != noun:
        noun = shorter
    return _trimmed(noun)


def _trimmed(noun: str) -> str:
    """Without punctuation at its ends; a quotation mark goes only where its partner is missing."""
    noun = noun.strip(" 、的").rstrip("“《（(")
    if noun.count("“") > noun.count("”"):
        noun = noun.replace("“", "", 1) if noun.startswith("“") else noun + "”"
    elif noun.count("”") > noun.count("“"):
        noun = noun[:-1] if noun.endswith("”") else "“" + noun
    return noun


def _noun_after(text: str, at: int, limit: int) -> str:
    """改造10家社区级居家养老服务照料中心 → what is counted stands behind the figure."""
    rest = _STOP.split(text[at:limit], maxsplit=1)[0]
    if not rest.strip("、和及 "):  # 新建2个、改造5个社区公园: the noun of the list stands behind its last figure
        clause = _STOP.split(text[at:], maxsplit=1)[0]
        last = find(text, at, at + len(clause))[-1:]
        return _noun_after(text, last[0].end, at + len(clause)) if last and last[0].start > at else ""
    rest = re.sub(r"^(?:的|以上的?|左右的?|[（(][^）)]*[）)])+", "", rest)
    rest = re.split(r"[、和](?=[^、和]*$)", rest)[0] if rest.endswith(("、", "和")) else rest
    return re.split(r"[（(]|并(?!购|网)|(?<=.)投入使用", rest)[0].strip(" 、的")


def _noun_from(text: str, sentence: int, clause: int) -> str:
    """The noun of the nearest clause before that has one: 加快老旧小区微更新, 开工110万平方米 → 老旧小区微更新."""
    near = text[max(sentence, clause - _NEAR) : clause]
    for part in reversed([one for one in _STOP.split(near) if one.strip()]):
        noun = _verb_and_noun(part)[1]
        for quantity in reversed(find(noun)):
            noun = noun[: quantity.start] + noun[quantity.end :]
        noun = re.sub(r"(?:工作|工程|建设|行动)$", "", _bare_noun(noun, ""))
        if len(noun) >= 2 and noun not in _GENERIC and not vocabulary()["verbs"].fullmatch(noun):
            return noun
    return ""


def _operator(text: str, clause: int, quantity: Quantity) -> str:
    if quantity.operator == "=" and re.search(r"力争|争取", text[clause : quantity.start]):
        return ">="
    return quantity.operator


def _kind(before: str, quantity: Quantity) -> str:
    near = before[-8:]
    if quantity.operator in ("<=", "<") or _LIMIT.search(near):
        return "limit"
    if quantity.unit in ("%", "个百分点", "倍") and _GROWTH.search(near):
        return "growth"
    if quantity.unit == "%" or _LEVEL.search(near):
        return "level"
    return "increase"


def _absolute(text: str, start: int, end: int) -> list[Target]:
    found = vocabulary()["absolute"].search(text, start, end)
    if not found:
        return []
    first = max([match.start() for match in re.finditer(r"[“‘]", text[start : found.start()])] or [-1])
    figure_start = start + first + 1 if first >= 0 and found.start() - (start + first) < 8 else found.start()
    clause = _clause_start(text, start, figure_start)
    before = text[clause:figure_start].strip("“‘")
    if len(before) <= 3 and clause > start:
        before = text[start : clause - 1]
    name = re.sub(r"(?:做到|实现|全面|基本|继续|保持|全区|工作)+$", "", before)
    name = name[len(vocabulary()["adverbs"].match(name).group()) :]
    verb = vocabulary()["verbs"].match(name)
    name = name[verb.end() :] if verb and len(name) > verb.end() + 1 else name
    return [Target(name, "=", None, "", "absolute", text[figure_start : found.end()], figure_start, found.end())]
