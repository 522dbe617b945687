r"""Source text and places in it: the only module that turns text into lines and columns.

Lines are split as CommonMark splits them (``\n``, ``\r\n`` or ``\r`` and nothing else:
`str.splitlines` also splits at form feeds and U+2028). Lines and columns are 1-based, columns
count Unicode code points, ends are exclusive.
"""

from __future__ import annotations

import re

import msgspec

#: The ends of lines.
LINE_END = re.compile(r"\r\n|\n|\r")
#: What stands for a byte that is no UTF-8.
_SURROGATE = re.compile("[\ud800-\udfff]")
#: Characters that only dress a word up; a mark is widened over them.
_MARKUP = "`*_~"
_MARKUP_RUN = re.compile(f"[{_MARKUP}]+")


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

    def locate(self, number: int, mark: str | None) -> Span:
        """The span of ``mark`` in a line, with the markup around it, else of the line's content.

        A mark is text as the record holds it, without markup; where the line does not have it, the
        whole line without its indentation is meant.
        """
        line = self.line(number)
        pattern = _marked(mark) if mark and mark.strip() else None
        found = pattern and (re.search(rf"(?<!\w){pattern}(?!\w)", line) or re.search(pattern, line))
        if found:
            start, end = found.span()
            while start > 0 and end < len(line) and line[start - 1] == line[end] and line[end] in _MARKUP:
                start, end = start - 1, end + 1
        else:
            end = len(line.rstrip())
            start = min(len(line) - len(line.lstrip()), end)
        return Span(number, start + 1, number, end + 1)


def _marked(mark: str) -> str:
    """A pattern for the first line of a text, with markup anywhere in it.

    It never offers two ways to read a run of markup: a mark of many asterisks would take forever.
    """
    text = mark.strip().split("\n", 1)[0]
    core = text.strip(_MARKUP)
    before, _, after = text.partition(core) if core else (text, "", "")
    words = (f"[{_MARKUP}]*".join(map(re.escape, word)) for word in _MARKUP_RUN.split(core))
    return re.escape(before) + f"[{_MARKUP}]+".join(words) + re.escape(after)


def _lines(text: str) -> list[str]:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.split("\n")
