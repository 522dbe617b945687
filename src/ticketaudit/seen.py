"""What a team's tickets show of its conventions: which words people wrote, and how often."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from ticketaudit.corpus import Corpus
from ticketaudit.rule import EachTicket, EachWithSource, Rule
from ticketaudit.rules import (
    missing_category,
    missing_evidence,
    missing_field,
    missing_fix_commit,
    missing_resolution,
    missing_reviewer,
    missing_section,
    missing_sign_off,
    missing_verification,
    unverified_premise,
)
from ticketaudit.scale import without_remark
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary
from ticketaudit.words import key

#: A symbol beside a value.
_DECORATION = re.compile(r"^\W+|\W+$")

#: What fewer tickets have in common says little about the next one.
ENOUGH: Final = 4


def _every(ticket: Ticket) -> bool:
    return True


def _closed(ticket: Ticket) -> bool:
    return ticket.state == "closed"


def _fixed(ticket: Ticket) -> bool:
    return ticket.resolution is not None and ticket.resolution.disposition == "fixed"


#: The rules that ask tickets for something, and which tickets those are.
_ASKING: Final[tuple[tuple[Rule, Callable[[Ticket], bool]], ...]] = (
    (missing_category.RULE, _every),
    (missing_evidence.RULE, _every),
    (missing_fix_commit.RULE, _fixed),
    (missing_resolution.RULE, _closed),
    (missing_sign_off.RULE, _closed),
    (missing_verification.RULE, _every),
    (unverified_premise.RULE, _every),
)

#: How often each word was seen, the most frequent first.
Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Seen:
    """What tickets hold. ``reviewers`` are the names that they sign with, by discipline, the most frequent first.

    ``folders`` are those that say how their tickets ended. ``fields`` and ``sections`` are what most tickets
    have, by what they mean, and ``expected`` the disciplines that review most of them. ``unanswered`` are the
    rules that ask for something that no ticket has.
    """

    tickets: int
    severities: Counts
    statuses: Counts
    reviewers: Mapping[str, Counts]
    folders: Counts
    fields: tuple[str, ...]
    sections: tuple[str, ...]
    expected: tuple[str, ...]
    unanswered: tuple[str, ...]


def seen_in(corpus: Corpus) -> Seen:
    """What the tickets of a corpus show."""
    vocabulary, tickets = corpus.vocabulary, corpus.tickets
    signed = (review.reviewer for ticket in tickets for review in ticket.reviews if review.reviewer)
    folders = (PurePath(ticket.path).parent.name for ticket in tickets if vocabulary.folder_disposition(ticket.path))
    expected = {vocabulary.discipline_name(name) for name in missing_reviewer.usual_reviewers(corpus).values()}
    reviewers = _by_discipline(_frequent_first(Counter(signed)), vocabulary)
    return Seen(
        tickets=len(tickets),
        severities=_words(ticket.severity for ticket in tickets if not vocabulary.nothing(ticket.severity or "")),
        statuses=_words(ticket.status for ticket in tickets),
        reviewers=reviewers,
        folders=_frequent_first(Counter(folders)),
        fields=missing_field.usual_fields(corpus),
        sections=missing_section.usual_sections(corpus),
        expected=tuple(name for name in reviewers if name in expected),
        unanswered=tuple(_unanswered(corpus)),
    )


def _unanswered(corpus: Corpus) -> Iterator[str]:
    """The rules that find something in every ticket that they ask, where those are enough to tell."""
    for rule, is_asked in _ASKING:
        asked = [ticket for ticket in corpus.tickets if is_asked(ticket) and not ticket.is_row]
        if len(asked) >= ENOUGH and all(_has_problem(rule, ticket, corpus.vocabulary) for ticket in asked):
            yield rule.name


def _has_problem(rule: Rule, ticket: Ticket, vocabulary: Vocabulary) -> bool:
    check = rule.check
    return isinstance(check, EachTicket | EachWithSource) and any(
        check.problems(ticket, rule.options(), vocabulary, None)
    )


def _by_discipline(names: Counts, vocabulary: Vocabulary) -> Mapping[str, Counts]:
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for name, count in names.items():
        found[vocabulary.discipline(name)][name] = count
    named = {vocabulary.discipline_name(next(iter(spellings))): spellings for spellings in found.values()}
    return dict(sorted(named.items(), key=lambda item: -sum(item[1].values())))


def _words(values: Iterable[str | None]) -> Counts:
    """The values without remarks and decoration, each in its most frequent spelling."""
    spellings = Counter(_DECORATION.sub("", without_remark(value)) or value for value in values if value)
    names: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for name, count in _frequent_first(spellings).items():
        counts[names.setdefault(key(name), name)] += count
    return _frequent_first(counts)


def _frequent_first(counts: Counts) -> Counts:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
