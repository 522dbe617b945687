"""Nobody but its author has looked at what the ticket claims.

An endorsement that only repeats the ticket adds a name, not knowledge: if the author misread the code, so
does everybody who agrees. The rule fires while no review cites anything that can be checked (a file, a
line, quoted code, a command and its result, a calculation), no claim was examined, and neither an
investigation nor a resolution concludes.

Where nobody has reviewed the ticket yet, this is a note: somebody still will.

## Bad

~~~~markdown
# Finding Ticket: Tide offsets are added twice

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-NAV-03` |
| **Status** | `open` |

## Cross-Review

| Reviewer | Verdict | Evaluation |
|----------|---------|------------|
| `navigation` | **ENDORSE** | Agreed, this would put every departure at risk. |
| `operations` | **ENDORSE** | Serious. Crews rely on these figures. |
~~~~

~~~~text
ticket.md:1:1: warning: endorsed by `navigation` and `operations`, but no review shows evidence [unverified-premise]
~~~~

Nobody has reviewed it yet:

~~~~markdown
# Finding Ticket: Tide offsets are added twice

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-NAV-03` |
| **Status** | `open` |

## Summary

**One-line summary:** Secondary ports get their offset twice.
~~~~

~~~~text
ticket.md:1:1: note: nobody has reviewed it yet [unverified-premise]
~~~~

## Good

~~~~markdown
# Finding Ticket: Tide offsets are added twice

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-NAV-03` |
| **Status** | `open` |

## Cross-Review

| Reviewer | Verdict | Evaluation |
|----------|---------|------------|
| `navigation` | **ENDORSE** | `src/tides/ports.py:88` adds it, `table.py:31` adds it again. |
~~~~
"""

from __future__ import annotations

from collections.abc import Iterator

from ticketaudit.code.evidence import shows_something
from ticketaudit.code.verified import Verified
from ticketaudit.rule import Level, NoOptions, Problem, Rule, each_with_source
from ticketaudit.rules._phrases import heading_line, listed, reviewer
from ticketaudit.ticket import Ticket


def check(ticket: Ticket, verified: Verified | None, options: NoOptions) -> Iterator[Problem]:
    """At most one problem per ticket, at its heading."""
    if _was_examined(ticket, verified):
        return
    line = heading_line(ticket)
    endorsing = [review for review in ticket.reviews if review.verdict == "endorse"]
    if endorsing:
        yield Problem(line, f"endorsed by {listed(map(reviewer, endorsing))}, but no review shows evidence")
    elif ticket.reviews:
        yield Problem(line, f"reviewed by {listed(map(reviewer, ticket.reviews))}, but no review shows evidence")
    else:
        yield Problem(line, "nobody has reviewed it yet", level=Level.NOTE)


def _was_examined(ticket: Ticket, verified: Verified | None) -> bool:
    """Whether anybody but the author looked: by evidence, claim by claim, or to a conclusion."""
    concluded = ticket.resolution is not None and ticket.resolution.disposition is not None
    shown = any(shows_something(review, verified) for review in ticket.reviews)
    return bool(ticket.premise == "refuted" or concluded or ticket.claims or shown)


RULE = Rule(
    "unverified-premise",
    family="premise",
    level=Level.WARNING,
    check=each_with_source(check, rows=False),
    manual=__doc__,
)
