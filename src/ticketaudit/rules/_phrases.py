"""How rules name a ticket's facts and where they point: the same thing in the same way in every message."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ticketaudit.ticket import Field, Review, Ticket
from ticketaudit.vocabulary import Vocabulary

#: Longer quotations are cut at a word: a message is one line.
_QUOTE_LENGTH = 90
_IN_QUOTATION_MARKS = re.compile(r"[\"“„«]([^\"“”„«»]*)[\"“”»]")


def heading_line(ticket: Ticket) -> int:
    """Where a message about the whole ticket points: its heading, which front matter may precede."""
    return ticket.sections[0].line if ticket.sections else ticket.line


def entry(ticket: Ticket, name: str, vocabulary: Vocabulary) -> Field | None:
    """The metadata entry that a field of the record comes from: the first that has a value, else the first."""
    first = None
    for entry in ticket.fields:
        if vocabulary.field("metadata", entry.key) == name:
            if entry.value:
                return entry
            first = first or entry
    return first


def entry_line(ticket: Ticket, name: str, vocabulary: Vocabulary) -> int:
    """Where a metadata entry stands; the heading's line where there is none."""
    found = entry(ticket, name, vocabulary)
    return found.line if found else heading_line(ticket)


def other_entries(ticket: Ticket, name: str, vocabulary: Vocabulary) -> list[Field]:
    """The metadata entries of a field besides the one that counts."""
    first = entry(ticket, name, vocabulary)
    found = [each for each in ticket.fields if vocabulary.field("metadata", each.key) == name]
    return [each for each in found if each is not first and each.value]


def reviewer(review: Review) -> str:
    """The reviewer's name as the author wrote it."""
    return f"`{review.reviewer}`" if review.reviewer else "an unnamed reviewer"


def speaker(review: Review) -> str:
    """What tells a review from the others in its ticket, as a problem's subject: who wrote it, else its words."""
    return review.reviewer or " ".join(review.text.split())


def listed(words: Iterable[str], conjunction: str = "and") -> str:
    """The words as one phrase: "a", "a and b", "a, b and c"."""
    *others, last = words
    return f"{', '.join(others)} {conjunction} {last}" if others else last


def quoted(text: str) -> str:
    """The author's words in quotation marks, on one line and shortened at a word where they are long."""
    line = " ".join(text.split())
    marked = _IN_QUOTATION_MARKS.fullmatch(line)
    line = marked[1] if marked else line
    if len(line) > _QUOTE_LENGTH:
        line = line[:_QUOTE_LENGTH].rsplit(" ", 1)[0].rstrip(" ,;:.") + " …"
    return f"“{line}”"
