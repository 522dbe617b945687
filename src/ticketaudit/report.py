"""What a run found: the one thing that every reporter prints."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from ticketaudit.corpus import Corpus
from ticketaudit.edits import Edit
from ticketaudit.rule import Level, Rule
from ticketaudit.text import Span


class Diagnostic(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """One thing that a rule says about a place in a ticket.

    ``source`` is the text of its first line, empty where that is very long. ``fingerprint`` is that of rule,
    ticket and subject: two diagnostics may share one. ``suppressed`` is the reason that the ticket gives for
    accepting it ("" where it gives none), None where it does not; ``baselined`` where the baseline has it.
    ``edits`` put it right, all of them together; () where nothing is known to.
    """

    name: str
    level: Level
    message: str
    path: str
    span: Span
    ticket: str | None
    section: str | None
    fingerprint: str
    source: str
    suppressed: str | None = None
    baselined: bool = False
    edits: tuple[Edit, ...] = ()


class Failure(msgspec.Struct, frozen=True):
    """A file that the tool itself failed on: a defect of ticketaudit, not of the file; None where it is not known."""

    path: str | None
    error: Exception


class Report(msgspec.Struct, frozen=True):
    """The result of an audit: diagnostics in the order of path, line, column, rule and message.

    ``files`` counts the files that were read, tickets or not; ``rules`` are the ones that ran.
    ``accepted`` are further diagnostics, in the same order, that somebody decided to live with: they are
    suppressed in the ticket or stand in the baseline, and they count for nothing. ``complete``: whether
    all that was asked for could be read. ``passed_over`` are the rules that would have run, had there been
    a source tree. ``compared``: whether a baseline said what is known. ``failures`` are rules that
    themselves failed: what they would have said is missing.
    """

    corpus: Corpus
    files: int
    rules: tuple[Rule, ...]
    diagnostics: tuple[Diagnostic, ...]
    accepted: tuple[Diagnostic, ...] = ()
    complete: bool = True
    passed_over: tuple[Rule, ...] = ()
    compared: bool = False
    failures: tuple[Failure, ...] = ()

    @property
    def suppressed(self) -> tuple[Diagnostic, ...]:
        """The diagnostics that are suppressed in their tickets."""
        return tuple(diagnostic for diagnostic in self.accepted if diagnostic.suppressed is not None)

    @property
    def baselined(self) -> tuple[Diagnostic, ...]:
        """The diagnostics that stand in the baseline."""
        return tuple(diagnostic for diagnostic in self.accepted if diagnostic.baselined)

    def whole(self) -> Report:
        """The report; raises what a rule failed with, where one did: what changes files needs all of it."""
        if self.failures:
            raise self.failures[0].error
        return self

    def count(self, level: Level) -> int:
        """How many diagnostics have this level."""
        return sum(diagnostic.level is level for diagnostic in self.diagnostics)


def order(diagnostic: Diagnostic) -> tuple[str, int, int, str, str]:
    """The key by which diagnostics are sorted."""
    return (diagnostic.path, diagnostic.span.line, diagnostic.span.column, diagnostic.name, diagnostic.message)


def in_order(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Diagnostics in their order, each once."""
    return sorted(dict.fromkeys(found), key=order)
