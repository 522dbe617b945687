"""The ticket has no checklist that says how a fix is verified.

Without one, "fixed" means whatever the person who closes the ticket takes it to mean. The list is worth
writing when the finding is: the author knows best what would show that it is gone.

Task list items (`- [ ]`) count, prose and items inside code fences do not. A checklist inside the
resolution ("Verified by") counts too.

## Bad

~~~~markdown
# Finding Ticket: Timetable skips leap days

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-05` |
| **Status** | `open` |

## Summary

**One-line summary:** The last crossing of 29 February is missing.

## Verification

Look at the printed timetable.
~~~~

~~~~text
ticket.md:1:1: warning: the ticket has no verification checklist [missing-verification]
~~~~

## Good

~~~~markdown
# Finding Ticket: Timetable skips leap days

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-05` |
| **Status** | `open` |

## Summary

**One-line summary:** The last crossing of 29 February is missing.

## Verification

- [ ] The timetable of 2028 has 366 days
~~~~
"""

from __future__ import annotations

from collections.abc import Iterator

from ticketaudit.rule import Level, NoOptions, Problem, Rule, each_ticket
from ticketaudit.rules._phrases import heading_line
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary


def check(ticket: Ticket, options: NoOptions, vocabulary: Vocabulary) -> Iterator[Problem]:
    """At most one problem per ticket, at its heading."""
    if not any(checklist.role in ("verification", "resolution") for checklist in ticket.checklists):
        yield Problem(heading_line(ticket), "the ticket has no verification checklist")


RULE = Rule(
    "missing-verification",
    family="verification",
    level=Level.WARNING,
    check=each_ticket(check, rows=False),
    manual=__doc__,
)
