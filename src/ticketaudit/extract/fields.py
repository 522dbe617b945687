"""The metadata: every entry as written, and which of them are id, severity, status and so on.

Tickets say the same things in many places. The readers here are asked in a fixed order, and the
first that has a value for a field is believed: data in front of the document, the entries at its
head, its heading, sections named after a field, and at last what else tells it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from ticketaudit.blocks import Block, Fence, Html, Item, Paragraph, Section, Table
from ticketaudit.extract.dates import read_date
from ticketaudit.extract.headings import Heading, id_in_name, is_id, read_heading, trailing_id
from ticketaudit.extract.history import Change, read_history
from ticketaudit.extract.identity import read_title
from ticketaudit.extract.pairs import ONE_ROW, Pair, labels, pairs
from ticketaudit.extract.scope import CLOSED_ROLES, Scope
from ticketaudit.extract.values import Value
from ticketaudit.frontmatter import read_data
from ticketaudit.inline import Passage, standing
from ticketaudit.ticket import Field
from ticketaudit.vocabulary import Vocabulary

#: A table or list is metadata where at least this many of its keys are fields.
_ENOUGH = 2
_TWO = re.compile(r"\s*[/&|]\s*")
#: A section named after a field holds its value where its first line is no longer than this.
_SHORT = 120
#: The sections that may begin with the metadata.
_OPENING = ("summary", "description", "context")
#: What sections may be named after. Others of these names hold prose: "Scope", "Resolution".
_OWN_SECTION = ("id", "title", "severity", "priority", "status", "agent", "assignee", "created", "updated", "ended")


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
        if not value.text or _is_placeholder(value.text) or (name == "id" and not is_id(value.text)):
            return
        known = self._values.setdefault(name, value)
        if name == "id" and known.text.strip("#").isdigit() and value.reader == "heading" and "#" not in value.text:
            self._values[name] = value  # the number in a tracker gives way to the ticket's own id

    @property
    def of_template(self) -> bool:
        """Whether these are the placeholders of a template, not the values of a ticket."""
        return any(self._name(field.key) == "id" and _is_placeholder(field.value) for field in self.fields)

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

    def value(self, name: str) -> str | None:
        """The value of a field as written, None where it is absent or empty."""
        value = self._values.get(name)
        return value.text if value else None

    def several(self, name: str) -> tuple[str, ...]:
        """The values of a field that may hold a list, separated by commas, slashes with space or code spans."""
        entries = [field for field in self.fields if field.value and self._name(field.key) == name]
        parts = (part.strip() for entry in entries for part in re.split(r"\s*[,;、，；]\s*|\s+/\s+", entry.value))
        return tuple(dict.fromkeys(filter(None, parts)))


def named(entry: Pair, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """The fields that an entry names, with their values: "Severity / Priority: High / P2" names two."""
    name = vocabulary.field("metadata", entry.key)
    if name:
        yield name, entry.text
        return
    names = [vocabulary.field("metadata", part) for part in _TWO.split(entry.key)]
    values = [part.strip() for part in re.split(r"\s*[/|]\s*", entry.text)]
    if len(names) > 1 and all(names) and len(values) in (1, len(names)):
        yield from zip(filter(None, names), values * (len(names) if len(values) == 1 else 1), strict=True)


def read_metadata(scope: Scope, given: Sequence[Pair] = (), listed: Sequence[Pair] = ()) -> Metadata:
    """All metadata of a ticket.

    ``given`` and ``listed`` stand elsewhere: the ticket's row in the table that tracks it, and in one
    that only lists it, which is believed last.
    """
    entries = [*given, *_in_front(scope)]
    entries.extend(_head(scope))
    metadata = Metadata(entries, scope)
    for name, value in _elsewhere(scope):
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
    """The first and the last entry of the change log; a first one that is the only one says nothing of an update."""
    history = read_history(scope)
    only_created = len(history) == 1 and "created" not in metadata
    return history if only_created else [history[0], history[-1]] if history else []


def heading_of(scope: Scope) -> Heading:
    """What the ticket's own heading says."""
    section = scope.title
    if section is None:
        return Heading()
    return read_heading(section.title, section.raw, scope.vocabulary, counted=not scope.is_file)


def _in_front(scope: Scope) -> Iterator[Pair]:
    """Front matter, and a fence of data that stands above everything else."""
    for entry in scope.document.front:
        yield Pair(entry.key, Passage(entry.value, entry.line), "front matter")
    first = next((block for section in scope.sections[:2] for block in section.blocks), None)
    if isinstance(first, Html) and first.text.startswith("<pre"):
        text = Passage(first.text.replace("<pre>", "     ").replace("</pre>", ""), first.line)
        known = partial(scope.vocabulary.field, "metadata")
        yield from (pair._replace(shape="preformatted text") for pair in labels(text, known))
    if isinstance(first, Fence):
        for entry in read_data(first.text.split("\n"), first.info.lower(), first.line + 1).entries:
            yield Pair(entry.key, Passage(entry.value, entry.line), "fence of data")


def _head(scope: Scope) -> list[Pair]:
    """The entries at the head: of the sections above all others, else of the first one that has enough.

    First a section without another role is asked, then one that only begins with them: a summary.
    """
    found = [entry for section in scope.sections if scope.is_top(section) for entry in _entries(section, scope, 1)]
    if sum(bool(list(named(entry, scope.vocabulary))) for entry in found) >= _ENOUGH:
        return found
    places = list(zip(scope.sections, scope.roles, strict=True))
    likely = [section for section, role in places if role is None and not scope.is_top(section)]
    opening = [section for section, role in places if role in _OPENING and not scope.is_top(section)]
    for section in (*likely, *opening):
        entries = _entries(section, scope, 1 if found else _ENOUGH)
        if len(entries) >= _ENOUGH or any(_makes_sense(entry, scope) for entry in entries):
            return [*found, *entries]
    return found


def _entries(section: Section, scope: Scope, enough: int) -> list[Pair]:
    """The entries of a section, none where fewer than ``enough`` of its keys are fields."""

    def known(key: str) -> bool:
        return is_known(key, scope.vocabulary)

    found: list[Pair] = []
    for entries, block in _blocks(section, scope):
        fields = sum(known(entry.key) for entry in entries)
        if not fields or (isinstance(block, Table) and fields < enough):
            continue
        if isinstance(block, Table) and fields < _ENOUGH and not any(_makes_sense(entry, scope) for entry in entries):
            continue
        if entries[0].shape == ONE_ROW and not scope.is_top(section):
            continue  # a list of findings that has only one
        found.extend(entries)
    return found if sum(known(entry.key) for entry in found) >= enough else []


def _makes_sense(entry: Pair, scope: Scope) -> bool:
    """Whether a value is one that its field can have, in the words of the vocabulary."""
    return any(_is_value(name, text, scope.vocabulary) for name, text in named(entry, scope.vocabulary))


def _is_value(name: str, text: str, vocabulary: Vocabulary) -> bool:
    if name in ("severity", "priority"):
        return vocabulary.severity_rank(text) is not None
    if name == "status":
        return vocabulary.state(text) is not None
    return name in ("created", "updated") and read_date(text, vocabulary) is not None


def is_known(key: str, vocabulary: Vocabulary) -> bool:
    """Whether a key names a field, or several at once."""
    return all(vocabulary.field("metadata", part) for part in (_TWO.split(key) if _TWO.search(key) else [key]))


def _blocks(section: Section, scope: Scope) -> Iterator[tuple[list[Pair], Block]]:
    """The entries of each block; a label without a value has the checked items below it as its value."""

    def known(key: str) -> bool:
        return is_known(key, scope.vocabulary)

    open_label: Pair | None = None
    for block in section.blocks:
        if isinstance(block, Item) and block.checked is not None and open_label:
            if block.checked:
                yield [Pair(open_label.key, block.passage, "checked item")], block
            continue
        entries = pairs(block, known, scope.vocabulary)
        last = entries[-1] if isinstance(block, Paragraph) and entries else None
        open_label = last if last and not last.text and known(last.key) else None
        yield entries, block


def _elsewhere(scope: Scope) -> Iterator[tuple[str, Value]]:
    """What the heading, sections named after a field, a lone label and the file's name tell."""
    title = scope.title
    if title:
        heading = heading_of(scope)
        parts = {"id": heading.id, "severity": heading.severity, "status": heading.status}
        yield from ((name, Value(text, title.line, "heading")) for name, text in parts.items() if text)
    yield from _own_sections(scope)
    letter = scope.vocabulary.severity_of_letter(heading_of(scope).id or "")
    if title and letter:
        yield "severity", Value(letter, title.line, "id")
    yield from _alone(scope)
    severity = _lone_severity(scope)
    if severity:
        yield "severity", severity
    if scope.is_file:
        path = scope.document.source.path
        behind = trailing_id(title.title, path) if title else None
        if title and behind:
            yield "id", Value(behind, title.line, "heading")
        name = id_in_name(path)
        if name:
            yield "id", Value(name, 1, "file name")


def _alone(scope: Scope) -> Iterator[tuple[str, Value]]:
    """A paragraph at the top that is nothing but a severity."""
    for section in scope.sections:
        if scope.is_top(section):
            for block in section.blocks:
                if isinstance(block, Paragraph) and scope.vocabulary.is_severity(standing(block.passage.raw)):
                    yield "severity", Value(standing(block.passage.raw), block.line, "paragraph")


def _own_sections(scope: Scope) -> Iterator[tuple[str, Value]]:
    """``## Status`` with the value below it, ``## Severity: High``."""
    for section in scope.sections:
        around = None if section.parent is None else scope.roles[section.parent]
        if section is scope.title or not section.level or around in CLOSED_ROLES:
            continue
        head, _, rest = section.title.replace("：", ":").partition(":")
        name = scope.vocabulary.field("metadata", head)
        if name in _OWN_SECTION:
            value = rest.strip() or _first_line(section)
            if value and len(value) <= _SHORT:
                yield name, Value(value, section.line, "section")


def _first_line(section: Section) -> str | None:
    """The checked items of a section, else the first line of its first paragraph."""
    items = [block for block in section.blocks if isinstance(block, Item)]
    checked = [standing(item.passage.raw) for item in items if item.checked]
    if checked or any(item.checked is False for item in items):
        return ", ".join(checked)
    first = next((block for block in section.blocks if isinstance(block, Paragraph | Item)), None)
    return standing(first.passage.raw.split("\n", 1)[0]) if first else None


def _lone_severity(scope: Scope) -> Value | None:
    """The severity that a single label anywhere in the ticket's own text names."""
    found: dict[int, Value] = {}
    for index, _, block in scope.blocks():
        if scope.roles[index] in CLOSED_ROLES or not isinstance(block, Paragraph | Item):
            continue
        for pair in labels(block.passage, lambda key: scope.vocabulary.field("metadata", key)):
            rank = scope.vocabulary.severity_rank(pair.text)
            if rank is not None and scope.vocabulary.field("metadata", pair.key) == "severity":
                found.setdefault(rank, Value(pair.text, pair.line, "label"))
    return next(iter(found.values())) if len(found) == 1 else None


def _is_placeholder(value: str) -> bool:
    """A template's value: ``{batch}``, ``<id>``, ``YYYY-MM-DD``."""
    return value.startswith(("{", "<")) or ("{" in value and " " not in value) or value.upper() == "YYYY-MM-DD"
