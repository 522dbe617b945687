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
    wanted = [target for target in targets if target]
    places = {os.path.realpath(file) for file in read if file} if wanted else ()
    written: set[str] = set()
    for target in wanted:
        place = os.path.realpath(target)
        if place in places:
            raise UserError(f"{target}: one of the files that are read; write to another one")
        if place in written:
            raise UserError(f"{target}: two outputs cannot go to one file")
        written.add(place)


def refuse_ticket(target: Path, vocabulary: Vocabulary) -> None:
    """Raise `UserError` where a file holds a ticket, whether or not it was among those that were read."""
    source = _foreign(target)
    if source and any(extract(source, vocabulary)):
        raise UserError(f"{target}: holds a ticket, no report; name another file")


def refuse_hand_written(target: Path) -> None:
    """Raise `UserError` where a Markdown file says something, and does not say that ``report`` wrote it."""
    source = _foreign(target)
    if source and any(line.strip() for line in source.lines):
        raise UserError(f"{target}: not written by `ticketaudit report`; name another file, or remove it first")


def is_markdown(target: Path | None) -> bool:
    """Whether a file is Markdown, by its name."""
    return target is not None and target.suffix.lower() in (".md", ".markdown")


def _foreign(target: Path) -> Source | None:
    """A Markdown file that is there and is no batch report."""
    if not is_markdown(target) or not target.is_file():
        return None
    try:
        source = Source.from_bytes(str(target), target.read_bytes()[:LIMIT])
    except OSError:
        return None  # whoever writes or reads it will say why not
    return None if is_batch_report(source) else source
