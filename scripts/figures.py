"""Figures as a reader of each language writes them: 75万平方米, 6億元, 750,000 square metres, 600 million yuan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal

from . import data
from .hant import simple

Words = Callable[..., str]


def figure(target: Mapping[str, Any], t: Words, language: str) -> str:
    """A ledger target's or baseline's value with unit and operator, as words: 不低于99%, at least 99%."""
    value, operator = target["value"], target.get("operator", "=")
    if language != "en" and target.get("text"):
        return target["text"] if language == "zh-Hans" else simple(target["text"])  # as the report itself puts it
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        low, high = value
        return t("%(low)s至%(high)s", low=amount(low, "", language), high=amount(high, target.get("unit"), language))
    plain = amount(value, target.get("unit"), language)
    worded = {
        ">=": "不低于%(figure)s", ">": "超过%(figure)s", "<=": "不超过%(figure)s", "<": "低于%(figure)s", "~": "%(figure)s左右",
    }.get(operator)  # fmt: skip
    return t(worded, figure=plain) if worded else plain


def amount(value: float | int, unit: str | None, language: str) -> str:
    """A number with its unit; Chinese keeps 万 and 亿 where they make it shorter, English says million and billion."""
    unit, value = unit or "", round(value, 2)
    if language != "en":
        written = _han_number(value) + unit
        return written if language == "zh-Hans" else simple(written)
    english = data.load("units.yml")["english"].get(unit)
    number = _english_number(value)
    if english is None:
        return number
    if isinstance(english, list):
        english = english[0] if value == 1 else english[1]
    return f"{number}{'' if english.startswith('%') else ' '}{english}" if english else number


def unit_name(unit: str | None, language: str) -> str | None:
    """A unit as a column of a table names it: 平方米, square metres; None where there is none, or no English for it.

    Chinese measure words (个, 家, 座) have no English; statistics give the unit of a mere count as “number”.
    """
    if not unit or language != "en":
        return (unit if language == "zh-Hans" else simple(unit)) if unit else None
    units = data.load("units.yml")
    english = units["english"].get(unit)
    if isinstance(english, list):
        return english[1]
    return english or (units["counted"] if unit in units["counts"] else None)


def day(iso: str, language: str) -> str:
    """A date of any precision (2020, 2020-06, 2020-06-30) in words."""
    locale = {"zh-Hans": "zh_Hans", "zh-Hant": "zh_Hant", "en": "en_GB"}[language]
    if len(iso) == 4:
        return iso if language == "en" else f"{iso}年"
    full = date.fromisoformat(iso if len(iso) == 10 else f"{iso}-01")
    pattern = (
        ("d MMMM y" if len(iso) == 10 else "MMMM y")
        if language == "en"
        else ("y年M月d日" if len(iso) == 10 else "y年M月")
    )
    return format_date(full, pattern, locale=locale)


def _number(value: float | int) -> str:
    return format_decimal(value, locale="en")


def _han_number(value: float | int) -> str:
    for scale, mark in ((10**8, "亿"), (10**4, "万")):
        scaled = value / scale
        if (
            abs(scaled) >= 1
            and round(scaled, 2) == round(scaled, 6)
            and (abs(value) >= 10 * scale or value % 1000 == 0)
        ):
            return _number(round(scaled, 2)) + mark
    return _number(value)


def _english_number(value: float | int) -> str:
    for scale, word in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")):
        if abs(value) >= scale and round(value / scale, 2) == round(value / scale, 6):
            return f"{_number(round(value / scale, 2))} {word}"
    return _number(value)
