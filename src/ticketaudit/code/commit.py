"""A commit: what the history says of it."""

from __future__ import annotations

import msgspec


class Change(msgspec.Struct, frozen=True):
    """What a commit did to a file: ``kind`` is A, M, D or T; the contents are named as in `Tree.files`."""

    kind: str
    path: str
    before: str
    after: str


class Commit(msgspec.Struct, frozen=True):
    """A commit. ``day`` is the day of the commit as its committer saw it; a merge has no changes of its own."""

    id: str
    parents: tuple[str, ...]
    day: str
    subject: str
    changes: tuple[Change, ...]


def short(commit: Commit) -> str:
    """A commit as people name it: the beginning of its name, its day."""
    return f"{commit.id[:8]} ({commit.day})" if commit.day else commit.id[:8]
