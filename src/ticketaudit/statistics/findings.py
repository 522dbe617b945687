"""What the rules found, rule by rule and ticket by ticket."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ticketaudit.report import Diagnostic, Report
from ticketaudit.rule import Level, Rule
from ticketaudit.rules import summary_mismatch
from ticketaudit.statistics.rows import Place, place
from ticketaudit.ticket import Ticket

#: A diagnostic and the ticket that it stands in; a file that is no ticket has diagnostics without one.
Placed = tuple[Diagnostic, Place | None]


@dataclass(frozen=True, slots=True)
class Findings:
    """What one rule found, and in how many tickets."""

    rule: Rule
    diagnostics: tuple[Diagnostic, ...]
    tickets: int

    def count(self, level: Level) -> int:
        """How many of its diagnostics have this level."""
        return sum(diagnostic.level is level for diagnostic in self.diagnostics)


def findings(report: Report, placed: Iterable[Placed]) -> tuple[Findings, ...]:
    """One entry per rule that ran, whether it found something or not; the worst first.

    summary-mismatch never speaks of tickets, so that its silence says nothing.
    """
    return tuple(sorted(_findings(report, placed), key=_worst_first))


def placed_diagnostics(report: Report) -> list[Placed]:
    """The diagnostics of a report, each with its ticket."""
    in_file: defaultdict[str, list[Ticket]] = defaultdict(list)
    for ticket in report.corpus.tickets:
        in_file[ticket.path].append(ticket)
    return [
        (diagnostic, _ticket_at(diagnostic.span.line, in_file[diagnostic.path])) for diagnostic in report.diagnostics
    ]


def _ticket_at(line: int, tickets: Iterable[Ticket]) -> Place | None:
    return next((place(ticket) for ticket in tickets if ticket.line <= line <= ticket.end_line), None)


def _findings(report: Report, placed: Iterable[Placed]) -> Iterator[Findings]:
    found: defaultdict[str, list[Placed]] = defaultdict(list)
    for diagnostic, where in placed:
        found[diagnostic.name].append((diagnostic, where))
    for rule in report.rules:
        if rule is summary_mismatch.RULE:
            continue
        mine = found[rule.name]
        tickets = {where for _, where in mine if where}
        yield Findings(rule, tuple(diagnostic for diagnostic, _ in mine), len(tickets))


def _worst_first(findings: Findings) -> tuple[object, ...]:
    worst = max((diagnostic.level.rank for diagnostic in findings.diagnostics), default=-1)
    return (-worst, -len(findings.diagnostics), findings.rule.name)
