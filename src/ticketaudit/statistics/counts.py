"""How many tickets have which value, and which two values together.

Values that differ only in case are one value, shown as it is written first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from ticketaudit.corpus import Corpus
from ticketaudit.ticket import Disposition, Premise, Ticket
from ticketaudit.vocabulary import Vocabulary

Values = Callable[[Ticket], Iterable[str | None]]
Order = Callable[["Count"], tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Count:
    """How many tickets have a value; ``value`` is None for the tickets that have none."""

    value: str | None
    tickets: int


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The tickets counted by one of their attributes.

    Where a ticket may have several values it is counted under each, and the counts may add up to
    more than the number of tickets: ``overlapping`` says that they do.
    """

    name: str
    counts: tuple[Count, ...]
    overlapping: bool


@dataclass(frozen=True, slots=True)
class CrossTable:
    """The tickets counted by two attributes; ``cells`` by the values of the row and of the column.

    Rows and columns are in the order of their breakdowns, None last; a cell that is missing is 0.
    """

    rows: Breakdown
    columns: Breakdown
    cells: Mapping[tuple[str | None, str | None], int]

    def cell(self, row: Count, column: Count) -> int:
        """How many tickets have both values."""
        return self.cells.get((row.value, column.value), 0)


@dataclass(frozen=True, slots=True)
class Attribute:
    """What tickets are counted by: its name, the values of a ticket, the order of the counts."""

    name: str
    values: Values
    order: Order


#: The names of all that tickets are counted by.
ATTRIBUTES = ("severity", "status", "batch", "agent", "domain", "category", "disposition", "premise")


def attributes(vocabulary: Vocabulary) -> tuple[Attribute, ...]:
    """All that tickets are counted by, in the order in which a reader asks."""
    return (
        Attribute("severity", lambda ticket: [ticket.severity], _by_scale(vocabulary)),
        Attribute("status", lambda ticket: [ticket.status], _most_first),
        Attribute("batch", lambda ticket: [ticket.batch], _in_natural_order),
        Attribute("agent", lambda ticket: [ticket.agent], _most_first),
        Attribute("domain", lambda ticket: ticket.domain, _most_first),
        Attribute("category", lambda ticket: ticket.categories, _most_first),
        Attribute("disposition", _disposition, _listed_in(get_args(Disposition))),
        Attribute("premise", lambda ticket: [ticket.premise], _listed_in(get_args(Premise))),
    )


def breakdowns(corpus: Corpus) -> tuple[Breakdown, ...]:
    """The tickets counted by every attribute."""
    return tuple(breakdown(attribute, corpus.tickets) for attribute in attributes(corpus.vocabulary))


def cross_tables(corpus: Corpus) -> tuple[CrossTable, ...]:
    """Severity against every other attribute."""
    severity, *others = attributes(corpus.vocabulary)
    return tuple(cross_table(other, severity, corpus.tickets) for other in others)


def breakdown(attribute: Attribute, tickets: Iterable[Ticket]) -> Breakdown:
    """The tickets counted by one attribute."""
    held = values(attribute, tickets)
    numbers = Counter(value for values in held for value in values)
    counts = sorted((Count(value, number) for value, number in numbers.items()), key=_none_last(attribute.order))
    return Breakdown(attribute.name, tuple(counts), numbers.total() > len(held))


def cross_table(rows: Attribute, columns: Attribute, tickets: Sequence[Ticket]) -> CrossTable:
    """The tickets counted by two attributes together."""
    pairs = zip(values(rows, tickets), values(columns, tickets), strict=True)
    cells = Counter((row, column) for both in pairs for row in both[0] for column in both[1])
    return CrossTable(breakdown(rows, tickets), breakdown(columns, tickets), cells)


def natural(text: str) -> tuple[tuple[int, str], ...]:
    """A sort key in which numbers count as numbers, of any length: B2-DRL-9 comes before B10-DRL-1."""
    parts = re.findall(r"0*([0-9]+)|([^0-9]+)", text)
    return tuple((len(digits), digits or word.casefold()) for digits, word in parts)


def severity_place(severity: str | None, vocabulary: Vocabulary) -> int:
    """The place on the scale, 0 the most severe; what is not on it comes behind, nothing at all last."""
    off_the_scale = len(vocabulary.severities)
    if severity is None:
        return off_the_scale + 1
    rank = vocabulary.severity_rank(severity)
    return off_the_scale if rank is None else rank


def values(attribute: Attribute, tickets: Iterable[Ticket]) -> list[list[str | None]]:
    """The values of every ticket, each once and in one spelling; [None] where it has none."""
    spelling: dict[str, str] = {}
    held: list[list[str | None]] = []
    for ticket in tickets:
        values = [spelling.setdefault(value.casefold(), value) for value in attribute.values(ticket) if value]
        held.append([*dict.fromkeys(values)] or [None])
    return held


def _disposition(ticket: Ticket) -> list[str | None]:
    return [ticket.resolution.disposition if ticket.resolution else None]


def _none_last(order: Order) -> Order:
    return lambda count: (count.value is None, *order(count))


def _most_first(count: Count) -> tuple[object, ...]:
    return (-count.tickets, *_in_natural_order(count))


def _in_natural_order(count: Count) -> tuple[object, ...]:
    """Batch 2 before batch 10."""
    return (natural(count.value or ""), count.value)


def _by_scale(vocabulary: Vocabulary) -> Order:
    return lambda count: (severity_place(count.value, vocabulary), *_in_natural_order(count))


def _listed_in(words: Sequence[str]) -> Order:
    return lambda count: (words.index(count.value) if count.value in words else len(words),)
