"""Task list items by the section or lead-in that they stand under, and the checked categories."""

from __future__ import annotations

from ticketaudit.extract.pairs import labels
from ticketaudit.extract.scope import Scope
from ticketaudit.markdown import Block, Item, Paragraph, plain
from ticketaudit.ticket import CheckItem, Checklist


def read_checklists(scope: Scope) -> tuple[Checklist, ...]:
    """The checklists in order; boxes inside code fences are code, so they are no blocks here."""
    lists: list[Checklist] = []
    for section, role in zip(scope.sections, scope.roles, strict=True):
        groups: dict[tuple[str | None, str | None], list[CheckItem]] = {}
        under: tuple[str | None, str | None] = (section.title or None, role)
        for block in section.blocks:
            if isinstance(block, Item) and block.checked is not None:
                item = CheckItem(_text(block), block.checked, block.line)
                groups.setdefault(under, []).append(item)
            elif not isinstance(block, Item):
                under = _lead_in(block, scope) or (section.title or None, role)
        lists.extend(Checklist(title, of_role, tuple(items)) for (title, of_role), items in groups.items())
    return tuple(lists)


def checked_categories(checklists: tuple[Checklist, ...]) -> tuple[str, ...]:
    """The labels of the checked category boxes."""
    return tuple(item.text for group in checklists if group.role == "category" for item in group.items if item.checked)


def _text(item: Item) -> str:
    text = plain(item.passage.raw)
    return f"~~{text}~~" if item.passage.raw.startswith("~~") and item.passage.raw.rstrip().endswith("~~") else text


def _lead_in(block: Block, scope: Scope) -> tuple[str, str] | None:
    """A label such as "Category:" right before the list names it, where the vocabulary knows it."""
    if not isinstance(block, Paragraph):
        return None
    *_, last = (None, *labels(block.passage))
    role = scope.vocabulary.label(last.key) if last else None
    return (last.key, role) if last and role else None
