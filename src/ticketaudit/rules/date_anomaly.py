"""Dates of the ticket contradict each other.

Dates tell in which order things happened: whether the review knew the fix, whether the ticket is older than
the code that it quotes. A ticket that was "updated" in March and carries notes of June was changed without
saying so, or one of its years is wrong.

These are anomalies:

- updated before it was created
- a note, a review, a resolution or a dated piece of the text that is later than the last update
- a review, an investigation or a resolution from before the ticket was created
- created and updated a whole year apart, give or take a few days (`slip`), with nothing dated in between:
  around New Year people write the old year
- a date that cannot be read

`--unsafe-fixes` takes the day of the last note for that of the last update; a path with a date in it is no note.

A date in the text counts where the words before it say that something was done or written then ("reviewed
2025-03-19", "as of …", a file named by its date). The day of a sailing that a finding is about does not.

## Bad

~~~~markdown
# Finding Ticket: Snow mode never ends

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-21` |
| **Status** | `closed` |
| **Created** | 2025-03-04 |
| **Updated** | 2025-03-04 |

## Investigation Notes (2025-03-19)

The sensor is under the snow.
~~~~

~~~~text
ticket.md:10:25: warning: “Investigation Notes (2025-03-19)” is later than the last update, 2025-03-04 [date-anomaly]
~~~~

~~~~markdown
# Finding Ticket: Snow mode never ends

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-21` |
| **Status** | `open` |
| **Created** | 2024-01-04 |
| **Updated** | 2025-01-05 |
~~~~

~~~~text
ticket.md:8:17: warning: created 2024-01-04, updated 2025-01-05: one of the years looks wrong [date-anomaly]
~~~~

## Good

~~~~markdown
# Finding Ticket: Snow mode never ends

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-21` |
| **Status** | `closed` |
| **Created** | 2025-03-04 |
| **Updated** | 2025-03-19 |

## Investigation Notes (2025-03-19)

The sensor is under the snow. The sailing of 2026-01-10 is the first one with the new mast.
~~~~
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Annotated, NamedTuple

import msgspec

from ticketaudit.edits import replacing
from ticketaudit.rule import Fix, Level, Problem, Rule, each_ticket
from ticketaudit.rules._phrases import entry, entry_line, quoted, reviewer
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary

#: What stands in these is written after the ticket.
_LATER = frozenset(["review", "investigation", "resolution"])
#: A path with a date in it: whoever cites the file did so on that day or later, and nobody knows when.
_PATH = re.compile(r"[^\W\d_][\w.~-]*/\S*\d{4}")


class Options(msgspec.Struct, frozen=True):
    """Options of date-anomaly."""

    slip: Annotated[int, "How many days beyond whole years still look like one wrong year."] = 7


class _Event(NamedTuple):
    """Something dated besides the ticket itself, and whether it can only come after the ticket.

    ``is_note``: it was written into the ticket on that day.
    """

    date: str
    line: int
    name: str
    follows: bool
    is_note: bool = True


def check(ticket: Ticket, options: Options, vocabulary: Vocabulary) -> Iterator[Problem]:
    """The ticket's own dates first, then one problem per date that does not fit them."""
    events = list(_events(ticket))
    yield from _unreadable(ticket, vocabulary)
    own = _own(ticket, events, options.slip)
    if own:
        yield Problem(entry_line(ticket, "updated", vocabulary), own, subject="updated", mark=ticket.updated)
    told = set()
    for event in events:
        message = _misfit(event, ticket)
        if message and event.date not in told:
            told.add(event.date)
            fixes = _fixes(ticket, events, vocabulary) if event.is_note and _is_later(event, ticket) else ()
            yield Problem(event.line, message, subject=event.date, mark=event.date, fixes=fixes)


def _fixes(ticket: Ticket, events: list[_Event], vocabulary: Vocabulary) -> tuple[Fix, ...]:
    """The day of the last note as that of the last update."""
    updated = entry(ticket, "updated", vocabulary)
    if updated is None or ticket.updated is None:
        return ()
    last = max(event.date for event in events if event.is_note)
    written = ticket.updated if ticket.updated in updated.value else updated.value
    return (Fix(updated.line, replacing(written, last), safe=False),)


def _unreadable(ticket: Ticket, vocabulary: Vocabulary) -> Iterator[Problem]:
    for name, date in (("created", ticket.created), ("updated", ticket.updated)):
        found = entry(ticket, name, vocabulary)
        if found and found.value and date is None:
            message = f"the date `{found.value}` cannot be read"
            yield Problem(found.line, message, subject=name, mark=found.value)


def _own(ticket: Ticket, events: list[_Event], slip: int) -> str | None:
    """What is wrong between creation and last update."""
    created, updated = ticket.created, ticket.updated
    if not created or not updated:
        return None
    if updated < created:
        return f"updated {updated}, before it was created, {created}"
    if _slipped(created, updated, slip) and not any(created < event.date < updated for event in events):
        return f"created {created}, updated {updated}: one of the years looks wrong"
    return None


def _is_later(event: _Event, ticket: Ticket) -> bool:
    return bool(ticket.updated) and event.date > max(ticket.updated or "", ticket.created or "")


def _misfit(event: _Event, ticket: Ticket) -> str | None:
    """What is wrong between a date and those of the ticket."""
    if _is_later(event, ticket):
        return f"{event.name} is later than the last update, {ticket.updated}"
    if ticket.created and event.follows and event.date < ticket.created:
        return f"{event.name} is from before the ticket was created, {ticket.created}"
    return None


def _events(ticket: Ticket) -> Iterator[_Event]:
    """What is dated, the most exact place of a date first."""
    for section in ticket.sections:
        for dated in section.dates:
            # Text may well mention what is older than the ticket; a section that is headed by its date is not.
            follows = section.role in _LATER and dated.line == section.line
            yield _Event(dated.date, dated.line, quoted(dated.text), follows, not _PATH.search(dated.text))
    for review in ticket.reviews:
        if review.date:
            yield _Event(review.date, review.line, f"the review of {reviewer(review)}", True)
    if ticket.resolution and ticket.resolution.date:
        yield _Event(ticket.resolution.date, ticket.resolution.line, "the resolution", True)


def _slipped(created: str, updated: str, slip: int) -> bool:
    """Whether two dates are whole years apart, and at most ``slip`` days more."""
    first, last = datetime.date.fromisoformat(created), datetime.date.fromisoformat(updated)
    years = last.year - first.year
    # 29 February has an anniversary every year: a day more or less does not matter here.
    return years > 0 and 0 <= (last - first).days - round(years * 365.25) <= slip


RULE = Rule(
    "date-anomaly",
    family="lifecycle",
    level=Level.WARNING,
    options=Options,
    check=each_ticket(check),
    manual=__doc__,
    fixes=True,
)
