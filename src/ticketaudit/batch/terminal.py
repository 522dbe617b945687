"""The batch report for a terminal, as wide as that is: narrow tables side by side, links where it knows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from rich import box
from rich.cells import cell_len
from rich.columns import Columns
from rich.console import RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table as Grid
from rich.text import Text as Words

from ticketaudit.batch.blocks import Bar, Block, Cell, Column, Document, Heading, Items, Link, Table, Text
from ticketaudit.console import console
from ticketaudit.terminal import Output, clean

#: The width where the output is no terminal.
_WIDTH = 100
#: A value that is longer is cut in narrow tables, so that they stand side by side.
_VALUE_WIDTH = 32
#: What lies between two columns, and how far one may be cut that gives way.
_GAP = 2
_CUT = 16
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
    if output.width is not None and screen.width < _WIDE_FROM and _is_cut(document):
        screen.print(Words(f"Some columns were left out; a terminal of {_WIDE_FROM} columns shows all.", style="dim"))


def _is_cut(document: Document) -> bool:
    """Whether a table has columns that only a wide terminal shows."""
    tables = (block for section in document.sections for block in section.blocks if isinstance(block, Table))
    return any(column.wide for table in tables for column in table.columns)


def _parts(document: Document, width: int, linked: bool) -> Iterator[RenderableType]:
    yield _spaced(Words(clean(document.title), style="bold"))
    for index, section in enumerate(document.sections):
        if index:
            yield _spaced(Words(section.title.upper(), style="bold cyan"))
        for narrow, blocks in groupby(section.blocks, key=lambda block: isinstance(block, Table) and block.narrow):
            shown = [_spaced(_block(block, width, linked)) for block in blocks]
            yield from (
                (Columns(shown[at : at + _ABREAST], padding=(0, 3)) for at in range(0, len(shown), _ABREAST))
                if narrow
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
            return _list(items, linked)
        case Table():
            return _grid(block, width, linked)


def _list(items: Sequence[Sequence[Cell]], linked: bool) -> Grid:
    grid = Grid.grid()
    for parts in items:
        grid.add_row("• ", Words("").join(_cell(part, linked) for part in parts))
    return grid


def _grid(table: Table, width: int, linked: bool) -> Grid:
    grid = Grid(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False, pad_edge=False, header_style="bold")
    shown = [index for index, column in enumerate(table.columns) if width >= _WIDE_FROM or not column.wide]
    columns = [table.columns[index] for index in shown]
    rows = [[_cell(row[index], linked) for index in shown] for row in table.rows]
    widths = _widths(columns, rows, None if table.narrow else width)
    for column, room in zip(columns, widths, strict=True):
        cut = table.narrow or column.wide or column.path
        grid.add_column(
            clean(column.name),
            justify="right" if column.right else "left",
            no_wrap=cut,
            overflow="ellipsis" if cut else "fold",
            width=room,
        )
    for row in rows:
        places = zip(row, columns, widths, strict=True)
        grid.add_row(*(_ending(cell, room) if column.path else cell for cell, column, room in places))
    return grid


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[Words]], width: int | None) -> list[int]:
    """How wide each column is: as wide as its cells, while there is room.

    First the wide columns give way, then the paths, then what can be wrapped between its words; words are
    broken last, and numbers never. Without a width no column is wider than `_VALUE_WIDTH`.
    """
    cells = [[Words(clean(column.name)), *(row[index] for row in rows)] for index, column in enumerate(columns)]
    widths = [max(cell.cell_len for cell in column) for column in cells]
    if width is None:
        return [min(each, _VALUE_WIDTH) for each in widths]
    excess = sum(widths) + _GAP * (len(columns) - 1) - width
    words = [max((cell_len(word) for cell in column for word in cell.plain.split()), default=0) for column in cells]
    givers = (
        {index: _CUT for index, column in enumerate(columns) if column.wide},
        {index: _CUT for index, column in enumerate(columns) if column.path},
        {index: words[index] for index, column in enumerate(columns) if not (column.wide or column.path)},
        {index: min(words[index], _CUT) for index, column in enumerate(columns) if not column.right},
    )
    for least in givers:
        while excess > 0 and (open_ := [index for index in least if widths[index] > least[index]]):
            widths[max(open_, key=lambda index: widths[index] - least[index])] -= 1
            excess -= 1
    return widths


def _ending(cell: Words, room: int) -> Words:
    """A cell cut at its beginning where there is no room for all of it."""
    plain = cell.plain
    if cell.cell_len <= room:
        return cell
    while plain and cell_len(plain) >= room:
        plain = plain[1:]
    return Words(f"…{plain}", style=cell.style)


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
