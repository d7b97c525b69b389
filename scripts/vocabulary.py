"""The genre's words for tagging, from data/tagging.yml, as compiled patterns."""

from __future__ import annotations

import re
from functools import lru_cache

from . import data


@lru_cache(maxsize=1)
def vocabulary() -> dict:
    """data/tagging.yml, compiled: lists of words to alternations, longest first, and /…/ to the expression itself."""
    raw = data.load("tagging.yml")

    def any_of(name: str) -> str:
        return "|".join(sorted(map(re.escape, raw[name].split()), key=len, reverse=True))

    patterns = {name: re.compile(any_of(name)) for name in raw if not raw[name].startswith("/")}
    patterns |= {name: re.compile(raw[name].strip("/")) for name in raw if raw[name].startswith("/")}
    # 服务业 and 投资额 are nouns, though they begin with a verb.
    patterns["verbs"] = re.compile(f"(?:{any_of('verbs')})(?![业额率性员期])")
    patterns["absolute"] = re.compile(f"(?:{any_of('absolute')})(?:[,，、](?:{any_of('absolute')}))*")
    # One character alone (建, 办, 促) stands inside too many nouns to be dropped from a topic.
    long = {word for name in ("adverbs", "verbs") for word in raw[name].split() if len(word) > 1}
    patterns["noise"] = re.compile("|".join(sorted(map(re.escape, long), key=len, reverse=True)))
    patterns["vague"] = re.compile(f"(?:{any_of('vague')})$")
    patterns["adverbs"] = re.compile(f"(?:{any_of('adverbs')})*")
    patterns["opening"] = re.compile(f"((?:{any_of('adverbs')})*?)(?:{any_of('verbs')})(?!$)")
    patterns["purposes_by_object"] = frozenset(raw["purposes_by_object"].split())
    return patterns
