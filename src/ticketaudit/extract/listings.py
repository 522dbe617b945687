"""Rows that are a finding each: tables with an id, and a severity, a status or a priority that is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from ticketaudit.blocks import Table
from ticketaudit.extract.headings import is_id
from ticketaudit.extract.keys import TRACKING, is_value
from ticketaudit.extract.pairs import Pair, columns
from ticketaudit.extract.scope import Scope
from ticketaudit.inline import plain
from ticketaudit.paths import stem
from ticketaudit.vocabulary import Vocabulary

#: So many words on average make a column one of sentences.
_WORDY = 2


class Row(NamedTuple):
    """A finding's row: its id, its cells by their headers, itself as a table, and the index of its section.

    ``alone`` where somebody tracks the finding there, since the table has a status, or the file is a list
    of bugs or tells its findings nowhere else. Others only list what the sections of the document tell.
    """

    id: str
    entries: list[Pair]
    table: Table
    section: int
    alone: bool


def finding_rows(whole: Scope, found: Sequence[int]) -> list[Row]:
    """The rows of all tables outside the sections that are ``found`` to be a finding each, and of related tickets."""
    taken = {line for index in found for line in (part.line for part in whole.subtree(index))}
    rows: list[Row] = []
    name = stem(whole.document.source.path)
    only_here = not (found or whole.vocabulary.other_document(name))
    is_list = any(map(whole.vocabulary.lists_tickets, (name, whole.title.title if whole.title else "")))
    for index, section, block in whole.blocks:
        own = section.line not in taken and whole.roles[index] != "related"
        if isinstance(block, Table) and not block.quoted and own:
            rows.extend(_of_table(block, index, whole.vocabulary, all_count=is_list, only_here=only_here))
    return rows


def objection_to_rows(whole: Scope) -> str | None:
    """Why the first table that names severities, statuses or priorities lists no finding; None where there is none."""
    for index, _, block in whole.blocks:
        if not isinstance(block, Table) or block.quoted or block.detached or whole.roles[index] == "related":
            continue
        places = columns(block, lambda key: whole.vocabulary.field("metadata", key))
        tracked = [plain(block.header.cells[places[name]]) for name in TRACKING if name in places]
        if len(block.header.cells) > 2 and tracked:
            where = f"the table in line {block.line}"
            if "id" not in places:
                return f"no column of {where} is an id"
            if not any(_is_named(plain(row.passage(places["id"]).raw)) for row in block.rows):
                return f"no cell under “{plain(block.header.cells[places['id']])}” in {where} is an id"
            if _says_something(block, places, whole.vocabulary):
                return f"{where} has bare numbers for ids, and names no severity and no priority"
            return f"nothing under {' and '.join(f'“{name}”' for name in tracked)} in {where} is in the vocabulary"
    return None


def _is_named(text: str) -> bool:
    return is_id(text) and any(char.isdigit() for char in text)


def _says_something(table: Table, places: Mapping[str, int], vocabulary: Vocabulary) -> bool:
    """Whether a table has a severity, a status or a priority that is known."""
    tracked = [(name, places[name]) for name in TRACKING if name in places]
    values = ((name, plain(row.passage(column).raw)) for row in table.rows for name, column in tracked)
    return any(is_value(name, text, vocabulary) for name, text in values)


def _of_table(table: Table, section: int, vocabulary: Vocabulary, *, all_count: bool, only_here: bool) -> Iterator[Row]:
    places = columns(table, lambda key: vocabulary.field("metadata", key))
    ident = places.get("id")
    if ident is None or not _says_something(table, places, vocabulary):
        return
    if "title" not in places:
        named = columns(table, lambda key: vocabulary.field("listing", key) and key)
        free = [column for column in named.values() if column not in places.values()] or _wordy(table, places)
        places |= {"title": free[0]} if free else {}
    for row in table.rows:
        name = plain(row.passage(ident).raw)
        if not _is_named(name):
            continue
        bare = name.isdigit()
        entries = [
            Pair("title" if column == places.get("title") else plain(cell), row.passage(column), "table row")
            for column, cell in enumerate(table.header.cells)
        ]
        rated = "severity" in places or "priority" in places
        alone = all_count or (("status" in places or only_here) and (rated or not bare))
        own = replace(table, rows=(row,), line=row.line, end_line=row.line, detached=True)
        yield Row(name, entries, own, section, alone)


def _wordy(table: Table, places: Mapping[str, int]) -> list[int]:
    """The columns without a known header that hold sentences: the first of them tells what a row is about."""
    return [
        column
        for column in range(len(table.header.cells))
        if column not in places.values()
        and sum(len(plain(row.passage(column).raw).split()) for row in table.rows) > _WORDY * len(table.rows)
    ]
