"""Inline Markdown, read where somebody asks for it: its plain text, its code spans.

Block structure is the business of `markdown`; both are read by markdown-it-py.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

#: A code span: its backticks, its contents.
CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_STRUCK_OUT = re.compile(r"~~.+?~~", re.DOTALL)
_MARKED_UP = re.compile(r"[`*~\[\]<&\\]|(?<!\w)_|_(?!\w)")
#: ``__init__`` is a name, not bold text; inside a code span it needs no help.
_DUNDER = re.compile(r"(?<!`)(`+)(?:(?!`).)+\1|(?<!\w)__(\w+?)__(?!\w)")
#: Markdown-it looks for the end of every link up to the end of the text: beyond so many brackets none is one.
_MOST_BRACKETS = 1000


class Passage(NamedTuple):
    """A run of inline Markdown and the line that it begins on."""

    raw: str
    line: int

    def line_at(self, offset: int) -> int:
        """The line of a character of ``raw``."""
        return self.line + bisect_left(_breaks(self.raw), offset)


@lru_cache(maxsize=4096)
def plain(raw: str) -> str:
    """Inline Markdown without its markup: ``**P1**`` and a code span of P1 are both ``P1``."""
    raw = raw.strip()
    if not _MARKED_UP.search(raw):
        return raw
    raw = _DUNDER.sub(lambda match: match[0] if match[1] else rf"\_\_{match[2]}\_\_", raw)
    tokens = _inline_parser(links=raw.count("[") <= _MOST_BRACKETS).parseInline(raw)
    return "".join(_text(token) for token in tokens[0].children or ()).strip()


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
    return CODE_SPAN.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), raw)


def _text(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    if token.type == "image":
        return "".join(_text(child) for child in token.children or ())
    if token.type == "html_inline" and token.content.startswith("<!--"):
        return ""
    if token.type == "html_inline":
        return "\n" if re.fullmatch(r"<br\s*/?>", token.content, re.IGNORECASE) else token.content
    return token.content


@lru_cache(maxsize=2)
def _inline_parser(*, links: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": 100}).enable("strikethrough")
    return parser if links else parser.disable(["link", "image"])
