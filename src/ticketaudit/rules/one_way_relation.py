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

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from ticketaudit.rule import Comparison, Facts, Known, Level, NoOptions, Noted, Problem, Rule
from ticketaudit.ticket import RelationKind, Ticket
from ticketaudit.vocabulary import Vocabulary

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


class Related(Facts, frozen=True):
    """The ids that a ticket names, each with the kind of the relation."""

    relations: tuple[tuple[str, RelationKind], ...]


def note(ticket: Ticket, options: NoOptions, vocabulary: Vocabulary) -> tuple[Facts, tuple[Problem, ...]] | None:
    """The relations that the ticket states, and where."""
    relations = tuple((relation.id, relation.kind) for relation in ticket.relations)
    problems = (Problem(each.line, "", subject=each.id.upper(), mark=each.id) for each in ticket.relations)
    return (Related(relations), tuple(problems)) if relations else None


def judge(noted: Sequence[Noted], known: Known, options: NoOptions) -> Iterator[tuple[Noted, int, str]]:
    """One problem per relation, in the ticket that states it."""
    answers: defaultdict[tuple[str, str], list[RelationKind]] = defaultdict(list)
    for ticket in noted:
        for other, kind in ticket.facts.relations:
            answers[(ticket.id or "").upper(), other.upper()].append(kind)
    for ticket in noted:
        own = (ticket.id or "").upper()
        for number, (other, kind) in enumerate(ticket.facts.relations):
            name = other.upper()
            if kind not in _ANSWERS or name not in known.ids or name == own:
                continue
            found = answers.get((name, own), ()) if own else ()
            if not any(answer in _ANSWERS[kind] for answer in found):
                what = f"says “{found[0]}” of this ticket" if found else "does not name this ticket"
                yield ticket, number, f"{_SAYING[kind]} `{other}`, which {what}"


RULE = Rule(
    "one-way-relation", family="reference", level=Level.WARNING, check=Comparison(Related, note, judge), manual=__doc__
)
