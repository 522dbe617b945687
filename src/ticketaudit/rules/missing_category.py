"""The ticket is in no category.

Categories answer what kind of trouble a batch found: without one, a finding is missing from every count by
category and from every search of somebody who plans that kind of work. Either no box of the list is checked,
or the list itself is gone.

A metadata entry ("Category", "Type") says it as well.

## Bad

~~~~markdown
# Finding Ticket: Crew list is sorted by cabin

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-17` |
| **Status** | `open` |

## Summary

**One-line summary:** Nobody finds a name on it.

**Category:**
- [ ] Wrong result
- [ ] Wording
~~~~

~~~~text
ticket.md:13:1: note: none of 2 categories is checked [missing-category]
~~~~

## Good

~~~~markdown
# Finding Ticket: Crew list is sorted by cabin

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-17` |
| **Status** | `open` |

## Summary

**One-line summary:** Nobody finds a name on it.

**Category:**
- [ ] Wrong result
- [x] Wording
~~~~
"""

from __future__ import annotations

from collections.abc import Iterator

from ticketaudit.rule import Level, NoOptions, Problem, Rule, each_ticket
from ticketaudit.rules._phrases import heading_line
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary


def check(ticket: Ticket, options: NoOptions, vocabulary: Vocabulary) -> Iterator[Problem]:
    """At most one problem per ticket: at the list, else at the heading."""
    if ticket.categories or any(vocabulary.label(entry.key) == "category" and entry.value for entry in ticket.fields):
        return
    boxes = [item for checklist in ticket.checklists if checklist.role == "category" for item in checklist.items]
    if boxes:
        yield Problem(boxes[0].line, f"none of {len(boxes)} categories is checked")
    else:
        yield Problem(heading_line(ticket), "the ticket names no category")


RULE = Rule(
    "missing-category", family="structure", level=Level.NOTE, check=each_ticket(check, rows=False), manual=__doc__
)
