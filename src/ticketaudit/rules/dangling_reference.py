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

from collections.abc import Iterator, Sequence

from ticketaudit.rule import Comparison, Facts, Known, Level, NoOptions, Noted, Problem, Rule
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary


class Named(Facts, frozen=True):
    """The ids that a ticket names."""

    ids: tuple[str, ...]


def note(ticket: Ticket, options: NoOptions, vocabulary: Vocabulary) -> tuple[Facts, tuple[Problem, ...]] | None:
    """The ids that the ticket names, and where."""
    ids = tuple(relation.id for relation in ticket.relations)
    problems = (Problem(each.line, "", subject=each.id.upper(), mark=each.id) for each in ticket.relations)
    return (Named(ids), tuple(problems)) if ids else None


def judge(noted: Sequence[Noted], known: Known, options: NoOptions) -> Iterator[tuple[Noted, int, str]]:
    """One problem per id that no ticket has."""
    if not known.complete:
        return
    for ticket in noted:
        for number, name in enumerate(ticket.facts.ids):
            if name.upper() not in known.ids:
                yield ticket, number, f"no ticket `{name}` is known"


RULE = Rule(
    "dangling-reference", family="reference", level=Level.WARNING, check=Comparison(Named, note, judge), manual=__doc__
)
