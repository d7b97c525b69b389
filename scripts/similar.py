"""Which text is about the same thing: TF-IDF cosine over pairs of neighbouring characters, which needs no dictionary.

Function words and verbs of official prose are dropped first (data/tagging.yml): what remains says what it is about.
"""

from __future__ import annotations

import math
import re
from collections import Counter

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


def grams(text: str) -> Counter[str]:
    """The pairs of neighbouring characters of a text's topic."""
    body = topic(text)
    return Counter(body[i : i + 2] for i in range(len(body) - 1))


_COMMON = 200


class Index:
    """Texts that can be asked which of them are most similar to another text."""

    def __init__(self, texts: list[str]):
        self._grams = [grams(text) for text in texts]
        self._where: dict[str, list[int]] = {}
        for number, own in enumerate(self._grams):
            for gram in own:
                self._where.setdefault(gram, []).append(number)
        # A pair that stands in hundreds of texts tells none of them apart, and would make the search quadratic.
        self._where = {gram: numbers for gram, numbers in self._where.items() if len(numbers) <= _COMMON}
        self._norms = [self._norm(own) for own in self._grams]

    def weight(self, gram: str) -> float:
        """Rare pairs say more: the inverse document frequency."""
        return math.log(1 + len(self._grams) / (1 + len(self._where.get(gram, ()))))

    def _norm(self, own: Counter[str]) -> float:
        return math.sqrt(sum((count * self.weight(gram)) ** 2 for gram, count in own.items())) or 1.0

    def nearest(self, text: str, most: int = 5) -> list[tuple[float, int]]:
        """(cosine similarity between 0 and 1, number of the text), best first."""
        own = grams(text)
        norm = self._norm(own)
        scores: Counter[int] = Counter()
        for gram, count in own.items():
            weight = self.weight(gram)
            for number in self._where.get(gram, ()):
                scores[number] += count * self._grams[number][gram] * weight * weight
        ranked = sorted(
            ((score / (norm * self._norms[number]), number) for number, score in scores.items()), reverse=True
        )
        return ranked[:most]

    def containing(self, text: str, most: int = 5, shared: int = 3) -> list[tuple[float, int]]:
        """(share of the shorter text's weight that both have, number of the text), best first.

        A short promise may be told in many words elsewhere: then cosine is low and containment high. Texts with fewer
        than `shared` pairs in common are left out.
        """
        own = set(grams(text))
        total = sum(map(self.weight, own))
        common: dict[int, list[float]] = {}
        for gram in own:
            for number in self._where.get(gram, ()):
                common.setdefault(number, []).append(self.weight(gram))
        ranked = []
        for number, weights in common.items():
            if len(weights) >= shared:
                smaller = min(total, sum(map(self.weight, self._grams[number]))) or 1.0
                ranked.append((sum(weights) / smaller, number))
        return sorted(ranked, reverse=True)[:most]
