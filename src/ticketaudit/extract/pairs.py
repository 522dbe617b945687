"""Key/value entries, in whatever block they stand: tables in either direction, labels, list items."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from ticketaudit.blocks import Block, Item, Paragraph, Row, Table
from ticketaudit.inline import Passage, plain, standing
from ticketaudit.vocabulary import Vocabulary

#: A key in bold, its colon inside or outside the bold: ``**Key:** value``, ``**Key**: value``, ``**Key: value**``.
_LABEL = re.compile(
    r"(?<![^\s>|·•;])(?:\*\*|__)(?P<key>[^*\n:：]{1,80}?)"
    r"(?:[:：](?:\*\*|__)|(?:\*\*|__)[ \t]*[:：]|[:：](?=[ \t]))[ \t]*"
)
#: A plain or slanted one at the start of a line or behind a separator, perhaps behind a symbol.
_PLAIN_LABEL = re.compile(
    r"(?:^|(?<=\n)|(?<=[|·•;]))[ \t]*(?:[^\w\s*`<\[(]{1,3}[ \t]+)?[*_]?(?P<key>[^\W\d_][\w /()'’#.-]{0,40})[*_]?"
    r"(?::[*_]?(?:[ \t]+|$|(?=\n))|：[ \t]*)"
)
#: A bold one that a dash sets off, at the start of a line: ``**Key** - value``.
_DASHED_LABEL = re.compile(r"(?:^|(?<=\n))[ \t]*\*\*(?P<key>[^*\n:：]{1,80})\*\*[ \t]*[-–—=][ \t]+")
#: A field of a note: ``key:: value`` on a line of its own, ``[key:: value]`` anywhere, a label ``~"key::value"``.
_INLINE_FIELD = re.compile(
    r"(?<![^\s\[(~\"`])(?:\*\*)?(?P<key>[^\W\d_][\w -]{0,30}?)(?:\*\*)?::[ \t]*\[*(?P<value>[^\]\n)\"`]*)"
)
#: Keys on lines of their own that need to be known, and a value of a few words, to be told from prose:
#: ``- **Key** value`` in a list, ``:Key: value``, ``Key = value``.
_RARE_LABEL = re.compile(
    r"^[ \t]*(?:\*\*(?P<bold>[^*\n:：]{1,40})\*\*[ \t]+|:(?P<field>[^\W\d_][\w ]{0,30}):[ \t]+"
    r"|(?P<name>[^\W\d_][\w ]{0,30}?)[ \t]*=[ \t]+)(?P<value>[^\s–—=-]\S*(?:[ \t]+\S+){0,2})[ \t]*$",
    re.MULTILINE,
)
#: What stands before a key in the middle of a line.
_SEPARATORS = "|·•;"
#: As far before a key as anybody indents it.
_REACH = 80

#: The shape of a table that has its keys in the header, and one row of values.
ONE_ROW = "one-row table"

Known = Callable[[str], object]


class Pair(NamedTuple):
    """A key without markup and its value as inline Markdown; ``shape`` says what they stand in."""

    key: str
    value: Passage
    shape: str

    @property
    def text(self) -> str:
        """The value's first line without markup and without what is struck out: what a field holds."""
        return standing(self.value.raw.split("\n", 1)[0])

    @property
    def line(self) -> int:
        """The line of the value."""
        return self.value.line


def pairs(block: Block, known: Known, vocabulary: Vocabulary) -> list[Pair]:
    """The key/value entries of a block; none where it has another shape.

    ``known`` tells whether a text names a field. It decides whether a table's header is a header
    (``Field``/``Value``) or the first entry (``Verdict``/``OBJECT``), and which way a table is to be read.
    """
    if isinstance(block, Table):
        return list(_table(block, known, vocabulary))
    if isinstance(block, Paragraph):
        return list(labels(block.passage, known)) or list(_rare_labels(block.passage, known))
    if isinstance(block, Item):
        found = list(labels(block.passage, known, any_key=True)) or list(_rare_labels(block.passage, known, bold=True))
        return [pair._replace(shape="list item") for pair in found]
    return []


def _rare_labels(passage: Passage, known: Known, *, bold: bool = False) -> Iterator[Pair]:
    """The entries that few people write so; ``bold``: also keys in bold with nothing behind them."""
    for match in _RARE_LABEL.finditer(passage.raw):
        key = match["field"] or match["name"] or (match["bold"] if bold else None)
        if key and known(plain(key)):
            yield Pair(plain(key), Passage(match["value"], passage.line_at(match.start("value"))), "label")


def labels(passage: Passage, known: Known = lambda _: False, *, any_key: bool = False) -> Iterator[Pair]:
    """``**Key:** value`` entries; a value runs to the next key.

    In the middle of a line a bold key counts behind a separator, or where it is ``known``. Where there is
    no bold key, a line may begin with one that a dash sets off and that is known, or with a plain one
    (``Key: value``) that is known, or with any (``any_key``).
    """
    raw = passage.raw
    if "::" in raw:
        fields = [match for match in _INLINE_FIELD.finditer(raw) if known(match["key"])]
        yield from (
            Pair(plain(match["key"]), Passage(match["value"], passage.line_at(match.start())), "inline field")
            for match in fields
        )
    found = [match for match in _LABEL.finditer(raw) if _begins(raw, match.start()) or known(match["key"])]
    if not found:
        found = [match for match in _DASHED_LABEL.finditer(raw) if known(match["key"])]
    if not found:
        found = [match for match in _PLAIN_LABEL.finditer(raw) if any_key or known(match["key"].strip())]
    found = [match for match in found if raw[match.end() : match.end() + 1] != ":"]
    for match, following in zip_longest(found, found[1:]):
        end = following.start() if following else len(raw)
        value = raw[match.end() : end].rstrip()
        value = value[:-1].rstrip() if value.endswith(tuple(_SEPARATORS)) else value
        if value.count("**") % 2:  # the bold began before the key
            value = value.replace("**", "", 1)
        yield Pair(plain(match["key"]), Passage(value, passage.line_at(match.end())), "label")


def columns(table: Table, field_of: Callable[[str], str | None]) -> dict[str, int]:
    """Which column of a row-per-item table holds which field; the first of two equal ones counts."""
    found: dict[str, int] = {}
    for column, cell in enumerate(table.header.cells):
        name = field_of(plain(cell))
        if name:
            found.setdefault(name, column)
    return found


def _begins(raw: str, start: int) -> bool:
    """Whether a key at this place stands at the start of a line or behind a separator."""
    return raw[max(start - _REACH, 0) : start].rstrip(" \t>")[-1:] in ("", "\n", *_SEPARATORS)


def _table(table: Table, known: Known, vocabulary: Vocabulary) -> Iterator[Pair]:
    header = table.header
    names = [bool(known(_key(cell))) for cell in header.cells]
    rows = (header, *table.rows)
    in_cells = [pair for row in rows for pair in _in_cells(row, known)]
    every = [_pair(row, column) for row in rows for column in range(0, len(row.cells) - 1, 2)]
    below = any(known(_key(row.cells[0])) for row in table.rows)
    if len(in_cells) > 1:
        yield from in_cells
    elif len(names) > 3 and not any(names[1::2]) and _are_keys([pair.key for pair in every], known) and below:
        yield from every
    elif len(table.rows) == 1 and sum(names) > 1 and 2 * sum(names) >= len(names) and not table.detached:
        yield from _across(header, table.rows[0])
    elif len(names) == 2 and not all(names):
        heads = vocabulary.heads_values(plain(header.cells[1])) or (table.rows and not below)
        if names[0] and not table.detached and not heads:
            yield _pair(header)
        yield from map(_pair, table.rows)
    elif sum(names) < 2 and len(names) > 2 and _are_keys([row.cells[0] for row in table.rows], known):
        yield from map(_pair, table.rows)


def _are_keys(cells: Sequence[str], known: Known) -> bool:
    named = sum(bool(known(_key(cell))) for cell in cells)
    return named > 1 and 2 * named >= len(cells)


def _in_cells(row: Row, known: Known) -> Iterator[Pair]:
    """Cells that hold a key with its value: ``| **Severity:** High | **Status:** Open |``."""
    for column in range(len(row.cells)):
        yield from (pair for pair in labels(row.passage(column), known) if pair.text and known(pair.key))


def _across(header: Row, row: Row) -> Iterator[Pair]:
    """A table that has its keys in the header, and one row of values."""
    for column, cell in enumerate(header.cells):
        yield Pair(plain(cell), row.passage(column), ONE_ROW)


def _pair(row: Row, column: int = 0) -> Pair:
    return Pair(_key(row.cells[column]), row.passage(column + 1), "table")


def _key(cell: str) -> str:
    return plain(cell).rstrip(":：").rstrip()
