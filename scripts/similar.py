"""Which text is about the same thing: TF-IDF cosine over pairs of neighbouring characters, which needs no dictionary.

Function words and verbs of official prose are dropped first (data/tagging.yml): what remains says what it is about.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import lru_cache

from .quantity import find
from .vocabulary import vocabulary

_DROP = re.compile(r"[\s\d.,，。；;：:！!？?、“”‘’《》（）()【】\-—–~～%％·]+")


def topic(text: str) -> str:
    """A text without figures and their units, punctuation, adverbs and verbs."""
    for quantity in reversed(find(text)):
        text = text[: quantity.start] + " " + text[quantity.end :]
    return "".join(
        piece
        for part in _DROP.split(text)
        if (piece := vocabulary()["noise"].sub("", part)) or (piece := part if len(part) == 2 else "")
    )


@lru_cache(maxsize=8192)
def grams(text: str) -> Counter[str]:
    """The pairs of neighbouring characters of a text's topic."""
    body = topic(text)
    return Counter(body[i : i + 2] for i in range(len(body) - 1))


_COMMON = 60


class Index:
    """Texts that can be asked which of them are most similar to another text."""

    def __init__(self, texts: list[str]):
        self._grams = [grams(text) for text in texts]
        self._where: dict[str, list[int]] = {}
        for number, own in enumerate(self._grams):
            for gram in own:
                self._where.setdefault(gram, []).append(number)
        # Rare pairs say more: the inverse document frequency.
        self._weights = {gram: math.log(1 + len(texts) / (1 + len(found))) for gram, found in self._where.items()}
        self._unknown = math.log(1 + len(texts))
        # A pair that stands in very many texts tells none of them apart, and would make the search quadratic.
        self._where = {gram: found for gram, found in self._where.items() if len(found) <= _COMMON}
        self._norms = [self._norm(own) for own in self._grams]
        self._totals = [self._total(own) for own in self._grams]

    def _norm(self, own: Counter[str]) -> float:
        return (
            math.sqrt(sum((count * self._weights.get(gram, self._unknown)) ** 2 for gram, count in own.items())) or 1.0
        )

    def _total(self, own: Counter[str]) -> float:
        return sum(self._weights.get(gram, self._unknown) for gram in own) or 1.0

    def nearest(self, text: str, most: int = 5) -> list[tuple[float, int]]:
        """(cosine similarity between 0 and 1, number of the text), best first."""
        own = grams(text)
        norm = self._norm(own)
        scores: Counter[int] = Counter()
        for gram, count in own.items():
            weight = self._weights.get(gram, 0.0) ** 2 * count
            for number in self._where.get(gram, ()):
                scores[number] += weight * self._grams[number][gram]
        ranked = sorted(
            ((score / (norm * self._norms[number]), number) for number, score in scores.items()), reverse=True
        )
        return ranked[:most]

    def containing(self, text: str, most: int = 5, shared: int = 3) -> list[tuple[float, int]]:
        """(share of the shorter text's weight that both have, number of the text), best first.

        A short promise may be told in many words elsewhere: then cosine is low and containment high. Texts with fewer
        than `shared` pairs in common are left out.
        """
        own = grams(text)
        common: dict[int, list[float]] = {}
        for gram in own:
            weight = self._weights.get(gram, 0.0)
            for number in self._where.get(gram, ()):
                common.setdefault(number, []).append(weight)
        total = self._total(own)
        ranked = [
            (sum(weights) / min(total, self._totals[number]), number)
            for number, weights in common.items()
            if len(weights) >= shared
        ]
        return sorted(ranked, reverse=True)[:most]
