"""A ticket concluded as fixed cites no commit.

The commit is what ties the ticket to the code: with it, anybody can see what was changed, whether the tests
came along, and from which release on the finding is gone. Without it they search the history for a change
whose wording they do not know. A ticket that turned out to be fixed already needs the commit even more,
since nobody worked on it under its own number.

Commits count where they are given as the fix: a commit entry, a list of commits, or "fixed in `3f9c2ab`".
The commit that brought the fault in, or one that a reviewer mentions, does not.

## Bad

~~~~markdown
# Finding Ticket: Last boat leaves before it arrives

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-NAV-08` |
| **Status** | `closed` |

## Resolution

**Status:** Fixed

The timetable keeps the date with the hour.
~~~~

~~~~text
ticket.md:10:13: note: the resolution says “Fixed”, and no commit is cited [missing-fix-commit]
~~~~

## Good

~~~~markdown
# Finding Ticket: Last boat leaves before it arrives

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-NAV-08` |
| **Status** | `closed` |

## Resolution

**Status:** Fixed

**Commit:** `3f9c2ab`
~~~~
"""

from __future__ import annotations

from collections.abc import Iterator

from ticketaudit.rule import Level, NoOptions, Problem, Rule, each_ticket
from ticketaudit.rules._phrases import entry_line, quoted
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary


def check(ticket: Ticket, options: NoOptions, vocabulary: Vocabulary) -> Iterator[Problem]:
    """At most one problem per ticket, where it says that it is fixed."""
    resolution = ticket.resolution
    if resolution and resolution.disposition in ("fixed", "already-fixed") and not resolution.commits:
        said = resolution.text or resolution.disposition
        speaker = "status" if resolution.line == entry_line(ticket, "status", vocabulary) else "resolution"
        yield Problem(resolution.line, f"the {speaker} says {quoted(said)}, and no commit is cited", mark=said)


RULE = Rule(
    "missing-fix-commit", family="lifecycle", level=Level.NOTE, check=each_ticket(check, rows=False), manual=__doc__
)
