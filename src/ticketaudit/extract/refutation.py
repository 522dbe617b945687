"""Sentences in which somebody finds a claim of the ticket false."""

from __future__ import annotations

import re
from typing import NamedTuple

from ticketaudit.vocabulary import Vocabulary

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z`\"'(*])|\n\n|\n(?=[A-Z][\w -]{0,40}: )")


class Sentence(NamedTuple):
    """A sentence on one line, and the offset at which it begins in its text."""

    text: str
    start: int


def refuting_sentence(text: str, vocabulary: Vocabulary, group: str, headline: str) -> Sentence | None:
    """The first sentence that says a claim is false, None where none does.

    It holds one of the phrases of a group, or denies what the ``headline`` claims ("unused" and "is
    used after all"). A sentence that concedes the finding to be real does not count.
    """
    denials = vocabulary.denials(headline)
    if not (vocabulary.says(group, text) or denials.matches(text)):
        return None
    start = 0
    for end in [*_SENTENCE_END.finditer(text), None]:
        sentence = text[start : end.start() if end else len(text)]
        refutes = vocabulary.says(group, sentence) or denials.matches(sentence)
        if refutes and not vocabulary.says("stands", sentence):
            return Sentence(" ".join(sentence.split()), start)
        start = end.end() if end else start
    return None


def first_sentence(text: str) -> str:
    """The first sentence of a text, on one line."""
    return " ".join(_SENTENCE_END.split(text)[0].split())
