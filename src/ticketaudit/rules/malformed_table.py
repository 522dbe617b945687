r"""A table row cannot be read as its author meant it.

Reviews, claims and metadata stand in tables. A row with a cell too many loses what stands in the last ones on
the web page of the repository, and a row that stands apart from its table is shown as text with pipes in it. A
row without its last pipe is shown whole, but the next edit easily joins it with what follows.

The cures: write `\|` for a pipe inside a cell, also inside code; put the row back under its table, without an
empty line between them; close the row.

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
| `navigation` | **NEUTRAL** | We sell no fares.
~~~~

~~~~text
ticket.md:12:1: warning: a table row has 4 cells, its header 3 [malformed-table]
ticket.md:13:1: warning: a table row is not closed by a pipe [malformed-table]
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
| `navigation` | **NEUTRAL** | We sell no fares. |
~~~~
"""

from __future__ import annotations

from collections.abc import Iterator

from ticketaudit.rule import Level, NoOptions, Problem, Rule, each_ticket
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary


def check(ticket: Ticket, options: NoOptions, vocabulary: Vocabulary) -> Iterator[Problem]:
    """One problem per row that the parser could not make sense of."""
    for defect in ticket.defects:
        if defect.kind == "table":
            yield Problem(defect.line, defect.message, subject=defect.text)


RULE = Rule("malformed-table", family="structure", level=Level.WARNING, check=each_ticket(check), manual=__doc__)
