"""Which tickets a document holds: itself, a section for each, a row for each, or none.

A document whose head names a ticket is that ticket, whatever its sections are called. Else its
tickets are the sections that say which finding they are about, and the rows of tables that track
findings; a row and a section of the same id are one ticket.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath
from typing import NamedTuple

from ticketaudit.blocks import Document, Section, Table
from ticketaudit.extract.fields import Metadata, is_known, named, read_metadata
from ticketaudit.extract.headings import Heading, id_in_name, is_id, read_heading
from ticketaudit.extract.pairs import Pair, columns, pairs
from ticketaudit.extract.scope import Scope
from ticketaudit.extract.values import Value
from ticketaudit.inline import plain
from ticketaudit.vocabulary import Vocabulary
from ticketaudit.words import fold

#: What says how bad a finding is or how far its work is: something that tickets do.
_TRACKING = ("severity", "status", "priority")
#: So many words on average make a column one of sentences.
_WORDY = 2
#: A label alone may stand in any text; this many make a section a ticket without an id.
_ENOUGH = 2


class Part(NamedTuple):
    """One ticket's part of a file, with its metadata."""

    scope: Scope
    metadata: Metadata


def split(whole: Scope) -> list[Part]:
    """The tickets of a document in their order, none where it is another kind of document."""
    found = _sections(whole)
    rows = _rows(whole, found)
    if found or rows:
        before = _until(whole.document, found[0] if found else len(whole.sections))
        if _lists(rows, found, whole) or not _is_one(read_metadata(Scope(before, whole.vocabulary))):
            parts = _merged(whole, found, rows)
            if parts:
                return parts
    part, why_not = objection(whole)
    return [] if why_not else [part]


def _lists(rows: Sequence[_Row], found: Sequence[int], whole: Scope) -> bool:
    """Whether a table lists what sections tell: then it is no table of metadata, even with a single row."""
    ids = {_bare(row.id, whole.vocabulary) for row in rows}
    names = (_heading(whole, index).id for index in found)
    return any(name and _bare(name, whole.vocabulary) in ids for name in names)


def _heading(whole: Scope, index: int) -> Heading:
    """The heading of a section that may be a finding: a number may be its id."""
    section = whole.sections[index]
    return read_heading(section.title, section.raw, whole.vocabulary, counted=section is not whole.title)


def _is_one(head: Metadata) -> bool:
    """Whether the head of a document already says of which ticket it is the head."""
    ident = head.get("id")
    identified = ident is not None and ident.reader != "file name"
    return "severity" in head or (identified and any(name in head for name in (*_TRACKING, "created")))


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
    tracked = [name for name in _TRACKING if name in metadata]
    if metadata.of_template:
        return "its id is a placeholder: it is a template"
    if whole.vocabulary.other_document(PurePosixPath(path).stem) and "id" not in labelled:
        return "a file of this name is no ticket, unless it has an id in its metadata"
    if not tracked and not _has_own_id(whole, metadata):
        return "it names no severity, no status and no priority, and has no id that is beyond doubt"
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
    status, severity = metadata.value("status"), metadata.value("severity")
    return bool(
        "priority" in metadata
        or (status and vocabulary.state(status))
        or (severity and vocabulary.severity_rank(severity) is not None)
    )


def _sections(whole: Scope) -> list[int]:
    """The sections that are a finding each: two at least, or one that names its finding and says how bad it is."""
    tracked: list[int] = []
    found: list[int] = []
    named = False
    end = 0
    for index, section in enumerate(whole.sections):
        if section.level and section.line > end:
            heading = _heading(whole, index)
            says = _says_how_bad(index, heading, whole)
            if says or heading.numbers:
                found.append(index)
                tracked.extend([index] if says else [])
                named = named or heading.tells
                end = section.end_line
    if len(found) == 1:
        return found if tracked and named and whole.sections[found[0]] is not whole.title else []
    return found


def _says_how_bad(index: int, heading: Heading, whole: Scope) -> bool:
    """Whether a section tells a severity, a status or a priority of its own, and reads as a finding otherwise."""

    def known(key: str) -> str | None:
        return whole.vocabulary.field("metadata", key)

    section = whole.sections[index]
    if not heading.tells and (section is whole.title or whole.vocabulary.role(section.title)):
        return False
    if heading.severity and (heading.id or section is not whole.title):
        return True
    entries = [
        name
        for block in section.blocks
        for entry in pairs(block, partial(is_known, vocabulary=whole.vocabulary), whole.vocabulary)
        for name, _ in named(entry, whole.vocabulary)
    ]
    parts = [known(part.title.partition(":")[0]) for part in whole.sections if part.parent == index]
    names = list(filter(None, (*entries, *parts)))
    return any(name in _TRACKING for name in names) and (heading.tells or len(names) >= _ENOUGH)


class _Row(NamedTuple):
    """A row of a table that tracks findings."""

    id: str
    entries: list[Pair]
    line: int
    section: int
    alone: bool


def _rows(whole: Scope, found: Sequence[int]) -> list[_Row]:
    """The rows of all tables with an id and a severity, a status or a priority.

    ``alone`` are those of a table with a status, or in a file that is a list of bugs: somebody tracks these
    findings there. Others only list what the sections of the document tell.
    """
    taken = [(whole.sections[index].line, whole.sections[index].end_line) for index in found]
    rows: list[_Row] = []
    stem = PurePosixPath(whole.document.source.path).stem
    is_list = any(map(whole.vocabulary.lists_tickets, (stem, whole.title.title if whole.title else "")))
    for index, _, block in whole.blocks():
        if isinstance(block, Table) and not block.quoted and not any(a <= block.line <= b for a, b in taken):
            rows.extend(_of_table(block, index, whole.vocabulary, all_count=is_list))
    return rows


def _of_table(table: Table, section: int, vocabulary: Vocabulary, *, all_count: bool) -> Iterator[_Row]:
    places = columns(table, lambda key: vocabulary.field("metadata", key))
    ident = places.get("id")
    if ident is None or not any(name in places for name in _TRACKING):
        return
    if "title" not in places:
        named = columns(table, lambda key: vocabulary.field("listing", key) and key)
        free = [column for column in named.values() if column not in places.values()] or _wordy(table, places)
        places |= {"title": free[0]} if free else {}
    for row in table.rows:
        name = plain(row.passage(ident).raw)
        if not is_id(name) or not any(char.isdigit() for char in name):
            continue
        bare = name.isdigit()
        entries = [
            Pair(plain(table.header.cells[column]) if field != "title" else "title", row.passage(column), "table row")
            for field, column in places.items()
        ]
        alone = all_count or ("status" in places and (not bare or "severity" in places or "priority" in places))
        yield _Row(name, entries, row.line, section, alone)


def _wordy(table: Table, places: Mapping[str, int]) -> list[int]:
    """The columns without a known header that hold sentences: the first of them tells what a row is about."""
    return [
        column
        for column in range(len(table.header.cells))
        if column not in places.values()
        and sum(len(plain(row.passage(column).raw).split()) for row in table.rows) > _WORDY * len(table.rows)
    ]


def _merged(whole: Scope, found: Sequence[int], rows: Sequence[_Row]) -> list[Part]:
    """The sections with the rows of the same id, and the rows without a section."""
    parts: list[Part] = []
    by_id: dict[str, list[_Row]] = {}
    for row in rows:
        by_id.setdefault(_bare(row.id, whole.vocabulary), []).append(row)
    for index in found:
        heading = _heading(whole, index)
        own = by_id.pop(_bare(heading.id, whole.vocabulary), []) if heading.id else []
        scope = Scope(_from(whole.document, index), whole.vocabulary, is_file=False)
        tracked, listed = (
            [entry for row in own if row.alone == alone for entry in row.entries if entry.key != "title"]
            for alone in (True, False)
        )
        metadata = read_metadata(scope, tracked, listed)
        if not metadata.of_template:
            parts.append(Part(scope, _with_severity_above(metadata, index, whole)))
    for group in by_id.values():
        if any(row.alone for row in group):
            line = group[0].line
            document = replace(whole.document, front=(), oddities=(), line=line, end_line=line)
            scope = Scope(replace(document, sections=(_preamble(line),)), whole.vocabulary, is_file=False)
            metadata = read_metadata(scope, [entry for row in group for entry in row.entries])
            if not metadata.of_template:
                parts.append(Part(scope, _with_severity_above(metadata, group[0].section, whole)))
    return sorted(parts, key=lambda part: part.scope.document.line)


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


def _from(document: Document, index: int) -> Document:
    """A section with all that stands in it, as a document of its own."""
    top = document.sections[index]
    inside = [section for section in document.sections[index:] if section.line <= top.end_line]
    sections = [_preamble(top.line)]
    for section in inside:
        parent = None if section is top or section.parent is None else section.parent - index + 1
        sections.append(replace(section, parent=parent))
    oddities = tuple(oddity for oddity in document.oddities if top.line <= oddity.line <= top.end_line)
    return Document(document.source, (), tuple(sections), oddities, top.line, top.end_line)


def _until(document: Document, index: int) -> Document:
    """What stands before a section."""
    return replace(document, sections=document.sections[:index])
