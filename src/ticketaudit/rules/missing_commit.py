"""The ticket cites a commit that the repository does not have.

"Fixed in 1f0c9aa" is worth as much as the commit. One that does not exist was rewritten by a rebase, belongs to
another repository, or was made up. Where only a part of the history is there (a shallow clone), nothing is said.

## Bad

~~~~markdown
# Finding Ticket: Tide offsets are added twice

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-NAV-03` |
| **Status** | `closed` |
| **Created** | 2025-03-01 |

## Location

| Field | Value |
|-------|-------|
| **File(s)** | `src/tides/ports.py` |

## Resolution

Fixed in commit 1f0c9aa7.
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
ticket.md:17:17: warning: the repository has no commit `1f0c9aa7` [missing-commit]
~~~~

## Good

~~~~markdown
# Finding Ticket: Tide offsets are added twice

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-NAV-03` |
| **Status** | `closed` |
| **Created** | 2025-03-01 |

## Location

| Field | Value |
|-------|-------|
| **File(s)** | `src/tides/ports.py` |

## Resolution

Fixed in commit ad2c05be.
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
from ticketaudit.ticket import Ticket


def check(ticket: Ticket, verified: Verified | None, options: NoOptions) -> Iterator[Problem]:
    """One problem per commit that is not there."""
    for checked in verified.of("commit") if verified else ():
        cited = checked.cited
        if checked.now.outcome is Outcome.MISSING:
            message = f"the repository has no commit `{cited.text}`"
            yield Problem(cited.line, message, subject=cited.text, mark=cited.text)


RULE = Rule(
    "missing-commit",
    family="code",
    level=Level.WARNING,
    check=each_with_source(check),
    manual=__doc__,
    needs_source=True,
)
