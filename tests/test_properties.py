"""What holds for any text: no exception, and everything that the record points at lies in the file."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mutations import CHARACTERS, PIECES, mutated
from soundness import assert_configuration_is_sound, assert_sound
from ticketaudit import markup
from ticketaudit.inline import plain
from ticketaudit.markdown import parse
from ticketaudit.text import Source

FOLDER = Path(__file__).parent.parent / "fixtures"
FIXTURES = sorted((FOLDER / "tickets").rglob("*.md"))
TICKETS = [path.read_bytes() for path in FIXTURES]
#: What the fuzzer reached new code with, and what once made it fail.
KEPT = sorted((FOLDER / "fuzz" / "tickets").iterdir())
KEPT_CONFIGURATIONS = sorted((FOLDER / "fuzz" / "config").iterdir())

LINES = st.sampled_from(PIECES).map(lambda piece: f"{piece}\n".encode())
BYTES = st.lists(LINES | st.sampled_from(CHARACTERS) | st.text(max_size=20).map(str.encode), max_size=60).map(b"".join)


@given(BYTES)
@example(
    b"# T\n\n| ID | A-1 |\n|--|--|\n| Severity | P1 |\n\n## Location\n\n| File | a.py |\n|--|--|\n| Lines | 9-3 |\n"
)
def test_pieces_of_tickets_give_tickets_or_none(data):
    assert_sound(Source.from_bytes("t.md", data))


@given(st.binary(max_size=400))
def test_any_bytes_give_tickets_or_none(data):
    assert_sound(Source.from_bytes("t.md", data))


@pytest.mark.parametrize("data", TICKETS, ids=[path.stem for path in FIXTURES])
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(random=st.randoms())
def test_a_mutated_ticket_is_still_read(data, random):
    assert_sound(Source.from_bytes("t.md", mutated(data, random, TICKETS)))


def test_what_the_fuzzer_kept_is_still_read():
    for path in KEPT:
        assert_sound(Source.from_bytes("t.md", path.read_bytes()))


@given(st.text(max_size=200))
def test_any_text_is_a_configuration_or_has_mistakes(text):
    assert_configuration_is_sound(text)


def test_what_the_fuzzer_kept_of_configurations_is_still_read():
    for path in KEPT_CONFIGURATIONS:
        assert_configuration_is_sound(path.read_bytes().decode("utf-8", "replace"))


@given(st.text(max_size=80))
def test_plain_text_of_anything_is_text(text):
    assert isinstance(plain(text), str)


#: Inline markup, and what decides whether it is any.
INLINE = st.sampled_from(
    [
        *("`", "`c`", "` c `", "**", "**B:**", "**`x`**", "*", "_", "__", "~", "~~", "\\"),
        *("[", "](", "(", ")", "!", "<", "<br>", "&", "&amp;"),
        *("a", "b1", "wörd", "a_b", "_x", "P1", ".", ",", ":", "“", "—", "：", "\U0001f41b"),
        *(" ", "  ", "\t", "\n", " \n", "  \n ", "\n\t", "\xa0", "\x0b", "\x1c", "\x85", "\u2028", "\x00"),
    ]
)


@settings(max_examples=1000)
@given(st.lists(INLINE | st.text(max_size=3), max_size=10).map("".join))
def test_what_is_read_without_markdown_it_reads_as_with_it(text):
    for raw in (text.strip(), f"`code` {text}".strip()):
        assert plain(raw) == markup.read(raw).strip()


@pytest.mark.parametrize(
    ("raw", "text"), [("one  \ntwo", "one\ntwo"), ("one\n\t two", "one\ntwo"), ("a\0b", "a\ufffdb")]
)
def test_text_without_a_mark_is_read_as_text_with_one(raw, text):
    assert plain(raw) == text
    assert plain(f"{raw} `c`") == f"{text} c"


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=12).filter(
    lambda cell: not set(cell) & set("|`\\")
)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=6))
def test_a_table_that_is_written_out_is_read_back(rows):
    text = "| A | B | C |\n|---|---|---|\n" + "".join("| " + " | ".join(row) + " |\n" for row in rows)
    (table,) = parse(Source.from_text("t.md", text)).sections[0].blocks
    assert [row.cells for row in table.rows] == [tuple(row) for row in rows]
