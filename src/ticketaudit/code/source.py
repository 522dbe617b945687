"""The source tree of a run: its root, its state now, its history, and the moment of a ticket."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ticketaudit.code.git import Git, GitError, find_git
from ticketaudit.code.history import History, Moment, read_history
from ticketaudit.code.tree import Contents, working_tree
from ticketaudit.paths import repository_root
from ticketaudit.ticket import Ticket


@dataclass(frozen=True)
class SourceTree:
    """The code that tickets talk about.

    ``prefixes`` stand before its paths on somebody's machine. ``why_not`` says why there is no history,
    where there is none. ``written`` is the moment that was named for all tickets.
    """

    root: Path
    now: Moment
    history: History | None
    prefixes: tuple[str, ...] = ()
    why_not: str = ""
    written: Moment | None = None
    git: Git | None = None

    @property
    def processes(self) -> int:
        """How often git was started."""
        return self.git.started if self.git else 0

    @property
    def gap(self) -> str:
        """Why the history does not reach back to the beginning; empty where it does, and where there is none."""
        return self.history.log.gap if self.history else ""

    def moment_of(self, ticket: Ticket) -> Moment | None:
        """The tree when a ticket was written: as the commit that added the ticket left it.

        Where the ticket is not kept in this repository, it is the last commit up to the end of the day
        on which it was created. None where nobody can tell: also where a shallow history does not reach
        back to the commit.
        """
        if self.written or self.history is None:
            return self.written
        inner = self._in_repository(ticket.path)
        commit = self.history.added(inner) if inner else None
        if commit is None and ticket.created:
            commit = self.history.at(ticket.created)
        elif commit and commit.id in self.history.log.cut:
            return None
        return self.history.moment(commit) if commit else None

    def _in_repository(self, path: str) -> str | None:
        """A ticket's path in the repository; None where it lies outside."""
        if self.git is None:
            return None
        try:
            return Path(path).resolve().relative_to(self.git.repository).as_posix()
        except (ValueError, OSError):
            return None


@contextmanager
def open_source(
    root: Path, prefixes: Sequence[str] = (), *, written: str | None = None, now: str | None = None
) -> Iterator[SourceTree]:
    """The source tree in a folder, for as long as the context lasts.

    ``written`` and ``now`` are revisions for the two moments; without them the moment of writing is each
    ticket's own, and now is the folder as it lies there. Raises `GitError` where a revision is named and
    cannot be read; without one, a folder whose history cannot be read has none.
    """
    repository = repository_root(root.resolve())
    git = find_git(repository) if repository else None
    try:
        yield _opened(root, tuple(prefixes), git, repository, written, now)
    finally:
        if git:
            git.close()


def _opened(
    root: Path,
    prefixes: tuple[str, ...],
    git: Git | None,
    repository: Path | None,
    written: str | None,
    now: str | None,
) -> SourceTree:
    contents = Contents()
    named = tuple(filter(None, (written, now)))
    listed = history = None
    why = "git is not installed" if repository else "the source tree is in no git repository"
    if git:
        try:
            history = read_history(git, root, contents, named)
            out = git.run("ls-files", "-z", "--cached", "--others", "--exclude-standard", folder=root)
            listed = sorted(set(out.decode("utf-8", errors="replace").split("\0")) - {""})
            why = "" if history.head else "the repository has no commit"
        except GitError as error:
            if named:
                raise
            why = f"git cannot read the repository: {error}"
    if named and history is None:
        raise GitError(f"a revision cannot be looked up: {why}")
    present = _named(history, now) if now else Moment(working_tree(root, listed, contents), None)
    past = _named(history, written) if written else None
    if present is None or (written and past is None):
        raise GitError(f"unknown revision `{now if present is None else written}`")
    return SourceTree(root, present, history if history and history.head else None, prefixes, why, past, git)


def _named(history: History | None, revision: str) -> Moment | None:
    commit = history.commit(revision) if history else None
    return history.moment(commit) if history and commit else None
