"""Confidence intervals by resampling, from a fixed seed: the same ratings give the same interval."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from random import Random

from ticketaudit.statistics.agreement import Undefined, Unit, Units

#: How often the units are drawn anew.
REPLICATES = 1000
#: The share of the resamples that an interval covers.
CONFIDENCE = 0.95
_SEED = 20


def resamples(units: Units, replicates: int = REPLICATES) -> list[Counter[Unit]]:
    """As many units as there are, drawn with replacement, again and again.

    Units are drawn, not ratings: what the raters said of one ticket stays together.
    """
    kinds = sorted(units)
    drawn = [kind for kind, unit in enumerate(kinds) for _ in range(units[unit])]
    size = len(drawn)
    # Of all of the module only `random` is promised to give the same numbers in every version of Python.
    random = Random(_SEED).random
    samples = (Counter([drawn[int(random() * size)] for _ in range(size)]) for _ in range(replicates))
    return [Counter({kinds[kind]: count for kind, count in sample.items()}) for sample in samples]


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
