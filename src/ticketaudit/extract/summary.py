"""The one-line summary."""

from __future__ import annotations

from ticketaudit.blocks import Paragraph
from ticketaudit.extract.pairs import pairs
from ticketaudit.extract.scope import CLOSED_ROLES, Scope
from ticketaudit.extract.values import Value
from ticketaudit.inline import Passage, plain


def read_summary(scope: Scope) -> Value | None:
    """The entry labelled as summary, else the first paragraph under a summary heading."""
    for index, _, block in scope.blocks:
        if scope.roles[index] in CLOSED_ROLES:
            continue
        for pair in pairs(block, scope.vocabulary.label, scope.vocabulary):
            if scope.vocabulary.label(pair.key) == "summary" and pair.text:
                return _one_line(pair.value, pair.shape)
    for _, section in scope.with_role("summary"):
        for block in section.blocks:
            if isinstance(block, Paragraph):
                return _one_line(block.passage, "summary section")
    return None


def _one_line(passage: Passage, reader: str) -> Value | None:
    text = " ".join(plain(passage.raw).split())
    return Value(text, passage.line, reader) if text else None
