"""Keys of metadata: which fields they name, and which values those can have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ticketaudit.extract.dates import read_date
from ticketaudit.extract.pairs import Pair
from ticketaudit.vocabulary import Vocabulary

#: What says how bad a finding is or how far its work is: something that tickets do.
TRACKING = ("severity", "status", "priority")
_AND = re.compile(r"[/&|]")


def is_known(key: str, vocabulary: Vocabulary) -> bool:
    """Whether a key names a field, or several at once."""
    return all(vocabulary.field("metadata", part) for part in (_AND.split(key) if _AND.search(key) else [key]))


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
    return any(_is_value(name, text, vocabulary) for name, text in named(entry, vocabulary))


def _is_value(name: str, text: str, vocabulary: Vocabulary) -> bool:
    if name in ("severity", "priority"):
        return vocabulary.severity_rank(text) is not None
    if name == "status":
        return vocabulary.state(text) is not None
    return name in ("created", "updated") and read_date(text, vocabulary) is not None


def is_placeholder(value: str) -> bool:
    """A template's value: ``{batch}``, ``<id>``, ``YYYY-MM-DD``."""
    return value.startswith(("{", "<")) or ("{" in value and " " not in value) or value.upper() == "YYYY-MM-DD"
