"""The two moments of a ticket: where what it cites was then, and where that is today."""

from __future__ import annotations

from dataclasses import dataclass, field

from ticketaudit.code import lookup
from ticketaudit.code.content import Content
from ticketaudit.code.follow import Followed, follow
from ticketaudit.code.history import Moment
from ticketaudit.code.lookup import Lookup
from ticketaudit.code.outcome import Judgement, missing, unverifiable
from ticketaudit.code.source import SourceTree
from ticketaudit.code.tree import Tree


@dataclass(frozen=True, slots=True)
class Today:
    """Where a cited file is now.

    ``path`` is None where it is gone, and ``note`` says how it went; ``parts`` are all files that hold
    some of it. ``doubtful``: nobody can tell which file is meant.
    """

    path: str | None
    parts: tuple[str, ...]
    note: str
    doubtful: bool = False


@dataclass(frozen=True)
class Views:
    """A ticket's view of the source tree. ``written`` is None where the moment of writing is not known."""

    source: SourceTree
    written: Moment | None
    near: frozenset[str]
    _then: dict[str, Lookup] = field(default_factory=dict)
    _today: dict[str, Today] = field(default_factory=dict)
    _followed: dict[str, Followed] = field(default_factory=dict)

    @property
    def now(self) -> Tree:
        """The tree as it is now."""
        return self.source.now.tree

    @property
    def cut_off(self) -> bool:
        """Whether the moment of writing is not known because the history does not reach back to it."""
        return self.written is None and bool(self.source.gap)

    @property
    def unknown(self) -> Judgement:
        """The outcome then, where the moment is not known."""
        why = self.source.why_not or self.source.gap or "the ticket says no date, and no commit adds it"
        return unverifiable(f"what the tree was like then is not known: {why}")

    def then(self, path: str) -> Lookup:
        """The file that a cited path meant when the ticket was written."""
        if path not in self._then:
            none = Lookup(None, "the moment is not known")
            self._then[path] = self._find(path, self.written.tree) if self.written else none
        return self._then[path]

    def today(self, path: str) -> Today:
        """Where the file is now that a cited path meant."""
        if path not in self._today:
            self._today[path] = self._look(path)
        return self._today[path]

    def content_then(self, path: str) -> Content | None:
        """What stood in a cited file."""
        found = self.then(path).path
        return self.written.tree.content(found) if found and self.written else None

    def content_now(self, path: str) -> Content | None:
        """What stands in it now, wherever it went."""
        found = self.today(path).path
        return self.now.content(found) if found else None

    def absent(self, path: str) -> Judgement | None:
        """The outcome then of anything in a file that the tree did not have; None where it had it."""
        if self.written is None:
            return self.unknown
        found = self.then(path)
        return None if found.path else (unverifiable if found.doubtful else missing)(found.note)

    def gone(self, path: str) -> Judgement | None:
        """The same for now."""
        found = self.today(path)
        return None if found.path else (unverifiable if found.doubtful else missing)(found.note)

    def follow(self, path: str) -> Followed | None:
        """What became of a file of the tree then; None where there is no history."""
        if path not in self._followed and self.written and self.source.history:
            self._followed[path] = follow(path, self.written, self.source.now, self.source.history)
        return self._followed.get(path)

    def _find(self, path: str, tree: Tree) -> Lookup:
        return lookup.find(path, tree, self.source.prefixes, self.near)

    def _look(self, path: str) -> Today:
        was = self.then(path).path
        followed = self.follow(was) if was else None
        if followed:
            return Today(followed.path, followed.parts, followed.note)
        here = self._find(path, self.now)
        if self.cut_off and not here.path:
            return Today(None, (), f"it may have been renamed: {self.source.gap}", doubtful=True)
        return Today(here.path, (here.path,) if here.path else (), here.note, here.doubtful)
