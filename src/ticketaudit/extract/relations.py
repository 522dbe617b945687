"""The tickets named under related findings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ticketaudit.extract.identity import ids_in
from ticketaudit.extract.pairs import columns
from ticketaudit.extract.scope import Scope
from ticketaudit.markdown import Row, Table, passages, plain
from ticketaudit.ticket import Relation


class _Mention(NamedTuple):
    ids: str
    kind: str
    note: str
    line: int


def read_relations(scope: Scope, ticket_id: str | None) -> tuple[Relation, ...]:
    """One relation per ticket named, with the kind and note that stand beside its first mention."""
    found: dict[str, Relation] = {}
    for mention in _mentions(scope):
        for name in ids_in(mention.ids, ticket_id):
            note = mention.note.removeprefix(name).lstrip(" :.–—-")
            found.setdefault(name.upper(), Relation(name, scope.vocabulary.relation(mention.kind), note, mention.line))
    return tuple(found.values())


def _mentions(scope: Scope) -> Iterator[_Mention]:
    for _, section in scope.with_role("related"):
        for block in section.blocks:
            if isinstance(block, Table):
                places = columns(block, lambda key: scope.vocabulary.field("relation", key))
                for row in block.rows:
                    yield _row(row, places)
            else:
                for passage in passages(block):
                    text = plain(passage.raw)
                    yield _Mention(text, text, text, passage.line)


def _row(row: Row, places: dict[str, int]) -> _Mention:
    whole = " ".join(plain(cell) for cell in row.cells)
    cell = {name: plain(row.passage(column).raw) for name, column in places.items()}
    return _Mention(whole, cell.get("kind", whole), cell.get("note", whole), row.line)
