"""The plain text of inline Markdown, read by markdown-it-py.

Imported when the first text needs it: the import takes longer than reading a ticket.
"""

from __future__ import annotations

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

#: ``__init__`` is a name, not bold text; inside a code span it needs no help.
_DUNDER = re.compile(r"(?<!`)(`+)(?:(?!`).)+\1|(?<!\w)__(\w+?)__(?!\w)")
#: Markdown-it looks for the end of every link up to the end of the text: beyond so many brackets none is one.
_MOST_BRACKETS = 1000


def read(raw: str) -> str:
    """The text without its markup; a ``<br>`` is a line feed, a comment nothing."""
    raw = _DUNDER.sub(lambda match: match[0] if match[1] else rf"\_\_{match[2]}\_\_", raw)
    tokens = _parser(links=raw.count("[") <= _MOST_BRACKETS).parseInline(raw)
    return "".join(_text(token) for token in tokens[0].children or ())


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
def _parser(*, links: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": 100}).enable("strikethrough")
    return parser if links else parser.disable(["link", "image"])
