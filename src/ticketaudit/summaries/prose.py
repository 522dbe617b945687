"""Counts and tickets in the sentences of a summary, where the words leave no doubt what they count.

A sentence is taken clause by clause, and a clause as a whole or not at all: "3 of the P1 tickets were open in
May" is no claim about today. A count is about the whole batch only while everything before it in its
paragraph was understood: else nobody knows what "3 are open" speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ticketaudit.rule import Problem
from ticketaudit.summaries.facts import TOTAL_LINES, Claim, Facts
from ticketaudit.summaries.tickets import status_problem
from ticketaudit.words import fold

#: Where a clause ends; its first group where the sentence does, too.
_END = re.compile(r"([.!;](?=\s|$)|$)|,\s+(?:and\s+|but\s+)?|\s+(?:and|but)\s+(?=\d|[A-Z]\w*-)")
#: What may stand before a comma and changes nothing.
_BY_THE_WAY = frozenset({"overall", "in total", "altogether", "currently", "now", "today"})
_LEAD = r"(?:(?:and|overall|in total|altogether|currently|now|today),?\s+)?"
_NOUN = r"(?:finding\s+)?(?:tickets?|findings?)"
_WE = r"(?:(?:we|the team)\s+(?:have\s+)?(?:reviewed|audited|read)|this\s+(?:report|summary)\s+covers)"
_IS = r"(?:(?:are|is|remain|remains)\s+(?:(?:still|now|already)\s+)?)"
_VALUE = r"(?P<value>[^\W\d][\w'’-]*(?:\s[\w'’-]+)?)"
_SUM = r"(?:in total|in all|overall|altogether)"
_TOTAL = re.compile(
    rf"{_LEAD}(?:(?:{_WE}|there\s+are|we\s+have)\s+(?:a total of\s+|all\s+)?(?P<a>\d{{1,6}})\s+{_NOUN}(?:\s+{_SUM})?"
    rf"|(?P<b>\d{{1,6}})\s+{_NOUN}\s+{_SUM}|a total of\s+(?P<c>\d{{1,6}})\s+{_NOUN})",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    rf"{_LEAD}(?:(?:there\s+are|we\s+have)\s+)?(?P<number>\d{{1,6}})\s+"
    rf"(?:{_VALUE}\s+{_NOUN}|(?:{_NOUN}\s+|of\s+(?:them|these)\s+)?{_IS}?{_VALUE.replace('value', 'other')})",
    re.IGNORECASE,
)
_KEYED = re.compile(r"(?P<key>[^\W\d][^:=\n]{0,39}):\s+(?P<number>\d{1,6})")
_TICKET = re.compile(
    rf"(?:and\s+|only\s+|ticket\s+)?(?P<name>[A-Za-z][\w-]*\d)(?:\s+\(\w+\))?\s+{_IS}{_VALUE}", re.IGNORECASE
)


class Prose:
    """The paragraphs of one section, in their order; ``narrow`` where its heading is about a part of the batch."""

    def __init__(self, facts: Facts, narrow: bool) -> None:
        self._facts, self._narrow = facts, narrow

    def claims(self, text: str, line: int) -> Iterator[Claim]:
        """What a paragraph claims, from its first line on."""
        understood = whole = True
        start = 0
        for end in _END.finditer(text):
            clause = text[start : end.start()]
            lead = len(clause) - len(clause.lstrip())
            place = line + text.count("\n", 0, start + lead)
            found = self._clause(clause.strip(), place, whole and not self._narrow, text[: start + lead])
            understood = understood and found is not None
            whole = whole and found is not None
            if (understood or whole) and found:
                yield from found
            if end[1] is not None:
                understood = True
            start = end.end()
        if not whole and not text.rstrip().endswith((".", "!", "?")):
            self._narrow = True  # it introduces what follows: who knows what that counts

    def _clause(self, clause: str, line: int, counts: bool, before: str) -> list[Claim] | None:
        """The claims of a clause; None where it was not understood."""
        if not clause or fold(clause) in _BY_THE_WAY:
            return []
        ticket = _TICKET.fullmatch(clause)
        if ticket and ticket["name"].upper() in self._facts.by_id:
            return self._ticket(ticket["name"], ticket["value"], line)
        if not counts:
            return None
        total = _TOTAL.fullmatch(clause)
        if total:
            number = int(total["a"] or total["b"] or total["c"])
            reviewed = sum(row.consensus is not None for row in self._facts.rows)
            return [(line, str(number), None if number == reviewed else self._facts.counted(line, number, []))]
        keyed = _KEYED.fullmatch(clause)
        if keyed and (not before or before.endswith("\n")):
            return []  # a line of its own, which is looked at as such
        if keyed and fold(keyed["key"]) in TOTAL_LINES:
            return [(line, keyed["number"], self._facts.counted(line, int(keyed["number"]), []))]
        counted = keyed or _COUNTED.fullmatch(clause)
        if not counted:
            return None
        value = keyed["key"] if keyed else counted["value"] or counted["other"]
        attribute = self._facts.attribute_of(value)
        if attribute not in ("severity", "status"):
            return None
        problem = self._facts.counted(line, int(counted["number"]), [(attribute, value)])
        return [(line, counted["number"], problem)]

    def _ticket(self, name: str, value: str, line: int) -> list[Claim] | None:
        attribute = self._facts.attribute_of(value)
        problem: Problem | None
        if attribute == "severity":
            problem = self._facts.severity_problem(name, value, line)
        elif attribute == "status":
            problem = status_problem(self._facts, name, value, line)
        else:
            return None
        return [(line, name, problem)]
