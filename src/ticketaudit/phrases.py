"""What is said in sentences: groups of regular expressions, each tried only on a text that it can match.

To search a text for a hundred expressions takes long; to see that it has none of their letters does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

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


class Phrases:
    """Groups of phrases, and pairs of a claim and its denial, for one severity scale."""

    def __init__(
        self,
        groups: Mapping[str, Sequence[Phrase]],
        denials: Sequence[tuple[Phrase, Phrase]],
        severities: Iterable[str],
    ) -> None:
        scale = _Scale(severities)
        self._groups = {name: [_Search(phrase, scale) for phrase in phrases] for name, phrases in groups.items()}
        self._denials = [(_Search(claimed, scale), _Search(denied, scale)) for claimed, denied in denials]

    def may_say(self, name: str, text: str) -> bool:
        """Whether a text has the letters of a phrase; where it has not, no part of it matches any of the group."""
        letters = _letters(text)
        return any(search.may_match(letters) for search in self._groups[name])

    def first(self, name: str, text: str) -> re.Match[str] | None:
        """The earliest match of a group."""
        found = None
        for pattern in self._possible(name, text):
            match = pattern.search(text)
            if match and (found is None or match.start() < found.start()):
                found = match
        return found

    def every(self, name: str, text: str) -> list[re.Match[str]]:
        """All matches of a group, in their order."""
        found = [match for pattern in self._possible(name, text) for match in pattern.finditer(text)]
        return sorted(found, key=lambda match: match.start())

    def denies(self, headline: str, text: str) -> bool:
        """Whether a text denies the kind of thing that a headline claims."""
        claim, letters = _letters(headline), _letters(text)
        return any(
            claimed.may_match(claim)
            and denied.may_match(letters)
            and claimed.pattern.search(headline)
            and denied.pattern.search(text)
            for claimed, denied in self._denials
        )

    def _possible(self, name: str, text: str) -> Iterator[re.Pattern[str]]:
        letters = _letters(text)
        return (search.pattern for search in self._groups[name] if search.may_match(letters))


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
    """A phrase that is compiled when it is needed: most of a run's texts have letters of a few only."""

    def __init__(self, phrase: Phrase, scale: _Scale) -> None:
        self._phrase = phrase
        self._scale = scale
        self._needs = [[each for need in group for each in scale.letters.get(need, (need,))] for group in phrase.needs]

    def may_match(self, letters: str) -> bool:
        """Whether a text, by its `_letters`, has what every match needs."""
        for group in self._needs:
            for need in group:
                if need in letters:
                    break
            else:
                return False
        return True

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        text = self._phrase.pattern
        for name, pattern in self._scale.patterns.items():
            text = text.replace(name, pattern)
        return re.compile(text, re.IGNORECASE)


def _letters(text: str) -> str:
    """A text in the letters by which it is known whether a phrase can match."""
    return (text if text.isascii() else text.translate(_LIKE_ASCII)).lower()
