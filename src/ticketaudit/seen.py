"""What a team's tickets show of its conventions: which words people wrote, and how often."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from ticketaudit.corpus import Corpus
from ticketaudit.rules import missing_field, missing_reviewer, missing_section
from ticketaudit.scale import without_remark
from ticketaudit.vocabulary import Vocabulary
from ticketaudit.words import key

#: A symbol beside a value.
_DECORATION = re.compile(r"^\W+|\W+$")

#: How often each word was seen, the most frequent first.
Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Seen:
    """What tickets hold. ``reviewers`` are the names that they sign with, by discipline, the most frequent first.

    ``folders`` are those that say how their tickets ended. ``fields`` and ``sections`` are what most tickets
    have, by what they mean, and ``expected`` the disciplines that review most of them.
    """

    tickets: int
    severities: Counts
    statuses: Counts
    reviewers: Mapping[str, Counts]
    folders: Counts
    fields: tuple[str, ...]
    sections: tuple[str, ...]
    expected: tuple[str, ...]


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
