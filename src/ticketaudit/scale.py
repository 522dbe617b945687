"""The severity scale: its steps, the words for them, and how people write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from ticketaudit.lexicon import Lexicon
from ticketaudit.words import HEAD, Memo, Words, fold

#: What begins a remark behind a value: "P1 (High)", "P1 – High".
_REMARK = re.compile(r"\s*[(\[–—:（【：]|\s-\s|(?<=\d)-(?=[^\W\d])|[.;]\s")
_BRACKETED = re.compile(r"[(（](.*?)[)）]")


def without_remark(value: str) -> str:
    """A value without the remark behind it: ``P1 (High)`` is ``P1``."""
    return _REMARK.split(value, maxsplit=1)[0]


class Scale:
    """The severities of one run. ``severities`` are the scale's words, the most severe first."""

    def __init__(self, lexicon: Lexicon, own: Iterable[str | Iterable[str]] | None = None) -> None:
        """Take the steps of a team's ``own`` scale, else those of the lexicon; words of one step mean the same."""
        steps = [(step,) if isinstance(step, str) else tuple(step) for step in own or lexicon.severities]
        self._lexicon = lexicon
        self.severities: Final = tuple(str(word) for step in steps for word in step)
        self._ranks = {fold(str(word)): rank for rank, step in enumerate(steps) for word in step}
        self._spelled = {fold(word): word for word in self.severities}
        self._aliases = Words(lexicon.words["severity words"])
        self._severity_ranks = Memo(self._find_rank)

    def severity_rank(self, value: str) -> int | None:
        """The step of a severity on the scale, 0 the most severe; None where it is not on it.

        Other words for a step ("SEV-1", "hoch", 🔴) have its rank, with or without a remark: "7.5 (High)".
        """
        return self._severity_ranks[value]

    def _find_rank(self, value: str) -> int | None:
        value = value[:HEAD]
        parts = (value, without_remark(value), *_BRACKETED.findall(value))
        words = (word for part in parts for word in (part, self._aliases.exact(part)) if word)
        return next((rank for word in words if (rank := self._ranks.get(fold(word))) is not None), None)

    def severity_opening(self, text: str) -> str | None:
        """The severity that a text begins with, as written: "High" in "High Risk Findings (3)"."""
        first = re.match(r"\W*(\w+(?:-\d)?)", text)
        return first[1] if first and self.severity_rank(first[1]) is not None else None

    def heads_findings(self, title: str) -> bool:
        """Whether a heading says how bad the findings below it are, and no more: "High Risk Findings (3)"."""
        words = [word for word in fold(title).split() if not word.isdigit()]
        behind = len(words) > 1 and self._lexicon.sets["findings"].issuperset(words[1:])
        return behind and self.severity_opening(title) is not None

    def severity_of_letter(self, ident: str) -> str | None:
        """The severity that the letters of an id stand for: "High" of ``H-01``."""
        match = re.fullmatch(r"([A-Za-z]{1,2})-?\d+", ident)
        return self._lexicon.severity_letters.get(match[1].upper()) if match else None

    def is_severity(self, text: str) -> bool:
        """Whether a text is nothing but a severity."""
        return fold(text) in self._ranks or self._aliases.exact(text) is not None

    def severity_word(self, text: str) -> str:
        """A severity as the scale spells its codes (``p1`` is ``P1``); words stay as they are written."""
        return self._spelled.get(fold(text), text) if any(char.isdigit() for char in text) else text
