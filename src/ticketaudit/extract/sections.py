"""The sections with what their own text holds: whether anything, what is dated, what a template left."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence

from ticketaudit.blocks import Block, Fence, Html, Table, passages
from ticketaudit.blocks import Section as Part
from ticketaudit.extract.code import comments
from ticketaudit.extract.dates import Found, dates_in, has_year
from ticketaudit.extract.scope import CLOSED_ROLES, Scope
from ticketaudit.inline import Passage, plain, without_marks
from ticketaudit.phrases import Group
from ticketaudit.ticket import Dated, Placeholder, Section
from ticketaudit.vocabulary import Vocabulary

#: What stands before a date that opens a note, or that is set in brackets after one.
_OPENS = re.compile(r"(?:^|[\n(\[])[ \t]*$")
#: How far before a date the words may begin that say what it is the date of.
_REACH = 120
#: As many characters before and behind a date are its words at most, or a line of dates would be kept for each.
_LONGEST = 500
_REST_OF_WORD = re.compile(rf"\S{{0,{_LONGEST}}}")


def read_sections(scope: Scope, stamps: Container[int]) -> tuple[Section, ...]:
    """The sections that have a heading. ``stamps`` are the lines that say when the ticket was written."""
    left = scope.vocabulary.phrases_within("placeholder", scope.text)
    says_something = _which_say_something(scope.sections)
    return tuple(
        Section(
            title=part.title,
            role=role,
            level=part.level,
            line=part.line,
            end_line=part.end_line,
            empty=not says,
            dates=tuple(dated for dated in _dates(part, role in CLOSED_ROLES, scope) if dated.line not in stamps),
            placeholders=tuple(_placeholders(part, left)) if left else (),
        )
        for part, role, says in zip(scope.sections, scope.roles, says_something, strict=True)
        if part.level
    )


def _which_say_something(sections: Sequence[Part]) -> list[bool]:
    """For each section whether anything stands in it or in those inside it."""
    found = [any(map(_says_something, section.blocks)) for section in sections]
    for section, says in zip(reversed(sections), reversed(found), strict=True):
        if says and section.parent is not None:
            found[section.parent] = True
    return found


def _says_something(block: Block) -> bool:
    if isinstance(block, Fence):
        return bool(block.text.strip())
    if isinstance(block, Html):
        return _has_text(block.text)
    if isinstance(block, Table):
        return any(cell for row in block.rows for cell in row.cells)
    return bool(block.passage.raw.strip())


def _has_text(html: str) -> bool:
    """Whether anything stands outside the comments; one that is never closed runs to the end."""
    rest = html
    while rest:
        before, _, rest = rest.partition("<!--")
        if before.strip():
            return True
        _, _, rest = rest.partition("-->")
    return False


def _dates(part: Part, closed: bool, scope: Scope) -> Iterator[Dated]:
    """The dates that say when something was done or written, not those that a finding is about.

    The words before a date tell: "Resolved: …", "review of …". A note in a review, an investigation or
    a resolution (``closed``) may also open with its date, or have it in brackets.
    """
    heading = Passage(part.raw, part.line)
    dated = [passage for block in part.blocks if scope.may_be_dated(block) for passage in _texts(block)]
    for passage in (heading, *dated):
        if not has_year(passage.raw):
            continue
        text = without_marks(passage.raw)
        for found in dates_in(text, scope.vocabulary):
            start = _beginning(text, found, closed, scope.vocabulary)
            if start is not None:
                start = max(0 if passage is heading else start, found.start - _LONGEST)
                yield Dated(found.date, _words(text, start, found.end), passage.line_at(found.start))


def _beginning(text: str, found: Found, closed: bool, vocabulary: Vocabulary) -> int | None:
    """Where the words begin that a date belongs to, None where it is the date of nothing."""
    reach = max(found.start - _REACH, 0)
    before = text[reach : found.start]
    match = vocabulary.phrase("dated", before)
    if match:
        return reach + match.start()
    opens = closed and _OPENS.search(before)
    return text.rfind("\n", max(found.start - _LONGEST, 0), found.start) + 1 if opens else None


def _words(text: str, start: int, end: int) -> str:
    """A part of a text up to the end of its last word, on one line, without the punctuation around it."""
    rest = _REST_OF_WORD.match(text, end)
    words = " ".join(text[start : rest.end() if rest else end].split()).rstrip(":;,.")
    return words.rstrip(")") if words.count(")") > words.count("(") else words


def _texts(block: Block) -> Iterable[Passage]:
    """The running text of a block, each table row as one text, or the comments in code."""
    if isinstance(block, Fence):
        return comments(block)
    if isinstance(block, Table):
        return (Passage(": ".join(map(plain, row.cells)), row.line) for row in block.rows)
    return passages(block)


def _placeholders(part: Part, phrases: Group) -> Iterator[Placeholder]:
    found = [passage for block in part.blocks for passage in passages(block)]
    phrases = phrases.within("\n".join([passage.raw for passage in found]))
    for passage in found if phrases else ():
        text = without_marks(passage.raw).rstrip()
        start = len(text) - len(text.lstrip())
        match = phrases.first(text[start:])
        if match:
            yield Placeholder(match[0], passage.line_at(start + match.start()))
