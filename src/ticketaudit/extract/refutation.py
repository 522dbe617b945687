"""Sentences in which somebody finds a claim of the ticket false."""

from __future__ import annotations

import re

from ticketaudit.vocabulary import Vocabulary

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z`\"'(*])|\n\n")


def refuting_sentence(text: str, vocabulary: Vocabulary, *, group: str) -> str | None:
    """The first sentence that holds one of the phrases of a group, None where none does."""
    match = vocabulary.phrase(group, text)
    if match is None:
        return None
    starts = [0, *(end.end() for end in _SENTENCE_END.finditer(text, 0, match.start() + 1))]
    following = _SENTENCE_END.search(text, match.end())
    sentence = text[starts[-1] : following.start() if following else len(text)]
    return " ".join(sentence.split())
