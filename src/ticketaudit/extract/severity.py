"""Severities named in prose: the one a reviewer recommends, the one a resolution concludes."""

from __future__ import annotations

from bisect import bisect_right
from operator import itemgetter

from ticketaudit.vocabulary import Vocabulary


def recommended(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The severities that a reviewer's text says the ticket should have.

    A severity that is named counts, unless the text turns it down ("not P1", "P1 is too high"),
    makes it a condition ("P2 if …") or only mentions it ("for a P3").
    """
    matches = vocabulary.phrases("severity named", text)
    refused = [match.span() for match in vocabulary.phrases("severity refused", text)] if matches else []

    def is_refused(place: int) -> bool:
        index = bisect_right(refused, place, key=itemgetter(0))
        return index > 0 and place < refused[index - 1][1]

    named = (match["severity"] for match in matches if not is_refused(match.start("severity")))
    words = [*named] or [match["severity"] for match in vocabulary.phrases("severity in words", text)]
    return tuple(dict.fromkeys(vocabulary.severity_word(word) for word in words))


def concluded(text: str, vocabulary: Vocabulary) -> tuple[str, int] | None:
    """The severity that a text concludes, and where in it: "Revised: P4", "from P1 to P4"."""
    matches = vocabulary.phrases("severity concluded", text)
    if not matches:
        return None
    last = matches[-1]
    return vocabulary.severity_word(last["severity"]), last.start("severity")


def before(text: str, vocabulary: Vocabulary) -> str | None:
    """The severity that a text says the ticket had: "Original: P2", "from P1 to P4"."""
    match = vocabulary.phrase("severity before", text)
    return vocabulary.severity_word(match["severity"]) if match else None
