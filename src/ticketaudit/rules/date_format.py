"""The date of the ticket is not written as YYYY-MM-DD.

`4 March 2025` sorts behind `12 May 2024`, and `3/4/2025` is one day here and another one there. In the form
YYYY-MM-DD (ISO 8601) dates sort as text, and everybody reads the same day. A date that may be followed by more,
a time or a name, is left as it is.

`--fix` writes the dates anew that can be read in one way only; `date-anomaly` reports the others.

## Bad

~~~~markdown
# Finding Ticket: Fog horn sounds at noon

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-NAV-15` |
| **Status** | `open` |
| **Created** | 4 March 2025 |
~~~~

~~~~text
ticket.md:7:17: note: the date `4 March 2025` is not written as 2025-03-04 [date-format]
~~~~

## Good

~~~~markdown
# Finding Ticket: Fog horn sounds at noon

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-NAV-15` |
| **Status** | `open` |
| **Created** | 2025-03-04 |
| **Updated** | 2025-03-05, by Anna |
~~~~
"""

from __future__ import annotations

from collections.abc import Iterator

from ticketaudit.edits import replacing
from ticketaudit.rule import Fix, Level, NoOptions, Problem, Rule, each_ticket
from ticketaudit.rules._phrases import entry
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary


def check(ticket: Ticket, options: NoOptions, vocabulary: Vocabulary) -> Iterator[Problem]:
    """One problem for each of the two dates of a ticket."""
    for name, date in (("created", ticket.created), ("updated", ticket.updated)):
        found = entry(ticket, name, vocabulary)
        if found is None or date is None or date in found.value:
            continue
        from ticketaudit.extract.dates import dates_in

        read = next((each for each in dates_in(found.value, vocabulary) if each.date == date), None)
        if read:
            written = found.value[read.start : read.end]
            message = f"the date `{written}` is not written as {date}"
            yield Problem(
                found.line, message, subject=name, mark=written, fixes=(Fix(found.line, replacing(written, date)),)
            )


RULE = Rule("date-format", family="text", level=Level.NOTE, check=each_ticket(check), manual=__doc__, fixes=True)
