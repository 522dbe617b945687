"""A discipline that reviews most tickets has not reviewed this one.

A finding is looked at from several sides because each discipline misses something else. Where one is absent,
the tally looks like agreement, and what that discipline would have said is not in it.

Who is expected is read off the corpus: a discipline that has reviewed more than half of the tickets that
others reported. A discipline is not expected to review its own findings. A team that knows better names the
disciplines in `expected`; then the corpus is not asked.

A reviewer without a name may be any of those who are missing, so as many are left out of account. Where
nobody has reviewed an open ticket yet, this is a note: somebody still will.

Reads the whole corpus, so name all tickets, or give the rest of them with `--corpus`.

## Bad

With `expected: [navigation, payments, operations]`:

~~~~markdown
# Finding Ticket: Fuel gauge counts in gallons

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-16` |
| **Status** | `open` |
| **Agent** | `operations` |

## Cross-Review

| Reviewer | Verdict | Evaluation |
|----------|---------|------------|
| `navigation` | **ENDORSE** | `bunker.py:12` says gal. |
~~~~

~~~~yaml
expected: [navigation, payments, operations]
~~~~

~~~~text
ticket.md:9:1: warning: not reviewed by `payments` [missing-reviewer]
~~~~

## Good

~~~~markdown
# Finding Ticket: Fuel gauge counts in gallons

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-16` |
| **Status** | `open` |
| **Agent** | `operations` |

## Cross-Review

| Reviewer | Verdict | Evaluation |
|----------|---------|------------|
| `navigation` | **ENDORSE** | `bunker.py:12` says gal. |
| `payments` | **NEUTRAL** | The bill is in litres, so it cost nothing. |
~~~~

~~~~yaml
expected: [navigation, payments, operations]
~~~~
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated

import msgspec

from ticketaudit.corpus import Corpus
from ticketaudit.rule import Comparison, Facts, Known, Level, Noted, Problem, Rule
from ticketaudit.rules._phrases import heading_line, listed
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary


class Options(msgspec.Struct, frozen=True):
    """Options of missing-reviewer."""

    expected: Annotated[
        tuple[str, ...], "The disciplines that review every ticket but their own; none: those that review most."
    ] = ()


class Reviewed(Facts, frozen=True):
    """Who reviewed a ticket: disciplines, each with the names that it signed with, and how many gave no name.

    ``author`` is the discipline that wrote it; ``missing`` are those of the expected ones that are not there.
    """

    author: str | None
    reviewers: tuple[tuple[str, tuple[str, ...]], ...]
    unnamed: int
    missing: tuple[str, ...]


def note(ticket: Ticket, options: Options, vocabulary: Vocabulary) -> tuple[Facts, tuple[Problem, ...]] | None:
    """Who reviewed the ticket, and where its reviews stand."""
    line = next((section.line for section in ticket.sections if section.role == "review"), heading_line(ticket))
    untouched = not ticket.reviews and ticket.state != "closed"
    return _reviewed(ticket, vocabulary, options.expected), (
        Problem(line, "", level=Level.NOTE if untouched else None),
    )


def _reviewed(ticket: Ticket, vocabulary: Vocabulary, expected: Sequence[str] = ()) -> Reviewed:
    author = vocabulary.discipline(ticket.agent) if ticket.agent else None
    reviewers: dict[str, tuple[str, ...]] = {}
    for review in ticket.reviews:
        if review.reviewer:
            discipline = vocabulary.discipline(review.reviewer)
            reviewers[discipline] = (*reviewers.get(discipline, ()), review.reviewer)
    missing = _missing({vocabulary.discipline(name): name for name in expected}, author, reviewers)
    unnamed = sum(review.reviewer is None for review in ticket.reviews)
    return Reviewed(author, tuple(reviewers.items()), unnamed, tuple(missing))


def judge(noted: Sequence[Noted], known: Known, options: Options) -> Iterator[tuple[Noted, int, str]]:
    """At most one problem per ticket, at its reviews."""
    usual = {} if options.expected else _usual([ticket.facts for ticket in noted])
    for ticket in noted:
        facts: Reviewed = ticket.facts
        missing = facts.missing or _missing(usual, facts.author, dict(facts.reviewers))
        if len(missing) > facts.unnamed:
            yield ticket, 0, f"not reviewed by {listed(f'`{name}`' for name in missing)}"


def _missing(expected: Mapping[str, str], author: str | None, reviewers: Mapping[str, object]) -> Sequence[str]:
    return sorted(name for discipline, name in expected.items() if discipline not in {*reviewers, author})


def usual_reviewers(corpus: Corpus) -> Mapping[str, str]:
    """The disciplines that reviewed more than half of the tickets of others, with their most usual spelling."""
    return _usual([_reviewed(ticket, corpus.vocabulary) for ticket in corpus.tickets])


def _usual(tickets: Sequence[Reviewed]) -> Mapping[str, str]:
    """The disciplines that reviewed more than half of the tickets of others, with their most usual spelling."""
    spellings: dict[str, Counter[str]] = {}
    reviewed: Counter[str] = Counter()
    reported = Counter(ticket.author for ticket in tickets)
    for ticket in tickets:
        for discipline, names in ticket.reviewers:
            reviewed[discipline] += discipline != ticket.author
            spelled = spellings.setdefault(discipline, Counter())
            for name in names:
                spelled[name] += 1
    return {
        discipline: min(spellings[discipline], key=lambda name: (-spellings[discipline][name], name))
        for discipline, count in reviewed.items()
        if 2 * count > len(tickets) - reported[discipline]
    }


RULE = Rule(
    "missing-reviewer",
    family="review",
    level=Level.WARNING,
    options=Options,
    check=Comparison(Reviewed, note, judge),
    manual=__doc__,
)
