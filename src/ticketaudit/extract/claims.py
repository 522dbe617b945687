"""Tables that examine the ticket's claims: claim, status, evidence."""

from __future__ import annotations

from collections.abc import Iterator

from ticketaudit.blocks import Table
from ticketaudit.extract.pairs import columns
from ticketaudit.extract.scope import Scope
from ticketaudit.inline import plain
from ticketaudit.ticket import Claim


def read_claims(scope: Scope) -> tuple[Claim, ...]:
    """The rows of every table with a column of claims and one of their status."""
    return tuple(_claims(scope))


def _claims(scope: Scope) -> Iterator[Claim]:
    for _, _, block in scope.blocks:
        if not isinstance(block, Table):
            continue
        found = columns(block, lambda key: scope.vocabulary.field("claim", key))
        if not {"text", "status"} <= found.keys() or scope.vocabulary.field("review", block.header.cells[0]):
            continue
        for row in block.rows:
            text, status, evidence = (
                plain(row.passage(found[name]).raw) if name in found else "" for name in ("text", "status", "evidence")
            )
            if text and status:
                yield Claim(text, scope.vocabulary.claim_status(status), evidence, row.line)
