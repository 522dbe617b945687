"""A reviewer objects, and nothing that comes later in the ticket answers.

An objection is the cheapest warning that a team gets: somebody who knows the matter says that the finding
is wrong, misplaced or not worth it. Left standing, it is read by nobody, and the next person who picks the
ticket up finds out again.

These answer an objection:

- an investigation or a resolution further down that says something. One that stands above the review was
  there when the reviewer objected, so it is no answer;
- a closed ticket that nobody fixed (won't fix, not a bug, duplicate, already fixed): the objection was
  taken;
- a later review of the same discipline that no longer objects.

Other reviewers who agree or disagree do not settle the matter: that is a discussion, not a decision.

## Bad

~~~~markdown
# Finding Ticket: Kiosk accepts coins of two countries

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-PAY-06` |
| **Status** | `open` |

## Cross-Review

| Reviewer | Verdict | Evaluation |
|----------|---------|------------|
| `operations` | **OBJECT** | On purpose since the new line across the border. |
| `navigation` | **ENDORSE** | `coins.py:31` takes both. |
~~~~

~~~~text
ticket.md:12:3: warning: `operations` objects, and nothing later in the ticket answers [unanswered-objection]
~~~~

## Good

~~~~markdown
# Finding Ticket: Kiosk accepts coins of two countries

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-PAY-06` |
| **Status** | `open` |

## Cross-Review

| Reviewer | Verdict | Evaluation |
|----------|---------|------------|
| `operations` | **OBJECT** | On purpose since the new line across the border. |

## Investigation Notes

On that line, yes. The kiosk on Gull Rock takes them as well, and nobody can change them there.
~~~~
"""

from __future__ import annotations

from collections.abc import Iterator

from ticketaudit.rule import Level, NoOptions, Problem, Rule, each_ticket
from ticketaudit.rules._phrases import reviewer, speaker
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary


def check(ticket: Ticket, options: NoOptions, vocabulary: Vocabulary) -> Iterator[Problem]:
    """One problem per objecting reviewer, at the review."""
    if _was_taken(ticket):
        return
    answer = _last_answer(ticket)
    others = {
        vocabulary.discipline(review.reviewer): index
        for index, review in enumerate(ticket.reviews)
        if review.reviewer is not None and review.verdict != "object"
    }
    for index, review in enumerate(ticket.reviews):
        came_to = others.get(vocabulary.discipline(review.reviewer), -1) if review.reviewer is not None else -1
        if review.verdict == "object" and review.line >= answer and index > came_to:
            message = f"{reviewer(review)} objects, and nothing later in the ticket answers"
            yield Problem(review.line, message, subject=speaker(review), mark=review.reviewer)


def _was_taken(ticket: Ticket) -> bool:
    """Whether the ticket ended as an objection would have it: closed, and not by a fix."""
    concluded = ticket.resolution.disposition if ticket.resolution else None
    return ticket.state == "closed" and concluded not in (None, "fixed")


def _last_answer(ticket: Ticket) -> int:
    """The line of the last investigation or resolution: it answers the objections above it."""
    sections = (section for section in ticket.sections if section.role in ("investigation", "resolution"))
    return max((section.line for section in sections if not section.empty), default=0)


RULE = Rule("unanswered-objection", family="review", level=Level.WARNING, check=each_ticket(check), manual=__doc__)
