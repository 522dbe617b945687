"""A file of blobs and an index to them that is only ever replaced whole.

It does not matter how many processes write one or where a process ends: whoever reads gets all of one
version, or nothing. It begins with `MAGIC`, then come the blobs, then the index, then where the index
begins, how long it is, and its checksum. It is asked before anything else is imported, and so it imports little.
"""

from __future__ import annotations

import os
import stat
import struct
import sys
import zlib
from contextlib import suppress
from typing import Final

MAGIC: Final = b"ticketaudit cache 1\n"
#: What the name of a file that is being written ends with.
UNFINISHED: Final = ".tmp"
_FOOTER: Final = struct.Struct("<QQI")
_CHUNK: Final = 1 << 20
_FLAGS: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


class BlobFile:
    """An open file: ``index`` is b"" and ``end`` the first byte where there was none that can be trusted."""

    def __init__(self, descriptor: int = -1, index: bytes = b"", end: int = len(MAGIC)) -> None:
        self.descriptor, self.index, self.end = descriptor, index, end

    def __del__(self) -> None:
        if self.descriptor >= 0:
            os.close(self.descriptor)

    @classmethod
    def open(cls, file: str) -> BlobFile:
        """The file, if it is one that this user wrote and nobody damaged."""
        try:
            found = cls(os.open(file, os.O_RDONLY | _FLAGS))
            status = os.fstat(found.descriptor)
            if not _is_own(status) or found.read(0, len(MAGIC)) != MAGIC:
                return cls()
            start, length, checksum = _FOOTER.unpack(found.read(status.st_size - _FOOTER.size, _FOOTER.size))
            index = found.read(start, length)
        except (OSError, OverflowError, struct.error):
            return cls()
        if start + length + _FOOTER.size != status.st_size or zlib.crc32(index) != checksum:
            return cls()
        found.index, found.end = index, start
        return found

    def read(self, start: int, length: int) -> bytes:
        """The bytes from a place on, fewer where the file ends; raises `OSError`."""
        os.lseek(self.descriptor, start, os.SEEK_SET)
        return os.read(self.descriptor, length)


class Writer:
    """The next version of a file, beside it until it is whole; all that is wrong with a disk raises `OSError`."""

    def __init__(self, file: str) -> None:
        import tempfile  # which imports much, for a run that has nothing to write

        folder, name = os.path.split(file)
        os.makedirs(folder, mode=0o700, exist_ok=True)
        self._file = file
        # Nobody else can have put anything in its place, and nobody else can read it.
        descriptor, self._unfinished = tempfile.mkstemp(UNFINISHED, f"{name}.", folder)
        self.blobs = BlobFile(descriptor)
        _write(descriptor, MAGIC)

    def take(self, old: BlobFile) -> None:
        """Begin with all blobs of another version, at the places that they have there."""
        while self.blobs.end < old.end:
            chunk = old.read(self.blobs.end, min(_CHUNK, old.end - self.blobs.end))
            if not chunk:
                raise OSError("the file is shorter than it was")
            self.append(chunk)

    def append(self, blob: bytes) -> int:
        """Add a blob; where it begins."""
        start = os.lseek(self.blobs.descriptor, self.blobs.end, os.SEEK_SET)
        _write(self.blobs.descriptor, blob)
        self.blobs.end = start + len(blob)
        return start

    def finish(self, index: bytes) -> None:
        """Put the file in its place."""
        os.lseek(self.blobs.descriptor, self.blobs.end, os.SEEK_SET)
        _write(self.blobs.descriptor, index + _FOOTER.pack(self.blobs.end, len(index), zlib.crc32(index)))
        os.replace(self._unfinished, self._file)

    def abandon(self) -> None:
        """Leave nothing behind."""
        with suppress(OSError):
            os.unlink(self._unfinished)


def _write(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def _is_own(status: os.stat_result) -> bool:
    """Whether it is a regular file that belongs to the user and that nobody else may write to."""
    if sys.platform == "win32":
        return stat.S_ISREG(status.st_mode)
    return stat.S_ISREG(status.st_mode) and status.st_uid == os.geteuid() and not status.st_mode & 0o022
