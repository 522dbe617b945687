"""List items that are a finding each: ``- **NAV-04 (High):** The chart is mirrored``, with what stands inside."""

from __future__ import annotations

import re
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
#: Where the first words of an item end: at a sentence, or before a line that is an entry.
_HEAD_END = re.compile(r"(?<=[.!?])\s|\n(?=\W*[\w ]{1,30}\W*[:：])")


def items_as_sections(document: Document, vocabulary: Vocabulary) -> tuple[Document, list[int]]:
    """The document with a section for each item that is a finding, and the indexes of these sections.

    Findings stand under a heading that says so ("Findings", "Known Issues") or in a file that is called so, several
    in a document. Their sections have no heading: they are of level 0.
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
        items: list[Section] = []
        others = _parted(section.blocks, items, vocabulary) if listing[-1] else section.blocks
        sections.append(replace(section, parent=parent, blocks=tuple(others)))
        found.extend(range(len(sections), len(sections) + len(items)))
        sections.extend(replace(item, parent=places[-1]) for item in items)
    return (replace(document, sections=tuple(sections)), found) if len(found) >= _ENOUGH else (document, [])


def _parted(blocks: Sequence[Block], findings: list[Section], vocabulary: Vocabulary) -> list[Block]:
    """The blocks without the items that are findings, which are added to the others as sections."""
    others: list[Block] = []
    for head, inside in _groups(blocks):
        if isinstance(head, Item) and _is_finding(head, inside, vocabulary):
            findings.append(_as_section(head, inside))
        else:
            others += [head, *_parted(inside, findings, vocabulary)]
    return others


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
    """Whether an item names its id, and it or an entry in it how bad it is."""
    raw = _head(item)
    heading = read_heading(plain(raw), raw, vocabulary, counted=False)
    if heading.id is None or item.quoted:
        return False
    entries = (entry for block in (item, *inside) for entry in pairs(block, vocabulary.is_field, vocabulary))
    return heading.severity is not None or any(
        vocabulary.field("metadata", entry.key) == "severity" and makes_sense(entry, vocabulary) for entry in entries
    )


def _as_section(item: Item, inside: Sequence[Block]) -> Section:
    """The head of an item as that of a section, which has all of the item as text, too: a heading tells less."""
    raw = _head(item)
    text = Paragraph(item.passage, item.line, item.end_line, quoted=False, depth=item.depth)
    end = max((block.end_line for block in inside), default=item.end_line)
    return Section(plain(raw), raw, 0, item.line, end, None, (text, *inside))


def _head(item: Item) -> str:
    """The first sentence of an item, on one line."""
    return " ".join(_HEAD_END.split(item.passage.raw, maxsplit=1)[0].split())
