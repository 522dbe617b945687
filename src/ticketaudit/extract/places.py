"""Paths and line numbers in text: ``src/a/b.py:10-20``, "lines 10, 14-18"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ticketaudit.lexicon import builtin
from ticketaudit.ticket import LineRange

_RANGE = r"\d+(?:\s*[-–—]\s*L?\d+)?"
#: A file with a directory or an extension, as it stands in prose; then its lines, where it names some.
_PATH = re.compile(
    r"(?<![\w/.@:~-])(?P<path>(?:[A-Za-z]:\\(?:[~.\w-]+\\)*|(?:[A-Za-z]:)?(?:[~.\w-]*/)*)"
    r"[\w.-]*\w\.[A-Za-z][A-Za-z0-9]{0,5})(?![\w/(])"
    rf"(?:(?P<colon>:|#L?|\s+(?:at\s+)?lines?\s+|\s*\(lines?\s+|\s+\(?(?=L\d))(?P<lines>L?{_RANGE}(?:\s*,\s*L?{_RANGE})*))?"
)
#: The end of such a path. It begins with a letter, so that it is found much faster than a path.
_ENDING = re.compile(r"\.(?<=\w\.)([A-Za-z][A-Za-z0-9]{0,5})(?![\w/(])")
#: No file has a line whose number is longer.
_NUMBERS = re.compile(r"(?<![\w.<>=])L?(\d{1,9})(?:\s*[-–—]\s*L?(\d{1,9}))?(?!\.?\w)")


class Place(NamedTuple):
    """A path with the lines named for it, and where in the text it stands."""

    path: str
    lines: tuple[LineRange, ...]
    start: int
    end: int


def may_name_file(text: str) -> bool:
    """Whether a text has what the name of a file ends with."""
    return _ENDING.search(text) is not None


def places_in(text: str) -> Iterator[Place]:
    """The files that a text names, in order."""
    endings = list(_ENDING.finditer(text)) if "." in text else []
    files = builtin().sets["file endings"]
    if not any(ending[1].lower() in files for ending in endings):
        return
    end = 0
    for ending in endings:
        if ending.start() < end:
            continue
        start = max(text.rfind(" ", end, ending.start()) + 1, end)  # no path has a space in it
        match = _PATH.search(text, start)
        if match is None:
            return
        end = match.end()
        path = match["path"]
        if path.rpartition(".")[2].lower() in files:
            yield Place(path, read_lines(match["lines"] or ""), match.start(), end)


def read_lines(text: str) -> tuple[LineRange, ...]:
    """The line ranges that a text of numbers names: "10, 14-18" is ((10, 10), (14, 18))."""
    ranges = []
    for first, last in _NUMBERS.findall(text) if text else ():
        start = int(first)
        ranges.append((start, max(start, int(last or first))))
    return tuple(ranges)
