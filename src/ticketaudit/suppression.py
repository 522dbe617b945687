"""A comment in a ticket that accepts a diagnostic."""

from __future__ import annotations

from collections.abc import Collection

import msgspec


class Suppression(msgspec.Struct, frozen=True):
    """A comment: ``words`` as written, the rules and families that it names, its reason ("" without), its lines.

    ``rules`` is empty where the words are no suppression that could be read. ``alone`` is False where it
    stands inside a line, and therefore covers nothing.
    """

    path: str
    line: int
    words: str
    rules: tuple[str, ...]
    reason: str
    alone: bool
    lines: range

    def accepts(self, names: Collection[str], path: str, line: int) -> tuple[str, ...]:
        """Which of its words accept what a rule, known by its own name and its family's, says about a line."""
        if path != self.path or line not in self.lines:
            return ()
        return tuple(word for word in self.rules if word in names)
