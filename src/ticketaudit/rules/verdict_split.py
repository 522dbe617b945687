"""Some reviewers endorse the ticket and others object to it.

A split says that at least one reviewer is mistaken about the same lines of code. Counting votes does not
settle it; somebody has to look. Until then the ticket should neither be worked on nor be closed as though
everybody agreed.

A verdict that accepts the finding with changes ("refine") counts as an endorsement here. Neutral verdicts
take no side.

## Bad

~~~~markdown
# Finding Ticket: Gangway sensor is read twice

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-04` |
| **Status** | `open` |

## Cross-Review

| Reviewer | Verdict | Evaluation |
|----------|---------|------------|
| `navigation` | **ENDORSE** | The second read can see another deck height. |
| `payments` | **NEUTRAL** | Nothing to do with fares. |
| `operations` | **OBJECT** | The sensor latches its value for a second. |
~~~~

~~~~text
ticket.md:14:3: warning: `operations` objects, `navigation` endorses [verdict-split]
~~~~

## Good

~~~~markdown
# Finding Ticket: Gangway sensor is read twice

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-04` |
| **Status** | `open` |

## Cross-Review

| Reviewer | Verdict | Evaluation |
|----------|---------|------------|
| `navigation` | **ENDORSE** | The second read can see another deck height. |
| `operations` | **NEUTRAL** | The sensor latches its value for a second, so it is rare. |
~~~~
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ticketaudit.rule import Level, NoOptions, Problem, Rule, each_ticket
from ticketaudit.rules._phrases import listed, reviewer
from ticketaudit.ticket import Ticket, Verdict
from ticketaudit.vocabulary import Vocabulary

_SIDES: Final[tuple[Verdict, ...]] = ("object", "endorse", "refine")


def check(ticket: Ticket, options: NoOptions, vocabulary: Vocabulary) -> Iterator[Problem]:
    """One problem per ticket, at the first objection."""
    verdicts = {review.verdict for review in ticket.reviews}
    if "object" in verdicts and verdicts & {"endorse", "refine"}:
        first = next(review for review in ticket.reviews if review.verdict == "object")
        message = ", ".join(_say(ticket, verdict) for verdict in _SIDES if verdict in verdicts)
        yield Problem(first.line, message, mark=first.reviewer)


def _say(ticket: Ticket, verdict: Verdict) -> str:
    """Who gave a verdict: "`a` and `b` endorse"."""
    names = [reviewer(review) for review in ticket.reviews if review.verdict == verdict]
    return f"{listed(names)} {verdict}{'s' if len(names) == 1 else ''}"


RULE = Rule("verdict-split", family="review", level=Level.WARNING, check=each_ticket(check), manual=__doc__)
