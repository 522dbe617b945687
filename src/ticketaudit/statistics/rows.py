"""One ticket in a row: what its author said, what its reviewers said, what it came to, what is still open."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from ticketaudit.corpus import Corpus
from ticketaudit.rule import Rule
from ticketaudit.rules import missing_sign_off, status_conflict, unanswered_objection
from ticketaudit.statistics.counts import Breakdown
from ticketaudit.statistics.ratings import disciplines, last_reviews
from ticketaudit.statistics.values import Values, natural
from ticketaudit.ticket import Disposition, Ticket, Verdict

#: What tells tickets apart even where several have one id, or none: path and line.
Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Consensus:
    """How the reviewers of a ticket stand together; the last review of each counts.

    ``unanimous``: all ``of`` them, two at least, say ``verdict``. ``majority``: more than half do.
    Where no verdict has more than half it is ``split`` if they contradict each other, else ``mixed``
    (an endorsement and an abstention, say). ``single``: there is only one reviewer. ``contradicted``:
    whatever the majority, one objects to what another endorses or refines.
    """

    kind: Literal["unanimous", "majority", "split", "mixed", "single"]
    verdict: Verdict | None
    votes: int
    of: int
    contradicted: bool = False


@dataclass(frozen=True, slots=True)
class Rated:
    """The severity that a ticket began with and the one that it ends with, as the batch shows them (`values`).

    ``original`` is the one that a resolution says it had before, else the metadata's. ``final`` is
    what investigation or resolution conclude (the most severe where they name several), else the
    metadata's; ``concluded`` and ``line`` tell which. The ranks are their steps on the scale, None where
    they are not on it.
    """

    original: str | None
    final: str | None
    concluded: bool
    line: int | None
    original_rank: int | None
    final_rank: int | None

    @property
    def steps(self) -> int | None:
        """The steps between the two, more than 0 for a downgrade; None where one is not on the scale."""
        if self.original_rank is None or self.final_rank is None:
            return None
        return self.final_rank - self.original_rank


@dataclass(frozen=True, slots=True)
class Gates:
    """What is still open: boxes neither checked nor crossed out, objections without an answer, the sign-off.

    ``sign_off`` says that a closed ticket lacks one.
    """

    boxes: int
    objections: int
    sign_off: bool

    @property
    def open(self) -> int:
        """How many things are open."""
        return self.boxes + self.objections + self.sign_off


@dataclass(frozen=True, slots=True)
class Row:
    """One ticket.

    ``values`` are what it is counted by: those of `values.Values.of`. ``verdicts`` holds only those that
    occur; ``concluded`` are the severities finally concluded; ``consensus`` is None where nobody reviewed
    the ticket. ``conflict``: its status, its resolution and its folder contradict each other.
    """

    ticket: Ticket
    values: Mapping[str, tuple[str | None, ...]]
    verdicts: tuple[tuple[Verdict, int], ...]
    consensus: Consensus | None
    concluded: tuple[str, ...]
    rated: Rated
    disposition: Disposition | None
    gates: Gates
    conflict: bool
    diagnostics: int


@dataclass(frozen=True, slots=True)
class Group:
    """The tickets that have one value of an attribute; ``value`` is None for those that have none."""

    value: str | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """The tickets by an attribute; one that has several values is in several groups."""

    name: str
    groups: tuple[Group, ...]


def place(ticket: Ticket) -> Place:
    """What tells a ticket apart."""
    return (ticket.path, ticket.line)


def rows(corpus: Corpus, values: Values, diagnostics: Mapping[Place, int]) -> tuple[Row, ...]:
    """A row per ticket, the most severe first, then by their names as people count."""
    objections = Counter(_found(unanswered_objection.RULE, corpus))
    unsigned = set(_found(missing_sign_off.RULE, corpus))
    conflicts = set(_found(status_conflict.RULE, corpus))
    names = disciplines(corpus)
    severities = values.labels["severity"]

    def row(ticket: Ticket) -> Row:
        tally = Counter(review.verdict for review in ticket.reviews)
        resolution = ticket.resolution
        where = place(ticket)
        return Row(
            ticket=ticket,
            values=values.of(ticket),
            verdicts=tuple((verdict, tally[verdict]) for verdict in get_args(Verdict) if tally[verdict]),
            consensus=consensus(ticket, names),
            concluded=tuple(dict.fromkeys(severities[each] for each in resolution.severity)) if resolution else (),
            rated=rated(ticket, values),
            disposition=resolution.disposition if resolution else None,
            gates=Gates(len(ticket.open_boxes), objections[where], where in unsigned),
            conflict=where in conflicts,
            diagnostics=diagnostics.get(where, 0),
        )

    def key(row: Row) -> tuple[object, ...]:
        ticket = row.ticket
        return (values.place(ticket.severity), natural(ticket.name), *place(ticket))

    return tuple(sorted(map(row, corpus.tickets), key=key))


def grouped(rows: Sequence[Row], by: Breakdown) -> Groups:
    """Rows by the values of an attribute, the groups in the order of its counts, the rows in theirs."""
    groups: defaultdict[str | None, list[Row]] = defaultdict(list)
    for row in rows:
        for value in row.values[by.name]:
            groups[value].append(row)
    return Groups(by.name, tuple(Group(count.value, tuple(groups[count.value])) for count in by.counts))


def consensus(ticket: Ticket, names: Mapping[str, str]) -> Consensus | None:
    """How the reviewers of a ticket stand together; a review without a name is a reviewer of its own.

    ``names`` are those of `ratings.disciplines`.
    """
    votes = [review.verdict for review in last_reviews(ticket, names).values()]
    votes += [review.verdict for review in ticket.reviews if not review.reviewer]
    if not votes:
        return None
    verdict, most = max(Counter(votes).items(), key=lambda item: item[1])
    contradicted = "object" in votes and not {"endorse", "refine"}.isdisjoint(votes)
    if len(votes) == 1:
        return Consensus("single", verdict, 1, 1)
    if most == len(votes):
        return Consensus("unanimous", verdict, most, most)
    if 2 * most > len(votes):
        return Consensus("majority", verdict, most, len(votes), contradicted)
    return Consensus("split" if contradicted else "mixed", None, most, len(votes), contradicted)


def rated(ticket: Ticket, values: Values) -> Rated:
    """What became of a ticket's severity."""
    resolution = ticket.resolution
    concluded = min(resolution.severity if resolution else (), key=values.place, default=None)
    original = (resolution.severity_before if resolution else None) or ticket.severity
    final = concluded or ticket.severity
    line = (resolution.severity_line or resolution.line) if resolution and concluded else None
    return Rated(
        original=values.severity(original),
        final=values.severity(final),
        concluded=concluded is not None,
        line=line,
        original_rank=values.ranks[original],
        final_rank=values.ranks[final],
    )


def _found(rule: Rule, corpus: Corpus) -> list[Place]:
    """Where a rule finds something, whether or not it was selected: what is open is open."""
    return [place(ticket) for ticket, _ in rule.check(corpus, rule.options())]
