"""A batch now against the same batch before: what is new, closed, re-rated, re-opened, and how the figures moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from ticketaudit.statistics.rows import Row
from ticketaudit.statistics.values import severity_key
from ticketaudit.vocabulary import Vocabulary

Kind = Literal["new", "closed", "re-opened", "re-rated", "gone"]
#: The kinds of changes in the order in which they are told.
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one ticket stood: ``severity`` is the one that it ended with."""

    path: str
    line: int
    id: str | None
    severity: str | None
    status: str | None
    state: str | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A batch at one moment: its tickets, and its figures by their names (None: refused)."""

    tickets: tuple[Standing, ...]
    figures: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to a ticket, as it stands now (of one that is gone: as it stood)."""

    kind: Kind
    ticket: Standing
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A figure before and after."""

    name: str
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed since ``since``, a revision or a file, as the user names it.

    ``changes`` come kind by kind, in the order of the tickets; a ticket may be in several. ``moves`` are
    the figures that both have.
    """

    since: str
    changes: tuple[Change, ...]
    moves: tuple[Move, ...]

    def of(self, kind: Kind) -> tuple[Change, ...]:
        """The changes of one kind."""
        return tuple(change for change in self.changes if change.kind == kind)


def standing(row: Row) -> Standing:
    """Where a ticket stands."""
    ticket = row.ticket
    return Standing(ticket.path, ticket.line, ticket.id, row.rated.final, ticket.status, ticket.state)


def compare(since: str, before: Snapshot, after: Snapshot, vocabulary: Vocabulary) -> Comparison:
    """What changed between two moments.

    A ticket is the same one by its id, wherever it was moved to; by its path and line where it has no
    id, or one that several claim.
    """
    old, new = _by_identity(before.tickets), _by_identity(after.tickets)
    changes = [
        *(Change("new", ticket) for key, ticket in new.items() if key not in old),
        *(Change("gone", ticket) for key, ticket in old.items() if key not in new),
        *(change for key, ticket in new.items() if key in old for change in _changes(old[key], ticket, vocabulary)),
    ]
    moves = [Move(name, before.figures[name], value) for name, value in after.figures.items() if name in before.figures]
    return Comparison(since, tuple(sorted(changes, key=lambda change: KINDS.index(change.kind))), tuple(moves))


def _changes(before: Standing, after: Standing, vocabulary: Vocabulary) -> Iterable[Change]:
    if before.state != after.state:
        if after.state == "closed":
            yield Change("closed", after, before.status, after.status)
        elif before.state == "closed":
            yield Change("re-opened", after, before.status, after.status)
    if not _same(before.severity, after.severity, vocabulary):
        yield Change("re-rated", after, before.severity, after.severity)


def _same(one: str | None, other: str | None, vocabulary: Vocabulary) -> bool:
    """Whether two severities mean the same step of the scale, or are one word."""
    if one is None or other is None:
        return one == other
    return severity_key(vocabulary, one) == severity_key(vocabulary, other)


def _by_identity(tickets: tuple[Standing, ...]) -> dict[tuple[object, ...], Standing]:
    claimed = Counter(ticket.id.upper() for ticket in tickets if ticket.id)
    return {
        (ticket.id.upper(),) if ticket.id and claimed[ticket.id.upper()] == 1 else (ticket.path, ticket.line): ticket
        for ticket in tickets
    }
