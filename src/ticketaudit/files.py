"""Files that may be anything: only a regular file is opened, and no more of it is read than was asked for."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

from ticketaudit.paths import repository_root

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_MEBIBYTE = 1024**2


class TooLargeError(ValueError):
    """A file is larger than somebody wants to read."""


def read_regular(file: Path, limit: int) -> bytes:
    """The bytes of a regular file; raises `ValueError` for a pipe, a device or more bytes than ``limit``.

    To open a pipe would wait for its other end, to open a device may do anything. What becomes a pipe
    between the look at it and its opening is opened without waiting, and not read.
    """
    mode = file.stat().st_mode
    if stat.S_ISREG(mode):
        with os.fdopen(os.open(file, _FLAGS), "rb") as stream:
            mode = os.fstat(stream.fileno()).st_mode
            if stat.S_ISREG(mode):
                return limited(at_most(stream, limit + 1), limit)
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(None, "is a directory", str(file))
    raise ValueError("no regular file")


def at_most(stream: BinaryIO, count: int) -> bytes:
    """So many bytes of a stream, fewer where it ends; memory is taken as they come, however many are asked for."""
    parts = []
    while part := stream.read(min(count, _MEBIBYTE)):
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def limited(data: bytes, limit: int) -> bytes:
    """The bytes; raises `TooLargeError` where they are more than ``limit``."""
    if len(data) > limit:
        size = f"{limit // _MEBIBYTE} MiB" if limit >= _MEBIBYTE else f"{limit // 1024} KiB"
        raise TooLargeError(f"it is larger than {size}")
    return data


def bounds(folder: Path) -> Path:
    """The real path of the repository that a folder lies in; of the folder, where it lies in none."""
    folder = Path(os.path.realpath(folder))
    return repository_root(folder) or folder


def leads_out(path: Path, bounds: Path) -> bool:
    """Whether a path leads out of a folder, given by its real path, by itself or through links."""
    return not Path(os.path.realpath(path)).is_relative_to(bounds)
