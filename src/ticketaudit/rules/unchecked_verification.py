"""A closed ticket whose verification boxes are not all checked.

The verification list says what has to be seen before the work counts as done. A ticket that is closed, or
resolved as fixed, with boxes left open says two things at once: that it is done, and that nobody looked.
Check what was verified, and strike out (`~~text~~`) what no longer applies.

A ticket whose status itself says that nothing was changed (won't fix, invalid, duplicate) has nothing to
verify; a plain "closed" does not say so.

## Bad

~~~~markdown
# Finding Ticket: Refund is booked twice

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-PAY-03` |
| **Status** | `closed` |

## Verification

- [x] One refund row per cancelled booking
- [ ] Replay the storm day of March
- [ ] Ask payments to reconcile the month
~~~~

~~~~text
ticket.md:11:3: error: the ticket is closed, 2 of 3 verification boxes are unchecked [unchecked-verification]
~~~~

## Good

~~~~markdown
# Finding Ticket: Refund is booked twice

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-PAY-03` |
| **Status** | `closed` |

## Verification

- [x] One refund row per cancelled booking
- [x] Replay the storm day of March
- [ ] ~~Ask payments to reconcile the month~~ the month was not closed yet
~~~~
"""

from __future__ import annotations

from collections.abc import Iterator

from ticketaudit.rule import Level, NoOptions, Problem, Rule, each_ticket
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary


def check(ticket: Ticket, options: NoOptions, vocabulary: Vocabulary) -> Iterator[Problem]:
    """One problem per ticket, at the first open box."""
    why = _why_done(ticket, vocabulary)
    boxes = [item for checklist in ticket.checklists if checklist.role == "verification" for item in checklist.items]
    unchecked = [item for item in boxes if not item.checked and not item.struck_out]
    if why and unchecked:
        message = f"{why}, {_count(len(unchecked), len(boxes))} unchecked"
        yield Problem(unchecked[0].line, message, mark="[ ]")


def _why_done(ticket: Ticket, vocabulary: Vocabulary) -> str | None:
    """What says that the work is done, if anything does."""
    status = ticket.status if ticket.state == "closed" else None
    if status and vocabulary.disposition(status) in (None, "fixed", "already-fixed"):
        return f"the ticket is {status}"
    if ticket.resolution and ticket.resolution.disposition in ("fixed", "already-fixed"):
        return f"the resolution says {ticket.resolution.disposition}"
    return None


def _count(unchecked: int, boxes: int) -> str:
    if boxes == 1:
        return "its verification box is"
    return f"{unchecked} of {boxes} verification boxes {'is' if unchecked == 1 else 'are'}"


RULE = Rule(
    "unchecked-verification", family="verification", level=Level.ERROR, check=each_ticket(check), manual=__doc__
)
