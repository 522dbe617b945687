"""Only the author's own discipline endorses the ticket.

A discipline that reviews what it reported itself reads the code with the same eyes and the same
expectations. Its endorsement is welcome next to others; alone it adds nothing that the ticket did not say
already. Ask somebody who did not write it.

Spellings of one discipline are taken together (`reviewers:` in the vocabulary). Amendments ("refine") of
others count as support; a ticket that nobody endorses is none of this rule's business.

## Bad

~~~~markdown
# Finding Ticket: Radar picture is mirrored

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-NAV-09` |
| **Status** | `open` |
| **Agent** | `navigation` |

## Cross-Review

| Reviewer | Verdict | Evaluation |
|----------|---------|------------|
| `Navigation Specialist` | **ENDORSE** | Confirmed in fog. |
| `operations` | **NEUTRAL** | We have no radar. |
~~~~

~~~~text
ticket.md:13:3: warning: only `Navigation Specialist` endorses, whose discipline reported it [self-review]
~~~~

## Good

~~~~markdown
# Finding Ticket: Radar picture is mirrored

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-NAV-09` |
| **Status** | `open` |
| **Agent** | `navigation` |

## Cross-Review

| Reviewer | Verdict | Evaluation |
|----------|---------|------------|
| `Navigation Specialist` | **ENDORSE** | Confirmed in fog. |
| `operations` | **ENDORSE** | The pier stood on the wrong side at `scope.py:40`. |
~~~~
"""

from __future__ import annotations

from collections.abc import Iterator

from ticketaudit.rule import Level, NoOptions, Problem, Rule, each_ticket
from ticketaudit.rules._phrases import reviewer
from ticketaudit.ticket import Review, Ticket
from ticketaudit.vocabulary import Vocabulary


def check(ticket: Ticket, options: NoOptions, vocabulary: Vocabulary) -> Iterator[Problem]:
    """At most one problem per ticket, at the endorsement."""
    if ticket.agent is None:
        return
    author = vocabulary.discipline(ticket.agent)

    def is_own(review: Review) -> bool:
        return review.reviewer is not None and vocabulary.discipline(review.reviewer) == author

    supporting = [review for review in ticket.reviews if review.verdict in ("endorse", "refine")]
    first = next((review for review in supporting if review.verdict == "endorse"), None)
    if first and all(map(is_own, supporting)):
        message = f"only {reviewer(first)} endorses, whose discipline reported it"
        yield Problem(first.line, message, mark=first.reviewer)


RULE = Rule("self-review", family="review", level=Level.WARNING, check=each_ticket(check), manual=__doc__)
