"""Figures in Chinese official prose: number, unit and qualifier, with their span.

Dates, plan periods, ordinals, ages and identifiers (2020年, 第三批, 60岁, 10-2号, 18班) are no quantities.
"""

from __future__ import annotations

import re
from functools import lru_cache

import cn2an

from . import data
from .model import Quantity

_MULTIPLIERS = {
    "万亿": 10**12, "千亿": 10**11, "百亿": 10**10, "亿": 10**8, "千万": 10**7, "百万": 10**6, "十万": 10**5,
    "万": 10**4, "千": 1000, "百": 100, "": 1,
}  # fmt: skip
_DIGITS = r"(?<!\d)(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,15}(?!\d))(?:\.\d{1,6}(?!\d))?"
_HAN = "[一二两三四五六七八九十百千零〇]{1,9}"
_ANY_DIGIT = re.compile("[0-9二两三四五六七八九十半翻]|分之")
_ABOUT = "(?:余|多|来|几)?"
_BEFORE = {
    ">=": "不低于|不少于|不小于|至少|达到?或?超过|力争达到?|保持在?",
    "<=": "不超过|不高于|不多于|不大于|最多|至多|控制在|压缩至|压减至",
    ">": "超过|突破|高于|大于|超|逾",
    "<": "低于|小于|少于",
    "~": "约|大约|近|接近",
}
_AFTER = {">=": "及?以上", "<=": "及?(?:以下|以内|之内)", "~": "左右|上下"}
# What follows a figure and makes it a name, an identifier, a date or an age.
_NO_QUANTITY = re.compile(
    r"年(?!均|内|度)|月(?!均)|号|岁|期|届|时(?!速)|点(?!个)|版|班(?=幼|小|中|初|高|学)|[A-Za-z]|[.．]\d|\+|＋"
)
_ORDINAL = re.compile(r"(?:第|[“‘「《+＋A-Za-z\-—]|PM|\d[-.])$")


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern:
    units = data.load("units.yml")
    groups = ("measures", "times", "ratios", "counts")
    words = sorted({unit for group in groups for unit in units[group]} - {"余"}, key=len, reverse=True)
    unit = "|".join(re.escape(word) for word in words)
    multiplier = "|".join(filter(None, _MULTIPLIERS))
    number = rf"(?:{_DIGITS})"
    before = "|".join(word for group in _BEFORE.values() for word in group.split("|"))
    after = "|".join(_AFTER.values())
    return re.compile(
        rf"(?P<before>{before})?(?:"
        rf"(?P<percent>百分之(?P<percent_n>{_HAN}(?:点{_HAN})?)(?:(?:至|到)(?:百分之)?(?P<percent_to>{_HAN}))?)"
        rf"|(?P<fraction>(?P<below>{_HAN})分之(?P<above>{_HAN}))"
        rf"|(?P<half>(?:超过?|近|约)?一半|过半|半数)"
        rf"|(?P<double>翻(?P<times>[一两二三])番)"
        rf"|(?P<low>{number})(?P<low_scale>{multiplier})?(?P<low_unit>[%％‰])?"
        rf"(?:[-–—－~～至到](?P<high>{number}))?"
        rf"(?P<about>{_ABOUT})(?P<scale>{multiplier})?(?P<about2>{_ABOUT})(?P<unit>{unit})?"
        rf"|(?P<han>{_HAN})(?P<han_about>{_ABOUT})(?P<han_scale>万|亿)?(?P<han_unit>{unit})"
        rf")(?P<after>{after})?"
    )


def find(text: str, start: int = 0, end: int | None = None) -> list[Quantity]:
    """The quantities in text[start:end], in order, each with its span in `text`; none for a text without figures."""
    end = len(text) if end is None else end
    if not _ANY_DIGIT.search(text, start, end):
        return []
    found = []
    for match in _pattern().finditer(text, start, end):
        if quantity := _quantity(text, match):
            found.append(quantity)
    return _one_unit_for_all(text, found)


def _quantity(text: str, match: re.Match) -> Quantity | None:
    named = match.groupdict()
    before, after = named["before"] or "", named["after"] or ""
    operator = _operator(before, after, bool(named["about"] or named["about2"] or named["han_about"]))
    span = match.start() + len(before), match.end()
    if named["percent"]:
        low = _han_number(named["percent_n"])
        high = _han_number(named["percent_to"]) if named["percent_to"] else None
        value, unit = (low, high) if high is not None else low, "%"
    elif named["fraction"]:
        value, unit = round(_han_number(named["above"]) * 100 / _han_number(named["below"]), 4), "%"
    elif named["half"]:
        value, unit = 50, "%"
        operator = ">" if named["half"][0] in "超过" else operator
    elif named["double"]:
        value, unit = 2 ** _han_number(named["times"]), "倍"
    elif named["han"]:
        if text[max(0, match.start("han") - 1) : match.start("han")] == "第" or not _counts(
            named["han"], text[match.end() : match.end() + 1]
        ):
            return None
        value = _han_number(named["han"]) * _MULTIPLIERS[named["han_scale"] or ""]
        unit = named["han_unit"]
        if unit == "成":
            value, unit = value * 10, "%"
    else:
        return _digits(text, match, named, operator, span)
    if isinstance(value, tuple):
        operator = "range"
    return Quantity(*span, text[slice(*span)], value, unit, operator)


def _digits(text: str, match: re.Match, named: dict, operator: str, span: tuple[int, int]) -> Quantity | None:
    unit = named["unit"] or named["low_unit"] or ""
    if _ORDINAL.search(text, max(0, match.start("low") - 2), match.start("low")):
        return None
    if (not unit and _NO_QUANTITY.match(text, match.end())) or (
        unit in ("班", "级") and text[match.end() : match.end() + 1] not in "，,。；;"
    ):
        return None
    if unit == "周" and text[match.end() : match.end() + 1] == "年":  # an anniversary
        return None
    if unit == "日" and text[max(0, match.start("low") - 1) : match.start("low")] == "月":
        return None
    scale = _MULTIPLIERS[named["scale"] or named["low_scale"] or ""]
    low = _plain(named["low"], _MULTIPLIERS[named["low_scale"]] if named["low_scale"] else scale)
    if unit == "成":
        unit, low = "%", low * 10
    unit = {"％": "%", "百分点": "个百分点"}.get(unit, unit)
    if named["high"]:
        high = _plain(named["high"], scale)
        if not low < high:
            return None
        return Quantity(*span, text[slice(*span)], (low, high), unit, "range")
    return Quantity(*span, text[slice(*span)], low, unit, operator)


def _operator(before: str, after: str, about: bool) -> str:
    for operator, pattern in _AFTER.items():
        if after and re.fullmatch(pattern, after):
            return operator
    for operator, pattern in _BEFORE.items():
        if before and re.fullmatch(pattern, before):
            return operator
    return ">" if about else "="


def _plain(digits: str, scale: int) -> int | float:
    number = round(float(digits.replace(",", "")) * scale, 6)
    return int(number) if number == int(number) else number


def _han_number(han: str) -> int | float:
    """A Chinese numeral's value; cn2an knows no 两 before 十 and no bare 百, so these are spelled out first."""
    han = han.replace("〇", "零").replace("两", "二")
    han = "一" + han if han[0] in "百千" else han
    try:
        return cn2an.cn2an(han, "normal")
    except ValueError:
        return 0


def _counts(han: str, after: str) -> bool:
    """Whether a Chinese numeral before a measure word counts something: 一 and round 百, 千 mostly do not (一批, 百家)."""
    return han[0] not in "一百千零〇" and _han_number(han) > 1 and after != "大"


def _one_unit_for_all(text: str, found: list[Quantity]) -> list[Quantity]:
    """Parallel figures share the last one's unit: 分别达到35、15、12万吨 and 增长5、6个百分点."""
    result = list(found)
    for index in range(len(result) - 2, -1, -1):
        this, following = result[index], result[index + 1]
        if not this.unit and text[this.end : following.start].strip() in ("、", "和", "与") and following.unit:
            result[index] = Quantity(this.start, this.end, this.text, this.value, following.unit, this.operator)
    return result
