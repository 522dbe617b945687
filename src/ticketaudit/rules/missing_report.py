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

from collections.abc import Iterator, Sequence

from ticketaudit.origins import named_in
from ticketaudit.rule import Comparison, Facts, Known, Level, NoOptions, Noted, Problem, Rule
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary


class Cites(Facts, frozen=True):
    """The reports that a ticket comes from: the path of each, the part of it that is named, and what is named there."""

    reports: tuple[tuple[str, str | None, tuple[str, ...]], ...]


def note(ticket: Ticket, options: NoOptions, vocabulary: Vocabulary) -> tuple[Facts, tuple[Problem, ...]] | None:
    """For each report: where its path stands, and then where each name of its part does."""
    reports, problems = [], []
    for citation in ticket.citations:
        if citation.report and citation.path:
            part = citation.report
            names = named_in(part.text) if part.text else ()
            reports.append((citation.path, part.text, names))
            problems.append(Problem(citation.line, "", subject=citation.path, mark=citation.path))
            problems += [Problem(part.line, "", subject=name, mark=name) for name in names]
    return (Cites(tuple(reports)), tuple(problems)) if reports else None


def judge(noted: Sequence[Noted], known: Known, options: NoOptions) -> Iterator[tuple[Noted, int, str]]:
    """One problem per report that was looked for, at its path or at the name of its part."""
    for ticket in noted:
        number = 0
        for path, part, names in ticket.facts.reports:
            report = known.reports.get(path)
            if path in known.reports and report is None:
                yield ticket, number, f"the report `{path}` is not there"
            elif report and part and (missing := report.missing(part)):
                yield ticket, number + 1 + names.index(missing), f"`{report.path}` has no “{missing}”"
            number += 1 + len(names)


RULE = Rule(
    "missing-report", family="reference", level=Level.WARNING, check=Comparison(Cites, note, judge), manual=__doc__
)
