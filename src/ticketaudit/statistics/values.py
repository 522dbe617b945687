"""What tickets are counted by, and which texts are one value: the one place where that is decided.

A severity is its step of the scale, an agent a discipline, as the vocabulary has them. Everything else is
its words: case, markup, emoji and the difference between space, hyphen and underscore make no other value,
nor does a remark behind a status ("Fixed (in 2.1)").
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import get_args

from ticketaudit.scale import without_remark
from ticketaudit.ticket import Disposition, Premise, Ticket
from ticketaudit.vocabulary import Vocabulary
from ticketaudit.words import key

#: The names of all that tickets are counted by.
ATTRIBUTES = ("severity", "status", "batch", "agent", "domain", "category", "disposition", "premise")

#: What chooses how an emoji is drawn.
_VARIANTS = re.compile("[\ufe0e\ufe0f\u200d\U0001f3fb-\U0001f3ff]")
_APOSTROPHES = re.compile("['’‘]")
_GAPS = re.compile(r"[\s_-]+")
_WORD = re.compile(r"[^\W_][\w-]*")
#: What stands between the words of one step, where a batch uses several.
_OR = " / "


@dataclass(frozen=True, slots=True)
class Attribute:
    """What tickets are counted by.

    ``values`` of a ticket are as its author wrote them; those that are one value have one ``key``.
    ``label`` is how a value is shown, given how often each spelling of it occurs. ``order`` sorts the
    labels, given how many tickets each has.
    """

    name: str
    values: Callable[[Ticket], Iterable[str | None]]
    key: Callable[[str], str]
    label: Callable[[Mapping[str, int]], str]
    order: Callable[[str, int], tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Values:
    """The values of a batch.

    ``labels`` says of every spelling of an attribute's values how it is shown, ``ranks`` of every severity
    which step of the scale it is, 0 the most severe; None where it is not on it.
    """

    attributes: tuple[Attribute, ...]
    labels: Mapping[str, Mapping[str, str]]
    ranks: Mapping[str | None, int | None]

    def of(self, ticket: Ticket) -> dict[str, tuple[str | None, ...]]:
        """The labels of a ticket by the name of the attribute, each once; (None,) where it has no value."""
        return {
            attribute.name: tuple(dict.fromkeys(self.labels[attribute.name][text] for text in _held(attribute, ticket)))
            or (None,)
            for attribute in self.attributes
        }

    @property
    def scale(self) -> tuple[str | None, ...]:
        """The labels of all severities that some ticket carries, had or came to, the most severe first, then None."""
        order = self.attributes[0].order
        return (*sorted(set(self.labels["severity"].values()), key=lambda label: order(label, 0)), None)

    def severity(self, text: str | None) -> str | None:
        """The label of a severity that some ticket carries, had or came to."""
        return self.labels["severity"][text] if text else None

    def place(self, text: str | None) -> tuple[bool, bool, int]:
        """By what such severities are sorted: those that are on the scale first, the most severe first, None last."""
        rank = self.ranks[text]
        return (text is None, rank is None, rank or 0)


def read_values(tickets: Sequence[Ticket], vocabulary: Vocabulary) -> Values:
    """The values of some tickets."""
    found = attributes(vocabulary)
    spellings = {attribute.name: [text for each in tickets for text in _held(attribute, each)] for attribute in found}
    spellings["severity"] += [text for each in tickets for text in _re_rated(each)]
    labels = {each.name: _labels(each, spellings[each.name]) for each in found}
    return Values(found, labels, {None: None} | {text: vocabulary.severity_rank(text) for text in labels["severity"]})


def attributes(vocabulary: Vocabulary) -> tuple[Attribute, ...]:
    """All that tickets are counted by, in the order in which a reader asks."""

    def by_scale(label: str, tickets: int) -> tuple[object, ...]:
        rank = vocabulary.severity_rank(label.partition(_OR)[0])
        return (rank is None, rank or 0, *_in_natural_order(label, tickets))

    def carried(ticket: Ticket) -> list[str | None]:
        return [ticket.severity]

    severity_label = partial(_severity_label, vocabulary)
    return (
        Attribute("severity", carried, partial(severity_key, vocabulary), severity_label, by_scale),
        Attribute(
            "status", lambda ticket: [ticket.status], _status_key, partial(_usual, bare=_without_remark), _most_first
        ),
        Attribute("batch", lambda ticket: [ticket.batch], words_of, _usual, _in_natural_order),
        Attribute("agent", lambda ticket: [ticket.agent], vocabulary.discipline, _usual, _most_first),
        Attribute("domain", lambda ticket: ticket.domain, words_of, _usual, _most_first),
        Attribute("category", lambda ticket: ticket.categories, words_of, _usual, _most_first),
        Attribute("disposition", _disposition, words_of, _usual, _listed_in(get_args(Disposition))),
        Attribute("premise", lambda ticket: [ticket.premise], words_of, _usual, _listed_in(get_args(Premise))),
    )


def words_of(text: str) -> str:
    """The words of a text: two texts of the same words are one value. "C++" and "C" are two words."""
    words = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", _bare(text)))
    return _GAPS.sub(" ", words).strip().casefold() or text


def severity_key(vocabulary: Vocabulary, text: str) -> str:
    """The step of a severity, which a label may name by several words, else its words."""
    ranks = {vocabulary.severity_rank(part) for part in (text, *text.split(_OR))} - {None}
    return f"step {ranks.pop()}" if len(ranks) == 1 else words_of(text)


def natural(text: str) -> tuple[tuple[int, str], ...]:
    """A sort key in which numbers count as numbers, of any length: B2-DRL-9 comes before B10-DRL-1."""
    parts = re.findall(r"0*([0-9]+)|([^0-9]+)", text)
    return tuple((len(digits), digits or word.casefold()) for digits, word in parts)


def _held(attribute: Attribute, ticket: Ticket) -> Iterator[str]:
    return filter(None, attribute.values(ticket))


def _re_rated(ticket: Ticket) -> Iterator[str]:
    """The severities that a ticket had and came to."""
    resolution = ticket.resolution
    return filter(None, (resolution.severity_before, *resolution.severity)) if resolution else iter(())


def _status_key(text: str) -> str:
    return key(_without_remark(text))


def _disposition(ticket: Ticket) -> list[str | None]:
    return [ticket.resolution.disposition if ticket.resolution else None]


def _labels(attribute: Attribute, spellings: Iterable[str]) -> dict[str, str]:
    counts = Counter(spellings)
    keys = {text: attribute.key(text) for text in counts}
    one_value: dict[str, Counter[str]] = {}
    for text, number in counts.items():
        one_value.setdefault(keys[text], Counter())[text] = number
    labels = {key: attribute.label(spelled) for key, spelled in one_value.items()}
    return {text: labels[key] for text, key in keys.items()}


def _bare(text: str) -> str:
    """A text without the emoji around it; the text itself where it is nothing else."""
    if text.isascii():
        return text
    bare = _VARIANTS.sub("", text)
    shown = [place for place, char in enumerate(bare) if not _is_emoji(char) and not char.isspace()]
    return bare[shown[0] : shown[-1] + 1] if shown else text


def _is_emoji(char: str) -> bool:
    return char > "\u2000" and unicodedata.category(char) == "So"  # below are signs of text, such as that of degrees


def _without_remark(status: str) -> str:
    return _bare(without_remark(status) or status)


def _usual(spellings: Mapping[str, int], bare: Callable[[str], str] = _bare) -> str:
    """The spelling that occurs most often, the first of several."""
    found: Counter[str] = Counter()
    for text, number in spellings.items():
        found[bare(text)] += number
    return max(found, key=found.__getitem__)


def _severity_label(vocabulary: Vocabulary, spellings: Mapping[str, int]) -> str:
    """The usual spelling of every word that stands for one step, the most frequent word first."""
    words: dict[str, Counter[str]] = {}
    for text, number in spellings.items():
        word = _severity_word(vocabulary, text)
        words.setdefault(words_of(word), Counter())[word] += number
    return _OR.join(_usual(each) for each in sorted(words.values(), key=lambda each: -each.total()))


def _severity_word(vocabulary: Vocabulary, text: str) -> str:
    """The word of a value that is a severity: "High" of "7.5 (High)"."""
    if vocabulary.is_severity(text):
        return _bare(text)
    return next((word for word in _WORD.findall(text) if vocabulary.is_severity(word)), _bare(text))


def _most_first(label: str, tickets: int) -> tuple[object, ...]:
    return (-tickets, *_in_natural_order(label, tickets))


def _in_natural_order(label: str, tickets: int) -> tuple[object, ...]:
    """Batch 2 before batch 10."""
    return (natural(label), label)


def _listed_in(words: Sequence[str]) -> Callable[[str, int], tuple[object, ...]]:
    return lambda label, tickets: (words.index(label) if label in words else len(words),)
