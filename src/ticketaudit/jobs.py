"""The same work for many things, by several processes at once where that is quicker."""

from __future__ import annotations

import os
import select
import signal
import struct
import sys
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import Final, NoReturn

import msgspec

#: A process for less than so much work costs more than it saves: bytes of Markdown.
WORTH: Final = 64 * 1024
_HEAD: Final = struct.Struct("<I")
_CHUNK: Final = 1 << 16

#: The work: what it makes of the thing with a number.
Work = Callable[[int], bytes]


class Lost(Exception):
    """A process ended in the middle of its work: it was killed, or it crashed."""


def usable() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(work: Work, sizes: Sequence[int], jobs: int) -> Generator[tuple[int, bytes | Lost], None, None]:
    """Do the work for each number below ``len(sizes)``, in any order, and give what comes of it.

    ``sizes`` say how much work each is. The processes are copies of this one, so the work may refer to
    anything; what it raises in one of them is the end of that process. `Lost` stands for what such an
    end costs; the rest of its work is done here.
    """
    processes = min(jobs, sum(sizes) // WORTH) if _can_fork() else 1
    own, *others = _shares(sizes, max(processes, 1))
    helpers: list[_Helper] = []
    try:
        for share in others:
            try:
                helpers.append(_Helper.begun(work, share))
            except OSError:  # there may be no more processes or open files than there are
                own += share
        for number in own:
            yield number, work(number)
            for helper in helpers:
                yield from helper.received(wait=False)
        for helper in helpers:
            yield from helper.received(wait=True)
            for place, number in enumerate(helper.left):
                yield number, work(number) if place else Lost(helper.ending())
    finally:
        for helper in helpers:
            helper.end()


def _can_fork() -> bool:
    # On macOS libraries of the system do not survive it, and a thread's locks would stay locked for ever.
    return hasattr(os, "fork") and sys.platform != "darwin" and threading.active_count() == 1


def _shares(sizes: Sequence[int], count: int) -> list[list[int]]:
    """The numbers in so many shares of about the same size."""
    shares: list[list[int]] = [[] for _ in range(count)]
    totals = [0] * count
    for number in sorted(range(len(sizes)), key=lambda number: -sizes[number]):
        least = totals.index(min(totals))
        shares[least].append(number)
        totals[least] += sizes[number] + 1
    return [sorted(share) for share in shares]


class _Helper(msgspec.Struct):
    """A process, the pipe that its results come through, and the numbers that they have not come for."""

    process: int
    pipe: int
    left: list[int]
    buffer: bytearray = msgspec.field(default_factory=bytearray)
    over: bool = False
    status: int | None = None

    @classmethod
    def begun(cls, work: Work, share: list[int]) -> _Helper:
        reading, writing = os.pipe()
        try:
            process = os.fork()
        except OSError:
            os.close(reading)
            os.close(writing)
            raise
        if process == 0:
            os.close(reading)
            _serve(work, share, writing)
        os.close(writing)
        return cls(process, reading, list(share))

    def received(self, *, wait: bool) -> Iterator[tuple[int, bytes]]:
        """The results that have come: those that are there, or all that will."""
        while not self.over and (wait or select.select([self.pipe], [], [], 0)[0]):
            data = os.read(self.pipe, _CHUNK)
            if not data:
                self.over = True
                break
            self.buffer += data
            while self.left and (result := self._next()) is not None:
                yield self.left.pop(0), result

    def _next(self) -> bytes | None:
        """The next result, once it is there to its end."""
        if len(self.buffer) < _HEAD.size:
            return None
        end = _HEAD.size + _HEAD.unpack_from(self.buffer)[0]
        if len(self.buffer) < end:
            return None
        result = bytes(self.buffer[_HEAD.size : end])
        del self.buffer[:end]
        return result

    def ending(self) -> str:
        """How the process ended, which it did."""
        self.end()
        code = os.waitstatus_to_exitcode(self.status or 0)
        return f"the process that worked on it was ended by signal {-code}" if code < 0 else "the process ended early"

    def end(self) -> None:
        """End the process, whatever it is doing."""
        if self.status is None:
            os.close(self.pipe)
            if not self.over:
                os.kill(self.process, signal.SIGKILL)
            self.status = os.waitpid(self.process, 0)[1]


def _serve(work: Work, share: Sequence[int], pipe: int) -> NoReturn:
    """What a helper does; it leaves what it shares with the process that began it alone."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        for number in share:
            result = work(number)
            view = memoryview(_HEAD.pack(len(result)) + result)
            while view:
                view = view[os.write(pipe, view) :]
        os._exit(0)
    finally:
        os._exit(1)
