"""The ticket is open, and the code that it cites has changed since it was written.

Somebody may have fixed it in passing, or changed what the ticket rests on. Either way the ticket has to be read again
before anybody works on it. The diagnostic names the first commit after which the cited lines do not stand in the file
any more; that they stand elsewhere in it, were indented or got a comment does not count.

The lines count that the ticket names; where it names none, those that it quotes; else the definitions of its symbols.

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
| **File(s)** | `ports.py` |
| **Line(s)** | `6-7` |
~~~~

~~~~python and ports.py on 2025-02-01
class Port:
    def __init__(self, name, offset):
        self.name = name
        self.offset = offset

    def height(self, base):
        return base + self.offset


def forget(ports):
    ports.clear()
~~~~

~~~~python and ports.py on 2025-04-01
class Port:
    def __init__(self, name, offset):
        self.name = name
        self.offset = offset

    def height(self, base):
        return base


def forget(ports):
    ports.clear()
~~~~

~~~~text
ticket.md:14:18: warning: `ports.py:6-7` has changed since it was cited, in 80f4e86d (2025-04-01) [stale-evidence]
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
| **File(s)** | `ports.py` |
| **Line(s)** | `6-7` |
~~~~

~~~~python and ports.py on 2025-02-01
class Port:
    def __init__(self, name, offset):
        self.name = name
        self.offset = offset

    def height(self, base):
        return base + self.offset


def forget(ports):
    ports.clear()
~~~~

~~~~python and ports.py on 2025-04-01
# Ports.
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

from ticketaudit.code.commit import short
from ticketaudit.code.verified import Verified
from ticketaudit.code.wording import spans
from ticketaudit.rule import Level, NoOptions, Problem, Rule, each_with_source
from ticketaudit.ticket import Ticket


def check(ticket: Ticket, verified: Verified | None, options: NoOptions) -> Iterator[Problem]:
    """One problem per place that an open ticket cites and that is not what it was."""
    if verified is None or ticket.state != "open":
        return
    for change in verified.changed or ():
        by = f"in {short(change.commit)}" if change.commit else "but not committed"
        message = f"`{change.path}:{spans(change.lines)}` has changed since it was cited, {by}"
        yield Problem(
            change.line, message, subject=f"{change.path}:{spans(change.lines)}", mark=str(change.lines[0][0])
        )


RULE = Rule(
    "stale-evidence",
    family="code",
    level=Level.WARNING,
    check=each_with_source(check),
    manual=__doc__,
    needs_source=True,
)
