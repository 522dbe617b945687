"""A team's conventions: the words of its ticket template, or of the tickets that it has.

A template lists the values that a field may have: ``P0`` / ``P1`` / ``P2``. Tickets show which values
people really wrote.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from ticketaudit.corpus import Corpus
from ticketaudit.errors import UserError, reason
from ticketaudit.extract.checklists import read_checklists
from ticketaudit.extract.metadata import read_metadata
from ticketaudit.extract.pairs import Pair, pairs
from ticketaudit.extract.scope import Scope
from ticketaudit.inline import code_spans
from ticketaudit.markdown import parse
from ticketaudit.paths import printed, similar
from ticketaudit.text import Source
from ticketaudit.ticket import Disposition
from ticketaudit.vocabulary import METADATA_FIELDS, ROLES, Vocabulary, without_remark
from ticketaudit.words import fold, key

#: A section that so many of the tickets have is one that the team expects; of the reviewed tickets
#: a discipline needs fewer.
_MOST, _HALF = 0.8, 0.5
#: What separates values to choose from; not the slashes of a path or a date.
_CHOICE = re.compile(r"\s+/\s+|\s*\|\s*")
#: A symbol beside a value.
_DECORATION = re.compile(r"^\W+|\W+$")
#: So many words are no value any more.
_SENTENCE = 5


@dataclass(frozen=True, slots=True)
class Conventions:
    """What a team writes; everything in the order of the template, or most severe or most frequent first.

    ``statuses`` are by what they mean, ``reviewers`` names by discipline. ``fields`` and ``sections``
    are those that the tickets have, by what they mean; ``expected`` are the disciplines that review
    most of them. Of ``unclear`` statuses it is not known what they mean: they stand under "open" until
    somebody says. ``unknown`` are the fields that list their values and that the vocabulary has no
    meaning for.
    """

    severities: tuple[str, ...] = ()
    statuses: Mapping[str, tuple[str, ...]] | None = None
    reviewers: Mapping[str, tuple[str, ...]] | None = None
    categories: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    folders: Mapping[str, Disposition] | None = None
    expected: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def template_in(file: Path, vocabulary: Vocabulary) -> Conventions:
    """The conventions of the ticket template in a file; raises `UserError` where it holds none."""
    try:
        found = read_template(Source.from_bytes(printed(file), file.read_bytes()), vocabulary)
    except FileNotFoundError:
        raise UserError(f"there is no file `{printed(file)}`{similar(file)}") from None
    except IsADirectoryError:
        raise UserError(f"`{printed(file)}` is a folder; name the template in it") from None
    except OSError as error:
        raise UserError(f"`{printed(file)}` cannot be read: {reason(error)}") from None
    if found is None:
        expected = "no field in it lists its values, as `P0` / `P1` / `P2`"
        raise UserError(f"`{printed(file)}` is no ticket template: {expected}")
    return found


def read_template(source: Source, vocabulary: Vocabulary) -> Conventions | None:
    """The conventions that a ticket template spells out; None where a source is none."""
    scope = Scope(parse(source), vocabulary)
    choices = _choices(scope)
    if not choices:
        return None
    boxes = (item.text for group in read_checklists(scope) if group.role == "category" for item in group.items)
    known = {vocabulary.field("metadata", key): values for key, values in reversed(choices)}
    statuses = known.get("status", ())
    reviewers = _by_discipline(known.get("agent", ()), vocabulary)
    return Conventions(
        severities=known.get("severity", ()),
        statuses=_by_state(statuses, vocabulary),
        reviewers=reviewers,
        expected=tuple(reviewers or ()),
        categories=tuple(boxes),
        fields=read_metadata(scope).names,
        sections=_roles(scope),
        unclear=_unclear(statuses, vocabulary),
        unknown=tuple(key for key, _ in choices if not vocabulary.field("metadata", key)),
    )


def conventions_of(corpus: Corpus) -> Conventions:
    """The conventions that a team's tickets show."""
    vocabulary, tickets = corpus.vocabulary, corpus.tickets
    severities = (name for name in _words(ticket.severity for ticket in tickets) if not vocabulary.nothing(name))
    statuses = _words(ticket.status for ticket in tickets)
    signed = Counter(review.reviewer for ticket in tickets for review in ticket.reviews if review.reviewer)
    boxes = (
        item.text
        for ticket in tickets
        for group in ticket.checklists
        if group.role == "category"
        for item in group.items
    )
    roles = Counter(role for ticket in tickets for role in {section.role for section in ticket.sections})
    filled = ((vocabulary.field("metadata", field.key) for field in ticket.fields if field.value) for ticket in tickets)
    fields = Counter(name for names in filled for name in {*names})
    most = _MOST * len(tickets)
    folders = {PurePath(ticket.path).parent.name for ticket in tickets}
    reviewers = _by_discipline(_frequent_first(signed), vocabulary)
    return Conventions(
        severities=_scale(severities, vocabulary),
        statuses=_by_state(statuses, vocabulary),
        unclear=_unclear(statuses, vocabulary),
        reviewers=reviewers,
        expected=_expected(corpus, reviewers or {}),
        categories=_frequent_first(Counter(boxes)),
        fields=tuple(name for name in METADATA_FIELDS if fields[name] >= most),
        sections=tuple(role for role in ROLES if roles[role] >= most),
        folders=_folders(folders, vocabulary),
    )


def _scale(severities: Iterable[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The most severe first; what names several ("P2 or P3") is no step."""
    steps = (
        name
        for name in severities
        if vocabulary.severity_rank(name) is not None or not vocabulary.phrase("severity named", name)
    )
    return tuple(sorted(steps, key=lambda name: (_rank(name, vocabulary), fold(name))))


def _expected(corpus: Corpus, reviewers: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The disciplines that reviewed so many of the reviewed tickets, the most frequent first."""
    reviewed = [ticket for ticket in corpus.tickets if ticket.reviews]
    signed = ({review.reviewer for review in ticket.reviews} for ticket in reviewed)
    counts = Counter(name for names in signed for name, spellings in reviewers.items() if names & {*spellings})
    return tuple(name for name in _frequent_first(counts) if counts[name] >= _HALF * len(reviewed))


def _choices(scope: Scope) -> list[tuple[str, tuple[str, ...]]]:
    """The entries of the metadata that list several values, each in a code span: keys and values."""
    for section in scope.sections:
        found = [
            (pair.key, values)
            for block in section.blocks
            for pair in pairs(block, lambda key: scope.vocabulary.field("metadata", key), scope.vocabulary)
            if len(values := _listed(pair)) > 1
        ]
        if found:
            return found
    return []


def _listed(pair: Pair) -> tuple[str, ...]:
    """The values of an entry that has nothing else: two and more code spans, or three and more words (a / b / c)."""
    rest = pair.value.raw
    spans = code_spans(rest)
    for span in spans:
        rest = rest.replace(f"`{span}`", " ", 1)
    if spans:
        return () if rest.strip(" /|,") else tuple(spans)
    words = tuple(part.strip() for part in _CHOICE.split(pair.text))
    return words if len(words) > 2 and all(0 < len(word.split()) < _SENTENCE for word in words) else ()


def _roles(scope: Scope) -> tuple[str, ...]:
    """The roles of the sections right under the title."""
    own = (scope.vocabulary.role(section.title) for section in scope.sections if section.level == 2)
    return tuple(dict.fromkeys(role for role in own if role))


def _by_state(statuses: Iterable[str], vocabulary: Vocabulary) -> Mapping[str, tuple[str, ...]] | None:
    """Statuses by what they mean; the unclear ones are among the open."""
    found: dict[str, list[str]] = {"open": [], "closed": []}
    for status in statuses:
        found[vocabulary.state(status) or "open"].append(status)
    return {state: tuple(words) for state, words in found.items()} if any(found.values()) else None


def _unclear(statuses: Iterable[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    return tuple(status for status in statuses if not vocabulary.state(status))


def _by_discipline(names: Iterable[str], vocabulary: Vocabulary) -> Mapping[str, tuple[str, ...]] | None:
    found: dict[str, list[str]] = defaultdict(list)
    for name in names:
        found[vocabulary.discipline(name)].append(name)
    return {vocabulary.discipline_name(spellings[0]): tuple(spellings) for spellings in found.values()} or None


def _folders(names: Iterable[str], vocabulary: Vocabulary) -> Mapping[str, Disposition] | None:
    meant = ((name, vocabulary.folder_disposition(f"{name}/ticket.md")) for name in sorted(names))
    return {name: disposition for name, disposition in meant if disposition} or None


def _frequent_first(counts: Counter[str]) -> tuple[str, ...]:
    return tuple(name for name, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _words(values: Iterable[str | None]) -> tuple[str, ...]:
    """The values without remarks and decoration, the most frequent first, each in its most frequent spelling."""
    counts = Counter(_DECORATION.sub("", without_remark(value)) or value for value in values if value)
    words: dict[str, str] = {}
    for name in _frequent_first(counts):
        words.setdefault(key(name), name)
    return tuple(words.values())


def _rank(name: str, vocabulary: Vocabulary) -> float:
    rank = vocabulary.severity_rank(name)
    return float("inf") if rank is None else rank
