"""Two tickets have the same id.

Everybody who refers to the id now refers to both: related findings, commits, reports, and the baseline. It happens
where a ticket is copied to begin a new one, and where a ticket is moved to another folder and its old file stays.
The message names three of the other files, and counts the rest.

A number that counts the findings inside a file ("Finding 2", "#3") is an id in that file alone.

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

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from ticketaudit.rule import Comparison, Facts, Known, Level, NoOptions, Noted, Problem, Rule
from ticketaudit.rules._phrases import entry_line, listed
from ticketaudit.ticket import Ticket, only_counts
from ticketaudit.vocabulary import Vocabulary

#: Of so many others the files are named: that a thousand tickets have one id is not to be said a million times.
_NAMED: Final = 3


class Identified(Facts, frozen=True):
    """Where a ticket begins, and whether its id only counts."""

    line: int
    is_number: bool


def note(ticket: Ticket, options: NoOptions, vocabulary: Vocabulary) -> tuple[Identified, tuple[Problem, ...]] | None:
    """Where the ticket says its id; nothing where it has none."""
    if not ticket.id:
        return None
    line = entry_line(ticket, "id", vocabulary)
    problem = Problem(line, "", subject=ticket.title or "", mark=ticket.id)
    return Identified(ticket.line, only_counts(ticket.id)), (problem,)


def judge(noted: Sequence[Noted], known: Known, options: NoOptions) -> Iterator[tuple[Noted, int, str]]:
    """One problem for each of the tickets that share an id."""
    by_id: defaultdict[tuple[str, str], list[Noted]] = defaultdict(list)
    tickets_in = Counter(ticket.path for ticket in noted)
    for ticket in noted:
        is_part = ticket.facts.line > 1 or tickets_in[ticket.path] > 1
        place = ticket.path if is_part and ticket.facts.is_number else ""
        by_id[(ticket.id or "").upper(), place].append(ticket)
    for tickets in by_id.values():
        for ticket in tickets if len(tickets) > 1 else ():
            others = [other for other in tickets[: _NAMED + 1] if other is not ticket][:_NAMED]
            rest = len(tickets) - 1 - len(others)
            named = [_place(other, ticket.path) for other in others]
            yield ticket, 0, f"`{ticket.id}` is also the id of {listed([*named, *[f'{rest} more'] * bool(rest)])}"


def _place(other: Noted, path: str) -> str:
    """Where another ticket is, as one says it in a file."""
    return f"the ticket on line {other.facts.line}" if other.path == path else other.path


RULE = Rule(
    "duplicate-id", family="reference", level=Level.ERROR, check=Comparison(Identified, note, judge), manual=__doc__
)
