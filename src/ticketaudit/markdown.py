"""Markdown structure: from a Source to sections and blocks with line spans. Knows nothing of tickets.

CommonMark and GFM tables by markdown-it-py, block rules only; inline markup is the business of
`inline`. Lines are 1-based; ``end_line`` is the last line of a block (inclusive).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ticketaudit.frontmatter import Entry, split_front_matter
from ticketaudit.inline import CODE_SPAN, Passage, plain
from ticketaudit.text import Source

_TASK = re.compile(r"\[([ xX])\](?:\s+|$)")
_PIPE = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``quoted`` where it stands in a block quote, ``depth`` counts the lists around it."""

    passage: Passage
    line: int
    end_line: int
    quoted: bool
    depth: int


@dataclass(frozen=True, slots=True)
class Item:
    """A list item's own first paragraph; ``checked`` is None for one that is no task."""

    passage: Passage
    checked: bool | None
    line: int
    end_line: int
    quoted: bool
    depth: int


@dataclass(frozen=True, slots=True)
class Row:
    """A table row: its cells as inline Markdown, an escaped pipe already a pipe."""

    cells: tuple[str, ...]
    line: int

    def passage(self, column: int) -> Passage:
        """A cell, or an empty passage where the row is shorter."""
        return Passage(self.cells[column] if column < len(self.cells) else "", self.line)


@dataclass(frozen=True, slots=True)
class Table:
    """A pipe table. Rows that stand apart from their table (after other text) are ``detached``."""

    header: Row
    rows: tuple[Row, ...]
    line: int
    end_line: int
    quoted: bool
    depth: int
    detached: bool = False


@dataclass(frozen=True, slots=True)
class Fence:
    """Fenced or indented code, its text without the indentation of the fence."""

    info: str
    text: str
    line: int
    end_line: int
    quoted: bool
    depth: int


@dataclass(frozen=True, slots=True)
class Html:
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


@dataclass(frozen=True, slots=True)
class Section:
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


@dataclass(frozen=True, slots=True)
class Document:
    """A file's structure: front matter entries, then the sections in order (the first is the preamble)."""

    source: Source
    front: tuple[Entry, ...]
    sections: tuple[Section, ...]
    oddities: tuple[Oddity, ...]


def parse(source: Source) -> Document:
    """Read a source's structure. Any text gives a document."""
    front, body = split_front_matter(source.lines)
    reader = _Reader(body)
    sections = _close(reader.sections, len(source.lines))
    return Document(source, front, tuple(sections), tuple(reader.oddities))


def passages(block: Block) -> Iterator[Passage]:
    """The inline text of a block, in order; code and HTML have none."""
    if isinstance(block, Paragraph | Item):
        yield block.passage
    elif isinstance(block, Table):
        rows = block.rows if block.detached else (block.header, *block.rows)
        for row in rows:
            for column in range(len(row.cells)):
                yield row.passage(column)


@lru_cache(maxsize=1)
def _block_parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"maxNesting": 100}).enable("table").disable(["inline", "text_join"])


@dataclass(slots=True)
class _Open:
    """A section while its blocks are being collected."""

    title: str
    raw: str
    level: int
    line: int
    blocks: list[Block]


class _Reader:
    """Walks the flat token list once and files every block under its heading."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.oddities: list[Oddity] = []
        self.sections = [_Open("", "", 0, 1, [])]
        self.quotes = 0
        self.lists = 0
        self.item: Token | None = None
        self._read(_block_parser().parse("\n".join(lines)))

    def _read(self, tokens: list[Token]) -> None:
        index = 0
        while index < len(tokens):
            token = tokens[index]
            match token.type:
                case "heading_open":
                    self._heading(token, tokens[index + 1])
                case "paragraph_open":
                    self._paragraph(token, tokens[index + 1])
                case "table_open":
                    index = self._table(tokens, index)
                case "fence" | "code_block":
                    self._fence(token)
                case "html_block":
                    self._html(token)
                case _:
                    self._container(token)
            index += 1

    def _container(self, token: Token) -> None:
        """Block quotes, lists and items open and close around other blocks."""
        match token.type:
            case "blockquote_open" | "blockquote_close":
                self.quotes += token.nesting
            case "bullet_list_open" | "ordered_list_open" | "bullet_list_close" | "ordered_list_close":
                self.lists += token.nesting
            case "list_item_open":
                self.item = token
            case "list_item_close":
                self.item = None

    def _add(self, block: Block) -> None:
        self.item = None
        self.sections[-1].blocks.append(block)

    def _heading(self, opened: Token, inline: Token) -> None:
        first, last = _span(opened)
        if self.quotes or self.lists:
            passage = Passage(inline.content, first)
            self._add(Paragraph(passage, first, last, self.quotes > 0, self.lists))
        else:
            level = int(opened.tag[1:])
            self.sections.append(_Open(plain(inline.content), inline.content, level, first, []))

    def _paragraph(self, opened: Token, inline: Token) -> None:
        first, last = _span(opened)
        quoted, depth = self.quotes > 0, self.lists
        if self.item is not None:
            task = _TASK.match(inline.content)
            raw = inline.content[task.end() :] if task else inline.content
            checked = task[1] != " " if task else None
            self._add(Item(Passage(raw, first), checked, first, last, quoted, depth))
        elif not self._detached_rows(inline.content, first, last):
            self._add(Paragraph(Passage(inline.content, first), first, last, quoted, depth))

    def _detached_rows(self, raw: str, first: int, last: int) -> bool:
        """Rows without a table of their own belong to the last table of the section."""
        lines = raw.split("\n")
        if not all(line.startswith("|") and len(_PIPE.findall(line)) > 2 for line in lines):
            return False
        table = next((block for block in reversed(self.sections[-1].blocks) if isinstance(block, Table)), None)
        if table is None:
            return False
        self.oddities.append(Oddity("a table row stands apart from its table", first, in_table=True))
        width = len(table.header.cells)
        rows = tuple(Row(self._fit(line, width, number), number) for number, line in enumerate(lines, first))
        self._add(replace(table, rows=rows, line=first, end_line=last, detached=True))
        return True

    def _table(self, tokens: list[Token], start: int) -> int:
        """Rows are split here, not taken from the tokens, which drop the cells beyond the header's."""
        first, last = _span(tokens[start])
        end = next(index for index in range(start, len(tokens)) if tokens[index].type == "table_close")
        numbers = [_span(token)[0] for token in tokens[start:end] if token.type == "tr_open"]
        head = self._row_text(numbers[0])
        header = Row(tuple(_cells(head)), first)
        quoted, depth = self.quotes > 0, self.lists
        rows: list[Row] = []
        detached = False
        for number in numbers[1:]:
            text = self._row_text(number)
            if _PIPE.search(text):
                if _is_closed(head) and not _is_closed(text):
                    self.oddities.append(Oddity("a table row is not closed by a pipe", number, in_table=True))
                rows.append(Row(self._fit(text, len(header.cells), number), number))
                continue
            # GFM makes a row of any line under a table; its author forgot a blank line.
            if rows or not detached:
                self._add(Table(header, tuple(rows), first, number - 1, quoted, depth, detached))
            self._add(Paragraph(Passage(text, number), number, number, quoted, depth))
            rows, detached, first = [], True, number + 1
        if rows or not detached:
            self._add(Table(header, tuple(rows), first, last, quoted, depth, detached))
        return end

    def _row_text(self, number: int) -> str:
        text = self.lines[number - 1]
        return text.lstrip(" \t>") if self.quotes or self.lists else text.strip()

    def _fit(self, text: str, width: int, line: int) -> tuple[str, ...]:
        """Cells beyond the header's come from an unescaped pipe: mostly one inside a code span."""
        cells = _cells(text)
        if len(cells) > width:
            message = f"a table row has {len(cells)} cells, its header {width}"
            self.oddities.append(Oddity(message, line, in_table=True))
            guarded = _cells(CODE_SPAN.sub(lambda match: match[0].replace("|", "\\|"), text))
            cells = guarded if len(guarded) >= width else cells
            cells = [*cells[: width - 1], " | ".join(cells[width - 1 :])]
        return tuple(cells)

    def _html(self, token: Token) -> None:
        first, last = _span(token)
        self._add(Html(token.content.rstrip("\n"), first, last, self.quotes > 0, self.lists))

    def _fence(self, token: Token) -> None:
        first, last = _span(token)
        info = token.info.strip() if token.type == "fence" else ""
        closing = self.lines[last - 1].strip(" \t>")
        if token.type == "fence" and (last == first or not closing.startswith(token.markup)):
            self.oddities.append(Oddity("a code fence is never closed", first))
        self._add(Fence(info, token.content.rstrip("\n"), first, last, self.quotes > 0, self.lists))


def _span(token: Token) -> tuple[int, int]:
    first, end = token.map or [0, 1]
    return first + 1, max(end, first + 1)


def _is_closed(row: str) -> bool:
    """Whether a row's last cell ends with a pipe, as most people write it."""
    row = row.rstrip()
    return row.endswith("|") and not row.endswith("\\|")


def _cells(line: str) -> list[str]:
    text = line.strip()
    text = text[1:] if text.startswith("|") else text
    text = text[:-1] if _is_closed(text) else text
    return [cell.strip().replace("\\|", "|") for cell in _PIPE.split(text)]


def _close(opened: Sequence[_Open], last_line: int) -> Iterator[Section]:
    """Give every section its end and its parent."""
    ends = [last_line] * len(opened)
    parents: list[int | None] = [None] * len(opened)
    around: list[int] = []
    for index, section in enumerate(opened):
        while around and opened[around[-1]].level >= section.level:
            ends[around.pop()] = section.line - 1
        parents[index] = around[-1] if around else None
        if section.level:
            around.append(index)
        elif len(opened) > 1:
            ends[index] = opened[1].line - 1
    for section, end, parent in zip(opened, ends, parents, strict=True):
        blocks = tuple(section.blocks)
        yield Section(section.title, section.raw, section.level, section.line, max(end, section.line), parent, blocks)
