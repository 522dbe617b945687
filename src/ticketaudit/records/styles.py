"""How the values of a record look on a terminal, the same in the table and on the screen of one ticket."""

from __future__ import annotations

from collections import Counter
from typing import get_args

from rich.text import Text

from ticketaudit.terminal import clean
from ticketaudit.ticket import ClaimStatus, Ticket, Verdict
from ticketaudit.vocabulary import Vocabulary

#: By the step on the scale of severities; what is below them needs no colour.
_SEVERITY_STYLES = ("bold red", "red", "yellow")
_STATE_STYLES = {"open": "yellow", "closed": "dim"}
_VERDICT_STYLES = {"endorse": "green", "refine": "cyan", "neutral": "dim", "object": "red", "other": "magenta"}
_CLAIM_STYLES = {"true": "green", "false": "red", "partial": "yellow", "other": "dim"}
_PREMISE_STYLES = {"supported": "green", "disputed": "yellow", "refuted": "bold red", "unverified": "dim"}

#: What stands where the ticket says nothing.
NOTHING = "–"


def value(text: str | None, style: str = "") -> Text:
    """Text of a ticket as it is, a dash where there is none."""
    return Text(clean(text), style, overflow="fold") if text else Text(NOTHING, "dim")


def severity(text: str | None, vocabulary: Vocabulary) -> Text:
    """A severity, the brighter the more severe."""
    rank = vocabulary.severity_rank(text) if text else None
    known = rank is not None and rank < len(_SEVERITY_STYLES)
    return value(text, _SEVERITY_STYLES[rank] if known and rank is not None else "")


def state(ticket: Ticket) -> Text:
    """Open or closed."""
    return value(ticket.state, _STATE_STYLES.get(ticket.state or "", ""))


def premise(ticket: Ticket) -> Text:
    """What became of the central claim."""
    return value(ticket.premise, _PREMISE_STYLES[ticket.premise])


def verdict(name: Verdict) -> Text:
    """What a reviewer says of the ticket."""
    return Text(name, _VERDICT_STYLES[name])


def claim(status: ClaimStatus) -> Text:
    """Whether an examined claim holds."""
    return Text(status, _CLAIM_STYLES[status])


def tally(ticket: Ticket, joint: str = " · ") -> Text:
    """How many reviews have which verdict: ``2 endorse · 1 object``."""
    counts = Counter(review.verdict for review in ticket.reviews)
    parts = [Text(f"{counts[name]} {name}", _VERDICT_STYLES[name]) for name in get_args(Verdict) if counts[name]]
    return Text(joint).join(parts) if parts else value(None)
