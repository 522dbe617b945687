"""A reviewer endorsed what was later found false.

This is the most useful thing a batch can say about its reviews: here an endorsement was given, and
somebody who looked at the code came to the opposite. Withdraw or answer the endorsement in the ticket, so
that nobody counts it as support, and look at what else the same reviewer endorsed without evidence.

Every endorsing reviewer is reported, also one who took back the endorsement in the same breath. Where the
team examined the claims one by one and at least half of them held, the endorsement stands: it may well be
meant for those.

## Bad

~~~~markdown
# Finding Ticket: Car deck weight is never checked

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-NAV-05` |
| **Status** | `open` |

## Cross-Review

| Reviewer | Verdict | Evaluation |
|----------|---------|------------|
| `operations` | **ENDORSE** | Dangerous, fix before the summer. |
| `navigation` | **NEUTRAL** | Not our module. |

## Resolution

**Status:** Not a bug

The ticket's premise is incorrect. `deck.py:52` refuses to load beyond the limit.
~~~~

~~~~text
ticket.md:12:3: warning: `operations` endorses what line 19 refutes [endorsed-but-refuted]
~~~~

## Good

~~~~markdown
# Finding Ticket: Car deck weight is never checked

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-NAV-05` |
| **Status** | `open` |

## Cross-Review

| Reviewer | Verdict | Evaluation |
|----------|---------|------------|
| `operations` | **NEUTRAL** | Would be dangerous, but I did not find the path. |

## Resolution

**Status:** Not a bug

The ticket's premise is incorrect. `deck.py:52` refuses to load beyond the limit.
~~~~
"""

from __future__ import annotations

from collections.abc import Iterator

from ticketaudit.rule import Level, NoOptions, Problem, Rule, each_ticket
from ticketaudit.rules._phrases import reviewer, speaker
from ticketaudit.rules._refutation import refuted
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary


def check(ticket: Ticket, options: NoOptions, vocabulary: Vocabulary) -> Iterator[Problem]:
    """One problem per endorsing reviewer, at the review."""
    refutation = refuted(ticket)
    if refutation is None or _mostly_held(ticket):
        return
    for review in ticket.reviews:
        if review.verdict == "endorse":
            message = f"{reviewer(review)} endorses what line {refutation.line} refutes"
            yield Problem(review.line, message, subject=speaker(review), mark=review.reviewer)


def _mostly_held(ticket: Ticket) -> bool:
    """Whether claims were examined one by one and at least half of them were not found false."""
    false = sum(claim.status == "false" for claim in ticket.claims)
    return bool(ticket.claims) and 2 * false <= len(ticket.claims)


RULE = Rule("endorsed-but-refuted", family="premise", level=Level.WARNING, check=each_ticket(check), manual=__doc__)
