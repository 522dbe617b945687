"""How good the reviewers' judgement was, seen from how the tickets ended."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from ticketaudit.corpus import Corpus
from ticketaudit.rules import endorsed_but_refuted
from ticketaudit.statistics.ratings import disciplines, last_reviews
from ticketaudit.statistics.rows import Rated, Row, place
from ticketaudit.ticket import Review, Verdict
from ticketaudit.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Rate:
    """``hits`` of ``n``."""

    hits: int
    n: int

    @property
    def share(self) -> float | None:
        """0 to 1; None of nothing."""
        return self.hits / self.n if self.n else None


@dataclass(frozen=True, slots=True)
class Reviewer:
    """A discipline and what became of its reviews.

    - ``verdicts``: all its reviews, by verdict; only those that occur.
    - ``refuted``: of its endorsements, those on tickets that were later found false (what the rule
      endorsed-but-refuted reports).
    - ``lone_right``: of its lone objections that the team settled, those that it was right with. Lone:
      at least one other discipline reviewed the ticket, and none of them objects.
    - ``evidence``: of all its reviews, those that show something that can be checked.
    - ``severity``: of its reviews that name one severity on tickets that conclude one, those that name the same.
    """

    name: str
    verdicts: tuple[tuple[Verdict, int], ...]
    refuted: Rate
    lone_right: Rate
    evidence: Rate
    severity: Rate

    @property
    def reviews(self) -> int:
        """How many reviews it gave."""
        return sum(count for _, count in self.verdicts)


def reviewers(corpus: Corpus, rows: Iterable[Row]) -> tuple[Reviewer, ...]:
    """Every discipline that reviewed something, the one with the most reviews first."""
    names = disciplines(corpus)
    rule = endorsed_but_refuted.RULE
    refuted = {(place(ticket), problem.line) for ticket, problem in rule.check(corpus, rule.options())}
    given: defaultdict[str, list[_Given]] = defaultdict(list)
    for row in rows:
        last = last_reviews(row.ticket, names)
        for review in row.ticket.reviews:
            if review.reviewer:
                name = names[review.reviewer]
                is_refuted = (place(row.ticket), review.line) in refuted
                given[name].append(_Given(row, review, _is_lone(name, review, last), is_refuted))
    found = [_reviewer(name, reviews, corpus.vocabulary) for name, reviews in given.items()]
    return tuple(sorted(found, key=lambda reviewer: (-reviewer.reviews, reviewer.name)))


@dataclass(frozen=True, slots=True)
class _Given:
    """A review, whether it was the only objection, and whether what it endorses was refuted later."""

    row: Row
    review: Review
    lone: bool
    refuted: bool


def _reviewer(name: str, given: Sequence[_Given], vocabulary: Vocabulary) -> Reviewer:
    verdicts = Counter(each.review.verdict for each in given)
    false = sum(each.review.verdict == "endorse" and each.refuted for each in given)
    lone = (objection_was_right(each.review, each.row, vocabulary) for each in given if each.lone)
    settled = [right for right in lone if right is not None]
    named = [same for each in given if (same := _names_the_same(each.review, each.row, vocabulary)) is not None]
    return Reviewer(
        name=name,
        verdicts=tuple((verdict, verdicts[verdict]) for verdict in get_args(Verdict) if verdicts[verdict]),
        refuted=Rate(false, verdicts["endorse"]),
        lone_right=Rate(sum(settled), len(settled)),
        evidence=Rate(sum(bool(each.review.evidence) for each in given), len(given)),
        severity=Rate(sum(named), len(named)),
    )


def _is_lone(name: str, review: Review, last: Mapping[str, Review]) -> bool:
    others = [other.verdict for discipline, other in last.items() if discipline != name]
    return last[name] is review and review.verdict == "object" and bool(others) and "object" not in others


def objection_was_right(objection: Review, row: Row, vocabulary: Vocabulary) -> bool | None:
    """Whether a ticket ended as an objection would have it; None where nothing settles that.

    Right: the premise was refuted; or the ticket was closed without a fix (won't fix, not a bug,
    duplicate, already fixed); or its severity was moved towards what the objection names. Wrong: none of
    these, and it was fixed.
    """
    if row.ticket.premise == "refuted" or row.disposition in ("wont-fix", "not-a-bug", "duplicate", "already-fixed"):
        return True
    if _moved_towards(objection, row.rated, vocabulary):
        return True
    return False if row.disposition == "fixed" else None


def _moved_towards(objection: Review, rated: Rated, vocabulary: Vocabulary) -> bool:
    before, steps = rated.original_rank, rated.steps
    if before is None or not steps:
        return False
    ranks = map(vocabulary.severity_rank, objection.severity)
    return any((rank - before) * steps > 0 for rank in ranks if rank is not None)


def _names_the_same(review: Review, row: Row, vocabulary: Vocabulary) -> bool | None:
    if not row.rated.concluded or len(review.severity) != 1:
        return None
    ranks = {row.rated.final_rank, vocabulary.severity_rank(review.severity[0])}
    return None if None in ranks else len(ranks) == 1
