"""Where and how a ticket finds its own premise false: two rules point there."""

from __future__ import annotations

import msgspec

from ticketaudit.rules._phrases import heading_line, quoted, reviewer
from ticketaudit.ticket import Ticket


class Refuted(msgspec.Struct, frozen=True):
    """A line, what is said there as part of a message, and the words to mark."""

    line: int
    saying: str
    mark: str | None = None


def refuted(ticket: Ticket) -> Refuted | None:
    """What refutes the premise: an examined claim before the team's own conclusion before a reviewer.

    None where the ticket is not refuted.
    """
    if ticket.premise != "refuted":
        return None
    false = [claim for claim in ticket.claims if claim.status == "false"]
    if false:
        count = f" ({len(false)} of {len(ticket.claims)} claims were)" if len(false) > 1 else ""
        return Refuted(false[0].line, f"the claim {quoted(false[0].text)} was found false{count}", false[0].text)
    if ticket.resolution and ticket.resolution.refutation:
        refutation = ticket.resolution.refutation
        return Refuted(refutation.line, f"the premise is refuted: {quoted(refutation.text)}", refutation.text)
    for review in ticket.reviews:
        if review.refutes:
            saying = f"the premise is refuted by {reviewer(review)}: {quoted(review.refutes)}"
            return Refuted(review.line, saying, review.reviewer)
    return Refuted(heading_line(ticket), "the premise is refuted")
