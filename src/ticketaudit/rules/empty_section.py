"""A heading with nothing under it.

A section that was never filled in looks like an answer in the table of contents and is none. Write what
belongs there, say that there is nothing ("None."), or take the heading out.

Text, a list, a table with a filled row or a code block fill a section, and so do the sections inside it;
comments (`<!-- … -->`) do not. While a ticket is open, its reviews, investigation, resolution and sign-off
may wait for whoever will write them.

## Bad

~~~~markdown
# Finding Ticket: Deck plan shows the old funnel

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-19` |
| **Status** | `open` |

## Detailed Description

## Recommended Fix

Draw the new one.

## Resolution
~~~~

~~~~text
ticket.md:8:4: note: nothing stands under “Detailed Description” [empty-section]
~~~~

## Good

~~~~markdown
# Finding Ticket: Deck plan shows the old funnel

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-19` |
| **Status** | `open` |

## Detailed Description

### What's Wrong

The funnel of 1998 stands where the lift is.

## Resolution
~~~~
"""

from __future__ import annotations

from collections.abc import Iterator

from ticketaudit.rule import Level, NoOptions, Problem, Rule, each_ticket
from ticketaudit.ticket import Section, Ticket
from ticketaudit.vocabulary import Vocabulary

#: Sections that are filled in later.
_LATER = frozenset(["review", "investigation", "resolution", "sign-off"])


def check(ticket: Ticket, options: NoOptions, vocabulary: Vocabulary) -> Iterator[Problem]:
    """One problem per empty section, at its heading; nothing is said about those inside it."""
    end = 0
    for section in ticket.sections:
        if section.empty and section.line > end and not _is_due_later(section, ticket):
            end = section.end_line
            message = f"nothing stands under “{section.title}”"
            yield Problem(section.line, message, subject=section.title, mark=section.title)


def _is_due_later(section: Section, ticket: Ticket) -> bool:
    return section.role in _LATER and ticket.state != "closed"


RULE = Rule("empty-section", family="structure", level=Level.NOTE, check=each_ticket(check), manual=__doc__)
