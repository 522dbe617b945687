"""The lines of a text as the innermost container sees them: without the marks of the quotes and items around it."""

from __future__ import annotations

from collections.abc import Sequence
from operator import sub

_WHITE = " \t"
_TAB = 4

#: What a line is at a moment: see the attributes of `Lines`.
State = tuple[str, str, str, int, int]


class Lines:
    """Five lists, one entry a line; entering a container changes the entries of its lines.

    ``raw`` is the line, ``text`` its end without white space and items' marks before it, ``mark`` the first
    character of that (empty for an empty line), ``indent`` the columns before it, ``offset`` the column that
    ``raw`` begins at, which tabs need to know. Behind the last line stands an empty one.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        joined = "\n".join(lines)
        raw = joined.replace("\0", "\ufffd").split("\n") if "\0" in joined else list(lines)
        if raw and not raw[-1].strip(_WHITE):
            raw.pop()
        self.count = len(raw)
        raw.append("")
        self.raw = raw
        self.text = [line.lstrip(_WHITE) for line in raw]
        self.mark = [text[:1] for text in self.text]
        self.indent: list[int] = list(map(sub, map(len, raw), map(len, self.text)))
        self.offset = [0] * len(raw)
        if "\t" in joined:
            for number, line in enumerate(raw):
                if "\t" in line[: self.indent[number]]:
                    self.indent[number] = _columns(line[: self.indent[number]], 0)

    def state(self, number: int) -> State:
        """What a line is now, for `restore`."""
        return self.raw[number], self.text[number], self.mark[number], self.indent[number], self.offset[number]

    def restore(self, number: int, state: State) -> None:
        """Make a line again what it was."""
        self.raw[number], self.text[number], self.mark[number], self.indent[number], self.offset[number] = state

    def enter_quote(self, number: int) -> None:
        """Take the mark of a block quote and the one space behind it off a line."""
        column = self.indent[number] + 1
        rest = self.text[number][1:]
        behind = rest[:1]
        spaced = behind in (" ", "\t")
        start = column + self.offset[number]
        if behind == " " or (behind == "\t" and start % _TAB == _TAB - 1):
            rest, start = rest[1:], start + 1
        elif behind == "\t":  # a part of the tab is the space, the others are indentation
            start += 1
        text = rest.lstrip(_WHITE)
        indent = _columns(rest[: len(rest) - len(text)], start)
        self.restore(number, (rest, text, text[:1], indent, column + spaced))

    def enter_item(self, number: int, width: int) -> int:
        """Make the mark of a list item, so many characters wide, indentation; the column of the item's content."""
        raw, marked, _, indent, offset = self.state(number)
        rest = marked[width:]
        text = rest.lstrip(_WHITE)
        column = indent + width
        gap = _columns(rest[: len(rest) - len(text)], column + offset)
        self.restore(number, (raw, text, text[:1], column + gap, offset))
        return column + (gap if text and gap <= _TAB else 1)

    def cut(self, first: int, end: int, columns: int) -> str:
        """The lines up to ``end``, joined, each without so many columns of indentation where it has them."""
        if not columns:
            return "\n".join(self.raw[first:end])
        return "\n".join([self._cut(number, columns) for number in range(first, end)])

    def _cut(self, number: int, columns: int) -> str:
        raw = self.raw[number]
        most = len(raw) - len(self.text[number])
        if "\t" not in raw[:columns]:
            return raw[min(columns, most) :]
        column = taken = 0
        while taken < most and column < columns:
            column += _TAB - (column + self.offset[number]) % _TAB if raw[taken] == "\t" else 1
            taken += 1
        return " " * (column - columns) + raw[taken:]


def _columns(white: str, start: int) -> int:
    """How many columns white space takes that begins at a column."""
    if "\t" not in white:
        return len(white)
    start %= _TAB
    return len((" " * start + white).expandtabs(_TAB)) - start
