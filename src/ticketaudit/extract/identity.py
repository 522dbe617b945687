"""The title: the heading without the word for what kind of document it heads, and without the id."""

from __future__ import annotations

import re

from ticketaudit.extract.scope import Scope

_LEADING_ID = re.compile(r"[\[(]?(?P<id>[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*-\d+[a-z]?)(?:[\])]|\s*[:–—]|\s+-\s)")
_ID = re.compile(r"\b[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*-\d+[a-z]?\b")


def read_title(scope: Scope, ticket_id: str | None) -> str | None:
    """The title as the first heading has it, None without a heading."""
    section = next((section for section in scope.sections if section.level), None)
    if section is None:
        return None
    title = section.title
    head, colon, rest = title.partition(":")
    if colon and rest.strip() and scope.vocabulary.document_type(head):
        title = rest.strip()
    if ticket_id:
        title = re.sub(rf"^[\[(]?{re.escape(ticket_id)}[\])]?\s*[:.–—-]?\s*", "", title, flags=re.IGNORECASE)
    return title or None


def id_in_title(title: str) -> str | None:
    """The id that a title begins with: ``[H-01] Title``, ``T-1: Title``."""
    match = _LEADING_ID.match(title)
    return match["id"] if match else None


def ids_in(text: str, like: str | None) -> list[str]:
    """The ticket ids that a text names, each once, in order.

    ``like`` is the ticket's own id: where it has one, only ids of the same shape are meant
    (``B3-DRL-02``, not the ``R-2`` of some report).
    """
    found = dict.fromkeys(match[0] for match in _ID.finditer(text))
    return [name for name in found if like is None or _shape(name) == _shape(like)]


def _shape(name: str) -> str:
    return re.sub(r"\d+", "9", re.sub(r"[A-Z]+", "A", name.upper()))
