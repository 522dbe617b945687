"""Metadata written as data: YAML or TOML in front of a document, or in a fence at its top.

Entries are read with their lines and without giving a value a type: ``010`` stays ``010`` and ``no``
stays ``no``, since the record holds what the author wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

#: The lines that open a block of front matter, with the language in it and the lines that close it.
_FENCES = {
    "---": ("yaml", ("---", "...")),
    "+++": ("toml", ("+++",)),
    "---yaml": ("yaml", ("---",)),
    "---toml": ("toml", ("---",)),
    "---json": ("json", ("---",)),
}
#: ``key: value`` and ``key = value`` at the margin, where the block as a whole cannot be read.
_LINES = {
    "yaml": re.compile(r"(?P<key>[^\s:#\-\"'][^:#]*):(?:\s+(?P<value>.*))?$"),
    "toml": re.compile(r"(?P<key>[\w.\"'-]+)\s*=\s*(?P<value>.*)$"),
}
_CONTINUED = re.compile(r"\s+\S|-\s|#|\[|\s*$")
_QUOTES = re.compile(r"^([\"'])(.*)\1$")
_FLOW = re.compile(r"^\[(.*)\]$")
_LIST_ITEM = re.compile(r"\s*-\s+(?P<value>.*)$")


class Entry(NamedTuple):
    """A key with one value (of a list: one entry per element), as written, and its 1-based line.

    ``around`` is the key of the mapping that it stands in, empty at the margin.
    """

    key: str
    value: str
    line: int
    around: str = ""


class FrontMatter(NamedTuple):
    """The entries in front of a document; ``mistake`` is the line and the message of what cannot be read."""

    entries: tuple[Entry, ...]
    mistake: tuple[int, str] | None


def split_front_matter(lines: Sequence[str]) -> tuple[FrontMatter, list[str]]:
    """Front matter, and the lines with it blanked so that numbers keep.

    A block in which nothing reads as an entry is no front matter: it stays in the text.
    """
    nothing = FrontMatter((), None)
    body = list(lines)
    fence = _FENCES.get(body[0].replace(" ", "").rstrip()) if body else None
    if fence is None:
        return nothing, body
    language, closing = fence
    end = next((index for index in range(1, len(body)) if body[index].rstrip() in closing), None)
    if end is None:
        return nothing, body
    found = read_data(body[1:end], language, 2)
    if not found.entries:
        return nothing, body
    return found, ["" if index <= end else line for index, line in enumerate(body)]


def read_data(lines: Sequence[str], language: str, first: int) -> FrontMatter:
    """The entries of YAML, JSON or TOML text that begins on line ``first``; none of any other language.

    Entries of nested mappings stand among the others. Where the text is not valid, what can be read line
    by line is kept.
    """
    text = "\n".join(lines)
    if language in ("yaml", "yml", "json"):  # YAML has JSON in it
        return _read_yaml(text, lines, first)
    if language == "toml":
        return _read_toml(text, lines, first)
    return FrontMatter((), None)


def _read_yaml(text: str, lines: Sequence[str], first: int) -> FrontMatter:
    from ticketaudit import datatext  # most tickets need no YAML; its import takes longer than reading one

    try:
        found = datatext.of_yaml(text)
    except datatext.Mistake as mistake:
        message = f"the front matter cannot be read as YAML{mistake}"
        return FrontMatter(tuple(_line_by_line(lines, "yaml", first)), (first + mistake.line, message))
    return FrontMatter(tuple(Entry(key, value, first + line, around) for key, value, line, around in found), None)


def _read_toml(text: str, lines: Sequence[str], first: int) -> FrontMatter:
    """TOML is read without lines: a key is on the first line behind the one before it that begins with it."""
    from ticketaudit import datatext

    try:
        found = datatext.of_toml(text)
    except datatext.Mistake as mistake:
        message = f"the front matter cannot be read as TOML{mistake}"
        return FrontMatter(tuple(_line_by_line(lines, "toml", first)), (first, message))
    places = {match["key"].strip("\"'"): index for index, match in reversed(list(_keys(lines)))}
    return FrontMatter(
        tuple(Entry(key, value, first + places.get(key, 0), around) for key, value, around in found), None
    )


def _keys(lines: Sequence[str]) -> Iterator[tuple[int, re.Match[str]]]:
    for index, line in enumerate(lines):
        match = _LINES["toml"].match(line.lstrip())
        if match:
            yield index, match


def _line_by_line(lines: Sequence[str], language: str, first: int) -> Iterator[Entry]:
    """The entries of text that is not valid; none where a line is no entry at all: then it is prose."""
    matches = [_LINES[language].match(line) for line in lines]
    if not all(match or _CONTINUED.match(line) for match, line in zip(matches, lines, strict=True)):
        return
    key = ""
    for number, (match, line) in enumerate(zip(matches, lines, strict=True), first):
        item = _LIST_ITEM.match(line)
        if match:
            key = match["key"].strip().strip("\"'")
            values = _values(match["value"] or "")
        else:
            values = _values(item["value"]) if item and key else []
        yield from (Entry(key, value, number) for value in values)


def _values(text: str) -> list[str]:
    """A value, or those of a flow list, without quotes."""
    text = text.strip()
    flow = _FLOW.match(text)
    parts = [part.strip() for part in flow[1].split(",")] if flow else [text]
    return [_QUOTES.sub(r"\2", part) for part in parts if part or not flow]
