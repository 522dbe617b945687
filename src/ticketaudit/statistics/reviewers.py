"""How good the reviewers' judgement was, seen from how the tickets ended."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import get_args

from ticketaudit.corpus import Corpus
from ticketaudit.rules import endorsed_but_refuted
from ticketaudit.statistics.ratings import last_reviews
from ticketaudit.statistics.rows import place, rated
from ticketaudit.ticket import Review, Ticket, Verdict
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


def reviewers(corpus: Corpus) -> tuple[Reviewer, ...]:
    """Every discipline that reviewed something, the one with the most reviews first."""
    given: defaultdict[str, list[tuple[Ticket, Review]]] = defaultdict(list)
    for ticket in corpus.tickets:
        for review in ticket.reviews:
            if review.reviewer:
                given[corpus.vocabulary.discipline(review.reviewer)].append((ticket, review))
    rule = endorsed_but_refuted.RULE
    refuted = {(place(ticket), problem.line) for ticket, problem in rule.check(corpus, rule.options())}
    found = [_reviewer(name, reviews, refuted, corpus.vocabulary) for name, reviews in given.items()]
    return tuple(sorted(found, key=lambda reviewer: (-reviewer.reviews, reviewer.name)))


def _reviewer(
    name: str,
    given: list[tuple[Ticket, Review]],
    refuted: set[tuple[tuple[str, int], int]],
    vocabulary: Vocabulary,
) -> Reviewer:
    verdicts = Counter(review.verdict for _, review in given)
    false = sum(review.verdict == "endorse" and (place(ticket), review.line) in refuted for ticket, review in given)
    settled = [
        right
        for ticket, review in given
        if _is_lone(name, review, ticket, vocabulary)
        and (right := objection_was_right(review, ticket, vocabulary)) is not None
    ]
    named = [same for ticket, review in given if (same := _names_the_same(review, ticket, vocabulary)) is not None]
    return Reviewer(
        name=name,
        verdicts=tuple((verdict, verdicts[verdict]) for verdict in get_args(Verdict) if verdicts[verdict]),
        refuted=Rate(false, verdicts["endorse"]),
        lone_right=Rate(sum(settled), len(settled)),
        evidence=Rate(sum(bool(review.evidence) for _, review in given), len(given)),
        severity=Rate(sum(named), len(named)),
    )


def _is_lone(name: str, review: Review, ticket: Ticket, vocabulary: Vocabulary) -> bool:
    last = last_reviews(ticket, vocabulary)
    others = [other.verdict for discipline, other in last.items() if discipline != name]
    return last[name] is review and review.verdict == "object" and bool(others) and "object" not in others


def objection_was_right(objection: Review, ticket: Ticket, vocabulary: Vocabulary) -> bool | None:
    """Whether a ticket ended as an objection would have it; None where nothing settles that.

    Right: the premise was refuted; or the ticket was closed without a fix (won't fix, not a bug,
    duplicate, already fixed); or its severity was moved towards what the objection names. Wrong: none of
    these, and it was fixed.
    """
    disposition = ticket.resolution.disposition if ticket.resolution else None
    if ticket.premise == "refuted" or disposition in ("wont-fix", "not-a-bug", "duplicate", "already-fixed"):
        return True
    if _moved_towards(objection, ticket, vocabulary):
        return True
    return False if disposition == "fixed" else None


def _moved_towards(objection: Review, ticket: Ticket, vocabulary: Vocabulary) -> bool:
    moved = rated(ticket, vocabulary)
    before = vocabulary.severity_rank(moved.original) if moved.original else None
    ranks = [vocabulary.severity_rank(severity) for severity in objection.severity]
    wanted = [rank - before for rank in ranks if rank is not None and before is not None]
    return bool(moved.steps) and any(steps * (moved.steps or 0) > 0 for steps in wanted)


def _names_the_same(review: Review, ticket: Ticket, vocabulary: Vocabulary) -> bool | None:
    moved = rated(ticket, vocabulary)
    if not moved.concluded or not moved.final or len(review.severity) != 1:
        return None
    ranks = {vocabulary.severity_rank(severity) for severity in (moved.final, review.severity[0])}
    return None if None in ranks else len(ranks) == 1
