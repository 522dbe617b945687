"""A comment in a ticket that accepts a diagnostic."""

from __future__ import annotations

import msgspec


class Suppression(msgspec.Struct, frozen=True):
    """A comment: ``words`` as written, the rules that it names, its reason ("" without), the lines it covers.

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

    def covers(self, rule: str, path: str, line: int) -> bool:
        """Whether it accepts what a rule says about a line."""
        return rule in self.rules and path == self.path and line in self.lines
