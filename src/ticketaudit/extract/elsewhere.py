"""The metadata that stands as no entry: in the heading, a section of its own, the file's name."""

from __future__ import annotations

from collections.abc import Container, Iterator

from ticketaudit.blocks import Item, Paragraph, Section
from ticketaudit.extract.headings import Heading, file_number, id_in_name, read_heading, trailing_id
from ticketaudit.extract.pairs import labels
from ticketaudit.extract.scope import CLOSED_ROLES, Scope
from ticketaudit.extract.values import Value
from ticketaudit.inline import Passage, standing
from ticketaudit.vocabulary import Vocabulary

#: A section named after a field holds its value where its first line is no longer than this.
_SHORT = 120
#: What sections may be named after. Others of these names hold prose: "Scope", "Resolution".
_OWN_SECTION = ("id", "title", "severity", "priority", "status", "agent", "assignee", "created", "updated", "ended")


def elsewhere(scope: Scope, known: Container[str]) -> Iterator[tuple[str, Value]]:
    """What the heading, sections named after a field, a lone label and the file's name tell.

    ``known`` are the fields that have a value by then: no text is searched for those.
    """
    title = scope.title
    if title:
        heading = _heading(scope)
        parts = {"id": heading.id, "severity": heading.severity, "status": heading.status}
        yield from ((name, Value(text, title.line, "heading")) for name, text in parts.items() if text)
    yield from _own_sections(scope)
    letter = scope.vocabulary.severity_of_letter(_heading(scope).id or "")
    if title and letter:
        yield "severity", Value(letter, title.line, "id")
    if "severity" not in known:
        yield from _alone(scope)
    severity = None if "severity" in known else _lone_severity(scope)
    if severity:
        yield "severity", severity
    if scope.is_file:
        path = scope.document.source.path
        ident = title and (trailing_id(title.title, path) or file_number(title.title, path)[0])
        name = id_in_name(path)
        if title and ident and not name:
            yield "id", Value(ident, title.line, "heading")
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
            value = rest.strip() or _first_line(section, name, scope.vocabulary)
            if value and len(value) <= _SHORT:
                yield name, Value(value, section.line, "section")


def _first_line(section: Section, name: str, vocabulary: Vocabulary) -> str | None:
    """The checked items of a section, else the first line of its first paragraph, perhaps labelled as the field."""
    items = [block for block in section.blocks if isinstance(block, Item)]
    checked = [standing(item.passage.raw) for item in items if item.checked]
    if checked or any(item.checked is False for item in items):
        return ", ".join(checked)
    first = next((block for block in section.blocks if isinstance(block, Paragraph | Item)), None)
    if first is None:
        return None
    line = Passage(first.passage.raw.split("\n", 1)[0], first.line)

    def is_it(key: str) -> bool:
        return vocabulary.field("metadata", key) == name

    return next((pair.text for pair in labels(line, is_it) if is_it(pair.key)), standing(line.raw))


def _lone_severity(scope: Scope) -> Value | None:
    """The severity that a single label anywhere in the ticket's own text names."""
    found: dict[int, Value] = {}
    for index, _, block in scope.blocks:
        if scope.roles[index] in CLOSED_ROLES or not isinstance(block, Paragraph | Item):
            continue
        for pair in labels(block.passage, lambda key: scope.vocabulary.field("metadata", key)):
            named = scope.vocabulary.field("metadata", pair.key) == "severity"
            rank = scope.vocabulary.severity_rank(pair.text) if named else None
            if rank is not None:
                found.setdefault(rank, Value(pair.text, pair.line, "label"))
    return next(iter(found.values())) if len(found) == 1 else None


def _heading(scope: Scope) -> Heading:
    """What the ticket's own heading says."""
    section = scope.title
    if section is None:
        return Heading()
    return read_heading(section.title, section.raw, scope.vocabulary, counted=not scope.is_file)
