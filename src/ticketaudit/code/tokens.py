"""Code as a stream of tokens, without what formatters and authors of tickets change: layout and comments.

Two pieces of code that differ in indentation, line breaks, quotes of strings, trailing commas,
semicolons, comments, docstrings or parentheses around a whole expression have equal streams.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ticketaudit.code.languages import Language

#: What stands for something left out, in a quote; in Python it is an expression as well.
ELISION = "..."
#: The kinds of tokens that say something about the code and do nothing.
_REMARKS = frozenset(["comment", "docstring"])
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
    """Tokens, and for each the 1-based line that it begins on; ``remarks`` are the comments and docstrings."""

    words: tuple[str, ...]
    lines: tuple[int, ...]
    remarks: tuple[str, ...] = ()

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


def tokenize(text: str, language: Language, left_out: re.Pattern[str] | None = None) -> Stream:
    """The tokens of any text that are code; something is left out at comments in which ``left_out`` is found."""
    words: list[str] = []
    lines: list[int] = []
    remarks: list[str] = []
    line, fresh, depth = 1, True, 0
    for match in _pattern(language).finditer(text):
        kind = match.lastgroup or "space"
        found = match[kind]
        if kind == "space":
            if "\n" in found:
                line, fresh = line + found.count("\n"), True
            continue
        if kind == "string" and fresh and not depth and found.endswith(('"""', "'''")):
            kind = "docstring"
        if kind in _REMARKS:
            remarks.append(found)
        if kind not in _REMARKS or (left_out and kind == "comment" and left_out.search(found)):
            words.append(ELISION if kind == "comment" else _unified(found) if kind == "string" else found)
            lines.append(line)
        if kind == "mark":
            depth = max(depth + (found in _OPENING) - (found in _CLOSING), 0)
        elif kind not in _ON_ONE_LINE:
            line += found.count("\n")
        fresh = fresh and kind == "comment"
    return Stream(*_tidied(words, lines), tuple(remarks))


def _tidied(words: Sequence[str], lines: Sequence[int]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The tokens and their lines without trailing commas, semicolons, line joins and grouping parentheses."""
    dropped = _grouping(words, lines)
    kept: list[int] = []
    for place, word in enumerate(words):
        if word in _NOISE or place in dropped:
            continue
        if word in _CLOSING and kept and words[kept[-1]] == ",":
            kept.pop()
        kept.append(place)
    return tuple([words[place] for place in kept]), tuple([lines[place] for place in kept])


def _grouping(words: Sequence[str], lines: Sequence[int]) -> set[int]:
    """The places of parentheses around a whole expression."""
    found: set[int] = set()
    open_at: list[int] = []
    for place, word in enumerate(words):
        if word == "(":
            open_at.append(place)
        elif word == ")" and open_at:
            start = open_at.pop()
            before = words[start - 1] if start else ""
            if before in _BEFORE_EXPRESSION and _ends_expression(words, lines, place):
                found |= {start, place}
    return found


def _ends_expression(words: Sequence[str], lines: Sequence[int], place: int) -> bool:
    """Whether nothing of the same expression follows a closing parenthesis."""
    if place + 1 == len(words):
        return True
    following = words[place + 1]
    if following in (")", "]", "}", ":", ";"):
        return True
    return lines[place + 1] > lines[place] and following not in OPERATORS


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
    strings = [r"'(?:[^'\\\n]++|\\.)*+'", r'"(?:[^"\\\n]++|\\.)*+"']
    if python:
        strings = [r'"""(?:[^"\\]++|\\.|"(?!""))*+"""', r"'''(?:[^'\\]++|\\.|'(?!''))*+'''", *strings]
    elif language.block_comments:
        strings.append(r"`(?:[^`\\]++|\\.)*+`")
    prefix = r"(?:[rRbBfFuU]{1,2})?" if python else ""
    parts = [
        r"(?P<space>[\s\ufeff]++|\Z)",
        rf"(?P<comment>{'|'.join(comments)})" if comments else "",
        rf"(?P<string>{prefix}(?:{'|'.join(strings)}))",
        r"(?P<number>\d[\w.]*(?:(?<=[eE])[+-]\d+)?)",
        r"(?P<word>[^\W\d]\w*)",
        r"(?P<mark>\.\.\.|…|->|=>|::|:=|\*\*=?|//=?|<<=?|>>=?|[-+*/%&|^@<>=!]=|&&|\|\||\?\?|[^\w\s])",
    ]
    return re.compile(rf"[ \t]*+(?:{'|'.join(filter(None, parts))})", re.DOTALL)
