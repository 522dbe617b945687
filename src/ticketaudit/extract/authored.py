"""A ticket's document as its author means it: an evidence block of `verify` is one piece, and nobody reads it.

The block quotes what the ticket cites and says what became of it. Read again, each of its rows would cite
what the ticket cites, on days on which nobody wrote anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from ticketaudit.blocks import Block, Document, Html, Section
from ticketaudit.markdown import parse
from ticketaudit.text import Source

#: The lines around an evidence block. What follows the first mark on its line is for people.
BEGIN: Final = "<!-- ticketaudit verify:"
END: Final = "<!-- /ticketaudit verify -->"


def read_document(source: Source) -> Document:
    """A source's structure, with each evidence block as one piece of HTML, which says something and cites nothing."""
    document = parse(source)
    if BEGIN not in source.text:
        return document
    sections = tuple(replace(section, blocks=tuple(_folded(section, source))) for section in document.sections)
    pieces = [block for section in sections for block in section.blocks if _begins(block)]
    oddities = (
        oddity
        for oddity in document.oddities
        if not any(block.line <= oddity.line <= block.end_line for block in pieces)
    )
    return replace(document, sections=sections, oddities=tuple(oddities))


def _folded(section: Section, source: Source) -> Iterator[Block]:
    """The blocks of a section; one that is begun and never ended is the author's."""
    rest: Sequence[Block] = section.blocks
    while rest:
        block, *rest = rest
        end = next((place for place, other in enumerate(rest) if _ends(other)), None) if _begins(block) else None
        if end is not None:
            last = rest[end].end_line
            text = "\n".join(source.lines[block.line - 1 : last])
            block, rest = Html(text, block.line, last, block.quoted, block.depth), rest[end + 1 :]
        yield block


def _begins(block: Block) -> bool:
    return isinstance(block, Html) and block.text.lstrip().startswith(BEGIN)


def _ends(block: Block) -> bool:
    return isinstance(block, Html) and block.text.lstrip().startswith(END)
