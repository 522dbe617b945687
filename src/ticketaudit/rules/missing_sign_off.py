"""A closed ticket that nobody signed off.

Closing is the last chance to notice that the wrong thing was fixed, or that the reason for not fixing it
does not hold. A sign-off says who took it: somebody other than the one who did the work read the outcome
and agrees. The discipline that reported the finding is the natural one to ask; where a team insists on it,
`from-author` makes only that sign-off count.

Every closed ticket needs one, also one that is closed without a fix. Reviews from before the work are no
sign-off, and an unnamed "approved" box is none either: nobody can be asked about it.

## Bad

~~~~markdown
# Finding Ticket: Ice warning stays on in June

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-11` |
| **Status** | `closed` |
| **Agent** | `operations` |

## Resolution

**Status:** Won't Fix

The season is over.
~~~~

~~~~text
ticket.md:6:16: note: the status is `closed`, and nobody signed it off [missing-sign-off]
~~~~

## Good

~~~~markdown
# Finding Ticket: Ice warning stays on in June

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-11` |
| **Status** | `closed` |
| **Agent** | `operations` |

## Resolution

**Status:** Won't Fix

### Sign-Off

**Operations:** APPROVED, the sign is taken down in May from now on
~~~~
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import msgspec

from ticketaudit.rule import Level, Problem, Rule, each_ticket
from ticketaudit.rules._phrases import entry_line, listed
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary


class Options(msgspec.Struct, frozen=True):
    """Options of missing-sign-off."""

    from_author: Annotated[bool, "Whether only a sign-off of the discipline counts that reported the finding."] = False


def check(ticket: Ticket, options: Options, vocabulary: Vocabulary) -> Iterator[Problem]:
    """At most one problem per ticket, at its status."""
    if ticket.state != "closed":
        return
    names = [sign_off.name for sign_off in ticket.resolution.sign_offs] if ticket.resolution else []
    line = entry_line(ticket, "status", vocabulary)
    if not names:
        yield Problem(line, f"the status is `{ticket.status}`, and nobody signed it off", mark=ticket.status)
    elif options.from_author and ticket.agent and not _is_among(ticket.agent, names, vocabulary):
        message = f"signed off by {listed(f'`{name}`' for name in names)}, not by `{ticket.agent}`"
        yield Problem(line, message, mark=ticket.status)


def _is_among(agent: str, names: list[str], vocabulary: Vocabulary) -> bool:
    return vocabulary.discipline(agent) in {vocabulary.discipline(name) for name in names}


RULE = Rule(
    "missing-sign-off",
    family="lifecycle",
    level=Level.NOTE,
    options=Options,
    check=each_ticket(check, rows=False),
    manual=__doc__,
)
