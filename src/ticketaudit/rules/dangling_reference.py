"""A related ticket is not among the tickets that are known.

Either it was deleted, or it never was: an id with a digit too many, a finding that was meant to become a ticket
and did not. Whoever follows the reference to see whether the problem is solved elsewhere finds nothing.

All tickets are looked at that were named, that `--corpus` adds, or that the configuration includes. Where only
single files were named and nothing tells where the others are, the rule says nothing.

## Bad

~~~~markdown
# Finding Ticket: Gangway light stays on

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-10` |
| **Status** | `open` |

## Related Findings

- B1-OPS-71: the deck light
~~~~

~~~~text
ticket.md:10:3: warning: no ticket `B1-OPS-71` is known [dangling-reference]
~~~~

## Good

~~~~markdown
# Finding Ticket: Gangway light stays on

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-10` |
| **Status** | `open` |

## Related Findings

- B1-OPS-17: the deck light
~~~~

~~~~markdown and fixed/B1-OPS-17.md
# Finding Ticket: Deck light stays on

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-17` |
| **Status** | `fixed` |
~~~~
"""

from __future__ import annotations

from collections.abc import Iterator

from ticketaudit.corpus import Corpus
from ticketaudit.rule import Level, NoOptions, Problem, Rule
from ticketaudit.ticket import Ticket


def check(corpus: Corpus, options: NoOptions) -> Iterator[tuple[Ticket, Problem]]:
    """One problem per id that no ticket has."""
    if not corpus.complete:
        return
    for ticket in corpus.tickets:
        for relation in ticket.relations:
            if relation.id.upper() not in corpus.by_id:
                message = f"no ticket `{relation.id}` is known"
                yield ticket, Problem(relation.line, message, subject=relation.id.upper(), mark=relation.id)


RULE = Rule("dangling-reference", family="reference", level=Level.WARNING, check=check, manual=__doc__)
