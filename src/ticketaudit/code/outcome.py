"""What came of looking for what a ticket cites: the words that `verify` prints and rules go by."""

from __future__ import annotations

from enum import StrEnum

import msgspec
from msgspec.structs import replace

from ticketaudit.ticket import LineRange


class Outcome(StrEnum):
    """Whether what is cited stands in the tree.

    confirmed: every line stands there, in order, within five lines of the cited place. moved: it does,
    elsewhere in the file or in another. drifted: the same statement or function stands there, reworded
    or changed. missing: gone, or never there. unverifiable: nobody can tell, and the note says why.
    holds and contradicted are the outcomes of a claim that something is not used.
    """

    CONFIRMED = "confirmed"
    MOVED = "moved"
    DRIFTED = "drifted"
    MISSING = "missing"
    UNVERIFIABLE = "unverifiable"
    HOLDS = "holds"
    CONTRADICTED = "contradicted"


class Judgement(msgspec.Struct, frozen=True):
    """The outcome at one moment.

    ``path`` and ``lines`` say where it stands; ``similarity`` (0 to 1) how much of it, where it drifted.
    """

    outcome: Outcome
    path: str | None = None
    lines: tuple[LineRange, ...] = ()
    similarity: float | None = None
    note: str = ""

    def noting(self, note: str) -> Judgement:
        """The same with a further note."""
        return replace(self, note="; ".join(filter(None, (note, self.note))))


def unverifiable(note: str) -> Judgement:
    """Nobody can tell, and why."""
    return Judgement(Outcome.UNVERIFIABLE, note=note)


def missing(note: str = "", path: str | None = None) -> Judgement:
    """It does not stand there."""
    return Judgement(Outcome.MISSING, path, note=note)
