"""A team's conventions: the words of its ticket template, or of the tickets that it has.

A template lists the values that a field may have: ``P0`` / ``P1`` / ``P2``. Tickets show which values
people really wrote.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from ticketaudit.blocks import Item
from ticketaudit.corpus import Corpus
from ticketaudit.extract.checklists import read_checklists
from ticketaudit.extract.pairs import Pair, pairs
from ticketaudit.extract.scope import Scope
from ticketaudit.inline import code_spans, plain
from ticketaudit.markdown import parse
from ticketaudit.text import Source
from ticketaudit.ticket import Disposition
from ticketaudit.vocabulary import Vocabulary
from ticketaudit.words import fold

#: A section that so many of the tickets have is one that the team expects; of the reviewed tickets
#: a discipline needs fewer.
_MOST, _HALF = 0.8, 0.5


@dataclass(frozen=True, slots=True)
class Conventions:
    """What a team writes; everything in the order of the template, or most severe or most frequent first.

    ``statuses`` are by what they mean, ``reviewers`` names by discipline, ``sections`` roles;
    ``expected`` are the disciplines that review most of the tickets.
    """

    severities: tuple[str, ...] = ()
    statuses: Mapping[str, tuple[str, ...]] | None = None
    reviewers: Mapping[str, tuple[str, ...]] | None = None
    categories: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    folders: Mapping[str, Disposition] | None = None
    expected: tuple[str, ...] = ()


def read_template(source: Source, vocabulary: Vocabulary) -> Conventions:
    """The conventions that a ticket template spells out; empty where it is none."""
    scope = Scope(parse(source), vocabulary)
    choices = _choices(scope)
    boxes = (block for _, _, block in scope.blocks() if isinstance(block, Item) and block.checked is not None)
    category_lines = _category_lines(scope)
    reviewers = _by_discipline(choices.get("agent", ()), vocabulary)
    return Conventions(
        severities=choices.get("severity", ()),
        statuses=_by_state(choices.get("status", ()), vocabulary),
        reviewers=reviewers,
        expected=tuple(reviewers or ()),
        categories=tuple(plain(box.passage.raw) for box in boxes if box.line in category_lines),
        sections=_roles(scope),
    )


def conventions_of(corpus: Corpus) -> Conventions:
    """The conventions that a team's tickets show."""
    vocabulary, tickets = corpus.vocabulary, corpus.tickets
    severities = {ticket.severity for ticket in tickets if ticket.severity}
    statuses = Counter(ticket.status for ticket in tickets if ticket.status)
    signed = Counter(review.reviewer for ticket in tickets for review in ticket.reviews if review.reviewer)
    boxes = (
        item.text
        for ticket in tickets
        for group in ticket.checklists
        for item in group.items
        if group.role == "category"
    )
    roles = Counter(role for ticket in tickets for role in {section.role for section in ticket.sections} if role)
    folders = {PurePath(ticket.path).parent.name for ticket in tickets}
    return Conventions(
        severities=tuple(sorted(severities, key=lambda name: (_rank(name, vocabulary), fold(name)))),
        statuses=_by_state(_frequent_first(statuses), vocabulary),
        reviewers=_by_discipline(_frequent_first(signed), vocabulary),
        expected=_expected(corpus),
        categories=_frequent_first(Counter(boxes)),
        sections=tuple(role for role in vocabulary.roles if roles[role] >= _MOST * len(tickets)),
        folders=_folders(folders, vocabulary),
    )


def _expected(corpus: Corpus) -> tuple[str, ...]:
    reviewed = [ticket for ticket in corpus.tickets if ticket.reviews]
    names = ({review.reviewer for review in ticket.reviews if review.reviewer} for ticket in reviewed)
    counts = Counter(name for ticket in names for name in {corpus.vocabulary.discipline(one) for one in ticket})
    return tuple(name for name in _frequent_first(counts) if counts[name] >= _HALF * len(reviewed))


def _choices(scope: Scope) -> dict[str, tuple[str, ...]]:
    """The fields of the metadata table that list several values, each in a code span."""
    found: dict[str, tuple[str, ...]] = {}
    for _, _, block in scope.blocks():
        for pair in pairs(block, lambda key: scope.vocabulary.field("metadata", key), scope.vocabulary):
            name = scope.vocabulary.field("metadata", pair.key)
            values = _listed(pair)
            if name and len(values) > 1:
                found.setdefault(name, values)
    return found


def _listed(pair: Pair) -> tuple[str, ...]:
    """``a`` / ``b`` / ``c``, and nothing else but what separates them."""
    spans = code_spans(pair.value.raw)
    rest = pair.value.raw
    for span in spans:
        rest = rest.replace(f"`{span}`", " ", 1)
    return tuple(spans) if not rest.strip(" /|,") else ()


def _category_lines(scope: Scope) -> set[int]:
    groups = (group for group in read_checklists(scope) if group.role == "category")
    return {item.line for group in groups for item in group.items}


def _roles(scope: Scope) -> tuple[str, ...]:
    """The roles of the sections right under the title."""
    own = (scope.vocabulary.role(section.title) for section in scope.sections if section.level == 2)
    return tuple(dict.fromkeys(role for role in own if role))


def _by_state(statuses: Iterable[str], vocabulary: Vocabulary) -> Mapping[str, tuple[str, ...]] | None:
    """Statuses by what they mean; one that the vocabulary does not know counts as open until somebody says."""
    found: dict[str, list[str]] = {"open": [], "closed": []}
    for status in statuses:
        found[vocabulary.state(status) or "open"].append(status)
    return {state: tuple(words) for state, words in found.items()} if any(found.values()) else None


def _by_discipline(names: Iterable[str], vocabulary: Vocabulary) -> Mapping[str, tuple[str, ...]] | None:
    found: dict[str, list[str]] = defaultdict(list)
    for name in names:
        found[vocabulary.discipline(name)].append(name)
    return {discipline: tuple(spellings) for discipline, spellings in found.items()} or None


def _folders(names: Iterable[str], vocabulary: Vocabulary) -> Mapping[str, Disposition] | None:
    meant = ((name, vocabulary.folder_disposition(f"{name}/ticket.md")) for name in sorted(names))
    return {name: disposition for name, disposition in meant if disposition} or None


def _frequent_first(counts: Counter[str]) -> tuple[str, ...]:
    return tuple(name for name, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _rank(name: str, vocabulary: Vocabulary) -> float:
    rank = vocabulary.severity_rank(name)
    return float("inf") if rank is None else rank
