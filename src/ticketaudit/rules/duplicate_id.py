"""Two tickets have the same id.

Everybody who refers to the id now refers to both: related findings, commits, reports, and the baseline. It happens
where a ticket is copied to begin a new one, and where a ticket is moved to another folder and its old file stays.

## Bad

~~~~markdown
# Finding Ticket: Bilge alarm is late

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-NAV-08` |
| **Status** | `open` |
~~~~

~~~~markdown and open/B1-NAV-09.md
# Finding Ticket: Bilge alarm is early

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-NAV-08` |
| **Status** | `open` |
~~~~

~~~~text
open/B1-NAV-09.md:5:19: error: `B1-NAV-08` is also the id of ticket.md [duplicate-id]
ticket.md:5:19: error: `B1-NAV-08` is also the id of open/B1-NAV-09.md [duplicate-id]
~~~~

## Good

~~~~markdown
# Finding Ticket: Bilge alarm is late

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-NAV-08` |
| **Status** | `open` |
~~~~

~~~~markdown and open/B1-NAV-09.md
# Finding Ticket: Bilge alarm is early

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-NAV-09` |
| **Status** | `open` |
~~~~
"""

from __future__ import annotations

from collections.abc import Iterator

from ticketaudit.corpus import Corpus
from ticketaudit.rule import Level, NoOptions, Problem, Rule
from ticketaudit.rules._phrases import entry_line, listed
from ticketaudit.ticket import Ticket


def check(corpus: Corpus, options: NoOptions) -> Iterator[tuple[Ticket, Problem]]:
    """One problem for each of the tickets that share an id."""
    for tickets in corpus.by_id.values():
        for ticket in tickets:
            others = [other.path for other in tickets if other is not ticket]
            if others:
                message = f"`{ticket.id}` is also the id of {listed(others)}"
                line = entry_line(ticket, "id", corpus.vocabulary)
                yield ticket, Problem(line, message, subject=ticket.title or "", mark=ticket.id)


RULE = Rule("duplicate-id", family="reference", level=Level.ERROR, check=check, manual=__doc__)
