"""What in a text can be checked: places in the code, quoted code, commands and their results, sums.

A line number or a command counts wherever it stands. A piece of code counts where its sentence says
that somebody looked ("the actual code is …", "confirmed: …") and proposes nothing, or where it is a
whole statement, or is said to stand in a file. Code and sums that the ticket has already do not count:
to repeat the ticket's own words is to have looked at the ticket.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ticketaudit.extract.places import places_in
from ticketaudit.extract.scope import Scope
from ticketaudit.inline import Passage, placed_code_spans, plain, without_code, without_marks
from ticketaudit.ticket import Evidence

_LINES = re.compile(
    r"[Ll](?<![\w-].)(?:ines?\s+~?\d+(?:\s*[-–,&]\s*\d+)*|(?<=L)(?:\d{2,}(?:\s*[-–]\s*L?\d+)?|\d\s*[-–]\s*L?\d+))(?!\.?\w)"
)
_SENTENCE_END = re.compile(r"[.!?;]\s+(?=[A-Z`\"'(*])")
_NUMBER = re.compile(r"\d(?:[\d,.]*\d)?")
#: Numbers combined and what comes out: "2*512*128 + 512 = 131,584"; a ratio may have names: "n/(n-1) = 1.053".
_SUM = re.compile(
    r"(?:(?<![\d,.])\d[\d,.]*(?:\s*[-+*/×^]\s*[\d(][\d,.()]*){1,20}\s*=\s*~?|(?<![\w()])[\w()]+/[\w()+-]+\s=\s~?)"
    + _NUMBER.pattern
)
#: Code that does something: an assignment (a keyword argument has no space before its "="), a statement.
_STATEMENT = re.compile(r"[A-Za-z_][\w.\[\]\"']* [+*/-]?= \S|(?:if|for|return|assert|raise|while|with|def|class) \S")
#: What follows a piece of code that is said to stand in a file.
_IN_FILE = re.compile(r"`+\s+in\s+`?[\w./-]*\w\.[a-z]+\b")
#: Code is quoted by one of these; the last may begin the name of another.
_QUOTING = '`"“&'
_QUOTED = re.compile(r"[\"“]([^\"“”]{12,})[\"”]")


def squeezed(text: str) -> str:
    """A text without white space: how code is compared that was quoted with other spacing."""
    return "".join(text.split())


def read_evidence(passage: Passage, ticket_text: str, scope: Scope) -> Iterator[Evidence]:
    """What a passage shows, kind by kind. ``ticket_text`` is the ticket's own text, `squeezed`."""
    text = without_marks(passage.raw)
    places = [place for place in places_in(text) if place.lines]
    for place in places:
        yield Evidence("path", " ".join(text[place.start : place.end].split()), passage.line_at(place.start))
    for match in _LINES.finditer(text) if "ine" in text or "L" in text else ():
        if not any(place.start <= match.start() < place.end for place in places):
            yield Evidence("line", match[0], passage.line_at(match.start()))
    yield from _commands(passage, scope)
    yield from _code(passage, ticket_text, scope)
    for match in _SUM.finditer(text) if "=" in text else ():
        if all(number in ticket_text for number in _NUMBER.findall(match[0])):
            continue
        yield Evidence("calculation", match[0].strip(), passage.line_at(match.start()))


def _commands(passage: Passage, scope: Scope) -> Iterator[Evidence]:
    for span, start in placed_code_spans(passage.raw):
        if scope.vocabulary.command(span):
            yield Evidence("command", span, passage.line_at(start))
    prose = Passage(plain(without_code(passage.raw)), passage.line)
    for match in scope.vocabulary.phrases("ran something", prose.raw):
        yield Evidence("command", match[0], prose.line_at(match.start()))


def _code(passage: Passage, ticket_text: str, scope: Scope) -> Iterator[Evidence]:
    if not any(mark in passage.raw for mark in _QUOTING):
        return
    start = 0
    for end in [*(match.end() for match in _SENTENCE_END.finditer(passage.raw)), len(passage.raw)]:
        for code, offset in _quotations(passage.raw[start:end], scope):
            if squeezed(code) not in ticket_text:
                yield Evidence("code", code, passage.line_at(start + offset))
        start = end


def _quotations(sentence: str, scope: Scope) -> Iterator[tuple[str, int]]:
    """The code in a sentence that its author has seen in the source, each with its offset."""
    if not any(mark in sentence for mark in _QUOTING):
        return
    prose = plain(without_code(sentence))
    says = scope.vocabulary.says
    looked = says("looked", prose) and not says("proposes", prose)
    for code, start in placed_code_spans(sentence):
        states = looked or (_STATEMENT.match(code) and not says("proposes", prose))
        if states or _IN_FILE.match(sentence, start + len(code)):
            yield code, start
    quotes = looked and says("quotes the code", prose)
    behind = 0
    for quotation in _QUOTED.finditer(prose):
        start = max(sentence.find(quotation[1], behind), behind)  # marked up in the sentence, it is not found
        behind = start + 1  # the same words may be quoted twice
        if quotes or says("introduces code", prose[: quotation.start()]):
            yield quotation[1], start
