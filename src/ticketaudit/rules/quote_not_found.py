"""The ticket quotes code that stands nowhere in the file that it cites.

A premise that rests on code which nobody wrote is no premise. Layout, comments, what the author left out (with `...` or
without) and line breaks do not count. Code that stands there in other words is not reported unless `reworded` is set:
much of that is a quotation from memory, and what it is about is there. Nor is code reported that stood there once and
was changed since (`stale-evidence`), or what is proposed as a fix.

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

## Code Evidence

```python
# src/tides/ports.py:6-7
def ebb(self, moon, weather):
    lowest = moon.pull(self.basin) - weather.pressure
    return max(lowest, self.seabed)
```
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
ticket.md:19:1: warning: the quoted code does not stand in `src/tides/ports.py` [quote-not-found]
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

## Code Evidence

```python
# src/tides/ports.py:6-7
def height(self, base):
    return base + self.offset  # the table has it already
```
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
from typing import Annotated

import msgspec

from ticketaudit.code.outcome import Outcome
from ticketaudit.code.verified import Checked, Verified
from ticketaudit.rule import Level, Problem, Rule, each_with_source
from ticketaudit.rules._code import has_file, where
from ticketaudit.ticket import Ticket


class Options(msgspec.Struct, frozen=True):
    """The options of the rule."""

    reworded: Annotated[bool, "Report also what stands there in other words."] = False


def check(ticket: Ticket, verified: Verified | None, options: Options) -> Iterator[Problem]:
    """One problem per quotation of the ticket's own that stands nowhere in the cited file."""
    if verified is None:
        return
    for checked in verified.of("quote"):
        cited = checked.cited
        message = _message(checked, options) if cited.is_own and has_file(checked, verified) else None
        if message:
            yield Problem(cited.line, message, subject=cited.text)


def _message(checked: Checked, options: Options) -> str | None:
    cited, found = checked.cited, checked.decisive
    if not cited.paths:
        return None
    if found.outcome is Outcome.MISSING and not checked.holds:
        return f"the quoted code does not stand in `{cited.paths[0]}`"
    if found.outcome is Outcome.MOVED and checked.is_elsewhere:
        return f"the quoted code does not stand in `{cited.paths[0]}`: it stands in {where(found)}"
    if options.reworded and found.outcome is Outcome.DRIFTED:
        return f"the quoted code stands in other words in {where(found)}: {found.note}"
    return None


RULE = Rule(
    "quote-not-found",
    family="code",
    level=Level.WARNING,
    check=each_with_source(check),
    manual=__doc__,
    options=Options,
    needs_source=True,
)
