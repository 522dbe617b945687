"""What somebody may have meant who wrote a word that is not known."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

#: So many words a message can list without hiding what it says.
_FEW = 12


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is most like this one, without regard to case; None where none is."""
    by_folded = {candidate.casefold(): candidate for candidate in known}
    found = get_close_matches(word.casefold(), by_folded, n=1)
    return by_folded[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The end of a message about an unknown word: the nearest one, else all if they are few."""
    known = tuple(known)
    meant = nearest(word, known)
    if meant:
        return f"; did you mean `{meant}`?"
    return f"; known: {', '.join(known)}" if 0 < len(known) <= _FEW else ""
