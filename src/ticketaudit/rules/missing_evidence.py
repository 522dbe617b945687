"""The ticket offers nothing to check its central claim by.

"The docstring lists the parameters in another order" may be true, but of which function, and since when? A
reader who wants to know has to do the author's work again, and a reviewer is tempted to agree instead. One
line number, the code as it stands, or what a command printed is enough to look.

The rule reads the ticket's own sections: its location, its summary, its description. Code in the recommended
fix shows what should be, not what is; reviews, investigation and resolution are other people's evidence
(`unverified-premise` asks for that). These count:

- lines in the location, or a file with its lines anywhere in the text
- a code block, unless all that stands in it are comments without a place
- a commit, a link

A file without a line does not count, and neither does the name of a function.

## Bad

~~~~markdown
# Finding Ticket: Fog bank delays are booked as storms

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-18` |
| **Status** | `open` |

## Location

| Field | Value |
|-------|-------|
| **File(s)** | `src/saltway/notices/delay.py` |
| **Line(s)** | various |

## Detailed Description

The reasons for delays are mixed up.

## Recommended Fix

```python
REASONS = {"fog": Reason.FOG}
```
~~~~

~~~~text
ticket.md:1:1: warning: no line, no code and no output backs the claim [missing-evidence]
~~~~

## Good

~~~~markdown
# Finding Ticket: Fog bank delays are booked as storms

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-18` |
| **Status** | `open` |

## Location

| Field | Value |
|-------|-------|
| **File(s)** | `src/saltway/notices/delay.py` |
| **Line(s)** | various |

## Detailed Description

The reasons for delays are mixed up: `delay.py:27` reads the wind whatever the reason.
~~~~
"""

from __future__ import annotations

from collections.abc import Iterator

from ticketaudit.rule import Level, NoOptions, Problem, Rule, each_ticket
from ticketaudit.rules._phrases import heading_line
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary

#: What stands in these is not what the ticket's claim rests on.
_ELSEWHERE = frozenset(["fix", "verification", "related", "review", "investigation", "resolution", "appendix"])


def check(ticket: Ticket, options: NoOptions, vocabulary: Vocabulary) -> Iterator[Problem]:
    """At most one problem per ticket, at its heading."""
    if not any(location.lines for location in ticket.locations) and not _shows_something(ticket):
        yield Problem(heading_line(ticket), "no line, no code and no output backs the claim")


def _shows_something(ticket: Ticket) -> bool:
    code = (code.line for code in ticket.code if code.cites or not code.comments_only)
    references = (
        citation.line for citation in ticket.citations if citation.lines or citation.kind in ("commit", "url")
    )
    return any(ticket.role_at(line) not in _ELSEWHERE for line in (*code, *references))


RULE = Rule(
    "missing-evidence", family="premise", level=Level.WARNING, check=each_ticket(check, rows=False), manual=__doc__
)
