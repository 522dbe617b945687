"""An entry under the related findings names no ticket, or names this one.

Related findings are how a reader finds out that something is known already, and how other rules find duplicates
and blockers. An entry that names the other finding in words only, or by a number that it has in some report,
leads nowhere; a ticket that is related to itself was mostly meant to name another.

An entry is a list item or a table row. One with a link, a path, a commit or an issue (`#112`) leads somewhere and
is left alone, and so are "None" and its like.

## Bad

~~~~markdown
# Finding Ticket: Horn sounds on every berth

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-09` |
| **Status** | `open` |

## Related Findings

- Same as R-2 of navigation
- B1-OPS-09: the horn of the Corncrake
~~~~

~~~~text
ticket.md:10:3: warning: a related entry names no ticket: “Same as R-2 of navigation” [malformed-reference]
ticket.md:11:3: warning: the ticket names itself, `B1-OPS-09`, as related [malformed-reference]
~~~~

## Good

~~~~markdown
# Finding Ticket: Horn sounds on every berth

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-09` |
| **Status** | `open` |

## Related Findings

- B1-NAV-03: the same in the report of navigation
- `docs/rounds/1-navigation.md`: how the horn is wired
~~~~
"""

from __future__ import annotations

from collections.abc import Iterator

from ticketaudit.rule import Level, NoOptions, Problem, Rule, each_ticket
from ticketaudit.rules._phrases import quoted
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary


def check(ticket: Ticket, options: NoOptions, vocabulary: Vocabulary) -> Iterator[Problem]:
    """One problem per entry that leads nowhere, or back."""
    for defect in ticket.defects:
        if defect.kind == "reference":
            message = f"{defect.message}: {quoted(defect.text)}"
            yield Problem(defect.line, message, subject=defect.text, mark=defect.text)
    for relation in ticket.relations:
        if ticket.id and relation.id.upper() == ticket.id.upper():
            message = f"the ticket names itself, `{relation.id}`, as {relation.kind}"
            yield Problem(relation.line, message, subject=relation.id, mark=relation.id)


RULE = Rule("malformed-reference", family="reference", level=Level.WARNING, check=each_ticket(check), manual=__doc__)
