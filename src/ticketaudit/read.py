"""What is said of each file of a run: by the cache where the file did not change, else by reading it.

It is the same bytes wherever it comes from, the cache, another process or this one: so it cannot differ.
"""

from __future__ import annotations

import codecs
import gc
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from functools import lru_cache, partial
from typing import Final

import msgspec

from ticketaudit.cache import Cache, Stamp, digest
from ticketaudit.config import Limits
from ticketaudit.discover import File
from ticketaudit.errors import UserError, reason
from ticketaudit.examine import examine
from ticketaudit.examined import ENCODER, OUTLINE, SAID, Examined, Outline, Said
from ticketaudit.extract import extract
from ticketaudit.files import TooLargeError, at_most, limited, read_regular
from ticketaudit.jobs import Lost, spread
from ticketaudit.report import Failure
from ticketaudit.settings import ActiveRule
from ticketaudit.text import Source
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary

#: What the last line of a batch report in Markdown begins with: the report is no file of the batch.
REPORT_MARK: Final = "<!-- written by ticketaudit report"
_DEFAULT: Final = Limits()
#: What a file in UTF-16 begins with: no file in UTF-8 does.
_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
#: The most bytes of what is read without settings.
LIMIT: Final = _DEFAULT.mebibytes * 1024 * 1024

_TICKETS: Final = msgspec.msgpack.Decoder(tuple[Ticket, ...])

#: Who is told how many files are read of how many.
Progress = Callable[[int, int], None]


class Refused(msgspec.Struct, frozen=True):
    """A file that is beyond the limits, and how."""

    reason: str


class _Made(msgspec.Struct, frozen=True, array_like=True):
    """What came of a file, as processes tell each other: ``outline`` is None where the cache knows it."""

    stamp: Stamp
    digest: bytes
    outline: bytes | None = None
    said: bytes = b""
    records: bytes = b""
    problem: str | None = None
    refused: str | None = None
    failed: bool = False


_MADE: Final = msgspec.msgpack.Decoder(_Made)
_NOTHING: Final = Stamp(0, 0, 0, False)

#: What came of a file in the end: what is said of it, a message why it cannot be read, that it is
#: beyond the limits, or a defect of the tool.
Outcome = Examined | str | Failure | Refused


class Reading:
    """Files as they are read in one run, and what can be asked about them afterwards."""

    def __init__(
        self, vocabulary: Vocabulary, rules: Sequence[ActiveRule], cache: Cache, jobs: int, limits: Limits
    ) -> None:
        self.cache = cache
        self._limits = limits
        self.vocabulary, self._jobs = vocabulary, jobs
        # The others say nothing without a source tree; with one, they are asked once it has been.
        self._rules = [active for active in rules if not active.rule.needs_source]
        self._files: dict[str, File] = {}
        self._texts: dict[str, Source] = {}
        self._tickets: dict[str, tuple[Ticket, ...]] = {}
        self._errors: dict[str, Exception] = {}
        self._text = lru_cache(maxsize=16)(self._read_again)

    def read(self, files: Sequence[File], progress: Progress | None = None) -> dict[str, Outcome]:
        """What comes of each file, by its path as printed."""
        self._files = {file.path: file for file in files}
        with _no_collection():
            found = {file.path: self._known(file) for file in files}
            unknown = [file for file in files if found[file.path] is None]
            for done, (file, outcome) in enumerate(self._work(unknown), len(files) - len(unknown) + 1):
                found[file.path] = outcome
                if progress:
                    progress(done, len(files))
        return {path: outcome for path, outcome in found.items() if outcome is not None}

    def tickets(self, path: str) -> tuple[Ticket, ...]:
        """The tickets of a file that was read."""
        if path not in self._tickets:
            records = self.cache.records(path)
            found = _TICKETS.decode(records) if records is not None else extract(self.source(path), self.vocabulary)
            self._tickets[path] = found
        return self._tickets[path]

    def said(self, path: str) -> Said:
        """What is said of a file that was read."""
        data = self.cache.said(path)
        if data is not None:
            with suppress(msgspec.MsgspecError):
                return SAID.decode(data)
        return examine(self.source(path), self.tickets(path), self._rules, self.vocabulary).said()

    def source(self, path: str) -> Source:
        """The text of a file that was read; raises `UserError` where it is another one by now."""
        return self._texts.get(path) or self._text(path)

    def _read_again(self, path: str) -> Source:
        try:
            data = contents(self._files[path], self._limits)[0]
        except (OSError, ValueError) as error:
            raise UserError(f"{path}: cannot be read: {reason(error)}") from None
        if self.cache.find_same(path, digest(data)) is None:
            raise UserError(f"{path}: changed meanwhile; run it again")
        return Source.from_bytes(path, data)

    def _known(self, file: File) -> Outcome | None:
        """What the cache says of a file that did not change, or why it cannot be read."""
        if file.location is None:
            return None
        try:
            outline = self.cache.find(file.path, file.location.stat())
        except (OSError, ValueError) as error:
            return _unreadable(file, error)
        return self._usable(file, outline) if outline is not None else None

    def _usable(self, file: File, known: msgspec.Raw) -> Examined | None:
        with suppress(msgspec.MsgspecError):
            outline = OUTLINE.decode(known)
            return self._examined(file, outline) if outline.is_read or not file.named else None
        return None

    def _examined(self, file: File, outline: Outline) -> Examined:
        return Examined(outline, partial(self.said, file.path))

    def _work(self, files: Sequence[File]) -> Iterator[tuple[File, Outcome]]:
        """What comes of files that have to be looked at."""
        for file in files:
            if file.location is None:
                yield file, self._outcome(file, self._made(file))
        files = [file for file in files if file.location]

        def work(number: int) -> bytes:
            return msgspec.msgpack.encode(self._made(files[number]))

        with closing(spread(work, [_size(file) for file in files], self._jobs)) as results:
            for number, result in results:
                file = files[number]
                if isinstance(result, Lost):
                    yield file, Failure(file.path, result)
                else:
                    yield file, self._outcome(file, _MADE.decode(result))

    def _made(self, file: File) -> _Made:
        """Look at a file: whether it is what the cache knows, else what there is in it."""
        try:
            data, stamp = contents(file, self._limits)
        except TooLargeError as error:
            return _Made(_NOTHING, b"", refused=str(error))
        except (OSError, ValueError) as error:
            return _Made(_NOTHING, b"", problem=_unreadable(file, error))
        if data.startswith(_UTF_16):
            return _Made(_NOTHING, b"", refused="it is UTF-16; save it as UTF-8")
        name = digest(data)
        known = self.cache.find_same(file.path, name)
        is_known = known is not None and self._usable(file, known)
        if is_known and file.location:
            return _Made(stamp, name)
        source = Source.from_bytes(file.path, data)
        if file.location is None:
            self._texts[file.path] = source  # it can be read once only
        if is_known:
            return _Made(stamp, name)
        is_report = is_batch_report(source)
        if is_report and not file.named:
            return _Made(stamp, name, *_encoded(Outline(True, False, True, False, ()), Said((), ()), ()))
        try:
            tickets = extract(source, self.vocabulary)
            if len(tickets) > self._limits.tickets:
                return _Made(
                    _NOTHING, b"", refused=f"it holds {len(tickets)} tickets, more than {self._limits.tickets}"
                )
            examined = examine(source, tickets, self._rules, self.vocabulary)
            outline = msgspec.structs.replace(examined.outline, is_report=is_report)
            return _Made(stamp, name, *_encoded(outline, examined.said(), tickets))
        except Exception as error:
            self._errors[file.path] = error
            return _Made(stamp, name, failed=True)

    def _outcome(self, file: File, made: _Made) -> Outcome:
        """What came of a file, known to the cache from now on."""
        if made.problem is not None:
            return made.problem
        if made.refused is not None:
            return Refused(made.refused)
        if made.failed and file.path not in self._errors:
            made = self._made(file)  # it failed in another process; here it can be seen how
        if made.failed:
            return Failure(file.path, self._errors[file.path])
        outline = made.outline
        if outline is None:
            self.cache.restamp(file.path, made.stamp)
            return self._examined(file, OUTLINE.decode(self.cache.find_same(file.path, made.digest) or b""))
        self.cache.put(file.path, made.digest, made.stamp, outline, made.said, made.records)
        return self._examined(file, OUTLINE.decode(outline))


def _encoded(outline: Outline, said: Said, tickets: Sequence[Ticket]) -> tuple[bytes, bytes, bytes]:
    return ENCODER.encode(outline), ENCODER.encode(said), msgspec.msgpack.encode(tickets)


def is_batch_report(source: Source) -> bool:
    """Whether `ticketaudit report` wrote a file: it may stand among the tickets, and is none of them."""
    return any(line.startswith(REPORT_MARK) for line in source.lines[-3:])


def contents(file: File, limits: Limits = _DEFAULT) -> tuple[bytes, Stamp]:
    """The bytes of a file and its stamp, which is never younger; raises `OSError`, `ValueError`, `TooLargeError`."""
    limit = limits.mebibytes * 1024 * 1024
    if file.location is None:
        return limited(at_most(sys.stdin.buffer, limit + 1), limit), _NOTHING
    stamp = Stamp.of(file.location.stat(), time.time_ns())
    return read_regular(file.location, limit), stamp


def _unreadable(file: File, error: Exception) -> str:
    return f"{file.path}: cannot be read: {reason(error)}"


def _size(file: File) -> int:
    with suppress(OSError):
        return file.location.stat().st_size if file.location else 0
    return 0


@contextmanager
def _no_collection() -> Iterator[None]:
    """What is read refers to nothing in a circle: looking for what does would take longer than reading it."""
    if gc.get_freeze_count():  # something was read here before
        gc.unfreeze()
        gc.collect()
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()
