"""The report that the ticket comes from, or its part, is not there.

The report is where the finding was made: it holds what the ticket left out, and the severity that its author gave
it first. Reports are moved and renamed more often than tickets are edited.

A report is looked for below the root of the repository, else below the folder that holds the tickets. One that
was moved is found by the longest end that its path has in common with the path in the ticket, at least the file's
name. The part is found where a line of the report has its words, or where the report has an entry of that name.

## Bad

~~~~markdown
# Finding Ticket: Ice patrol map is upside down

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-NAV-11` |
| **Status** | `open` |

## Appendix

**Report file:** `docs/rounds/1-navgation.md`
~~~~

~~~~text
ticket.md:10:18: warning: the report `docs/rounds/1-navgation.md` is not there [missing-report]
~~~~

The part has another name now:

~~~~markdown
# Finding Ticket: Ice patrol map is upside down

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-NAV-11` |
| **Status** | `open` |

## Appendix

**Report file:** `docs/rounds/1-navigation.md`
**Section:** "Charts and maps"
~~~~

~~~~markdown and archive/rounds/1-navigation.md
# Navigation, first round

## Maps
~~~~

~~~~text
ticket.md:11:15: warning: `archive/rounds/1-navigation.md` has no “Charts and maps” [missing-report]
~~~~

## Good

~~~~markdown
# Finding Ticket: Ice patrol map is upside down

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-NAV-11` |
| **Status** | `open` |

## Appendix

**Report file:** `docs/rounds/1-navigation.md`
**Section:** "Maps" (N-4)
~~~~

~~~~markdown and archive/rounds/1-navigation.md
# Navigation, first round

## Maps

| ID | Severity | Finding |
|----|----------|---------|
| N-4 | P3 | The ice patrol's map is shown with south on top |
~~~~
"""

from __future__ import annotations

from collections.abc import Iterator

from ticketaudit.corpus import Corpus
from ticketaudit.rule import Level, NoOptions, Problem, Rule
from ticketaudit.ticket import Ticket


def check(corpus: Corpus, options: NoOptions) -> Iterator[tuple[Ticket, Problem]]:
    """One problem per report that was looked for, at its path or at the name of its part."""
    for ticket in corpus.tickets:
        for citation, part, report in corpus.reports_of(ticket):
            if report is None:
                message = f"the report `{citation.path}` is not there"
                yield ticket, Problem(citation.line, message, subject=citation.path or "", mark=citation.path)
            elif part.text and (missing := report.missing(part.text)):
                message = f"`{report.path}` has no “{missing}”"
                yield ticket, Problem(part.line, message, subject=missing, mark=missing)


RULE = Rule("missing-report", family="reference", level=Level.WARNING, check=check, manual=__doc__)
