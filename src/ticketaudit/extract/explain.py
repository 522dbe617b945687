"""Why the record of a ticket is as it is: which line and which reader each value comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ticketaudit.blocks import Item, Paragraph, Section, Table
from ticketaudit.extract.authored import read_document
from ticketaudit.extract.pairs import labels
from ticketaudit.extract.record import assemble
from ticketaudit.extract.scope import CLOSED_ROLES, Scope
from ticketaudit.extract.split import Part, objection, split
from ticketaudit.extract.summary import read_summary
from ticketaudit.inline import plain
from ticketaudit.text import Source
from ticketaudit.ticket import CheckItem, Checklist, Ticket
from ticketaudit.vocabulary import Vocabulary

#: The values of the record that are single, in its order.
_SINGLE = (
    "id",
    "title",
    "severity",
    "priority",
    "status",
    "batch",
    "agent",
    "assignee",
    "domain",
    "created",
    "updated",
)
#: Those that are lists, with what they are read from.
_LISTS = {
    "categories": "checked boxes under a category",
    "locations": "location section and metadata",
    "checklists": "task lists",
    "reviews": "review sections",
    "claims": "tables of claims and their status",
    "relations": "related section",
    "citations": "all text",
    "code": "fences",
    "defects": "what could not be read",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """A key of the record, its value or how many it has, the lines that they stand on, and the reader.

    Without a value no reader found any.
    """

    key: str
    value: str | None
    lines: tuple[int, ...]
    reader: str | None


@dataclass(frozen=True, slots=True)
class Unknown:
    """Words that the vocabulary does not have: a key of the metadata, or the heading of a section."""

    kind: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """How one ticket was read; ``objection`` says why what was found makes none."""

    path: str
    line: int
    objection: str | None
    readings: tuple[Reading, ...]
    unknown: tuple[Unknown, ...]


def explain(source: Source, vocabulary: Vocabulary) -> tuple[Explanation, ...]:
    """An explanation for each ticket of a source; where it has none, one that says why."""
    whole = Scope(read_document(source), vocabulary)
    parts = split(whole)
    if parts:
        return tuple(_explanation(part, None) for part in parts)
    part, why = objection(whole)
    return (_explanation(part, why),)


def _explanation(part: Part, why: str | None) -> Explanation:
    scope, document = part.scope, part.scope.document
    ticket = assemble(scope, part.metadata)
    return Explanation(document.source.path, document.line, why, tuple(_readings(part, ticket)), tuple(_unknown(part)))


def _readings(part: Part, ticket: Ticket) -> Iterator[Reading]:
    for name in _SINGLE:
        value = part.metadata.get(name)
        yield Reading(name, *((value.text, (value.line,), value.reader) if value else (None, (), None)))
    summary = read_summary(part.scope)
    yield Reading("summary", *((summary.text, (summary.line,), summary.reader) if summary else (None, (), None)))
    for name, reader in _LISTS.items():
        parts = _checked_categories(ticket) if name == "categories" else getattr(ticket, name)
        lines = tuple(sorted(set(_lines(parts))))
        yield Reading(name, str(len(parts)) if parts else None, lines, reader if parts else None)
    resolution = ticket.resolution
    if resolution:
        reader = _resolution_reader(part, ticket, resolution.line)
        yield Reading("resolution", resolution.disposition or resolution.text, (resolution.line,), reader)
    yield Reading("premise", ticket.premise, (), "reviews, claims and resolution")


def _resolution_reader(part: Part, ticket: Ticket, line: int) -> str:
    """A section that tells how the ticket ended, else the metadata: "status, label"."""
    role = ticket.role_at(line)
    if role in CLOSED_ROLES:
        return f"{role} section"
    found = ((name, part.metadata.get(name)) for name in ("resolution", "status"))
    return next((f"{name}, {value.reader}" for name, value in found if value and value.line == line), "metadata")


def _checked_categories(ticket: Ticket) -> list[CheckItem]:
    """The boxes of the categories, whose lines the record does not have."""
    boxes = (item for checklist in ticket.checklists if checklist.role == "category" for item in checklist.items)
    return [item for item in boxes if item.checked]


def _lines(parts: Sequence[Any]) -> Iterator[int]:
    for part in parts:
        yield from _lines(part.items) if isinstance(part, Checklist) else [part.line]


def _unknown(part: Part) -> Iterator[Unknown]:
    keys = [(field.key, field.line) for field in part.metadata.fields]
    for section in part.scope.sections:
        keys += _keys_beside(section, part.scope)
    first = dict(sorted(keys, reverse=True))
    for text, line in sorted(first.items(), key=lambda found: found[1]):
        if text and not _is_known(text, part.scope.vocabulary):
            yield Unknown("field", text, line)
    for section, role in zip(part.scope.sections, part.scope.roles, strict=True):
        if section.level and role is None and section is not part.scope.title:
            yield Unknown("heading", section.title, section.line)


def _keys_beside(section: Section, scope: Scope) -> Iterator[tuple[str, int]]:
    """What looks like a key beside ones that are known: labels on lines of their own, items, headers of tables."""
    found: list[tuple[str, int]] = []
    for block in section.blocks:
        if isinstance(block, Table) and not block.detached:
            header = [(plain(cell), block.header.line) for cell in block.header.cells]
            if len(header) > 2 and any(scope.vocabulary.is_field(text) for text, _ in header):
                yield from header
        elif isinstance(block, Paragraph | Item):
            found += [(pair.key, pair.line) for pair in labels(block.passage, lambda _: True, any_key=True)]
    if any(scope.vocabulary.is_field(text) for text, _ in found):
        yield from found


def _is_known(key: str, vocabulary: Vocabulary) -> bool:
    parts = ("metadata", "location", "listing", "review", "claim", "relation", "report", "resolution", "history")
    return vocabulary.is_field(key) or any(vocabulary.field(name, key) for name in parts) or bool(vocabulary.label(key))
