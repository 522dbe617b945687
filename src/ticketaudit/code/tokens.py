"""Code as a stream of tokens, without what formatters and authors of tickets change: layout and comments.

Two pieces of code that differ in indentation, line breaks, quotes of strings, trailing commas,
semicolons, comments, docstrings or parentheses around a whole expression have equal streams.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from ticketaudit.code.languages import Language

#: What stands for something left out, in a quote; in Python it is an expression as well.
ELISION = "..."
#: The kinds of tokens that say something about the code and do nothing.
REMARKS = ("comment", "docstring")
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")
_ON_ONE_LINE = frozenset(["word", "number", "mark"])
_NOISE = frozenset([";", "\\"])
#: Parentheses after these hold a whole expression: a formatter adds and drops them.
_BEFORE_EXPRESSION = frozenset(
    [
        "=",
        "return",
        "in",
        "assert",
        "if",
        "elif",
        "while",
        "not",
        "yield",
        "await",
        "import",
        "with",
        "del",
        "and",
        "or",
    ]
)
#: What cannot end a statement; what begins with one goes on.
OPERATORS = frozenset(
    [
        "+",
        "-",
        "*",
        "/",
        "%",
        "=",
        "==",
        "!=",
        "<",
        ">",
        "<=",
        ">=",
        "and",
        "or",
        "not",
        "in",
        "is",
        "&&",
        "||",
        ",",
        "(",
        "[",
        "{",
        ".",
        "|",
        "&",
        "?",
    ]
)
#: A line that begins with one of these continues the one before.
CONTINUING = frozenset([".", "+", "and", "or", "||", "&&", "?", ")", "]", "}"])


@dataclass(frozen=True)
class Stream:
    """Tokens, and for each the 1-based line that it begins on."""

    words: tuple[str, ...]
    lines: tuple[int, ...]

    @cached_property
    def places(self) -> Mapping[str, list[int]]:
        """Where each word stands."""
        index: dict[str, list[int]] = {}
        for place, word in enumerate(self.words):
            index.setdefault(word, []).append(place)
        return index

    def begins_line(self, place: int) -> bool:
        """Whether a token is the first one on its line."""
        return place == 0 or place >= len(self.words) or self.lines[place] != self.lines[place - 1]

    def on_lines(self, first: int, last: int) -> range:
        """The places of the tokens on some lines."""
        return range(bisect_left(self.lines, first), bisect_right(self.lines, last))


class Token(NamedTuple):
    """A token; ``kind`` is "word", "string", "number", "mark", "comment" or "docstring"."""

    kind: str
    text: str
    line: int
    end_line: int


def tokenize(text: str, language: Language) -> Stream:
    """The tokens of a text that are code."""
    return stream(token for token in scan(text, language) if token.kind not in REMARKS)


def stream(code: Iterable[Token]) -> Stream:
    """The stream of some tokens: without trailing commas, semicolons, line joins and grouping parentheses."""
    tokens = list(code)
    dropped = _grouping(tokens)
    words: list[str] = []
    lines: list[int] = []
    for place, (kind, text, line, _) in enumerate(tokens):
        if text in _NOISE or place in dropped:
            continue
        if text in _CLOSING and words and words[-1] == ",":
            del words[-1], lines[-1]
        words.append(_unified(text) if kind == "string" else text)
        lines.append(line)
    return Stream(tuple(words), tuple(lines))


def scan(text: str, language: Language) -> Iterator[Token]:
    """All tokens of a text, comments and docstrings among them; any text has some."""
    line, fresh, depth = 1, True, 0
    for match in _pattern(language).finditer(text):
        kind, found = match.lastgroup or "mark", match[0]
        if kind == "space":
            if "\n" in found:
                line += found.count("\n")
                fresh = True
            continue
        if kind in _ON_ONE_LINE:
            yield Token(kind, found, line, line)
            fresh = False
            if kind == "mark":
                depth = max(depth + (found in _OPENING) - (found in _CLOSING), 0)
            continue
        end = line + found.count("\n")
        if kind == "string" and fresh and not depth and found[-3:] in ('"""', "'''"):
            kind = "docstring"
        yield Token(kind, found, line, end)
        fresh, line = kind == "comment" and fresh, end


def _grouping(tokens: Sequence[Token]) -> set[int]:
    """The places of parentheses around a whole expression."""
    found: set[int] = set()
    open_at: list[int] = []
    for place, token in enumerate(tokens):
        if token.text == "(":
            open_at.append(place)
        elif token.text == ")" and open_at:
            start = open_at.pop()
            before = tokens[start - 1].text if start else ""
            if before in _BEFORE_EXPRESSION and _ends_expression(tokens, place):
                found |= {start, place}
    return found


def _ends_expression(tokens: Sequence[Token], place: int) -> bool:
    """Whether nothing of the same expression follows a closing parenthesis."""
    if place + 1 == len(tokens):
        return True
    following = tokens[place + 1]
    if following.text in (")", "]", "}", ":", ";"):
        return True
    return following.line > tokens[place].line and following.text not in OPERATORS


def _unified(text: str) -> str:
    """A string in double quotes, where that changes nothing."""
    if text.endswith("'") and '"' not in text and "\\" not in text:
        return text.replace("'", '"')
    return text


@lru_cache(maxsize=32)
def _pattern(language: Language) -> re.Pattern[str]:
    python = language.name == "python"
    comments = [rf"{re.escape(mark)}[^\n]*" for mark in language.line_comments]
    if language.block_comments:
        comments.append(r"/\*(?:[^*]|\*(?!/))*(?:\*/|$)")
    strings = [r"'(?:[^'\\\n]|\\.)*'", r'"(?:[^"\\\n]|\\.)*"']
    if python:
        strings = [r'"""(?:[^"\\]|\\.|"(?!""))*"""', r"'''(?:[^'\\]|\\.|'(?!''))*'''", *strings]
    elif language.block_comments:
        strings.append(r"`(?:[^`\\]|\\.)*`")
    prefix = r"(?:[rRbBfFuU]{1,2})?" if python else ""
    parts = [
        r"(?P<space>[\s\ufeff]+)",
        rf"(?P<comment>{'|'.join(comments)})" if comments else "",
        rf"(?P<string>{prefix}(?:{'|'.join(strings)}))",
        r"(?P<number>\d[\w.]*(?:(?<=[eE])[+-]\d+)?)",
        r"(?P<word>[^\W\d]\w*)",
        r"(?P<mark>\.\.\.|…|->|=>|::|:=|\*\*=?|//=?|<<=?|>>=?|[-+*/%&|^@<>=!]=|&&|\|\||\?\?|[^\w\s])",
    ]
    return re.compile("|".join(filter(None, parts)), re.DOTALL)
