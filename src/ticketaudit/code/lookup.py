"""Which file of a tree a cited path means."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from ticketaudit.code.tree import Tree

_DRIVE = re.compile(r"^[A-Za-z]:")


class Lookup(NamedTuple):
    """The file that is meant, or why there is none. ``doubtful``: there are several, and no telling which."""

    path: str | None
    note: str = ""
    doubtful: bool = False


def find(cited: str, tree: Tree, prefixes: Sequence[str] = (), near: Collection[str] = ()) -> Lookup:
    """The file of the tree that a cited path means.

    First the path itself, then without one of the ``prefixes`` of somebody's machine, then by its
    longest end that is a path of the tree, then as the end of a path of the tree (``near`` settles which
    of several: other files that the ticket names).
    """
    written = cited.replace("\\", "/")
    parts = _parts(written)
    if parts is None:
        return Lookup(None, "the path leads out of the source tree")
    if not parts:
        return Lookup(None, "no path")
    for prefix in prefixes:
        inner = _without_prefix(written, prefix)
        if inner and inner in tree:
            return Lookup(inner)
    path = _longest_end(parts, tree)
    return Lookup(path) if path else _as_end(parts, tree, near)


def _parts(path: str) -> list[str] | None:
    """The parts of a path; None where it climbs: nobody needs that to name a file of the tree."""
    parts = [part for part in _DRIVE.sub("", path).split("/") if part not in ("", ".")]
    return None if ".." in parts or any("\0" in part for part in parts) else parts


def _without_prefix(path: str, prefix: str) -> str | None:
    start = prefix.replace("\\", "/").rstrip("/") + "/"
    return path.removeprefix(start).lstrip("/") if path.startswith(start) else None


def _longest_end(parts: Sequence[str], tree: Tree) -> str | None:
    """The longest end of a path that is a path of the tree.

    A bare name at the root counts only where nothing of what is dropped is a folder of the tree:
    ``src/gone/__init__.py`` is not ``__init__.py``.
    """
    for start in range(len(parts)):
        path = "/".join(parts[start:])
        if path in tree:
            bare = start == len(parts) - 1 and start > 0
            return None if bare and any(part in tree.folders for part in parts[:-1]) else path
    return None


def _as_end(parts: Sequence[str], tree: Tree, near: Collection[str]) -> Lookup:
    """The one file of the tree whose path ends with the cited one."""
    same_name = tree.by_name.get(parts[-1], ())
    ending = "/" + "/".join(parts)
    found = [path for path in same_name if path.endswith(ending)]
    named = [path for path in found if any(f"/{other}".endswith(f"/{path}") for other in near)]
    if len(named) == 1 or len(found) == 1:
        return Lookup((named or found)[0])
    if found:
        return Lookup(None, f"{len(found)} files of the tree have this name", doubtful=True)
    if len(parts) > 1 and len(same_name) == 1:
        return Lookup(None, f"a file of that name is {same_name[0]}")
    return Lookup(None)


def is_in(cited: str, files: Collection[str]) -> bool:
    """Whether some files have a cited path, or an end of it, of two parts at least; a bare name only at the root."""
    parts = _parts(cited.replace("\\", "/")) or []
    ends = ["/".join(parts[start:]) for start in range(max(len(parts) - 1, 1))] if parts else []
    if any(end in files for end in ends):
        return True
    return len(parts) > 1 and any(path.endswith(f"/{ends[0]}") for path in files)
