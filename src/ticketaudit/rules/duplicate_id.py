"""Two tickets have the same id.

Everybody who refers to the id now refers to both: related findings, commits, reports, and the baseline. It happens
where a ticket is copied to begin a new one, and where a ticket is moved to another folder and its old file stays.
The message names three of the other files, and counts the rest.

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

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from ticketaudit.rule import Comparison, Facts, Known, Level, NoOptions, Noted, Problem, Rule
from ticketaudit.rules._phrases import entry_line, listed
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary

#: Of so many others the files are named: that a thousand tickets have one id is not to be said a million times.
_NAMED: Final = 3


def note(ticket: Ticket, options: NoOptions, vocabulary: Vocabulary) -> tuple[Facts, tuple[Problem, ...]] | None:
    """Where the ticket says its id; nothing where it has none."""
    if not ticket.id:
        return None
    line = entry_line(ticket, "id", vocabulary)
    return Facts(), (Problem(line, "", subject=ticket.title or "", mark=ticket.id),)


def judge(noted: Sequence[Noted], known: Known, options: NoOptions) -> Iterator[tuple[Noted, int, str]]:
    """One problem for each of the tickets that share an id."""
    by_id: defaultdict[str, list[Noted]] = defaultdict(list)
    for ticket in noted:
        by_id[(ticket.id or "").upper()].append(ticket)
    for tickets in by_id.values():
        for ticket in tickets if len(tickets) > 1 else ():
            others = [other.path for other in tickets[: _NAMED + 1] if other is not ticket][:_NAMED]
            rest = len(tickets) - 1 - len(others)
            yield ticket, 0, f"`{ticket.id}` is also the id of {listed([*others, *[f'{rest} more'] * bool(rest)])}"


RULE = Rule("duplicate-id", family="reference", level=Level.ERROR, check=Comparison(Facts, note, judge), manual=__doc__)
