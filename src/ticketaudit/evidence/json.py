"""What verification found, as one JSON object. Its keys are a promise, so each is written out here."""

from __future__ import annotations

from typing import Any

from ticketaudit.code.outcome import Judgement
from ticketaudit.code.verified import Checked, Verified
from ticketaudit.pretty import pretty_json
from ticketaudit.terminal import Output
from ticketaudit.ticket import Ticket
from ticketaudit.verification import Verification

#: Raised when a key changes its meaning or goes away; not when one is added.
FORMAT_VERSION = 1


def write(verification: Verification, output: Output) -> None:
    """Write the object."""
    tickets = [_ticket(ticket, verified) for ticket, verified in verification.tickets]
    output.stream.write(pretty_json({"version": FORMAT_VERSION, "root": verification.root, "tickets": tickets}))


def _ticket(ticket: Ticket, verified: Verified) -> dict[str, Any]:
    first = verified.changed[0] if verified.changed else None
    commit = first.commit if first else None
    return {
        "path": ticket.path,
        "id": ticket.id,
        "written": {"commit": verified.commit, "date": verified.day},
        "citations": [_citation(checked) for checked in verified.citations],
        "changed": None if verified.changed is None else bool(verified.changed),
        "changed_by": {"commit": commit.id, "date": commit.day, "subject": commit.subject} if commit else None,
    }


def _citation(checked: Checked) -> dict[str, Any]:
    return {
        "kind": checked.cited.kind,
        "origin": checked.cited.origin,
        "text": checked.cited.text,
        "line": checked.cited.line,
        "written": _judgement(checked.written),
        "now": _judgement(checked.now),
    }


def _judgement(judgement: Judgement) -> dict[str, Any]:
    return {
        "outcome": judgement.outcome.value,
        "path": judgement.path,
        "lines": [list(span) for span in judgement.lines],
        "similarity": judgement.similarity,
        "note": judgement.note or None,
    }
