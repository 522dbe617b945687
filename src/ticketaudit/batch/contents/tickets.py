"""The tickets one by one, what is still open in the closed ones, and how long they took."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ticketaudit.batch import wording
from ticketaudit.batch.blocks import Block, Column, Heading, Table, Text, bars, link
from ticketaudit.batch.wording import NONE, NOTHING
from ticketaudit.statistics import Ages, Row, Statistics
from ticketaudit.wording import number

_COLUMNS = (
    Column("Ticket"),
    Column("Title", wide=True),
    Column("Status"),
    Column("Severity"),
    Column("Why", wide=True),
    Column("Verdicts", wide=True),
    Column("Consensus"),
    Column("Disposition"),
    Column("Premise", wide=True),
    Column("Found", right=True),
)


def blocks(statistics: Statistics) -> Iterator[Block]:
    """A row per ticket; in groups where somebody asked for groups."""
    if statistics.groups is None:
        if statistics.rows:
            yield _table(statistics.rows)
        return
    for group in statistics.groups.groups:
        yield Heading(f"{statistics.groups.name.capitalize()}: {group.value or NONE} ({len(group.rows)})")
        yield _table(group.rows)


def _table(rows: Sequence[Row]) -> Table:
    return Table(
        _COLUMNS,
        tuple(
            (
                link(row.ticket),
                row.ticket.title or NOTHING,
                row.ticket.status or NOTHING,
                wording.severity(row),
                wording.why(row),
                wording.tally(row),
                wording.consensus(row.consensus),
                row.disposition or NOTHING,
                row.ticket.premise,
                row.diagnostics,
            )
            for row in rows
        ),
    )


def gate_blocks(statistics: Statistics) -> Iterator[Block]:
    """What is open in closed tickets, ticket by ticket; in the others it only has to be counted."""
    closed = [row for row in statistics.rows if row.ticket.state == "closed" and row.gates.open]
    going = [row for row in statistics.rows if row.ticket.state != "closed" and row.gates.open]
    if closed:
        yield Text(f"{number(len(closed), 'closed ticket')} with something left open:")
        yield Table(
            (
                Column("Ticket"),
                Column("Status"),
                Column("Open boxes", right=True),
                Column("Unanswered objections", right=True),
                Column("Sign-off"),
            ),
            tuple(
                (
                    link(row.ticket),
                    row.ticket.status or NOTHING,
                    row.gates.boxes or "",
                    row.gates.objections or "",
                    "missing" if row.gates.sign_off else "",
                )
                for row in closed
            ),
        )
    if going:
        boxes = sum(row.gates.boxes for row in going)
        objections = sum(row.gates.objections for row in going)
        yield Text(
            f"In the tickets that are not closed: {number(boxes, 'box')} to check, "
            f"{number(objections, 'unanswered objection')} (in {number(len(going), 'ticket')})."
        )


def age_blocks(statistics: Statistics) -> Iterator[Block]:
    """How old, how long, and how many in which month."""
    ages = statistics.ages
    if ages.as_of is None:
        return
    yield Text(f"Ages count to {ages.as_of}. {_left_out(ages)}".strip())
    spans = (("Age of open tickets", ages.open), ("From creation to closing", ages.to_close))
    yield Table(
        (
            Column(""),
            Column("Tickets", right=True),
            Column("Median", right=True),
            Column("Least", right=True),
            Column("Most", right=True),
        ),
        tuple(
            (name, span.n, wording.days(span.median), wording.days(span.least), wording.days(span.most))
            for name, span in spans
        ),
    )
    busy = [month for month in ages.timeline if month.opened or month.closed]
    opened, closed = (bars([getattr(month, name) for month in busy]) for name in ("opened", "closed"))
    yield Table(
        (Column("Month"), Column("Opened", right=True), Column(""), Column("Closed", right=True), Column("")),
        tuple(
            (month.name, month.opened, first, month.closed, second)
            for month, first, second in zip(busy, opened, closed, strict=True)
        ),
    )


def _left_out(ages: Ages) -> str:
    reasons = {
        "with no status that means open or closed": ages.stateless,
        "without a date of creation or of closing": ages.undated,
        "created later": ages.later,
        "closed before creation": ages.impossible,
    }
    parts = [f"{number(count, 'ticket')} {reason}" for reason, count in reasons.items() if count]
    return f"Left out: {', '.join(parts)}." if parts else ""
