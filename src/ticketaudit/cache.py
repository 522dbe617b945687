"""What was worked out before, so that it need not be worked out again for a file that did not change.

There is one cache for each working folder and choice of settings. What is damaged or foreign is as good as
not there, and where nothing can be written nothing is kept: the cache never fails a run.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Final
from zlib import crc32

import msgspec

from ticketaudit import cachefolder
from ticketaudit.cachefile import UNFINISHED, BlobFile, Writer

#: What the names of caches end with, and those of whole runs (see `replay`).
_ENDING: Final = ".cache"
_ENDINGS: Final = (_ENDING, ".run")
_DAY: Final = 24 * 60 * 60
#: A file that nobody used for so many days is removed, and so is one that is not among the latest of its kind.
_KEPT_DAYS: Final = 30
_KEPT: Final = 20
#: Where nothing is kept, so many bytes stay in memory; more go to a file without a name.
_IN_MEMORY: Final = 4 << 20


class Stamp(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What tells without reading a file that it is the same: bytes, nanoseconds. ``sure``: whether it does."""

    size: int
    modified: int
    changed: int
    sure: bool

    @classmethod
    def of(cls, status: os.stat_result, now: int) -> Stamp:
        """The stamp of a file that was looked at at a moment, before it was read."""
        modified, changed = status.st_mtime_ns, status.st_ctime_ns
        return cls(status.st_size, modified, changed, max(modified, changed) + cachefolder.TICK < now)

    def fits(self, status: os.stat_result) -> bool:
        """Whether a file is the same beyond doubt."""
        same = self.modified == status.st_mtime_ns and self.changed == status.st_ctime_ns
        return same and self.size == status.st_size and self.sure


class Piece(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Some bytes of the file: where they begin, how many they are, their checksum."""

    start: int
    length: int
    checksum: int


class Entry(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A file: its stamp, the digest of its bytes, what every run asks about it, and where the rest is."""

    stamp: Stamp
    digest: bytes
    outline: msgspec.Raw
    said: Piece
    records: Piece


#: The key that the cache is for, and the files.
_INDEX: Final = msgspec.msgpack.Decoder(tuple[bytes, dict[str, Entry]])


def digest(data: bytes) -> bytes:
    """A short name for the contents of a file."""
    from hashlib import blake2b  # a run that reads no file should not wait for it

    return blake2b(data, digest_size=16).digest()


def caches_in(folder: Path) -> list[Path]:
    """The files that runs left in a folder, the latest first."""
    found: list[tuple[float, Path]] = []
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError):
                if _is_ours(entry.name) and entry.is_file(follow_symlinks=False):
                    found.append((entry.stat(follow_symlinks=False).st_mtime, Path(entry.path)))
    return [path for _, path in sorted(found, reverse=True)]


def _is_ours(name: str) -> bool:
    stem, _, rest = name.partition(".")
    return len(stem) == 32 and f".{rest}".startswith(_ENDINGS)


class Cache:
    """What is known of files, by their paths as printed.

    It is kept in a ``folder``, or nowhere. ``key`` names all that it depends on besides the files: with
    another key it is another cache.
    """

    def __init__(self, folder: Path | None = None, key: bytes = b"") -> None:
        self._file = folder / f"{crc32(key):032x}{_ENDING}" if folder else None
        self._key = key
        self._blobs = BlobFile.open(str(self._file)) if self._file else BlobFile()
        self._entries: dict[str, Entry] = {}
        with suppress(msgspec.MsgspecError, OSError):
            found, entries = _INDEX.decode(self._blobs.index) if self._blobs.index else (key, {})
            if found == key:
                self._entries = entries
            else:
                self._blobs = BlobFile()
            if self._file and time.time() - self._file.lstat().st_mtime > _DAY:
                os.utime(self._file)  # it is in use
        self._writer: Writer | None = None
        self._loose: dict[int, bytes] = {}
        self._held = 0
        self._seen: set[str] = set()
        self._differs = False

    def find(self, path: str, status: os.stat_result) -> msgspec.Raw | None:
        """The outline of a file, where it is certain that it did not change."""
        self._seen.add(path)
        entry = self._entries.get(path)
        return entry.outline if entry and entry.stamp.fits(status) else None

    def find_same(self, path: str, contents: bytes) -> msgspec.Raw | None:
        """The outline of a file, where its contents, by their digest, are the same."""
        entry = self._entries.get(path)
        return entry.outline if entry and entry.digest == contents else None

    def restamp(self, path: str, stamp: Stamp) -> None:
        """Know a file by another stamp."""
        if self._entries[path].stamp != stamp:
            self._entries[path] = msgspec.structs.replace(self._entries[path], stamp=stamp)
            self._differs = True

    def put(self, path: str, contents: bytes, stamp: Stamp, outline: bytes, said: bytes, records: bytes) -> None:
        """Keep the outline of a file, what is said of it, and its records."""
        self._differs = True
        self._seen.add(path)
        self._entries[path] = Entry(stamp, contents, msgspec.Raw(outline), self._piece(said), self._piece(records))

    def _piece(self, data: bytes) -> Piece:
        """Keep some bytes, in the next version of the file or for this run only."""
        try:
            start = self._written(self._file).append(data) if self._file else self._apart(data)
        except OSError:
            self.abandon()
            start = self._apart(data)
        return Piece(start, len(data), crc32(data))

    def _apart(self, data: bytes) -> int:
        """Hold bytes for this run only: in memory, under a number of their own, or in a file once they are many."""
        self._held += len(data)
        if self._held > _IN_MEMORY and os.name != "nt":
            with suppress(OSError):
                if self._writer is None:
                    import tempfile  # which imports much, for a run with few records

                    self._writer = Writer(os.path.join(tempfile.gettempdir(), "ticketaudit"))  # noqa: PTH118 - it takes a str
                    self._writer.abandon()  # it has no name from now on, and goes with this process
                return self._writer.append(data)
        number = -1 - len(self._loose)
        self._loose[number] = data
        return number

    def said(self, path: str) -> bytes | None:
        """What is said of a file; None where that is damaged."""
        return self._read(self._entries[path].said)

    def records(self, path: str) -> bytes | None:
        """The records of a file; None where they are damaged."""
        return self._read(self._entries[path].records)

    def _read(self, piece: Piece) -> bytes | None:
        if piece.start < 0:
            return self._loose[piece.start]
        # The next version of the file begins with what this one holds.
        blobs = self._writer.blobs if self._writer and piece.start >= self._blobs.end else self._blobs
        with suppress(OSError):
            data = blobs.read(piece.start, piece.length)
            return data if crc32(data) == piece.checksum else None
        return None

    def save(self) -> None:
        """Write down what is new, for the next run; nothing happens where that cannot be."""
        if self._file is None or not self._differs:
            return
        gone = [path for path in self._entries.keys() - self._seen if not os.path.lexists(path)]
        for path in gone:
            del self._entries[path]
        try:
            writer = self._written(self._file)
            if 2 * sum(each.said.length + each.records.length for each in self._entries.values()) < writer.blobs.end:
                writer = self._compacted(self._file)
            writer.finish(msgspec.msgpack.encode((self._key, self._entries)))
            self._blobs, self._writer, self._differs = writer.blobs, None, False
            prune(self._file.parent)
        except OSError:
            self.abandon()

    def abandon(self) -> None:
        """Keep from now on nothing that outlives the run."""
        self._file = None
        if self._writer:
            self._writer.abandon()

    def _written(self, file: Path) -> Writer:
        """The next version of the file."""
        if self._writer is None:
            self._writer = Writer(str(file))
            self._writer.take(self._blobs)
        return self._writer

    def _compacted(self, file: Path) -> Writer:
        """The same without the records that nothing refers to any more."""
        compact, moved = Writer(str(file)), {}
        try:
            for path, entry in self._entries.items():
                said, records = (
                    msgspec.structs.replace(piece, start=compact.append(self._read(piece) or b""))
                    for piece in (entry.said, entry.records)
                )
                moved[path] = msgspec.structs.replace(entry, said=said, records=records)
        finally:
            self.abandon()
        self._entries, self._file, self._writer = moved, file, compact
        return compact


def prune(folder: Path) -> None:
    """Remove what is in nobody's use any more."""
    oldest = time.time() - _KEPT_DAYS * _DAY
    places: Counter[str] = Counter()
    for file in caches_in(folder):
        unfinished = file.name.endswith(UNFINISHED)
        with suppress(OSError):
            if places[file.suffix] >= _KEPT or file.lstat().st_mtime < (time.time() - _DAY if unfinished else oldest):
                file.unlink()
        places[file.suffix] += 1
