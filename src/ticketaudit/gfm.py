"""Untrusted text in GitHub-flavoured Markdown: it cannot open a heading, a link, a tag or a table cell."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ticketaudit.terminal import clean

#: A code span that shows nothing but itself, or a character that could mean something; an underscore
#: between letters is part of a name.
_SPECIAL = re.compile(r"(?P<code>(?<!`)`[^`|]+`(?!`))|[&<>\\`*\[\]|~]|(?<![^\W_])_|_(?![^\W_])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def escape(text: str) -> str:
    """The text as it reads, on one line, where Markdown is expected; code spans stay code spans."""
    return _SPECIAL.sub(_escaped, clean(text))


def row(cells: Iterable[str]) -> str:
    """A line of a table; the cells are Markdown already."""
    return f"| {' | '.join(cells)} |"


def _escaped(match: re.Match[str]) -> str:
    found = match[0]
    return found if match["code"] else _ENTITIES.get(found, f"\\{found}")
