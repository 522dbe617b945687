"""How lines and code are written in a few words."""

from __future__ import annotations

from collections.abc import Iterable

from ticketaudit.ticket import LineRange


def spans(lines: Iterable[LineRange]) -> str:
    """Line ranges as people write them: ``10-12, 20``."""
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in lines)


def shortened(text: str, size: int = 72) -> str:
    """A text on one line, and no longer than that."""
    line = " ".join(text.split())
    return line if len(line) <= size else line[: size - 1] + "…"
