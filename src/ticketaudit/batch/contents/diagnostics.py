"""What the rules found."""

from __future__ import annotations

from collections.abc import Iterator

from ticketaudit.batch.blocks import Block, Cell, Column, Heading, Items, Link, Table, Text
from ticketaudit.batch.wording import TOTAL
from ticketaudit.rule import Level
from ticketaudit.statistics import Statistics

_COLUMNS = (Column("Rule"), *(Column(name, right=True) for name in ("Errors", "Warnings", "Notes", "Tickets")))


def rule_blocks(statistics: Statistics) -> Iterator[Block]:
    """A table of the rules that found something, and the names of the others."""
    rows: list[tuple[Cell, ...]] = [
        (findings.rule.name, *(findings.count(level) for level in Level), findings.tickets)
        for findings in statistics.findings
    ]
    if rows:
        total: tuple[Cell, ...] = (TOTAL, *(statistics.count(level) for level in Level), statistics.affected)
        yield Table(_COLUMNS, (*rows, total))
    if statistics.silent:
        yield Text(f"Nothing found by {', '.join(statistics.silent)}.")


def blocks(statistics: Statistics) -> Iterator[Block]:
    """What each rule found, place by place."""
    for findings in statistics.findings:
        yield Heading(findings.rule.name)
        yield Text(findings.rule.summary)
        yield Items(
            tuple(
                (
                    Link(f"{found.path}:{found.span.line}", found.path, found.span.line),
                    f": {found.level}: {found.message}",
                )
                for found in findings.diagnostics
            )
        )
