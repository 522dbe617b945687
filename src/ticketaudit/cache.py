"""What was worked out before, so that it need not be worked out again for a file that did not change.

There is one cache for each working folder and choice of settings. What is damaged or foreign is as good as
not there, and where nothing can be written nothing is kept: the cache never fails a run.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final
from zlib import crc32

import msgspec

from ticketaudit import __version__
from ticketaudit.cachefile import UNFINISHED, BlobFile, Writer
from ticketaudit.errors import UserError, reason

_ENDING: Final = ".cache"
#: Within two seconds of its time stamp a file may change and keep it: that is how coarse file systems count.
TICK: Final = 2_000_000_000
_DAY: Final = 24 * 60 * 60
#: A cache that nobody used for so many days is removed, and so is one that is not among the latest ones.
_KEPT_DAYS: Final = 30
_KEPT: Final = 20


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
        return cls(status.st_size, modified, changed, max(modified, changed) + TICK < now)

    def fits(self, status: os.stat_result) -> bool:
        """Whether a file is the same beyond doubt."""
        same = self.modified == status.st_mtime_ns and self.changed == status.st_ctime_ns
        return same and self.size == status.st_size and self.sure


class Entry(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A file: its stamp, the digest of its bytes, what was said of it, and where its records are."""

    stamp: Stamp
    digest: bytes
    said: msgspec.Raw
    start: int
    length: int
    checksum: int


_INDEX: Final = msgspec.msgpack.Decoder(dict[str, Entry])


def digest(data: bytes) -> bytes:
    """A short name for the contents of a file."""
    return blake2b(data, digest_size=16).digest()


def tool() -> list[Any]:
    """What the answers depend on besides files and settings: this package, as it is right now, and what it uses."""
    folder = Path(__file__).parent
    sources = sorted(_states(folder, ""))
    # Whatever is installed or updated there changes the folder; of its packages some read Markdown or YAML.
    packages = Path(msgspec.__file__).parent.parent.stat().st_mtime_ns
    return [__version__, sys.version, packages, sources]


def _states(folder: Path, inside: str) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _states(Path(entry.path), f"{inside}{entry.name}/") if entry.name != "__pycache__" else ()
            else:
                status = entry.stat()
                yield f"{inside}{entry.name}", status.st_size, status.st_mtime_ns


def default_folder() -> Path:
    """Where this system keeps a user's caches; raises `UserError` where nobody knows, since the user has no home."""
    import platformdirs  # a run without a cache should not wait for it

    try:
        return platformdirs.user_cache_path("ticketaudit", appauthor=False)
    except RuntimeError as error:
        raise UserError(f"there is no folder for caches: {reason(error)}; name one with `--cache-dir`") from None


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
    return len(stem) == len(digest(b"").hex()) and f".{rest}".startswith(_ENDING)


class Cache:
    """What is known of files, by their paths as printed.

    It is kept in a ``folder``, or nowhere. ``key`` names all that it depends on besides the files: with
    another key it is another cache.
    """

    def __init__(self, folder: Path | None = None, key: bytes = b"") -> None:
        self._file = folder / f"{digest(key).hex()}{_ENDING}" if folder else None
        self._blobs = BlobFile.open(self._file) if self._file else BlobFile()
        self._entries: dict[str, Entry] = {}
        with suppress(msgspec.MsgspecError, OSError):
            self._entries = _INDEX.decode(self._blobs.index) if self._blobs.index else {}
            if self._file and time.time() - self._file.lstat().st_mtime > _DAY:
                os.utime(self._file)  # it is in use
        self._writer: Writer | None = None
        self._loose: dict[str, bytes] = {}
        self._seen: set[str] = set()
        self._differs = False

    def find(self, path: str, status: os.stat_result) -> msgspec.Raw | None:
        """What was said of a file, where it is certain that it did not change."""
        self._seen.add(path)
        entry = self._entries.get(path)
        return entry.said if entry and entry.stamp.fits(status) else None

    def find_same(self, path: str, contents: bytes) -> msgspec.Raw | None:
        """What was said of a file, where its contents, by their digest, are the same."""
        entry = self._entries.get(path)
        return entry.said if entry and entry.digest == contents else None

    def restamp(self, path: str, stamp: Stamp) -> None:
        """Know a file by another stamp."""
        if self._entries[path].stamp != stamp:
            self._entries[path] = msgspec.structs.replace(self._entries[path], stamp=stamp)
            self._differs = True

    def put(self, path: str, contents: bytes, stamp: Stamp, said: bytes, records: bytes) -> None:
        """Keep what is said of a file, and its records."""
        self._differs = True
        self._seen.add(path)
        start = 0
        try:
            start = self._written(self._file).append(records) if self._file else 0
        except OSError:
            self.abandon()
        if self._file is None:
            self._loose[path] = records
        self._entries[path] = Entry(stamp, contents, msgspec.Raw(said), start, len(records), crc32(records))

    def records(self, path: str) -> bytes | None:
        """The records of a file; None where they are damaged."""
        if path in self._loose:
            return self._loose[path]
        entry = self._entries[path]
        # The next version of the file begins with what this one holds.
        blobs = self._writer.blobs if self._writer and entry.start >= self._blobs.end else self._blobs
        with suppress(OSError):
            records = blobs.read(entry.start, entry.length)
            return records if crc32(records) == entry.checksum else None
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
            if 2 * sum(entry.length for entry in self._entries.values()) < writer.blobs.end:
                writer = self._compacted(self._file)
            writer.finish(msgspec.msgpack.encode(self._entries))
            self._blobs, self._writer, self._differs = writer.blobs, None, False
            _prune(self._file.parent)
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
            self._writer = Writer(file)
            self._writer.take(self._blobs)
        return self._writer

    def _compacted(self, file: Path) -> Writer:
        """The same without the records that nothing refers to any more."""
        compact = Writer(file)
        try:
            records = {path: self.records(path) for path in self._entries}
            self._entries = {
                path: msgspec.structs.replace(entry, start=compact.append(records[path] or b""))
                for path, entry in self._entries.items()
            }
        finally:
            self.abandon()
        self._file, self._writer = file, compact
        return compact


def _prune(folder: Path) -> None:
    """Remove what is in nobody's use any more."""
    oldest = time.time() - _KEPT_DAYS * _DAY
    for number, file in enumerate(caches_in(folder)):
        unfinished = file.name.endswith(UNFINISHED)
        with suppress(OSError):
            if number >= _KEPT or file.lstat().st_mtime < (time.time() - _DAY if unfinished else oldest):
                file.unlink()
