"""How old the open tickets are, and how long the closed ones took. Days between dates, no clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ticketaudit.ticket import Ticket

#: So many months are shown one by one.
_LONGEST = 240


@dataclass(frozen=True, slots=True)
class Days:
    """Some numbers of days: how many (``n``), the median, the least and the most; None where there are none."""

    n: int
    median: float | None
    least: int | None
    most: int | None


@dataclass(frozen=True, slots=True)
class Ages:
    """The ages of a batch.

    ``as_of`` is the day that ages count to: the one that was asked for, else the latest that the
    tickets name. ``open``: from a ticket's creation to that day. ``to_close``: from creation to the date of
    the resolution, else to the last update of a closed ticket. The others are left out: ``stateless`` ones
    are neither open nor closed, as far as their status says; ``undated`` ones lack a date for that;
    ``later`` ones are open and were created after that day; ``impossible`` ones were closed before they were created.
    """

    as_of: str | None
    open: Days
    to_close: Days
    stateless: int
    undated: int
    later: int
    impossible: int
    timeline: tuple[Month, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """A month, as in 2025-03, and how many tickets were created and closed in it.

    Months without any are there, too, unless a slip of the pen makes the time longer than twenty years.
    """

    name: str
    opened: int
    closed: int


def ages(tickets: Sequence[Ticket], as_of: str | None = None) -> Ages:
    """The ages of some tickets."""
    day = _day(as_of) or max((day for ticket in tickets for day in _days(ticket)), default=None)
    spans = {state: [_span(each, day) for each in tickets if each.state == state] for state in ("open", "closed")}
    open_for, took = ([days for days in found if days is not None] for found in spans.values())
    known = sum(map(len, spans.values()))
    return Ages(
        as_of=day.isoformat() if day else None,
        open=_summed([days for days in open_for if days >= 0]),
        to_close=_summed([days for days in took if days >= 0]),
        stateless=len(tickets) - known,
        undated=known - len(took) - len(open_for),
        later=sum(days < 0 for days in open_for),
        impossible=sum(days < 0 for days in took),
        timeline=_timeline(tickets),
    )


def _span(ticket: Ticket, day: date | None) -> int | None:
    """The days from a ticket's creation to its closing, or to a day; None where a date is lacking."""
    created, end = _day(ticket.created), closed_on(ticket) if ticket.state == "closed" else day
    return (end - created).days if created and end else None


def closed_on(ticket: Ticket) -> date | None:
    """The day on which a ticket was closed: that of its resolution, else its last update; None for an open one."""
    if ticket.state != "closed":
        return None
    return _day(ticket.resolution.date if ticket.resolution else None) or _day(ticket.updated)


def _days(ticket: Ticket) -> Iterator[date]:
    resolved = ticket.resolution.date if ticket.resolution else None
    texts = (ticket.created, ticket.updated, resolved, *(review.date for review in ticket.reviews))
    return (day for day in map(_day, texts) if day)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:  # the 30th of February
        return None


def _summed(days: list[int]) -> Days:
    return Days(len(days), _median(days), min(days), max(days)) if days else Days(0, None, None, None)


def _median(days: list[int]) -> float:
    ordered, middle = sorted(days), len(days) // 2
    return float(ordered[middle]) if len(days) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def _timeline(tickets: Iterable[Ticket]) -> tuple[Month, ...]:
    opened: Counter[int] = Counter()
    closed: Counter[int] = Counter()
    for ticket in tickets:
        for months, day in ((opened, _day(ticket.created)), (closed, closed_on(ticket))):
            if day:
                months[day.year * 12 + day.month - 1] += 1
    found = opened.keys() | closed.keys()
    if not found:
        return ()
    first, last = min(found), max(found)
    shown = range(first, last + 1) if last - first < _LONGEST else sorted(found)
    return tuple(Month(f"{number // 12:04}-{number % 12 + 1:02}", opened[number], closed[number]) for number in shown)
