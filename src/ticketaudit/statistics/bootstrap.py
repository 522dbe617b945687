"""Confidence intervals by resampling, from a fixed seed: the same ratings give the same interval."""

from __future__ import annotations

import math
from bisect import bisect
from collections.abc import Callable, Sequence
from itertools import accumulate
from random import Random

from ticketaudit.statistics.agreement import Undefined, Unit, Units

#: How often the units are drawn anew.
REPLICATES = 1000
#: The share of the resamples that an interval covers.
CONFIDENCE = 0.95
_SEED = 20
#: So many standard deviations fewer than all units are drawn by their kinds: rarely more than there are.
_SPARE = 3


def resamples(units: Units, replicates: int = REPLICATES) -> list[dict[Unit, int]]:
    """As many units as there are, drawn with replacement, again and again.

    Units are drawn, not ratings: what the raters said of one ticket stays together.
    """
    kinds = sorted(units)
    all_units = [place for place, kind in enumerate(kinds) for _ in range(units[kind])]
    # Of all of the module only `random` is promised to give the same numbers in every version of Python.
    random = Random(_SEED).random  # samples that are to be the same every time  # nosec B311
    tables = _poisson_tables([units[kind] for kind in kinds])
    samples = (_drawn(all_units, tables, random) for _ in range(replicates))
    return [{kind: count for kind, count in zip(kinds, sample, strict=True) if count} for sample in samples]


def _drawn(all_units: Sequence[int], tables: Sequence[Sequence[float]], random: Callable[[], float]) -> list[int]:
    """How often each kind of unit is drawn, as if the units were drawn one by one.

    There are few kinds of many units. So most units are drawn a kind at a time, each kind by a Poisson
    distribution, and one by one only what is then still missing. Given their total, independent Poisson
    numbers are distributed as draws with replacement are.
    """
    size = len(all_units)
    while True:
        counts = [bisect(table, random()) for table in tables]
        missing = size - sum(counts)
        if missing >= 0:
            break
    for _ in range(missing):
        counts[all_units[int(random() * size)]] += 1
    return counts


def _poisson_tables(numbers: Sequence[int]) -> list[list[float]]:
    """For each kind the probabilities of 0, of at most 1, … draws; fewer draws of all kinds than there are units."""
    size = sum(numbers)
    share = max(0.0, 1 - _SPARE / math.sqrt(size)) if size else 0.0
    return [_cumulated(number * share) for number in numbers]


def _cumulated(mean: float) -> list[float]:
    most = math.ceil(mean + 12 * math.sqrt(mean) + 12)
    logarithms = (number * math.log(mean) - mean - math.lgamma(number + 1) for number in range(most)) if mean else ()
    return list(accumulate(map(math.exp, logarithms)))


def interval(samples: Sequence[Units], coefficient: Callable[[Units], float]) -> tuple[float, float] | None:
    """The bounds between which a coefficient lies in 95 of 100 resamples; None where too few have a value.

    The percentile interval of Efron, B. (1979), Bootstrap methods: another look at the jackknife,
    Annals of Statistics 7, 1-26. A resample without a value (all of its ratings are the same, say) is
    passed over; where more than one in twenty is, there is no interval.
    """
    values = []
    for sample in samples:
        try:
            values.append(coefficient(sample))
        except Undefined:
            continue
    if not values or len(values) < CONFIDENCE * len(samples):
        return None
    values.sort()
    tail = (1 - CONFIDENCE) / 2
    return values[math.floor(tail * len(values))], values[math.ceil((1 - tail) * len(values)) - 1]
