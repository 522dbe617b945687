"""The ticket cites lines that its file did not have when the ticket was written.

A number that cannot be right says that nobody had the file open: it was copied from elsewhere, or made up. The lines
that the ticket's location names count, and those that its own text cites; reviewers answer for theirs
(`unevidenced-endorsement`).

## Bad

~~~~markdown
# Finding Ticket: Tide offsets are added twice

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-NAV-03` |
| **Status** | `open` |
| **Created** | 2025-03-01 |

## Location

| Field | Value |
|-------|-------|
| **File(s)** | `src/tides/ports.py` |
| **Line(s)** | `6-7, 88-90` |
~~~~

~~~~python and src/tides/ports.py
class Port:
    def __init__(self, name, offset):
        self.name = name
        self.offset = offset

    def height(self, base):
        return base + self.offset


def forget(ports):
    ports.clear()
~~~~

~~~~text
ticket.md:14:23: warning: `src/tides/ports.py` has no lines 88-90: the file has 11 lines [line-out-of-range]
~~~~

## Good

~~~~markdown
# Finding Ticket: Tide offsets are added twice

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-NAV-03` |
| **Status** | `open` |
| **Created** | 2025-03-01 |

## Location

| Field | Value |
|-------|-------|
| **File(s)** | `src/tides/ports.py` |
| **Line(s)** | `6-7` |
~~~~

~~~~python and src/tides/ports.py
class Port:
    def __init__(self, name, offset):
        self.name = name
        self.offset = offset

    def height(self, base):
        return base + self.offset


def forget(ports):
    ports.clear()
~~~~
"""

from __future__ import annotations

from collections.abc import Iterator

from ticketaudit.code.outcome import Outcome
from ticketaudit.code.verified import Verified
from ticketaudit.code.wording import spans
from ticketaudit.rule import Level, NoOptions, Problem, Rule, each_with_source
from ticketaudit.ticket import Ticket


def check(ticket: Ticket, verified: Verified | None, options: NoOptions) -> Iterator[Problem]:
    """One problem per citation of lines that lie outside the file."""
    for checked in verified.of("lines") if verified else ():
        cited, found = checked.cited, checked.decisive
        if cited.is_own and found.outcome is Outcome.MISSING and found.path and not checked.holds:
            many = len(found.lines) > 1 or found.lines[0][0] != found.lines[0][1]
            message = f"`{found.path}` has no line{'s' * many} {spans(found.lines)}: {found.note}"
            yield Problem(cited.line, message, subject=cited.text, mark=str(found.lines[0][0]))


RULE = Rule(
    "line-out-of-range",
    family="code",
    level=Level.WARNING,
    check=each_with_source(check),
    manual=__doc__,
    needs_source=True,
)
