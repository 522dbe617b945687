"""Link reference definitions, ``[label]: destination "title"``: they take lines away from paragraphs."""

from __future__ import annotations

import re

from ticketaudit.commonmark.starts import TRIMMED

#: A line that can begin a definition: its label ends here before a colon, or not here.
BEGINNING = re.compile(r"\[(?:[^\[\]\\]|\\.)*(?:\]:|\\?$)")
_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]:[ \t\n]*", re.DOTALL)
_SPACE = re.compile(r"[ \t\n]+")
_REST = re.compile(r"[ \t]*(?:\n|$)")


def definition_end(text: str, start: int) -> int | None:
    """The offset behind the definition that begins at an offset of a paragraph's text, if one does."""
    # Imported when the first definition is met: markdown-it-py takes longer to import than a ticket to read.
    from markdown_it.common.normalize_url import normalizeLink, validateLink
    from markdown_it.helpers import parseLinkDestination, parseLinkTitle

    label = _LABEL.match(text, start)
    if not label or not label[1].strip(TRIMMED):
        return None
    line_end = text.find("\n", label.end()) + 1 or len(text)
    destination = parseLinkDestination(text, label.end(), line_end)
    if not destination.ok or not validateLink(normalizeLink(destination.str)):
        return None
    if destination.pos == line_end:  # a backslash has taken the line feed in
        return line_end
    space = _SPACE.match(text, destination.pos)
    title = parseLinkTitle(text, space.end(), len(text)) if space else None
    if title and title.ok:
        end = _rest_end(text, title.pos)
        if end or not title.str:  # an empty title with something behind it leaves no definition
            return end
    return _rest_end(text, destination.pos)


def _rest_end(text: str, start: int) -> int | None:
    """The offset behind the line, where nothing is left on it."""
    rest = _REST.match(text, start)
    return rest.end() if rest else None
