"""Where a walk over the lines is: the container that it reads, and the leaves that it has found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import msgspec

from ticketaudit.commonmark import starts
from ticketaudit.commonmark.lines import Lines

Kind = Literal["heading", "paragraph", "table", "fence", "unclosed fence", "code", "html", "rule", "too deep"]


class Leaf(msgspec.Struct, frozen=True, gc=False):
    """A block with text in it and no blocks. Lines are 1-based, ``end_line`` inclusive.

    ``text`` is without line feeds at its end, and empty for a table, whose cells are its reader's business;
    ``info`` is a fence's, ``level`` a heading's. ``quotes`` and ``lists`` count the containers around it;
    ``leads`` where it is the first in its list item.
    """

    kind: Kind
    line: int
    end_line: int
    text: str
    quotes: int
    lists: int
    leads: bool
    info: str = ""
    level: int = 0


class Run(NamedTuple):
    """Lines that could be one paragraph, joined, with the offset at which each starts."""

    level: int
    first: int
    end: int
    starts: list[int]
    text: str


class State:
    """The lines, the container, the leaves; here and in the rules, lines are counted from 0.

    ``margin`` is the column at which the container's text begins, ``outer_margin`` the same of the container
    around the innermost list item (-1 where there is none), ``level`` how deep it is nested; ``wasted`` counts
    the lines that quotes looked at and did not get.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = Lines(lines)
        self.leaves: list[Leaf] = []
        self.margin = 0
        self.outer_margin = -1
        self.level = 0
        self.quotes = 0
        self.lists = 0
        self.leads = False
        self.wasted = 0
        self.run = Run(0, 0, 0, [], "")

    def add(self, kind: Kind, line: int, end: int, text: str, info: str = "", level: int = 0) -> int:
        """File a leaf; the line behind it."""
        leaf = Leaf(kind, line + 1, end, text, self.quotes, self.lists, self.leads, info, level)
        self.leaves.append(leaf)
        if kind != "rule":
            self.leads = False
        return end

    def is_at_margin(self, line: int) -> bool:
        """Whether a line is neither out of the container nor so far in that it is code."""
        return 0 <= self.lines.indent[line] - self.margin <= 3

    def marker(self, line: int, *, in_paragraph: bool = False) -> str:
        """The mark of the list item that begins here, empty where none does."""
        indent, text = self.lines.indent[line], self.lines.text[line]
        found = starts.MARKER.match(text)
        is_outside = indent < self.margin
        if not found or (is_outside and self.outer_margin >= 0 and indent - self.outer_margin >= 4):
            return ""
        if in_paragraph and not is_outside:
            number = found["number"]
            if (number and int(number) != 1) or not text[found.end() :].strip(" \t"):
                return ""
        return found[0]

    def table_width(self, line: int, end: int) -> int:
        """How many columns the table has that begins here; 0 where none does."""
        lines, below = self.lines, line + 1
        if "|" not in lines.text[line] or below >= end or not self.is_at_margin(below):
            return 0
        if lines.indent[line] - self.margin > 3:
            return 0
        return starts.table_width(lines.text[line], lines.text[below])

    def interrupts(self, line: int, *, in_paragraph: bool = False) -> bool:
        """Whether another block than a table begins here that needs no empty line before it."""
        mark, text = self.lines.mark[line], self.lines.text[line]
        if mark not in starts.INTERRUPTING or self.lines.indent[line] - self.margin > 3:
            return False
        match mark:
            case ">":
                return True
            case "#":
                return starts.HEADING.match(text) is not None
            case "`" | "~":
                return starts.fence_length(text, mark) > 0
            case "<":
                html = starts.html_end(text)
                return html is not None and html[1]
        return (mark in "*-_" and starts.is_rule(text)) or self.marker(line, in_paragraph=in_paragraph) != ""

    def ends_paragraph(self, line: int, end: int, *, in_paragraph: bool) -> bool:
        """Whether any block begins here that needs no empty line before it."""
        return self.interrupts(line, in_paragraph=in_paragraph) or (
            self.lines.mark[line + 1] in starts.DELIMITING and self.table_width(line, end) > 0
        )
