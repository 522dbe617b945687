"""What is said in sentences: groups of regular expressions, each tried only on a text that it can match.

To search a text for a hundred expressions takes long; to see that it has none of their letters does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache

import msgspec

#: Letters that a pattern without case takes for ASCII letters, though lower case leaves them as they are.
_LIKE_ASCII = str.maketrans("İıſ", "iis")


class Phrase(msgspec.Struct, frozen=True, array_like=True):
    """A regular expression for plain text, without case.

    ``needs``: letters without which it matches nothing, in lower case: of each group a text has at least
    one. ``{S}`` stands for a code of the severity scale ("P1"), ``{W}`` for one of its words ("high").
    """

    pattern: str
    needs: tuple[tuple[str, ...], ...]


class Group:
    """Phrases that mean the same; false where there are none."""

    def __init__(self, searches: Sequence[_Search]) -> None:
        self._searches = searches

    def __bool__(self) -> bool:
        return bool(self._searches)

    def within(self, text: str) -> Group:
        """Those of the phrases that may match somewhere in a text, for a reader that goes through its parts."""
        return Group(self._likely(text))

    def matches(self, text: str) -> bool:
        """Whether one of them matches somewhere in a text."""
        return any(search.pattern.search(text) for search in self._likely(text))

    def first(self, text: str) -> re.Match[str] | None:
        """The earliest match in a text."""
        found = None
        for search in self._likely(text):
            match = search.pattern.search(text)
            if match and (found is None or match.start() < found.start()):
                found = match
        return found

    def every(self, text: str) -> list[re.Match[str]]:
        """All matches in a text, in their order."""
        likely = self._likely(text)
        found = [match for search in likely for match in search.pattern.finditer(text)]
        return sorted(found, key=lambda match: match.start()) if len(likely) > 1 else found

    def _likely(self, text: str) -> list[_Search]:
        """Those of the phrases that a text has the letters of, mostly none: nothing else is asked as often."""
        letters = _letters(text)
        found = []
        for search in self._searches:
            for need in search.needs:
                for part in need:
                    if part in letters:
                        break
                else:
                    break
            else:
                found.append(search)
        return found


class Phrases:
    """Groups of phrases, and pairs of a claim and its denial, for one severity scale."""

    def __init__(
        self,
        groups: Mapping[str, Sequence[Phrase]],
        denials: Sequence[tuple[Phrase, Phrase]],
        severities: Iterable[str],
    ) -> None:
        scale = _Scale(severities)
        self._groups = {name: Group([_Search(phrase, scale) for phrase in phrases]) for name, phrases in groups.items()}
        self._denials = [(_Search(claimed, scale), _Search(denied, scale)) for claimed, denied in denials]
        #: What denies the kind of thing that a headline claims.
        self.denials = lru_cache(maxsize=16)(self._find_denials)  # every text below it is asked for them

    def __getitem__(self, name: str) -> Group:
        """The phrases of a group."""
        return self._groups[name]

    def _find_denials(self, headline: str) -> Group:
        return Group([denied for claimed, denied in self._denials if Group([claimed]).matches(headline)])


class _Scale:
    """Patterns for the codes of a severity scale, and for its words, which are common in other prose, too."""

    def __init__(self, severities: Iterable[str]) -> None:
        steps = list(severities)
        codes = [step for step in steps if any(map(str.isdigit, step))]
        words = [step for step in steps if step not in codes]
        self.patterns = {"{S}": rf"(?<![\w-]){_any(codes)}(?![\w]|-\d)", "{W}": _any(words)}
        self.letters = {"{S}": tuple(map(_start, codes)), "{W}": tuple(map(_start, words))}


def _any(words: Sequence[str]) -> str:
    patterns = (r"\s+".join(map(re.escape, word.split())) for word in words)
    return f"(?:{'|'.join(patterns) or '(?!)'})"


def _start(word: str) -> str:
    """The letters of a word up to its first space."""
    return _letters(word.split()[0])


class _Search:
    """A phrase that is compiled when it is needed: most of a run's texts have letters of a few only.

    ``needs``: those of the phrase, in the words of the scale.
    """

    def __init__(self, phrase: Phrase, scale: _Scale) -> None:
        self._phrase = phrase
        self._scale = scale
        self.needs = [[each for need in group for each in scale.letters.get(need, (need,))] for group in phrase.needs]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        text = self._phrase.pattern
        for name, pattern in self._scale.patterns.items():
            text = text.replace(name, pattern)
        return re.compile(text, re.IGNORECASE)


@lru_cache(maxsize=16)  # several groups are asked about one text
def _letters(text: str) -> str:
    """A text in the letters by which it is known whether a phrase can match."""
    if not text.isascii() and any(chr(letter) in text for letter in _LIKE_ASCII):
        text = text.translate(_LIKE_ASCII)  # takes far longer than to see that none of them is there
    return text.lower()
