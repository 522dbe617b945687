"""Inline Markdown, read where somebody asks for it: its plain text, its code spans.

Block structure is the business of `markdown`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

import msgspec

#: A code span: its backticks, its contents. It begins with a mark, not with what stands before: so it is found faster.
CODE_SPAN = re.compile(r"(`(?<!``)`*+)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_STRUCK_OUT = re.compile(r"~~.+?~~", re.DOTALL)
#: A mark, which an underscore between the letters of a word is not, or what a line's end takes away with it.
_MARKED_UP = re.compile(r"[`*~\[\]<&\\\0\r_\n](?:(?<![_\n])|(?<=_)(?:(?<!\w_)|(?!\w))|(?<=[ \t]\n)|(?<=\n)(?=[ \t]))")
#: Text that markdown-it-py is not needed for: beside what is no markup in it there are single backticks, and pairs
#: of ``**`` whose neighbours leave no doubt about them. Brackets are text where no link follows.
_TEXT = r"[^`*_<&~\\\0\r]++|(?<=[^\W_])_(?=[^\W_])|<(?![A-Za-z/!?])|&(?![#A-Za-z])|~(?!~)|(?<![^ \n])\*(?![^ \n])"
_CODE = r"`[^`\n\0\r]++`(?!`)"
_OPENS, _CLOSES = r"(?<![^ \n(])\*\*(?=[^\W_]|`)", r"(?:(?<=[^\W_])\*\*(?!\*)|(?<!\s)\*\*(?![^ \n.,:;!?)]))"
_BOLD = rf"{_OPENS}(?:{_TEXT}|{_CODE})++{_CLOSES}"
_SIMPLE = re.compile(rf"(?:{_TEXT}|{_CODE}|{_BOLD})*+")
#: The markup of such text, and the white space around its line feeds.
_MARKS = re.compile(r"`([^`]+)`|\*\*|(?<! ) ++(?=\n)|(\n)[ \t]*")


class Passage(msgspec.Struct, frozen=True, gc=False):
    """A run of inline Markdown and the line that it begins on."""

    raw: str
    line: int

    def line_at(self, offset: int) -> int:
        """The line of a character of ``raw``."""
        return self.line + bisect_left(_breaks(self.raw), offset) if "\n" in self.raw else self.line


@lru_cache(maxsize=4096)
def plain(raw: str) -> str:
    """Inline Markdown without its markup: ``**P1**`` and a code span of P1 are both ``P1``."""
    raw = raw.strip()
    if not _MARKED_UP.search(raw):
        return raw
    if "](" not in raw and _SIMPLE.fullmatch(raw):
        return _MARKS.sub(_bare, raw).strip()
    from ticketaudit import markup

    return markup.read(raw).strip()


def _bare(mark: re.Match[str]) -> str:
    code, line_feed = mark.groups()
    if code is None:
        return line_feed or ""
    return code[1:-1] if code[0] == code[-1] == " " and code.strip(" ") else code


def standing(raw: str) -> str:
    """The plain text without what its author struck out: ``~~P1~~ P3`` is P3."""
    return plain(_STRUCK_OUT.sub("", raw)) if "~~" in raw else plain(raw)


def code_spans(raw: str) -> list[str]:
    """The contents of the code spans in inline Markdown."""
    return [span for span, _ in placed_code_spans(raw)]


def placed_code_spans(raw: str) -> list[tuple[str, int]]:
    """The contents of the code spans, each with the offset at which it begins."""
    return [(match[2].strip(), match.start(2)) for match in CODE_SPAN.finditer(raw)] if "`" in raw else []


@lru_cache(maxsize=16)
def _breaks(raw: str) -> list[int]:
    """The offsets of the line feeds."""
    return [match.start() for match in re.finditer("\n", raw)]


def without_marks(raw: str) -> str:
    """The same text with the marks of code and bold blanked, offsets kept."""
    return raw.replace("`", " ").replace("**", "  ")


def without_code(raw: str) -> str:
    """The same text with the contents of its code spans blanked, offsets kept."""
    if "`" not in raw:
        return raw
    return CODE_SPAN.sub(lambda match: "\n".join([" " * len(line) for line in match[0].split("\n")]), raw)
