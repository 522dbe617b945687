"""Texts twice as long take about twice the work: counted and not timed, so that it is always so.

Work is lines of Python and characters given to regular expressions. What a pattern does with them, and what the
methods of `str` do, is not counted: test_long_texts.py holds long runs of one mark to a bound of time.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from types import FrameType
from typing import Any

import pytest

from nasty import tickets
from soundness import RULES, VOCABULARY
from ticketaudit.examine import examine
from ticketaudit.examined import ENCODER
from ticketaudit.extract import extract
from ticketaudit.text import Source

#: Of a text of twice the size.
RATIO = 2.5
SIZE = 300
KEYS = "key{}: value\n"
HEAD = "# Finding Ticket: Bell\n\n| Field | Value |\n|---|---|\n| ID | B1-OPS-01 |\n| Severity | P1 |\n\n"
REVIEW = "**Reviewer:** deck{}\n**Verdict:** OBJECT\n\n"
REVIEWS = HEAD + "## Cross-Review\n\n"


def numbered(text: str) -> Callable[[int], str]:
    return lambda size: "".join(text.replace("{}", str(number)) for number in range(size))


TEXTS: dict[str, Callable[[int], str]] = {
    "deep lists": lambda size: HEAD + "- " * size + "x",
    "deep numbered lists": lambda size: HEAD + "1. " * size + "x",
    "deep quotes": lambda size: HEAD + "> " * size + "x",
    "lists in quotes": lambda size: HEAD + "> - " * size + "x",
    "quotes that end": lambda size: HEAD + "> # bell\nmast\n" * size,
    "a wide table": lambda size: f"{HEAD}{'|a' * size}|\n{'|-' * size}|\n{'|b' * size}|\n",
    "a long table": lambda size: HEAD + "\n| Name | Text |\n|---|---|\n" + "| mast | deck |\n" * size,
    "a table of tickets": lambda size: (
        "# Bells\n\n| ID | Severity | Status | Title |\n|---|---|---|---|\n"
        + numbered("| B1-OPS-{} | P1 | open | bell |\n")(size)
    ),
    "pipes": lambda size: HEAD + "|" * size * 10,
    "lines of pipes": lambda size: HEAD + "||\n" * size,
    "escaped pipes": lambda size: HEAD + "| a | b |\n|---|---|\n| " + "\\|" * size + " | x |\n",
    "tables of HTML": lambda size: HEAD + "<table><tr><td>mast</td></tr>\n\n" * size,
    "one table of HTML": lambda size: (
        HEAD + "<table>\n" + "<tr><th>mast</th><td>deck</td></tr>\n" * size + "</table>\n"
    ),
    "open tags": lambda size: HEAD + "<div>\n" * size,
    "open comments": lambda size: HEAD + "<!-- " * size,
    "suppressions": lambda size: HEAD + "<!-- ticketaudit: ignore[verdict-split] why -->\n" * size,
    "open fences": lambda size: HEAD + "```python\nx = 1\n" * size,
    "fences": lambda size: HEAD + "```python\nx = 1\n```\n\n" * size,
    "brackets": lambda size: HEAD + "[" * size * 10,
    "images": lambda size: HEAD + "![" * size * 10,
    "open links": lambda size: HEAD + "[a](" * size,
    "emphasis": lambda size: HEAD + "**a _b " * size,
    "code spans that are not": lambda size: HEAD + "` `` ``` " * size,
    "entities": lambda size: HEAD + "&amp;&#0;" * size,
    "definitions": numbered("[a{}]: b\n"),
    "headings": lambda size: HEAD + "## bell\n" * size,
    "underlined headings": lambda size: HEAD + "bell\n----\n\n" * size,
    "sections that are tickets": numbered("## B1-OPS-{}: bell\n\n**Severity:** P1\n**Status:** open\n\n"),
    "tickets of one id": lambda size: "## B1-OPS-1: bell\n\n**Severity:** P1\n**Status:** open\n\n" * size,
    "fields": lambda size: "# B1-OPS-01: Bell\n\n" + numbered("**Name{}:** value\n")(size) + "**Severity:** P1\n",
    "front matter": lambda size: f"---\nid: B1-OPS-01\nseverity: P1\n{numbered(KEYS)(size)}---\n# Bell\n",
    "front matter without an end": lambda size: "---\n" + "key: value\n" * size,
    "boxes": lambda size: HEAD + "## Verification\n\n" + "- [ ] the bell rings\n" * size,
    "reviews": lambda size: REVIEWS + numbered("### deck{}\n\n**Verdict:** OBJECT\n\nP3.\n\n")(size),
    "one long line": lambda size: HEAD + "the bell rings " * size * 5,
    "severities": lambda size: REVIEWS + "**Reviewer:** deck\n**Verdict:** OBJECT\n\n" + "from P1 to P3 " * size,
    "citations": lambda size: HEAD + "src/bell.py:12 and abcdef0 " * size,
    "related tickets": lambda size: HEAD + "## Related Findings\n\n" + numbered("- B1-OPS-{}: blocks it\n")(size),
    "claims": lambda size: HEAD + "## Claims\n\n| Claim | Status |\n|---|---|\n" + "| it rings | TRUE |\n" * size,
    "dates in brackets": lambda size: HEAD + "## Resolution\n\n" + "(2025-03-04) " * size,
    "dates in a word": lambda size: HEAD + "## Resolution\n\n" + "Resolved:2025-03-04(" * size,
    "dates in a heading": lambda size: HEAD + "## Resolution" + ", resolved 2025-03-04" * size,
    "reviews on a line": lambda size: REVIEWS + numbered("**Reviewer:** deck{} **Verdict:** OBJECT ")(size),
    "reviews under a long heading": lambda size: REVIEWS[:-2] + " bell" * size + "\n\n" + numbered(REVIEW)(size),
    "fences under a long heading": lambda size: HEAD + "## " + "bell " * size + "\n\n" + "```\nx = 1\n```\n\n" * size,
    "dates": lambda size: HEAD + "## Resolution\n\n" + "Resolved on 2025-03-04, " * size,
    "commits": lambda size: HEAD + "## Resolution\n\nFIXED " + "in commit 0123abcd " * size,
    "sign-offs": lambda size: HEAD + "## Sign-Off\n\n" + "- **Mate**: approved\n" * size,
    "sentences that refute": lambda size: HEAD + "## Investigation\n\n" + "The claim is factually wrong. " * size,
    "text in the wrong encoding": lambda size: HEAD + "â€” cafÃ© " * size,
    "tags that are never closed": lambda size: HEAD + "<table>\n" + "<td a=b " * size,
    "numbers": lambda size: HEAD + "**Lines:** " + "1-2, " * size,
    "one long word in every field": lambda size: tickets("9" * size)["named.md"].decode(),
    "one long text in every field": lambda size: tickets("the bell, " * (size // 5))["named.md"].decode(),
}


class Counted:
    """A pattern that counts the characters which it is given."""

    characters = 0

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._pattern = pattern

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._pattern, name)
        if name not in ("match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"):
            return method

        def count(*arguments: Any, **named: Any) -> Any:
            text, *places = arguments[1:] if name in ("sub", "subn") else arguments
            found = method(*arguments, **named)
            is_match = name in ("match", "fullmatch", "search") and found
            start = places[0] if places and name not in ("sub", "subn", "split") else 0
            Counted.characters += (found.end() if is_match else len(text)) - start
            return found

        return count


@pytest.fixture(scope="module")
def read() -> Iterator[Callable[[str], None]]:
    """Reads and audits a ticket, in a copy of the package that has such patterns: they are made as it is imported."""
    copied = ("ticketaudit", "markdown_it", "soundness", "html")
    originals = {name: sys.modules.pop(name) for name in list(sys.modules) if name.split(".")[0] in copied}
    compiled = re._compile
    re._compile = lambda pattern, flags=0: (
        pattern if isinstance(pattern, Counted) else Counted(compiled(pattern, flags))
    )
    try:
        sound, text = import_module("soundness"), import_module("ticketaudit.text")
        yield lambda written: sound.assert_sound(text.Source.from_text("bell.md", written))
    finally:
        re._compile = compiled
        for name in list(sys.modules):
            if name.split(".")[0] in copied:
                del sys.modules[name]
        sys.modules.update(originals)


def counted(call: Callable[[], object]) -> int:
    """How much work a call takes."""
    lines, characters = 0, Counted.characters

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal lines
        lines += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return lines + Counted.characters - characters


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_twice_the_text_takes_about_twice_the_work(read: Callable[[str], None], text: Callable[[int], str]) -> None:
    read(text(2 * SIZE))  # what is done once and remembered
    assert counted(lambda: read(text(2 * SIZE))) < RATIO * counted(lambda: read(text(SIZE)))


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_twice_the_text_leaves_about_twice_as_much(text: Callable[[int], str]) -> None:
    def kept(size: int) -> int:
        source = Source.from_text("bell.md", text(size))
        tickets = extract(source, VOCABULARY)
        examined = examine(source, tickets, RULES, VOCABULARY)
        parts = (tickets, examined.outline, examined.said())
        return sum(len(ENCODER.encode(part)) for part in parts)

    assert kept(2 * SIZE) < RATIO * kept(SIZE)


def test_work_by_the_square_is_seen() -> None:
    pattern: Any = Counted(re.compile("x"))

    def square(size: int) -> int:
        return sum(1 for one in range(size) for other in range(size))

    def patterns(size: int) -> list[object]:
        return [pattern.search("-" * size) for _ in range(size)]

    for work in (square, patterns):
        assert counted(lambda work=work: work(2 * SIZE)) > RATIO * counted(lambda work=work: work(SIZE))
