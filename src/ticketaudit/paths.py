"""Paths as they are printed, and the repository that a folder lies in."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import takewhile
from pathlib import Path, PurePosixPath

from ticketaudit.hints import nearest

_LIKE_A_BYTE = re.compile(rb"\\(?=x[0-9a-f]{2})")


def printed(path: str | Path) -> str:
    """A path relative to the working folder, with ``/``; bytes that are no text are shown as escapes: `as_text`."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # from one drive to another there is no relative path
        relative = str(path)
    return as_text(relative)


@lru_cache(maxsize=16)  # every reader of a heading asks for it
def stem(path: str) -> str:
    """What a file is called without its ending, by its path with ``/``."""
    return PurePosixPath(path).stem


def as_text(path: str) -> str:
    r"""A path, or the name of a file, as it is printed: no two that differ are printed alike.

    A byte that is no text is shown as ``\xe9``, and a backslash that begins what looks so as ``\x5c``.
    """
    return path if path.isascii() and os.sep == "/" and "\\" not in path else _encoded(path)


def _encoded(path: str) -> str:
    data = os.fsencode(path.replace(os.sep, "/"))
    return _LIKE_A_BYTE.sub(rb"\\x5c", data).decode("utf-8", errors="backslashreplace")


def native(path: str) -> str:
    """A path out of a file as this system names it: where the locale knows ASCII only, other characters are bytes."""
    try:
        os.fsencode(path)
    except UnicodeEncodeError:
        return os.fsdecode(path.encode("utf-8"))
    return path


def readable(path: str) -> str:
    """The same the other way round: a path's bytes as the characters that they are in UTF-8."""
    if path.isascii():
        return path
    return path.encode("utf-8", errors="surrogateescape").decode("utf-8", errors="surrogateescape")


def same_ending(path: str, candidates: Iterable[str]) -> list[str]:
    """The candidates that have the longest end in common with a path, at least the last part of it."""
    shared: dict[int, list[str]] = {}
    parts = _parts(path)
    for candidate in candidates:
        pairs = zip(reversed(parts), reversed(_parts(candidate)), strict=False)
        shared.setdefault(sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs)), []).append(candidate)
    longest = max(shared, default=0)
    return shared[longest] if longest else []


def _parts(path: str) -> list[str]:
    return [part for part in path.replace("\\", "/").split("/") if part not in ("", ".")]


def repository_root(folder: Path) -> Path | None:
    """The innermost folder, from an absolute one up, that git keeps a repository in; None where none does."""
    return next((place for place in (folder, *folder.parents) if os.path.lexists(place / ".git")), None)


def place_in_repository(folder: Path) -> str:
    """The path of an absolute folder from the root of its repository, as printed; "." where there is none."""
    root = repository_root(folder)
    return as_text(str(folder.relative_to(root))) if root else "."


def similar(path: Path) -> str:
    """The end of a message about a path that there is not: the nearest name in its folder, if any is near.

    Of a link that leads nowhere it says that, and such a link is not what somebody means.
    """
    try:
        if path.is_symlink():
            return "; it is a link that leads nowhere"
        meant = nearest(path.name, (sibling.name for sibling in path.parent.iterdir() if sibling.exists()))
    except OSError:  # among others for a name that is longer than any
        return ""
    return f"; did you mean `{printed(path.parent / meant)}`?" if meant else ""


def relative_url(path: str, folder: str) -> str:
    """Where a link to a path goes from a page in a folder: relative, so that both can be moved together."""
    from urllib.parse import quote

    return quote(posixpath.relpath(path, folder), safe="/")
