"""What reviewers show, without what the source tree contradicts."""

from __future__ import annotations

import msgspec

from ticketaudit.code.verified import Verified
from ticketaudit.extract.premise import judge_premise
from ticketaudit.ticket import Evidence, Review, Ticket


def refuted_evidence(review: Review, verified: Verified | None) -> tuple[Evidence, ...]:
    """The evidence of a review that does not stand in the source tree, then or now."""
    if verified is None:
        return ()
    return tuple(shown for shown in review.evidence if not verified.holds(shown.line, shown.text))


def shows_something(review: Review, verified: Verified | None) -> bool:
    """Whether a review shows evidence that holds, or that nobody can judge."""
    return len(refuted_evidence(review, verified)) < len(review.evidence)


def with_premise(ticket: Ticket, verified: Verified) -> Ticket:
    """The ticket with its premise judged by the evidence that holds: what was supported may not be."""
    if ticket.premise != "supported":
        return ticket
    reviews = [
        msgspec.structs.replace(
            review, evidence=tuple(each for each in review.evidence if verified.holds(each.line, each.text))
        )
        for review in ticket.reviews
    ]
    premise = judge_premise(reviews, ticket.claims, ticket.resolution, "")
    return ticket if premise == "supported" else msgspec.structs.replace(ticket, premise=premise)
