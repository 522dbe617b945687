"""How many tickets have which value, and what became of their severities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ticketaudit.batch.blocks import Block, Cell, Column, Heading, Table, Text, bars
from ticketaudit.batch.wording import NONE, NOTHING, OTHER, TOTAL
from ticketaudit.statistics import Breakdown, Count, CrossTable, Statistics
from ticketaudit.wording import number

#: What is set against severity; the other cross tables are in the JSON.
_CROSSED = ("status", "disposition", "domain")
#: So many values are shown in a table, and so many severities beside each other; the JSON has all.
_ROWS, _COLUMNS = 20, 6


def blocks(statistics: Statistics) -> Iterator[Block]:
    """A table for each attribute."""
    for breakdown in statistics.breakdowns:
        if _says_something(breakdown):
            yield _breakdown(breakdown, len(statistics.rows))
    silent = [breakdown.name for breakdown in statistics.breakdowns if not _says_something(breakdown)]
    if silent and statistics.rows:
        yield Text(f"No ticket has a {' or '.join(silent)}.")
    overlapping = [breakdown.name for breakdown in statistics.breakdowns if breakdown.overlapping]
    if overlapping:
        yield Text(f"A ticket may have more than one {' or '.join(overlapping)}.")
    cut = [f"{each.name} ({left})" for each in statistics.breakdowns if (left := _left_out(each))]
    if cut:
        yield Text(f"Rare values are left out: of {', '.join(cut)}. The JSON format has all.")


def _says_something(breakdown: Breakdown) -> bool:
    return any(count.value is not None for count in breakdown.counts)


def _left_out(breakdown: Breakdown) -> int:
    return len(breakdown.counts) - len(_shown(breakdown.counts, _ROWS))


def _shown(counts: Sequence[Count], most: int) -> list[Count]:
    """The counts of most tickets, in their order, and that of the tickets without a value."""
    valued = sorted((count for count in counts if count.value is not None), key=lambda count: -count.tickets)
    chosen = {None, *(count.value for count in valued[:most])}
    return [count for count in counts if count.value in chosen]


def _breakdown(breakdown: Breakdown, tickets: int) -> Table:
    counts = _shown(breakdown.counts, _ROWS)
    numbers = [count.tickets for count in counts]
    values = [count.value or NONE for count in counts]
    rows = list(zip(values, numbers, bars(numbers), strict=True))
    total = () if breakdown.overlapping else ((TOTAL, tickets, ""),)
    columns = (Column(breakdown.name.capitalize()), Column("Tickets", right=True), Column(""))
    return Table(columns, (*rows, *total), narrow=True)


def severity_blocks(statistics: Statistics) -> Iterator[Block]:
    """Severity against other attributes, and against what was concluded."""
    for table in statistics.cross_tables:
        if table.rows.name in _CROSSED and _says_something(table.rows) and _says_something(table.columns):
            yield _crossed(table)
    concluded = [row.rated for row in statistics.rows if row.rated.concluded]
    if not concluded:
        return
    flow = Counter((rated.original, rated.final, rated.steps) for rated in concluded)
    yield Heading("Concluded against original")
    yield Text(f"Of the {number(len(statistics.rows), 'ticket')}, {len(concluded)} with a severity that was concluded:")
    place = statistics.scale.index
    ordered = sorted(flow.items(), key=lambda item: (place(item[0][0]), place(item[0][1])))
    lengths = bars([count for _, count in ordered])
    yield Table(
        (Column("Original"), Column("Concluded"), Column("Steps"), Column("Tickets", right=True), Column("")),
        tuple(
            (original or NOTHING, final or NOTHING, _steps(steps), count, bar)
            for ((original, final, steps), count), bar in zip(ordered, lengths, strict=True)
        ),
    )


def _steps(steps: int | None) -> str:
    if steps is None:
        return "not on the scale"
    return f"{abs(steps)} {'down' if steps > 0 else 'up'}" if steps else "confirmed"


def _crossed(table: CrossTable) -> Table:
    """A row per value; the severities that few tickets have are one column, where there are too many to read."""
    severities = _shown(table.columns.counts, _COLUMNS)
    others = [count for count in table.columns.counts if count not in severities]
    columns = [Column(count.value or NONE, right=True) for count in severities]
    rows: list[tuple[Cell, ...]] = []
    for row in _shown(table.rows.counts, _ROWS):
        cells: list[Cell] = [table.cell(row, severity) or "" for severity in severities]
        if others:
            cells.append(sum(table.cell(row, severity) for severity in others) or "")
        rows.append((row.value or NONE, *cells, row.tickets))
    name = Column(f"{table.rows.name.capitalize()} by {table.columns.name}")
    other = [Column(OTHER, right=True)] if others else []
    return Table((name, *columns, *other, Column(TOTAL, right=True)), tuple(rows))
