"""Task list items by the section or lead-in that they stand under, and the checked categories."""

from __future__ import annotations

import re

from ticketaudit.blocks import Block, Item, Paragraph
from ticketaudit.extract.pairs import labels
from ticketaudit.extract.scope import Scope
from ticketaudit.inline import plain
from ticketaudit.ticket import CheckItem, Checklist

_STRUCK_OUT = re.compile(r"~~(?P<gone>.+?)~~(?P<rest>.*)", re.DOTALL)


def read_checklists(scope: Scope) -> tuple[Checklist, ...]:
    """The checklists in order. Boxes in a code fence are code, those in a block quote somebody else's."""
    lists: list[Checklist] = []
    for section, role in zip(scope.sections, scope.roles, strict=True):
        if not any(isinstance(block, Item) and block.checked is not None for block in section.blocks):
            continue
        groups: dict[tuple[str | None, str | None], list[CheckItem]] = {}
        heading = under = (section.title or None, role)
        for block in section.blocks:
            if not isinstance(block, Item):
                under = _lead_in(block, scope) or heading
            elif block.checked is not None and not block.quoted:
                groups.setdefault(under, []).append(CheckItem(_text(block), block.checked, block.line))
        lists.extend(Checklist(title, of_role, tuple(items)) for (title, of_role), items in groups.items())
    return tuple(lists)


def checked_categories(checklists: tuple[Checklist, ...]) -> tuple[str, ...]:
    """The labels of the checked category boxes."""
    return tuple(item.text for group in checklists if group.role == "category" for item in group.items if item.checked)


def _text(item: Item) -> str:
    """The text without markup, but for the marks of a struck-out item: they are what its author did."""
    struck = _STRUCK_OUT.match(item.passage.raw)
    if not struck:
        return plain(item.passage.raw)
    return f"~~{plain(struck['gone'])}~~ {plain(struck['rest'])}".rstrip()


def _lead_in(block: Block, scope: Scope) -> tuple[str, str] | None:
    """A label such as "Category:" right before the list names it, where the vocabulary knows it."""
    if not isinstance(block, Paragraph):
        return None
    *_, last = (None, *labels(block.passage))
    role = scope.vocabulary.label(last.key) if last else None
    return (last.key, role) if last and role else None
