"""Long runs of one mark: each of these once took time that grew with the square of its length, or ran out of stack."""

from __future__ import annotations

import time

import pytest

from nasty import tickets
from soundness import assert_sound
from ticketaudit.extract import extract
from ticketaudit.text import Source
from ticketaudit.vocabulary import Vocabulary

#: Several times what any of them takes, and less than any of them took.
SECONDS = 5
LENGTH = 30_000
TICKET = "# NAV-7: Bell{}rings\n\n**Status:** open{}now\n**Domain:** mast{}deck\n\nFile: `a.py`\nLines: 1{}2\n"


@pytest.mark.parametrize("mark", [" ", "\t", "\u3000", "`", "(", "[", "![", "1.", "_"])
def test_a_run_of_one_mark_is_read_at_once(mark: str) -> None:
    assert seconds(TICKET.format(*[mark * (LENGTH // len(mark))] * 4)) < SECONDS


def test_tables_that_are_never_closed_are_read_at_once() -> None:
    assert seconds("# Bells\n\n" + "<table><tr><td>mast</td></tr>\n\n" * 10_000) < SECONDS


@pytest.mark.parametrize("tag", ["<a ", "<a b='", "<td ", "<td/", "<a=", "<a b b b ", "<!--", "<!-- >", '<td a="> b" '])
def test_tags_that_are_never_closed_are_read_at_once(tag: str) -> None:
    assert seconds("# Bells\n\n<table>\n" + tag * 10_000) < SECONDS


@pytest.mark.parametrize("word", ["9", "x ", "0.", "`b`_"])
def test_a_long_word_anywhere_in_a_ticket_is_read_at_once(word: str) -> None:
    start = time.process_time()
    for data in tickets(word * (LENGTH // len(word))).values():
        assert_sound(Source.from_bytes("ticket.md", data))
    assert time.process_time() - start < 2 * SECONDS


@pytest.mark.parametrize("number", ["{}", "&#{};", "P{}"])
def test_a_number_that_is_longer_than_python_reads_is_a_word(number: str) -> None:
    number = number.format("9" * 5_000)
    for data in tickets(number).values():
        assert_sound(Source.from_bytes("ticket.md", data))
    table = f"<table><tr><th>Severity</th><td>{number}</td></tr></table>\n"
    summary = f"<details><summary>{number}</summary>\n\ndeck\n\n</details>\n"
    assert_sound(Source.from_text("ticket.md", f"# NAV-7: Bell\n\n{table}\n**Status:** open\n\n{summary}"))


@pytest.mark.parametrize("lines", ["> # bell\nmast\n", "> ```\nmast\n", "> > # bell\n> mast\n"])
def test_quotes_that_never_go_on_are_read_at_once(lines: str) -> None:
    assert seconds("# Bells\n\n" + lines * 10_000) < SECONDS


@pytest.mark.parametrize("line", ["[bell]: mast", "[bell]: mast\n'rope", "[bell", "[bell]: mast\n    rope"])
def test_references_are_read_at_once(line: str) -> None:
    assert seconds("# Bells\n\n" + f"{line}\n" * 10_000) < SECONDS


def test_front_matter_that_is_no_yaml_is_read_at_once() -> None:
    assert seconds(f"---\nid: NAV-7\nstatus: a: b\nowner{' ' * 2 * LENGTH}mate\n---\n") < SECONDS


def test_a_heading_may_have_any_number_of_colons() -> None:
    source = Source.from_text("ticket.md", f"# {'bell: ' * 5_000}\n\n**Status:** open\n**Severity:** high\n")
    (ticket,) = extract(source, Vocabulary.builtin())
    assert ticket.severity == "high"


def seconds(text: str) -> float:
    source = Source.from_text("ticket.md", text)
    start = time.process_time()
    extract(source, Vocabulary.builtin())
    return time.process_time() - start
