"""The ticket is about a file that the source tree does not have, and did not have when the ticket was written.

Whoever takes the ticket up cannot begin. Often the path has a typing error; sometimes nobody looked, and there never
was such a file. A file that was renamed or deleted since is no business of this rule: `stale-evidence` speaks of the
tickets that are still open.

Paths of somebody's machine are compared from their ends: `/home/mira/tides/src/tides/ports.py` is
`src/tides/ports.py`.

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
| **File(s)** | `src/tides/port_table.py` |
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
ticket.md:13:17: warning: the source tree has no file `src/tides/port_table.py` [missing-file]
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
| **File(s)** | `/home/mira/tides/src/tides/ports.py` |
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
from ticketaudit.rule import Level, NoOptions, Problem, Rule, each_with_source
from ticketaudit.rules._code import with_note
from ticketaudit.ticket import Ticket


def check(ticket: Ticket, verified: Verified | None, options: NoOptions) -> Iterator[Problem]:
    """One problem per file that the ticket says it is about and that is in no tree."""
    for checked in verified.of("path") if verified else ():
        cited = checked.cited
        if cited.origin == "location" and checked.decisive.outcome is Outcome.MISSING and not checked.holds:
            message = f"the source tree has no file `{cited.text}`"
            yield Problem(cited.line, with_note(message, checked.decisive), subject=cited.text, mark=cited.text)


RULE = Rule(
    "missing-file",
    family="code",
    level=Level.WARNING,
    check=each_with_source(check),
    manual=__doc__,
    needs_source=True,
)
