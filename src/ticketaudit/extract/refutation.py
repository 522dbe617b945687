"""Sentences in which somebody finds a claim of the ticket false."""

from __future__ import annotations

import re

from ticketaudit.vocabulary import Vocabulary

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z`\"'(*])|\n\n|\n(?=[A-Z][\w -]{0,40}: )")


def refuting_sentence(text: str, vocabulary: Vocabulary, group: str, headline: str) -> str | None:
    """The first sentence that says a claim is false, None where none does.

    It holds one of the phrases of a group, or denies what the ``headline`` claims ("unused" and "is
    used after all"). A sentence that concedes the finding to be real does not count.
    """
    matches = vocabulary.phrases(group, text) or vocabulary.denials(headline, text)
    for match in matches:
        starts = [0, *(end.end() for end in _SENTENCE_END.finditer(text, 0, match.start() + 1))]
        following = _SENTENCE_END.search(text, match.end())
        sentence = text[starts[-1] : following.start() if following else len(text)]
        if not vocabulary.phrase("stands", sentence):
            return " ".join(sentence.split())
    return None


def first_sentence(text: str) -> str:
    """The first sentence of a text, on one line."""
    return " ".join(_SENTENCE_END.split(text, maxsplit=1)[0].split())
