"""YAML that people write: read with its line numbers, held against the schema of its kind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, relevance

from ..errors import Problem

_DATES = ("date", "due", "published", "as_of", "horizon")
# Texts that may be all figures: without quotes YAML reads 3301020001 as a number, and 0330102 even as an octal one.
_CODES = ("id_code", "icp", "police", "contact", "index_number", "number", "zh-Hans", "zh-Hant", "en")
_NUMBERS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_TEXT = {"$ref": "#/$defs/text"}


# The C parser, where PyYAML has it, reads a ledger of hundreds of files several times faster.
class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """Dates and codes stay texts as they are written: 2020-12-31, 2020-06 and 2020 alike. A key that stands twice is an error."""

    def construct_mapping(self, node, deep=False):
        keys = [key.value for key, _ in node.value]
        for key, _ in node.value:
            if keys.count(key.value) > 1:
                raise yaml.MarkedYAMLError(problem=f"“{key.value}” stands twice", problem_mark=key.start_mark)
        for key, value in node.value:
            if key.value in (*_DATES, *_CODES) and value.tag in _NUMBERS:
                value.tag = "tag:yaml.org,2002:str"  # its figures as they stand, a leading zero included
        return super().construct_mapping(node, deep)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load_yaml(text: str, file: Path, first_line: int = 1) -> Any:
    """The YAML of `text`, which begins at line `first_line` of `file`; Problem with the line where it is broken."""
    try:
        return yaml.load(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        found = " ".join((error.problem or "cannot be read").split())
        raise Problem(
            f"broken YAML ({found})", file=file, place=f"line {line}", todo="put texts with : # or quotes into “'…'”"
        ) from None
    except (yaml.YAMLError, ValueError) as error:
        raise Problem(f"broken YAML ({' '.join(str(error).split())})", file=file) from None


@cache
def _validator(kind: str) -> Draft202012Validator:
    text = (Path(__file__).parent / f"{kind}.yml").read_text(encoding="utf-8")
    return Draft202012Validator(yaml.load(text, Loader=_Loader))


def violations(record: Any, kind: str, file: Path) -> list[Problem]:
    """Everything in which `record` differs from the schema `kind`: field, what was found, what was expected."""
    errors = sorted(_validator(kind).iter_errors(record), key=lambda error: [str(part) for part in error.path])
    found = [_problem(error, file) for error in errors]
    return found + _impossible_dates(record, file)


def with_languages(value: Any, kind: str) -> Any:
    """A record that agrees with the schema `kind`, each of its texts as a map of languages, whichever way it was written.

    A plain text is the same in every language: one without Han characters is given in each, another in Simplified Chinese,
    from which zh-Hant is converted.
    """
    return _with_languages(value, _validator(kind).schema)


def _with_languages(value: Any, schema: Mapping) -> Any:
    if _TEXT in (schema, *schema.get("anyOf", ())) and value is not None:
        if isinstance(value, str):
            return {"zh-Hans": value} if HAN.search(value) else dict.fromkeys(("zh-Hans", "zh-Hant", "en"), value)
        return {language: text for language, text in value.items() if text}
    for one in schema.get("anyOf", ()):
        value = _with_languages(value, one)
    if isinstance(value, Mapping):
        known = schema.get("properties", {})
        return {key: _with_languages(item, known.get(key, {})) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_languages(item, schema.get("items", {})) for item in value]
    return value


def _problem(error: ValidationError, file: Path) -> Problem:
    while error.context:
        error = min(error.context, key=relevance)
    field = ".".join(str(part) for part in error.absolute_path) or "front matter"
    if error.validator == "required":
        missing = error.message.removesuffix(" is a required property").strip("'")  # one error for each that is missing
        return Problem(f"“{missing}” is missing", file=file, place=field)
    if error.validator == "additionalProperties":
        known = error.schema.get("properties", {})
        unknown = ", ".join(str(name) for name in error.instance if name not in known)
        return Problem(f"unknown field “{unknown}”, expected one of {', '.join(known)}", file=file, place=field)
    found = _short(error.instance)
    expected = {
        "enum": lambda: "one of " + ", ".join(map(str, error.validator_value)),
        "type": lambda: " or ".join(
            [error.validator_value] if isinstance(error.validator_value, str) else error.validator_value
        ),
        "pattern": lambda: f"a text of the form {error.validator_value}",
        "const": lambda: f"{error.validator_value}",
        "minLength": lambda: f"a text of at least {error.validator_value} characters",
        "uniqueItems": lambda: "no entry twice",
    }.get(error.validator, lambda: f"{error.validator} {error.validator_value}")()
    return Problem(f"found {found}, expected {expected}", file=file, place=field)


def _short(value: Any) -> str:
    text = "nothing" if value is None else f"“{value}”" if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _impossible_dates(record: Any, file: Path, place: str = "") -> list[Problem]:
    """2020-02-30 has the form of a date, but no calendar has it."""
    if isinstance(record, Mapping):
        pairs = [(f"{place}.{key}" if place else str(key), value) for key, value in record.items()]
    elif isinstance(record, list):
        pairs = [(f"{place}.{index}", value) for index, value in enumerate(record)]
    else:
        return []
    found = []
    for name, value in pairs:
        key = name.rsplit(".", 1)[-1]
        if key in _DATES and isinstance(value, str) and re.fullmatch(r"\d{4}(-\d{2}){0,2}( \d{2}:\d{2})?", value):
            try:
                date.fromisoformat((value + "-01-01")[:10] if len(value) == 4 else (value + "-01")[:10])
            except ValueError:
                found.append(Problem(f"“{value}” is no day of the calendar", file=file, place=name))
        found.extend(_impossible_dates(value, file, name))
    return found
