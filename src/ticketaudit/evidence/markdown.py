"""What verification found, as Markdown that can stand under a ticket's Investigation Notes."""

from __future__ import annotations

from collections.abc import Iterator

from ticketaudit.code.outcome import Judgement
from ticketaudit.code.verified import Checked, Verified
from ticketaudit.evidence import wording
from ticketaudit.extract.authored import BEGIN, END
from ticketaudit.gfm import escape, row
from ticketaudit.terminal import Output
from ticketaudit.ticket import Ticket
from ticketaudit.verification import Verification


def write(verification: Verification, output: Output) -> None:
    """Write a block for each ticket, with an empty line between them."""
    blocks = ("\n".join(_block(ticket, verified, verification)) for ticket, verified in verification.tickets)
    output.stream.write("\n\n".join(blocks) + "\n")


def _block(ticket: Ticket, verified: Verified, verification: Verification) -> Iterator[str]:
    yield f"{BEGIN} it looked this up, and reads none of it as the ticket's -->"
    yield ""
    yield f"**Evidence: {escape(ticket.name)}**"
    yield ""
    yield f"Checked by `ticketaudit verify` against {escape(wording.now(verification))}."
    yield f"The moment of writing is {escape(wording.written(verified))}."
    yield ""
    if verified.citations:
        yield from (row(("Line", "Kind", "Cited", "When written", "Now")), row(["---"] * 5))
        yield from (row(_cells(checked)) for checked in verified.citations)
    else:
        yield wording.NO_CITATION
    for sentence in wording.changes(verified):
        yield from ("", escape(sentence))
    yield from ("", END)


def _cells(checked: Checked) -> Iterator[str]:
    yield str(checked.cited.line)
    yield checked.cited.kind
    yield escape(checked.cited.text)
    yield _judgement(checked.written)
    yield _judgement(checked.now)


def _judgement(judgement: Judgement) -> str:
    """The outcome, the place, and the note."""
    place = wording.place(judgement)
    parts = [f"**{wording.outcome(judgement)}**", escape(f"`{place}`") if place else "", escape(judgement.note)]
    return " · ".join(filter(None, parts))
