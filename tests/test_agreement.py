"""Coefficients of agreement: the published worked examples, and what other libraries say of the same ratings."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import aggregate_raters
from statsmodels.stats.inter_rater import fleiss_kappa as peer_fleiss

from ticketaudit.cli.run import choose_settings, read_corpus
from ticketaudit.statistics.agreement import (
    Undefined,
    Unit,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    raw_agreement,
)
from ticketaudit.statistics.bootstrap import interval, resamples
from ticketaudit.statistics.ratings import MINIMUM, Agreement, Ratings, measure, scales

CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpus" / "finding-tickets"
EXACT = 1e-6


def units(rows: Iterable[Iterable[int | None]]) -> Counter[Unit]:
    """Units from rows of ratings, None for a missing one."""
    return Counter(tuple(sorted(rating for rating in row if rating is not None)) for row in rows)


def units_of_counts(rows: Iterable[Sequence[int]]) -> Counter[Unit]:
    """Units from rows that say how often each category was chosen."""
    return units([category for category, count in enumerate(row) for _ in range(count)] for row in rows)


def pairs(table: Sequence[Sequence[int]]) -> dict[tuple[int, int], int]:
    return {(row, column): count for row, cells in enumerate(table) for column, count in enumerate(cells)}


# Krippendorff (2011), Computing Krippendorff's alpha-reliability, section C: four observers, twelve units.
# Gwet's Handbook of Inter-Rater Reliability (2014) and his irrCAC take the same ratings as "raw4raters".
KRIPPENDORFF = list(
    zip(
        [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
        strict=True,
    )
)

# Fleiss (1971), table 1: thirty patients, six psychiatrists each, five diagnoses.
FLEISS = [
    [int(digit) for digit in row]
    for row in (
        *("00060", "03003", "01401", "00006", "03030", "20400", "00402", "20310", "20040", "00006"),
        *("10050", "11040", "03300", "10050", "02031", "00501", "30012", "51000", "02040", "10203"),
        *("00006", "01050", "02013", "20040", "10041", "05010", "40002", "02040", "10500", "00006"),
    )
]

# The worked example of the Wikipedia article on Fleiss' kappa: ten subjects, fourteen raters.
FOURTEEN = [
    [0, 0, 0, 0, 14],
    [0, 2, 6, 4, 2],
    [0, 0, 3, 5, 6],
    [0, 3, 9, 2, 0],
    [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0],
    [3, 2, 6, 3, 0],
    [2, 5, 3, 2, 2],
    [6, 5, 2, 1, 0],
    [0, 2, 2, 3, 7],
]

# Cohen (1960), table 1: the two judges of his example, 200 patients, three diagnoses.
COHEN = [[50, 26, 24], [24, 4, 32], [6, 30, 4]]
# Cohen (1968), table 1: kappa is .492.
COHEN_WEIGHTED = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
# Gwet, cont3x3abstractors of irrCAC: two abstractors, 100 pregnancies.
ABSTRACTORS = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]
# Gwet (2002), Kappa statistic is not satisfactory for assessing the extent of agreement between raters.
PARADOX = [[118, 5], [2, 0]]


def test_raw_agreement_of_gwets_four_raters() -> None:
    assert raw_agreement(units(KRIPPENDORFF)) == pytest.approx(0.81818, abs=5e-6)


def test_krippendorffs_nominal_example() -> None:
    assert krippendorff_alpha(units(KRIPPENDORFF)) == pytest.approx(0.743, abs=5e-4)


def test_krippendorffs_ordinal_example() -> None:
    assert krippendorff_alpha(units(KRIPPENDORFF), "ordinal") == pytest.approx(0.815, abs=5e-4)


def test_gwets_four_raters() -> None:
    assert gwet_ac1(units(KRIPPENDORFF), categories=5) == pytest.approx(0.77544, abs=5e-6)


@pytest.mark.parametrize(
    ("table", "kappa", "ac1"), [(ABSTRACTORS, 0.7964094, 0.8493305), (PARADOX, -0.0234, 0.9408)], ids=["2014", "2002"]
)
def test_gwets_two_raters(table: list[list[int]], kappa: float, ac1: float) -> None:
    found = pairs(table)
    both = units(pair for pair, count in found.items() for _ in range(count))
    assert cohen_kappa(found) == pytest.approx(kappa, abs=5e-5)
    assert gwet_ac1(both, categories=len(table)) == pytest.approx(ac1, abs=5e-5)


@pytest.mark.parametrize(("rows", "kappa"), [(FLEISS, 0.430), (FOURTEEN, 0.210)], ids=["Fleiss 1971", "Wikipedia"])
def test_fleiss_examples(rows: list[list[int]], kappa: float) -> None:
    assert fleiss_kappa(units_of_counts(rows)) == pytest.approx(kappa, abs=5e-4)


@pytest.mark.parametrize(
    ("table", "kappa"), [(COHEN, (0.29 - 0.35) / 0.65), (COHEN_WEIGHTED, 0.492)], ids=["Cohen 1960", "Cohen 1968"]
)
def test_cohens_examples(table: list[list[int]], kappa: float) -> None:
    assert cohen_kappa(pairs(table)) == pytest.approx(kappa, abs=5e-4)


def nltk_alpha(rows: Iterable[Iterable[int | None]], distance: Callable[[int, int], float]) -> float:
    data = [
        (str(rater), str(item), rating)
        for item, row in enumerate(rows)
        for rater, rating in enumerate(row)
        if rating is not None
    ]
    return float(AnnotationTask(data, distance=distance).alpha())


def ordinal_distance(rows: Iterable[Iterable[int | None]]) -> Callable[[int, int], float]:
    """Krippendorff's ordinal metric, written from its formula: the ratings from one rank to the other, ends by half."""
    given = Counter(
        rating
        for row in ([rating for rating in row if rating is not None] for row in rows)
        for rating in row
        if len(row) > 1
    )

    def distance(one: int, other: int) -> float:
        low, high = sorted((one, other))
        return (sum(given[rank] for rank in range(low, high + 1)) - (given[low] + given[high]) / 2) ** 2

    return distance


def kripp_rows(seed: int, missing: float, raters: int = 4, categories: int = 5) -> list[list[int | None]]:
    """Ratings that lean towards a truth, some of them missing."""
    random_ = random.Random(seed)
    rows: list[list[int | None]] = []
    for _ in range(40):
        truth = random_.randrange(categories)
        rows.append(
            [
                None
                if random_.random() < missing
                else truth
                if random_.random() < 0.6
                else random_.randrange(categories)
                for _ in range(raters)
            ]
        )
    return rows


SEEDS = range(8)


@pytest.mark.parametrize("missing", [0.0, 0.3, 0.6])
@pytest.mark.parametrize("seed", SEEDS)
def test_alpha_is_what_nltk_says(seed: int, missing: float) -> None:
    rows = kripp_rows(seed, missing)
    paired = [row for row in rows if sum(rating is not None for rating in row) > 1]  # a lone rating says nothing
    nominal = nltk_alpha(paired, lambda one, other: float(one != other))
    assert krippendorff_alpha(units(rows)) == pytest.approx(nominal, abs=EXACT)
    ordinal = nltk_alpha(paired, ordinal_distance(paired))
    assert krippendorff_alpha(units(rows), "ordinal") == pytest.approx(ordinal, abs=EXACT)


@pytest.mark.parametrize("seed", SEEDS)
def test_fleiss_is_what_statsmodels_says(seed: int) -> None:
    rows = kripp_rows(seed, missing=0)
    table, _ = aggregate_raters(rows)
    assert fleiss_kappa(units(rows)) == pytest.approx(peer_fleiss(table, method="fleiss"), abs=EXACT)


@pytest.mark.parametrize("seed", SEEDS)
def test_cohen_is_what_scikit_learn_says(seed: int) -> None:
    rows = [row for row in kripp_rows(seed, missing=0.3, raters=2) if None not in row]
    one, other = zip(*rows, strict=True)
    found = Counter(zip(one, other, strict=True))
    assert cohen_kappa(found) == pytest.approx(cohen_kappa_score(one, other), abs=EXACT)
    weighted = cohen_kappa_score(one, other, labels=range(5), weights="quadratic")
    assert cohen_kappa(found, "ordinal") == pytest.approx(weighted, abs=EXACT)


def plain_ac1(rows: Sequence[Sequence[int | None]]) -> float:
    """AC1 from the formulas of Gwet (2014), 5.2, row by row: no library in Python has it under a free licence."""
    rated = [[rating for rating in row if rating is not None] for row in rows]
    rated = [row for row in rated if row]
    used = {rating for row in rated for rating in row}
    several = [row for row in rated if len(row) > 1]
    agreement = sum(
        sum(row.count(k) * (row.count(k) - 1) for k in used) / (len(row) * (len(row) - 1)) for row in several
    ) / len(several)
    prevalence = [sum(row.count(k) / len(row) for row in rated) / len(rated) for k in used]
    chance = sum(share * (1 - share) for share in prevalence) / (len(used) - 1)
    return (agreement - chance) / (1 - chance)


@pytest.mark.parametrize("seed", SEEDS)
def test_ac1_is_what_its_formula_says(seed: int) -> None:
    rows = kripp_rows(seed, missing=0.4)
    assert gwet_ac1(units(rows), categories=5) == pytest.approx(plain_ac1(rows), abs=EXACT)


@given(st.lists(st.lists(st.none() | st.integers(0, 3), min_size=2, max_size=4), min_size=1, max_size=12))
def test_no_ratings_break_a_coefficient(rows: list[list[int | None]]) -> None:
    found = units(rows)
    for coefficient in (raw_agreement, krippendorff_alpha, lambda units: gwet_ac1(units, 4)):
        with suppress(Undefined):
            value = coefficient(found)
            assert math.isfinite(value)
            assert value <= 1 + 1e-12


@given(st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=2, max_size=12))
def test_agreement_is_complete_exactly_where_all_units_agree(rows: list[list[int]]) -> None:
    all_agree = all(len(set(row)) == 1 for row in rows)
    assert (raw_agreement(units(rows)) == 1) == all_agree
    if len({rating for row in rows for rating in row}) > 1:
        assert (abs(krippendorff_alpha(units(rows)) - 1) < EXACT) == all_agree
        assert (abs(fleiss_kappa(units(rows)) - 1) < EXACT) == all_agree


@pytest.mark.parametrize(
    "call",
    [
        lambda: raw_agreement(units([[1], [2]])),
        lambda: krippendorff_alpha(units([[1, 1], [1, 1]])),
        lambda: fleiss_kappa(units([[1, 1], [1, 1]])),
        lambda: gwet_ac1(units([[1, 1], [1, 1]]), categories=1),
        lambda: cohen_kappa({(1, 1): 9}),
        lambda: cohen_kappa({}),
    ],
)
def test_what_has_no_value_is_refused(call: Callable[[], float]) -> None:
    with pytest.raises(Undefined):
        call()


def test_fleiss_wants_the_same_number_of_ratings_everywhere() -> None:
    with pytest.raises(ValueError, match="same number"):
        fleiss_kappa(units([[1, 2], [1, 2, 2]]))


def test_an_interval_holds_the_value_and_is_the_same_every_time() -> None:
    found = units(kripp_rows(1, missing=0.2))
    low, high = interval(resamples(found), krippendorff_alpha) or (math.nan, math.nan)
    assert low < krippendorff_alpha(found) < high
    assert (low, high) == interval(resamples(Counter(dict(reversed(found.items())))), krippendorff_alpha)


def test_an_interval_is_as_wide_as_theory_says() -> None:
    """The mean of n draws of 0 and 1 with equal chances has a standard error of 0.5 / √n."""
    found = Counter({(0, 0): 200, (0, 1): 200})
    low, high = interval(resamples(found), raw_agreement) or (math.nan, math.nan)
    assert high - low == pytest.approx(2 * 1.96 * 0.5 / 20, rel=0.1)


def test_no_interval_where_too_few_resamples_have_a_value() -> None:
    found = Counter({(0, 0): 5, (1, 1): 1})  # a third of the resamples never draws the last one
    assert interval(resamples(found), krippendorff_alpha) is None


def ratings(rows: Iterable[Mapping[str, int]]) -> Ratings:
    return Ratings("verdict", "nominal", ("endorse", "object"), tuple(rows), 0)


def coefficient(found: Agreement, name: str) -> Any:
    return next(each for each in found.coefficients if each.name == name)


def test_too_few_tickets_are_refused_with_the_reason() -> None:
    found = measure(ratings([{"ops": 0, "nav": 1}] * (MINIMUM - 1) + [{"ops": 1}] * 9))
    assert {each.value for each in found.coefficients} == {None}
    assert {each.reason for each in found.coefficients} == {"only 4 tickets have two ratings, 5 are needed"}
    assert found.pairs[0].reason == "only 4 tickets have a rating of both, 5 are needed"


def test_ratings_that_do_not_vary_are_refused_with_the_reason() -> None:
    found = measure(ratings([{"ops": 0, "nav": 0}] * 9))
    assert coefficient(found, "raw agreement").value == 1
    for name in ("Fleiss' kappa", "Gwet's AC1", "Krippendorff's alpha"):
        assert (coefficient(found, name).value, coefficient(found, name).reason) == (None, "all ratings are the same")


def test_fleiss_takes_the_tickets_with_the_usual_number_of_ratings() -> None:
    three = [{"ops": 0, "nav": 1, "pay": 0}, {"ops": 1, "nav": 1, "pay": 1}] * 4
    found = measure(ratings([*three, {"ops": 0, "nav": 1}, {"ops": 1}]))
    assert (coefficient(found, "Fleiss' kappa").n, found.alpha.n) == (8, 9)
    assert coefficient(found, "Fleiss' kappa").value == pytest.approx(fleiss_kappa(units(map(dict.values, three))))


@pytest.fixture(scope="module")
def corpus_scales() -> tuple[Ratings, ...]:
    if not CORPUS.exists():
        pytest.skip("the corpus of finding tickets is not here")
    return scales(read_corpus([str(CORPUS)], choose_settings(None, True)).loaded.corpus)


def rows_of(ratings: Ratings) -> list[list[int | None]]:
    raters = sorted({rater for unit in ratings.units for rater in unit})
    return [[unit.get(rater) for rater in raters] for unit in ratings.units]


def test_the_corpus_agrees_as_far_as_the_libraries_say(corpus_scales: tuple[Ratings, ...]) -> None:
    for scale in corpus_scales:
        found = measure(scale)
        rows = [row for row in rows_of(scale) if sum(rating is not None for rating in row) > 1]
        distance = (lambda one, other: float(one != other)) if scale.metric == "nominal" else ordinal_distance(rows)
        alpha = found.alpha
        assert alpha.value == pytest.approx(nltk_alpha(rows, distance), abs=EXACT)
        assert alpha.low < alpha.value < alpha.high
        for pair in found.pairs:
            both = [
                (unit[pair.raters[0]], unit[pair.raters[1]]) for unit in scale.units if unit.keys() >= {*pair.raters}
            ]
            assert pair.n == len(both)
            if pair.kappa is not None:
                weights = None if scale.metric == "nominal" else "quadratic"
                labels = range(len(scale.categories))
                one, other = zip(*both, strict=True)
                peer = cohen_kappa_score(one, other, labels=labels, weights=weights)
                assert pair.kappa == pytest.approx(peer, abs=EXACT)
    verdicts = corpus_scales[0]
    full = [
        row for row in ([rating for rating in row if rating is not None] for row in rows_of(verdicts)) if len(row) == 3
    ]
    table, _ = aggregate_raters(full)
    found = measure(verdicts)
    assert coefficient(found, "Fleiss' kappa").value == pytest.approx(peer_fleiss(table), abs=EXACT)
    assert coefficient(found, "Gwet's AC1").value == pytest.approx(plain_ac1(rows_of(verdicts)), abs=EXACT)
