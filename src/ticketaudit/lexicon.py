"""The words that ticketaudit comes with, in the form in which they are asked for.

People read and write ``data/vocabulary.yaml``. ``scripts/vocabulary.py`` makes ``data/vocabulary.json`` of
it, which loads in a tenth of the time: with the languages added, the words in the form in which they are
compared, and with each phrase the letters that it needs.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import msgspec

from ticketaudit.phrases import Phrase
from ticketaudit.words import Index


class Lexicon(msgspec.Struct, frozen=True):
    """The word lists of ``data/vocabulary.yaml`` by their names there.

    ``words`` and ``fields`` tell concepts, ``sets`` hold words for one thing, mostly folded. ``roles``
    are the roles of sections, each with a heading for it; ``statuses`` are spelled as they are written.
    """

    severities: tuple[tuple[str, ...], ...]
    severity_letters: dict[str, str]
    words: dict[str, Index]
    fields: dict[str, Index]
    sets: dict[str, frozenset[str]]
    roles: dict[str, str]
    statuses: tuple[str, ...]
    folders: dict[str, str]
    phrases: dict[str, tuple[Phrase, ...]]
    denials: tuple[tuple[Phrase, Phrase], ...]


@lru_cache(maxsize=1)
def builtin() -> Lexicon:
    """The words that ticketaudit comes with."""
    return msgspec.json.decode((Path(__file__).parent / "data/vocabulary.json").read_bytes(), type=Lexicon)
