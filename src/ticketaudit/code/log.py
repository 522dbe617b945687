"""The commits of a repository, from one run of ``git log``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ticketaudit.code.commit import Change, Commit
from ticketaudit.code.git import Git

#: So many commits are read; what is older is not known, as in a shallow clone.
LIMIT = 20_000
SHALLOW = "the history is shallow"
#: What to do about it.
FETCH = "fetch all of it (GitHub Actions: `fetch-depth: 0`, GitLab: `GIT_DEPTH: 0`)"
_FORMAT = "%x01%H%x00%P%x00%cs%x00%s"


@dataclass(frozen=True)
class Log:
    """Commits by their names, the newest first.

    ``gap`` says why these are not all that ever were, and is empty where they are. ``cut`` are the commits
    at which a shallow history ends: what they seem to add was there before, and nobody knows how long.
    """

    commits: Mapping[str, Commit]
    gap: str = ""
    cut: frozenset[str] = frozenset()
    _after: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    @cached_property
    def touching(self) -> Mapping[str, tuple[tuple[Commit, Change], ...]]:
        """The commits that changed a path, the newest first."""
        index: dict[str, list[tuple[Commit, Change]]] = {}
        for commit in self.commits.values():
            for change in commit.changes:
                index.setdefault(change.path, []).append((commit, change))
        return {path: tuple(found) for path, found in index.items()}

    def first_parents(self, start: str) -> Iterator[Commit]:
        """A commit and what its branch was before, one commit after the other."""
        commit = self.commits.get(start)
        while commit:
            yield commit
            commit = self.commits.get(commit.parents[0]) if commit.parents else None

    def ancestors(self, start: str) -> frozenset[str]:
        """A commit and all that led to it, as far as they are known."""
        key = (start, "")
        if key not in self._after:
            found, waiting = set(), [start]
            while waiting:
                name = waiting.pop()
                if name not in found and name in self.commits:
                    found.add(name)
                    waiting.extend(self.commits[name].parents)
            self._after[key] = frozenset(found)
        return self._after[key]

    def between(self, before: str, now: str) -> frozenset[str]:
        """The commits that led from one to the other."""
        key = (before, now)
        if key not in self._after:
            self._after[key] = self.ancestors(now) - self.ancestors(before)
        return self._after[key]


def read_log(git: Git, revisions: Sequence[str], shallow: bool) -> Log:
    """The commits that led to some revisions, by their full names. ``shallow``: whether their history is."""
    gap = SHALLOW if shallow else ""
    if not revisions:
        return Log({}, gap)
    arguments = ("log", f"--max-count={LIMIT}", f"--format={_FORMAT}", "--raw", "-z", "--no-abbrev", "--no-renames")
    plain = ("--no-ext-diff", "--no-textconv", "--no-color", "--no-notes", "--no-decorate", "--end-of-options")
    out = git.run(*arguments, *plain, *revisions).decode("utf-8", errors="replace")
    commits = {commit.id: commit for commit in map(_commit, out.split("\x01")[1:])}
    if not gap and len(commits) >= LIMIT:
        gap = f"only the last {LIMIT} commits are read"
    cut = (name for name, commit in commits.items() if shallow and not commit.parents and _has_parents(git, name))
    return Log(commits, gap, frozenset(cut))


def is_shallow(git: Git) -> bool:
    """Whether a repository has only a part of its history."""
    return git.run("rev-parse", "--is-shallow-repository").strip() == b"true"


def _has_parents(git: Git, commit: str) -> bool:
    """Whether a commit has parents by its own account, whatever the log makes of it."""
    found = git.read(commit)
    return bool(found and found[2] and b"\nparent " in found[2].partition(b"\n\n")[0])


def _commit(text: str) -> Commit:
    name, parents, day, subject, *rest = text.split("\0")
    rest[:1] = [rest[0].lstrip("\n")] if rest else []
    changes = []
    for entry, path in zip(rest[::2], rest[1::2], strict=False):
        _, _, before, after, kind = entry.removeprefix(":").split(" ")
        changes.append(Change(kind[:1], path, before, after))
    return Commit(name, tuple(parents.split()), day, subject, tuple(changes))
