"""The report that the ticket comes from gives the finding another severity.

Somebody changed it on the way, on purpose or by accident, and the ticket does not say why. Where the ticket's own
investigation or resolution concludes the severity that the ticket carries, it does say so, and the rule is silent.

The severity of a finding in a report is the one in its row, else the one that the nearest heading above names. Where
a report contradicts itself, either will do. How reports are found is said under missing-report.

## Bad

~~~~markdown
# Finding Ticket: Ladder fare counts dogs twice

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-PAY-09` |
| **Severity** | `P1` |

## Appendix

**Report file:** `docs/rounds/1-payments.md`
**Section:** "Fares" (F-2)
~~~~

~~~~markdown and docs/rounds/1-payments.md
# Payments, first round

## Fares

### P3: when there is time

| ID | Finding |
|----|---------|
| F-2 | Dogs count twice on the ladder fare |
~~~~

~~~~text
ticket.md:6:18: warning: the ticket says P1, its report P3 (`docs/rounds/1-payments.md`) [report-severity-mismatch]
~~~~

## Good

~~~~markdown
# Finding Ticket: Ladder fare counts dogs twice

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-PAY-09` |
| **Severity** | `P1` |

## Resolution

**Revised severity:** P1, the kennel club travels in June.

## Appendix

**Report file:** `docs/rounds/1-payments.md`
**Section:** "Fares" (F-2)
~~~~

~~~~markdown and docs/rounds/1-payments.md
# Payments, first round

## Fares

| ID | Severity | Finding |
|----|----------|---------|
| F-2 | P3 | Dogs count twice on the ladder fare |
~~~~
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ticketaudit.rule import Comparison, Facts, Known, Level, NoOptions, Noted, Problem, Rule
from ticketaudit.rules._phrases import entry_line, listed
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary


class Rated(Facts, frozen=True):
    """The severity of a ticket, its step on the scale, and the reports with the parts that it comes from."""

    severity: str
    rank: int | None
    reports: tuple[tuple[str, str], ...]


def note(ticket: Ticket, options: NoOptions, vocabulary: Vocabulary) -> tuple[Facts, tuple[Problem, ...]] | None:
    """For each report where the severity stands; nothing where the ticket itself concluded that severity."""
    rank = vocabulary.severity_rank(ticket.severity) if ticket.severity else None
    concluded = ticket.resolution.severity if ticket.resolution else ()
    if not ticket.severity or any(vocabulary.severity_rank(other) == rank for other in concluded):
        return None
    cited = ((each.path, each.report.text) for each in ticket.citations if each.report)
    reports = tuple((path, part) for path, part in cited if path and part)
    line = entry_line(ticket, "severity", vocabulary)
    problems = (Problem(line, "", subject=part, mark=ticket.severity) for _, part in reports)
    return (Rated(ticket.severity, rank, reports), tuple(problems)) if reports else None


def judge(noted: Sequence[Noted], known: Known, options: NoOptions) -> Iterator[tuple[Noted, int, str]]:
    """At most one problem per report, at the ticket's severity."""
    for ticket in noted:
        for number, (path, part) in enumerate(ticket.facts.reports):
            report = known.reports.get(path)
            given = report.severities(part) if report else ()
            if report and given and not any(report.ranks[severity] == ticket.facts.rank for severity in given):
                said = f"the ticket says {ticket.facts.severity}, its report {listed(given, 'or')}"
                yield ticket, number, f"{said} (`{report.path}`)"


RULE = Rule(
    "report-severity-mismatch",
    family="severity",
    level=Level.WARNING,
    check=Comparison(Rated, note, judge),
    manual=__doc__,
)
