"""Key/value entries, in whatever block they stand: tables of two columns, bold labels, list items."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import zip_longest
from typing import NamedTuple

from ticketaudit.inline import Passage, plain, standing
from ticketaudit.markdown import Block, Item, Paragraph, Row, Table

#: A key in bold, at the start of a line or behind a separator, its colon inside or outside the bold:
#: ``**Key:** value``, ``**Key**: value``, ``**Key: value**``.
_LABEL = re.compile(
    r"(?:^|(?<=\n)|(?<=[|·•;]))[ \t>]*(?:\*\*|__)(?P<key>[^*\n:]{1,80}?)"
    r"(?::(?:\*\*|__)|(?:\*\*|__)[ \t]*:|:(?=[ \t]))[ \t]*"
)
_PLAIN_LABEL = re.compile(r"(?:^|(?<=\n))[ \t]*(?P<key>[^\W\d_][\w /()-]{0,40}):[ \t]+")
_SEPARATOR = re.compile(r"[ \t]*[|·•;][ \t]*$")

#: The second header of a table of keys and values, whatever the first one is called.
_GENERIC = ("value", "values", "details", "description", "wert", "content")

Known = Callable[[str], object]


class Pair(NamedTuple):
    """A key without markup and its value as inline Markdown."""

    key: str
    value: Passage

    @property
    def text(self) -> str:
        """The value's first line without markup and without what is struck out: what a field holds."""
        return standing(self.value.raw.split("\n", 1)[0])

    @property
    def line(self) -> int:
        """The line of the value."""
        return self.value.line


def pairs(block: Block, known: Known) -> list[Pair]:
    """The key/value entries of a block; none where it has another shape.

    ``known`` tells whether a text names a field. It decides whether a table's header is a header
    (``Field``/``Value``) or the first entry (``Verdict``/``OBJECT``).
    """
    if isinstance(block, Table):
        return list(_table(block, known))
    if isinstance(block, Paragraph | Item):
        anything = isinstance(block, Item)
        return list(labels(block.passage, lambda key: anything or bool(known(key))))
    return []


def labels(passage: Passage, plain_key: Callable[[str], bool] = lambda _: False) -> Iterator[Pair]:
    """``**Key:** value`` entries; a value runs to the next key.

    Where there is no bold key, a line may begin with a plain one (``Key: value``) that ``plain_key``
    accepts.
    """
    raw = passage.raw
    found = list(_LABEL.finditer(raw))
    if not found:
        found = [match for match in _PLAIN_LABEL.finditer(raw) if plain_key(match["key"])]
    for match, following in zip_longest(found, found[1:]):
        end = following.start() if following else len(raw)
        value = _SEPARATOR.sub("", raw[match.end() : end].rstrip())
        if value.count("**") % 2:  # the bold began before the key
            value = value.replace("**", "", 1)
        yield Pair(plain(match["key"]), Passage(value, passage.line_at(match.end())))


def columns(table: Table, field_of: Callable[[str], str | None]) -> dict[str, int]:
    """Which column of a row-per-item table holds which field; the first of two equal ones counts."""
    found: dict[str, int] = {}
    for column, cell in enumerate(table.header.cells):
        name = field_of(plain(cell))
        if name:
            found.setdefault(name, column)
    return found


def _table(table: Table, known: Known) -> Iterator[Pair]:
    header = table.header
    if len(header.cells) != 2:
        return
    names = [known(plain(cell)) for cell in header.cells]
    if all(names):
        return
    if names[0] and not table.detached and plain(header.cells[1]).casefold() not in _GENERIC:
        yield _pair(header)
    for row in table.rows:
        yield _pair(row)


def _pair(row: Row) -> Pair:
    return Pair(plain(row.cells[0]).removesuffix(":"), row.passage(1))
