"""Where in a file a quotation stands, line for line; and where something like it stands."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from ticketaudit.code.quote import FEW, UNMARKED, Part, Quote, is_name
from ticketaudit.code.tokens import CONTINUING, Stream
from ticketaudit.ticket import LineRange

#: A quoted line may stand so many lines beside the cited ones.
TOLERANCE = 5
#: More beginnings than this are not followed: what begins with `return` begins everywhere.
_TRIES = 400
#: So many places in a file are compared with a quotation that does not stand there as it is.
_WINDOWS = 24
#: A definition under another name is less like the quoted one than its tokens say.
_OTHER_NAME = 0.75
_SEPARATORS_BEFORE = frozenset(["(", "[", "{", ",", ":", "}"])
_SEPARATORS_AFTER = frozenset([")", "]", "}", ",", ":"])


@dataclass(frozen=True, slots=True)
class Match:
    """A place where a quotation stands: the lines on which its parts do, the first and the last one."""

    lines: tuple[int, ...]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """A place where something like a quotation stands; ``similarity`` from 0 to 1."""

    first: int
    last: int
    similarity: float


def matches(quote: Quote, code: Stream, *, fragment: bool = False) -> list[Match]:
    """The places where every quoted line stands in order; ``fragment``: what is quoted need be no whole statement."""
    if not quote.parts:
        return []
    found = []
    for start in islice(_starts(quote.parts[0], code, 0, fragment), _TRIES):
        match = _match(quote, code, start, fragment)
        if match:
            found.append(match)
    return found


def is_near(match: Match, ranges: Sequence[LineRange]) -> bool:
    """Whether a match stands at the cited lines.

    Each of its lines does, give or take five. Where more is quoted than cited, it is enough to touch.
    """
    if not ranges:
        return True
    if all(_near(line, ranges) for line in match.lines):
        return True
    longest = max(last - first for first, last in ranges)
    touches = any(match.first <= last + TOLERANCE and first - TOLERANCE <= match.last for first, last in ranges)
    return match.last - match.first > longest + TOLERANCE and touches


def distance(match: Match, ranges: Sequence[LineRange]) -> int:
    """How many lines lie between a match and the cited lines."""
    return min((max(first - match.last, match.first - last, 0) for first, last in ranges), default=0)


def alike(quote: Quote, code: Stream, ranges: Sequence[LineRange]) -> list[Likeness]:
    """Places with something like the quotation, the likest first; those at the cited lines are looked at first."""
    if not quote.words or not code.words:
        return []
    found = {_likeness(quote, code, start) for start in islice(_candidates(quote, code, ranges), _WINDOWS)}
    return sorted(found, key=lambda like: (-like.similarity, like.last - like.first, like.first))


def _near(line: int, ranges: Sequence[LineRange]) -> bool:
    return any(first - TOLERANCE <= line <= last + TOLERANCE for first, last in ranges)


def _match(quote: Quote, code: Stream, start: int, fragment: bool) -> Match | None:
    lines = [code.lines[start]]
    end = start + len(quote.parts[0].words)
    for part in quote.parts[1:]:
        place = next(_starts(part, code, end, fragment), None)
        if place is None or code.lines[place] - code.lines[end - 1] > _reach(part):
            return None
        lines.append(code.lines[place])
        end = place + len(part.words)
    return Match(tuple(lines), lines[0], code.lines[end - 1])


def _reach(part: Part) -> int:
    return part.gap if part.is_telling or part.gap != UNMARKED else FEW


def _starts(part: Part, code: Stream, begin: int, fragment: bool) -> Iterator[int]:
    """Where a part stands, from a place on."""
    size = len(part.words)
    places = code.places.get(part.words[0], [])
    for index in range(bisect_left(places, begin), len(places)):
        start = places[index]
        if code.words[start : start + size] != part.words:
            continue
        if fragment or ((not part.opens or _opens(code, start)) and (not part.closes or _closes(code, start + size))):
            yield start


def _opens(code: Stream, start: int) -> bool:
    return code.begins_line(start) or code.words[start - 1] in _SEPARATORS_BEFORE


def _closes(code: Stream, end: int) -> bool:
    """Whether nothing of the same statement follows."""
    if end >= len(code.words):
        return True
    word = code.words[end]
    return word in _SEPARATORS_AFTER or (code.begins_line(end) and word not in CONTINUING)


def _candidates(quote: Quote, code: Stream, ranges: Sequence[LineRange]) -> Iterator[int]:
    """Places where something like the quotation may begin: at the cited lines, then around its rarest words."""
    seen: set[int] = set()
    for first, last in ranges:
        for place in code.on_lines(first - TOLERANCE, last + TOLERANCE):
            if code.begins_line(place) and place not in seen and len(seen) < _WINDOWS // 2:
                seen.add(place)
                yield place
    known = ((len(code.places[name]), name) for name in quote.names if name in code.places)
    for _, name in sorted(known):
        offset = quote.words.index(name)
        for place in code.places[name][:_WINDOWS]:
            start = _line_start(code, max(place - offset, 0))
            if start not in seen:
                seen.add(start)
                yield start


def _line_start(code: Stream, place: int) -> int:
    while not code.begins_line(place):
        place -= 1
    return place


def _likeness(quote: Quote, code: Stream, start: int) -> Likeness:
    """How much of the quotation stands from a place on: its tokens, and its names, in order.

    Where something was left out, what stands there instead does not count against it.
    """
    from rapidfuzz.distance import LCSseq

    size = len(quote.words)
    reach = 4 * size + 100 if quote.is_elided else size + size // 3 + 4
    window = code.words[start : start + reach]
    blocks = [(op.dest_start, op.dest_end) for op in LCSseq.opcodes(quote.words, window) if op.tag == "equal"]
    common = sum(end - begin for begin, end in blocks)
    first, last = (blocks[0][0], blocks[-1][1]) if blocks else (0, 1)
    whole = common / size if quote.is_elided else 2 * common / (size + max(last - first, common))
    names = [word for word in quote.words if is_name(word)]
    if names:
        same = LCSseq.similarity(names, [word for word in window if is_name(word)])
        whole = min(whole, (whole + same / len(names)) / 2)
    if quote.defines and quote.defines not in window:
        whole *= _OTHER_NAME
    end = min(start + last, len(code.words)) - 1
    return Likeness(code.lines[min(start + first, end)], code.lines[end], round(whole, 2))
