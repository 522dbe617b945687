"""Untrusted text in GitHub-flavoured Markdown: it opens no heading, link, tag or table cell, and calls nobody.

Platforms make links of names and numbers (``@name``, ``#12``, ``GH-12``, ``!12``) and of addresses, and tell
those who are named. No escape stops them; an empty character in between does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ticketaudit.terminal import clean

#: A code span that shows nothing but itself, or a character that could mean something; an underscore
#: between letters is part of a name.
_SPECIAL = re.compile(
    r"(?P<code>(?<!`)`[^`|]+`(?!`))|(?P<called>@(?=\w)|[#!](?=\d)|\bGH(?=-\d)|:(?=//)|\bwww(?=\.))"
    r"|[&<>\\`*\[\]|~]|(?<![^\W_])_|_(?![^\W_])",
    re.IGNORECASE,
)
_NOTHING = "&#8203;"
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def escape(text: str) -> str:
    """The text as it reads, on one line, where Markdown is expected; code spans stay code spans."""
    return _SPECIAL.sub(_escaped, clean(text))


def row(cells: Iterable[str]) -> str:
    """A line of a table; the cells are Markdown already."""
    return f"| {' | '.join(cells)} |"


def _escaped(match: re.Match[str]) -> str:
    found = match[0]
    if match["called"]:
        return f"{found}{_NOTHING}"
    return found if match["code"] else _ENTITIES.get(found, f"\\{found}")
