"""From files to the corpus: their tickets, what rules say of each, and the reports that they come from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec
from msgspec.structs import replace

from ticketaudit.cache import Cache, Stamp, digest
from ticketaudit.config import Limits
from ticketaudit.corpus import Corpus, Records, Sources
from ticketaudit.discover import File, find
from ticketaudit.examined import Audited, Examined, Outline
from ticketaudit.extract import extract
from ticketaudit.origins import ReviewReport
from ticketaudit.paths import same_ending
from ticketaudit.read import Progress, Reading, Refused, contents
from ticketaudit.report import Failure
from ticketaudit.settings import ActiveRule
from ticketaudit.text import Source
from ticketaudit.ticket import Ticket, only_counts
from ticketaudit.vocabulary import Vocabulary

_REPORT: Final = msgspec.msgpack.Decoder(ReviewReport)
#: What the cache has of a report instead of an outline.
_NO_OUTLINE: Final = msgspec.msgpack.encode(None)


class Loaded(msgspec.Struct, frozen=True):
    """What came of the files.

    ``corpus`` holds the tickets of all of them; ``files`` counts those that were read of the ones to
    report on, and ``without_ticket`` are the ones of these that hold none. ``reports`` are files that a
    search found and `ticketaudit report` wrote. ``problems`` are messages about the files that could
    not be read, ``refused`` the reasons of those that are beyond the limits, by their paths.
    ``examined`` is what the rules say of each file; None where nobody asked. ``looked_at`` is where it was
    looked for reports, as in a `Discovery`, with the files that may be some.
    """

    corpus: Corpus
    files: int
    without_ticket: tuple[File, ...]
    reports: tuple[File, ...]
    problems: tuple[str, ...]
    failures: tuple[Failure, ...]
    refused: Mapping[str, str] = msgspec.field(default_factory=dict)
    examined: Mapping[str, Examined] | None = None
    looked_at: tuple[str, ...] = ()


def load(
    files: Sequence[File],
    vocabulary: Vocabulary,
    *,
    others: Sequence[File] = (),
    complete: bool = True,
    root: Path | None = None,
    listings: bool = True,
    rules: Sequence[ActiveRule] | None = None,
    cache: Cache | None = None,
    jobs: int = 1,
    progress: Progress | None = None,
    limits: Limits | None = None,
) -> Loaded:
    """Read files into a corpus.

    ``others`` hold further tickets that are needed only to compare with; ``complete`` says whether
    these are all. ``root`` is where to look for the review reports that tickets cite (None: nobody does).
    ``listings``: whether rows stay that only list a ticket which stands elsewhere. ``rules`` are those of
    the audit to come; ``cache`` knows what they say of files that did not change. ``jobs`` is how many
    processes may read, and ``progress`` is told how many files they have read of how many. ``limits`` are
    what a file may have at most.
    """
    cache = cache or Cache()
    reading = Reading(vocabulary, rules or (), cache, jobs, limits or Limits())
    try:
        loaded = _loaded(reading, files, others, complete, root, listings, progress)
    except BaseException:
        cache.abandon()
        raise
    cache.save()
    return loaded if rules is not None else replace(loaded, examined=None)


def _loaded(
    reading: Reading,
    files: Sequence[File],
    others: Sequence[File],
    complete: bool,
    root: Path | None,
    listings: bool,
    progress: Progress | None,
) -> Loaded:
    every = [*files, *others]
    outcomes = reading.read(every, progress)
    found = {file.path: outcome for file in every if isinstance(outcome := outcomes[file.path], Examined)}
    outlines = {path: examined.outline for path, examined in found.items()}
    reports = [file for file in every if file.path in found and outlines[file.path].is_report and not file.named]
    for file in reports:
        del outlines[file.path]
    failures = [outcome for outcome in outcomes.values() if isinstance(outcome, Failure)]
    taken = [file for file in files if file.path in outlines]
    held = {file.path for file in every if file.path in outlines and (outlines[file.path].tickets or file.named)}
    kept = _kept({path: outlines[path] for path in sorted(held)}, listings=listings)
    places = [(path, place) for path in kept for place in kept[path]]
    cited = {report for path, place in places for report in outlines[path].tickets[place].reports}
    names = {file.path for file in files}
    found_reports = _find_reports(cited, root, reading.vocabulary, reading.cache) if root else _Reports({})
    return Loaded(
        corpus=Corpus(
            tickets=Records(places, reading.tickets),
            vocabulary=reading.vocabulary,
            sources=Sources(kept, reading.source),
            reports=found_reports.by_citation,
            complete=complete,
        ),
        files=len(taken) + sum(failure.path in names for failure in failures),
        without_ticket=tuple(file for file in taken if not kept.get(file.path)),
        reports=tuple(reports),
        problems=tuple(outcome for outcome in outcomes.values() if isinstance(outcome, str)),
        failures=tuple(failures),
        refused={path: outcome.reason for path, outcome in outcomes.items() if isinstance(outcome, Refused)},
        examined={path: _part(found[path], kept[path]) for path in kept},
        looked_at=found_reports.looked_at,
    )


def _kept(files: Mapping[str, Outline], *, listings: bool) -> dict[str, Sequence[int]]:
    """Which tickets of each file count: not the findings of a report whose tickets are there, nor, mostly, listings."""
    parts = {path for path, file in files.items() if any(ticket.is_part for ticket in file.tickets)}
    cited = {report for file in files.values() for ticket in file.tickets for report in ticket.reports} if parts else ()
    reports = {path for report in cited for path in same_ending(report, parts)}
    kept = {path: range(len(file.tickets) if path not in reports else 0) for path, file in files.items()}
    if listings:
        return dict(kept)
    documents = {
        ticket.id.upper()
        for path, file in files.items()
        for ticket in file.tickets
        if ticket.id and not (ticket.is_row or only_counts(ticket.id)) and path not in reports
    }

    def counts(ticket: Audited) -> bool:
        return not (ticket.is_row and (ticket.id or "").upper() in documents)

    return {path: [place for place in kept[path] if counts(file.tickets[place])] for path, file in files.items()}


def _part(file: Examined, kept: Sequence[int]) -> Examined:
    """A file with some of its tickets."""
    if len(kept) == len(file.outline.tickets):
        return file
    tickets = tuple(file.outline.tickets[place] for place in kept)
    return Examined(replace(file.outline, tickets=tickets), file.said, is_whole=False)


def with_source(loaded: Loaded, source: Source) -> Loaded:
    """What was loaded with another text of one of its files; the rules have to be asked again."""
    corpus = loaded.corpus
    others = [ticket for ticket in corpus.tickets if ticket.path != source.path]
    tickets = sorted([*others, *extract(source, corpus.vocabulary)], key=lambda ticket: (ticket.path, ticket.line))
    sources = {**corpus.sources, source.path: source}
    corpus = replace(corpus, tickets=tuple(tickets), sources=sources).without_listings()
    return replace(loaded, corpus=corpus, examined=None)


def without_findings_of_reports(tickets: Iterable[Ticket]) -> list[Ticket]:
    """The tickets without the findings in the reports that others of them come from: each has a ticket of its own.

    A finding in a report is a part of a file; a ticket that has a file for itself stays one.
    """
    tickets = list(tickets)
    parts = {ticket.path for ticket in tickets if ticket.line > 1}
    reports = {path for cited in cited_reports(tickets) for path in same_ending(cited, parts)}
    return [ticket for ticket in tickets if ticket.path not in reports]


def cited_reports(tickets: Iterable[Ticket]) -> set[str]:
    """The reports that tickets come from, by the paths that they give."""
    return {citation.path for ticket in tickets for citation in ticket.citations if citation.report and citation.path}


def match_reports(
    tickets: Iterable[Ticket], sources: Mapping[str, Source], vocabulary: Vocabulary
) -> dict[str, ReviewReport | None]:
    """The reports by the paths that tickets cite, taken from sources by the ends of their paths.

    None stands for a report that no source can be; where several can, nothing is said about it.
    """
    from ticketaudit.extract.reports import read_report

    return _matched(cited_reports(tickets), sources, lambda path: read_report(sources[path], vocabulary))


class _Reports(msgspec.Struct, frozen=True):
    """Reports by the paths that tickets cite, and where it was looked for them."""

    by_citation: Mapping[str, ReviewReport | None]
    looked_at: tuple[str, ...] = ()


def _find_reports(cited: Collection[str], root: Path, vocabulary: Vocabulary, cache: Cache) -> _Reports:
    """The reports that tickets cite, wherever under a folder they lie."""
    names = {path.replace("\\", "/").rpartition("/")[2] for path in cited}
    if not names:
        return _Reports({})
    search = find(root, names)
    found: dict[str, _Found] = {}
    for file in search.files:
        with suppress(OSError, ValueError):  # a report that cannot be read is as good as none
            found[file.path] = _Found.looked_up(file, cache)
    reports = _matched(cited, found, lambda path: found[path].read(vocabulary, cache))
    return _Reports(reports, (*search.looked_at, *(str(file.location) for file in search.files)))


class _Found(msgspec.Struct, frozen=True):
    """A file that may be a report: what the cache knows of it (None: nothing), else its bytes and their stamp."""

    file: File
    known: ReviewReport | None
    data: bytes = b""
    stamp: Stamp | None = None

    @classmethod
    def looked_up(cls, file: File, cache: Cache) -> _Found:
        if cache.find(_key(file), (file.location or Path(file.path)).stat()) is None:
            data, stamp = contents(file)
            if cache.find_same(_key(file), digest(data)) is None:
                return cls(file, None, data, stamp)
            cache.restamp(_key(file), stamp)
        with suppress(msgspec.MsgspecError):
            return cls(file, _REPORT.decode(cache.said(_key(file)) or b""))
        return cls(file, None, *contents(file))

    def read(self, vocabulary: Vocabulary, cache: Cache) -> ReviewReport:
        if self.known:
            return self.known
        from ticketaudit.extract.reports import read_report  # imports all that reads Markdown

        report = read_report(Source.from_bytes(self.file.path, self.data), vocabulary)
        if self.stamp:
            cache.put(_key(self.file), digest(self.data), self.stamp, _NO_OUTLINE, msgspec.msgpack.encode(report), b"")
        return report


def _key(file: File) -> str:
    """What the cache calls a file as a report; as one of the tickets' it has its path alone."""
    return f"{file.path}\0"


def _matched(
    cited: Iterable[str], candidates: Collection[str], read: Callable[[str], ReviewReport]
) -> dict[str, ReviewReport | None]:
    reports: dict[str, ReviewReport | None] = {}
    for path in sorted(cited):
        found = same_ending(path, candidates)
        if len(found) < 2:
            reports[path] = read(found[0]) if found else None
    return reports
