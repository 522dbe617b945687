"""The ticket quotes code that stands elsewhere in the cited file than the ticket said when it was written.

The claim may hold; the line numbers send the reader astray. Five lines more or less do not count.

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
# src/tides/ports.py:60-61
def height(self, base):
    return base + self.offset
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
ticket.md:19:1: note: the quoted code stands in `src/tides/ports.py:6-7`, not on 60-61 [moved-quote]
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

from ticketaudit.code.outcome import Outcome
from ticketaudit.code.verified import Verified
from ticketaudit.code.wording import spans
from ticketaudit.rule import Level, NoOptions, Problem, Rule, each_with_source
from ticketaudit.rules._code import where
from ticketaudit.ticket import Ticket


def check(ticket: Ticket, verified: Verified | None, options: NoOptions) -> Iterator[Problem]:
    """One problem per quotation that says on which lines it stands and stands on others."""
    for checked in verified.of("quote") if verified else ():
        cited, found = checked.cited, checked.decisive
        if cited.is_own and cited.places_itself and found.outcome is Outcome.MOVED and not checked.is_elsewhere:
            message = f"the quoted code stands in {where(found)}, not on {spans(cited.lines)}"
            yield Problem(cited.line, message, subject=cited.text)


RULE = Rule(
    "moved-quote",
    family="code",
    level=Level.NOTE,
    check=each_with_source(check),
    manual=__doc__,
    needs_source=True,
)
