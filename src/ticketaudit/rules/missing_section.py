"""A section that every ticket should have is not there.

A team's template asks the same questions of every finding: where it is, what is wrong, how it is fixed, how
anybody can tell that it is. A section that was dropped is a question that nobody answered, and often the
one that was hard.

A section is known by its role, not by its exact heading: "Suggested Fix" and "Recommended Fix" are one, and
so are the words that the vocabulary adds (`sections:`). What stands inside a review, an investigation or a
resolution belongs to that, and is not the ticket's own.

Which sections are expected is read off the corpus: those that three of four tickets have, but no reviews,
investigations, resolutions and the like, which come later. Where only a few tickets are checked, little is
expected. A team that knows better names the roles in `sections`, or its `template`:

~~~~yaml
rules:
  missing-section:
    sections: [location, description, verification]
~~~~

## Bad

With `sections: [location, summary, description, fix, verification, related]`:

~~~~markdown
# Finding Ticket: Whistle is silent in frost

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-NAV-10` |
| **Status** | `open` |

## Location

`src/saltway/harbour/whistle.py`

## Summary

Below zero the valve does not open.

## Suggested Fix

Heat the valve.

## Verification

- [ ] The whistle sounds at -5 °C
~~~~

~~~~yaml
sections: [location, summary, description, fix, verification, related]
~~~~

~~~~text
ticket.md:1:1: note: there is no section “Detailed Description” [missing-section]
ticket.md:1:1: note: there is no section “Related Findings” [missing-section]
~~~~

## Good

~~~~markdown
# Finding Ticket: Whistle is silent in frost

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-NAV-10` |
| **Status** | `open` |

## Location

`src/saltway/harbour/whistle.py`

## Summary

Below zero the valve does not open.

## Problem

The drain is above the valve, so water stays in it.

## Suggested Fix

Heat the valve.

## Verification

- [ ] The whistle sounds at -5 °C

## Related

None.
~~~~

~~~~yaml
sections: [location, summary, description, fix, verification, related]
~~~~
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

import msgspec

from ticketaudit.corpus import Corpus
from ticketaudit.rule import Comparison, Facts, Known, Level, Noted, Problem, Rule
from ticketaudit.rules._phrases import heading_line
from ticketaudit.rules._usual import usual
from ticketaudit.shape import OneOf
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import ROLES, Vocabulary

#: What other rules ask for, and what only comes later.
_OTHERS = ("metadata", "category", "review", "investigation", "resolution", "sign-off", "history")
#: What may be asked of every ticket from the start.
ASKED = tuple(role for role in ROLES if role not in _OTHERS)

RoleName = Annotated[str, OneOf("role of a section", ROLES)]


class Options(msgspec.Struct, frozen=True):
    """Options of missing-section."""

    sections: Annotated[
        tuple[RoleName, ...] | None,
        "The roles of the sections that every ticket has; without it, those that most have.",
    ] = None


class Present(Facts, frozen=True):
    """The roles of the sections that a ticket has, and those that it may lack, with their usual headings."""

    roles: tuple[str, ...]
    lacking: tuple[tuple[str, str], ...]


def note(ticket: Ticket, options: Options, vocabulary: Vocabulary) -> tuple[Facts, tuple[Problem, ...]] | None:
    """What the ticket has; nothing of a table row, which has no sections that could be missing."""
    if ticket.is_row:
        return None
    roles = _roles(ticket)
    lacking = [role for role in (ASKED if options.sections is None else options.sections) if role not in roles]
    problems = tuple(Problem(heading_line(ticket), "", subject=role) for role in lacking)
    return Present(tuple(sorted(roles)), tuple((role, vocabulary.heading(role)) for role in lacking)), problems


def judge(noted: Sequence[Noted], known: Known, options: Options) -> Iterator[tuple[Noted, int, str]]:
    """One problem per missing section, at the heading."""
    expected = usual(ASKED, [ticket.facts.roles for ticket in noted]) if options.sections is None else options.sections
    for ticket in noted:
        for number, (role, heading) in enumerate(ticket.facts.lacking):
            if role in expected:
                yield ticket, number, f"there is no section “{heading}”"


def usual_sections(corpus: Corpus) -> tuple[str, ...]:
    """The roles of the sections that most tickets have."""
    return usual(ASKED, [_roles(ticket) for ticket in _documents(corpus)])


def _documents(corpus: Corpus) -> list[Ticket]:
    return [ticket for ticket in corpus.tickets if not ticket.is_row]


def _roles(ticket: Ticket) -> set[str]:
    return {section.role for section in ticket.sections if section.role}


RULE = Rule(
    "missing-section",
    family="structure",
    level=Level.NOTE,
    options=Options,
    check=Comparison(Present, note, judge),
    manual=__doc__,
)
