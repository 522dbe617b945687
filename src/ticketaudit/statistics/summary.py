"""What a batch of tickets adds up to. Pure arithmetic over a `Report`: no file, no clock."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ticketaudit.report import Report
from ticketaudit.rule import Level
from ticketaudit.statistics.ages import Ages, ages
from ticketaudit.statistics.comparison import Comparison, Snapshot, standing
from ticketaudit.statistics.counts import Breakdown, CrossTable, breakdowns, cross_tables
from ticketaudit.statistics.duplicates import Likely, likely_duplicates
from ticketaudit.statistics.findings import Findings, findings, placed_diagnostics
from ticketaudit.statistics.hotspots import Hotspots, hotspots, named_files
from ticketaudit.statistics.ratings import Agreement, measure, scales
from ticketaudit.statistics.reviewers import Reviewer, reviewers
from ticketaudit.statistics.rows import Groups, Row, grouped, rows
from ticketaudit.statistics.values import read_values


@dataclass(frozen=True, slots=True)
class Statistics:
    """A batch in numbers.

    ``files`` were read, ``ticket_files`` of them hold a ticket. ``scale`` has all severities that a ticket
    carries, had or came to, the most severe first, None last. ``rows`` come most severe first,
    ``findings`` worst level first; ``silent`` are the names of the rules that ran and found nothing.
    """

    files: int
    ticket_files: int
    breakdowns: tuple[Breakdown, ...]
    cross_tables: tuple[CrossTable, ...]
    scale: tuple[str | None, ...]
    rows: tuple[Row, ...]
    findings: tuple[Findings, ...]
    silent: tuple[str, ...]
    agreement: tuple[Agreement, ...]
    reviewers: tuple[Reviewer, ...]
    hotspots: Hotspots
    duplicates: tuple[Likely, ...]
    ages: Ages
    groups: Groups | None
    comparison: Comparison | None = None

    @property
    def snapshot(self) -> Snapshot:
        """What a later batch is compared with."""
        rows = self.rows
        figures: dict[str, float | None] = {
            "tickets": len(rows),
            "open": sum(row.ticket.state == "open" for row in rows),
            "closed": sum(row.ticket.state == "closed" for row in rows),
            "premises refuted": sum(row.ticket.premise == "refuted" for row in rows),
            "reviews in conflict": sum(bool(row.consensus and row.consensus.contradicted) for row in rows),
            "open boxes": sum(row.gates.boxes for row in rows),
            "unanswered objections": sum(row.gates.objections for row in rows),
            "re-rated": sum(row.rated.concluded and bool(row.rated.steps) for row in rows),
            **{f"{level}s": self.count(level) for level in Level},
            "alpha of verdicts": self.agreement[0].alpha.value,
        }
        return Snapshot(tuple(map(standing, rows)), figures)

    @property
    def affected(self) -> int:
        """How many tickets have a diagnostic."""
        return sum(row.diagnostics > 0 for row in self.rows)

    def count(self, level: Level) -> int:
        """How many diagnostics have this level."""
        return sum(findings.count(level) for findings in self.findings)


def summarise(report: Report, as_of: str | None = None, group_by: str | None = None) -> Statistics:
    """Add up what an audit read and found. Depends on nothing but its arguments.

    ``as_of`` is the day, as in 2025-03-31, that ages count to; without it the latest that the tickets name.
    ``group_by`` is one of `ATTRIBUTES`.
    """
    corpus = report.corpus
    placed = placed_diagnostics(report)
    found = findings(report, placed)
    files = named_files(corpus)
    values = read_values(corpus.tickets, corpus.vocabulary)
    table = rows(corpus, values, Counter(where for _, where in placed if where))
    held = [row.values for row in table]
    counted = breakdowns(values.attributes, held)
    return Statistics(
        files=report.files,
        ticket_files=len({ticket.path for ticket in corpus.tickets}),
        breakdowns=counted,
        cross_tables=cross_tables(counted, held),
        scale=values.scale,
        rows=table,
        findings=tuple(entry for entry in found if entry.diagnostics),
        silent=tuple(sorted(entry.rule.name for entry in found if not entry.diagnostics)),
        agreement=tuple(map(measure, scales(corpus))),
        reviewers=reviewers(corpus, table),
        hotspots=hotspots(corpus, files),
        duplicates=likely_duplicates(corpus, files),
        ages=ages(corpus.tickets, as_of),
        groups=next((grouped(table, each) for each in counted if each.name == group_by), None),
    )
