"""Records for a spreadsheet: a row per ticket, lists joined, reviews and open boxes counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import get_args

from ticketaudit.corpus import Corpus
from ticketaudit.records.phrases import place
from ticketaudit.spreadsheet import JOINT, Value, write_rows
from ticketaudit.terminal import Output
from ticketaudit.ticket import Ticket, Verdict

Column = Callable[[Ticket], Value]


def write(corpus: Corpus, output: Output) -> None:
    """Write the names of the columns and a row per ticket."""
    write_rows(output.stream, _COLUMNS, corpus.tickets)


def _joined(attribute: str) -> Column:
    return lambda ticket: JOINT.join(getattr(ticket, attribute))


def _verdicts(verdict: Verdict) -> Column:
    return lambda ticket: sum(review.verdict == verdict for review in ticket.reviews)


def _locations(ticket: Ticket) -> str:
    return JOINT.join(filter(None, map(place, ticket.locations)))


def _concluded(ticket: Ticket) -> str:
    return JOINT.join(ticket.resolution.severity) if ticket.resolution else ""


_COLUMNS: Mapping[str, Column] = {
    **{name: attrgetter(name) for name in ("path", "line", "id", "title", "severity", "priority", "status", "state")},
    **{name: attrgetter(name) for name in ("batch", "agent", "assignee")},
    "domain": _joined("domain"),
    **{name: attrgetter(name) for name in ("created", "updated", "summary")},
    "categories": _joined("categories"),
    "locations": _locations,
    **{verdict: _verdicts(verdict) for verdict in get_args(Verdict)},
    "open_boxes": lambda ticket: len(ticket.open_boxes),
    "concluded": _concluded,
    "disposition": lambda ticket: ticket.resolution.disposition if ticket.resolution else None,
    "premise": attrgetter("premise"),
    "defects": lambda ticket: len(ticket.defects),
}
