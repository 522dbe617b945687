"""What changed since an earlier report or revision."""

from __future__ import annotations

from collections.abc import Iterator

from ticketaudit.batch.blocks import Block, Cell, Column, Link, Table, Text
from ticketaudit.batch.wording import NOTHING
from ticketaudit.statistics import KINDS, Change, Comparison, Statistics


def blocks(statistics: Statistics) -> Iterator[Block]:
    """The figures that moved, and the tickets that did."""
    comparison = statistics.comparison
    if comparison is None:
        return
    yield Text(f"Since {comparison.since}: {_counts(comparison)}.")
    moved = tuple((move.name, _figure(move.before), _figure(move.after)) for move in comparison.moves)
    figures = [row for row in moved if row[1] != row[2]]
    if figures:
        yield Table((Column("Figure"), Column("Before", right=True), Column("Now", right=True)), tuple(figures))
    if comparison.changes:
        yield Table(
            (Column("Change"), Column("Ticket"), Column("Before"), Column("Now")),
            tuple((change.kind, _ticket(change), *_values(change)) for change in comparison.changes),
        )


def _counts(comparison: Comparison) -> str:
    counts = [f"{len(found)} {kind}" for kind in KINDS if (found := comparison.of(kind))]
    return ", ".join(counts) or "no ticket changed"


def _ticket(change: Change) -> Cell:
    """A link to a ticket that is there; one that is gone has only a name."""
    ticket = change.ticket
    name = ticket.id or f"{ticket.path}:{ticket.line}"
    return name if change.kind == "gone" else Link(name, ticket.path, ticket.line)


def _values(change: Change) -> tuple[str, str]:
    ticket = change.ticket
    standing = ", ".join(filter(None, (ticket.severity, ticket.status))) or NOTHING
    if change.kind == "new":
        return NOTHING, standing
    if change.kind == "gone":
        return standing, NOTHING
    return change.before or NOTHING, change.after or NOTHING


def _figure(value: float | None) -> str:
    return NOTHING if value is None else f"{round(value, 2):g}"
