"""The batch report for a terminal: the counts side by side, the tickets and the rules in tables."""

from __future__ import annotations

from collections.abc import Iterator

from rich import box
from rich.columns import Columns
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ticketaudit.batch import wording
from ticketaudit.console import console
from ticketaudit.statistics import Breakdown, Row, Statistics
from ticketaudit.terminal import Output, clean

#: The width where the output is no terminal.
_WIDTH = 100
#: A value that is longer is cut in the tables of counts, so that they stand side by side.
_VALUE_WIDTH = 36
#: Below this width a ticket's row has no room for its title.
_TITLE_FROM = 100


def write(statistics: Statistics, output: Output) -> None:
    """Write the report as wide as the terminal is."""
    screen = console(output, width=_WIDTH)
    for part in _parts(statistics, with_title=screen.width >= _TITLE_FROM):
        screen.print(part)


def _parts(statistics: Statistics, with_title: bool) -> Iterator[RenderableType]:
    yield _spaced(Text(wording.headline(statistics), style="bold"))
    tables = [_spaced(_breakdown(breakdown, len(statistics.rows))) for breakdown in statistics.breakdowns]
    yield Columns(tables[:4], padding=(0, 3))
    yield Columns(tables[4:], padding=(0, 3))
    if overlap := wording.overlap(statistics):
        yield _spaced(Text(overlap))
    yield _spaced(_tickets(statistics, with_title))
    yield _spaced(_rules(statistics))
    if silence := wording.silence(statistics):
        yield _spaced(Text(silence))


def _spaced(part: RenderableType) -> Padding:
    """A part and an empty line below it."""
    return Padding(part, (0, 0, 1, 0), expand=False)


def _breakdown(breakdown: Breakdown, tickets: int) -> Table:
    table = _table()
    table.add_column(breakdown.name.capitalize(), max_width=_VALUE_WIDTH, no_wrap=True, overflow="ellipsis")
    table.add_column("Tickets", justify="right")
    for value, number in wording.count_rows(breakdown, tickets):
        table.add_row(_text(value), number)
    return table


def _tickets(statistics: Statistics, with_title: bool) -> Table:
    table = _table("Ticket", "Status", "Severity\n→ concluded", "Verdicts", "Disposition")
    table.add_column("Found", justify="right")
    if with_title:
        table.add_column("Title", no_wrap=True, overflow="ellipsis")
    for row in statistics.rows:
        title = [_text(row.ticket.title or wording.NOTHING)] if with_title else []
        table.add_row(*map(_text, _values(row)), str(row.diagnostics), *title)
    return table


def _values(row: Row) -> tuple[str, ...]:
    severity = row.ticket.severity or wording.NOTHING
    return (
        wording.name(row.ticket),
        row.ticket.status or wording.NOTHING,
        f"{severity} → {wording.concluded(row)}" if row.concluded else severity,
        wording.tally(row),
        row.disposition or wording.NOTHING,
    )


def _rules(statistics: Statistics) -> Table:
    name, *numbers = wording.FINDING_COLUMNS
    table = _table(name)
    for column in numbers:
        table.add_column(column, justify="right")
    for row in wording.finding_rows(statistics):
        table.add_row(*row)
    return table


def _table(*header: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False, pad_edge=False, header_style="bold")
    for name in header:
        table.add_column(name)
    return table


def _text(value: str) -> Text:
    """What a ticket says is shown, never obeyed."""
    return Text(clean(value))
