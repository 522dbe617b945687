"""What the readers of a ticket's parts share: the sections of one ticket with their roles."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

from ticketaudit.blocks import Block, Document, Section, passages
from ticketaudit.extract.dates import lines_with_digits
from ticketaudit.inline import Passage
from ticketaudit.vocabulary import Vocabulary

#: What stands inside these is part of them, whatever its own heading says.
CLOSED_ROLES = ("review", "investigation", "resolution")


class Scope:
    """One ticket's document with the vocabulary to read it by; ``is_file``: it has its file for itself."""

    def __init__(self, document: Document, vocabulary: Vocabulary, *, is_file: bool = True) -> None:
        self.document, self.vocabulary, self.is_file = document, vocabulary, is_file

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The sections in document order, the preamble first."""
        return self.document.sections

    @cached_property
    def title(self) -> Section | None:
        """The section whose heading is the ticket's: the first one, unless it is one of its parts."""
        first = self.sections[1] if len(self.sections) > 1 else None
        if first is None or first.level == 1 or not self.is_file:
            return first
        return None if self.vocabulary.role(first.title) or self.sections[0].blocks else first

    @cached_property
    def roles(self) -> tuple[str | None, ...]:
        """The role of each section: its own words', but a review, investigation or resolution holds its parts.

        The title has none, whatever its words.
        """
        roles: list[str | None] = []
        for section in self.sections:
            around = None if section.parent is None else roles[section.parent]
            titled = section.level == 0 or section is self.title
            own = None if titled else self.vocabulary.role(section.title)
            roles.append(around if around in CLOSED_ROLES else own or around)
        return tuple(roles)

    def is_top(self, section: Section) -> bool:
        """Whether a section stands above the parts of the ticket, or is the one for its metadata."""
        return section.level == 0 or section is self.title or self.vocabulary.role(section.title) == "metadata"

    @cached_property
    def own_text(self) -> str:
        """What the ticket itself says, its code included, without its reviews, investigation and resolution."""
        lines = self.document.source.lines
        parts: list[str] = []
        for section, role in zip(self.sections, self.roles, strict=True):
            if role not in CLOSED_ROLES:
                parts.append(section.raw)
                parts.extend("\n".join(lines[block.line - 1 : block.end_line]) for block in section.blocks)
        return "\n".join(parts)

    @cached_property
    def _dated(self) -> list[int]:
        document = self.document
        return lines_with_digits(document.source.lines[document.line - 1 : document.end_line], document.line)

    def may_be_dated(self, block: Block) -> bool:
        """Whether a block stands on a line that may have a date."""
        following = bisect_left(self._dated, block.line)
        return following < len(self._dated) and self._dated[following] <= block.end_line

    @cached_property
    def text(self) -> str:
        """All passages in one text, for what is asked of every one of them: mostly none has it."""
        return "\n".join([passage.raw for _, passage in self.passages])

    def with_role(self, *wanted: str) -> Iterator[tuple[int, Section]]:
        """The sections of these roles, with their indexes."""
        return ((index, self.sections[index]) for index, role in enumerate(self.roles) if role in wanted)

    def begins(self, index: int) -> bool:
        """Whether a section is the outermost of its role, not a part of another one."""
        parent = self.sections[index].parent
        return parent is None or self.roles[parent] != self.roles[index]

    def subtree(self, index: int) -> Iterator[Section]:
        """A section and all that stand inside it."""
        section = self.sections[index]
        while index < len(self.sections) and self.sections[index].line <= section.end_line:
            yield self.sections[index]
            index += 1

    @cached_property
    def blocks(self) -> tuple[tuple[int, Section, Block], ...]:
        """Every block with its section and the index of that."""
        return tuple((index, section, block) for index, section in enumerate(self.sections) for block in section.blocks)

    @cached_property
    def passages(self) -> tuple[tuple[int, Passage], ...]:
        """All inline text but the headings, with the index of its section."""
        return tuple((index, passage) for index, _, block in self.blocks for passage in passages(block))
