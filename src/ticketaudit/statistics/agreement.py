"""Coefficients of agreement between raters, without any library.

All of them take *units* (tickets) as the ratings that each one got. Who gave a rating matters only to
`cohen_kappa`; a rating that is missing is simply not there. A coefficient that has no value (nobody
rated a unit twice, or all ratings are the same, so that agreement by chance is certain) raises
`Undefined` with the reason.

A rating is the index of its category. For ordered categories the index is the place in the order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import lru_cache
from itertools import combinations
from typing import Literal

#: The ratings of one unit, in ascending order.
Unit = tuple[int, ...]
#: How many units have these ratings.
Units = Mapping[Unit, int]
#: How many units two raters rated so.
Pairs = Mapping[tuple[int, int], int]
Metric = Literal["nominal", "ordinal"]


class Undefined(ValueError):
    """A coefficient has no value for these ratings; the message says why."""


def raw_agreement(units: Units) -> float:
    """The share of agreeing pairs of ratings within a unit, on average over the units; 0 to 1.

    n: the units with at least two ratings. This is the observed agreement of Fleiss, J. L. (1971),
    Measuring nominal scale agreement among many raters, Psychological Bulletin 76, equation 2, and of
    Gwet, K. L. (2008), where units may have different numbers of ratings. Undefined without such units.
    """
    agreeing = total = 0.0
    for unit, count in units.items():
        if len(unit) > 1:
            agreeing += _agreeing(unit) * count
            total += count
    if not total:
        raise Undefined("no ticket has two ratings")
    return agreeing / total


def fleiss_kappa(units: Units) -> float:
    """Agreement of many raters beyond chance, at most 1, 0 where it is what chance would give.

    n: all units, each with the same number of ratings of at least two (raises `ValueError` where they
    differ). Source: Fleiss, J. L. (1971), Measuring nominal scale agreement among many raters,
    Psychological Bulletin 76, 378-382. Undefined where all ratings are of one category.
    """
    if len({len(unit) for unit in units}) > 1:
        raise ValueError("Fleiss' kappa needs the same number of ratings for every unit")
    observed = raw_agreement(units)
    ratings = _ratings(units)
    total = ratings.total()
    return _beyond_chance(observed, sum((number / total) ** 2 for number in ratings.values()))


def gwet_ac1(units: Units, categories: int) -> float:
    """Agreement beyond chance where chance is estimated from how hard the units are to rate; at most 1.

    Unlike the kappas it does not fall where one category prevails. ``categories`` is how many there
    are. n: for the observed agreement the units with at least two ratings, for the prevalence of the
    categories those with at least one. Source: Gwet, K. L. (2008), Computing inter-rater reliability
    and its variance in the presence of high agreement, British Journal of Mathematical and Statistical
    Psychology 61, 29-48; with missing ratings as in his Handbook of Inter-Rater Reliability (2014).
    Undefined where there is only one category.
    """
    observed = raw_agreement(units)
    if categories < 2:
        raise Undefined("all ratings are the same")
    rated = sum(count for unit, count in units.items() if unit)
    shares: defaultdict[int, float] = defaultdict(float)
    for unit, count in units.items():
        for rating in unit:
            shares[rating] += count / len(unit)
    chance = sum(share / rated * (1 - share / rated) for share in shares.values()) / (categories - 1)
    return _beyond_chance(observed, chance)


def krippendorff_alpha(units: Units, metric: Metric = "nominal") -> float:
    """One minus the observed disagreement over that expected by chance; at most 1.

    Any number of raters, missing ratings, and with ``ordinal`` the order of the categories: the farther
    apart two ratings are among all that were given, the more they disagree. n: the units with at least
    two ratings. Source: Krippendorff, K. (2011), Computing Krippendorff's alpha-reliability, sections C
    and D. Undefined without such units, and where all ratings are the same.
    """
    observed: defaultdict[tuple[int, int], float] = defaultdict(float)
    marginals: Counter[int] = Counter()
    for unit, count in units.items():
        if len(unit) > 1:
            for rating in unit:
                marginals[rating] += count
            for pair, weight in _coincidences(unit):
                observed[pair] += count * weight
    if not marginals:
        raise Undefined("no ticket has two ratings")
    if len(marginals) == 1:
        raise Undefined("all ratings are the same")
    distances = _distances(marginals, metric)
    found = sum(observed[pair] * distance for pair, distance in distances.items())
    expected = sum(marginals[one] * marginals[other] * distance for (one, other), distance in distances.items())
    return 1 - (marginals.total() - 1) * found / expected


def cohen_kappa(pairs: Pairs, metric: Metric = "nominal") -> float:
    """Agreement of two raters beyond chance, at most 1, 0 where it is what chance would give.

    With ``ordinal`` a disagreement weighs the square of its steps. n: the units that both rated.
    Sources: Cohen, J. (1960), A coefficient of agreement for nominal scales, Educational and
    Psychological Measurement 20, 37-46; Cohen, J. (1968), Weighted kappa, Psychological Bulletin 70,
    213-220. Undefined where the two rated no unit in common, or each gave one and the same rating always.
    """
    total = sum(pairs.values())
    if not total:
        raise Undefined("no ticket was rated by both")
    rows: Counter[int] = Counter()
    columns: Counter[int] = Counter()
    for (one, other), count in pairs.items():
        rows[one] += count
        columns[other] += count
    expected = sum(rows[one] * columns[other] * _weight(one, other, metric) for one in rows for other in columns)
    if not expected:
        raise Undefined("all ratings are the same")
    found = sum(count * _weight(one, other, metric) for (one, other), count in pairs.items())
    return 1 - total * found / expected


def _weight(one: int, other: int, metric: Metric) -> int:
    return (one - other) ** 2 if metric == "ordinal" else int(one != other)


def _beyond_chance(observed: float, chance: float) -> float:
    if chance >= 1:
        raise Undefined("all ratings are the same")
    return (observed - chance) / (1 - chance)


def _ratings(units: Units) -> Counter[int]:
    ratings: Counter[int] = Counter()
    for unit, count in units.items():
        for rating in unit:
            ratings[rating] += count
    return ratings


@lru_cache(maxsize=4096)
def _agreeing(unit: Unit) -> float:
    """The share of a unit's pairs of ratings that are pairs of the same rating."""
    size = len(unit)
    return sum(number * (number - 1) for number in Counter(unit).values()) / (size * (size - 1))


@lru_cache(maxsize=4096)
def _coincidences(unit: Unit) -> tuple[tuple[tuple[int, int], float], ...]:
    """The pairs of unlike ratings within a unit, the smaller one first, each with its weight."""
    pairs = Counter(pair for pair in combinations(unit, 2) if pair[0] != pair[1])
    return tuple((pair, number / (len(unit) - 1)) for pair, number in pairs.items())


def _distances(marginals: Mapping[int, int], metric: Metric) -> dict[tuple[int, int], float]:
    """How far apart each two of the ratings that were given are, squared."""
    given = sorted(marginals)
    if metric == "nominal":
        return dict.fromkeys(combinations(given, 2), 1.0)
    below = {rating: sum(marginals[lower] for lower in given if lower < rating) for rating in given}
    middle = {rating: below[rating] + marginals[rating] / 2 for rating in given}
    return {(one, other): (middle[other] - middle[one]) ** 2 for one, other in combinations(given, 2)}
