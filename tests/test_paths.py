"""Paths by their ends: how a report is found that was moved."""

from __future__ import annotations

import pytest

from ticketaudit.paths import same_ending


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
