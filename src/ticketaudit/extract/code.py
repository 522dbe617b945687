"""Code fences: where they say they come from, and the remarks in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from ticketaudit.blocks import Fence
from ticketaudit.extract.places import places_in
from ticketaudit.extract.scope import Scope
from ticketaudit.inline import Passage
from ticketaudit.ticket import LONGEST_NAME, Cited, Code

#: The first lines of a fence, where a comment names the file.
_HEAD = 3
#: The mark of a comment in the languages that tickets quote; ``#include`` and ``#!`` are none.
_COMMENT = re.compile(
    r"\s*(?:#(?!!|\[|(?:include|define|undef|ifn?def|if|elif|else|endif|pragma)\b)"
    r"|//|--(?!\w)|;|/\*|\*/?(?!\w)|<!--|\"\"\"|%(?!\w))\s*"
)


def read_code(scope: Scope) -> tuple[Code, ...]:
    """The code fences of the ticket."""
    return tuple(
        Code(
            block.info.split()[0] if block.info else None,
            section.title[:LONGEST_NAME] or None,
            block.line,
            block.end_line,
            cited(block),
            _comments_only(block),
        )
        for _, section, block in scope.blocks
        if isinstance(block, Fence)
    )


def comments(fence: Fence) -> Iterator[Passage]:
    """The lines of a fence that are comments, without their mark."""
    lines = fence.text.split("\n")
    opening = min(fence.end_line - fence.line + 1 - len(lines), 1)  # indented code has no line that opens it
    for number, line in enumerate(lines, fence.line + opening):
        comment = _COMMENT.match(line)
        if comment:
            yield Passage(line[comment.end() :], number)


def _comments_only(fence: Fence) -> bool:
    return all(_COMMENT.match(line) for line in fence.text.split("\n") if line.strip())


def cited(fence: Fence) -> Cited | None:
    """The first file that a comment at the top of the fence names."""
    for comment in takewhile(lambda comment: comment.line <= fence.line + _HEAD, comments(fence)):
        place = next(places_in(comment.raw), None)
        if place:
            return Cited(place.path, place.lines)
    return None
