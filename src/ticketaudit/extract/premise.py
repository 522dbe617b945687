"""What became of the ticket's premise."""

from __future__ import annotations

from collections.abc import Sequence

from ticketaudit.ticket import Claim, Premise, Resolution, Review


def judge_premise(reviews: Sequence[Review], claims: Sequence[Claim], resolution: Resolution | None) -> Premise:
    """Refuted, disputed, supported or unverified, in this order.

    Refuted where the investigation, the resolution, most of the examined claims or a reviewer find
    a claim false. Disputed where a reviewer objects and nothing later settles it. Supported where
    somebody other than the author shows evidence or concludes. Else nobody has looked.
    """
    settled = resolution is not None and (resolution.disposition is not None or bool(resolution.severity))
    false = sum(claim.status == "false" for claim in claims)
    if resolution is not None and resolution.refutation:
        return "refuted"
    if false * 2 > len(claims) or any(review.refutes for review in reviews):
        return "refuted"
    if not settled and any(review.verdict == "object" for review in reviews):
        return "disputed"
    if settled or claims or any(review.evidence for review in reviews):
        return "supported"
    return "unverified"
