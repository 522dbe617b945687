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
    if not (vocabulary.phrase(group, text) or vocabulary.denies(headline, text)):
        return None
    for sentence in _SENTENCE_END.split(text):
        refutes = vocabulary.phrase(group, sentence) or vocabulary.denies(headline, sentence)
        if refutes and not vocabulary.phrase("stands", sentence):
            return " ".join(sentence.split())
    return None


def first_sentence(text: str) -> str:
    """The first sentence of a text, on one line."""
    return " ".join(_SENTENCE_END.split(text, maxsplit=1)[0].split())
