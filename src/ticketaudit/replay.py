"""What a command line printed the last time, for where little has changed since that it depended on, or nothing.

A check that finds everything as it was is mostly start, and most of that is imports. So this is asked before
anything else is imported, and imports little itself. Where a few files have changed, it tells which; whoever
reads tickets may then know how to renew what was said of them.
"""

from __future__ import annotations

import os
import sys
import time
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from contextvars import ContextVar
from itertools import islice
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
#: Where more files than these have changed, everything is worked out.
_FEW: Final = 16
_DAY: Final = 24 * 60 * 60


class Answer:
    """What a run printed, as bytes, and its exit status; ``base`` is for whoever is to renew a part of it."""

    def __init__(self, status: int, output: bytes, message: bytes, base: bytes = b"") -> None:
        self.status, self.output, self.message, self.base = status, output, message, base


class Told:
    """The answer of the last time, with the paths of the few files that are not what they were then."""

    def __init__(self, answer: Answer, changed: Sequence[bytes], states: Mapping[bytes, bytes]) -> None:
        self.answer, self.changed, self.states = answer, changed, states


class Question:
    """A command line in this working folder and this environment; ``folder`` is that of the cache."""

    def __init__(self, words: Sequence[str], folder: str) -> None:
        self.folder = folder
        #: What has to be renewed, where that is all that has to be done.
        self.outdated: Told | None = None
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

    def told(self) -> Told | None:
        """What was printed the last time, where it would be printed again, but for what a few files make of it."""
        kept = BlobFile.open(self._file)
        key, *fields = kept.index.split(b"\0")
        if key != self._key:
            return None
        status, output, message, printed, base, further = map(int, fields[:6])
        states = dict(zip(fields[6::2], fields[7::2], strict=True))
        changed = list(islice((path for path, state in states.items() if not _is_still(path, state)), _FEW + 1))
        if len(changed) > (_FEW if base else 0):
            return None
        with suppress(OSError):
            text = kept.read(len(MAGIC), output + message)
            rest = kept.read(len(MAGIC) + len(text), base) if changed else b""
            if zlib.crc32(text) == printed and (not changed or zlib.crc32(rest) == further):
                if time.time() - os.stat(self._file).st_mtime > _DAY:
                    os.utime(self._file)  # it is in use
                answer = Answer(status, text[:output], text[output:], rest)
                return Told(answer, changed, states)
        return None

    def keep(self, answer: Callable[[], Answer], looked_at: Iterable[str], there: Iterable[str]) -> None:
        """Keep an answer; nothing happens where that cannot be, or where it may be another one by now.

        It depends on the files and folders that were ``looked_at``, which may have to be absent, and on whether
        those of ``there`` are.
        """
        states = {os.fsencode(path): b"" for path in there}
        states |= {path: _THERE for path in states if os.path.lexists(path)}
        looked = self._states(map(os.fsencode, looked_at))
        if looked is not None:
            self._write(answer(), states | looked)

    def renew(self, told: Told, answer: Callable[[], Answer]) -> None:
        """Keep another answer, which differs from what was told by what the files that changed make of it."""
        looked = self._states(told.changed)
        if looked is not None:
            self._write(answer(), {**told.states, **looked})

    def _states(self, paths: Iterable[bytes]) -> dict[bytes, bytes] | None:
        """What the files are like; None where one may have changed since they were looked at."""
        latest = self._began - cachefolder.TICK
        states = {}
        for path in paths:
            states[path], moment = _state(path)
            if moment >= latest:
                return None
        return states

    def _write(self, answer: Answer, states: Mapping[bytes, bytes]) -> None:
        text = answer.output + answer.message
        numbers = answer.status, len(answer.output), len(answer.message), zlib.crc32(text)
        fields = [self._key, *(b"%d" % each for each in (*numbers, len(answer.base), zlib.crc32(answer.base)))]
        fields += [field for pair in states.items() for field in pair]
        with suppress(OSError):
            writer = Writer(self._file)
            try:
                writer.append(text)
                writer.append(answer.base)
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
