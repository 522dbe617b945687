"""How alike texts are: TF-IDF vectors and their cosine, and an index that finds who may be alike."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

#: A vector of length 1 over the words of a text.
Vector = Mapping[str, float]

_WORD = re.compile(r"[^\W\d]\w+")
#: The heaviest words of a text stand for it in the index.
_HEAVIEST = 24
#: Texts that share fewer of these are not worth comparing.
_SHARED = 3
#: A word that more texts have in common says nothing about any two of them.
_COMMON = 100


def words(text: str) -> list[str]:
    """The words of a text in lower case, names in code included; numbers and single letters are none."""
    return _WORD.findall(text.casefold())


def vectors(texts: Sequence[Sequence[str]]) -> list[Vector]:
    """A TF-IDF vector for each text, given as its words.

    A word weighs (1 + ln of its frequency in the text) times (1 + ln((1 + N) / (1 + the texts that have
    it))), N being the number of texts; the vector is divided by its length. Source: Manning, Raghavan and
    Schütze (2008), Introduction to Information Retrieval, chapter 6, smoothed.
    """
    having = Counter(word for text in texts for word in set(text))
    rarity = {word: 1 + math.log((1 + len(texts)) / (1 + number)) for word, number in having.items()}
    found: list[Vector] = []
    for text in texts:
        weights = {word: (1 + math.log(number)) * rarity[word] for word, number in Counter(text).items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values()))
        found.append({word: weight / length for word, weight in weights.items()})
    return found


def cosine(one: Vector, other: Vector) -> float:
    """How alike two vectors are: 0 (no word in common) to 1."""
    if len(other) < len(one):
        one, other = other, one
    return min(sum(weight * other[word] for word, weight in one.items() if word in other), 1.0)


def candidates(found: Sequence[Vector]) -> list[tuple[int, int]]:
    """The pairs of texts, by their places, that share several of their heaviest words.

    An inverted index over few words of each text: what is alike shares some of them, and few of all
    pairs have to be compared.
    """
    having: defaultdict[str, list[int]] = defaultdict(list)
    for place, vector in enumerate(found):
        for word in sorted(vector, key=lambda word: (-vector[word], word))[:_HEAVIEST]:
            having[word].append(place)
    shared = Counter(pair for places in having.values() if len(places) <= _COMMON for pair in combinations(places, 2))
    return sorted(pair for pair, number in shared.items() if number >= _SHARED)
