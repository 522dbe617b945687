"""Path patterns mean what they mean to pathspec, and cost no more than their length."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

from ticketaudit.patterns import Patterns
from ticketaudit.wildcards import linear

SEGMENTS = st.text(alphabet="aab?**.", min_size=1, max_size=6) | st.just("**") | st.just("[ab]*a")
PATTERNS = st.lists(SEGMENTS, min_size=1, max_size=6).map("/".join)
PATHS = st.lists(st.text(alphabet="aab.", min_size=1, max_size=8), min_size=1, max_size=8).map("/".join)


def match(regex: str, path: str) -> tuple[bool, str | None]:
    found = re.search(regex, path)
    return found is not None, found.groupdict().get("ps_d") if found else None


@given(PATTERNS, st.booleans(), st.booleans(), st.lists(PATHS, min_size=1, max_size=5))
@example("**/a/**/b*", False, False, ["a/a/b/b", "a/b/ba/b"])
@example("*a*b*", False, True, ["aab/ab", "b/a"])
def test_a_pattern_takes_what_pathspec_says_that_it_takes(
    pattern: str, is_anchored: bool, is_folder: bool, paths: list[str]
) -> None:
    text = "/" * is_anchored + pattern + "/" * is_folder
    regex, _ = GitIgnoreSpecPattern.pattern_to_regex(text)
    if regex is not None:
        for path in paths:
            for asked in (path, f"{path}/"):
                assert match(linear(regex), asked) == match(regex, asked), (regex, linear(regex))


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*a" * 60 + "*b", "a" * 250),
        ("**/a/" * 60 + "b", "a/" * 2000 + "c"),
        ("x/" + "**/*a*a*/" * 30 + "b", "x/" + "aaaa/" * 800 + "c"),
        ("**/" * 200 + "b", "a/" * 2000),
    ],
)
def test_many_wildcards_are_matched_at_once(pattern: str, path: str) -> None:
    patterns = Patterns(Path.cwd(), [pattern])
    start = time.process_time()
    assert patterns.decide(Path.cwd() / path) is None
    assert time.process_time() - start < 2
