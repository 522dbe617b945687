"""The tickets named under related findings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ticketaudit.blocks import Item, Row, Table, passages
from ticketaudit.extract.citations import citations_in
from ticketaudit.extract.ids import ids_in
from ticketaudit.extract.pairs import columns
from ticketaudit.extract.scope import Scope
from ticketaudit.inline import Passage, plain
from ticketaudit.ticket import Relation

#: An issue of some tracker: ``#112``.
_CLAUSE_END = re.compile(r"[.,:;(–—]|\s-\s")
#: Behind an id so many words are a remark; more of them describe the other ticket.
_FEW = 3
_BRACKETED = re.compile(r"\(([^()]*)\)")
_ISSUE = re.compile(r"#\d")


class _Mention(NamedTuple):
    """A run of text that may name tickets; ``entry`` where it stands in a list or a table of them."""

    ids: str
    kind: str
    note: str
    line: int
    entry: Passage | None


def read_relations(scope: Scope, ticket_id: str | None) -> tuple[Relation, ...]:
    """One relation per ticket named, with the kind and note that stand beside its first mention."""
    found: dict[str, Relation] = {}
    for mention in _mentions(scope):
        for name in ids_in(mention.ids, ticket_id):
            note = mention.note.removeprefix(name).lstrip(" :.–—-")
            found.setdefault(name.upper(), Relation(name, scope.vocabulary.relation(mention.kind), note, mention.line))
    return tuple(found.values())


def entries_without_ticket(scope: Scope, ticket_id: str | None) -> Iterator[Passage]:
    """The list items and table rows that name neither a ticket nor anything else that can be looked up."""
    for mention in _mentions(scope):
        entry = mention.entry
        if entry is None or scope.vocabulary.nothing(plain(entry.raw)):
            continue
        if not (ids_in(mention.ids, ticket_id) or _ISSUE.search(mention.ids) or citations_in(entry, scope)):
            yield entry


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
                    entry = passage if isinstance(block, Item) and block.depth == 1 and not block.quoted else None
                    yield _Mention(text, _lead_and_brackets(text), text, passage.line, entry)


def _lead_and_brackets(text: str) -> str:
    """What says how a ticket is related: the words before its id, a few right behind it, those in brackets."""
    name = next(iter(ids_in(text, None)), "")
    before, _, behind = text.partition(name) if name else ("", "", text)
    remark = _CLAUSE_END.split(behind.lstrip(" :.–—-"))[0]
    few = remark if len(remark.split()) <= _FEW else ""
    return " ".join((before, few, *_BRACKETED.findall(text)))


def _row(row: Row, places: dict[str, int]) -> _Mention:
    whole = " ".join(plain(cell) for cell in row.cells).strip()
    cell = {name: plain(row.passage(column).raw) for name, column in places.items()}
    return _Mention(
        whole, cell.get("kind", whole), cell.get("note", whole), row.line, Passage(" ".join(row.cells), row.line)
    )
