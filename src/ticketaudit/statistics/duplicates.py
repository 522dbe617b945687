"""Tickets that may tell of the same finding: about the same place, in similar words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from ticketaudit.corpus import Corpus
from ticketaudit.statistics.hotspots import Files
from ticketaudit.statistics.rows import Place, place
from ticketaudit.statistics.similarity import candidates, cosine, vectors, words
from ticketaudit.ticket import Ticket

#: Pairs that score less are not likely.
LIKELY = 0.5
#: The sections that say what a finding is.
_ROLES = frozenset({"summary", "description", "impact"})
_WORD = re.compile(r"\b[^\W\d]\w")
_TWO_WORDS = re.compile(rf"{_WORD.pattern}+\b.*{_WORD.pattern}")
#: A passage of fewer words is no passage.
_PASSAGE = 4


@dataclass(frozen=True, slots=True)
class Likely:
    """Two tickets that may be one.

    ``score``, 0.5 to 1, is the mean of two likenesses: that of all that they say of the finding (cosine of
    TF-IDF vectors) and that of their titles and summaries (words in common, in any order). ``files`` are
    those that both are about. ``passage`` is the longest run of words that both have. ``declared``: one of
    them already names the other as a duplicate.
    """

    tickets: tuple[Ticket, Ticket]
    score: float
    files: tuple[str, ...]
    passage: str | None
    declared: bool


def likely_duplicates(corpus: Corpus, files: Files) -> tuple[Likely, ...]:
    """The pairs that are about a common file and alike, the likeliest first.

    Of tickets that say the very same each is paired with the first one only; of the others, a pair is
    kept that is the likeliest one for either of its tickets.
    """
    said = {place(ticket): _text(ticket, corpus) for ticket in corpus.tickets}
    same: defaultdict[tuple[str, frozenset[str]], list[Ticket]] = defaultdict(list)
    for ticket in corpus.tickets:
        if _WORD.search(said[place(ticket)]):
            same[said[place(ticket)], files.located[place(ticket)]].append(ticket)
    found = [_pair(first, other, 1.0, files, text) for (text, _), (first, *others) in same.items() for other in others]
    found += _alike([first for first, *_ in same.values()], said, files)
    return tuple(sorted(found, key=lambda pair: (-pair.score, *(place(ticket) for ticket in pair.tickets))))


def _alike(tickets: Sequence[Ticket], said: Mapping[Place, str], files: Files) -> Iterator[Likely]:
    """The pairs that are each the likeliest one for at least one of their tickets: many alike are many pairs."""
    texts = [said[place(ticket)] for ticket in tickets]
    scores = _scores(tickets, [words(text) for text in texts], files)
    likeliest: dict[int, tuple[int, int]] = {}
    for pair in sorted(scores, key=lambda pair: (-scores[pair], pair)):
        for ticket in pair:
            likeliest.setdefault(ticket, pair)
    for one, other in set(likeliest.values()):
        yield _pair(tickets[one], tickets[other], scores[one, other], files, _passage(texts[one], texts[other]))


def _scores(tickets: Sequence[Ticket], texts: Sequence[list[str]], files: Files) -> dict[tuple[int, int], float]:
    """The scores of the pairs that may be one, by the places of their tickets."""
    from rapidfuzz import fuzz  # no other command should wait for it

    found = vectors(texts)
    located = [files.located[place(ticket)] for ticket in tickets]
    heads = [" ".join(words(f"{ticket.title or ''} {ticket.summary or ''}")) for ticket in tickets]
    scores = {}
    for one, other in candidates(found):
        if not located[one] & located[other]:
            continue
        likeness = cosine(found[one], found[other])
        score = (likeness + fuzz.token_sort_ratio(heads[one], heads[other]) / 100) / 2
        if score >= LIKELY:
            scores[one, other] = score
    return scores


def _pair(one: Ticket, other: Ticket, score: float, files: Files, passage: str | None) -> Likely:
    shared = files.located[place(one)] & files.located[place(other)]
    return Likely((one, other), score, tuple(sorted(shared)), passage, _declares(one, other) or _declares(other, one))


def _declares(one: Ticket, other: Ticket) -> bool:
    return any(
        relation.kind == "duplicate" and other.id is not None and relation.id.upper() == other.id.upper()
        for relation in one.relations
    )


def _text(ticket: Ticket, corpus: Corpus) -> str:
    """What a ticket says of its finding: title, summary, description, on one line."""
    source = corpus.sources.get(ticket.path)
    parts: list[str] = [ticket.title or "", ticket.summary or ""]
    if source:
        lines = map(source.line, sorted(_described(ticket)))
        parts += filter(_TWO_WORDS.search, lines)  # rules, fences and labels say nothing
    return " ".join(" ".join(parts).split())


def _described(ticket: Ticket) -> set[int]:
    """The lines that describe the finding; boxes and headings are the template's, and the same in all tickets."""
    lines = {
        number
        for section in ticket.sections
        if section.role in _ROLES
        for number in range(section.line + 1, section.end_line + 1)
    }
    boxes = {item.line for checklist in ticket.checklists for item in checklist.items}
    return lines - boxes - {section.line for section in ticket.sections}


def _passage(one: str, other: str) -> str | None:
    """The longest run of words that two texts have in common, as the first one writes it."""
    first, second = one.split(), other.split()
    matcher = SequenceMatcher(None, _folded(first), _folded(second), autojunk=False)
    match = matcher.find_longest_match()
    return " ".join(first[match.a : match.a + match.size]) if match.size >= _PASSAGE else None


def _folded(text: Iterable[str]) -> Sequence[str]:
    return [word.casefold().strip(".,;:!?`*()") for word in text]
