"""The words that the batch report has in every format."""

from __future__ import annotations

from ticketaudit.rule import Level
from ticketaudit.statistics import Breakdown, Row, Statistics
from ticketaudit.ticket import Ticket

FINDING_COLUMNS = ("Rule", "Errors", "Warnings", "Notes", "Tickets")
#: What stands in a table of counts for the tickets that have no value.
NONE = "none"
TOTAL = "total"
#: What stands in a ticket's row where there is nothing to say.
NOTHING = "–"


def number(count: int, noun: str) -> str:
    """A count and its noun: "1 ticket", "2 tickets"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def headline(statistics: Statistics) -> str:
    """What was read and what was found, in two sentences."""
    read = f"{number(len(statistics.rows), 'ticket')} in {number(statistics.ticket_files, 'file')}"
    others = statistics.files - statistics.ticket_files
    if others:
        read += f" ({number(others, 'other file')} read, no ticket in {'it' if others == 1 else 'them'})"
    levels = [number(statistics.count(level), level) for level in Level if statistics.count(level)]
    total = number(sum(map(statistics.count, Level)), "diagnostic")
    return f"{read}. {total}{': ' if levels else ''}{', '.join(levels)}."


def count_rows(breakdown: Breakdown, tickets: int) -> list[tuple[str, str]]:
    """The rows of a table of counts, with the total where it is the number of tickets."""
    rows = [(count.value or NONE, str(count.tickets)) for count in breakdown.counts]
    return rows if breakdown.overlapping else [*rows, (TOTAL, str(tickets))]


def overlap(statistics: Statistics) -> str | None:
    """Why some tables of counts have no total, in a sentence."""
    names = [breakdown.name for breakdown in statistics.breakdowns if breakdown.overlapping]
    return f"A ticket may have more than one {' or '.join(names)}." if names else None


def finding_rows(statistics: Statistics) -> list[tuple[str, ...]]:
    """The rows under `FINDING_COLUMNS`, with the total."""
    rows = [
        (findings.rule.name, *(str(findings.count(level)) for level in Level), str(findings.tickets))
        for findings in statistics.findings
    ]
    return [*rows, (TOTAL, *(str(statistics.count(level)) for level in Level), str(statistics.affected))]


def silence(statistics: Statistics) -> str | None:
    """The rules that found nothing, in a sentence."""
    return f"Nothing found by {', '.join(statistics.silent)}." if statistics.silent else None


def name(ticket: Ticket) -> str:
    """What a row calls its ticket: the id, else where it stands."""
    return ticket.id or f"{ticket.path}:{ticket.line}"


def tally(row: Row) -> str:
    """The verdicts of a ticket's reviews, as "2 endorse, 1 object"."""
    return ", ".join(f"{count} {verdict}" for verdict, count in row.verdicts) or NOTHING


def concluded(row: Row) -> str:
    """The severities finally concluded, as "P3, P4"."""
    return ", ".join(row.concluded) or NOTHING
