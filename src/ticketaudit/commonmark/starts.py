"""What a line can begin, by its text without indentation."""

from __future__ import annotations

import re
from functools import cache

#: What CommonMark trims: not all that `str.strip` does.
TRIMMED = "\t\n\v\f\r \xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
#: The first characters of what can end a paragraph.
INTERRUPTING = frozenset("#>`~<*-_+0123456789")
#: The first characters of the line under a table's header.
DELIMITING = frozenset("|-:")

HEADING = re.compile(r"#{1,6}(?=[ \t]|$)")
#: A list item's mark; what it ends with tells lists apart.
MARKER = re.compile(r"(?:[-+*]|(?P<number>[0-9]{1,9})[.)])(?=[ \t]|$)")
_RULE = re.compile(r"([*_-])[ \t]*(?:\1[ \t]*){2,}")
_DELIMITERS = re.compile(r"(?:[|:]|-(?![ \t]))[|: \t-]+")
_DELIMITER = re.compile(r":?-+:?")


def is_rule(text: str) -> bool:
    """Whether a line is a thematic break."""
    return _RULE.fullmatch(text) is not None


def is_underline(text: str, mark: str) -> bool:
    """Whether a line that begins with ``mark`` makes a heading of the paragraph above it."""
    return not text.rstrip(" \t").strip(mark)


def fence_length(text: str, mark: str) -> int:
    """The length of the fence of ``mark`` that begins here; 0 where none does."""
    info = text.lstrip(mark)
    length = len(text) - len(info)
    return 0 if length < 3 or (mark == "`" and mark in info) else length


def heading_text(text: str, level: int) -> str:
    """What a heading says, without the number signs around it."""
    said = text[level:].rstrip(" \t")
    bare = said.rstrip("#")
    return (bare if bare.endswith((" ", "\t")) else said).strip(TRIMMED)


def table_width(header: str, delimiters: str) -> int:
    """How many columns a table has whose first two lines these are; 0 where they are none."""
    if not _DELIMITERS.fullmatch(delimiters):
        return 0
    parts = [part.strip(TRIMMED) for part in delimiters.split("|")]
    inner = parts[not parts[0] : len(parts) - (not parts[-1])]
    if not all(map(_DELIMITER.fullmatch, inner)):
        return 0
    width = cell_count(header)
    return width if width == len(inner) else 0


def cell_count(row: str) -> int:
    """How many cells a row has."""
    row = row.strip(TRIMMED)
    pipes = row.count("|") - row.count("\\|")
    return max(pipes + 1 - row.startswith("|") - (row.endswith("|") and not row.endswith("\\|")), 0)


def html_end(text: str) -> tuple[re.Pattern[str], bool] | None:
    """What ends the HTML block that begins here, and whether it can end a paragraph."""
    for start, end, interrupts in _html():
        if start.search(text):
            return end, interrupts
    return None


@cache
def _html() -> list[tuple[re.Pattern[str], re.Pattern[str], bool]]:
    """Imported when the first tag is met: markdown-it-py takes longer to import than a ticket to read."""
    from markdown_it.rules_block.html_block import HTML_SEQUENCES

    return HTML_SEQUENCES
