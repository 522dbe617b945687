"""Small changes to the text of a file that leave every other byte of it alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import msgspec

from ticketaudit.text import LINE_END

_BOM = "\ufeff"
_LOST = "\ufffd"


class Edit(msgspec.Struct, frozen=True, order=True, gc=False, array_like=True):
    """A piece of a line and what to write instead; line and columns as in `Span`.

    ``safe``: there is one right answer; otherwise somebody should look at it.
    """

    line: int
    column: int
    end_column: int
    text: str
    safe: bool = True


def edit_of(line: int, before: str, after: str, *, safe: bool) -> Edit | None:
    """The smallest edit that makes one text of a line of another; None where they are the same.

    What would make two lines of one is no edit, nor what would write U+FFFD: in its place the file has bytes.
    """
    if before == after or LINE_END.search(after):
        return None
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    text = after[start : len(after) - end]
    return None if _LOST in text else Edit(line, start + 1, len(before) - end + 1, text, safe)


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((index for index, (left, right) in pairs if left != right), min(len(one), len(other)))


def apply_edits(data: bytes, edits: Iterable[Edit]) -> tuple[bytes, int]:
    """A file's bytes with some edits made, and how many: of those that overlap, the first.

    Line ends, a byte order mark and bytes that are no UTF-8 stay as they are.
    """
    text = data.decode("utf-8", errors="surrogateescape")
    start = [0, *(match.end() for match in LINE_END.finditer(text))]
    start[0] += text.startswith(_BOM)
    parts, done, count = [], 0, 0
    for edit in sorted(set(edits)):
        begin, end = start[edit.line - 1] + edit.column - 1, start[edit.line - 1] + edit.end_column - 1
        if begin >= done:
            parts += [text[done:begin], edit.text]
            done, count = end, count + 1
    parts.append(text[done:])
    return "".join(parts).encode("utf-8", errors="surrogateescape"), count


def replacing(old: str, new: str) -> Callable[[str], str]:
    """The change of a line that replaces a word, a phrase or a path, where it stands in it exactly once."""
    pattern = re.compile(rf"(?<![\w./\\-]){re.escape(old)}(?!\w)")

    def change(line: str) -> str:
        return pattern.sub(lambda match: new, line) if len(pattern.findall(line)) == 1 else line

    return change
