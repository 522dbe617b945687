"""A part of the ticket cannot be read as its author meant it.

Everything else that ticketaudit says about a ticket rests on reading it rightly. A code fence that nobody
closed makes code of all that follows, on the web page of the repository as well as here: checklists, reviews
and the resolution are gone. Lists and quotes in each other are read to a depth of 100 levels, of which a list and
its item are two. A file that was named and holds no ticket at all, or that is beyond the `limits` of the
configuration, is reported here, too.

Tables, related entries and characters have rules of their own: malformed-table, malformed-reference,
encoding-damage.

## Bad

~~~~markdown
# Finding Ticket: Lock keeper's log is cut off

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-06` |
| **Status** | `open` |

## Description

```text
14:02 gates open

## Verification

- [ ] The log ends with the last boat
~~~~

~~~~text
ticket.md:10:1: warning: a code fence is never closed [malformed-ticket]
~~~~

## Good

~~~~markdown
# Finding Ticket: Lock keeper's log is cut off

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-06` |
| **Status** | `open` |

## Description

```text
14:02 gates open
```

## Verification

- [ ] The log ends with the last boat
~~~~
"""

from __future__ import annotations

from collections.abc import Iterator

from ticketaudit.rule import Level, NoOptions, Problem, Rule, each_ticket
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary


def check(ticket: Ticket, options: NoOptions, vocabulary: Vocabulary) -> Iterator[Problem]:
    """One problem per defect of structure that the parser recorded."""
    for defect in ticket.defects:
        if defect.kind == "structure":
            yield Problem(defect.line, defect.message, subject=defect.text)


RULE = Rule("malformed-ticket", family="structure", level=Level.WARNING, check=each_ticket(check), manual=__doc__)
