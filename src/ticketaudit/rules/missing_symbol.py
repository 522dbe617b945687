"""The ticket is about a function or class that its files do not define, and that nothing else in the tree does.

The name is what the next reader searches for. Definitions count, in Python also attributes and what methods set on
their objects; that a file imports a name, or lists it in `__all__`, defines nothing. Words beside the name ("blueprint
registration") are passed over, and a cell that names several symbols is judged one by one.

Python is read by its own parser; JavaScript, TypeScript, Go, Rust, Java, C and C++ by tree-sitter where
`ticketaudit[languages]` is installed; other files by the words in front of a name.

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
| **Function/Class** | `Port.depth()` |
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
ticket.md:14:24: warning: the cited code does not define `Port.depth()` [missing-symbol]
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
| **Function/Class** | `Port.height()` |
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
    """One problem per symbol that is defined nowhere, where the tree has a file to look in."""
    if verified is None or not any(checked.holds for checked in verified.of("path")):
        return
    for checked in verified.of("symbol"):
        cited = checked.cited
        if checked.decisive.outcome is Outcome.MISSING and not checked.holds:
            message = f"the cited code does not define `{cited.text}`"
            yield Problem(cited.line, with_note(message, checked.decisive), subject=cited.text, mark=cited.text)


RULE = Rule(
    "missing-symbol",
    family="code",
    level=Level.WARNING,
    check=each_with_source(check),
    manual=__doc__,
    needs_source=True,
)
