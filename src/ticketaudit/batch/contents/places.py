"""What many tickets cite, and which tickets may be one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ticketaudit.batch import wording
from ticketaudit.batch.blocks import Block, Column, Table, Text, bars, link
from ticketaudit.batch.wording import NOTHING
from ticketaudit.statistics import Hotspot, Statistics

#: So many are shown; all of them are in the JSON.
_SPOTS = 10
_PAIRS = 20
#: A passage is cut after so many characters.
_PASSAGE = 90


def hotspot_blocks(statistics: Statistics) -> Iterator[Block]:
    """The files and the symbols that most tickets cite."""
    for name, spots in (("File", statistics.hotspots.files), ("Symbol", statistics.hotspots.symbols)):
        if spots:
            yield _spots(name, spots[:_SPOTS])
            yield from _more(len(spots) - _SPOTS, f"{name.lower()}s that several tickets cite")


def _spots(name: str, spots: Sequence[Hotspot]) -> Table:
    numbers = [len(spot.tickets) for spot in spots]
    rows = zip((spot.name for spot in spots), numbers, bars(numbers), strict=True)
    return Table((Column(name, path=True), Column("Tickets", right=True), Column("")), tuple(rows))


def duplicate_blocks(statistics: Statistics) -> Iterator[Block]:
    """The pairs that are most alike."""
    pairs = statistics.duplicates
    if not pairs:
        return
    yield Table(
        (
            Column("Score", right=True),
            Column("Ticket"),
            Column("Ticket"),
            Column("Said so"),
            Column("File", path=True),
            Column("In common", wide=True),
        ),
        tuple(
            (
                wording.decimal(pair.score),
                *map(link, pair.tickets),
                "yes" if pair.declared else "no",
                ", ".join(pair.files) or NOTHING,
                _cut(pair.passage or NOTHING),
            )
            for pair in pairs[:_PAIRS]
        ),
    )
    yield from _more(len(pairs) - _PAIRS, "pairs")


def _more(count: int, what: str) -> Iterator[Block]:
    if count > 0:
        yield Text(f"And {count} more {what}.")


def _cut(text: str) -> str:
    return text if len(text) <= _PASSAGE else f"{text[: _PASSAGE - 1].rstrip()}…"
