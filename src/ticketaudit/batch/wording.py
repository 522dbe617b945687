"""The words that the batch report has in every format."""

from __future__ import annotations

from ticketaudit.rule import Level
from ticketaudit.statistics import Consensus, Rate, Row, Statistics
from ticketaudit.ticket import Ticket
from ticketaudit.wording import number

#: What stands in a table of counts for the tickets that have no value.
NONE = "none"
TOTAL = "total"
#: What stands for the values that few tickets have, where there are too many to show.
OTHER = "other"
#: What stands in a ticket's row where there is nothing to say.
NOTHING = "–"


def headline(statistics: Statistics) -> str:
    """What was read and what was found, in two sentences."""
    read = f"{number(len(statistics.rows), 'ticket')} in {number(statistics.ticket_files, 'file')}"
    others = statistics.files - statistics.ticket_files
    if others:
        read += f" ({number(others, 'other file')} read, no ticket in {'it' if others == 1 else 'them'})"
    levels = [number(statistics.count(level), level) for level in Level if statistics.count(level)]
    total = number(sum(map(statistics.count, Level)), "diagnostic")
    return f"{read}. {total}{': ' if levels else ''}{', '.join(levels)}."


def name(ticket: Ticket) -> str:
    """What a row calls its ticket: the id, else where it stands."""
    return ticket.id or f"{ticket.path}:{ticket.line}"


def tally(row: Row) -> str:
    """The verdicts of a ticket's reviews, as "2 endorse, 1 object"."""
    return ", ".join(f"{count} {verdict}" for verdict, count in row.verdicts) or NOTHING


def consensus(found: Consensus | None) -> str:
    """How reviewers stand: "unanimous endorse", "2/3 object", "split", "mixed", "only neutral"."""
    if found is None:
        return NOTHING
    if found.kind == "majority":
        return f"{found.votes}/{found.of} {found.verdict}"
    words = {"unanimous": f"unanimous {found.verdict}", "single": f"only {found.verdict}"}
    return words.get(found.kind, found.kind)


def concluded(row: Row) -> str:
    """The severities finally concluded, as "P3, P4"."""
    return ", ".join(row.concluded) or NOTHING


def severity(row: Row) -> str:
    """The ticket's severity, and after an arrow what was concluded where that differs: "P1 → P4"."""
    filed = row.rated.original or NOTHING
    final = concluded(row) if row.concluded else row.rated.final
    return filed if final in (None, filed) else f"{filed} → {final}"


def why(row: Row) -> str:
    """Why a ticket has its final severity."""
    if not row.rated.concluded:
        return "as filed"
    if row.rated.steps is None:
        return f"concluded, line {row.rated.line}"
    words = "confirmed" if not row.rated.steps else f"{'down' if row.rated.steps > 0 else 'up'} {abs(row.rated.steps)}"
    return f"{words}, line {row.rated.line}"


def rate(found: Rate) -> str:
    """A share with what it is of: "12 of 102 (12%)"."""
    return NOTHING if found.share is None else f"{found.hits} of {found.n} ({percent(found.share)})"


def percent(share: float) -> str:
    """A share in whole percent."""
    return f"{share:.0%}"


def decimal(value: float | None) -> str:
    """A coefficient with two decimals; a minus sign, no negative zero."""
    if value is None:
        return NOTHING
    return f"{round(value, 2) + 0:.2f}".replace("-", "−")


def days(value: float | None) -> str:
    """A number of days: "3 days", "2.5 days"."""
    return NOTHING if value is None else f"{value:g} {'day' if value == 1 else 'days'}"
