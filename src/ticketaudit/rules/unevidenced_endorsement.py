"""A reviewer endorses the ticket and shows nothing that was looked at.

"Agreed, this is serious" repeats the ticket's claim in another voice. If the author misread the code, so
does everybody who trusts the author, and the batch counts one mistake as several confirmations. A reviewer
who looked can say where: a file and a line, the code as it stands, a command and what it printed, a sum
with its own numbers. To repeat the code that the ticket quotes is no sign of having looked.

Only endorsements are reported. An objection or an amendment without evidence is weak as well, but it sends
the next reader to the code, where an endorsement sends them away.

Where there is a source tree, a line or a piece of code that does not stand there, and did not when the ticket was
written, is no evidence: whoever cites it has not looked.

`unverified-premise` speaks up where nobody has looked at all; this rule names the reviewers.

## Bad

~~~~markdown
# Finding Ticket: Tide offsets are added twice

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-NAV-03` |
| **Status** | `open` |

## Cross-Review

| Reviewer | Verdict | Evaluation |
|----------|---------|------------|
| `operations` | **ENDORSE** | Serious. Crews rely on these figures. |
~~~~

~~~~text
ticket.md:12:3: warning: `operations` endorses without showing what was looked at [unevidenced-endorsement]
~~~~

## Good

~~~~markdown
# Finding Ticket: Tide offsets are added twice

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-NAV-03` |
| **Status** | `open` |

## Cross-Review

| Reviewer | Verdict | Evaluation |
|----------|---------|------------|
| `operations` | **ENDORSE** | `src/tides/ports.py:88` adds it, `table.py:31` adds it again. |
~~~~
"""

from __future__ import annotations

from collections.abc import Iterator

from ticketaudit.code.evidence import refuted_evidence, shows_something
from ticketaudit.code.verified import Verified
from ticketaudit.rule import Level, NoOptions, Problem, Rule, each_with_source
from ticketaudit.rules._phrases import listed, reviewer, speaker
from ticketaudit.ticket import Ticket


def check(ticket: Ticket, verified: Verified | None, options: NoOptions) -> Iterator[Problem]:
    """One problem per endorsement without evidence, at the review."""
    for review in ticket.reviews:
        if review.verdict != "endorse" or shows_something(review, verified):
            continue
        message = f"{reviewer(review)} endorses without showing what was looked at"
        refuted = list(dict.fromkeys(evidence.text for evidence in refuted_evidence(review, verified)))
        if refuted:
            shown = listed(f"`{text}`" for text in refuted)
            message = f"{reviewer(review)} endorses, but {shown} {'is' if len(refuted) == 1 else 'are'} not in the code"
        yield Problem(review.line, message, subject=speaker(review), mark=review.reviewer)


RULE = Rule(
    "unevidenced-endorsement", family="review", level=Level.WARNING, check=each_with_source(check), manual=__doc__
)
