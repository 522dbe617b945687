"""What became of the ticket's premise."""

from __future__ import annotations

from collections.abc import Sequence

from ticketaudit.ticket import Claim, Premise, Resolution, Review
from ticketaudit.words import fold


def judge_premise(
    reviews: Sequence[Review], claims: Sequence[Claim], resolution: Resolution | None, own_text: str
) -> Premise:
    """Refuted, disputed, supported or unverified, in this order.

    Refuted where the investigation or resolution finds a claim false, where a claim examined as
    false is the ticket's own, or where a reviewer finds one false and the team did not fix it after
    all. Disputed where a reviewer objects and nothing later settles it. Supported where somebody
    other than the author shows evidence or concludes. Else nobody has looked.
    """
    disposition = resolution.disposition if resolution else None
    settled = disposition is not None or bool(resolution and resolution.severity)
    false = [claim for claim in claims if claim.status == "false"]
    if (resolution and resolution.refutation) or (false and _holds_any(own_text, false)):
        return "refuted"
    if disposition != "fixed" and any(review.refutes for review in reviews):
        return "refuted"
    if not settled and any(review.verdict == "object" for review in reviews):
        return "disputed"
    shown = any(review.evidence for review in reviews if review.verdict != "object")
    if shown or disposition in ("fixed", "already-fixed") or any(claim.status == "true" for claim in claims):
        return "supported"
    return "unverified"


def _holds_any(own_text: str, claims: Sequence[Claim]) -> bool:
    """Whether an examined claim is the ticket's: more than half of its longer words stand there."""
    own_words = set(fold(own_text).split())
    longer = ([word for word in fold(claim.text).split() if len(word) > 3] for claim in claims)
    return any(2 * sum(word in own_words for word in words) > len(words) for words in longer)
