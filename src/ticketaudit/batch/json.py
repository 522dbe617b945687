"""The batch report as one JSON object, for programs and for `--against`. Its keys are a promise.

`ticketaudit schema report` describes it. Where a figure is refused it is null, and the reason stands beside it.
"""

from __future__ import annotations

from typing import Any

from ticketaudit import __version__
from ticketaudit.pretty import pretty_json
from ticketaudit.rule import Level
from ticketaudit.statistics import (
    Agreement,
    Breakdown,
    Comparison,
    Consensus,
    CrossTable,
    Days,
    Findings,
    Hotspot,
    Likely,
    Rate,
    Reviewer,
    Row,
    Statistics,
)
from ticketaudit.ticket import Ticket

#: Raised when a key changes its meaning or goes away; not when one is added.
FORMAT_VERSION = 1


def render(statistics: Statistics, title: str) -> str:
    """The object, also where there is no ticket."""
    return pretty_json(as_object(statistics, title))


def as_object(statistics: Statistics, title: str) -> dict[str, Any]:
    """The report as plain data."""
    return {
        "version": FORMAT_VERSION,
        "tool": {"name": "ticketaudit", "version": __version__},
        "title": title,
        "summary": {
            "files": statistics.files,
            "tickets": len(statistics.rows),
            "open": sum(row.ticket.state == "open" for row in statistics.rows),
            "closed": sum(row.ticket.state == "closed" for row in statistics.rows),
            "diagnostics": sum(map(statistics.count, Level)),
            "levels": {level.value: statistics.count(level) for level in Level},
        },
        "figures": statistics.snapshot.figures,
        "changes": _changes(statistics.comparison),
        "counts": [_breakdown(breakdown) for breakdown in statistics.breakdowns],
        "cross_tables": [_cross_table(table) for table in statistics.cross_tables],
        "verdicts": _verdicts(statistics),
        "tickets": [_row(row) for row in statistics.rows],
        "agreement": [_agreement(found) for found in statistics.agreement],
        "reviewers": [_reviewer(reviewer) for reviewer in statistics.reviewers],
        "hotspots": {
            "files": [_hotspot(spot) for spot in statistics.hotspots.files],
            "symbols": [_hotspot(spot) for spot in statistics.hotspots.symbols],
        },
        "duplicates": [_likely(pair) for pair in statistics.duplicates],
        "ages": _ages(statistics),
        "rules": [_findings(findings) for findings in statistics.findings],
        "silent_rules": list(statistics.silent),
    }


def _changes(comparison: Comparison | None) -> dict[str, Any] | None:
    if comparison is None:
        return None
    return {
        "since": comparison.since,
        "tickets": [
            {
                "kind": change.kind,
                "path": change.ticket.path,
                "line": change.ticket.line,
                "id": change.ticket.id,
                "before": change.before,
                "after": change.after,
            }
            for change in comparison.changes
        ],
        "figures": [{"name": move.name, "before": move.before, "after": move.after} for move in comparison.moves],
    }


def _breakdown(breakdown: Breakdown) -> dict[str, Any]:
    return {
        "by": breakdown.name,
        "overlapping": breakdown.overlapping,
        "counts": [{"value": count.value, "tickets": count.tickets} for count in breakdown.counts],
    }


def _cross_table(table: CrossTable) -> dict[str, Any]:
    return {
        "rows": table.rows.name,
        "columns": table.columns.name,
        "cells": [
            {"row": row.value, "column": column.value, "tickets": table.cell(row, column)}
            for row in table.rows.counts
            for column in table.columns.counts
            if table.cell(row, column)
        ],
    }


def _verdicts(statistics: Statistics) -> dict[str, int]:
    """All reviews by their verdicts, also those without a reviewer's name."""
    tally: dict[str, int] = {}
    for row in statistics.rows:
        for verdict, count in row.verdicts:
            tally[verdict] = tally.get(verdict, 0) + count
    return dict(sorted(tally.items()))


def _ticket(ticket: Ticket) -> dict[str, Any]:
    return {"path": ticket.path, "line": ticket.line, "id": ticket.id}


def _row(row: Row) -> dict[str, Any]:
    ticket = row.ticket
    return {
        **_ticket(ticket),
        "title": ticket.title,
        "severity": ticket.severity,
        "status": ticket.status,
        "state": ticket.state,
        "batch": ticket.batch,
        "agent": ticket.agent,
        "domain": list(ticket.domain),
        "categories": list(ticket.categories),
        "created": ticket.created,
        "updated": ticket.updated,
        "verdicts": dict(row.verdicts),
        "consensus": _consensus(row.consensus),
        "original_severity": row.rated.original,
        "final_severity": row.rated.final,
        "concluded": list(row.concluded),
        "concluded_line": row.rated.line,
        "steps": row.rated.steps,
        "disposition": row.disposition,
        "premise": ticket.premise,
        "open_boxes": row.gates.boxes,
        "unanswered_objections": row.gates.objections,
        "missing_sign_off": row.gates.sign_off,
        "status_conflict": row.conflict,
        "diagnostics": row.diagnostics,
    }


def _consensus(found: Consensus | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "kind": found.kind,
        "verdict": found.verdict,
        "votes": found.votes,
        "of": found.of,
        "contradicted": found.contradicted,
    }


def _agreement(found: Agreement) -> dict[str, Any]:
    return {
        "scale": found.scale.name,
        "metric": found.scale.metric,
        "categories": list(found.scale.categories),
        "tickets": found.tickets,
        "ratings": found.ratings,
        "left_out": found.scale.left_out,
        "reviewers": list(found.raters),
        "coefficients": [
            {"name": c.name, "n": c.n, "value": c.value, "low": c.low, "high": c.high, "reason": c.reason}
            for c in found.coefficients
        ],
        "pairs": [
            {"reviewers": list(p.raters), "n": p.n, "raw": p.raw, "kappa": p.kappa, "reason": p.reason}
            for p in found.pairs
        ],
    }


def _reviewer(reviewer: Reviewer) -> dict[str, Any]:
    return {
        "name": reviewer.name,
        "reviews": reviewer.reviews,
        "verdicts": dict(reviewer.verdicts),
        "endorsed_in_error": _rate(reviewer.refuted),
        "alone_and_right": _rate(reviewer.lone_right),
        "evidence": _rate(reviewer.evidence),
        "severity_as_concluded": _rate(reviewer.severity),
    }


def _rate(rate: Rate) -> dict[str, Any]:
    return {"hits": rate.hits, "n": rate.n, "share": rate.share}


def _hotspot(spot: Hotspot) -> dict[str, Any]:
    return {"name": spot.name, "tickets": [_ticket(ticket) for ticket in spot.tickets]}


def _likely(pair: Likely) -> dict[str, Any]:
    return {
        "score": pair.score,
        "tickets": [_ticket(ticket) for ticket in pair.tickets],
        "declared": pair.declared,
        "files": list(pair.files),
        "passage": pair.passage,
    }


def _ages(statistics: Statistics) -> dict[str, Any]:
    ages = statistics.ages
    return {
        "as_of": ages.as_of,
        "open": _days(ages.open),
        "to_close": _days(ages.to_close),
        "stateless": ages.stateless,
        "undated": ages.undated,
        "later": ages.later,
        "impossible": ages.impossible,
        "timeline": [{"month": m.name, "opened": m.opened, "closed": m.closed} for m in ages.timeline],
    }


def _days(days: Days) -> dict[str, Any]:
    return {"n": days.n, "median": days.median, "least": days.least, "most": days.most}


def _findings(findings: Findings) -> dict[str, Any]:
    return {
        "name": findings.rule.name,
        "levels": {level.value: findings.count(level) for level in Level},
        "tickets": findings.tickets,
    }
