"""A review's verdict is a word that the vocabulary does not know.

Verdicts are counted, and the other rules about reviews ask who endorses and who objects. A verdict that is
none of these ("looks odd", "see above") is counted by nobody: an objection in unusual words would pass
unanswered. Use one of the team's verdicts, or teach the vocabulary the word.

## Bad

~~~~markdown
# Finding Ticket: Car deck lights stay on

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-15` |
| **Status** | `open` |

## Cross-Review

| Reviewer | Verdict | Evaluation |
|----------|---------|------------|
| `navigation` | **HMM** | The watch needs them on until the ramp is up. |
~~~~

~~~~text
ticket.md:12:18: warning: the verdict `HMM` of `navigation` is unknown [unknown-verdict]
~~~~

## Good

~~~~markdown
# Finding Ticket: Car deck lights stay on

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-15` |
| **Status** | `open` |

## Cross-Review

| Reviewer | Verdict | Evaluation |
|----------|---------|------------|
| `navigation` | **OBJECT** | The watch needs them on until the ramp is up. |
~~~~
"""

from __future__ import annotations

from collections.abc import Iterator

from ticketaudit.rule import Level, NoOptions, Problem, Rule, each_ticket
from ticketaudit.rules._phrases import reviewer, speaker
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary


def check(ticket: Ticket, options: NoOptions, vocabulary: Vocabulary) -> Iterator[Problem]:
    """One problem per verdict, where it stands."""
    for review in ticket.reviews:
        if review.verdict == "other":
            message = f"the verdict `{review.verdict_text}` of {reviewer(review)} is unknown"
            yield Problem(
                review.line, message, subject=f"{speaker(review)}: {review.verdict_text}", mark=review.verdict_text
            )


RULE = Rule("unknown-verdict", family="review", level=Level.WARNING, check=each_ticket(check), manual=__doc__)
