"""From files to the corpus: read, decode, extract. One bad file never costs the others."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec.structs import replace

from ticketaudit.corpus import Corpus
from ticketaudit.discover import File, find
from ticketaudit.errors import reason
from ticketaudit.extract import extract
from ticketaudit.files import limited, read_regular
from ticketaudit.origins import ReviewReport
from ticketaudit.paths import same_ending
from ticketaudit.report import Failure
from ticketaudit.text import Source
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary

#: What the last line of a batch report in Markdown begins with: the report is no file of the batch.
REPORT_MARK = "<!-- written by ticketaudit report"
#: The most bytes that a file may have: a ticket has a few thousand, so this one is something else.
LIMIT = 10 * 1024 * 1024


class Loaded(msgspec.Struct, frozen=True):
    """What came of the files.

    ``corpus`` holds the tickets of all of them; ``files`` counts those that were read of the ones to
    report on, and ``without_ticket`` are the ones of these that hold none. ``reports`` are files that a
    search found and `ticketaudit report` wrote. ``problems`` are messages about the files that could
    not be read.
    """

    corpus: Corpus
    files: int
    without_ticket: tuple[File, ...]
    reports: tuple[File, ...]
    problems: tuple[str, ...]
    failures: tuple[Failure, ...]


def load(
    files: Iterable[File],
    vocabulary: Vocabulary,
    *,
    others: Iterable[File] = (),
    complete: bool = True,
    root: Path | None = None,
) -> Loaded:
    """Read files into a corpus.

    ``others`` hold further tickets that are needed only to compare with; ``complete`` says whether
    these are all. ``root`` is where to look for the review reports that tickets cite (None: nobody does).
    """
    asked, compared = _Reading(vocabulary), _Reading(vocabulary)
    for file in files:
        asked.read(file)
    for file in others:
        compared.read(file)
    tickets = without_findings_of_reports([*asked.tickets, *compared.tickets])
    tickets.sort(key=lambda ticket: (ticket.path, ticket.line))
    paths = {ticket.path for ticket in tickets}
    return Loaded(
        corpus=Corpus(
            tickets=tuple(tickets),
            vocabulary=vocabulary,
            sources=compared.sources | asked.sources,
            reports=_find_reports(tickets, root, vocabulary) if root else {},
            complete=complete,
        ),
        files=len(asked.taken) + len(asked.failures),
        without_ticket=tuple(file for file in asked.taken if file.path not in paths),
        reports=(*asked.reports, *compared.reports),
        problems=(*asked.problems, *compared.problems),
        failures=(*asked.failures, *compared.failures),
    )


class _Reading(msgspec.Struct):
    """What has come of some files so far."""

    vocabulary: Vocabulary
    tickets: list[Ticket] = msgspec.field(default_factory=list)
    sources: dict[str, Source] = msgspec.field(default_factory=dict)
    taken: list[File] = msgspec.field(default_factory=list)
    reports: list[File] = msgspec.field(default_factory=list)
    problems: list[str] = msgspec.field(default_factory=list)
    failures: list[Failure] = msgspec.field(default_factory=list)

    def read(self, file: File) -> None:
        try:
            source = Source.from_bytes(file.path, _read(file))
        except (OSError, ValueError) as error:
            self.problems.append(f"{file.path}: cannot be read: {reason(error)}")
            return
        if not file.named and is_batch_report(source):
            self.reports.append(file)
            return
        try:
            found = extract(source, self.vocabulary)
        except Exception as error:
            self.failures.append(Failure(file.path, error))
            return
        self.taken.append(file)
        self.tickets.extend(found)
        if found or file.named:
            self.sources[file.path] = source


def is_batch_report(source: Source) -> bool:
    """Whether `ticketaudit report` wrote a file: it may stand among the tickets, and is none of them."""
    return any(line.startswith(REPORT_MARK) for line in source.lines[-3:])


def with_source(corpus: Corpus, source: Source) -> Corpus:
    """The corpus with another text of one of its files."""
    others = [ticket for ticket in corpus.tickets if ticket.path != source.path]
    tickets = sorted([*others, *extract(source, corpus.vocabulary)], key=lambda ticket: (ticket.path, ticket.line))
    sources = {**corpus.sources, source.path: source}
    return replace(corpus, tickets=tuple(tickets), sources=sources).without_listings()


def without_findings_of_reports(tickets: Iterable[Ticket]) -> list[Ticket]:
    """The tickets without the findings in the reports that others of them come from: each has a ticket of its own.

    A finding in a report is a part of a file; a ticket that has a file for itself stays one.
    """
    tickets = list(tickets)
    parts = {ticket.path for ticket in tickets if ticket.line > 1}
    reports = {path for cited in _cited_reports(tickets) for path in same_ending(cited, parts)}
    return [ticket for ticket in tickets if ticket.path not in reports]


def _find_reports(tickets: Iterable[Ticket], root: Path, vocabulary: Vocabulary) -> dict[str, ReviewReport | None]:
    """The reports that tickets cite, wherever under a folder they lie."""
    cited = _cited_reports(tickets)
    names = {path.replace("\\", "/").rpartition("/")[2] for path in cited}
    sources: dict[str, Source] = {}
    for file in find(root, names) if names else ():
        with suppress(OSError, ValueError):  # a report that cannot be read is as good as none
            sources[file.path] = Source.from_bytes(file.path, _read(file))
    return match_reports(tickets, sources, vocabulary)


def match_reports(
    tickets: Iterable[Ticket], sources: Mapping[str, Source], vocabulary: Vocabulary
) -> dict[str, ReviewReport | None]:
    """The reports by the paths that tickets cite, taken from sources by the ends of their paths.

    None stands for a report that no source can be; where several can, nothing is said about it.
    """
    from ticketaudit.extract.reports import read_report

    reports: dict[str, ReviewReport | None] = {}
    for path in sorted(_cited_reports(tickets)):
        found = same_ending(path, sources)
        if len(found) < 2:
            reports[path] = read_report(sources[found[0]], vocabulary) if found else None
    return reports


def _cited_reports(tickets: Iterable[Ticket]) -> set[str]:
    return {citation.path for ticket in tickets for citation in ticket.citations if citation.report and citation.path}


def _read(file: File) -> bytes:
    """The bytes of a file."""
    if file.location is None:
        return limited(sys.stdin.buffer.read(LIMIT + 1), LIMIT)
    return read_regular(file.location, LIMIT)
