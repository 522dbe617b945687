"""What most tickets have, and what is therefore expected of all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence


def usual(names: Iterable[str], of_each: Sequence[Collection[str]]) -> tuple[str, ...]:
    """The names that three of four tickets have, in their order; ``of_each`` are those that each ticket has."""
    counts = Counter(name for own in of_each for name in own)
    return tuple(name for name in names if 4 * counts[name] >= 3 * len(of_each) > 0)
