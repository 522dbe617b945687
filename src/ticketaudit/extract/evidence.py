"""What in a text can be checked: places in the code, quoted code, commands and their results, sums."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ticketaudit.extract.places import places_in
from ticketaudit.extract.scope import Scope
from ticketaudit.markdown import Passage, code_spans, plain, without_code
from ticketaudit.ticket import Evidence

_LINES = re.compile(
    r"(?<![\w-])(?:\b[Ll]ines?\s+~?\d+(?:\s*[-–,&]\s*\d+)*|L\d+(?:\s*[-–]\s*L?\d+)?(?![\w.]))"
)
#: Code, not just a name: a call with arguments, an assignment, an operator, a keyword, an index.
_CODE = re.compile(r"\w\(.+\)|[^=!<>]=[^=]|==|!=|->|\w\[.+\]|\b(?:if|for|return|raise|import|assert|def|not|is)\b |[-+*/%<>] |\w: \w|^#|^@")
_SUM = re.compile(r"\d[\d,.]*\s*(?:[-+*/×^x]\s*[\d(][\d,.()\s*+/×^x-]*)+\s*(?:=|≈|~)\s*~?\d|(?:=|≈)\s*[\d,.]+\s*[*×/+]\s*[\d,.]+")


def read_evidence(passage: Passage, ticket_text: str, scope: Scope) -> Iterator[Evidence]:
    """What a passage shows. Code that the ticket itself already quotes shows nothing of its own."""
    text = re.sub(r"[`*]", " ", passage.raw)
    taken: list[tuple[int, int]] = []
    for place in places_in(text):
        if place.lines:
            taken.append((place.start, place.end))
            yield Evidence("path", " ".join(text[place.start : place.end].split()), passage.line_at(place.start))
    for match in _LINES.finditer(text):
        if not any(start <= match.start() < end for start, end in taken):
            yield Evidence("line", match[0], passage.line_at(match.start()))
    for span in code_spans(passage.raw):
        line = passage.line_at(max(passage.raw.find(span), 0))
        if scope.vocabulary.command(span):
            yield Evidence("command", span, line)
        elif _CODE.search(span) and span not in ticket_text:
            yield Evidence("code", span, line)
    prose = plain(without_code(passage.raw))
    for match in scope.vocabulary.phrases("looked", prose):
        yield Evidence("command", match[0], passage.line)
    for match in _SUM.finditer(text):
        yield Evidence("calculation", match[0].strip(), passage.line_at(match.start()))
