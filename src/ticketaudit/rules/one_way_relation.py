"""A ticket says that it duplicates or blocks another, and the other does not say it back.

Whoever opens the other ticket must be able to see it: that somebody waits for it, or that there is a second
description of the same problem with reviews of its own. Otherwise the one is closed and its duplicate stays open,
or the blocker is the last to be done.

"Duplicate" is answered by "duplicate" or "supersedes", "blocks" by "blocked by", and the other way round. Mere
relations need no answer. A reference to a ticket that is not known is the business of dangling-reference.

## Bad

~~~~markdown
# Finding Ticket: Anchor watch sleeps through the swell

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-NAV-10` |
| **Status** | `open` |

## Related Findings

| Ticket ID | Relationship | Notes |
|-----------|--------------|-------|
| `B1-OPS-11` | `duplicate` | found from the crew's side |
| `B1-OPS-12` | `blocked-by` | the new gauge |
~~~~

~~~~markdown and open/B1-OPS-11.md
# Finding Ticket: Nobody is woken by the anchor watch

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-11` |
| **Status** | `open` |

## Related Findings

- B1-NAV-10: related
~~~~

~~~~markdown and open/B1-OPS-12.md
# Finding Ticket: Swell gauge has no alarm

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-12` |
| **Status** | `open` |
~~~~

~~~~text
ticket.md:12:3: warning: duplicate of `B1-OPS-11`, which says “related” of this ticket [one-way-relation]
ticket.md:13:3: warning: blocked by `B1-OPS-12`, which does not name this ticket [one-way-relation]
~~~~

## Good

~~~~markdown
# Finding Ticket: Anchor watch sleeps through the swell

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-NAV-10` |
| **Status** | `open` |

## Related Findings

- B1-OPS-11: duplicate, from the crew's side
~~~~

~~~~markdown and open/B1-OPS-11.md
# Finding Ticket: Nobody is woken by the anchor watch

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-11` |
| **Status** | `open` |

## Related Findings

- B1-NAV-10: duplicate, with the measurements
~~~~
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ticketaudit.corpus import Corpus
from ticketaudit.rule import Level, NoOptions, Problem, Rule
from ticketaudit.ticket import Relation, RelationKind, Ticket

#: What the other ticket may say for a relation to be known on both sides.
_ANSWERS: Final[dict[RelationKind, tuple[RelationKind, ...]]] = {
    "duplicate": ("duplicate", "supersedes"),
    "supersedes": ("duplicate",),
    "blocks": ("blocked-by",),
    "blocked-by": ("blocks",),
}
_SAYING: Final[dict[RelationKind, str]] = {
    "duplicate": "duplicate of",
    "supersedes": "supersedes",
    "blocks": "blocks",
    "blocked-by": "blocked by",
}


def check(corpus: Corpus, options: NoOptions) -> Iterator[tuple[Ticket, Problem]]:
    """One problem per relation, in the ticket that states it."""
    for ticket in corpus.tickets:
        for relation in ticket.relations:
            others = corpus.by_id.get(relation.id.upper())
            if relation.kind not in _ANSWERS or not others or ticket in others:
                continue
            answers = [answer for other in others for answer in _answers(other, ticket)]
            if not any(answer.kind in _ANSWERS[relation.kind] for answer in answers):
                what = f"says “{answers[0].kind}” of this ticket" if answers else "does not name this ticket"
                message = f"{_SAYING[relation.kind]} `{relation.id}`, which {what}"
                yield ticket, Problem(relation.line, message, subject=relation.id.upper(), mark=relation.id)


def _answers(other: Ticket, ticket: Ticket) -> Iterator[Relation]:
    """The relations of another ticket to this one."""
    return (relation for relation in other.relations if ticket.id and relation.id.upper() == ticket.id.upper())


RULE = Rule("one-way-relation", family="reference", level=Level.WARNING, check=check, manual=__doc__)
