"""How words are compared: without case, accents, markup and punctuation, and ``wont-fix`` as ``wont fix``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import TypeVar

import msgspec

_WORD = re.compile(r"[^\W_]+")
_DROPPED = re.compile(r"\(e?s\)|['’`*]")
_ACCENTS = re.compile(r"[\u0300-\u036f]+")
_NUMBERING = re.compile(r"^\W*(?:\d+(?:\.\d+)*[.):]?\s+)?")
#: Marks that choose how a symbol is drawn, and no more.
_VARIANTS = re.compile(r"[\ufe0e\ufe0f\u200d]")
#: What may stand behind the word of a heading: punctuation, or a word that only leads on.
_LEADS_ON = re.compile(
    r"\s*(?:$|[^\w\s-]|-\s|(?:by|of|from|for|on|after|in|notes?|details|results|comments|feedback)\b)",
    re.IGNORECASE,
)
#: A vote: "+1" and "-1" are two words.
_SIGNED = re.compile(r"[+-]\d+(?![\w.])")
#: So many characters hold any word or phrase.
HEAD = 200
_Answer = TypeVar("_Answer")


class Memo(dict[str, _Answer]):
    """What a function says of texts that it was asked before: keys, headings and cells are the same in most tickets.

    ``memo[text]`` asks the function once. It forgets everything when it is full, and keeps nothing of long texts, so
    that a run over any number of tickets takes the same memory.
    """

    def __init__(self, ask: Callable[[str], _Answer], size: int = 4096) -> None:
        super().__init__()
        self._ask = ask
        self._size = size

    def __missing__(self, text: str) -> _Answer:
        answer = self._ask(text)
        if len(text) <= HEAD:
            if len(self) >= self._size:
                self.clear()
            self[text] = answer
        return answer


def fold(text: str) -> str:
    """A text's words in the form in which they are compared: ``**File(s)**`` is ``file``, ``Sévérité`` ``severite``."""
    return _FOLDED[text]


def _fold(text: str) -> str:
    if not text.isascii():
        bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
        text = unicodedata.normalize("NFC", bare)
    return " ".join(_WORD.findall(_DROPPED.sub("", text).casefold()))


_FOLDED = Memo(_fold, 8192)


class Index(msgspec.Struct, frozen=True):
    """Words and phrases by their `key`, each with the concept that it stands for, itself a word.

    ``concepts`` are all of them, in order; ``longest`` is the number of words of the longest phrase.
    """

    concepts: tuple[str, ...]
    keys: dict[str, str]
    longest: int


def index(concepts: Mapping[str, Iterable[str]]) -> Index:
    """Words by the concepts that they stand for: a word counts for more than the name of a concept."""
    pairs = [(concept, concept) for concept in concepts]
    pairs += [(word, concept) for concept, words in concepts.items() for word in words]
    longest = max((len(fold(word).split()) for word, _ in pairs), default=1)
    return Index(tuple(concepts), {key(word): concept for word, concept in pairs}, longest)


class Words:
    """Words and phrases, each with the concept that it stands for.

    A symbol such as ✅ is a word, too, where it stands alone: beside words it only decorates.
    """

    def __init__(self, *layers: Index) -> None:
        """Take words from several layers; what a later one says of a word counts."""
        self._concepts = {word: concept for layer in layers for word, concept in layer.keys.items()}
        self._longest = max(layer.longest for layer in layers)
        self._exact = Memo(lambda text: self._concepts.get(key(text)))
        self._leading = Memo(self._find_leading)
        self._headings = Memo(self._find_heading)

    def exact(self, text: str) -> str | None:
        """The concept of a text that is nothing but the word."""
        return self._exact[text]

    def leading(self, text: str) -> str | None:
        """The concept of the longest word or phrase that a text begins with."""
        return self._leading[text]

    def heading(self, title: str) -> str | None:
        """The concept of a heading: its whole text, or its words before punctuation or a preposition."""
        return self._headings[title]

    def anywhere(self, text: str) -> str | None:
        """The concept of the first word or phrase that occurs in a text."""
        words = fold(text).split()
        found = (self.leading(" ".join(words[start : start + self._longest + 1])) for start in range(len(words)))
        return next((concept for concept in found if concept), None)

    def _find_leading(self, text: str) -> str | None:
        signed = _SIGNED.match(text.lstrip(" *`"))
        if signed:
            return self._concepts.get(signed[0])
        words = fold(text[:HEAD]).split()
        for count in range(min(len(words), self._longest + 1), 0, -1):
            concept = self._concepts.get("".join(words[:count]))
            if concept:
                return concept
        return None if words else self.exact(text)

    def _find_heading(self, title: str) -> str | None:
        text = _NUMBERING.sub("", title)
        concept = self.exact(text)
        ends = [match.end() for match in islice(_WORD.finditer(text), self._longest + 1)]
        for end in reversed(ends):
            if concept:
                break
            head = text[:end]
            if len(fold(head).split()) > 1 or _LEADS_ON.match(text[end:]):
                concept = self.exact(head)
        return concept


def key(text: str) -> str:
    """What a word is found by: its letters and digits, or where it has none its symbols."""
    bare = _VARIANTS.sub("", text).strip(" *`")
    return bare if _SIGNED.fullmatch(bare) else fold(text).replace(" ", "") or bare
