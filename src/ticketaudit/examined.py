"""What is known of a file once the rules were asked about it, and how that is written down.

It is in two parts. The `Outline` is what the rest of a run depends on: all that tickets are compared by. What is
`Said` of the file itself is many times as much, and is decoded where somebody asks for it. A file that changes
and keeps its outline changes nothing that is said of others.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Final

import msgspec

from ticketaudit.report import Diagnostic
from ticketaudit.rule import Facts, Level
from ticketaudit.suppression import Suppression
from ticketaudit.text import Span


class Audited(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What others may depend on of a ticket, told by its ``place`` in its file.

    ``is_part``: it begins below the file's first line. ``reports`` are the paths of the reports that it comes
    from. ``facts`` are those that each of the rules that compare noted, or None, as they are encoded.
    """

    place: int
    is_part: bool
    id: str | None
    is_row: bool
    reports: tuple[str, ...]
    facts: msgspec.Raw


class Outline(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What others depend on of a file.

    ``is_report``: whether it is a batch report; its tickets are read where somebody named the file.
    ``is_sound``: whether no rule failed on it. ``accepts``: whether comments in it accept diagnostics.
    """

    is_report: bool
    is_read: bool
    is_sound: bool
    accepts: bool
    tickets: tuple[Audited, ...]


class SaidOf(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What rules say of a ticket.

    ``name`` is what tells it from others in fingerprints. ``possible`` are, for each of the rules that compare, the
    problems that may come of what it noted, as they are encoded: mostly nobody asks for them.
    """

    id: str | None
    name: str
    diagnostics: tuple[Diagnostic, ...]
    possible: tuple[msgspec.Raw, ...]


class Said(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What is said of a file: of each of its tickets, and by the comments in it."""

    tickets: tuple[SaidOf, ...]
    suppressions: tuple[Suppression, ...]


class Place(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A place that problems may be on, the title of its section, and the text of its line."""

    span: Span
    section: str | None
    source: str


class Possible(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Problems that a ticket may have, each with the number of its place, its level and its subject.

    Fingerprints are for those that it has.
    """

    problems: tuple[tuple[int, Level, str], ...]
    places: tuple[Place, ...]


class Examined:
    """A file: its outline, and who knows what is said of it; ``is_whole``: whether all of its tickets count."""

    __slots__ = ("is_whole", "outline", "said")

    def __init__(self, outline: Outline, said: Callable[[], Said], *, is_whole: bool = True) -> None:
        self.outline, self.said, self.is_whole = outline, said, is_whole


ENCODER: Final = msgspec.msgpack.Encoder(enc_hook=lambda value: _written(value))
POSSIBLE: Final = msgspec.msgpack.Decoder(Possible)
FACTS: Final = msgspec.msgpack.Decoder(tuple[bytes, ...])
OUTLINE: Final = msgspec.msgpack.Decoder(Outline)
SAID: Final = msgspec.msgpack.Decoder(Said, dec_hook=lambda kind, value: _range(kind, value))


@cache
def facts_decoder(facts: type[Facts]) -> msgspec.msgpack.Decoder[Any]:
    """What reads the facts that a rule noted."""
    return msgspec.msgpack.Decoder(facts | None)  # a type of the run


def _written(value: Any) -> Any:
    """What msgspec does not know: ranges, and text that knows its place in the configuration."""
    return (value.start, value.stop) if isinstance(value, range) else str(value)


def _range(kind: type, value: Any) -> range:
    start, stop = value
    return range(start, stop)
