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
from collections.abc import Iterator, Mapping
from typing import Annotated

import msgspec

from ticketaudit.corpus import Corpus
from ticketaudit.rule import Level, Problem, Rule
from ticketaudit.rules._phrases import heading_line, listed
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary


class Options(msgspec.Struct, frozen=True):
    """Options of missing-reviewer."""

    expected: Annotated[
        tuple[str, ...], "The disciplines that review every ticket but their own; none: those that review most."
    ] = ()


def check(corpus: Corpus, options: Options) -> Iterator[tuple[Ticket, Problem]]:
    """At most one problem per ticket, at its reviews."""
    vocabulary = corpus.vocabulary
    named = {vocabulary.discipline(name): name for name in options.expected}
    expected = named or usual_reviewers(corpus)
    for ticket in corpus.tickets:
        present = {*_reviewing(ticket, vocabulary), _author(ticket, vocabulary)}
        missing = sorted(name for discipline, name in expected.items() if discipline not in present)
        unnamed = sum(review.reviewer is None for review in ticket.reviews)
        if len(missing) > unnamed:
            yield ticket, _problem(ticket, missing)


def _problem(ticket: Ticket, missing: list[str]) -> Problem:
    message = f"not reviewed by {listed(f'`{name}`' for name in missing)}"
    line = next((section.line for section in ticket.sections if section.role == "review"), heading_line(ticket))
    untouched = not ticket.reviews and ticket.state != "closed"
    return Problem(line, message, level=Level.NOTE if untouched else None)


def usual_reviewers(corpus: Corpus) -> Mapping[str, str]:
    """The disciplines that reviewed more than half of the tickets of others, with their most usual spelling."""
    spellings: dict[str, Counter[str]] = {}
    reviewed: Counter[str] = Counter()
    reported = Counter(_author(ticket, corpus.vocabulary) for ticket in corpus.tickets)
    for ticket in corpus.tickets:
        reviewed.update(_reviewing(ticket, corpus.vocabulary).keys() - {_author(ticket, corpus.vocabulary)})
        for discipline, names in _reviewing(ticket, corpus.vocabulary).items():
            spellings.setdefault(discipline, Counter()).update(names)
    return {
        discipline: min(spellings[discipline], key=lambda name: (-spellings[discipline][name], name))
        for discipline, count in reviewed.items()
        if 2 * count > len(corpus.tickets) - reported[discipline]
    }


def _reviewing(ticket: Ticket, vocabulary: Vocabulary) -> dict[str, list[str]]:
    """The disciplines that reviewed a ticket, with the names that they signed with."""
    found: dict[str, list[str]] = {}
    for review in ticket.reviews:
        if review.reviewer:
            found.setdefault(vocabulary.discipline(review.reviewer), []).append(review.reviewer)
    return found


def _author(ticket: Ticket, vocabulary: Vocabulary) -> str | None:
    return vocabulary.discipline(ticket.agent) if ticket.agent else None


RULE = Rule("missing-reviewer", family="review", level=Level.WARNING, options=Options, check=check, manual=__doc__)
