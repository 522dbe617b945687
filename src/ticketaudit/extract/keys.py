"""Keys of metadata: which fields they name, and which values those can have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ticketaudit.extract.dates import read_date
from ticketaudit.extract.pairs import Pair
from ticketaudit.vocabulary import Vocabulary

#: What says how bad a finding is or how far its work is: something that tickets do.
TRACKING = ("severity", "status", "priority")
#: So many severities side by side are a list to choose from: two may be one and its other name.
_CHOICE = 3
_ANGLED = re.compile(r"<[^<>]*>")
_AND = re.compile(r"[/&|]")


def named(entry: Pair, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """The fields that an entry names, with their values: "Severity / Priority: High / P2" names two."""
    name = vocabulary.field("metadata", entry.key)
    if name:
        yield name, entry.text
        return
    names = [vocabulary.field("metadata", part) for part in _AND.split(entry.key)]
    values = [part.strip() for part in re.split(r"[/|]", entry.text)]
    if len(names) > 1 and all(names) and len(values) in (1, len(names)):
        yield from zip(filter(None, names), values * (len(names) if len(values) == 1 else 1), strict=True)


def makes_sense(entry: Pair, vocabulary: Vocabulary) -> bool:
    """Whether a value is one that its field can have, in the words of the vocabulary."""
    return any(is_value(name, text, vocabulary) for name, text in named(entry, vocabulary))


def is_value(name: str, text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text is a value of a field, in the words of the vocabulary."""
    if name in ("severity", "priority"):
        return vocabulary.severity_rank(text) is not None
    if name == "status":
        return vocabulary.state(text) is not None
    return name in ("created", "updated") and read_date(text, vocabulary) is not None


def is_choice(name: str, value: str, vocabulary: Vocabulary) -> bool:
    """Whether a template offers what a field may hold: ``Low / Medium / High``, ``[open|closed]``.

    The words of a team may be unknown here, so that three of them are a choice, whatever they are.
    """
    if name not in TRACKING:
        return False
    parts = [part.strip() for part in re.split(r"[/|,]", value.strip("[]()"))]
    if name == "status" and {vocabulary.state(part) for part in parts} == {"open", "closed"}:
        return True
    ranks = {vocabulary.severity_rank(part) for part in parts}
    known = len(ranks) >= _CHOICE and None not in ranks
    return known or len([part for part in re.split(r"[/|]", value) if part.strip()]) >= _CHOICE


def is_placeholder(value: str) -> bool:
    """A template's value: ``{batch}``, ``B{batch}-{number} (e.g. B3-07)``, ``<id>``, ``YYYY-MM-DD``."""
    word = value.partition(" (")[0]
    return (
        word.startswith("{")
        or bool(_ANGLED.fullmatch(word))
        or ("{" in word and " " not in word)
        or word.upper() == "YYYY-MM-DD"
    )
