"""A severity that is not on the scale.

Severities are compared: a reviewer's with the ticket's, the concluded one with the original, one ticket's
with the next. A value off the scale cannot be compared with any, so the ticket drops out of the order of
work and out of every table by severity.

The scale is the vocabulary's (`severities:`, the most severe first). A remark behind the value makes it
another value: what "P2 (was P1)" means is for the author to say, once.

## Bad

~~~~markdown
# Finding Ticket: Horn sounds in F sharp

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-14` |
| **Severity** | `P2 or P3` |
| **Status** | `open` |
~~~~

~~~~text
ticket.md:6:18: warning: the severity `P2 or P3` is not on the scale [unknown-severity]
~~~~

## Good

~~~~markdown
# Finding Ticket: Horn sounds in F sharp

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-14` |
| **Severity** | `P3` |
| **Status** | `open` |
~~~~
"""

from __future__ import annotations

from collections.abc import Iterator

from ticketaudit.rule import Level, NoOptions, Problem, Rule, each_ticket
from ticketaudit.rules._phrases import entry_line
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary


def check(ticket: Ticket, options: NoOptions, vocabulary: Vocabulary) -> Iterator[Problem]:
    """At most one problem per ticket, at its severity."""
    if ticket.severity and vocabulary.severity_rank(ticket.severity) is None:
        line = entry_line(ticket, "severity", vocabulary)
        message = f"the severity `{ticket.severity}` is not on the scale"
        yield Problem(line, message, subject=ticket.severity, mark=ticket.severity)


RULE = Rule("unknown-severity", family="severity", level=Level.WARNING, check=each_ticket(check), manual=__doc__)
