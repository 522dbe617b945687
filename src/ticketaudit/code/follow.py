"""Where a file went: renames, also of files that were edited so much that git takes them for new ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ticketaudit.code.commit import Change, Commit, short
from ticketaudit.code.content import Content
from ticketaudit.code.history import History, Moment
from ticketaudit.code.tree import Tree

#: The least share of a file's lines that another one must have to be what became of it. Less is enough
#: under the same name, and where the commit adds no other file of the kind.
_SHARE, _SHARE_LIKELY = 0.3, 0.15
#: Where no file has that much: the share that makes one a part of it, and what the parts must make up together.
_PART, _WHOLE = 0.1, 0.5
#: Lines as short as this stand in every file.
_SHORT = 8


class Followed(NamedTuple):
    """What became of a file: where it is now (None: it is gone), by which commit, how in words.

    ``parts`` are all files that hold a share of it, the largest first; ``names`` are the paths that it
    has had, the first one first.
    """

    path: str | None
    commit: Commit | None
    note: str
    parts: tuple[str, ...]
    names: tuple[str, ...]


def follow(path: str, written: Moment, now: Moment, history: History) -> Followed:
    """What became of a file of the tree between two moments."""
    names = [path]
    if path in now.tree:
        return Followed(path, None, "", (path,), (path,))
    later = history.later(written, now)
    commit = None
    while removal := _removal(names[-1], later, history):
        commit, change = removal
        shares = _shares(commit, change, history)
        parts = _successors(names[-1], commit, shares)
        if not parts or parts[0] in names:
            return _ended(commit, shares, names)
        names.append(parts[0])
        if parts[0] in now.tree:
            there = tuple(part for part in parts if part in now.tree)
            verb = "split" if len(there) > 1 else "renamed"
            return Followed(parts[0], commit, f"{verb} in {short(commit)}", there, tuple(names))
    return _untracked(path, written.tree, now.tree, commit, names)


def _removal(path: str, later: frozenset[str], history: History) -> tuple[Commit, Change] | None:
    touching = history.log.touching.get(history.outer(path), ())
    return next((pair for pair in touching if pair[1].kind == "D" and pair[0].id in later), None)


def _ended(commit: Commit, shares: list[tuple[str, float]], names: list[str]) -> Followed:
    """A file that no single other one continues."""
    parts = [path for path, share in shares if share >= _PART]
    if sum(share for path, share in shares if path in parts) < _WHOLE:
        return Followed(None, commit, f"deleted in {short(commit)}", (), tuple(names))
    note = f"split over {', '.join(parts)} in {short(commit)}"
    return Followed(None, commit, note, tuple(parts), tuple(names))


def _shares(commit: Commit, gone: Change, history: History) -> list[tuple[str, float]]:
    """The files that took over lines of a deleted one in the same commit, the largest share first."""
    inside = [(history.inner(change.path), change) for change in commit.changes if change.kind in "AM"]
    found = [(path, change) for path, change in inside if path is not None]
    same = [(path, 1.0) for path, change in found if change.after == gone.before]
    old = history.content(gone.path, gone.before)
    if same or old is None:
        return same[:1]
    lines = _telling(old)
    shares = ((path, len(lines & _new_lines(path, change, history))) for path, change in found)
    return sorted(((path, share / len(lines)) for path, share in shares if share), key=lambda pair: (-pair[1], pair[0]))


def _successors(name: str, commit: Commit, shares: list[tuple[str, float]]) -> tuple[str, ...]:
    """The files that share enough with a deleted one; less is enough where nothing else can be its successor."""
    ending = name.rpartition(".")[2]
    added = [change.path for change in commit.changes if change.kind == "A" and change.path.endswith(f".{ending}")]
    found = []
    for path, share in shares:
        only = len(added) == 1 and added[0].endswith(path)
        same = path.rpartition("/")[2] == name.rpartition("/")[2]
        if share >= (_SHARE_LIKELY if only or same else _SHARE):
            found.append(path)
    return tuple(found)


def _new_lines(path: str, change: Change, history: History) -> set[str]:
    """The telling lines that a commit brought into a file."""
    after = history.content(path, change.after)
    before = history.content(path, change.before) if change.kind == "M" else None
    return (_telling(after) if after else set()) - (_telling(before) if before else set())


def _telling(content: Content) -> set[str]:
    return {line for line in map(str.strip, content.lines) if len(line) >= _SHORT}


def _untracked(path: str, before: Tree, now: Tree, last: Commit | None, names: list[str]) -> Followed:
    """A file that is gone and that no known commit removed: it may lie in another folder."""
    old = before.content(path)
    same = sorted(_alike(path, old, now)) if old else []
    if same:
        return Followed(same[0], last, "moved", (same[0],), (*names, same[0]))
    return Followed(None, last, "deleted" if last is None else f"deleted in {short(last)}", (), tuple(names))


def _alike(path: str, old: Content, now: Tree) -> Iterator[str]:
    lines = _telling(old)
    for candidate in now.by_name.get(path.rpartition("/")[2], ()):
        content = now.content(candidate)
        if content and lines and len(lines & _telling(content)) / len(lines) >= _SHARE:
            yield candidate
