"""The batch for a spreadsheet: a row per ticket with what it came to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import get_args

from ticketaudit.batch import wording
from ticketaudit.spreadsheet import JOINT, Value, write_rows
from ticketaudit.statistics import Row, Statistics
from ticketaudit.terminal import Output
from ticketaudit.ticket import Verdict


def write(statistics: Statistics, output: Output) -> None:
    """Write the names of the columns and a row per ticket, the most severe first."""
    write_rows(output.stream, _COLUMNS, statistics.rows)


def _votes(verdict: Verdict) -> Callable[[Row], Value]:
    return lambda row: dict(row.verdicts).get(verdict, 0)


_COLUMNS: Mapping[str, Callable[[Row], Value]] = {
    **{name: attrgetter(f"ticket.{name}") for name in ("path", "line", "id", "title", "severity", "status", "state")},
    **{name: attrgetter(f"ticket.{name}") for name in ("batch", "agent")},
    "domain": lambda row: JOINT.join(row.ticket.domain),
    "categories": lambda row: JOINT.join(row.ticket.categories),
    **{name: attrgetter(f"ticket.{name}") for name in ("created", "updated")},
    **{verdict: _votes(verdict) for verdict in get_args(Verdict)},
    "consensus": lambda row: wording.consensus(row.consensus) if row.consensus else None,
    "original_severity": attrgetter("rated.original"),
    "final_severity": attrgetter("rated.final"),
    "steps": attrgetter("rated.steps"),
    "concluded": lambda row: JOINT.join(row.concluded),
    "disposition": attrgetter("disposition"),
    "premise": attrgetter("ticket.premise"),
    "open_boxes": attrgetter("gates.boxes"),
    "unanswered_objections": attrgetter("gates.objections"),
    "missing_sign_off": lambda row: int(row.gates.sign_off),
    "status_conflict": lambda row: int(row.conflict),
    "diagnostics": attrgetter("diagnostics"),
}
