"""Key/value entries, in whatever block they stand: tables in either direction, labels, list items."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from ticketaudit.blocks import Block, Item, Paragraph, Row, Table
from ticketaudit.inline import Passage, plain, standing
from ticketaudit.vocabulary import Vocabulary

#: A key in bold, its colon inside or outside the bold: ``**Key:** value``, ``**Key**: value``, ``**Key: value**``.
#: What may not stand before the marks is looked at behind them: a pattern that begins with letters is found faster.
_LABEL = re.compile(
    r"(?:\*\*(?<![^\s>|·•;]\*\*)|__(?<![^\s>|·•;]__))(?P<key>[^*\n:：]{1,80}?)"
    r"(?:[:：](?:\*\*|__)|(?:\*\*|__)[ \t]*[:：]|[:：](?=[ \t]))[ \t]*"
)
#: Behind what a line, or a new part of one, begins; the two patterns below are only tried there.
_START = re.compile(r"[\n|·•;]")
#: A plain or slanted key, perhaps behind a symbol.
_PLAIN_LABEL = re.compile(
    r"[ \t]*(?:[^\w\s*`<\[(]{1,3}[ \t]+)?[*_]?(?P<key>[^\W\d_][\w /()'’#.-]{0,40})[*_]?"
    r"(?::[*_]?(?:[ \t]+|$|(?=\n))|：[ \t]*)"
)
#: A bold one that a dash sets off, at the start of a line: ``**Key** - value``.
_DASHED_LABEL = re.compile(r"[ \t]*\*\*(?P<key>[^*\n:：]{1,80})\*\*[ \t]*[-–—=][ \t]+")
_DASH = re.compile("[-–—=]")
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
        raw = self.value.raw
        return standing(raw.split("\n", 1)[0] if "\n" in raw else raw)

    @property
    def line(self) -> int:
        """The line of the value."""
        return self.value.line


class _Keys(NamedTuple):
    """What may be the keys of a text, by how they are marked, whatever the words: in each the matches in order."""

    fields: Sequence[re.Match[str]]
    bold: Sequence[re.Match[str]]
    dashed: Sequence[re.Match[str]]
    plain: Sequence[re.Match[str]]


def pairs(block: Block, known: Known, vocabulary: Vocabulary) -> Sequence[Pair]:
    """The key/value entries of a block; none where it has another shape.

    ``known`` tells whether a text names a field. It decides whether a table's header is a header
    (``Field``/``Value``) or the first entry (``Verdict``/``OBJECT``), and which way a table is to be read.
    """
    if isinstance(block, Table):
        return list(_table(block, known, vocabulary))
    if isinstance(block, Paragraph):
        return labels(block.passage, known) or _rare_labels(block.passage, known)
    if isinstance(block, Item):
        found = labels(block.passage, known, any_key=True) or _rare_labels(block.passage, known, bold=True)
        return [pair._replace(shape="list item") for pair in found]
    return ()


def _rare_labels(passage: Passage, known: Known, *, bold: bool = False) -> Sequence[Pair]:
    """The entries that few people write so; ``bold``: also keys in bold with nothing behind them."""
    found = []
    for match in _rare_keys(passage.raw):
        key = match["field"] or match["name"] or (match["bold"] if bold else None)
        if key and known(plain(key)):
            found.append(Pair(plain(key), Passage(match["value"], passage.line_at(match.start("value"))), "label"))
    return found


@lru_cache(maxsize=1024)
def _rare_keys(raw: str) -> Sequence[re.Match[str]]:
    return tuple(_RARE_LABEL.finditer(raw)) if "=" in raw or "**" in raw or ":" in raw else ()


def labels(passage: Passage, known: Known = lambda _: False, *, any_key: bool = False) -> Sequence[Pair]:
    """``**Key:** value`` entries; a value runs to the next key.

    In the middle of a line a bold key counts behind a separator, or where it is ``known``. Where there is
    no bold key, a line may begin with one that a dash sets off and that is known, or with a plain one
    (``Key: value``) that is known, or with any (``any_key``).
    """
    raw = passage.raw
    if not _may_have_key(raw):
        return ()
    certain = _certain(passage)
    if certain is not None:
        return certain
    keys = _keys(raw)
    found = [match for match in keys.bold if _begins(raw, match.start()) or known(match["key"])]
    if not found:
        found = [match for match in keys.dashed if known(match["key"])]
    if not found:
        found = [match for match in keys.plain if any_key or known(match["key"].strip())]
    fields = [match for match in keys.fields if known(match["key"])]
    return (*_fields(passage, fields), *_labels(passage, found))


def _may_have_key(raw: str) -> bool:
    """Whether a text has what a key cannot do without: most have not, and need not be searched for one."""
    return ":" in raw or "：" in raw or ("**" in raw and _DASH.search(raw) is not None)


@lru_cache(maxsize=1024)  # every reader asks for the entries of every paragraph
def _certain(passage: Passage) -> tuple[Pair, ...] | None:
    """The entries of a text that are some whatever keys are known, None where that makes a difference."""
    raw = passage.raw
    bold = _bold(raw)
    if bold and "::" not in raw and all(_begins(raw, match.start()) for match in bold):
        return tuple(_labels(passage, bold))
    return None if any(_keys(raw)) else ()


def _bold(raw: str) -> list[re.Match[str]]:
    return list(_LABEL.finditer(raw)) if "**" in raw or "__" in raw else []


@lru_cache(maxsize=1024)
def _keys(raw: str) -> _Keys:
    """What may be keys."""
    starts = [0, *(match.end() for match in _START.finditer(raw))]
    lines = [start for start in starts if raw[start - 1 : start] in ("", "\n")] if "**" in raw else ()
    return _Keys(
        fields=list(_INLINE_FIELD.finditer(raw)) if "::" in raw else (),
        bold=_bold(raw),
        dashed=_matches(_DASHED_LABEL, raw, lines),
        plain=_matches(_PLAIN_LABEL, raw, starts),
    )


def _fields(passage: Passage, found: Sequence[re.Match[str]]) -> Iterator[Pair]:
    for match in found:
        value = Passage(match["value"], passage.line_at(match.start()))
        yield Pair(plain(match["key"]), value, "inline field")


def _labels(passage: Passage, found: Sequence[re.Match[str]]) -> Iterator[Pair]:
    raw = passage.raw
    found = [match for match in found if raw[match.end() : match.end() + 1] != ":"]
    for match, following in zip_longest(found, found[1:]):
        value = _value(raw[match.end() : following.start() if following else len(raw)])
        yield Pair(plain(match["key"]), Passage(value, passage.line_at(match.end())), "label")


def _matches(pattern: re.Pattern[str], raw: str, starts: Iterable[int]) -> list[re.Match[str]]:
    """The matches at some places of a text, none of which begins inside another."""
    found: list[re.Match[str]] = []
    for start in starts:
        match = pattern.match(raw, start) if not found or start >= found[-1].end() else None
        if match:
            found.append(match)
    return found


def _value(raw: str) -> str:
    """A value without the separator behind it."""
    value = raw.rstrip()
    value = value[:-1].rstrip() if value.endswith(tuple(_SEPARATORS)) else value
    if value.count("**") % 2:  # the bold began before the key
        value = value.replace("**", "", 1)
    return value


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
    rows = (header, *table.rows)
    in_cells = [pair for row in rows for pair in _in_cells(row, known)]
    names = [bool(known(_key(cell))) for cell in header.cells]
    named = sum(names)
    if len(in_cells) > 1:
        yield from in_cells
    elif len(names) > 3 and not any(names[1::2]) and _is_paired(rows, known):
        yield from (_pair(row, column) for row in rows for column in range(0, len(row.cells) - 1, 2))
    elif len(table.rows) == 1 and named > 1 and 2 * named >= len(names) and not table.detached:
        yield from _across(header, table.rows[0])
    elif len(names) == 2 and named < 2:
        if names[0] and not table.detached and not _heads(table, known, vocabulary):
            yield _pair(header)
        yield from map(_pair, table.rows)
    elif named < 2 and len(names) > 2 and _are_keys([row.cells[0] for row in table.rows], known):
        yield from map(_pair, table.rows)


def _is_paired(rows: Sequence[Row], known: Known) -> bool:
    """Whether every other column of a table holds keys."""
    keys = [_key(row.cells[column]) for row in rows for column in range(0, len(row.cells) - 1, 2)]
    return _are_keys(keys, known) and _has_key_below(rows[1:], known)


def _heads(table: Table, known: Known, vocabulary: Vocabulary) -> object:
    """Whether the header of a table with two columns heads its keys and values, and is no entry itself."""
    below = _has_key_below(table.rows, known)
    return vocabulary.heads_values(plain(table.header.cells[1])) or (table.rows and not below)


def _has_key_below(rows: Sequence[Row], known: Known) -> bool:
    return any(known(_key(row.cells[0])) for row in rows)


def _are_keys(cells: Sequence[str], known: Known) -> bool:
    named = sum(bool(known(_key(cell))) for cell in cells)
    return named > 1 and 2 * named >= len(cells)


def _in_cells(row: Row, known: Known) -> Iterator[Pair]:
    """Cells that hold a key with its value: ``| **Severity:** High | **Status:** Open |``."""
    for cell in _with_key(row.cells):
        yield from (pair for pair in labels(Passage(cell, row.line), known) if pair.text and known(pair.key))


@lru_cache(maxsize=1024)
def _with_key(cells: Sequence[str]) -> Sequence[str]:
    """The cells that may hold a key with its value: mostly none."""
    return tuple(filter(_may_have_key, cells))


def _across(header: Row, row: Row) -> Iterator[Pair]:
    """A table that has its keys in the header, and one row of values."""
    for column, cell in enumerate(header.cells):
        yield Pair(plain(cell), row.passage(column), ONE_ROW)


def _pair(row: Row, column: int = 0) -> Pair:
    return Pair(_key(row.cells[column]), row.passage(column + 1), "table")


@lru_cache(maxsize=4096)
def _key(cell: str) -> str:
    return plain(cell).rstrip(":：").rstrip()
