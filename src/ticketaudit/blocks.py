"""Markdown's blocks and sections, with the lines that they stand on.

Lines are 1-based; ``end_line`` is the last line of a block (inclusive).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from ticketaudit.frontmatter import Entry
from ticketaudit.inline import Passage
from ticketaudit.text import Source


class Paragraph(msgspec.Struct, frozen=True, gc=False):
    """A paragraph; ``quoted`` where it stands in a block quote, ``depth`` counts the lists around it."""

    passage: Passage
    line: int
    end_line: int
    quoted: bool
    depth: int


class Item(msgspec.Struct, frozen=True, gc=False):
    """A list item's own first paragraph; ``checked`` is None for one that is no task."""

    passage: Passage
    checked: bool | None
    line: int
    end_line: int
    quoted: bool
    depth: int


class Row(msgspec.Struct, frozen=True, gc=False):
    """A table row: its cells as inline Markdown, an escaped pipe already a pipe."""

    cells: tuple[str, ...]
    line: int

    def passage(self, column: int) -> Passage:
        """A cell, or an empty passage where the row is shorter."""
        return Passage(self.cells[column] if column < len(self.cells) else "", self.line)


class Table(msgspec.Struct, frozen=True, gc=False):
    """A pipe table. Rows that stand apart from their table (after other text) are ``detached``."""

    header: Row
    rows: tuple[Row, ...]
    line: int
    end_line: int
    quoted: bool
    depth: int
    detached: bool = False


class Fence(msgspec.Struct, frozen=True, gc=False):
    """Fenced or indented code, its text without the indentation of the fence."""

    info: str
    text: str
    line: int
    end_line: int
    quoted: bool
    depth: int


class Html(msgspec.Struct, frozen=True, gc=False):
    """An HTML block, comments among them."""

    text: str
    line: int
    end_line: int
    quoted: bool
    depth: int


Block = Paragraph | Item | Table | Fence | Html


class Oddity(NamedTuple):
    """Structure that Markdown cannot read as its author meant it; ``in_table`` where it is a table's."""

    message: str
    line: int
    in_table: bool = False


class Section(msgspec.Struct, frozen=True):
    """A heading and the blocks up to the next heading of any level.

    ``end_line`` is where the section with its subsections ends; ``parent`` is the index of the
    section around it in `Document.sections`. What stands before the first heading is a section of
    level 0 without a title.
    """

    title: str
    raw: str
    level: int
    line: int
    end_line: int
    parent: int | None
    blocks: tuple[Block, ...]


class Document(msgspec.Struct, frozen=True):
    """The structure of a file, or of the lines of it that are one document of their own.

    ``front`` are the entries of its front matter; ``sections`` stand in their order, the first of them
    is the preamble.
    """

    source: Source
    front: tuple[Entry, ...]
    sections: tuple[Section, ...]
    oddities: tuple[Oddity, ...]
    line: int
    end_line: int


def passages(block: Block) -> Sequence[Passage]:
    """The inline text of a block, in order; code and HTML have none."""
    if isinstance(block, Table):
        rows = block.rows if block.detached else (block.header, *block.rows)
        return [Passage(cell, row.line) for row in rows for cell in row.cells]
    return () if isinstance(block, (Fence, Html)) else (block.passage,)
