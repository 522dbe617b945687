"""From files to the corpus: read, decode, extract. One bad file never costs the others."""

from __future__ import annotations

import stat
import sys
from collections.abc import Iterable
from dataclasses import dataclass

from ticketaudit.corpus import Corpus
from ticketaudit.discover import File
from ticketaudit.errors import reason
from ticketaudit.extract import extract
from ticketaudit.text import Source
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary

#: The most bytes that a file may have: a ticket has a few thousand, so this one is something else.
LIMIT = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that the tool itself failed on: a defect of ticketaudit, not of the file."""

    path: str
    error: Exception


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of the files.

    ``files`` counts those that were read; ``without_ticket`` are the ones of them that hold none.
    ``problems`` are messages about the files that could not be read.
    """

    corpus: Corpus
    files: int
    without_ticket: tuple[File, ...]
    problems: tuple[str, ...]
    failures: tuple[Failure, ...]


def load(files: Iterable[File], vocabulary: Vocabulary) -> Loaded:
    """Read files, in the order of their paths, into a corpus."""
    tickets: list[Ticket] = []
    sources: dict[str, Source] = {}
    without_ticket: list[File] = []
    problems: list[str] = []
    failures: list[Failure] = []
    read = 0
    for file in files:
        try:
            source = Source.from_bytes(file.path, _read(file))
        except (OSError, ValueError) as error:
            problems.append(f"{file.path}: cannot be read: {reason(error)}")
            continue
        read += 1
        try:
            found = extract(source, vocabulary)
        except Exception as error:
            failures.append(Failure(file.path, error))
            continue
        tickets.extend(found)
        if found or file.named:
            sources[file.path] = source
        if not found:
            without_ticket.append(file)
    corpus = Corpus(tuple(tickets), vocabulary, sources)
    return Loaded(corpus, read, tuple(without_ticket), tuple(problems), tuple(failures))


def _read(file: File) -> bytes:
    """The bytes of a file; only a regular file is opened, since opening a pipe or a device may block."""
    if file.location is None:
        return _limited(sys.stdin.buffer.read(LIMIT + 1))
    if not stat.S_ISREG(file.location.stat().st_mode):
        raise ValueError("no regular file")
    with file.location.open("rb") as stream:
        return _limited(stream.read(LIMIT + 1))


def _limited(data: bytes) -> bytes:
    if len(data) > LIMIT:
        raise ValueError(f"it is larger than {LIMIT // 1024**2} MiB, too large for a ticket; split or exclude it")
    return data
