"""What a batch of tickets adds up to: counts, one row per ticket, and what each rule found.

Pure arithmetic over a `Report`; how it looks is the business of ``batch/``. Values that differ only
in case are one value, shown as it is written first.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from ticketaudit.corpus import Corpus
from ticketaudit.report import Diagnostic, Report
from ticketaudit.rule import Level, Rule
from ticketaudit.ticket import Disposition, Ticket, Verdict
from ticketaudit.vocabulary import Vocabulary

#: Which ticket, as path and line, a diagnostic is about.
Owners = Mapping[Diagnostic, tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Count:
    """How many tickets have a value; ``value`` is None for the tickets that have none."""

    value: str | None
    tickets: int


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The tickets counted by one of their attributes.

    Where a ticket may have several values it is counted under each, and the counts may add up to
    more than the number of tickets: ``overlapping`` says that they do.
    """

    name: str
    counts: tuple[Count, ...]
    overlapping: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One ticket: what its author said, what its reviewers said, what it came to.

    ``verdicts`` holds only those that occur; ``concluded`` are the severities finally concluded.
    """

    ticket: Ticket
    verdicts: tuple[tuple[Verdict, int], ...]
    concluded: tuple[str, ...]
    disposition: Disposition | None
    diagnostics: int


@dataclass(frozen=True, slots=True)
class Findings:
    """What one rule found, and in how many tickets."""

    rule: Rule
    diagnostics: tuple[Diagnostic, ...]
    tickets: int

    def count(self, level: Level) -> int:
        """How many of its diagnostics have this level."""
        return sum(diagnostic.level is level for diagnostic in self.diagnostics)


@dataclass(frozen=True, slots=True)
class Statistics:
    """A batch in numbers.

    ``files`` were read, ``ticket_files`` of them hold a ticket. ``rows`` come most severe first,
    ``findings`` worst level first; ``silent`` are the names of the rules that ran and found nothing.
    """

    files: int
    ticket_files: int
    breakdowns: tuple[Breakdown, ...]
    rows: tuple[Row, ...]
    findings: tuple[Findings, ...]
    silent: tuple[str, ...]

    @property
    def affected(self) -> int:
        """How many tickets have a diagnostic."""
        return sum(row.diagnostics > 0 for row in self.rows)

    def count(self, level: Level) -> int:
        """How many diagnostics have this level."""
        return sum(findings.count(level) for findings in self.findings)


def summarise(report: Report) -> Statistics:
    """Add up what an audit read and found. Depends on nothing but its argument."""
    corpus = report.corpus
    owners = _owners(report)
    findings = tuple(_findings(report, owners))
    return Statistics(
        files=report.files,
        ticket_files=len({ticket.path for ticket in corpus.tickets}),
        breakdowns=_breakdowns(corpus),
        rows=_rows(report, owners),
        findings=tuple(sorted((entry for entry in findings if entry.diagnostics), key=_worst_first)),
        silent=tuple(sorted(entry.rule.name for entry in findings if not entry.diagnostics)),
    )


def _breakdowns(corpus: Corpus) -> tuple[Breakdown, ...]:
    tickets = corpus.tickets
    return (
        _breakdown("severity", tickets, lambda ticket: [ticket.severity], _by_scale(corpus.vocabulary)),
        _breakdown("status", tickets, lambda ticket: [ticket.status], _most_first),
        _breakdown("batch", tickets, lambda ticket: [ticket.batch], _in_natural_order),
        _breakdown("agent", tickets, lambda ticket: [ticket.agent], _most_first),
        _breakdown("domain", tickets, lambda ticket: ticket.domain, _most_first),
        _breakdown("category", tickets, lambda ticket: ticket.categories, _most_first),
    )


def _breakdown(
    name: str,
    tickets: Iterable[Ticket],
    values: Callable[[Ticket], Iterable[str | None]],
    order: Callable[[Count], tuple[object, ...]],
) -> Breakdown:
    spelling: dict[str, str] = {}
    numbers: Counter[str] = Counter()
    without = total = 0
    for ticket in tickets:
        keys = {spelling.setdefault(value.casefold(), value) for value in values(ticket) if value}
        numbers.update(keys)
        without += not keys
        total += 1
    counts = sorted((Count(value, number) for value, number in numbers.items()), key=order)
    if without:
        counts.append(Count(None, without))
    return Breakdown(name, tuple(counts), numbers.total() + without > total)


def _most_first(count: Count) -> tuple[object, ...]:
    return (-count.tickets, *_in_natural_order(count))


def _in_natural_order(count: Count) -> tuple[object, ...]:
    """Batch 2 before batch 10."""
    return (_natural(count.value or ""), count.value)


def _by_scale(vocabulary: Vocabulary) -> Callable[[Count], tuple[object, ...]]:
    return lambda count: (_severity_rank(count.value, vocabulary), *_in_natural_order(count))


def _severity_rank(severity: str | None, vocabulary: Vocabulary) -> int:
    """The place on the scale, 0 the most severe; what is not on it comes behind, nothing at all last."""
    off_the_scale = len(vocabulary.severities)
    if severity is None:
        return off_the_scale + 1
    rank = vocabulary.severity_rank(severity)
    return off_the_scale if rank is None else rank


def _natural(text: str) -> tuple[tuple[int, str], ...]:
    """A sort key in which numbers count as numbers, of any length: B2-DRL-9 comes before B10-DRL-1."""
    parts = re.findall(r"0*([0-9]+)|([^0-9]+)", text)
    return tuple((len(digits), digits or word.casefold()) for digits, word in parts)


def _rows(report: Report, owners: Owners) -> tuple[Row, ...]:
    numbers = Counter(owners.values())
    rows = [_row(ticket, numbers[_place(ticket)]) for ticket in report.corpus.tickets]

    def key(row: Row) -> tuple[object, ...]:
        ticket = row.ticket
        rank = _severity_rank(ticket.severity, report.corpus.vocabulary)
        return (rank, _natural(ticket.name), *_place(ticket))

    return tuple(sorted(rows, key=key))


def _row(ticket: Ticket, diagnostics: int) -> Row:
    tally = Counter(review.verdict for review in ticket.reviews)
    resolution = ticket.resolution
    return Row(
        ticket=ticket,
        verdicts=tuple((verdict, tally[verdict]) for verdict in get_args(Verdict) if tally[verdict]),
        concluded=resolution.severity if resolution else (),
        disposition=resolution.disposition if resolution else None,
        diagnostics=diagnostics,
    )


def _findings(report: Report, owners: Owners) -> Iterator[Findings]:
    """One entry per rule that ran, whether it found something or not."""
    for rule in report.rules:
        found = tuple(diagnostic for diagnostic in report.diagnostics if diagnostic.name == rule.name)
        yield Findings(rule, found, len({owners[diagnostic] for diagnostic in found if diagnostic in owners}))


def _worst_first(findings: Findings) -> tuple[object, ...]:
    worst = max(diagnostic.level.rank for diagnostic in findings.diagnostics)
    return (-worst, -len(findings.diagnostics), findings.rule.name)


def _owners(report: Report) -> Owners:
    """The ticket that each diagnostic stands in; a file that is no ticket has diagnostics without one."""
    in_file: defaultdict[str, list[Ticket]] = defaultdict(list)
    for ticket in report.corpus.tickets:
        in_file[ticket.path].append(ticket)
    return {
        diagnostic: _place(ticket)
        for diagnostic in report.diagnostics
        for ticket in in_file[diagnostic.path]
        if ticket.line <= diagnostic.span.line <= ticket.end_line
    }


def _place(ticket: Ticket) -> tuple[str, int]:
    """What tells tickets apart even where several have one id, or none."""
    return (ticket.path, ticket.line)
