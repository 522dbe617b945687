"""A summary of a batch that somebody wrote by hand, against what the tickets say.

What a table, a row or a line claims is found by words, as in tickets; a claim that cannot be made sense of
is no mismatch.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from ticketaudit.blocks import Block, Item, Paragraph, Row, Section, Table
from ticketaudit.inline import plain
from ticketaudit.markdown import parse
from ticketaudit.rule import Problem
from ticketaudit.statistics import Statistics
from ticketaudit.summaries.facts import OF_REVIEWS, TOTAL_LINES, TOTALS, Claim, Facts
from ticketaudit.summaries.prose import Prose
from ticketaudit.summaries.tickets import ticket_problems
from ticketaudit.text import Source
from ticketaudit.vocabulary import Vocabulary
from ticketaudit.words import fold

_NUMBER = re.compile(r"\d{1,6}")
#: "P1: 14", "Total tickets = 201"; a share, a range, a ratio or a date is no count.
_COUNTED = re.compile(
    r"(?P<key>[^:=–—]{1,40}?)\s*(?::|=|\s[–—-]\s)\s*(?P<number>\d{1,6})(?=\s*$|[,;]?\s+[^\W\d]|\s*\()"
)
_COUNT_HEADERS = frozenset({"count", "tickets", "findings", "reviews", "number", "total", "amount", "sum", "all"})
#: A ticket's id, whether or not there is such a ticket; and a number that may be a count: no part of a date or a share.
_NAMED = re.compile(r"(?<![\w-])[A-Z]\w*(?:-\w+)*-\d+(?![\w-])|(?<![\w.,:/-])\d{1,6}(?![\w:/-]|[.,]\d|\s?%)")
#: A heading that is about a part of the batch has a number or the word for one.
_PART = re.compile(r"(?<!\d)\d{1,3}(?!\d)")


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of a summary: how many of its claims could be compared with the tickets, and what is wrong with them.

    ``unread`` are the lines that name a number or a ticket of which nothing could be compared.
    """

    claims: int
    problems: tuple[Problem, ...]
    unread: tuple[int, ...]


def compare_summary(source: Source, statistics: Statistics, vocabulary: Vocabulary) -> Compared:
    """Compare every claim of a summary with the tickets."""
    facts = Facts(statistics.rows, vocabulary)
    sections = parse(source).sections
    found = [claim for section in sections for claim in _section(section, sections, facts)]
    compared = {(line, about.upper()) for line, about, _ in found}
    lines = {line for line, _ in compared}
    named = (named for section in sections for block in section.blocks for named in _named(block, lines))
    problems = dict.fromkeys(problem for _, _, problem in found if problem)
    return Compared(len(found), tuple(problems), tuple(sorted({name[0] for name in named if name not in compared})))


def _section(section: Section, sections: Sequence[Section], facts: Facts) -> Iterator[Claim]:
    around = section
    narrow = _is_part(section.title, facts)
    while around.parent is not None:
        around = sections[around.parent]
        narrow = narrow or _is_part(around.title, facts)
    prose = Prose(facts, narrow)
    for block in section.blocks:
        yield from _block(block, facts, prose)


def _is_part(title: str, facts: Facts) -> bool:
    """Whether a heading is about some of the tickets only."""
    return bool(_PART.search(title)) or any(facts.names_value(word) for word in re.findall(r"\w[\w-]*", title))


def _named(block: Block, lines: Container[int]) -> Iterator[tuple[int, str]]:
    """The numbers and the tickets to compare, by their lines; none of a table row in ``lines``."""
    if isinstance(block, Table):
        for row in block.rows:
            names = [name for cell in row.cells for name in _NAMED.findall(plain(cell))]
            yield from ((row.line, name) for name in names if row.line not in lines)
    elif isinstance(block, Item | Paragraph):
        for offset, text in enumerate(block.passage.raw.split("\n")):
            yield from ((block.line + offset, name.upper()) for name in _NAMED.findall(plain(text)))


def _block(block: Block, facts: Facts, prose: Prose) -> Iterator[Claim]:
    if isinstance(block, Table):
        column = facts.ticket_column(block)
        yield from _counts(block, facts) if column is None else ticket_problems(block, column, facts)
    elif isinstance(block, Item | Paragraph):
        lines = [plain(text) for text in block.passage.raw.split("\n")]
        for offset, text in enumerate(lines):
            yield from _line(text, block.line + offset, facts)
        yield from prose.claims("\n".join(lines), block.line)


def _counts(table: Table, facts: Facts) -> Iterator[Claim]:
    """The numbers of a table whose first column names values of an attribute."""
    header = [plain(cell) for cell in table.header.cells]
    attribute = facts.attribute(header[0]) if header else None
    if attribute is None:
        return
    for row in table.rows:
        value = plain(row.cells[0]) if row.cells else ""
        for column in range(1, min(len(header), len(row.cells))):
            number = _NUMBER.fullmatch(plain(row.cells[column]))
            if number and value:
                yield from _cell(row, attribute, value, header[column], int(number[0]), facts)


def _cell(row: Row, attribute: str, value: str, over: str, number: int, facts: Facts) -> Iterator[Claim]:
    """One number: of a value, of two values together, or of all tickets."""
    claims = [] if fold(value) in TOTALS else [(attribute, value)]
    if not claims and attribute in OF_REVIEWS:
        return  # a total of reviews: nobody says which are meant
    if fold(over) not in _COUNT_HEADERS:
        other = facts.attribute_of(over, besides=attribute)
        if other is None:
            return
        claims.append((other, over))
    yield row.line, str(number), facts.counted(row.line, number, claims)


def _line(text: str, line: int, facts: Facts) -> Iterator[Claim]:
    counted = _COUNTED.match(text)
    if counted:
        key, number = counted["key"].strip(), int(counted["number"])
        attribute = facts.attribute_of(key)
        claims = [(attribute, key)] if attribute else []
        if attribute or fold(key) in TOTAL_LINES:
            yield line, counted["number"], facts.counted(line, number, claims)
    for name, severity in facts.rated(text):
        yield line, name, facts.severity_problem(name, severity, line)
