"""Which tickets a document holds: itself, a section for each, a row for each, or none.

A document whose head names a ticket is that ticket, whatever its sections are called. Else its
tickets are the sections that say which finding they are about, and the rows of tables that track
findings; a row and a section of the same id are one ticket. Where it has neither, they are the items
of its lists that do.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from msgspec.structs import replace

from ticketaudit.blocks import Document, Section
from ticketaudit.extract.findings import finding_sections, heading_at
from ticketaudit.extract.headings import id_in_name
from ticketaudit.extract.items import items_as_sections
from ticketaudit.extract.keys import TRACKING, is_value
from ticketaudit.extract.listings import Row, finding_rows, objection_to_rows
from ticketaudit.extract.metadata import Metadata, read_metadata
from ticketaudit.extract.scope import Scope
from ticketaudit.extract.values import Value
from ticketaudit.paths import stem
from ticketaudit.vocabulary import Vocabulary
from ticketaudit.words import fold


class Part(NamedTuple):
    """One ticket's part of a file, with its metadata."""

    scope: Scope
    metadata: Metadata


def split(whole: Scope) -> list[Part]:
    """The tickets of a document in their order, none where it is another kind of document."""
    found = finding_sections(whole)
    rows = finding_rows(whole, found)
    parts = _several(whole, found, rows) if found or rows else _of_items(whole)
    if parts:
        return parts
    part, why_not = objection(whole)
    return [] if why_not else [part]


def _several(whole: Scope, found: Sequence[int], rows: Sequence[Row]) -> list[Part]:
    """The tickets of sections and rows, none where the head of the document says that it is one itself."""
    before = _until(whole.document, found[0] if found else len(whole.sections))
    if _lists(rows, found, whole) or not _is_one(read_metadata(Scope(before, whole.vocabulary))):
        return _merged(whole, found, rows)
    return []


def _of_items(whole: Scope) -> list[Part]:
    """The tickets of list items, none where the rest of the document says that it is one itself."""
    if whole.vocabulary.other_document(stem(whole.document.source.path)):
        return []
    document, found = items_as_sections(whole.document, whole.vocabulary)
    items = frozenset(found)
    rest = tuple(
        _preamble(section.line) if index in items else section for index, section in enumerate(document.sections)
    )
    if not found or _is_one(read_metadata(Scope(replace(document, sections=rest), whole.vocabulary))):
        return []
    return _merged(Scope(document, whole.vocabulary), found, ())


def _lists(rows: Sequence[Row], found: Sequence[int], whole: Scope) -> bool:
    """Whether a table lists what sections tell: then it is no table of metadata, even with a single row."""
    ids = {_bare(row.id, whole.vocabulary) for row in rows}
    names = (heading_at(whole, index).id for index in found)
    return any(name and _bare(name, whole.vocabulary) in ids for name in names)


def _is_one(head: Metadata) -> bool:
    """Whether the head of a document already says of which ticket it is the head."""
    ident = head.get("id")
    identified = ident is not None and ident.reader != "file name"
    return "severity" in head or (identified and any(name in head for name in (*TRACKING, "created")))


def objection(whole: Scope) -> tuple[Part, str | None]:
    """A whole document as a ticket, and why it is none: None where it is one.

    A ticket names a severity, a status or a priority, and either has an id or speaks the vocabulary's
    words; or it has an id that is beyond doubt.
    """
    metadata = read_metadata(whole)
    return Part(whole, metadata), _objection(whole, metadata)


def _objection(whole: Scope, metadata: Metadata) -> str | None:
    labelled = metadata.labelled
    path = whole.document.source.path
    tracked = [name for name in TRACKING if name in metadata]
    if metadata.of_template:
        return "its id is a placeholder, or its values are choices: it is a template"
    if whole.vocabulary.other_document(stem(path)) and "id" not in labelled:
        return "a file of this name is no ticket, unless it has an id in its metadata"
    if not tracked and not _has_own_id(whole, metadata):
        return (
            objection_to_rows(whole)
            or "it names no severity, no status and no priority, and has no id that is beyond doubt"
        )
    if tracked and "id" not in metadata and not _understood(metadata, whole.vocabulary):
        return "it has no id, and neither its severity nor its status is one of the vocabulary's"
    return None


def _has_own_id(whole: Scope, metadata: Metadata) -> bool:
    """Whether an id is certain: written down as one, or in the heading and the file's name alike.

    One of them alone needs the day when the ticket was written.
    """
    ident = metadata.get("id")
    if ident is None or not any(char.isdigit() for char in ident.text):
        return False
    name = id_in_name(whole.document.source.path)
    alike = ident.reader == "heading" and name is not None and fold(name) == fold(ident.text)
    return alike or "created" in metadata.labelled


def _understood(metadata: Metadata, vocabulary: Vocabulary) -> bool:
    values = ((name, metadata.value(name)) for name in TRACKING)
    return any(value and is_value(name, value, vocabulary) for name, value in values)


def _merged(whole: Scope, found: Sequence[int], rows: Sequence[Row]) -> list[Part]:
    """The sections with the rows of the same id, and the rows without a section."""
    parts: list[Part] = []
    by_id = _by_id(rows, whole.vocabulary)
    for index in found:
        heading = heading_at(whole, index)
        listed_rows = by_id[_bare(heading.id, whole.vocabulary)] if heading.id else []
        own = listed_rows.pop(0) if listed_rows else []
        scope = Scope(_from(whole, index), whole.vocabulary, is_file=False)
        tracked, listed = (
            [entry for row in own if row.alone == alone for entry in row.entries if entry.key != "title"]
            for alone in (True, False)
        )
        metadata = read_metadata(scope, tracked, listed)
        if not metadata.of_template:
            parts.append(Part(scope, _with_severity_above(metadata, index, whole)))
    for group in chain.from_iterable(by_id.values()):
        if any(row.alone for row in group):
            line = group[0].table.line
            own_text = replace(_preamble(line), blocks=tuple(row.table for row in group))
            document = Document(whole.document.source, (), (own_text,), (), line, line)
            scope = Scope(document, whole.vocabulary, is_file=False)
            metadata = read_metadata(scope, [entry for row in group for entry in row.entries])
            if not metadata.of_template:
                parts.append(Part(scope, _with_severity_above(metadata, group[0].section, whole)))
    return sorted(parts, key=lambda part: part.scope.document.line)


def _by_id(rows: Sequence[Row], vocabulary: Vocabulary) -> defaultdict[str, list[list[Row]]]:
    """The rows of each ticket, by its id: those of several tables tell of one, those of one table are one each."""
    found: defaultdict[str, list[list[Row]]] = defaultdict(list)
    counts: Counter[tuple[str, int]] = Counter()
    for row in rows:
        name = _bare(row.id, vocabulary)
        place = name, row.table.header.line
        if counts[place] == len(found[name]):
            found[name].append([])
        found[name][counts[place]].append(row)
        counts[place] += 1
    return found


def _with_severity_above(metadata: Metadata, index: int, whole: Scope) -> Metadata:
    """The same, where it names none with the severity of a heading around it: "## High Risk Findings", "## P0"."""
    around: int | None = index
    while around is not None and "severity" not in metadata:
        section = whole.sections[around]
        word = whole.vocabulary.severity_opening(section.title)
        if word:
            name = "priority" if whole.vocabulary.names_priority(section.title) else "severity"
            metadata.offer(name, Value(word, section.line, "heading around it"))
        around = section.parent
    return metadata


def _bare(name: str, vocabulary: Vocabulary) -> str:
    """An id without the word for what it numbers: "BUG #17" is "#17"."""
    words = fold(name).split()
    return " ".join(words[1:] if len(words) > 1 and vocabulary.document_type(words[0]) else words)


def _preamble(line: int) -> Section:
    return Section("", "", 0, line, line, None, ())


def _from(whole: Scope, index: int) -> Document:
    """A section with all that stands in it, as a document of its own."""
    document, top = whole.document, whole.sections[index]
    sections = [_preamble(top.line)]
    for section in whole.subtree(index):
        parent = None if section is top or section.parent is None else section.parent - index + 1
        sections.append(replace(section, parent=parent))
    oddities = tuple(oddity for oddity in document.oddities if top.line <= oddity.line <= top.end_line)
    return Document(document.source, (), tuple(sections), oddities, top.line, top.end_line)


def _until(document: Document, index: int) -> Document:
    """What stands before a section."""
    return replace(document, sections=document.sections[:index])
