"""The rules: what can be wrong with a ticket. One module holds one rule; `ALL` lists them by name."""

from __future__ import annotations

from typing import Final

from ticketaudit.rule import Rule
from ticketaudit.rules import (
    endorsed_but_refuted,
    malformed_ticket,
    missing_verification,
    refuted_premise,
    severity_disagreement,
    status_conflict,
    unchecked_verification,
    unverified_premise,
    verdict_split,
)

ALL: Final[tuple[Rule, ...]] = (
    endorsed_but_refuted.RULE,
    malformed_ticket.RULE,
    missing_verification.RULE,
    refuted_premise.RULE,
    severity_disagreement.RULE,
    status_conflict.RULE,
    unchecked_verification.RULE,
    unverified_premise.RULE,
    verdict_split.RULE,
)
