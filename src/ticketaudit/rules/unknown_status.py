"""A status that the vocabulary does not know.

Rules and reports ask whether a ticket is open or closed. A status that means neither leaves the ticket out
of both counts, and the rules about closed tickets pass it by. Mostly it is a typing mistake. Where it is a
word of your team's own, teach it to the vocabulary:

~~~~yaml
vocabulary:
  statuses:
    open: [awaiting tide]
~~~~

`--fix` corrects a slip: a letter too many, too few, another one or two that are swapped.

A status may go on after the word that is known: "closed (2025-03-12)" is closed.

## Bad

~~~~markdown
# Finding Ticket: Lifebelt count is negative

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-13` |
| **Severity** | `P2` |
| **Status** | `clsoed` |
~~~~

~~~~text
ticket.md:7:16: warning: the status `clsoed` is unknown; did you mean `closed`? [unknown-status]
~~~~

## Good

~~~~markdown
# Finding Ticket: Lifebelt count is negative

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-13` |
| **Severity** | `P2` |
| **Status** | `closed` |
~~~~
"""

from __future__ import annotations

from collections.abc import Iterator

from ticketaudit.edits import replacing
from ticketaudit.rule import Fix, Level, NoOptions, Problem, Rule, each_ticket
from ticketaudit.rules._phrases import entry_line
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary


def check(ticket: Ticket, options: NoOptions, vocabulary: Vocabulary) -> Iterator[Problem]:
    """At most one problem per ticket, at its status."""
    if ticket.status and not vocabulary.knows_status(ticket.status):
        line = entry_line(ticket, "status", vocabulary)
        meant = vocabulary.misspelt_status(ticket.status)
        fixes = (Fix(line, replacing(ticket.status, meant)),) if meant else ()
        message = f"the status `{ticket.status}` is unknown" + (f"; did you mean `{meant}`?" if meant else "")
        yield Problem(line, message, subject=ticket.status, mark=ticket.status, fixes=fixes)


RULE = Rule(
    "unknown-status", family="lifecycle", level=Level.WARNING, check=each_ticket(check), manual=__doc__, fixes=True
)
