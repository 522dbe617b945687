"""The title: the heading without the word for what kind of document it heads, and without the id."""

from __future__ import annotations

import re

from ticketaudit.blocks import Paragraph
from ticketaudit.extract.headings import file_number, read_heading, trailing_id
from ticketaudit.extract.pairs import labels
from ticketaudit.extract.scope import Scope
from ticketaudit.extract.values import Value
from ticketaudit.inline import plain
from ticketaudit.words import fold

#: A title is no longer than this.
_LONGEST = 120

#: What sets an id in front of a title apart from it.
_ID_END = re.compile(r"(?![A-Za-z0-9])[\])]?\s*[:：.–—-]?\s*")


def read_title(scope: Scope, ticket_id: str | None) -> Value | None:
    """The title as the heading has it, without its type word and without the ticket's id; None without a heading."""
    section = scope.title
    if section is None:
        return _first_line(scope)
    heading = read_heading(section.title, section.raw, scope.vocabulary, counted=not scope.is_file)
    if heading.id is None or (ticket_id and _same(heading.id, ticket_id)) or not scope.is_file:
        title = heading.title or ""
    else:  # what looked like an id is a part of the title
        title = section.title
    title = file_number(title, scope.document.source.path)[1] if scope.is_file else title
    behind = trailing_id(title, scope.document.source.path)
    if behind and behind == ticket_id:
        title = title[: title.rindex(behind) - 1].rstrip()
    if ticket_id:
        title = _without_id(title, ticket_id)
    return Value(title, section.line, "heading") if title else None


def _first_line(scope: Scope) -> Value | None:
    """A line of its own above everything else, where no heading is the ticket's."""
    first = next(iter(scope.sections[0].blocks), None)
    if not isinstance(first, Paragraph) or first.quoted or "\n" in first.passage.raw or any(labels(first.passage)):
        return None
    text = plain(first.passage.raw)
    return Value(text, first.line, "first line") if len(text) <= _LONGEST else None


def _without_id(title: str, ticket_id: str) -> str:
    """A title without the id that it begins with, perhaps in brackets, and what sets the two apart."""
    bare = title.lstrip("[(")
    if bare[: len(ticket_id)].casefold() != ticket_id.casefold():
        return title
    end = _ID_END.match(bare, len(ticket_id))
    return bare[end.end() :] if end else bare


def _same(one: str, other: str) -> bool:
    return fold(one) == fold(other) or fold(one).endswith(f" {fold(other)}")
