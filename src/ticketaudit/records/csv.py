"""Records for a spreadsheet: a row per ticket, lists joined, reviews and open boxes counted.

The text of tickets is not to be trusted: a cell that a spreadsheet would take for a formula (it begins
with ``=``, ``+``, ``-``, ``@``, a tab or a line end) gets an apostrophe in front, which makes it text.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import get_args

from ticketaudit.corpus import Corpus
from ticketaudit.records.phrases import place
from ticketaudit.terminal import Output
from ticketaudit.ticket import Ticket, Verdict

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_JOINT = "; "

Column = Callable[[Ticket], str | int | None]


def write(corpus: Corpus, output: Output) -> None:
    """Write the names of the columns, also where there is no ticket, and the rows."""
    writer = csv.writer(output.stream, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows([_guarded(column(ticket)) for column in _COLUMNS.values()] for ticket in corpus.tickets)


def _guarded(value: str | int | None) -> str | int | None:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _joined(attribute: str) -> Column:
    return lambda ticket: _JOINT.join(getattr(ticket, attribute))


def _verdicts(verdict: Verdict) -> Column:
    return lambda ticket: sum(review.verdict == verdict for review in ticket.reviews)


def _locations(ticket: Ticket) -> str:
    return _JOINT.join(filter(None, map(place, ticket.locations)))


def _concluded(ticket: Ticket) -> str:
    return _JOINT.join(ticket.resolution.severity) if ticket.resolution else ""


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
