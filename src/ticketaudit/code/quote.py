"""A quotation of code as a pattern: the lines that must stand in the source, in this order.

What authors add is left out: comments, numbers in front of lines, marks of a diff. Where they left
something out themselves (``...``, or a comment that says so), anything may stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from ticketaudit.code.languages import Language
from ticketaudit.code.tokens import CONTINUING, ELISION, OPERATORS, Stream, tokenize

_GUTTER = re.compile(r"^\s*(?:L?\d+\s*[|:│→]|L?\d+(?=\t| {2,}))\s?")
_PROMPT = re.compile(r"^(?:>>>|\.\.\.) ")
_LEFT_OUT = re.compile(
    r"\.\.\.|…|\[?\b(?:snip|omitted|elided|rest of|remaining|other (?:fields|code))\b", re.IGNORECASE
)
_ELIDED = re.compile(r"^[ \t]*(?:\.\.\.|…)(?=[ \t(\w]).*$", re.MULTILINE)
#: Words that stand in all code.
COMMON = frozenset(
    [
        "False",
        "None",
        "True",
        "and",
        "as",
        "assert",
        "async",
        "await",
        "break",
        "case",
        "class",
        "continue",
        "def",
        "del",
        "elif",
        "else",
        "except",
        "finally",
        "for",
        "from",
        "global",
        "if",
        "import",
        "in",
        "is",
        "lambda",
        "match",
        "nonlocal",
        "not",
        "or",
        "pass",
        "raise",
        "return",
        "try",
        "while",
        "with",
        "yield",
        "self",
        "cls",
        "int",
        "str",
        "float",
        "bool",
        "list",
        "dict",
        "tuple",
        "set",
        "object",
        "len",
        "range",
        "print",
        "super",
        "const",
        "let",
        "var",
        "function",
        "new",
        "this",
        "null",
        "undefined",
        "true",
        "false",
        "public",
        "private",
        "protected",
        "static",
        "void",
        "final",
        "func",
        "fn",
        "struct",
        "enum",
        "impl",
        "mut",
        "pub",
        "package",
        "type",
        "interface",
        "extends",
    ]
)
_NAME = re.compile(r"[^\W\d]\w*")
_DEFINING = ("def", "class", "function", "func", "fn", "struct", "interface")


#: How many lines may stand between two parts: where a line is left out in its middle, without a mark,
#: with one. What says little is not found again after more than a few.
WITHIN, UNMARKED, MARKED, FEW = 40, 60, 400, 10


@dataclass(frozen=True, slots=True)
class Part:
    """Tokens that stand together, at most ``gap`` lines after the part before.

    ``opens`` and ``closes``: a statement begins and ends with them.
    """

    words: tuple[str, ...]
    gap: int
    opens: bool
    closes: bool

    @property
    def is_telling(self) -> bool:
        """Whether it says enough to be found again after many other lines."""
        return len(self.words) > 3 and any(map(is_name, self.words))


@dataclass(frozen=True)
class Quote:
    """A quotation: its parts in order, and the remarks in it."""

    parts: tuple[Part, ...]
    remarks: tuple[str, ...]

    @cached_property
    def words(self) -> tuple[str, ...]:
        """All its tokens."""
        return tuple(word for part in self.parts for word in part.words)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names in it that do not stand in all code, each once, the longest first."""
        return tuple(sorted(dict.fromkeys(filter(is_name, self.words)), key=lambda name: (-len(name), name)))

    @property
    def is_elided(self) -> bool:
        """Whether its author left something out and said so."""
        return any(part.gap in (WITHIN, MARKED) for part in self.parts)

    @property
    def defines(self) -> str | None:
        """The function or class whose head it quotes, the first one."""
        pairs = pairwise(self.words)
        return next((name for word, name in pairs if word in _DEFINING and _NAME.fullmatch(name)), None)

    @property
    def is_telling(self) -> bool:
        """Whether it says enough to be looked for elsewhere: so much is not found by chance."""
        return len(self.words) >= 6 and len(self.names) >= 2


def is_name(word: str) -> bool:
    """Whether a token is a name that says something: of three characters at least, not one of all code."""
    return len(word) > 2 and word not in COMMON and bool(_NAME.fullmatch(word))


def read_quote(text: str, language: Language, *, diff: bool = False) -> Quote:
    """The quotation in a text: a fence's content, or a code span's."""
    code = tokenize(_ELIDED.sub(ELISION, _cleaned(text, diff)), language, _LEFT_OUT)
    words = tuple(ELISION if word == "…" else word for word in code.words)
    return Quote(tuple(_parts(Stream(words, code.lines))), code.remarks)


def quote_of(code: Stream, places: range) -> Quote:
    """Some tokens of a file as a quotation of it."""
    part = slice(places.start, places.stop)
    return Quote(tuple(_parts(Stream(code.words[part], code.lines[part]))), ())


def _cleaned(text: str, diff: bool) -> str:
    """The text without what stands in front of its lines."""
    lines = text.split("\n")
    if diff:
        lines = [line[1:] for line in lines if not line.startswith(("+", "@@", "---", "diff ", "index "))]
    for mark in (_GUTTER, _PROMPT):
        filled = [line for line in lines if line.strip()]
        if len(filled) > (mark is _GUTTER) and all(mark.match(line) for line in filled):
            lines = [mark.sub("", line) for line in lines]
    return "\n".join(lines)


def _parts(code: Stream) -> Iterator[Part]:
    """The lines, cut where something was left out."""
    lines = [list(words) for words in _by_line(code)]
    depth, gap, closes = 0, 0, True
    for number, line in enumerate(lines):
        following = next((word for later in lines[number + 1 :] for word in later), "")
        runs = _runs(line)
        opening, depth = depth, _depth(line, depth)
        if not any(runs):
            gap, closes = (MARKED if gap else 0), not depth
            continue
        for place, run in enumerate(runs):
            if not run:
                gap = max(gap, WITHIN) if place and gap else gap
                continue
            last = place == len(runs) - 1
            opens = place == 0 and closes and not opening and run[0] not in CONTINUING
            closes = last and not depth and following not in CONTINUING and run[-1] not in OPERATORS
            yield Part(tuple(run), gap, opens, closes)
            gap = UNMARKED if last else WITHIN
        gap = max(gap, UNMARKED)


def _by_line(code: Stream) -> Iterator[Sequence[str]]:
    starts = [place for place in range(len(code.words)) if code.begins_line(place)]
    for start, end in pairwise([*starts, len(code.words)]):
        yield code.words[start:end]


def _runs(line: Sequence[str]) -> list[list[str]]:
    """What stands between the elisions of a line; commas beside them go with them."""
    runs: list[list[str]] = [[]]
    for word in line:
        if word == ELISION:
            runs.append([])
        else:
            runs[-1].append(word)
    for place, run in enumerate(runs):
        if place and run[:1] == [","]:
            del run[0]
        if place < len(runs) - 1 and run[-1:] == [","]:
            del run[-1]
    return runs


def _depth(line: Sequence[str], depth: int) -> int:
    for word in line:
        depth = max(depth + (word in ("(", "[", "{")) - (word in (")", "]", "}")), 0)
    return depth
