"""How many tickets have which value, and what became of their severities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ticketaudit.batch.blocks import Block, Column, Heading, Table, Text, bars
from ticketaudit.batch.wording import NONE, NOTHING, TOTAL
from ticketaudit.statistics import Breakdown, CrossTable, Statistics
from ticketaudit.wording import number

#: What is set against severity; the other cross tables are in the JSON.
_CROSSED = ("status", "disposition", "domain")


def blocks(statistics: Statistics) -> Iterator[Block]:
    """A table for each attribute."""
    for breakdown in statistics.breakdowns:
        if breakdown.counts:
            yield _breakdown(breakdown, len(statistics.rows))
    overlapping = [breakdown.name for breakdown in statistics.breakdowns if breakdown.overlapping]
    if overlapping:
        yield Text(f"A ticket may have more than one {' or '.join(overlapping)}.")


def _breakdown(breakdown: Breakdown, tickets: int) -> Table:
    numbers = [count.tickets for count in breakdown.counts]
    values = [count.value or NONE for count in breakdown.counts]
    rows = list(zip(values, numbers, bars(numbers), strict=True))
    total = () if breakdown.overlapping else ((TOTAL, tickets, ""),)
    columns = (Column(breakdown.name.capitalize()), Column("Tickets", right=True), Column(""))
    return Table(columns, (*rows, *total), narrow=True)


def severity_blocks(statistics: Statistics) -> Iterator[Block]:
    """Severity against other attributes, and against what was concluded."""
    for table in statistics.cross_tables:
        if table.rows.name in _CROSSED and table.cells:
            yield _crossed(table)
    concluded = [row.rated for row in statistics.rows if row.rated.concluded]
    if not concluded:
        return
    flow = Counter((rated.original or NOTHING, rated.final or NOTHING, rated.steps) for rated in concluded)
    yield Heading("Concluded against original")
    yield Text(f"Of the {number(len(statistics.rows), 'ticket')}, {len(concluded)} with a severity that was concluded:")
    ordered = sorted(flow.items(), key=lambda item: (item[0][0], item[0][1]))
    lengths = bars([count for _, count in ordered])
    yield Table(
        (Column("Original"), Column("Concluded"), Column("Steps"), Column("Tickets", right=True), Column("")),
        tuple(
            (original, final, _steps(steps), count, bar)
            for ((original, final, steps), count), bar in zip(ordered, lengths, strict=True)
        ),
    )


def _steps(steps: int | None) -> str:
    if steps is None:
        return "not on the scale"
    return f"{abs(steps)} {'down' if steps > 0 else 'up'}" if steps else "confirmed"


def _crossed(table: CrossTable) -> Table:
    columns = [Column(count.value or NONE, right=True) for count in table.columns.counts]
    rows = (
        (row.value or NONE, *(table.cell(row, column) or "" for column in table.columns.counts), row.tickets)
        for row in table.rows.counts
    )
    name = Column(f"{table.rows.name.capitalize()} by {table.columns.name}")
    return Table((name, *columns, Column(TOTAL, right=True)), tuple(rows))
