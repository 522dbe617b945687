"""Words that every part of the tool says alike."""

from __future__ import annotations


def number(count: int, noun: str) -> str:
    """A count and its noun: "1 ticket", "2 tickets", "3 boxes"."""
    ending = "" if count == 1 else "es" if noun.endswith("x") else "s"
    return f"{count} {noun}{ending}"
