"""Lines and columns."""

import pytest

from ticketaudit.text import Source, Span


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"a\nb", ("a", "b")),
        (b"a\r\nb\r\n", ("a", "b", "")),
        (b"a\rb", ("a", "b")),
        (b"\xef\xbb\xbfa", ("a",)),
        ("a\x0cb\u2028c\x85d".encode(), ("a\x0cb\u2028c\x85d",)),
        (b"", ("",)),
    ],
)
def test_lines_end_where_markdown_ends_them(data, lines):
    assert Source.from_bytes("t.md", data).lines == lines


def test_damaged_bytes_are_kept_as_replacement_characters_and_their_lines_named():
    source = Source.from_bytes("t.md", b"good\nbad \xff\xfe\n\xe2\x82\xac\n")
    assert source.lines == ("good", "bad \ufffd\ufffd", "\u20ac", "")
    assert source.damage == (2,)


def test_text_with_lone_surrogates_is_damage_and_no_error():
    assert Source.from_text("t.md", "a\ud800b").damage == (1,)


@pytest.mark.parametrize(
    ("line", "mark", "columns"),
    [
        ("| **Severity** | `P1` |", "P1", (18, 22)),
        ("| `storage` | **OBJECT** | no |", "storage", (3, 12)),
        ("| `storage` | **OBJECT** | no |", "OBJECT", (15, 25)),
        ("| the `f()` **is** gone | x |", "the f() is gone", (3, 24)),
        ("  some text  ", None, (3, 12)),
        ("  some text  ", "absent", (3, 12)),
        ("", None, (1, 1)),
        ("   ", None, (1, 1)),
        ("\U0001f41b bug", "bug", (3, 6)),
        ("| `__init__` of *snake_case* |", "__init__", (3, 13)),
        ("| `__init__` of *snake_case* |", "snake_case", (17, 29)),
        ("**** a", "****", (1, 5)),
    ],
)
def test_a_mark_is_found_with_the_markup_around_it(line, mark, columns):
    span = Source.from_text("t.md", line).locate(1, mark)
    assert span == Span(1, columns[0], 1, columns[1])


def test_a_mark_of_many_asterisks_is_looked_for_at_once():
    line = "*" * 300
    assert Source.from_text("t.md", line).locate(1, f"a {line}b") == Span(1, 1, 1, 301)


def test_a_line_outside_the_file_is_empty():
    source = Source.from_text("t.md", "a")
    assert source.line(0) == source.line(2) == ""
    assert source.locate(9, "a") == Span(9, 1, 9, 1)
