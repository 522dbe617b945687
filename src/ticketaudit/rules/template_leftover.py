"""A placeholder of the template is still there.

The template's "[describe the impact]" was meant to be replaced. Where it stands, the author skipped the
question, and a reader who skims takes the section for filled in.

Square brackets around an instruction, `YYYY-MM-DD`, a lone "TBD" or "(pending)", words in braces and
`path/to/…` are placeholders. Code blocks are left alone: braces and brackets mean something there.

## Bad

~~~~markdown
# Finding Ticket: Tannoy repeats the last word

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-20` |
| **Status** | `open` |

## Detailed Description

### Why This Matters

[Explain what a passenger would notice]

## Resolution

| Field | Value |
|-------|-------|
| **Commit** | (pending) |
~~~~

~~~~text
ticket.md:12:1: note: the template's “[Explain what a passenger would notice]” is still there [template-leftover]
ticket.md:18:16: note: the template's “(pending)” is still there [template-leftover]
~~~~

## Good

~~~~markdown
# Finding Ticket: Tannoy repeats the last word

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-20` |
| **Status** | `open` |

## Detailed Description

### Why This Matters

Passengers for the second stop hear [sic] "Blåvik, vik" and get off at the first.
~~~~
"""

from __future__ import annotations

from collections.abc import Iterator

from ticketaudit.rule import Level, NoOptions, Problem, Rule, each_ticket
from ticketaudit.rules._phrases import quoted
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary


def check(ticket: Ticket, options: NoOptions, vocabulary: Vocabulary) -> Iterator[Problem]:
    """One problem per placeholder, where it stands."""
    for section in ticket.sections:
        for left in section.placeholders:
            message = f"the template's {quoted(left.text)} is still there"
            yield Problem(left.line, message, subject=left.text, mark=left.text)


RULE = Rule("template-leftover", family="structure", level=Level.NOTE, check=each_ticket(check), manual=__doc__)
