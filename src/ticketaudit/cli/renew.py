"""Renews the part of an answer that is about the few tickets which changed, where all else is as it was.

What is said of a file depends on others by their outlines alone. A file that changes and keeps its outline, which is
the usual edit, leaves what is said of the others as it is, and of itself what comparing it came to. So only this file
is read, and what was printed of it replaced.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec
from msgspec.structs import replace

from ticketaudit.cache import Cache, digest
from ticketaudit.cli.run import Run
from ticketaudit.cli.wording import Sum
from ticketaudit.corpus import Corpus, Records, Sources
from ticketaudit.discover import File
from ticketaudit.examined import ENCODER, Examined, Outline
from ticketaudit.read import Reading
from ticketaudit.replay import Answer, Told
from ticketaudit.report import Diagnostic, Diagnostics, Outcome, Report, Tally
from ticketaudit.settings import Settings
from ticketaudit.told import Teller


class _Part(msgspec.Struct, frozen=True, array_like=True):
    """A file: its path as printed, its outline's digest, what is told of it, and what comparing it came to."""

    path: str
    outline: bytes
    found: Tally
    suppressed: int
    outcomes: Sequence[Outcome]


class Base(msgspec.Struct, frozen=True, array_like=True):
    """What there is to know of an answer that is to be renewed.

    ``sum`` is what it comes to, ``sizes`` are how many bytes were printed of each file, by their paths, and
    ``parts`` are the files that can be renewed, by their locations, which may be no text. ``complete`` is that of
    the corpus.
    """

    sum: Sum
    complete: bool
    sizes: dict[str, int]
    parts: dict[bytes, msgspec.Raw]


#: Makes what is printed of some diagnostics.
Render = Callable[[Sequence[Diagnostic]], bytes]


class Renewed(msgspec.Struct, frozen=True):
    """What is printed now, and what there is to know of it."""

    output: bytes
    base: Base

    def answer(self, status: int) -> Answer:
        """What is kept of a run that ended so."""
        return answer(status, self.output, self.base.sum, self.base)


def answer(status: int, output: bytes, total: Sum, base: Base | None = None) -> Answer:
    """What is kept of a run."""
    return Answer(status, output, f"{total.sentence()}\n".encode(), msgspec.msgpack.encode(base) if base else b"")


_BASE: Final = msgspec.msgpack.Decoder(Base)
_PART: Final = msgspec.msgpack.Decoder(_Part)


def base_of(run: Run, report: Report, printed: Mapping[str, bytes]) -> Base | None:
    """What there is to know of an answer, of which so much was printed of each file; None where that is not known."""
    diagnostics, examined, loaded = report.diagnostics, run.loaded.examined or {}, run.loaded
    if not isinstance(diagnostics, Diagnostics) or printed.keys() != diagnostics.tallies.keys():
        return None
    suppressed = Counter(diagnostic.path for diagnostic in report.accepted)
    parts = {}
    for file in run.discovery.files:
        path, place = file.path, str(file.location)
        # A file that others may cite as the report that they come from counts for more than its outline.
        if path in printed and path in examined and examined[path].is_whole and place not in loaded.looked_at:
            outline, outcomes = _digest(examined[path].outline), report.outcomes.get(path, ())
            part = _Part(path, outline, diagnostics.tallies[path], suppressed[path], outcomes)
            parts[os.fsencode(place)] = msgspec.Raw(msgspec.msgpack.encode(part))
    sizes = {path: len(text) for path, text in printed.items()}
    return Base(Sum.of(report, len(loaded.without_ticket)), loaded.corpus.complete, sizes, parts)


def renewed(told: Told, chosen: Settings, render: Render) -> Renewed | None:
    """The answer with what the files that changed make of it; None where that is not all that they change."""
    base = _BASE.decode(told.answer.base)
    if not base.parts.keys() >= {*told.changed}:
        return None
    parts = {place: _PART.decode(base.parts[place]) for place in told.changed}
    files = [File(part.path, Path(os.fsdecode(place)), named=False) for place, part in parts.items()]
    reading = Reading(chosen.vocabulary, chosen.rules, Cache(), 1, chosen.config.limits)
    outcomes = reading.read(files)
    total, printed = base.sum, {}
    for place, part in parts.items():
        examined = outcomes[part.path]
        if not isinstance(examined, Examined) or _digest(examined.outline) != part.outline:
            return None
        told_now = _teller(reading, part.path, examined, chosen, base).told(part.path, examined, part.outcomes)
        counting = [each for each in told_now if each.suppressed is None]
        again = replace(part, found=Tally.of(counting), suppressed=len(told_now) - len(counting))
        total = replace(
            total,
            found=total.found - part.found + again.found,
            suppressed=total.suppressed - part.suppressed + again.suppressed,
        )
        base.parts[place] = msgspec.Raw(msgspec.msgpack.encode(again))
        printed[part.path] = render(counting)
    output = b"".join(_replaced(told.answer.output, base.sizes, printed))
    sizes = base.sizes | {path: len(text) for path, text in printed.items()}
    return Renewed(output, replace(base, sum=total, sizes=sizes))


def _teller(reading: Reading, path: str, examined: Examined, chosen: Settings, base: Base) -> Teller:
    """Who knows what is told of a file in a corpus of which nothing else is known."""
    places = [(path, ticket.place) for ticket in examined.outline.tickets]
    sources = Sources([path], reading.source)
    corpus = Corpus(Records(places, reading.tickets), chosen.vocabulary, sources, complete=base.complete)
    return Teller(corpus, [active for active in chosen.rules if not active.rule.needs_source])


def _replaced(output: bytes, sizes: Mapping[str, int], printed: Mapping[str, bytes]) -> Iterator[bytes]:
    """The output with what is printed of some files now."""
    done = end = 0
    for path, size in sizes.items():
        if path in printed:
            yield output[done:end]
            yield printed[path]
            done = end + size
        end += size
    yield output[done:]


def _digest(outline: Outline) -> bytes:
    return digest(ENCODER.encode(outline))
