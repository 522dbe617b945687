"""The ticket's own text finds a central claim false, and the claim still stands in it.

A ticket is read from the top: title, summary, severity. When the investigation, the resolution or a
reviewer who looked finds that what the summary says is not so, a reader who stops after the summary takes
away the opposite of what the team knows, and so does every report that counts the ticket by its severity.
Correct the summary and the severity, or say in the summary that the claim was refuted.

## Bad

~~~~markdown
# Finding Ticket: Fog delay is never refunded

| Field | Value |
|-------|-------|
| **Ticket ID** | `B2-PAY-05` |
| **Severity** | `P1` |

## Investigation Notes

The ticket's premise is incorrect. Fog refunds are booked by the night job.
~~~~

~~~~text
ticket.md:10:1: error: the premise is refuted: “The ticket's premise is incorrect.” [refuted-premise]
~~~~

A claim was examined and found false:

~~~~markdown
# Finding Ticket: Fog delay is never refunded

| Field | Value |
|-------|-------|
| **Ticket ID** | `B2-PAY-05` |
| **Status** | `open` |

## Description

Fog is no refund reason, and no job books fog refunds.

## Resolution

| Claim | Status | Evidence |
|-------|--------|----------|
| "Fog is no refund reason" | ❌ FALSE | `reasons.py:40` lists it |
| "No job books fog refunds" | ❌ FALSE | `nightly.py:112` does |
~~~~

~~~~text
ticket.md:16:3: error: the claim “Fog is no refund reason” was found false (2 of 2 claims were) [refuted-premise]
~~~~

## Good

~~~~markdown
# Finding Ticket: Fog delay is refunded a day late

| Field | Value |
|-------|-------|
| **Ticket ID** | `B2-PAY-05` |
| **Status** | `open` |

## Investigation Notes

Confirmed: the night job of `nightly.py:112` runs once a day.
~~~~
"""

from __future__ import annotations

from collections.abc import Iterator

from ticketaudit.rule import Level, NoOptions, Problem, Rule, each_ticket
from ticketaudit.rules._refutation import refuted
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary


def check(ticket: Ticket, options: NoOptions, vocabulary: Vocabulary) -> Iterator[Problem]:
    """At most one problem per ticket, where it is refuted."""
    found = refuted(ticket)
    if found:
        yield Problem(found.line, found.saying, mark=found.mark)


RULE = Rule("refuted-premise", family="premise", level=Level.ERROR, check=each_ticket(check), manual=__doc__)
