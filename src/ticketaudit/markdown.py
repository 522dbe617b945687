"""Markdown structure: from a Source to sections and blocks with line spans. Knows nothing of tickets.

Which lines are a block, `commonmark` says; inline markup is the business of `inline`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property

import msgspec

from ticketaudit.blocks import Block, Document, Fence, Html, Item, Oddity, Paragraph, Row, Section, Table
from ticketaudit.commonmark import MOST_NESTING, Leaf, leaves
from ticketaudit.frontmatter import split_front_matter
from ticketaudit.inline import CODE_SPAN, Passage, plain
from ticketaudit.text import Source

_TASK = re.compile(r"\[([ xX])\](?:\s+|$)")
_SUMMARY = re.compile(r"<details[^>]*>\s*<summary[^>]*>(.*?)</summary>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_PIPE = re.compile(r"(?<!\\)\|")


def parse(source: Source) -> Document:
    """Read a source's structure. Any text gives a document."""
    front, body = split_front_matter(source.lines)
    reader = _Reader(body)
    if front.mistake:
        line, message = front.mistake
        reader.oddities.append(Oddity(message, line))
    sections = _close(reader.sections, len(source.lines))
    return Document(source, front.entries, tuple(sections), tuple(reader.oddities), 1, max(len(source.lines), 1))


class _Open(msgspec.Struct):
    """A section while its blocks are being collected."""

    title: str
    raw: str
    level: int
    line: int
    blocks: list[Block]


class _Reader:
    """Walks the leaves once and files every block under its heading."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.oddities: list[Oddity] = []
        self.sections = [_Open("", "", 0, 1, [])]
        self.passed = 0
        self.level = 0
        for leaf in leaves(lines):
            if leaf.line > self.passed:
                self._read(leaf)

    def _read(self, leaf: Leaf) -> None:
        match leaf.kind:
            case "paragraph":
                self._paragraph(leaf)
            case "heading":
                self._heading(leaf)
            case "table":
                self._table(leaf)
            case "html":
                self._html(leaf)
            case "fence" | "unclosed fence" | "code":
                self._fence(leaf)
            case "too deep":
                message = f"nested deeper than {MOST_NESTING} levels: not read up to line {leaf.end_line}"
                self.oddities.append(Oddity(message, leaf.line))

    def _add(self, block: Block) -> None:
        self.sections[-1].blocks.append(block)

    def _heading(self, leaf: Leaf) -> None:
        raw = leaf.text
        if leaf.quotes or leaf.lists:
            passage = Passage(raw, leaf.line)
            self._add(Paragraph(passage, leaf.line, leaf.end_line, leaf.quotes > 0, leaf.lists))
        else:
            self.level = leaf.level
            self.sections.append(_Open(plain(raw), raw, leaf.level, leaf.line, []))

    def _paragraph(self, leaf: Leaf) -> None:
        raw, first, last = leaf.text, leaf.line, leaf.end_line
        quoted = leaf.quotes > 0
        if leaf.leads:
            task = _TASK.match(raw)
            checked = task[1] != " " if task else None
            passage = Passage(raw[task.end() :] if task else raw, first)
            self._add(Item(passage, checked, first, last, quoted, leaf.lists))
        elif not (raw.startswith("|") and self._detached_rows(raw, first, last)):
            self._add(Paragraph(Passage(raw, first), first, last, quoted, leaf.lists))

    def _detached_rows(self, raw: str, first: int, last: int) -> bool:
        """Rows without a table of their own belong to the last table of the section."""
        lines = raw.split("\n")
        if not all(line.startswith("|") and _pipes(line) > 2 for line in lines):
            return False
        table = next((block for block in reversed(self.sections[-1].blocks) if isinstance(block, Table)), None)
        if table is None:
            return False
        self.oddities.append(Oddity("a table row stands apart from its table", first, in_table=True))
        width = len(table.header.cells)
        rows = tuple(Row(self._fit(line, width, number), number) for number, line in enumerate(lines, first))
        self._add(Table(table.header, rows, first, last, table.quoted, table.depth, detached=True))
        return True

    def _table(self, leaf: Leaf) -> None:
        first, last, quoted, depth = leaf.line, leaf.end_line, leaf.quotes > 0, leaf.lists
        head = self._row_text(first, leaf)
        is_closed = _is_closed(head)
        header = Row(tuple(_cells(head)), first)
        rows: list[Row] = []
        detached = False
        for number in range(first + 2, last + 1):
            text = self._row_text(number, leaf)
            if _pipes(text):
                if is_closed and not _is_closed(text):
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

    def _row_text(self, number: int, leaf: Leaf) -> str:
        text = self.lines[number - 1]
        return text.lstrip(" \t>") if leaf.quotes or leaf.lists else text.strip()

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

    def _html(self, leaf: Leaf) -> None:
        """HTML, and the tables in it.

        An HTML block ends at a blank line, a table does not: what follows up to its end is passed over.
        """
        text, first, last = leaf.text, leaf.line, leaf.end_line
        quoted, depth = leaf.quotes > 0, leaf.lists
        self._add(Html(text, first, last, quoted, depth))
        self._summary(text, first)
        if "<table" not in text.lower():
            return
        if "</table" not in text.lower():
            after = bisect_left(self._table_ends, last)
            if after < len(self._table_ends):
                last = self.passed = self._table_ends[after] + 1
            text = "\n".join(self.lines[first - 1 : last])
        from ticketaudit.htmltables import read_tables  # with the parser for HTML, which few tickets need

        for table in read_tables(text, first):
            self._add(Table(table.header, table.rows, first, last, quoted, depth))

    @cached_property
    def _table_ends(self) -> list[int]:
        return [index for index, line in enumerate(self.lines) if "</table" in line.lower()]

    def _summary(self, text: str, line: int) -> None:
        """The summary of a part that can be folded heads it; where the part ends, nothing says."""
        found = _SUMMARY.search(text)
        if found:
            from ticketaudit.htmltables import unescaped

            raw = " ".join(unescaped(_TAG.sub("", found[1])).split())
            self.sections.append(_Open(plain(raw), raw, self.level + 1, line + text.count("\n", 0, found.start()), []))

    def _fence(self, leaf: Leaf) -> None:
        if leaf.kind == "unclosed fence":
            self.oddities.append(Oddity("a code fence is never closed", leaf.line))
        info = leaf.info.strip()
        self._add(Fence(info, leaf.text, leaf.line, leaf.end_line, leaf.quotes > 0, leaf.lists))


def _is_closed(row: str) -> bool:
    """Whether a row's last cell ends with a pipe, as most people write it."""
    row = row.rstrip()
    return row.endswith("|") and not row.endswith("\\|")


def _pipes(row: str) -> int:
    """How many pipes a row has that part cells: those that no backslash escapes."""
    return row.count("|") - row.count("\\|")


def _cells(line: str) -> list[str]:
    text = line.strip()
    text = text[1:] if text.startswith("|") else text
    text = text[:-1] if _is_closed(text) else text
    if "\\|" not in text:
        return [cell.strip() for cell in text.split("|")]
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
