"""What cannot be made sense of: structure, table rows, related entries, characters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ticketaudit.blocks import passages
from ticketaudit.extract.mojibake import LOST, find_mojibake, may_be_damaged
from ticketaudit.extract.relations import entries_without_ticket
from ticketaudit.extract.scope import Scope
from ticketaudit.inline import Passage, plain, without_code
from ticketaudit.ticket import Defect, Review

_UNDECODABLE = "the line has bytes that are no UTF-8"


def read_defects(scope: Scope, ticket_id: str | None, reviews: Sequence[Review]) -> tuple[Defect, ...]:
    """The defects in the order of their lines."""
    defects = [
        *_of_structure(scope),
        *_of_relations(scope, ticket_id),
        *_of_reviews(scope, reviews),
        *_of_characters(scope),
    ]
    return tuple(sorted(defects, key=lambda defect: defect.line))


def _of_structure(scope: Scope) -> Iterator[Defect]:
    for oddity in scope.document.oddities:
        text = scope.document.source.line(oddity.line).strip()
        yield Defect(oddity.message, oddity.line, "table" if oddity.in_table else "structure", text)


def _of_relations(scope: Scope, ticket_id: str | None) -> Iterator[Defect]:
    for entry in entries_without_ticket(scope, ticket_id):
        yield Defect("a related entry names no ticket", entry.line, "reference", plain(entry.raw))


def _of_reviews(scope: Scope, reviews: Sequence[Review]) -> Iterator[Defect]:
    """Review sections that say something of which nothing could be read as a review."""
    for index, section in scope.with_role("review"):
        if not scope.begins(index) or any(section.line <= review.line <= section.end_line for review in reviews):
            continue
        blocks = (block for part in scope.subtree(index) for block in part.blocks)
        texts = [plain(passage.raw) for block in blocks for passage in passages(block)]
        if not all(map(scope.vocabulary.nothing, texts)):
            yield Defect("no review can be read in this section", section.line, "structure", section.title)


def _of_characters(scope: Scope) -> Iterator[Defect]:
    """At most one per line: where one character was damaged, the others of its kind were too."""
    source = scope.document.source
    damaged = {line: Defect(_UNDECODABLE, line, "encoding", _word(source.line(line), LOST)) for line in source.damage}
    for text, line in _prose(scope):
        if line in damaged:
            continue
        found = find_mojibake(text)
        if found:
            message = f"`{found.text}` is `{found.meant}` read in the wrong encoding"
            damaged[line] = Defect(message, line, "encoding", _word(text, found.text))
        elif LOST in text:
            damaged[line] = Defect("a character was lost", line, "encoding", _word(text, LOST))
    yield from damaged.values()


def _prose(scope: Scope) -> Iterator[tuple[str, int]]:
    """The text line by line that may be damaged, without its code: that may show damaged text on purpose."""
    headings = (Passage(section.raw, section.line) for section in scope.sections)
    front = (Passage(entry.value, entry.line) for entry in scope.document.front)
    for passage in (*front, *headings, *(passage for _, passage in scope.passages)):
        if not may_be_damaged(passage.raw):
            continue
        for line, text in enumerate(without_code(passage.raw).split("\n"), passage.line):
            yield text, line


def _word(text: str, part: str) -> str:
    """The word of a text that a part of it stands in."""
    return next((word for word in text.split() if part in word), part)
