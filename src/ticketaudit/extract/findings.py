"""Sections that are a finding each."""

from __future__ import annotations

from collections.abc import Iterator

from ticketaudit.blocks import Section
from ticketaudit.extract.headings import Heading, read_heading
from ticketaudit.extract.keys import TRACKING, named
from ticketaudit.extract.pairs import ONE_ROW, pairs
from ticketaudit.extract.scope import Scope

#: A label alone may stand in any text; this many make a section a finding without an id.
_ENOUGH = 2


def finding_sections(whole: Scope) -> list[int]:
    """The indexes of the sections that are a finding each.

    They are two at least, or one that names its finding and says how bad it is.
    """
    found: list[int] = []
    certain = False
    end = 0
    for index, section in enumerate(whole.sections):
        if section.level and section.line > end:
            heading = heading_at(whole, index)
            says = _says_how_bad(index, heading, whole)
            if says or heading.numbers or _is_described(heading, section, whole):
                found.append(index)
                certain = certain or (says and heading.tells and section is not whole.title)
                end = section.end_line
    return found if certain or len(found) > 1 else []


def heading_at(whole: Scope, index: int) -> Heading:
    """The heading of a section that may be a finding: a number may be its id."""
    section = whole.sections[index]
    return read_heading(section.title, section.raw, whole.vocabulary, counted=section is not whole.title)


def _says_how_bad(index: int, heading: Heading, whole: Scope) -> bool:
    """Whether a section tells a severity, a status or a priority, or stands below one, and reads as a finding."""
    section = whole.sections[index]
    if not heading.tells and (section is whole.title or whole.vocabulary.role(section.title)):
        return False
    below = section.parent is not None and whole.vocabulary.heads_findings(whole.sections[section.parent].title)
    if below and (heading.tells or not _groups(index, whole)):
        return True
    if heading.severity and (heading.id or (heading.bracketed and section is not whole.title)):
        return True
    names = [*_fields(section, whole), *_parts(index, whole)]
    return any(name in TRACKING for name in names) and (heading.tells or len(names) >= _ENOUGH)


def _groups(index: int, whole: Scope) -> bool:
    """Whether sections inside a section say which finding they are about."""
    inside = range(index + 1, index + sum(1 for _ in whole.subtree(index)))
    return any(heading_at(whole, part).tells for part in inside)


def _is_described(heading: Heading, section: Section, whole: Scope) -> bool:
    """Whether a section with an id has entries like those of a form, though none that is known."""
    if heading.id is None or not heading.id[0].isalpha() or section is whole.title:
        return False
    keys = [pair.key for block in section.blocks for pair in pairs(block, bool, whole.vocabulary)]
    return len(keys) > _ENOUGH


def _fields(section: Section, whole: Scope) -> Iterator[str]:
    """The metadata fields that the entries of a section name."""
    for block in section.blocks:
        for entry in pairs(block, whole.vocabulary.is_field, whole.vocabulary):
            if entry.shape != ONE_ROW:  # that lists findings
                yield from (name for name, _ in named(entry, whole.vocabulary))


def _parts(index: int, whole: Scope) -> Iterator[str]:
    """The metadata fields that sections right inside a section are named after."""
    for part in whole.subtree(index):
        if part.parent == index:
            name = whole.vocabulary.field("metadata", part.title.partition(":")[0])
            yield from [name] if name else []
