"""Tickets that may tell of the same finding: about the same place, in similar words."""

from __future__ import annotations

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

    Of tickets that say the very same each is paired with the first one only.
    """
    said = {place(ticket): _text(ticket, corpus) for ticket in corpus.tickets}
    same: defaultdict[tuple[str, frozenset[str]], list[Ticket]] = defaultdict(list)
    for ticket in corpus.tickets:
        if words(said[place(ticket)]):
            same[said[place(ticket)], files.located[place(ticket)]].append(ticket)
    found = [_pair(first, other, 1.0, files, text) for (text, _), (first, *others) in same.items() for other in others]
    found += _alike([first for first, *_ in same.values()], said, files)
    return tuple(sorted(found, key=lambda pair: (-pair.score, *(place(ticket) for ticket in pair.tickets))))


def _alike(tickets: Sequence[Ticket], said: Mapping[Place, str], files: Files) -> Iterator[Likely]:
    from rapidfuzz import fuzz  # no other command should wait for it

    texts = [said[place(ticket)] for ticket in tickets]
    found = vectors([words(text) for text in texts])
    for one, other in candidates(found):
        first, second = tickets[one], tickets[other]
        if not files.located[place(first)] & files.located[place(second)]:
            continue
        likeness = cosine(found[one], found[other])
        if likeness < 2 * LIKELY - 1:  # whatever the titles say
            continue
        heads = fuzz.token_sort_ratio(_head(first), _head(second)) / 100
        score = (likeness + heads) / 2
        if score >= LIKELY:
            yield _pair(first, second, score, files, _passage(texts[one], texts[other]))


def _pair(one: Ticket, other: Ticket, score: float, files: Files, passage: str | None) -> Likely:
    shared = files.located[place(one)] & files.located[place(other)]
    return Likely((one, other), score, tuple(sorted(shared)), passage, _declares(one, other) or _declares(other, one))


def _declares(one: Ticket, other: Ticket) -> bool:
    return any(
        relation.kind == "duplicate" and other.id is not None and relation.id.upper() == other.id.upper()
        for relation in one.relations
    )


def _head(ticket: Ticket) -> str:
    return " ".join(words(f"{ticket.title or ''} {ticket.summary or ''}"))


def _text(ticket: Ticket, corpus: Corpus) -> str:
    """What a ticket says of its finding: title, summary, description, on one line."""
    source = corpus.sources.get(ticket.path)
    parts: list[str] = [ticket.title or "", ticket.summary or ""]
    if source:
        lines = map(source.line, sorted(_described(ticket)))
        parts += (line for line in lines if len(words(line)) > 1)  # rules, fences and labels say nothing
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
