"""Texts twice as long take about twice the work: counted in lines of code and not in seconds, so that it is always so.

What a line does inside of C is not counted: test_long_texts.py holds long runs of one mark to a bound of time.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from ticketaudit.corpus import Corpus
from ticketaudit.engine import audit
from ticketaudit.extract import extract
from ticketaudit.settings import settings
from ticketaudit.text import Source
from ticketaudit.vocabulary import Vocabulary

#: Of a text of twice the size.
RATIO = 2.5
SIZE = 300
RULES = settings(None).rules
KEYS = "key{}: value\n"
HEAD = "# Finding Ticket: Bell\n\n| Field | Value |\n|---|---|\n| ID | B1-OPS-01 |\n| Severity | P1 |\n\n"
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
}


VOCABULARY = Vocabulary.builtin()


def counted(call: Callable[[], object]) -> int:
    """How many lines of Python a call takes."""
    count = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return count


def read(text: str) -> None:
    source = Source.from_text("bell.md", text)
    audit(Corpus(extract(source, VOCABULARY), VOCABULARY, {"bell.md": source}), RULES)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_twice_the_text_takes_about_twice_the_work(text: Callable[[int], str]) -> None:
    read(text(2 * SIZE))  # what is done once and remembered
    assert counted(lambda: read(text(2 * SIZE))) < RATIO * counted(lambda: read(text(SIZE)))


def test_work_by_the_square_is_seen() -> None:
    def square(size: int) -> int:
        return sum(1 for one in range(size) for other in range(size))

    assert counted(lambda: square(2 * SIZE)) > RATIO * counted(lambda: square(SIZE))
