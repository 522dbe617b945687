"""Suppressions: comments in a ticket that accept a diagnostic, with the reason.

``<!-- ticketaudit: ignore[rule-name, other-rule] the reason -->`` on a line of its own covers the block
below it: a paragraph, a table, a fence, a whole list or quotation; before a heading, the whole section.
The first thing under the title, or in a ticket without headings, it covers the whole ticket; under the title
of a file that holds several, all of them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence

from ticketaudit.blocks import Block, Document, Html, Section, passages
from ticketaudit.inline import without_code
from ticketaudit.markdown import parse
from ticketaudit.suppression import Suppression
from ticketaudit.text import Source

#: Without its colon, or with the name in two words, a comment is meant for ticketaudit where it begins with what
#: linters are told.
_COMMENT = re.compile(
    r"<!--\s*(?P<name>ticket[ _-]?audit)(?:(?<=ticketaudit):|(?=[^\w>]+(?:ignore|disable|suppress|skip|noqa)):?)"
    r"\s*(?P<words>.*?)\s*-->",
    re.DOTALL | re.IGNORECASE,
)
_WORDS = re.compile(r"ignore\[(?P<rules>[^\]]*)\]\s*(?P<reason>.*)", re.DOTALL)


def suppressions_in(source: Source, heads: Collection[int]) -> tuple[Suppression, ...]:
    """The suppressions of a file (see `read_suppressions`)."""
    document = parse(source)
    found = [
        suppression
        for index, section in enumerate(document.sections)
        for suppression in (*_on_their_own(document, index, heads), *_inside_lines(source.path, section))
    ]
    return tuple(sorted(found, key=lambda suppression: suppression.line))


def _on_their_own(document: Document, index: int, heads: Collection[int]) -> Iterator[Suppression]:
    blocks = document.sections[index].blocks
    others = [position for position, block in enumerate(blocks) if not _is_comment(block)]
    for position, block in enumerate(blocks):
        if isinstance(block, Html) and not block.quoted:
            lines = _covered(document, index, position, others, heads)
            for match in _COMMENT.finditer(block.text):
                line = block.line + block.text.count("\n", 0, match.start())
                yield _suppression(document.source.path, line, match, lines if _is_alone(match) else None)


def _inside_lines(path: str, section: Section) -> Iterator[Suppression]:
    """Comments beside other text: they cover nothing, and their authors should know."""
    for match in _COMMENT.finditer(without_code(section.raw)):
        yield _suppression(path, section.line, match, None)
    for block in section.blocks:
        for passage in passages(block):
            for match in _COMMENT.finditer(without_code(passage.raw)):
                yield _suppression(path, passage.line_at(match.start()), match, None)


def _suppression(path: str, line: int, comment: re.Match[str], lines: range | None) -> Suppression:
    """The suppression that a comment is; ``lines`` is None where it stands inside a line."""
    words = " ".join(comment["words"].split())
    is_ours = comment["name"].casefold() == "ticketaudit"
    match = _WORDS.fullmatch(words) if is_ours else None
    words = words if is_ours else f"{comment['name']}: {words}"
    rules = tuple(filter(None, (rule.strip() for rule in match["rules"].split(",")))) if match else ()
    reason = match["reason"] if match and any(map(str.isalnum, match["reason"])) else ""
    return Suppression(path, line, words, rules, reason, alone=lines is not None, lines=lines or range(0))


def _is_alone(match: re.Match[str]) -> bool:
    """Whether nothing stands beside a comment on its lines."""
    before = match.string[: match.start()].rpartition("\n")[2]
    after = match.string[match.end() :].partition("\n")[0]
    return not before.strip() and not after.strip()


def _is_comment(block: Block) -> bool:
    return isinstance(block, Html) and not _COMMENT.sub("", block.text).strip()


def _covered(document: Document, index: int, position: int, others: Sequence[int], heads: Collection[int]) -> range:
    """The lines that a comment covers which is a block of a section; ``others`` are its blocks that are none."""
    section = document.sections[index]
    comment = section.blocks[position]
    title = next((number for number, section in enumerate(document.sections) if section.level), 0)
    heads_ticket = section.level and section.line in heads
    if (index == title or heads_ticket) and (not others or position <= others[0]):
        return range(1, len(document.source.lines) + 1) if index == title else range(section.line, section.end_line + 1)
    below = (section.blocks[others[place]] for place in range(bisect_right(others, position), len(others)))
    first = next(below, None)
    if first is None:
        following = document.sections[index + 1 : index + 2]
        return range(following[0].line, following[0].end_line + 1) if following else range(0)
    last = first
    for block in below:
        belongs = block.quoted if first.quoted else first.depth > comment.depth and block.depth > comment.depth
        if not belongs:
            break
        last = block
    return range(first.line, last.end_line + 1)
