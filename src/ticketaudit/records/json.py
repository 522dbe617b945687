"""Records as JSON: one array, or one object per line."""

from __future__ import annotations

import msgspec

from ticketaudit.corpus import Corpus
from ticketaudit.pretty import pretty_json
from ticketaudit.terminal import Output


def write(corpus: Corpus, output: Output) -> None:
    """Write an array with two spaces of indentation."""
    output.stream.write(pretty_json(tuple(corpus.tickets)))


def write_lines(corpus: Corpus, output: Output) -> None:
    """Write a record per line."""
    output.stream.writelines(msgspec.json.encode(ticket).decode() + "\n" for ticket in corpus.tickets)
