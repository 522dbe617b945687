"""The source tree at one moment: which files there are, and what stands in them.

A tree is a closed list of files, made before anything a ticket says is looked at. A path that a ticket
cites is only ever compared with that list, so that ``..``, an absolute path, a symbolic link or another
spelling of a name leads nowhere. Paths are relative to the root of the tree and have ``/``; a name that is
no Unicode, which no ticket can cite, is read with marks of replacement and leads nowhere either.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import sha1
from pathlib import Path

from ticketaudit.code.content import LIMIT, Content, read_content

#: What tools leave in a folder and nobody writes tickets about; where git knows, it is asked instead.
_NOT_SOURCE = frozenset({"__pycache__", "node_modules", "venv", "site-packages"})


class Tree:
    """The files of a moment.

    ``files`` maps their paths to the names of their contents: two files with one name have one content.
    ``load`` reads the content of a name.
    """

    def __init__(self, files: Mapping[str, str], load: Callable[[str, str], Content | None]) -> None:
        self.files = files
        self._load = load
        self._by_ending: dict[str, list[tuple[str, Content]]] = {}

    def __contains__(self, path: str) -> bool:
        return path in self.files

    def content(self, path: str) -> Content | None:
        """What stands in a file; None where the tree has no such file, or it is no text."""
        name = self.files.get(path)
        return None if name is None else self._load(path, name)

    def with_ending(self, ending: str) -> Sequence[tuple[str, Content]]:
        """The text files whose names have an ending, by their paths; they are read once."""
        if ending not in self._by_ending:
            dotted, load = f".{ending}", self._load
            paths = sorted(path for path in self.files if path.endswith(dotted))
            self._by_ending[ending] = [
                (path, content) for path in paths if (content := load(path, self.files[path])) is not None
            ]
        return self._by_ending[ending]

    @cached_property
    def by_name(self) -> Mapping[str, tuple[str, ...]]:
        """The paths by the last part of each."""
        index: dict[str, list[str]] = {}
        for path in self.files:
            index.setdefault(path.rpartition("/")[2], []).append(path)
        return {name: tuple(paths) for name, paths in index.items()}

    @cached_property
    def folders(self) -> frozenset[str]:
        """Every folder that holds a file, at any depth."""
        return frozenset(path[:end] for path in self.files for end, char in enumerate(path) if char == "/")


class Contents:
    """What has been read in a run, by name: files that are the same at two moments are read once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Content | None] = {}

    def get(self, path: str, name: str, read: Callable[[str], bytes | None]) -> Content | None:
        """The content of a name, read by it where it is not known yet."""
        key = (name, path[path.rfind(".") + 1 :])
        try:
            return self._known[key]  # it is, most of the time: the trees of all moments ask
        except KeyError:
            self._known[key] = content = read_content(path, read(name))
            return content


def working_tree(root: Path, listed: Iterable[str] | None, contents: Contents) -> Tree:
    """The tree of a folder as it is on the disk.

    ``listed`` are the paths to take, relative to the root (None: what the folder holds). What is no
    regular file, or is reached through a symbolic link, is left out. Contents get the names that git
    gives them, so that an unchanged file is the one of the last commit.
    """
    real = os.path.realpath(root)
    top = real if real.endswith(os.sep) else real + os.sep
    known: dict[str, Content | None] = {}

    def load(path: str, _: str) -> Content | None:
        if path not in known:
            data = _read(top, path)
            known[path] = None if data is None else contents.get(path, blob_name(data), lambda _: data)
        return known[path]

    paths = _plain_files(top, _walk(top) if listed is None else listed)
    return Tree({path: path for path in sorted(set(paths))}, load)


def blob_name(data: bytes) -> str:
    """The name that git gives to a file's content (in repositories that use SHA-1)."""
    return sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def _walk(root: str) -> Iterator[str]:
    """The files of a folder and the folders in it; hidden folders and what tools leave are passed over."""
    for folder, folders, files in os.walk(root, followlinks=False):
        folders[:] = sorted(name for name in folders if not (name.startswith(".") or name in _NOT_SOURCE))
        inner = os.fsencode(os.path.relpath(folder, root).replace(os.sep, "/")).decode("utf-8", errors="replace")
        files = [os.fsencode(name).decode("utf-8", errors="replace") for name in files]
        yield from (name if inner == "." else f"{inner}/{name}" for name in files)


def _plain_files(root: str, paths: Iterable[str]) -> Iterator[str]:
    """The paths that lead from folder to folder to a regular file, and over no symbolic link."""
    plain: dict[str, bool] = {"": True}
    for path in paths:
        folder, _, name = path.rpartition("/")
        if folder not in plain:
            plain[folder] = _is_plain_folder(root, folder.split("/"))
        if plain[folder] and _is_clean(name) and stat.S_ISREG(_mode(root, path)):
            yield path


def _is_plain_folder(root: str, parts: Sequence[str]) -> bool:
    return all(map(_is_clean, parts)) and all(
        stat.S_ISDIR(_mode(root, "/".join(parts[:end]))) for end in range(1, len(parts) + 1)
    )


def _is_clean(name: str) -> bool:
    return name not in ("", ".", "..") and "\\" not in name and "\0" not in name


def _mode(root: str, path: str) -> int:
    """What a path is, without following it; 0 where there is nothing."""
    try:
        return os.lstat(root + path).st_mode
    except OSError:
        return 0


def _read(root: str, path: str) -> bytes | None:
    """The bytes of a listed file; None where it has become something else since, or is too large."""
    folder = os.path.normpath(root + path.rpartition("/")[0])
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        if os.path.realpath(folder) != folder:  # a folder on the way has become a link
            return None
        with os.fdopen(os.open(root + path, flags), "rb") as stream:
            found = os.fstat(stream.fileno())
            return stream.read(min(found.st_size, LIMIT) + 1) if stat.S_ISREG(found.st_mode) else None
    except OSError:
        return None
