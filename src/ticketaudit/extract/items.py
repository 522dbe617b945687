"""List items that are a finding each: ``- **NAV-04 (High):** The chart is mirrored``, with what stands inside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from ticketaudit.blocks import Block, Document, Item, Paragraph, Section
from ticketaudit.extract.headings import read_heading
from ticketaudit.extract.keys import makes_sense
from ticketaudit.extract.pairs import pairs
from ticketaudit.inline import plain
from ticketaudit.paths import stem
from ticketaudit.vocabulary import Vocabulary

#: One item with an id and a severity may stand in any text.
_ENOUGH = 2


def items_as_sections(document: Document, vocabulary: Vocabulary) -> tuple[Document, list[int]]:
    """The document with a section for each item that is a finding, and the indexes of these sections.

    Findings stand under a heading that says so ("Findings", "Known Issues") or in a file that is called so, several
    in a document.
    """
    is_list = vocabulary.lists_tickets(stem(document.source.path))
    if not (is_list or any(vocabulary.lists_tickets(section.title) for section in document.sections)):
        return document, []
    sections: list[Section] = []
    found: list[int] = []
    places: list[int] = []  # of the document's own sections
    listing: list[bool] = []
    for section in document.sections:
        parent = None if section.parent is None else places[section.parent]
        within = is_list if section.parent is None else listing[section.parent]
        places.append(len(sections))
        listing.append(within or vocabulary.lists_tickets(section.title))
        items, others = _parted(section, vocabulary) if listing[-1] else ([], section.blocks)
        sections.append(replace(section, parent=parent, blocks=others))
        found.extend(range(len(sections), len(sections) + len(items)))
        sections.extend(replace(item, parent=places[-1]) for item in items)
    return (replace(document, sections=tuple(sections)), found) if len(found) >= _ENOUGH else (document, [])


def _parted(section: Section, vocabulary: Vocabulary) -> tuple[list[Section], tuple[Block, ...]]:
    """The items of a section that are findings, as sections, and its other blocks."""
    findings: list[Section] = []
    others: list[Block] = []
    for head, inside in _groups(section.blocks):
        if isinstance(head, Item) and _is_finding(head, inside, vocabulary):
            findings.append(_as_section(head, inside, section.level + 1))
        else:
            others += [head, *inside]
    return findings, tuple(others)


def _groups(blocks: Sequence[Block]) -> Iterator[tuple[Block, list[Block]]]:
    """Each block with those that stand inside it, which only a list item has."""
    head: Block | None = None
    inside: list[Block] = []
    for block in blocks:
        if isinstance(head, Item) and block.depth >= head.depth + isinstance(block, Item):
            inside.append(block)
            continue
        if head:
            yield head, inside
        head, inside = block, []
    if head:
        yield head, inside


def _is_finding(item: Item, inside: Sequence[Block], vocabulary: Vocabulary) -> bool:
    """Whether an item names its id, and it or an entry inside it how bad it is."""
    raw = item.passage.raw.split("\n", 1)[0]
    heading = read_heading(plain(raw), raw, vocabulary, counted=False)
    if heading.id is None or item.quoted:
        return False
    entries = (entry for block in inside for entry in pairs(block, vocabulary.is_field, vocabulary))
    return heading.severity is not None or any(
        vocabulary.field("metadata", entry.key) == "severity" and makes_sense(entry, vocabulary) for entry in entries
    )


def _as_section(item: Item, inside: Sequence[Block], level: int) -> Section:
    """An item's first line as a heading; below it the item itself, whose words tell more than a heading's, as text."""
    raw = item.passage.raw.split("\n", 1)[0]
    text = Paragraph(item.passage, item.line, item.end_line, quoted=False, depth=item.depth)
    end = max((block.end_line for block in inside), default=item.end_line)
    return Section(plain(raw), raw, level, item.line, end, None, (text, *inside))
