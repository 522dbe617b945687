"""What somebody may have meant who wrote a word that is not known."""

from __future__ import annotations

from collections.abc import Iterable

#: So many words a message can list without hiding what it says.
_FEW = 20
#: Shorter words are like too many others.
_SHORT = 4


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is most like this one, without regard to case; None where none is."""
    from difflib import get_close_matches  # only a mistake needs it

    by_folded = {candidate.casefold(): candidate for candidate in known}
    found = get_close_matches(word.casefold(), by_folded, n=1)
    return by_folded[found[0]] if found else None


def misspelt(word: str, known: Iterable[str]) -> str | None:
    """The known word that one slip made this word of, in its case: a letter too many, too few, other or swapped.

    None where several could be meant, and of words so short that any could be.
    """
    if len(word) < _SHORT:
        return None
    meant = {candidate for candidate in known if _is_one_slip(word.casefold(), candidate.casefold())}
    if len({candidate.casefold() for candidate in meant}) != 1:
        return None
    found = min(meant)
    if word.isupper():
        return found.upper()
    return found[0].upper() + found[1:] if word[0].isupper() else found


def _is_one_slip(word: str, other: str) -> bool:
    if len(word) > len(other):
        word, other = other, word
    start = next((i for i, pair in enumerate(zip(word, other, strict=False)) if pair[0] != pair[1]), len(word))
    rest, other_rest = word[start:], other[start:]
    if len(rest) < len(other_rest):
        return rest == other_rest[1:]
    swapped = other_rest[1:2] + other_rest[:1] + other_rest[2:]
    return rest[1:] == other_rest[1:] or rest == swapped


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The end of a message about an unknown word: the nearest one, else all if they are few."""
    known = tuple(known)
    meant = nearest(word, known)
    if meant:
        return f"; did you mean `{meant}`?"
    return f"; known: {', '.join(known)}" if 0 < len(known) <= _FEW else ""
