"""Ids of tickets in a text."""

from __future__ import annotations

import re

_ID = re.compile(r"\b[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*-\d+[a-z]?\b")


def ids_in(text: str, like: str | None) -> list[str]:
    """The ticket ids that a text names, each once, in order.

    ``like`` is the ticket's own id: where it has one, only ids of the same shape are meant
    (``B3-DRL-02``, not the ``R-2`` of some report).
    """
    found = dict.fromkeys(match[0] for match in _ID.finditer(text))
    return [name for name in found if like is None or _shape(name) == _shape(like)]


def _shape(name: str) -> str:
    return re.sub(r"\d+", "9", re.sub(r"[A-Z]+", "A", name.upper()))
