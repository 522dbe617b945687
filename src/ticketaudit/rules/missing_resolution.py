"""A closed ticket, and nothing says how it ended.

"Closed" tells that nobody works on it any more. It does not tell whether the finding was fixed, was none,
or was given up, and that is what the next person needs who meets the same lines of code, and what every
count of a batch is about. Say it in a resolution section, in the metadata (`Resolution`), or by a status
that names the outcome.

A resolution section that holds text counts, also where its words name no outcome that the vocabulary knows;
a heading with nothing under it does not.

## Bad

~~~~markdown
# Finding Ticket: Seagull counted as foot passenger

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-12` |
| **Status** | `closed` |

## Resolution

<!-- what was done? -->
~~~~

~~~~text
ticket.md:6:16: warning: the status is `closed`, and nothing says how it ended [missing-resolution]
~~~~

## Good

~~~~markdown
# Finding Ticket: Seagull counted as foot passenger

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-12` |
| **Status** | `closed` |

## Resolution

The sensor ignores everything below one metre since the autumn.
~~~~
"""

from __future__ import annotations

from collections.abc import Iterator

from ticketaudit.rule import Level, NoOptions, Problem, Rule, each_ticket
from ticketaudit.rules._phrases import entry_line
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary


def check(ticket: Ticket, options: NoOptions, vocabulary: Vocabulary) -> Iterator[Problem]:
    """At most one problem per ticket, at its status."""
    if ticket.state == "closed" and not _says_how(ticket):
        line = entry_line(ticket, "status", vocabulary)
        yield Problem(line, f"the status is `{ticket.status}`, and nothing says how it ended", mark=ticket.status)


def _says_how(ticket: Ticket) -> bool:
    named = ticket.resolution is not None and ticket.resolution.disposition is not None
    return named or any(section.role == "resolution" and not section.empty for section in ticket.sections)


RULE = Rule(
    "missing-resolution", family="lifecycle", level=Level.WARNING, check=each_ticket(check, rows=False), manual=__doc__
)
