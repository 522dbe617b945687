"""The ticket says that something is unused, dead or never called, and the code uses it.

Whoever trusts the ticket deletes what is needed. Uses count outside the definition itself; imports, the names in
`__all__`, comments and tests are told apart and do not. Where other things have the same name and nothing says which
of them is used, nothing is said either. A claim about a part of the code ("in the main path") is left to people, one
about a folder (`never read in src/`) is looked up there.

Claims count that the ticket's author makes. "Never set" is about what is assigned or passed by keyword, an unused
parameter about the functions of the cited files that take it.

## Bad

~~~~markdown
# Finding Ticket: Ports are never wiped

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-NAV-03` |
| **Status** | `open` |
| **Created** | 2025-03-01 |

## Location

| Field | Value |
|-------|-------|
| **File(s)** | `ports.py` |
| **Function/Class** | `wipe()` |

## Summary

**One-line summary:** `wipe()` is never called.
~~~~

~~~~python and ports.py
class Port:
    def __init__(self, name, offset):
        self.name = name
        self.offset = offset

    def height(self, base):
        return base + self.offset


def wipe(ports):
    ports.clear()
~~~~

~~~~python and app.py
from ports import wipe


def close(ports):
    wipe(ports)
~~~~

~~~~text
ticket.md:18:24: warning: `wipe` is used in app.py:5; defined in ports.py:10; imported in app.py:1 [contradicted-usage]
~~~~

## Good

~~~~markdown
# Finding Ticket: Ports are never wiped

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-NAV-03` |
| **Status** | `open` |
| **Created** | 2025-03-01 |

## Location

| Field | Value |
|-------|-------|
| **File(s)** | `ports.py` |
| **Function/Class** | `wipe()` |

## Summary

**One-line summary:** `wipe()` is never called.
~~~~

~~~~python and ports.py
class Port:
    def __init__(self, name, offset):
        self.name = name
        self.offset = offset

    def height(self, base):
        return base + self.offset


def wipe(ports):
    ports.clear()
~~~~

~~~~python and tests/test_ports.py
from ports import wipe


def test_wipe():
    wipe([])
~~~~
"""

from __future__ import annotations

from collections.abc import Iterator

from ticketaudit.code.outcome import Outcome
from ticketaudit.code.verified import Verified
from ticketaudit.rule import Level, NoOptions, Problem, Rule, each_with_source
from ticketaudit.ticket import Ticket


def check(ticket: Ticket, verified: Verified | None, options: NoOptions) -> Iterator[Problem]:
    """One problem per thing that the author says is not used and that was when the ticket was written."""
    said = set()
    for checked in verified.of("usage") if verified else ():
        cited, found = checked.cited, checked.decisive
        if cited.is_own and found.outcome is Outcome.CONTRADICTED and cited.symbol not in said:
            said.add(cited.symbol)
            yield Problem(
                cited.line, f"`{cited.symbol}` is {found.note}", subject=cited.symbol or "", mark=cited.symbol
            )


RULE = Rule(
    "contradicted-usage",
    family="code",
    level=Level.WARNING,
    check=each_with_source(check),
    manual=__doc__,
    needs_source=True,
)
