"""The words that verification has in every format."""

from __future__ import annotations

from ticketaudit.code.commit import short
from ticketaudit.code.outcome import Judgement
from ticketaudit.code.verified import Verified
from ticketaudit.code.wording import spans
from ticketaudit.verification import Verification

#: What stands where there is nothing to say.
NOTHING = "–"
NO_CITATION = "The ticket cites nothing that a source tree could have."


def place(judgement: Judgement) -> str:
    """Where something stands in the code: ``src/a.py:10-12``; empty where nobody can say."""
    if judgement.path is None:
        return ""
    return f"{judgement.path}:{spans(judgement.lines)}" if judgement.lines else judgement.path


def outcome(judgement: Judgement) -> str:
    """The outcome in a word, and how much of it stands there where it drifted: ``drifted (85 %)``."""
    if judgement.similarity is None:
        return judgement.outcome.value
    return f"{judgement.outcome.value} ({round(judgement.similarity * 100)} %)"


def written(verified: Verified) -> str:
    """The moment of writing."""
    if verified.commit is None:
        return "not known"
    return f"{verified.commit[:8]} ({verified.day})"


def now(verification: Verification) -> str:
    """The moment that is called now."""
    if verification.now is None:
        return "the source tree as it is"
    tree = "the working tree at commit " if verification.working else ""
    return f"{tree}{short(verification.now)}"


def changes(verified: Verified) -> list[str]:
    """A sentence for each cited place that changed since, or for the answer that none did."""
    if verified.changed is None:
        return []
    found = []
    for change in verified.changed:
        by = f"in {short(change.commit)}, {change.commit.subject}" if change.commit else "but not committed"
        found.append(f"{change.path}:{spans(change.lines)} has changed since the ticket was written, {by}.")
    return found or ["The cited lines have not changed since the ticket was written."]
