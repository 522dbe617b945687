"""What the tickets say, for the questions that a summary raises."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from ticketaudit.blocks import Table
from ticketaudit.inline import plain
from ticketaudit.rule import Problem
from ticketaudit.statistics import ATTRIBUTES, Row
from ticketaudit.statistics.values import attributes
from ticketaudit.vocabulary import Vocabulary
from ticketaudit.words import fold

#: Attributes whose values are written as they come; a number must not be taken for one of them.
_FREE = frozenset({"batch", "agent", "domain", "category"})
#: What reviews are counted by, and not tickets.
OF_REVIEWS = ("verdict", "reviewer")
#: What separates the two attributes of a cross table in its first heading.
_BY = re.compile(r"\s+(?:by|vs\.?|and|x)\s+|\s*[/×\\]\s*")
#: What is counted where all tickets are.
TOTALS = frozenset({"total", "totals", "sum", "all", "overall", "total tickets", "total findings", "all tickets"})
TOTAL_LINES = TOTALS | {"tickets", "findings", "number of tickets", "tickets in total"}

#: A claim: its line, the number or the ticket's id that it is about, and what is wrong with it, if anything is.
Claim = tuple[int, str, Problem | None]


class Facts:
    """The rows of a batch, and what words mean in them."""

    def __init__(self, rows: Sequence[Row], vocabulary: Vocabulary) -> None:
        """Take the rows of all tickets."""
        self.rows = rows
        self.vocabulary = vocabulary
        self._attributes = {attribute.name: attribute for attribute in attributes(vocabulary)}

    @cached_property
    def by_id(self) -> dict[str, Row]:
        """Rows by the id of their ticket in upper case; of an id that several claim nothing can be said."""
        named = ((row.ticket.id.upper(), row) for row in self.rows if row.ticket.id)
        return {name: row for name, row in named if self._claims[name] == 1}

    @cached_property
    def _claims(self) -> Counter[str]:
        return Counter(row.ticket.id.upper() for row in self.rows if row.ticket.id)

    def knows(self, name: str) -> bool:
        """Whether some ticket has this id."""
        return name.upper() in self._claims

    def attribute(self, header: str) -> str | None:
        """The attribute that a heading names, as in "Status" or "Status by severity", or one of reviews."""
        first = _BY.split(header, maxsplit=1)[0]
        names = (fold(first), self.vocabulary.field("review", first), self.vocabulary.field("metadata", first))
        return next((name for name in names if name in (*ATTRIBUTES, *OF_REVIEWS)), None)

    def attribute_of(self, value: str, besides: str | None = None) -> str | None:
        """The attribute that a text is a value of: by the vocabulary, else because a ticket has it."""
        if self.vocabulary.severity_rank(value) is not None:
            found: str | None = "severity"
        elif self.vocabulary.is_verdict(value) and besides == "reviewer":
            found = "verdict"
        else:
            held = (name for name in ATTRIBUTES if name not in _FREE and self._has(name, value))
            found = next(held, None) or ("status" if fold(value) in ("open", "closed") else None)
        return found if found != besides else None

    def names_value(self, word: str) -> bool:
        """Whether a word is a value of anything that tickets are counted by."""
        return self.attribute_of(word) is not None or any(self._has(name, word) for name in _FREE)

    def _has(self, attribute: str, value: str) -> bool:
        return any(self.has(row, attribute, value) for row in self.rows)

    def count(self, claims: Sequence[tuple[str, str]]) -> list[int]:
        """How many tickets (of a verdict: reviews) a number may mean, what it most likely does first.

        With a severity the one that was concluded will do, too, and "open" may be a status or what
        statuses mean.
        """
        if any(attribute in OF_REVIEWS for attribute, _ in claims):
            return [self._reviews(dict(claims))]
        readings = [claims]
        for plainly, other in (("severity", "final"), ("status", "state")):
            readings += [
                [(other if attribute == plainly else attribute, value) for attribute, value in reading]
                for reading in tuple(readings)
            ]
        return list(dict.fromkeys(self._tickets(reading) for reading in readings))

    def counted(self, line: int, number: int, claims: Sequence[tuple[str, str]]) -> Problem | None:
        """A number against the tickets, whichever way of counting them it may mean."""
        possible = self.count(claims)
        if number in possible:
            return None
        found = possible[0]
        of = " and ".join(f"{attribute} {value}" for attribute, value in claims)
        there = "there is none" if not found else "there is 1" if found == 1 else f"there are {found}"
        what = f" of {of}" if of else " tickets" if number != 1 else " ticket"
        return Problem(line, f"the summary counts {number}{what}, {there}", subject=of or "total", mark=str(number))

    def _tickets(self, claims: Sequence[tuple[str, str]]) -> int:
        return sum(all(self.has(row, attribute, value) for attribute, value in claims) for row in self.rows)

    def _reviews(self, claims: Mapping[str, str]) -> int:
        others = [claim for claim in claims.items() if claim[0] not in OF_REVIEWS]
        rows = [row for row in self.rows if all(self.has(row, *claim) for claim in others)]
        reviews = [review for row in rows for review in row.ticket.reviews]
        if "verdict" in claims:
            reviews = [review for review in reviews if review.verdict == self.vocabulary.verdict(claims["verdict"])]
        if "reviewer" in claims:
            who = self.vocabulary.discipline(claims["reviewer"])
            reviews = [each for each in reviews if each.reviewer and self.vocabulary.discipline(each.reviewer) == who]
        return len(reviews)

    def has(self, row: Row, attribute: str, value: str) -> bool:
        """Whether a ticket has a value, however it is spelled; "none" where it has no value at all."""
        if self.vocabulary.nothing(value):
            if attribute in ("state", "final"):
                return not (row.ticket.state if attribute == "state" else row.rated.final)
            return row.values[attribute] == (None,)
        if attribute == "final":
            return row.rated.final is not None and self._severity(row.rated.final) == self._severity(value)
        if attribute == "state":
            return row.ticket.state == fold(value)
        if attribute == "disposition":
            return row.disposition is not None and row.disposition == self.vocabulary.disposition(value)
        asked = self._attributes[attribute]
        held = (text for text in asked.values(row.ticket) if text)
        meant = self._bare(attribute, value)
        return any(asked.key(self._bare(attribute, text)) == asked.key(meant) for text in held)

    def _bare(self, attribute: str, value: str) -> str:
        """A value without the attribute's name in front: the batch "Batch 1" is the batch "1"."""
        first, _, rest = value.strip().partition(" ")
        return rest if rest and self.vocabulary.field("metadata", first) == attribute else value

    def _severity(self, text: str) -> str:
        return self._attributes["severity"].key(text)

    def ticket_column(self, table: Table) -> int | None:
        """The column that names tickets: the first one in which a ticket's id stands alone in a cell."""
        for column in range(len(table.header.cells)):
            cells = (plain(row.cells[column]) for row in table.rows if column < len(row.cells))
            if any(self.knows(cell.strip()) for cell in cells):
                return column
        return None

    def rated(self, text: str) -> Iterator[tuple[str, str]]:
        """The tickets that a line names with a severity right behind them: "B1-NAV-04 (P2)"."""
        for match in re.finditer(r"(?<![\w-])([A-Za-z][\w-]*\d)(?![\w-])\W{1,4}(\w+)", text):
            if match[1].upper() in self.by_id and self.vocabulary.severity_rank(match[2]) is not None:
                yield match[1], match[2]

    def severity_problem(self, name: str, said: str, line: int) -> Problem | None:
        """What is wrong with a ticket's severity in a summary, if anything is."""
        row = self.by_id[name.upper()]
        severities = [self.vocabulary.severity_word(word) for word in re.findall(r"\w+", said)]
        named = [word for word in severities if self.vocabulary.severity_rank(word) is not None] or [said]
        held = {self._severity(text) for text in (row.ticket.severity, row.rated.original, row.rated.final) if text}
        if self._severity(said) in held or held.issuperset(map(self._severity, named)):
            return None
        also = f" ({row.rated.final} was concluded)" if row.rated.concluded else ""
        message = f"the summary says {said} of `{name}`, its severity is {row.ticket.severity or 'not given'}{also}"
        return Problem(line, message, subject=f"{name}: severity", mark=said)
