"""Tables that are written in HTML, read as the pipe tables that they could be.

The library's parser takes time by the square of the length where tags are never closed, and reads differently
from version to version.
"""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

from ticketaudit.blocks import Row

#: What stands in Markdown for the inline elements that carry a meaning here.
_MARKS = {"code": "`", "tt": "`", "b": "**", "strong": "**", "s": "~~", "del": "~~", "strike": "~~"}
#: A comment, a declaration or a tag. The first two go to the end where nothing ends them, as they do in browsers; a
#: tag has no other tag in it, even in quotes, so that no character is looked at again and again.
_MARKUP = re.compile(
    r"<!--(?:-?>|.*?(?:-->|\Z))|<[!?][^>]*+>?"
    r"|<(?P<closing>/?)(?P<tag>[A-Za-z][^\s/<>]*+)(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+'|[\"'])*+>",
    re.DOTALL,
)


class HtmlTable(NamedTuple):
    """A header, whose cells are empty where the table has none, and the rows below it."""

    header: Row
    rows: tuple[Row, ...]


def read_tables(text: str, first: int) -> list[HtmlTable]:
    """The tables of HTML text that begins on line ``first``; a table inside a cell belongs to that cell."""
    reader = _Reader(first)
    behind = 0
    for markup in _MARKUP.finditer(text):
        reader.text(unescaped(text[behind : markup.start()]))
        reader.line += text.count("\n", behind, markup.start())
        if markup["tag"]:
            (reader.close if markup["closing"] else reader.open)(markup["tag"].lower())
        reader.line += text.count("\n", *markup.span())
        behind = markup.end()
    reader.text(unescaped(text[behind:]))
    reader.end()
    return reader.tables


def unescaped(text: str) -> str:
    """The text with the characters that it refers to; as it stands where a number is longer than Python reads."""
    try:
        return unescape(text)
    except ValueError:
        return text


class _Reader:
    """Collects rows; tolerates what browsers tolerate: cells, rows and tables that are never closed."""

    def __init__(self, first: int) -> None:
        self.line = first
        self.tables: list[HtmlTable] = []
        self._depth = 0
        self._rows: list[tuple[Row, bool]] = []
        self._cells: list[str] = []
        self._headings = 0
        self._row_line = first
        self._in_cell = False

    def open(self, tag: str) -> None:
        """Open what a tag opens."""
        if tag == "table":
            self._depth += 1
        elif self._depth != 1:
            return
        elif tag == "tr":
            self._end_row()
            self._row_line = self.line
        elif tag in ("td", "th"):
            self._headings += tag == "th"
            self._cells.append("")
            self._in_cell = True
        elif tag == "br":
            self.text("<br>")
        else:
            self.text(_MARKS.get(tag, ""))

    def close(self, tag: str) -> None:
        """Close what a tag closes."""
        if tag == "table" and self._depth:
            self._depth -= 1
            if not self._depth:
                self._end_table()
        elif self._depth == 1 and tag in ("td", "th"):
            self._in_cell = False
        elif self._depth == 1 and tag == "tr":
            self._end_row()
        else:
            self.text(_MARKS.get(tag, ""))

    def text(self, text: str) -> None:
        """Text belongs to the cell that is open."""
        if self._depth and self._in_cell:
            self._cells[-1] += text

    def end(self) -> None:
        """The end of the text ends the table that it is in."""
        if self._depth:
            self._end_table()

    def _end_row(self) -> None:
        if self._cells:
            cells = tuple(" ".join(cell.split()) for cell in self._cells)
            self._rows.append((Row(cells, self._row_line), self._headings == len(cells)))
        self._cells, self._headings, self._in_cell = [], 0, False

    def _end_table(self) -> None:
        self._end_row()
        self._depth = 0
        if self._rows:
            (top, is_header), *others = self._rows
            width = max(len(row.cells) for row, _ in self._rows)
            header = top if is_header else Row(("",) * width, top.line)
            rows = others if is_header else self._rows
            self.tables.append(HtmlTable(header, tuple(row for row, _ in rows)))
        self._rows = []
