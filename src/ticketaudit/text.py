r"""Source text and places in it: the only module that turns text into lines and columns.

Lines are split as CommonMark splits them (``\n``, ``\r\n`` or ``\r`` and nothing else:
`str.splitlines` also splits at form feeds and U+2028). Lines and columns are 1-based, columns
count Unicode code points, ends are exclusive.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

import msgspec

#: The ends of lines.
LINE_END = re.compile(r"\r\n|\n|\r")
#: What stands for a byte that is no UTF-8.
_SURROGATE = re.compile("[\ud800-\udfff]")
#: Characters that only dress a word up; a mark is widened over them.
_MARKUP = "`*_~"
#: Several times the longest line that people write.
_LONGEST = 4000
#: How many characters may be compared to find a mark, so that a long one in a long line takes no time by the square.
_MOST_STEPS = 20_000


class Span(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A place in a file: 1-based line and column, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Source(msgspec.Struct, frozen=True):
    """A file's text, split into lines without their ends.

    ``path`` is the path as printed. ``damage`` holds the 1-based lines whose bytes were no UTF-8:
    they are kept in the text as U+FFFD.
    """

    path: str
    lines: tuple[str, ...]
    damage: tuple[int, ...] = msgspec.field(default=())

    @classmethod
    def from_bytes(cls, path: str, data: bytes) -> Source:
        """Decode UTF-8 with or without a byte order mark; never fails."""
        try:
            return cls(path, tuple(_lines(data.decode("utf-8-sig"))))
        except UnicodeDecodeError:
            lines = _lines(data.decode("utf-8-sig", errors="surrogateescape"))
        damage = [number for number, line in enumerate(lines, 1) if _SURROGATE.search(line)]
        return cls(path, tuple(_SURROGATE.sub("\ufffd", line) for line in lines), tuple(damage))

    @classmethod
    def from_text(cls, path: str, text: str) -> Source:
        """The same for text that is already decoded."""
        return cls.from_bytes(path, text.encode("utf-8", errors="surrogatepass"))

    @property
    def text(self) -> str:
        """The lines joined by a line feed."""
        return "\n".join(self.lines)

    def line(self, number: int) -> str:
        """The text of a 1-based line, empty outside the file."""
        return self.lines[number - 1] if 1 <= number <= len(self.lines) else ""

    def excerpt(self, number: int) -> str:
        """The text of a 1-based line for a diagnostic: empty where it is too long to be kept for each of many."""
        line = self.line(number)
        return line if len(line) <= _LONGEST else ""

    def locate(self, number: int, mark: str | None) -> Span:
        """The span of ``mark`` in a line, with the markup around it, else of the line's content.

        A mark is text as the record holds it, without markup; where the line does not have it, the
        whole line without its indentation is meant.
        """
        line = self.line(number)
        found = _find(line, mark.strip().split("\n", 1)[0]) if mark and mark.strip() else None
        if found:
            start, end = found
            while start > 0 and end < len(line) and line[start - 1] == line[end] and line[end] in _MARKUP:
                start, end = start - 1, end + 1
        else:
            end = len(line.rstrip())
            start = min(len(line) - len(line.lstrip()), end)
        return Span(number, start + 1, number, end + 1)


def _find(line: str, mark: str) -> tuple[int, int] | None:
    """Where a mark stands in a line, rather as words of its own than inside of others."""
    first = None
    for place in _places(line, mark):
        if not (_is_letter(line, place[0] - 1) or _is_letter(line, place[1])):
            return place
        first = first or place
    return first


def _is_letter(line: str, index: int) -> bool:
    """Whether a word's letter, digit or underscore stands at an index, which may lie outside the line."""
    return 0 <= index < len(line) and (line[index].isalnum() or line[index] == "_")


def _places(line: str, mark: str) -> Iterator[tuple[int, int]]:
    """Where a mark stands in a line as it is written; else where, with markup between any two of its characters.

    A regular expression would have to be compiled for every mark: that takes longer than all the rest of
    making a diagnostic.
    """
    tries = 1 + _MOST_STEPS // len(mark)
    if mark in line:
        yield from ((start, start + len(mark)) for start in islice(_starts(line, mark), tries))
        return
    core = mark.strip(_MARKUP)
    before, _, after = mark.partition(core) if core else (mark, "", "")
    for start in islice(_starts(line, mark[: len(before) + 1]), tries):
        end = _end(line, start + len(before), core)
        if end is not None and line.startswith(after, end):
            yield start, end + len(after)


def _starts(line: str, text: str) -> Iterator[int]:
    start = line.find(text)
    while start >= 0:
        yield start
        start = line.find(text, start + 1)


def _end(line: str, start: int, core: str) -> int | None:
    """Where a mark ends that begins at a place of a line, None where that goes on with another text.

    Where the mark itself has markup between two characters, the line has some there, too.
    """
    if line.startswith(core, start):
        return start + len(core)
    end = start
    marked = False
    for char in core:
        if char in _MARKUP:
            marked = True
            continue
        behind = end
        while end < len(line) and end > start and line[end] in _MARKUP:
            end += 1
        if line[end : end + 1] != char or (marked and end == behind):
            return None
        end += 1
        marked = False
    return end


def _lines(text: str) -> list[str]:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.split("\n")
