"""What verification finds out about a ticket: its citations with their outcomes, and what changed since."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from ticketaudit.code.commit import Commit
from ticketaudit.code.outcome import Judgement, Outcome
from ticketaudit.code.wording import shortened
from ticketaudit.ticket import LineRange

#: Outcomes by which what is cited cannot be relied on.
_FAILED = (Outcome.MISSING, Outcome.CONTRADICTED)


Kind = Literal["path", "lines", "symbol", "quote", "commit", "usage"]
#: Whose words these are not: the author's, who claims, but those of somebody who looked.
OTHERS = ("review", "investigation", "resolution")


class Reference(msgspec.Struct, frozen=True):
    """Something that a ticket cites.

    ``origin`` is "location", or the role of the section that it stands in. ``text`` is what the author
    wrote, shortened; ``paths`` are the cited files, the one that is meant first; ``lines`` are lines of
    that one. ``symbol`` also holds the name of a commit. ``fragment``: a quotation in a sentence, which
    need be no whole statement; ``places_itself``: one that says itself on which lines it stands.
    """

    kind: Kind
    origin: str | None
    text: str
    line: int
    paths: tuple[str, ...] = ()
    lines: tuple[LineRange, ...] = ()
    symbol: str | None = None
    fragment: bool = False
    places_itself: bool = False

    @property
    def is_own(self) -> bool:
        """Whether the ticket's author cites it, not somebody who examined the ticket."""
        return self.origin not in OTHERS


class Checked(msgspec.Struct, frozen=True):
    """A citation and its outcomes: when the ticket was written, and now.

    ``cut_off``: the history knows what was there then, and was not fetched; the present does not stand in for it.
    """

    cited: Reference
    written: Judgement
    now: Judgement
    cut_off: bool = False

    @property
    def holds(self) -> bool:
        """Whether it stood there at one of the moments, or nobody can tell.

        Where nobody can tell what was there then, the present decides, unless a history does that is cut off.
        """
        failed = [judgement.outcome in _FAILED for judgement in (self.written, self.now)]
        return not (all(failed) or (failed[1] and self.decisive is self.now))

    @property
    def is_elsewhere(self) -> bool:
        """Whether what was found stands in another file than the cited one."""
        found = f"/{self.decisive.path}"
        return not any(found.endswith(f"/{path}") or f"/{path}".endswith(found) for path in self.cited.paths)

    @property
    def decisive(self) -> Judgement:
        """The outcome that says whether the author was right: that of then, where it is known."""
        return self.now if self.written.outcome is Outcome.UNVERIFIABLE and not self.cut_off else self.written


class Changed(msgspec.Struct, frozen=True):
    """Cited lines that are not what they were: where, and by which commit (None: by none yet)."""

    path: str
    lines: tuple[LineRange, ...]
    line: int
    commit: Commit | None


class Verified(msgspec.Struct, frozen=True):
    """A ticket against the source tree.

    ``commit`` and ``day`` are those of the moment of writing. ``changed`` is None where it cannot be
    told, else the cited lines that changed since, the first of them first.
    """

    commit: str | None
    day: str | None
    citations: tuple[Checked, ...]
    changed: tuple[Changed, ...] | None

    @property
    def cut_off(self) -> bool:
        """Whether the history may know what could not be told of a citation, and does not reach back to it."""
        commits = (checked.now.outcome is Outcome.UNVERIFIABLE for checked in self.of("commit"))
        return any(checked.cut_off for checked in self.citations) or any(commits)

    def of(self, *kinds: str) -> Iterator[Checked]:
        """The citations of some kinds."""
        return (checked for checked in self.citations if checked.cited.kind in kinds)

    def holds(self, line: int, text: str) -> bool:
        """Whether what stands on a line of the ticket holds, by the words that cite it; what is no citation does."""
        found = [each for each in self.citations if each.cited.line == line and each.cited.text == shortened(text)]
        return all(each.holds for each in found)
