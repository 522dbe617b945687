"""The tickets of a run, with the indexes that rules and reports ask for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import overload

import msgspec
from msgspec.structs import replace

from ticketaudit.code.verified import Verified
from ticketaudit.origins import ReviewReport
from ticketaudit.text import Source
from ticketaudit.ticket import Ticket, only_counts
from ticketaudit.vocabulary import Vocabulary


class Records(Sequence[Ticket]):
    """Tickets that are decoded once somebody looks at one: most runs only count them.

    ``places`` are a ticket each, the path of its file and its place there; ``held`` gives the tickets of a file.
    """

    def __init__(self, places: Sequence[tuple[str, int]], held: Callable[[str], Sequence[Ticket]]) -> None:
        self._places, self._held = places, held

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> Ticket: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Ticket]: ...
    def __getitem__(self, index: int | slice) -> Ticket | Sequence[Ticket]:
        if isinstance(index, slice):
            return Records(self._places[index], self._held)
        path, place = self._places[index]
        return self._held(path)[place]

    def only(self, paths: Collection[str]) -> Records:
        """Those that stand in some files."""
        return Records([place for place in self._places if place[0] in paths], self._held)


class Sources(Mapping[str, Source]):
    """The texts of files by their paths, read once somebody looks at one."""

    def __init__(self, paths: Collection[str], read: Callable[[str], Source]) -> None:
        self._paths, self._read = dict.fromkeys(paths), read

    def __len__(self) -> int:
        return len(self._paths)

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __contains__(self, path: object) -> bool:
        return path in self._paths

    def __getitem__(self, path: str) -> Source:
        if path not in self._paths:
            raise KeyError(path)
        return self._read(path)


class Corpus(msgspec.Struct, frozen=True, dict=True):
    """All tickets of a run in the order of their paths and lines, and the text they came from.

    ``reports`` are the review reports by the paths that tickets cite: None for one that was looked
    for and is not there, nothing for one that nobody looked for. ``complete`` is False where the
    tickets are known to be a few of many: then that one of them is missing says nothing. ``code`` is what
    the source tree says to tickets, by their paths and lines; None where there is no source tree.
    ``gap`` says why its history could not tell what it should, where it could not.
    """

    tickets: Sequence[Ticket]
    vocabulary: Vocabulary
    sources: Mapping[str, Source] = msgspec.field(default_factory=dict)
    reports: Mapping[str, ReviewReport | None] = msgspec.field(default_factory=dict)
    complete: bool = True
    code: Mapping[tuple[str, int], Verified] | None = None
    gap: str = ""

    @cached_property
    def by_path(self) -> Mapping[str, Sequence[Ticket]]:
        """Tickets by the file that they stand in."""
        index: dict[str, list[Ticket]] = {}
        for ticket in self.tickets:
            index.setdefault(ticket.path, []).append(ticket)
        return index

    @cached_property
    def by_id(self) -> Mapping[str, Sequence[Ticket]]:
        """Tickets by their id in upper case; an id that two tickets claim has two."""
        index: dict[str, list[Ticket]] = {}
        for ticket in self.tickets:
            if ticket.id:
                index.setdefault(ticket.id.upper(), []).append(ticket)
        return index

    def without_listings(self) -> Corpus:
        """The corpus without the rows that only list a ticket which stands elsewhere in it."""
        ids = {ticket.id.upper() for ticket in self.tickets if ticket.id and not ticket.is_row}
        documents = {ident for ident in ids if not only_counts(ident)}
        kept = (ticket for ticket in self.tickets if not (ticket.is_row and (ticket.id or "").upper() in documents))
        return replace(self, tickets=tuple(kept))

    def only(self, paths: Collection[str]) -> Corpus:
        """The part of the corpus that stands in some files."""
        tickets: Sequence[Ticket]
        if isinstance(self.tickets, Records):
            tickets = self.tickets.only(paths)
        else:
            tickets = tuple(ticket for ticket in self.tickets if ticket.path in paths)
        sources = Sources([path for path in self.sources if path in paths], self.sources.__getitem__)
        return replace(self, tickets=tickets, sources=sources)

    def verified(self, ticket: Ticket) -> Verified | None:
        """What the source tree says to a ticket; None where nobody asked."""
        return self.code.get((ticket.path, ticket.line)) if self.code else None
