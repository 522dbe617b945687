"""What a command must not write over."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from ticketaudit.errors import UserError
from ticketaudit.extract import extract
from ticketaudit.read import LIMIT, is_batch_report
from ticketaudit.text import Source
from ticketaudit.vocabulary import Vocabulary


def refuse_to_overwrite(targets: Iterable[Path | None], read: Iterable[Path | None]) -> None:
    """Raise `UserError` where a file to write is one of those that were read, or is named twice."""
    named = [target for target in targets if target]
    places = {os.path.realpath(file) for file in read if file} if named else ()
    written: set[str] = set()
    for target in named:
        place = os.path.realpath(target)
        if place in places:
            raise UserError(f"{target}: one of the files that are read; write to another one")
        if place in written:
            raise UserError(f"{target}: two outputs cannot go to one file")
        written.add(place)


def refuse_ticket(target: Path, vocabulary: Vocabulary) -> None:
    """Raise `UserError` where a file holds a ticket, whether or not it was among those that were read.

    A list of tickets is none: it may be what a template of the user's own wrote the last time.
    """
    if target.suffix.lower() != ".md" or not target.is_file():
        return
    try:
        source = Source.from_bytes(str(target), target.read_bytes()[:LIMIT])
    except OSError:
        return  # whoever writes or reads it will say why not
    if not is_batch_report(source) and any(not ticket.is_row for ticket in extract(source, vocabulary)):
        raise UserError(f"{target}: holds a ticket, no report; name another file")
