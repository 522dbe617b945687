"""The code fences of a ticket that quote the source: what they quote, and where they say it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from textwrap import dedent
from typing import NamedTuple

from ticketaudit.code.languages import Language, language_of, named
from ticketaudit.code.quote import Quote, read_quote
from ticketaudit.extract.places import places_in, read_lines
from ticketaudit.text import Source
from ticketaudit.ticket import Code, LineRange, Ticket

#: Sections whose code is proposed, to be run, or of another document.
_NO_QUOTES = ("fix", "verification", "reproduction", "related", "appendix", "category")
_NO_CODE = frozenset(
    [
        "text",
        "console",
        "output",
        "log",
        "bash",
        "sh",
        "shell",
        "zsh",
        "mermaid",
        "markdown",
        "md",
        "plaintext",
        "traceback",
        "http",
    ]
)
#: So many lines above a fence may say where it comes from.
_LEAD = 3
_COMMENT = re.compile(r"^\s*(?:#+|//+|--|;+|/\*|\*|<!--|%)\s*(?P<text>.*?)\s*(?:\*/|-->)?\s*$")
_LINES = re.compile(r"\b(?:lines?|L)\s*~?(?P<numbers>\d+(?:\s*[-–,&]\s*(?:L?\d+))*)", re.IGNORECASE)
#: What stands above code that somebody proposes, and above the code that there is.
_PROPOSED = re.compile(
    r"^(?:proposed|suggest(?:ed|ion)|should be|fix(?:ed)?|after|better|correct(?:ed)?|recommended|new|instead)\b", re.I
)
_CURRENT = re.compile(r"^(?:current(?:ly)?|before|actual|existing|old|original|today|buggy)\b", re.IGNORECASE)


class Quoted(NamedTuple):
    """A quotation: its first line as written, the line it stands on, where it says that it comes from."""

    quote: Quote
    text: str
    line: int
    path: str | None
    lines: tuple[LineRange, ...]


def quotes_in(ticket: Ticket, source: Source) -> Iterator[tuple[str | None, Quoted]]:
    """The quotations of a ticket with the roles of their sections."""
    for code in ticket.code:
        origin = ticket.role_at(code.line)
        language = (code.language or "").lower()
        if origin in _NO_QUOTES or language in _NO_CODE or (not language and not code.cites):
            continue
        for quoted in _read(code, ticket, source):
            yield origin, quoted


def _read(code: Code, ticket: Ticket, source: Source) -> Iterator[Quoted]:
    path, lines = _cited(code, ticket)
    word = (code.language or "").lower()
    language = named(word) or language_of(path or next((p.path for p in ticket.locations if p.path), "") or "a.py")
    for start, part in _chunks(_text(code, source)):
        head = _heading(part)
        own_path, own_lines = head if head else (None, ())
        quote = read_quote("\n".join(part), _language(own_path, word, language), diff=word == "diff")
        offset = next((number for number, line in enumerate(part) if line.strip() and not _COMMENT.match(line)), 0)
        here = own_lines or (lines if own_path in (None, path) else ())
        yield Quoted(
            quote, part[offset].strip() or code.language or "", code.line + 1 + start + offset, own_path or path, here
        )


def _language(path: str | None, word: str, language: Language) -> Language:
    return language_of(path) if path and word in ("", "diff") else language


def _text(code: Code, source: Source) -> list[str]:
    """The lines of a fence, without the indentation and the ``>`` of what it stands in."""
    lines = [source.line(number) for number in range(code.line + 1, code.end_line)]
    if source.line(code.line).lstrip().startswith(">"):
        lines = [re.sub(r"^\s*>\s?", "", line) for line in lines]
    return dedent("\n".join(lines)).split("\n")


def _chunks(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """A fence cut where a comment names the next file, without what is proposed; with the offset of each piece."""
    starts = [0, *(number for number, line in enumerate(lines) if number and _names_place(line))]
    for start, end in pairwise([*starts, len(lines)]):
        part = list(_current(lines[start:end]))
        if any(line.strip() for line in part):
            yield start, part


def _names_place(line: str) -> bool:
    comment = _COMMENT.match(line)
    place = next(places_in(comment["text"]), None) if comment else None
    return bool(place and place.lines)


def _current(lines: Sequence[str]) -> Iterator[str]:
    """The lines, those blanked that stand under a comment which proposes them."""
    proposed = False
    for line in lines:
        comment = _COMMENT.match(line)
        if comment and _PROPOSED.match(comment["text"]):
            proposed = True
        elif comment and _CURRENT.match(comment["text"]):
            proposed = False
        yield "" if proposed else line


def _heading(lines: Sequence[str]) -> tuple[str | None, tuple[LineRange, ...]] | None:
    """The file and the lines that the comments at the top of a piece name."""
    for line in [line for line in lines if line.strip()][:2]:
        comment = _COMMENT.match(line)
        if comment is None:
            return None
        place = next(places_in(comment["text"]), None)
        numbers = _LINES.search(comment["text"])
        if place or numbers:
            named_lines = read_lines(numbers["numbers"]) if numbers else ()
            return (place.path if place else None), (place.lines if place and place.lines else named_lines)
    return None


def _cited(code: Code, ticket: Ticket) -> tuple[str | None, tuple[LineRange, ...]]:
    """Where a fence comes from: as its comment says, else as the text right above it does."""
    if code.cites:
        return code.cites.path, code.cites.lines
    above = [
        citation
        for citation in ticket.citations
        if citation.kind == "path" and citation.lines and code.line - _LEAD <= citation.line < code.line
    ]
    return (above[-1].path, above[-1].lines) if above else (None, ())
