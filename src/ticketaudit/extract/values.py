"""A single value that was read from a ticket."""

from __future__ import annotations

from typing import NamedTuple


class Value(NamedTuple):
    """Its text as written, its 1-based line, and what it was read from ("table", "heading")."""

    text: str
    line: int
    reader: str
