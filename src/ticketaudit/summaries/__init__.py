"""A summary of a batch that somebody wrote by hand, against what the tickets say.

What a table, a row or a line claims is found by words, as in tickets; a claim that cannot be made sense of
is no mismatch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ticketaudit.blocks import Block, Item, Paragraph, Row, Table
from ticketaudit.inline import plain
from ticketaudit.markdown import parse
from ticketaudit.rule import Problem
from ticketaudit.statistics import Statistics
from ticketaudit.summaries.facts import OF_REVIEWS, Facts
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
_TOTALS = frozenset({"total", "totals", "sum", "all", "overall", "total tickets", "total findings", "all tickets"})
_TOTAL_LINES = _TOTALS | {"tickets", "findings", "number of tickets", "tickets in total"}


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of a summary: how many of its claims could be compared with the tickets, and what is wrong with them.

    The problems are in the order of its lines.
    """

    claims: int
    problems: tuple[Problem, ...]


#: What came of one claim: what is wrong with it, or None where the tickets say the same.
Checked = Problem | None


def compare_summary(source: Source, statistics: Statistics, vocabulary: Vocabulary) -> Compared:
    """Compare every claim of a summary with the tickets."""
    facts = Facts(statistics.rows, vocabulary)
    blocks = (block for section in parse(source).sections for block in section.blocks)
    found = [checked for block in blocks for checked in _block(block, facts)]
    return Compared(len(found), tuple(dict.fromkeys(problem for problem in found if problem)))


def _block(block: Block, facts: Facts) -> Iterator[Checked]:
    if isinstance(block, Table):
        column = facts.ticket_column(block)
        yield from _counts(block, facts) if column is None else ticket_problems(block, column, facts)
    elif isinstance(block, Item | Paragraph):
        for offset, text in enumerate(block.passage.raw.split("\n")):
            yield from _line(plain(text), block.line + offset, facts)


def _counts(table: Table, facts: Facts) -> Iterator[Checked]:
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


def _cell(row: Row, attribute: str, value: str, over: str, number: int, facts: Facts) -> Iterator[Checked]:
    """One number: of a value, of two values together, or of all tickets."""
    claims = [] if fold(value) in _TOTALS else [(attribute, value)]
    if not claims and attribute in OF_REVIEWS:
        return  # a total of reviews: nobody says which are meant
    if fold(over) not in _COUNT_HEADERS:
        other = facts.attribute_of(over, besides=attribute)
        if other is None:
            return
        claims.append((other, over))
    yield _counted(row.line, number, claims, facts)


def _line(text: str, line: int, facts: Facts) -> Iterator[Checked]:
    counted = _COUNTED.match(text)
    if counted:
        key, number = counted["key"].strip(), int(counted["number"])
        attribute = facts.attribute_of(key)
        claims = [(attribute, key)] if attribute else []
        if attribute or fold(key) in _TOTAL_LINES:
            yield _counted(line, number, claims, facts)
    for name, severity in facts.rated(text):
        yield facts.severity_problem(name, severity, line)


def _counted(line: int, number: int, claims: list[tuple[str, str]], facts: Facts) -> Checked:
    """A number against the tickets, whichever way of counting them it may mean."""
    possible = facts.count(claims)
    if number in possible:
        return None
    found = possible[0]
    of = " and ".join(f"{attribute} {value}" for attribute, value in claims)
    there = "there is none" if not found else "there is 1" if found == 1 else f"there are {found}"
    what = f" of {of}" if of else " tickets" if number != 1 else " ticket"
    return Problem(line, f"the summary counts {number}{what}, {there}", subject=of or "total", mark=str(number))
