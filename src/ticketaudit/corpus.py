"""The tickets of a run, with the indexes that rules and reports ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ticketaudit.text import Source
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary


@dataclass(frozen=True)
class Corpus:
    """All tickets of a run in the order of their paths and lines, and the text they came from."""

    tickets: tuple[Ticket, ...]
    vocabulary: Vocabulary
    sources: Mapping[str, Source] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> Mapping[str, tuple[Ticket, ...]]:
        """Tickets by their id in upper case; an id that two tickets claim has two."""
        index: dict[str, tuple[Ticket, ...]] = {}
        for ticket in self.tickets:
            if ticket.id:
                key = ticket.id.upper()
                index[key] = (*index.get(key, ()), ticket)
        return index
