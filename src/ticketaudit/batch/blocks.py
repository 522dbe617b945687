"""What a batch report is made of, whatever it is written in: sections of texts, lists and tables."""

from __future__ import annotations

from dataclasses import dataclass

from ticketaudit.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Link:
    """A ticket by its name, and where it stands; ``text`` comes from the ticket."""

    text: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar as long as a share, 0 to 1, of the longest one beside it."""

    share: float


#: What stands in a cell or in an entry of a list. Texts may come from tickets: no format obeys them.
Cell = str | int | Link | Bar


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``right`` for numbers, ``wide`` where it may be left out for want of room.

    ``path``: for want of room its cells are cut at the beginning, since the end of a path tells more.
    """

    name: str
    right: bool = False
    wide: bool = False
    path: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; ``narrow`` ones may stand side by side."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    narrow: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list; the parts of an entry follow each other without anything between them."""

    items: tuple[tuple[Cell, ...], ...]


Block = Table | Text | Heading | Items


@dataclass(frozen=True, slots=True)
class Section:
    """A section; ``name`` is what users call it."""

    name: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A report."""

    title: str
    sections: tuple[Section, ...]


def link(ticket: Ticket) -> Link:
    """A ticket by its id, else by where it stands."""
    return Link(ticket.id or f"{ticket.path}:{ticket.line}", ticket.path, ticket.line)


def bars(numbers: list[int]) -> list[Bar]:
    """A bar for each of some numbers."""
    most = max(numbers, default=0)
    return [Bar(number / most if most else 0.0) for number in numbers]
