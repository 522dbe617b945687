"""How many tickets have which value, and which two values together; `values` says what is one value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ticketaudit.statistics.values import Attribute

#: The values of every ticket by the names of the attributes; (None,) where it has no value.
Held = Sequence[Mapping[str, tuple[str | None, ...]]]


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


def breakdowns(attributes: Sequence[Attribute], held: Held) -> tuple[Breakdown, ...]:
    """The tickets counted by every attribute."""
    return tuple(_breakdown(attribute, held) for attribute in attributes)


def cross_tables(found: Sequence[Breakdown], held: Held) -> tuple[CrossTable, ...]:
    """The first attribute, which is severity, against every other one."""
    severity, *others = found
    return tuple(CrossTable(other, severity, _cells(other.name, severity.name, held)) for other in others)


def _breakdown(attribute: Attribute, held: Held) -> Breakdown:
    numbers = Counter(value for values in held for value in values[attribute.name])

    def place(value: str | None) -> tuple[object, ...]:
        return (value is None, *(attribute.order(value, numbers[value]) if value is not None else ()))

    counts = tuple(Count(value, numbers[value]) for value in sorted(numbers, key=place))
    return Breakdown(attribute.name, counts, numbers.total() > len(held))


def _cells(row: str, column: str, held: Held) -> Mapping[tuple[str | None, str | None], int]:
    return Counter((one, other) for values in held for one in values[row] for other in values[column])
