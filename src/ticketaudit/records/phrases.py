"""Parts of a record in a few words, for cells and lines."""

from __future__ import annotations

from ticketaudit.ticket import CheckItem, Location, Ticket


def place(location: Location) -> str:
    """``src/cnn.py:93-108,120``; the symbol where no path is named."""
    ranges = ",".join(str(first) if first == last else f"{first}-{last}" for first, last in location.lines)
    name = location.path or location.symbol or ""
    return f"{name}:{ranges}" if name and ranges else name


def open_boxes(ticket: Ticket) -> list[CheckItem]:
    """The boxes that are neither checked nor struck out; an unchecked category is not open, only not chosen."""
    lists = (checklist for checklist in ticket.checklists if checklist.role != "category")
    return [item for checklist in lists for item in checklist.items if not (item.checked or item.struck_out)]
