"""Tables that are written in HTML, read as the pipe tables that they could be."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import NamedTuple

from ticketaudit.blocks import Row

#: What stands in Markdown for the inline elements that carry a meaning here.
_MARKS = {"code": "`", "tt": "`", "b": "**", "strong": "**", "s": "~~", "del": "~~", "strike": "~~"}


class HtmlTable(NamedTuple):
    """A header, whose cells are empty where the table has none, and the rows below it."""

    header: Row
    rows: tuple[Row, ...]


def read_tables(text: str, first: int) -> list[HtmlTable]:
    """The tables of HTML text that begins on line ``first``; a table inside a cell belongs to that cell."""
    parser = _Parser(first)
    parser.feed(text)
    parser.close()
    return parser.tables


class _Parser(HTMLParser):
    """Collects rows; tolerates what browsers tolerate: cells, rows and tables that are never closed."""

    def __init__(self, first: int) -> None:
        super().__init__(convert_charrefs=True)
        self.first = first
        self.depth = 0
        self.tables: list[HtmlTable] = []
        self.rows: list[tuple[Row, bool]] = []
        self.cells: list[str] = []
        self.headings = 0
        self.line = first
        self.open = False

    def parse_html_declaration(self, i: int) -> int:
        """Take a marked section for a comment, as browsers do; the library raises `AssertionError` for most."""
        return self.parse_bogus_comment(i) if self.rawdata.startswith("<![", i) else super().parse_html_declaration(i)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open what the tag opens."""
        if tag == "table":
            self.depth += 1
        elif self.depth != 1:
            return
        elif tag == "tr":
            self._end_row()
            self.line = self.first + self.getpos()[0] - 1
        elif tag in ("td", "th"):
            self.headings += tag == "th"
            self.cells.append("")
            self.open = True
        elif tag == "br" and self.open:
            self.cells[-1] += "<br>"
        else:
            self._text(_MARKS.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        """Close what the tag closes."""
        if tag == "table" and self.depth:
            self.depth -= 1
            if not self.depth:
                self._end_table()
        elif self.depth == 1 and tag in ("td", "th"):
            self.open = False
        elif self.depth == 1 and tag == "tr":
            self._end_row()
        else:
            self._text(_MARKS.get(tag, ""))

    def handle_data(self, data: str) -> None:
        """Text belongs to the cell that is open."""
        self._text(data)

    def close(self) -> None:
        """The end of the text ends the table that it is in."""
        super().close()
        if self.depth:
            self._end_table()

    def _text(self, text: str) -> None:
        if self.depth and self.open:
            self.cells[-1] += text

    def _end_row(self) -> None:
        if self.cells:
            cells = tuple(" ".join(cell.split()) for cell in self.cells)
            self.rows.append((Row(cells, self.line), self.headings == len(cells)))
        self.cells, self.headings, self.open = [], 0, False

    def _end_table(self) -> None:
        self._end_row()
        self.depth = 0
        if self.rows:
            (top, is_header), *others = self.rows
            width = max(len(row.cells) for row, _ in self.rows)
            header = top if is_header else Row(("",) * width, top.line)
            rows = others if is_header else self.rows
            self.tables.append(HtmlTable(header, tuple(row for row, _ in rows)))
        self.rows = []
