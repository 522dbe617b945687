"""The metadata: every entry as written, and which of them are id, severity, status and so on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ticketaudit.extract.pairs import Pair, pairs
from ticketaudit.extract.scope import Scope
from ticketaudit.inline import Passage
from ticketaudit.markdown import Section, Table
from ticketaudit.ticket import Field

#: A table or list is metadata where at least this many of its keys are fields.
_ENOUGH = 2


class Metadata:
    """The metadata entries of a ticket, and their values by field name."""

    def __init__(self, entries: list[Pair], scope: Scope) -> None:
        self.fields = tuple(Field(entry.key, entry.text, entry.line) for entry in entries)
        self._vocabulary = scope.vocabulary
        self._values: dict[str, Field] = {}
        for field in self.fields:
            name = self._name(field.key)
            if name and field.value and not _is_placeholder(field.value):
                self._values.setdefault(name, field)

    @property
    def of_template(self) -> bool:
        """Whether these are the placeholders of a template, not the values of a ticket."""
        return any(self._name(field.key) == "id" and _is_placeholder(field.value) for field in self.fields)

    def __len__(self) -> int:
        return len(self._values)

    def _name(self, key: str) -> str | None:
        return self._vocabulary.field("metadata", key)

    def value(self, name: str) -> str | None:
        """The value of a field as written, None where it is absent or empty."""
        field = self._values.get(name)
        return field.value if field else None

    def several(self, name: str) -> tuple[str, ...]:
        """The values of a field that may hold a list, separated by commas, slashes with space or code spans."""
        entries = [field for field in self.fields if field.value and self._name(field.key) == name]
        parts = (part.strip() for entry in entries for part in re.split(r"\s*[,;]\s*|\s+/\s+", entry.value))
        return tuple(dict.fromkeys(filter(None, parts)))

    def field(self, name: str) -> Field | None:
        """The entry of a field."""
        return self._values.get(name)


def read_metadata(scope: Scope) -> Metadata:
    """Front matter, else the first blocks that read as metadata, before anything else has begun."""
    entries = [Pair(entry.key, Passage(entry.value, entry.line)) for entry in scope.document.front]
    for section in _head(scope):
        entries.extend(_entries(section, scope))
    return Metadata(entries, scope)


def _head(scope: Scope) -> Iterator[Section]:
    """The sections that may hold metadata: the ones without another role, up to the first that has some."""
    for section, role in zip(scope.sections, scope.roles, strict=True):
        if role in (None, "metadata"):
            yield section
            if _entries(section, scope):
                return


def _entries(section: Section, scope: Scope) -> list[Pair]:
    def known(key: str) -> str | None:
        return scope.vocabulary.field("metadata", key)

    found: list[Pair] = []
    for block in section.blocks:
        entries = pairs(block, known)
        if isinstance(block, Table) and sum(bool(known(entry.key)) for entry in entries) < _ENOUGH:
            continue
        if entries and any(known(entry.key) for entry in entries):
            found.extend(entries)
    return found if sum(bool(known(entry.key)) for entry in found) >= _ENOUGH else []


def _is_placeholder(value: str) -> bool:
    """A template's value: ``{batch}``, ``<id>``, ``YYYY-MM-DD``."""
    return value.startswith(("{", "<")) or ("{" in value and " " not in value) or value.upper() == "YYYY-MM-DD"
