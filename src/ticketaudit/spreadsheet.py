"""CSV that a spreadsheet shows as it is.

The text of tickets is not to be trusted: a cell that a spreadsheet would take for a formula (it begins
with ``=``, ``+``, ``-``, ``@``, a tab or a line end) gets an apostrophe in front, which makes it text.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping
from typing import TextIO, TypeVar

from ticketaudit.terminal import without_commands

Value = str | int | float | None
Item = TypeVar("Item")

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
#: What stands between several values in one cell.
JOINT = "; "


def write_rows(stream: TextIO, columns: Mapping[str, Callable[[Item], Value]], items: Iterable[Item]) -> None:
    """Write the names of the columns, also where there is no item, and a row for each item."""
    plain = csv.writer(stream, lineterminator="\n")
    quoting = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL)
    plain.writerow(columns)
    for item in items:
        cells = [_guarded(column(item)) for column in columns.values()]
        # Readers take a carriage return for the end of a row, and the writer does not know that. Where the row is
        # printed, GitHub's runner would take what begins with colons for a command.
        texts = [cell for cell in cells if isinstance(cell, str)]
        is_read_wrongly = any("\r" in text or text.lstrip().startswith(("::", "##[")) for text in texts)
        (quoting if is_read_wrongly else plain).writerow(cells)


def _guarded(value: Value) -> Value:
    if not isinstance(value, str):
        return value
    first, feed, rest = value.partition("\n")
    text = first + feed + without_commands(rest)
    return f"'{text}" if text.startswith(_FORMULA) else text
