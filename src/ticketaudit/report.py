"""What a run found: the one thing that every reporter prints."""

from __future__ import annotations

from dataclasses import dataclass

from ticketaudit.corpus import Corpus
from ticketaudit.rule import Level, Rule
from ticketaudit.text import Span


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing that a rule says about a place in a ticket. ``source`` is the text of its first line."""

    name: str
    level: Level
    message: str
    path: str
    span: Span
    ticket: str | None
    section: str | None
    fingerprint: str
    source: str


@dataclass(frozen=True, slots=True)
class Report:
    """The result of an audit: diagnostics in the order of path, line, column, rule and message.

    ``files`` counts the files that were read, tickets or not; ``rules`` are the ones that ran.
    """

    corpus: Corpus
    files: int
    rules: tuple[Rule, ...]
    diagnostics: tuple[Diagnostic, ...]

    def count(self, level: Level) -> int:
        """How many diagnostics have this level."""
        return sum(diagnostic.level is level for diagnostic in self.diagnostics)
