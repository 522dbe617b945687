"""The files and symbols that several tickets cite, whatever way each ticket spells them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from ticketaudit.corpus import Corpus
from ticketaudit.statistics.rows import Place, place
from ticketaudit.statistics.values import natural
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary

#: What separates several symbols in one cell.
_SEPARATOR = re.compile(r"\s*[,;]\s*|\s+(?:and|or|/|&)\s+")
#: A name in code, perhaps with dots or arguments behind it.
_SYMBOL = re.compile(r"[^\W\d][\w.:]*(?=\(|$)")


@dataclass(frozen=True, slots=True)
class Hotspot:
    """A file or symbol and the tickets that cite it."""

    name: str
    tickets: tuple[Ticket, ...]


@dataclass(frozen=True, slots=True)
class Hotspots:
    """What at least two tickets cite, the most cited first."""

    files: tuple[Hotspot, ...]
    symbols: tuple[Hotspot, ...]


@dataclass(frozen=True, slots=True)
class Files:
    """The files that tickets name, each file by one name.

    ``located``: those that a ticket says it is about; ``cited``: these and all others that it cites.
    """

    located: Mapping[Place, frozenset[str]]
    cited: Mapping[Place, frozenset[str]]


def hotspots(corpus: Corpus, files: Files) -> Hotspots:
    """What several tickets cite."""
    symbols = {place(ticket): frozenset(_symbols(ticket)) for ticket in corpus.tickets}
    return Hotspots(_hotspots(corpus.tickets, files.cited), _hotspots(corpus.tickets, symbols))


def named_files(corpus: Corpus) -> Files:
    """The files of every ticket.

    A path that is the end of exactly one longer one is the same file (``slot.py``,
    ``src/dock/slot.py``), first among those of the same ticket, then among all; the folders of somebody's
    machine are cut off. The review report that a ticket comes from is not what it is about.
    """
    located: dict[Place, frozenset[str]] = {}
    cited: dict[Place, frozenset[str]] = {}
    for ticket in corpus.tickets:
        about = _paths(_located(ticket), corpus.vocabulary)
        names = _one_name(about | _paths(_cited(ticket), corpus.vocabulary))
        located[place(ticket)] = frozenset(names[path] for path in about)
        cited[place(ticket)] = frozenset(names.values())
    names = _one_name({path for paths in cited.values() for path in paths})

    def named(paths: Mapping[Place, frozenset[str]]) -> dict[Place, frozenset[str]]:
        return {where: frozenset(names[path] for path in found) for where, found in paths.items()}

    return Files(named(located), named(cited))


def _hotspots(tickets: Iterable[Ticket], cited: Mapping[Place, Iterable[str]]) -> tuple[Hotspot, ...]:
    by_name: defaultdict[str, list[Ticket]] = defaultdict(list)
    for ticket in tickets:
        for name in cited[place(ticket)]:
            by_name[name].append(ticket)
    several = [Hotspot(name, tuple(found)) for name, found in by_name.items() if len(found) > 1]
    return tuple(sorted(several, key=lambda hotspot: (-len(hotspot.tickets), natural(hotspot.name), hotspot.name)))


def _located(ticket: Ticket) -> Iterator[str | None]:
    return (location.path for location in ticket.locations)


def _cited(ticket: Ticket) -> Iterator[str | None]:
    return (citation.path for citation in ticket.citations if citation.kind == "path" and not citation.report)


def _paths(paths: Iterable[str | None], vocabulary: Vocabulary) -> frozenset[str]:
    found = []
    for path in filter(None, paths):
        machine = vocabulary.machine_folder(path) or ""
        parts = [part for part in path[len(machine) :].replace("\\", "/").split("/") if part not in ("", ".", "..")]
        if parts and "." in parts[-1]:  # a folder is no file
            found.append("/".join(parts))
    return frozenset(found)


def _one_name(paths: Collection[str]) -> dict[str, str]:
    """The longest spelling of each file's path, by all its spellings.

    A path that several longer ones end with is a file of its own, since nobody knows which is meant.
    """
    longer: defaultdict[str, set[str]] = defaultdict(set)
    for path in paths:
        parts = path.split("/")
        for start in range(1, len(parts)):
            end = "/".join(parts[start:])
            if end in paths:
                longer[end].add(path)
    return {path: _longest(path, longer) for path in paths}


def _longest(path: str, longer: Mapping[str, set[str]]) -> str:
    """The one file that a path stands for: the longest path that it ends, if all others lie on the way there."""
    candidates = sorted(longer.get(path, ()), key=len)
    if candidates and all(candidates[-1].endswith(f"/{each}") for each in candidates[:-1]):
        return candidates[-1]
    return path


def _symbols(ticket: Ticket) -> Iterator[str]:
    for location in ticket.locations:
        for name in _SEPARATOR.split(location.symbol or ""):
            match = _SYMBOL.match(name)  # a single word in lower case is prose, unless it is called
            if match and (match.end() < len(name) or not match[0].islower() or "_" in match[0] or "." in match[0]):
                yield match[0].rstrip(".:")
