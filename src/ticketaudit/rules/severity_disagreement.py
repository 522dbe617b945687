"""A reviewer or the team's own conclusion names another severity than the ticket carries.

Severity decides what is fixed first. When a reviewer says P3 and the ticket goes on saying P1, either
the reviewer is wrong and should be answered, or the ticket is and should be re-rated; left alone, the
next person who sorts by severity works on the wrong ticket. The metadata are what gets sorted, so a
downgrade that stands only in the text of an investigation does not help.

Every reviewer who names another severity is reported, and so are the severity that an investigation or a
resolution concludes, and a second one among the metadata. Of the others nothing is said once the ticket was
re-rated to what the team concluded ("Original: P2, revised: P4" on a ticket that says P4): then the reviewers'
question was settled.

## Bad

~~~~markdown
# Finding Ticket: Night rate is charged on day crossings

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-PAY-07` |
| **Severity** | `P1` |

## Cross-Review

| Reviewer | Verdict | Evaluation |
|----------|---------|------------|
| `operations` | **OBJECT** | Only the staff rehearsal calendar does this. Recommend P3. |
~~~~

~~~~text
ticket.md:12:3: warning: `operations` recommends P3, the ticket says P1 [severity-disagreement]
~~~~

The investigation concludes another severity, and the metadata were left as they were:

~~~~markdown
# Finding Ticket: Berth list is sorted by hull length

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-NAV-02` |
| **Severity** | `P2` |

## Investigation Notes

**Severity should be downgraded:** From P2 to P4, the list is only shown to staff.
~~~~

~~~~text
ticket.md:10:47: warning: the investigation concludes P4, the ticket says P2 [severity-disagreement]
~~~~

## Good

The ticket was re-rated to what was concluded, so the older recommendation is settled:

~~~~markdown
# Finding Ticket: Berth list is sorted by hull length

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-NAV-02` |
| **Severity** | `P4` |

## Cross-Review

| Reviewer | Verdict | Evaluation |
|----------|---------|------------|
| `navigation` | **ENDORSE** | Seen on the pier screen. P2 is appropriate. |

## Resolution

### Severity Downgrade

- Original: P2
- Revised: P4
~~~~
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Annotated

import msgspec

from ticketaudit.rule import Level, Problem, Rule, each_ticket
from ticketaudit.rules._phrases import entry_line, listed, other_entries, reviewer, speaker
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary


class Options(msgspec.Struct, frozen=True):
    """Options of severity-disagreement."""

    tolerance: Annotated[int, "How many steps apart on the scale still count as agreement."] = 0


def check(ticket: Ticket, options: Options, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Reviewers first, then what the investigation or the resolution concludes."""
    severity = ticket.severity
    if not severity:
        return

    def agrees(named: tuple[str, ...]) -> bool:
        return any(_steps(name, severity, vocabulary) <= options.tolerance for name in named)

    for other in other_entries(ticket, "severity", vocabulary):
        if vocabulary.severity_rank(other.value) is not None and not agrees((other.value,)):
            first = entry_line(ticket, "severity", vocabulary)
            yield Problem(
                other.line,
                f"the severity is {other.value} here, and {severity} in line {first}",
                subject=f"entry: {other.value}",
                mark=other.value,
            )
    concluded = ticket.resolution.severity if ticket.resolution else ()
    before = ticket.resolution.severity_before if ticket.resolution else None
    re_rated = agrees(concluded) and before is not None and not agrees((before,))
    if not re_rated:
        for review in ticket.reviews:
            if review.severity and not agrees(review.severity):
                yield Problem(
                    review.line,
                    f"{reviewer(review)} recommends {listed(review.severity, 'or')}, the ticket says {severity}",
                    subject=f"{speaker(review)}: {listed(review.severity)}",
                    mark=review.reviewer,
                )
        if ticket.resolution and concluded and not agrees(concluded):
            line = ticket.resolution.severity_line or ticket.resolution.line
            yield Problem(
                line,
                f"the {_part(ticket, line)} concludes {listed(concluded, 'or')}, the ticket says {severity}",
                subject=f"conclusion: {listed(concluded)}",
                mark=concluded[0],
            )


def _steps(one: str, other: str, vocabulary: Vocabulary) -> float:
    """How many steps of the scale two severities are apart; one that is not on it is far from all."""
    first, second = vocabulary.severity_rank(one), vocabulary.severity_rank(other)
    return math.inf if first is None or second is None else abs(first - second)


def _part(ticket: Ticket, line: int) -> str:
    """Which part of the ticket speaks on a line."""
    return "investigation" if ticket.role_at(line) == "investigation" else "resolution"


RULE = Rule(
    "severity-disagreement",
    family="severity",
    level=Level.WARNING,
    options=Options,
    check=each_ticket(check),
    manual=__doc__,
)
