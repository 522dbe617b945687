"""What the ticket says it is about: files, their lines and a symbol."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ticketaudit.blocks import Item, Section, Table
from ticketaudit.extract.pairs import Pair, columns, pairs
from ticketaudit.extract.places import places_in, read_lines
from ticketaudit.extract.scope import Scope
from ticketaudit.inline import code_spans, plain
from ticketaudit.ticket import LineRange, Location
from ticketaudit.vocabulary import Vocabulary

#: A file's name among line numbers.
_NAME = re.compile(r"((?<![\w./-])[\w./-]+\.[A-Za-z]\w*)")


def read_locations(scope: Scope) -> tuple[Location, ...]:
    """The location table's entries and the list of further locations below it, one per file."""
    found: list[Location] = []
    for section, role in zip(scope.sections, scope.roles, strict=True):
        if role == "location" or scope.is_top(section):
            found.extend(_in_section(section, role == "location", scope.vocabulary))
    return _one_per_file(found)


def _in_section(section: Section, listed: bool, vocabulary: Vocabulary) -> list[Location]:
    """The locations of a section; ``listed``: it is one for locations, so that its items are some, too."""

    def field(key: str) -> str | None:
        return vocabulary.field("location", key)

    entries: dict[str, Pair] = {}
    others: list[Location] = []
    for block in section.blocks:
        if isinstance(block, Table) and len(block.header.cells) > 2 and "path" in columns(block, field):
            others.extend(_from_rows(block, columns(block, field)))
            continue
        for pair in pairs(block, field, vocabulary):
            name = field(pair.key)
            if name and pair.text:
                if name == "path" and name in entries:
                    others.extend(_from_entries({name: pair}))
                entries.setdefault(name, pair)
        if listed and isinstance(block, Item):
            others.extend(_listed(block))
    return [*_from_entries(entries), *others]


def _from_rows(table: Table, places: dict[str, int]) -> list[Location]:
    rows = ({name: Pair(name, row.passage(column), "table") for name, column in places.items()} for row in table.rows)
    return [location for row in rows for location in _from_entries({n: p for n, p in row.items() if p.text})]


def _from_entries(entries: dict[str, Pair]) -> list[Location]:
    path, lines, symbol = entries.get("path"), entries.get("lines"), entries.get("symbol")
    if path is None:
        return []
    named = _files(path)
    files: list[str | None] = [file for file, _ in named] or [None]
    ranges = _ranges(lines, files) if lines else [where for _, where in named] or [()]
    names = _symbols(symbol, len(files)) if symbol else [None for _ in files]
    return [Location(file, where, name, path.line) for file, where, name in zip(files, ranges, names, strict=True)]


def _files(pair: Pair) -> list[tuple[str, tuple[LineRange, ...]]]:
    """The paths of a cell with the lines named right there; words that are no path ("multiple files") name none."""
    spans = code_spans(pair.value.raw) or [pair.text]
    found = [(place.path, place.lines) for span in spans for place in places_in(span)]
    bare = [
        (part.strip(), ()) for span in spans for part in span.split(",") if part.strip() and " " not in part.strip()
    ]
    return list(dict(found or bare).items())


def _ranges(pair: Pair, files: list[str | None]) -> list[tuple[LineRange, ...]]:
    """The line ranges of each file: "a.py: 3-5, b.py: 7" names the file that the numbers are of."""
    spans = code_spans(pair.value.raw)
    if len(files) > 1 and len(spans) == len(files):
        return [read_lines(_without_names(span)) for span in spans]
    ranges: list[list[LineRange]] = [[] for _ in files]
    current = 0
    for part in _NAME.split(pair.text):
        named = [index for index, file in enumerate(files) if file and file.split("/")[-1] == part.split("/")[-1]]
        if named:
            current = named[0]
        else:
            ranges[current].extend(read_lines(part))
    return [tuple(found) for found in ranges]


def _without_names(text: str) -> str:
    return _NAME.sub(" ", text)


def _symbols(pair: Pair, files: int) -> list[str | None]:
    """A symbol for each file where there are as many, else all of them with the first file."""
    parts = [part.strip() for part in pair.text.split(",")]
    if len(parts) == files:
        return list(parts)
    return [pair.text, *([None] * (files - 1))]


def _listed(item: Item) -> Iterator[Location]:
    for place in places_in(plain(item.passage.raw)):
        yield Location(place.path, place.lines, None, item.line)
        return


def _one_per_file(found: list[Location]) -> tuple[Location, ...]:
    merged: dict[str | None, Location] = {}
    for location in found:
        first = merged.get(location.path)
        if first is None:
            merged[location.path] = location
        else:
            lines = tuple(dict.fromkeys((*first.lines, *location.lines)))
            merged[location.path] = Location(first.path, lines, first.symbol or location.symbol, first.line)
    return tuple(merged.values())
