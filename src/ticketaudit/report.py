"""What a run found: the one thing that every reporter prints."""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import overload

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


class Tally(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What diagnostics add up to: how many there are of the levels, the worst first, and how many can be fixed.

    What can be fixed can be without anybody looking at it.
    """

    levels: tuple[int, ...] = (0,) * len(Level)
    fixable: int = 0

    @classmethod
    def of(cls, diagnostics: Iterable[Diagnostic]) -> Tally:
        """The tally of some diagnostics."""
        counts = Counter(diagnostic.level for diagnostic in diagnostics)
        fixable = sum(any(edit.safe for edit in each.edits) for each in diagnostics if each.edits)
        return cls(tuple(counts[level] for level in Level), fixable)

    @property
    def total(self) -> int:
        """How many diagnostics there are."""
        return sum(self.levels)

    def __add__(self, other: Tally) -> Tally:
        return Tally(tuple(map(operator.add, self.levels, other.levels)), self.fixable + other.fixable)

    def __sub__(self, other: Tally) -> Tally:
        return Tally(tuple(map(operator.sub, self.levels, other.levels)), self.fixable - other.fixable)


class Diagnostics(Sequence[Diagnostic]):
    """Diagnostics by the files that they are in: they are many, and are made whenever somebody comes to a file.

    ``told`` gives those of a file. What they add up to is remembered.
    """

    def __init__(self, paths: Iterable[str], told: Callable[[str], Sequence[Diagnostic]]) -> None:
        self._paths, self._told = tuple(paths), told
        self._tallies: dict[str, Tally] = {}

    def by_file(self) -> Iterator[tuple[str, Sequence[Diagnostic]]]:
        """Each file with its own, which may be none."""
        for path in self._paths:
            found = self._told(path)
            self._tallies[path] = Tally.of(found)
            yield path, found

    @property
    def tallies(self) -> Mapping[str, Tally]:
        """What those of each file add up to."""
        if len(self._tallies) < len(self._paths):
            for _ in self.by_file():
                pass
        return self._tallies

    def __iter__(self) -> Iterator[Diagnostic]:
        return (diagnostic for _, diagnostics in self.by_file() for diagnostic in diagnostics)

    def __len__(self) -> int:
        return sum(tally.total for tally in self.tallies.values())

    @overload
    def __getitem__(self, index: int) -> Diagnostic: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Diagnostic]: ...
    def __getitem__(self, index: int | slice) -> Diagnostic | Sequence[Diagnostic]:
        return tuple(self)[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # it is equal to tuples, and they to it


class Outcome(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A problem that a ticket has beside others, of those that were possible.

    It is told by the rule's name, the ticket's place in its file, and the number of the problem.
    """

    rule: str
    ticket: int
    number: int
    message: str


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
    themselves failed: what they would have said is missing. ``outcomes`` are what came of comparing tickets, by
    their files: they are among the diagnostics.
    """

    corpus: Corpus
    files: int
    rules: tuple[Rule, ...]
    diagnostics: Sequence[Diagnostic]
    accepted: tuple[Diagnostic, ...] = ()
    complete: bool = True
    passed_over: tuple[Rule, ...] = ()
    compared: bool = False
    failures: tuple[Failure, ...] = ()
    outcomes: Mapping[str, Sequence[Outcome]] = msgspec.field(default_factory=dict)

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

    @property
    def tally(self) -> Tally:
        """What the diagnostics add up to."""
        if isinstance(self.diagnostics, Diagnostics):
            return sum(self.diagnostics.tallies.values(), Tally())
        return Tally.of(self.diagnostics)

    def count(self, level: Level) -> int:
        """How many diagnostics have this level."""
        return self.tally.levels[tuple(Level).index(level)]


def order(diagnostic: Diagnostic) -> tuple[str, int, int, str, str]:
    """The key by which diagnostics are sorted."""
    return (diagnostic.path, diagnostic.span.line, diagnostic.span.column, diagnostic.name, diagnostic.message)


def in_order(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Diagnostics in their order, each once."""
    return sorted(dict.fromkeys(found), key=order)
