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

from collections.abc import Iterable, Iterator

from ticketaudit.corpus import Corpus
from ticketaudit.rule import Level, NoOptions, Problem, Rule
from ticketaudit.rules._phrases import entry_line, listed
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary


def check(corpus: Corpus, options: NoOptions) -> Iterator[tuple[Ticket, Problem]]:
    """At most one problem per report, at the ticket's severity."""
    vocabulary = corpus.vocabulary
    for ticket in corpus.tickets:
        concluded = ticket.resolution.severity if ticket.resolution else ()
        if not ticket.severity or _among(ticket.severity, concluded, vocabulary):
            continue
        for _, part, report in corpus.reports_of(ticket):
            if not report or not part.text:
                continue
            given = report.severities(part.text)
            if given and not _among(ticket.severity, given, vocabulary):
                line = entry_line(ticket, "severity", vocabulary)
                message = f"the ticket says {ticket.severity}, its report {listed(given, 'or')} (`{report.path}`)"
                yield ticket, Problem(line, message, subject=part.text, mark=ticket.severity)


def _among(severity: str, others: Iterable[str], vocabulary: Vocabulary) -> bool:
    """Whether one of several severities means the same step of the scale."""
    rank = vocabulary.severity_rank(severity)
    return any(vocabulary.severity_rank(other) == rank for other in others)


RULE = Rule("report-severity-mismatch", family="severity", level=Level.WARNING, check=check, manual=__doc__)
