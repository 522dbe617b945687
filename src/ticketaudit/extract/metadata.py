"""The metadata: every entry as written, and which of them are id, severity, status and so on.

Tickets say the same things in many places. The readers here are asked in a fixed order, and the
first that has a value for a field is believed: data in front of the document, the entries at its
head, its heading, sections named after a field, and at last what else tells it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ticketaudit.extract.dates import read_date
from ticketaudit.extract.elsewhere import elsewhere
from ticketaudit.extract.entries import at_the_head, in_front
from ticketaudit.extract.headings import is_id
from ticketaudit.extract.history import Change, read_history
from ticketaudit.extract.identity import read_title
from ticketaudit.extract.keys import is_choice, is_placeholder, named
from ticketaudit.extract.pairs import Pair
from ticketaudit.extract.scope import Scope
from ticketaudit.extract.values import Value
from ticketaudit.ticket import Field


class Metadata:
    """The metadata entries of a ticket, and their values by field name."""

    def __init__(self, entries: list[Pair], scope: Scope) -> None:
        self.fields = tuple(Field(entry.key, entry.text, entry.line) for entry in entries)
        self._vocabulary = scope.vocabulary
        self._values: dict[str, Value] = {}
        for entry in entries:
            for name, text in named(entry, scope.vocabulary):
                self.offer(name, Value(text, entry.line, entry.shape))

    def offer(self, name: str, value: Value) -> None:
        """Take a value for a field that has none yet, unless it is none: empty, or a template's."""
        if not value.text or is_placeholder(value.text) or (name == "id" and not is_id(value.text)):
            return
        known = self._values.setdefault(name, value)
        if name == "id" and known.text.strip("#").isdigit() and value.reader == "heading" and "#" not in value.text:
            self._values[name] = value  # the number in a tracker gives way to the ticket's own id

    @property
    def of_template(self) -> bool:
        """Whether these are the placeholders and choices of a template, not the values of a ticket."""
        if any(self._name(field.key) == "id" and is_placeholder(field.value) for field in self.fields):
            return True
        choices = (is_choice(self._name(field.key) or "", field.value, self._vocabulary) for field in self.fields)
        return not self.value("id") and any(choices)

    @property
    def labelled(self) -> frozenset[str]:
        """The names of the fields that somebody wrote down as such, not in a heading or a file's name."""
        return frozenset(name for name, value in self._values.items() if value.reader not in ("heading", "file name"))

    def __contains__(self, name: object) -> bool:
        return name in self._values

    def _name(self, key: str) -> str | None:
        return self._vocabulary.field("metadata", key)

    def get(self, name: str) -> Value | None:
        """The value of a field with its place."""
        return self._values.get(name)

    @property
    def names(self) -> tuple[str, ...]:
        """The fields that have an entry, though it may be empty or a placeholder."""
        return tuple(dict.fromkeys(name for field in self.fields if (name := self._name(field.key))))

    def value(self, name: str) -> str | None:
        """The value of a field as written, None where it is absent or empty."""
        value = self._values.get(name)
        return value.text if value else None

    def several(self, name: str) -> tuple[str, ...]:
        """The values of a field that may hold a list, separated by commas, slashes with space or code spans."""
        entries = [field for field in self.fields if field.value and self._name(field.key) == name]
        parts = (part.strip() for entry in entries for part in re.split(r"[,;、，；]|\s/\s", entry.value))
        return tuple(dict.fromkeys(filter(None, parts)))


def read_metadata(scope: Scope, given: Sequence[Pair] = (), listed: Sequence[Pair] = ()) -> Metadata:
    """All metadata of a ticket.

    ``given`` and ``listed`` stand elsewhere: the ticket's row in the table that tracks it, and in one
    that only lists it, which is believed last.
    """
    metadata = Metadata([*given, *in_front(scope), *at_the_head(scope)], scope)
    for name, value in elsewhere(scope, metadata):
        metadata.offer(name, value)
    for entry in listed:
        metadata.offer(scope.vocabulary.field("metadata", entry.key) or "", Value(entry.text, entry.line, entry.shape))
    for name, change in zip(("created", "updated"), _changes(scope, metadata), strict=False):
        metadata.offer(name, Value(change.text, change.line, "history"))
    title = read_title(scope, metadata.value("id"))
    if title:
        metadata.offer("title", title)
    ended = metadata.get("ended")
    if ended and read_date(ended.text, scope.vocabulary):
        metadata.offer("updated", ended)
    return metadata


def _changes(scope: Scope, metadata: Metadata) -> list[Change]:
    """The first and the last entry of the change log, where the metadata do not have both dates.

    A first one that is the only one says nothing of an update.
    """
    if "created" in metadata and "updated" in metadata:
        return []
    history = read_history(scope)
    only_created = len(history) == 1 and "created" not in metadata
    return history if only_created else [history[0], history[-1]] if history else []
