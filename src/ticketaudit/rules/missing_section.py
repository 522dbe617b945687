"""A section that every ticket should have is not there.

A team's template asks the same questions of every finding: where it is, what is wrong, how it is fixed, how
anybody can tell that it is. A section that was dropped is a question that nobody answered, and often the
one that was hard.

A section is known by its role, not by its exact heading: "Suggested Fix" and "Recommended Fix" are one, and
so are the words that the vocabulary adds (`sections:`). What stands inside a review, an investigation or a
resolution belongs to that, and is not the ticket's own. Name the roles that your team wants in `sections`;
an empty list turns the rule off:

~~~~yaml
rules:
  missing-section:
    sections: [location, description, verification]
~~~~

## Bad

~~~~markdown
# Finding Ticket: Whistle is silent in frost

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-NAV-10` |
| **Status** | `open` |

## Location

`src/saltway/harbour/whistle.py`

## Summary

Below zero the valve does not open.

## Suggested Fix

Heat the valve.

## Verification

- [ ] The whistle sounds at -5 °C

## Appendix

Nothing.
~~~~

~~~~text
ticket.md:1:1: note: there is no section “Detailed Description” [missing-section]
ticket.md:1:1: note: there is no section “Related Findings” [missing-section]
~~~~

## Good

~~~~markdown
# Finding Ticket: Whistle is silent in frost

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-NAV-10` |
| **Status** | `open` |

## Location

`src/saltway/harbour/whistle.py`

## Summary

Below zero the valve does not open.

## Problem

The drain is above the valve, so water stays in it.

## Suggested Fix

Heat the valve.

## Verification

- [ ] The whistle sounds at -5 °C

## Related

None.

## References

None.
~~~~
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import msgspec

from ticketaudit.rule import Level, Problem, Rule, each_ticket
from ticketaudit.rules._phrases import heading_line
from ticketaudit.shape import OneOf
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import ROLES, Vocabulary

RoleName = Annotated[str, OneOf("role of a section", ROLES)]


class Options(msgspec.Struct, frozen=True):
    """Options of missing-section."""

    sections: Annotated[tuple[RoleName, ...], "The roles of the sections that every ticket has."] = (
        "location",
        "summary",
        "description",
        "fix",
        "verification",
        "related",
        "appendix",
    )


def check(ticket: Ticket, options: Options, vocabulary: Vocabulary) -> Iterator[Problem]:
    """One problem per missing section, at the heading."""
    present = {section.role for section in ticket.sections}
    for role in options.sections:
        if role not in present:
            message = f"there is no section “{vocabulary.heading(role)}”"
            yield Problem(heading_line(ticket), message, subject=role)


RULE = Rule(
    "missing-section",
    family="structure",
    level=Level.NOTE,
    options=Options,
    check=each_ticket(check, rows=False),
    manual=__doc__,
)
