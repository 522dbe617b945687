"""The batch report as GitHub-flavoured Markdown, for a pull request, a wiki or a file.

What tickets and messages say is untrusted: it cannot open a heading, a link, a tag or a table cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ticketaudit.batch import wording
from ticketaudit.gfm import escape, row
from ticketaudit.statistics import Findings, Row, Statistics
from ticketaudit.terminal import Output

_TICKET_COLUMNS = ("Ticket", "Title", "Status", "Severity", "Concluded", "Verdicts", "Disposition", "Diagnostics")


def write(statistics: Statistics, output: Output) -> None:
    """Write the whole report; the same statistics give the same text."""
    output.stream.writelines(f"{line}\n" for line in _lines(statistics))


def _lines(statistics: Statistics) -> Iterator[str]:
    yield "# Batch report"
    yield from ("", wording.headline(statistics))
    yield from ("", "## Counts")
    for breakdown in statistics.breakdowns:
        rows = wording.count_rows(breakdown, len(statistics.rows))
        yield from ("", *_table((breakdown.name.capitalize(), "Tickets"), rows, numbers=1))
    yield from _paragraph(wording.overlap(statistics))
    yield from ("", "## Tickets", "")
    yield from _table(_TICKET_COLUMNS, map(_ticket, statistics.rows), numbers=1)
    yield from ("", "## Diagnostics by rule", "")
    yield from _table(wording.FINDING_COLUMNS, wording.finding_rows(statistics), numbers=4)
    yield from _paragraph(wording.silence(statistics))
    for findings in statistics.findings:
        yield from ("", *_findings(findings))


def _ticket(entry: Row) -> tuple[str, ...]:
    ticket = entry.ticket
    return (
        wording.name(ticket),
        ticket.title or wording.NOTHING,
        ticket.status or wording.NOTHING,
        ticket.severity or wording.NOTHING,
        wording.concluded(entry),
        wording.tally(entry),
        entry.disposition or wording.NOTHING,
        str(entry.diagnostics),
    )


def _findings(findings: Findings) -> Iterator[str]:
    yield from (f"### {findings.rule.name}", "", findings.rule.summary, "")
    for diagnostic in findings.diagnostics:
        place = escape(f"{diagnostic.path}:{diagnostic.span.line}")
        yield f"- {place}: {diagnostic.level}: {escape(diagnostic.message)}"


def _paragraph(text: str | None) -> tuple[str, ...]:
    """A paragraph and the empty line before it, or nothing."""
    return ("", text) if text else ()


def _table(header: Sequence[str], rows: Iterable[Sequence[str]], numbers: int) -> Iterator[str]:
    """A table whose last ``numbers`` columns hold numbers."""
    yield row(header)
    yield row(["---"] * (len(header) - numbers) + ["---:"] * numbers)
    for cells in rows:
        yield row(map(escape, cells))
