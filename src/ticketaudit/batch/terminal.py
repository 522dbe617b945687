"""The batch report for a terminal, as wide as that is: narrow tables side by side, links where it knows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from rich import box
from rich.columns import Columns
from rich.console import RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table as Grid
from rich.text import Text as Words

from ticketaudit.batch.blocks import Bar, Block, Cell, Document, Heading, Items, Link, Table, Text
from ticketaudit.console import console
from ticketaudit.terminal import Output, clean

#: The width where the output is no terminal.
_WIDTH = 100
#: A value that is longer is cut in narrow tables, so that they stand side by side.
_VALUE_WIDTH = 32
#: Below this width the wide columns are left out.
_WIDE_FROM = 120
#: The longest bar, in characters, and its last one in eighths.
_BAR = 10
_EIGHTHS = " ▏▎▍▌▋▊▉█"


#: So many narrow tables stand side by side, where there is room.
_ABREAST = 3


class _Title(Words):
    """A heading: what it is over follows without an empty line."""


def write(document: Document, output: Output) -> None:
    """Write the report as wide as the terminal is."""
    screen = console(output, width=_WIDTH)
    linked = output.width is not None and output.color
    for part in _parts(document, screen.width, linked):
        screen.print(part)


def _parts(document: Document, width: int, linked: bool) -> Iterator[RenderableType]:
    yield _spaced(Words(clean(document.title), style="bold"))
    for index, section in enumerate(document.sections):
        if index:
            yield _spaced(Words(section.title.upper(), style="bold cyan"))
        for narrow, blocks in groupby(section.blocks, key=lambda block: isinstance(block, Table) and block.narrow):
            shown = [_spaced(_block(block, width, linked)) for block in blocks]
            yield from (
                (Columns(shown[start : start + 3], padding=(0, 3)) for start in range(0, len(shown), 3))
                if (narrow)
                else shown
            )


def _spaced(part: RenderableType) -> Padding:
    """A part and an empty line below it."""
    return Padding(part, (0, 0, 1, 0), expand=False)


def _block(block: Block, width: int, linked: bool) -> RenderableType:
    match block:
        case Text(text):
            return Words(clean(text))
        case Heading(text):
            return _Title(clean(text), style="bold")
        case Items(items):
            return Words("\n").join(_item(parts, linked) for parts in items)
        case Table():
            return _grid(block, width, linked)


def _item(parts: Sequence[Cell], linked: bool) -> Words:
    return Words("• ").append_text(Words("").join(_cell(part, linked) for part in parts))


def _grid(table: Table, width: int, linked: bool) -> Grid:
    grid = Grid(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False, pad_edge=False, header_style="bold")
    shown = [index for index, column in enumerate(table.columns) if width >= _WIDE_FROM or not column.wide]
    for index in shown:
        column = table.columns[index]
        cut = table.narrow or column.wide
        grid.add_column(
            clean(column.name),
            justify="right" if column.right else "left",
            no_wrap=cut,
            overflow="ellipsis" if cut else "fold",
            max_width=_VALUE_WIDTH if table.narrow else None,
        )
    for row in table.rows:
        grid.add_row(*(_cell(row[index], linked) for index in shown))
    return grid


def _cell(cell: Cell, linked: bool) -> Words:
    """What a ticket says is shown, never obeyed."""
    match cell:
        case Bar(share):
            eighths = max(round(share * _BAR * 8), share > 0)
            return Words("█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip(), style="cyan")
        case Link(text, path, _) if linked and Path(path).exists():
            return Words(clean(text), style=Style(link=Path(path).resolve().as_uri()))
        case Link(text):
            return Words(clean(text))
        case _:
            return Words(clean(str(cell)))
