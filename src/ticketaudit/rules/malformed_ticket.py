r"""A part of the ticket cannot be read as its author meant it.

Everything else that ticketaudit says about a ticket rests on reading it rightly. A table row with a cell
too many or a code fence that nobody closed makes Markdown take the text for something else, on the web page
of the repository as well as here, so what follows it may be read wrongly or not at all.

The usual cures: write `\|` for a pipe inside a table cell, close the fence, put the row back under its
table, save the file as UTF-8.

## Bad

~~~~markdown
# Finding Ticket: Kiosk joins two fares

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-06` |
| **Status** | `open` |

## Cross-Review

| Reviewer | Verdict | Evaluation |
|----------|---------|------------|
| `payments` | **ENDORSE** | The kiosk runs adult | child through one total. |
~~~~

~~~~text
ticket.md:12:1: warning: a table row has 4 cells, its header 3 [malformed-ticket]
~~~~

## Good

~~~~markdown
# Finding Ticket: Kiosk joins two fares

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-06` |
| **Status** | `open` |

## Cross-Review

| Reviewer | Verdict | Evaluation |
|----------|---------|------------|
| `payments` | **ENDORSE** | The kiosk runs adult \| child through one total. |
~~~~
"""

from __future__ import annotations

from collections.abc import Iterator

from ticketaudit.rule import Level, NoOptions, Problem, Rule, each_ticket
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary


def check(ticket: Ticket, options: NoOptions, vocabulary: Vocabulary) -> Iterator[Problem]:
    """One problem per defect that the parser recorded."""
    for defect in ticket.defects:
        yield Problem(defect.line, defect.message, subject=defect.message)


RULE = Rule("malformed-ticket", family="structure", level=Level.WARNING, check=each_ticket(check), manual=__doc__)
