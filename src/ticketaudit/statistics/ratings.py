"""What counts as a rating, and how far the raters of a batch agree.

A *rater* is a discipline: "DRL Specialist" and "drl-expert" are one (`Vocabulary.discipline`). A *unit*
is a ticket. Where a discipline reviewed a ticket more than once its last review counts, since that is
what it came to. A review without a name is nobody's rating.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import get_args

from ticketaudit.corpus import Corpus
from ticketaudit.statistics import agreement
from ticketaudit.statistics.agreement import Metric, Undefined, Unit, Units
from ticketaudit.statistics.bootstrap import interval, resamples
from ticketaudit.ticket import Review, Ticket, Verdict
from ticketaudit.vocabulary import Vocabulary

#: Below so many tickets a coefficient would be a number without a meaning.
MINIMUM = 5

#: What the coefficient is called that stands for a scale where there is room for one.
ALPHA = "Krippendorff's alpha"
#: The verdicts that are ratings; what the vocabulary does not know is none.
VERDICTS = tuple(verdict for verdict in get_args(Verdict) if verdict != "other")


@dataclass(frozen=True, slots=True)
class Ratings:
    """The ratings of tickets by raters on one scale.

    ``units`` holds for every ticket with a rating the category of each rater's, as an index into
    ``categories``. ``left_out`` counts the reviews that give none: without a reviewer's name, followed
    by a later one of the same discipline, or without a value on this scale.
    """

    name: str
    metric: Metric
    categories: tuple[str, ...]
    units: tuple[Mapping[str, int], ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A coefficient of agreement with its 95% interval, and ``n``, the tickets that it rests on.

    ``value`` is None where it was refused, for the ``reason``; ``low`` and ``high`` also where too few
    resamples have a value.
    """

    name: str
    n: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two raters, and Cohen's kappa of the ``n`` tickets that both rated; ``raw`` is the share they agree on."""

    raters: tuple[str, str]
    n: int
    raw: float | None
    kappa: float | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far raters agree on one scale.

    ``tickets`` have at least one rating; ``ratings`` is the number of all. ``raters`` come in
    alphabetical order, and ``pairs``, those that have rated a ticket both, in that of their raters.
    """

    ratings: int
    tickets: int
    scale: Ratings
    raters: tuple[str, ...]
    coefficients: tuple[Coefficient, ...]
    pairs: tuple[Pair, ...]

    @property
    def alpha(self) -> Coefficient:
        """Krippendorff's alpha, the one that every scale has and missing ratings do not bend."""
        return next(found for found in self.coefficients if found.name == ALPHA)


def scales(corpus: Corpus) -> tuple[Ratings, ...]:
    """The ratings of a batch.

    - ``verdict``, nominal: endorse, refine, neutral or object.
    - ``severity``, ordinal: the severity that a review says the ticket should have. One that names two
      gives none.
    - ``severity, implied``: the same, and where a review that endorses names none, the ticket's own
      severity, which it lets stand.
    """
    vocabulary = corpus.vocabulary
    steps = severity_steps(vocabulary)

    def named(review: Review, ticket: Ticket) -> int | None:
        ranks = {vocabulary.severity_rank(severity) for severity in review.severity}
        return ranks.pop() if len(ranks) == 1 else None

    def implied(review: Review, ticket: Ticket) -> int | None:
        if review.severity or review.verdict != "endorse":
            return named(review, ticket)
        return vocabulary.severity_rank(ticket.severity) if ticket.severity else None

    def verdict(review: Review, ticket: Ticket) -> int | None:
        return VERDICTS.index(review.verdict) if review.verdict in VERDICTS else None

    return (
        _ratings("verdict", "nominal", VERDICTS, corpus, verdict),
        _ratings("severity", "ordinal", steps, corpus, named),
        _ratings("severity, implied", "ordinal", steps, corpus, implied),
    )


def severity_steps(vocabulary: Vocabulary) -> tuple[str, ...]:
    """The first word of every step of the severity scale, the most severe first."""
    first: dict[int | None, str] = {}
    for word in vocabulary.severities:
        first.setdefault(vocabulary.severity_rank(word), word)
    return tuple(first.values())


def disciplines(corpus: Corpus) -> dict[str, str]:
    """The discipline of every reviewer who is named in a batch, by a name for people to read."""
    reviewers = dict.fromkeys(review.reviewer for ticket in corpus.tickets for review in ticket.reviews)
    shown: dict[str, str] = {}
    return {
        reviewer: shown.setdefault(corpus.vocabulary.discipline(reviewer), corpus.vocabulary.discipline_name(reviewer))
        for reviewer in reviewers
        if reviewer
    }


def last_reviews(ticket: Ticket, names: Mapping[str, str]) -> dict[str, Review]:
    """The last review of every discipline, by its name of `disciplines`; reviews without a name are left out."""
    return {names[review.reviewer]: review for review in ticket.reviews if review.reviewer}


def _ratings(
    name: str,
    metric: Metric,
    categories: tuple[str, ...],
    corpus: Corpus,
    rate: Callable[[Review, Ticket], int | None],
) -> Ratings:
    names = disciplines(corpus)
    units = []
    for ticket in corpus.tickets:
        rated = {rater: rate(review, ticket) for rater, review in last_reviews(ticket, names).items()}
        unit = {rater: rating for rater, rating in rated.items() if rating is not None}
        if unit:
            units.append(unit)
    reviews = sum(len(ticket.reviews) for ticket in corpus.tickets)
    return Ratings(name, metric, categories, tuple(units), reviews - sum(map(len, units)))


def measure(ratings: Ratings) -> Agreement:
    """Every coefficient that suits the scale, each with its interval or the reason why there is none."""
    raters = sorted({rater for unit in ratings.units for rater in unit})
    return Agreement(
        ratings=sum(map(len, ratings.units)),
        tickets=len(ratings.units),
        scale=ratings,
        raters=tuple(raters),
        coefficients=tuple(_coefficients(ratings)),
        pairs=tuple(_pairs(ratings)),
    )


def _coefficients(ratings: Ratings) -> Iterable[Coefficient]:
    units = Counter(tuple(sorted(unit.values())) for unit in ratings.units)
    samples = resamples(units)
    yield _coefficient("raw agreement", units, samples, agreement.raw_agreement)
    if ratings.metric == "nominal":
        used = len({rating for unit in units for rating in unit})
        size = _usual_size(units)
        equal = _of_size(units, size)
        equal_samples = [_of_size(sample, size) for sample in samples]
        yield _coefficient("Fleiss' kappa", equal, equal_samples, agreement.fleiss_kappa)
        yield _coefficient("Gwet's AC1", units, samples, partial(agreement.gwet_ac1, categories=used))
    alpha = partial(agreement.krippendorff_alpha, metric=ratings.metric)
    yield _coefficient(ALPHA, units, samples, alpha)


def _coefficient(
    name: str, units: Units, samples: Sequence[Units], coefficient: Callable[[Units], float]
) -> Coefficient:
    n = sum(count for unit, count in units.items() if len(unit) > 1)
    if n < MINIMUM:
        return Coefficient(name, n, reason=_too_few(n, "two ratings"))
    try:
        value = coefficient(units)
    except Undefined as undefined:
        return Coefficient(name, n, reason=str(undefined))
    low, high = interval(samples, coefficient) or (None, None)
    return Coefficient(name, n, value, low, high)


def _usual_size(units: Units) -> int:
    """The number of ratings that most tickets with several have: Fleiss' kappa wants the same for all."""
    sizes: Counter[int] = Counter()
    for unit, count in units.items():
        if len(unit) > 1:
            sizes[len(unit)] += count
    return max(sizes, key=lambda size: (sizes[size], size), default=0)


def _of_size(units: Units, size: int) -> dict[Unit, int]:
    return {unit: count for unit, count in units.items() if len(unit) == size}


def _pairs(ratings: Ratings) -> Iterator[Pair]:
    found: defaultdict[tuple[str, str], Counter[tuple[int, int]]] = defaultdict(Counter)
    for unit in ratings.units:
        for one, other in combinations(sorted(unit), 2):
            found[one, other][unit[one], unit[other]] += 1
    return (_pair(raters, found[raters], ratings.metric) for raters in sorted(found))


def _pair(raters: tuple[str, str], pairs: Counter[tuple[int, int]], metric: Metric) -> Pair:
    n = pairs.total()
    if n < MINIMUM:
        return Pair(raters, n, None, None, _too_few(n, "a rating of both"))
    raw = sum(count for (first, second), count in pairs.items() if first == second) / n
    try:
        return Pair(raters, n, raw, agreement.cohen_kappa(pairs, metric), None)
    except Undefined as undefined:
        return Pair(raters, n, raw, None, str(undefined))


def _too_few(n: int, what: str) -> str:
    have = "no ticket has" if not n else "only 1 ticket has" if n == 1 else f"only {n} tickets have"
    return f"{have} {what}, {MINIMUM} are needed"
