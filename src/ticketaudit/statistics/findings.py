"""What the rules found, rule by rule and ticket by ticket."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ticketaudit.report import Diagnostic, Report
from ticketaudit.rule import Level, Rule
from ticketaudit.rules import summary_mismatch
from ticketaudit.statistics.rows import Place, place
from ticketaudit.ticket import Ticket

#: Which ticket a diagnostic is about; a file that is no ticket has diagnostics without one.
Owners = Mapping[Diagnostic, Place]


@dataclass(frozen=True, slots=True)
class Findings:
    """What one rule found, and in how many tickets."""

    rule: Rule
    diagnostics: tuple[Diagnostic, ...]
    tickets: int

    def count(self, level: Level) -> int:
        """How many of its diagnostics have this level."""
        return sum(diagnostic.level is level for diagnostic in self.diagnostics)


def findings(report: Report, owners: Owners) -> tuple[Findings, ...]:
    """One entry per rule that ran, whether it found something or not; the worst first.

    summary-mismatch never speaks of tickets, so that its silence says nothing.
    """
    return tuple(sorted(_findings(report, owners), key=_worst_first))


def owners(report: Report) -> Owners:
    """The ticket that each diagnostic stands in."""
    in_file: defaultdict[str, list[Ticket]] = defaultdict(list)
    for ticket in report.corpus.tickets:
        in_file[ticket.path].append(ticket)
    return {
        diagnostic: place(ticket)
        for diagnostic in report.diagnostics
        for ticket in in_file[diagnostic.path]
        if ticket.line <= diagnostic.span.line <= ticket.end_line
    }


def _findings(report: Report, owners: Owners) -> Iterator[Findings]:
    found: defaultdict[str, list[Diagnostic]] = defaultdict(list)
    for diagnostic in report.diagnostics:
        found[diagnostic.name].append(diagnostic)
    for rule in report.rules:
        if rule is summary_mismatch.RULE:
            continue
        mine = tuple(found[rule.name])
        yield Findings(rule, mine, len({owners[diagnostic] for diagnostic in mine if diagnostic in owners}))


def _worst_first(findings: Findings) -> tuple[object, ...]:
    worst = max((diagnostic.level.rank for diagnostic in findings.diagnostics), default=-1)
    return (-worst, -len(findings.diagnostics), findings.rule.name)
