"""Parts of a record in a few words, for cells and lines."""

from __future__ import annotations

from ticketaudit.ticket import Location


def place(location: Location) -> str:
    """``src/cnn.py:93-108,120``; the symbol where no path is named."""
    ranges = ",".join(str(first) if first == last else f"{first}-{last}" for first, last in location.lines)
    name = location.path or location.symbol or ""
    return f"{name}:{ranges}" if name and ranges else name
