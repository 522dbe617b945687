"""What a command line printed the last time, for where nothing has changed since that it depended on.

A check that finds everything as it was is mostly start, and most of that is imports. So this is asked before
anything else is imported, and imports little itself.
"""

from __future__ import annotations

import os
import sys
import time
import zlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from contextvars import ContextVar
from typing import Final

from ticketaudit import cachefolder
from ticketaudit.cachefile import MAGIC, BlobFile, Writer

#: What the names of the files end with.
_ENDING: Final = ".run"
#: Such runs do more than to print, or are not to know anything from before.
_NEVER: Final = frozenset(["--fix", "--no-cache", "--watch"])
#: What of the environment makes a difference to what is printed, or to what is looked at.
_VARIABLES: Final = ("FORCE_COLOR", "HOME", "NO_COLOR", "TERM", "_TICKETAUDIT_COMPLETE")
#: The state of what only has to be there, whatever else happens to it.
_THERE: Final = b"there"
#: As text is kept: whatever it holds.
_TEXT: Final = ("utf-8", "surrogatepass")
_DAY: Final = 24 * 60 * 60


class Answer:
    """What a run printed, and its exit status."""

    def __init__(self, status: int, output: str, message: str) -> None:
        self.status, self.output, self.message = status, output, message


class Question:
    """A command line in this working folder and this environment; ``folder`` is that of the cache."""

    def __init__(self, words: Sequence[str], folder: str) -> None:
        self.folder = folder
        self._began = time.time_ns()
        variables = [os.environ.get(name) for name in _VARIABLES]
        identity = (list(words), os.getcwd(), variables, sys.getfilesystemencoding(), cachefolder.tool())
        self._key = repr(identity).encode(errors="surrogateescape")
        self._file = os.path.join(folder, f"{zlib.crc32(self._key):032x}{_ENDING}")

    @classmethod
    def of(cls, words: Sequence[str]) -> Question | None:
        """The question that a command line asks; None for one that is always worked out.

        On a terminal what is printed depends on how wide it is, and on Windows a folder may keep its times.
        """
        if words[:1] != ["check"] or not _NEVER.isdisjoint(words) or sys.stdout.isatty() or os.name == "nt":
            return None
        folder = _folder(words)
        with suppress(OSError):  # such as a working folder that is gone
            return cls(words, folder) if folder else None
        return None

    def answer(self) -> Answer | None:
        """What was printed the last time, where it would be printed again."""
        kept = BlobFile.open(self._file)
        key, *fields = kept.index.split(b"\0")
        if key != self._key:
            return None
        status, length, checksum = map(int, fields[:3])
        if not all(map(_is_still, fields[3::2], fields[4::2])):
            return None
        with suppress(OSError):
            printed = kept.read(len(MAGIC), kept.end - len(MAGIC))
            if zlib.crc32(printed) == checksum:
                if time.time() - os.stat(self._file).st_mtime > _DAY:
                    os.utime(self._file)  # it is in use
                return Answer(status, printed[:length].decode(*_TEXT), printed[length:].decode(*_TEXT))
        return None

    def keep(self, answer: Answer, looked_at: Iterable[str], there: Iterable[str]) -> None:
        """Keep an answer; nothing happens where that cannot be, or where it may be another one by now.

        It depends on the files and folders that were ``looked_at``, which may have to be absent, and on whether
        those of ``there`` are.
        """
        latest = self._began - cachefolder.TICK
        states = {os.fsencode(path): b"" for path in there}
        states |= {path: _THERE for path in states if os.path.lexists(path)}
        for path in map(os.fsencode, looked_at):
            state, moment = _state(path)
            if moment >= latest:
                return
            states[path] = state
        output, message = answer.output.encode(*_TEXT), answer.message.encode(*_TEXT)
        fields = [self._key, *(b"%d" % each for each in (answer.status, len(output), zlib.crc32(output + message)))]
        fields += [field for pair in states.items() for field in pair]
        with suppress(OSError):
            writer = Writer(self._file)
            try:
                writer.append(output + message)
                writer.finish(b"\0".join(fields))
            except BaseException:
                writer.abandon()
                raise


#: The question of the command line that runs.
ASKED: ContextVar[Question | None] = ContextVar("ASKED", default=None)


def _folder(words: Sequence[str]) -> str | None:
    """The folder of the cache; a command line that is understood otherwise leads to an answer of its own at most."""
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word.startswith("--cache-dir="):
            return word.partition("=")[2]
        if word == "--cache-dir":
            return following
    return cachefolder.default_folder()


def _state(path: bytes) -> tuple[bytes, int]:
    """What tells a file or a folder from another version of itself, b"" where there is none; the moment of it."""
    try:
        found = os.stat(path)
    except OSError:
        return b"", 0
    changed = found.st_mtime_ns, found.st_ctime_ns
    return b"%d %d %d %d" % (found.st_ino, found.st_size, *changed), max(changed)


def _is_still(path: bytes, state: bytes) -> bool:
    return os.path.lexists(path) if state == _THERE else _state(path)[0] == state
