"""What a lead should know first: what was read, and what cannot wait."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ticketaudit.batch import wording
from ticketaudit.batch.blocks import Block, Cell, Items, Text, link
from ticketaudit.batch.wording import NONE
from ticketaudit.statistics import Row, Statistics
from ticketaudit.wording import number

#: So many tickets are named; the others are counted.
_NAMED = 8
#: So many severities are told one by one.
_SEVERITIES = 6


def blocks(statistics: Statistics) -> Iterator[Block]:
    """The headline, and a list of what needs attention."""
    yield Text(wording.headline(statistics))
    items = tuple(_items(statistics))
    if items:
        yield Items(items)


def _items(statistics: Statistics) -> Iterator[tuple[Cell, ...]]:
    rows = statistics.rows
    states = {state: sum(row.ticket.state == state for row in rows) for state in ("open", "closed")}
    if rows:
        unknown = len(rows) - sum(states.values())
        others = f", {unknown} with no status that means either" if unknown else ""
        severities = _open_severities(rows)
        yield (f"{states['open']} open{f' ({severities})' if severities else ''}, {states['closed']} closed{others}",)
    attention = {
        "whose status, resolution and folder contradict each other": [row for row in rows if row.conflict],
        "still open though the premise is refuted": [row for row in rows if _is_open(row) and _is_refuted(row)],
        "with an objection that nobody answered": [row for row in rows if row.gates.objections],
        "closed with open boxes, of verification or of any other list": [
            row for row in rows if row.ticket.state == "closed" and row.gates.boxes
        ],
        "whose reviewers contradict each other": [row for row in rows if row.consensus and row.consensus.contradicted],
        "that nobody reviewed": [row for row in rows if row.consensus is None],
    }
    for what, found in attention.items():
        if found:
            yield (f"{number(len(found), 'ticket')} {what}: ", *_named(found))
    yield from _severities(rows)
    yield from _agreement(statistics)
    undeclared = [pair for pair in statistics.duplicates if not pair.declared]
    if undeclared:
        count = number(len(undeclared), "pair")
        yield (f"{count} of tickets that are likely duplicates, and do not say so",)


def _open_severities(rows: Sequence[Row]) -> str:
    """How bad the open tickets are, the worst first; nothing where that would be a long list."""
    counts = Counter(row.values["severity"][0] or NONE for row in rows if _is_open(row))
    return ", ".join(f"{count} {severity}" for severity, count in counts.items()) if len(counts) <= _SEVERITIES else ""


def _severities(rows: Sequence[Row]) -> Iterator[tuple[Cell, ...]]:
    concluded = [row.rated.steps for row in rows if row.rated.concluded and row.rated.steps is not None]
    down, up = sum(steps > 0 for steps in concluded), sum(steps < 0 for steps in concluded)
    confirmed = len(concluded) - down - up
    if concluded:
        others = f", {confirmed} confirmed as filed" if confirmed else ""
        yield (f"{number(down + up, 'ticket')} re-rated in the end ({down} down, {up} up){others}",)


def _agreement(statistics: Statistics) -> Iterator[tuple[Cell, ...]]:
    alpha = statistics.agreement[0].alpha
    if alpha.value is not None:
        interval = ""
        if alpha.low is not None:
            interval = f", 95% interval {wording.decimal(alpha.low)} to {wording.decimal(alpha.high)}"
        yield (f"The reviewers' verdicts agree with alpha {wording.decimal(alpha.value)} (n {alpha.n}{interval})",)


def _is_open(row: Row) -> bool:
    return row.ticket.state == "open"


def _is_refuted(row: Row) -> bool:
    return row.ticket.premise == "refuted"


def _named(rows: Sequence[Row]) -> Iterator[Cell]:
    for index, row in enumerate(rows[:_NAMED]):
        yield from (", ", link(row.ticket)) if index else (link(row.ticket),)
    if len(rows) > _NAMED:
        yield f" and {len(rows) - _NAMED} more"
