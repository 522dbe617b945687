"""Markdown structure: from a Source to sections and blocks with line spans. Knows nothing of tickets.

CommonMark and GFM tables by markdown-it-py, block rules only; inline markup is the business of
`inline`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ticketaudit.blocks import Block, Document, Fence, Html, Item, Oddity, Paragraph, Row, Section, Table
from ticketaudit.frontmatter import split_front_matter
from ticketaudit.htmltables import read_tables
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
        self.passed = 0
        self.table_ends = [index for index, line in enumerate(lines) if "</table" in line.lower()]
        self.level = 0
        self._read(_block_parser().parse("\n".join(lines)))

    def _read(self, tokens: list[Token]) -> None:
        index = 0
        while index < len(tokens):
            token = tokens[index]
            kind = token.type if not token.map or token.map[0] >= self.passed else ""
            match kind:
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
            level = self.level = int(opened.tag[1:])
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
        """HTML, and the tables in it.

        An HTML block ends at a blank line, a table does not: what follows up to its end is passed over.
        """
        first, last = _span(token)
        quoted, depth = self.quotes > 0, self.lists
        text = token.content.rstrip("\n")
        self._add(Html(text, first, last, quoted, depth))
        self._summary(text, first)
        if "<table" not in text.lower():
            return
        if "</table" not in text.lower():
            after = bisect_left(self.table_ends, last)
            if after < len(self.table_ends):
                last = self.passed = self.table_ends[after] + 1
            text = "\n".join(self.lines[first - 1 : last])
        for table in read_tables(text, first):
            self._add(Table(table.header, table.rows, first, last, quoted, depth))

    def _summary(self, text: str, line: int) -> None:
        """The summary of a part that can be folded heads it; where the part ends, nothing says."""
        found = _SUMMARY.search(text)
        if found:
            raw = " ".join(unescape(_TAG.sub("", found[1])).split())
            self.sections.append(_Open(plain(raw), raw, self.level + 1, line + text.count("\n", 0, found.start()), []))

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
