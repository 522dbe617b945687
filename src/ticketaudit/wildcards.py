"""Path patterns by pathspec, matched in linear time: patterns, too, come from strangers.

The regular expressions that pathspec makes of patterns try, of two wildcards, every place of the one with
every place of the other: with ten of them a long name takes years.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, AnyStr

from pathspec import GitIgnoreSpec
from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

#: How pathspec writes ``*`` in the name of a file or folder, ``**/`` in front and ``/**/`` between folders.
_STAR, _DEEP_FIRST, _DEEP = "[^/]*", "(?:.+/)?", "(?:/.+)?/"


def spec(patterns: Iterable[str]) -> GitIgnoreSpec:
    """What decides about paths; the last pattern that matches counts."""
    return GitIgnoreSpec.from_lines(patterns, _Pattern, backend="simple")


class _Pattern(GitIgnoreSpecPattern):
    @classmethod
    def pattern_to_regex(cls, pattern: AnyStr) -> tuple[AnyStr | None, bool | None]:
        """The regular expression of a pattern, and whether it takes what it matches."""
        regex, include = super().pattern_to_regex(pattern)
        made: Any = linear(regex) if isinstance(regex, str) else regex
        return made, include


def linear(regex: str) -> str:
    """The regular expression of a pattern, so that it matches the same and takes no choice back.

    What stands between two wildcards may match where it first does: whatever follows could only be
    found later, and the wildcard behind it can skip as far.
    """
    first, *rest = map(_linear_names, regex.split(_DEEP))
    if not rest:
        return first
    *middle, last = rest
    if _DEEP_FIRST in first:
        first = first.replace(_DEEP_FIRST, "(?>(?:.+?/)??", 1) + "(?=/))"
    return first + "".join(f"(?>(?:/.+?)??/{part}(?=/))" for part in middle) + f"{_DEEP}{last}"


def _linear_names(part: str) -> str:
    """The same for several ``*`` in the name of one file or folder."""
    first, *rest = part.split(_STAR)
    for index, piece in enumerate(rest):
        is_between = index < len(rest) - 1 and "/" not in piece.replace("[^/]", "")
        rest[index] = f"(?>[^/]*?{piece})" if is_between else f"{_STAR}{piece}"
    return "".join((first, *rest))
