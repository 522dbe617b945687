"""Paths as they are printed, and by their ends: how a report is found that was moved."""

from __future__ import annotations

import os
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketaudit.paths import as_text, same_ending

#: Bytes that are text or none, and what looks like the escape of one.
NAMES = st.lists(st.sampled_from([b"\\", b"x", b"8", b"0", b"5c", b"\x80", b"\xff", "ä".encode()])).map(b"".join)


@pytest.mark.parametrize(
    ("path", "candidates", "found"),
    [
        ("docs/rounds/1.md", ["a/1.md", "b/rounds/1.md"], ["b/rounds/1.md"]),
        ("docs/rounds/1.md", ["docs/rounds/1.md", "x/docs/rounds/1.md"], ["docs/rounds/1.md", "x/docs/rounds/1.md"]),
        ("docs/rounds/1.md", ["a/1.md", "b/1.md"], ["a/1.md", "b/1.md"]),
        ("docs/rounds/1.md", ["docs/rounds/2.md", "1.md/x"], []),
        ("docs/rounds/1.md", [], []),
        ("./rounds//1.md", ["rounds/1.md", "1.md"], ["rounds/1.md"]),
        ("docs\\rounds\\1.md", ["old/rounds/1.md", "1.md"], ["old/rounds/1.md"]),
        ("1.md", ["x1.md"], []),
    ],
)
def test_the_longest_end_in_common_wins(path: str, candidates: list[str], found: list[str]) -> None:
    assert same_ending(path, candidates) == found


@pytest.mark.skipif(os.sep != "/", reason="needs names of bytes")
@given(NAMES)
def test_the_name_can_be_read_from_what_is_printed(name: bytes) -> None:
    shown = as_text(os.fsdecode(name)).encode()
    assert re.sub(rb"\\x([0-9a-f]{2})", lambda escape: bytes.fromhex(escape[1].decode()), shown) == name


@pytest.mark.skipif(os.sep != "/", reason="needs names of bytes")
@pytest.mark.parametrize(
    ("name", "shown"),
    [(b"a\\b.md", "a\\b.md"), (b"\x80.md", "\\x80.md"), (b"\\x80.md", "\\x5cx80.md"), ("ä\\xg".encode(), "ä\\xg")],
)
def test_names_are_printed_as_they_are_where_that_says_which_they_are(name: bytes, shown: str) -> None:
    assert as_text(os.fsdecode(name)) == shown
