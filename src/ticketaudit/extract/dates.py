"""Dates as people write them: ``2025-03-04``, ``4 March 2025``, ``Mar 4th, 2025``, ``04.03.2025``, ``2025年3月4日``.

Where day and month cannot be told apart (``3/4/2025``) or the year has two digits, nothing is guessed.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ticketaudit.vocabulary import Vocabulary

#: Year first: with a separator, in Chinese and Japanese, or all in a row.
_YEAR_FIRST = re.compile(
    r"(?<!\d)(?:(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|(\d{4})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日?|(20\d\d)(\d\d)(\d\d))(?!\d)"
)
#: Every date has them; most texts have not, and need not be searched for one.
_FOUR_DIGITS = re.compile(r"\d\d\d\d")
#: What is neither a line's end nor, in ASCII, a digit or "?", which stands for other characters, digits among them.
_NO_DIGITS = bytes(code for code in range(256) if not chr(code).isdigit() and chr(code) not in "?\n")
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?:19|20)(?<!\d..)\d\d(?!\d)")
#: How far before its year a date may begin: "the 24th of September, ".
_REACH = 30
_DAY_MONTH = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.)?[ -](?:of |de )?(?P<month>[^\W\d_]{3,12})\.?,?[ -](?:de )?$"
)
_MONTH_DAY = re.compile(r"(?<!\w)(?P<month>[^\W\d_]{3,12})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? $")
_NUMBERS = re.compile(r"(?<![\w./-])(\d{1,2})(?P<mark>[./-])(\d{1,2})(?P=mark)$")
_MOST_MONTHS = 12


class Found(NamedTuple):
    """A date as YYYY-MM-DD, and where in a text it stands."""

    date: str
    start: int
    end: int


def lines_with_digits(lines: Sequence[str], first: int) -> list[int]:
    """The numbers of the lines, of which ``first`` is that of the first one, that have digits for a year.

    No date stands on the others, whatever is left out between their characters. A regular expression takes
    ten times as long to find them.
    """
    digits = "\n".join(lines).encode("ascii", "replace").translate(None, _NO_DIGITS).split(b"\n")
    return [number for number, found in enumerate(digits, first) if len(found) >= 4]


def has_year(text: str) -> bool:
    """Whether a text has what may be a year."""
    return _FOUR_DIGITS.search(text) is not None


def dates_in(text: str, vocabulary: Vocabulary) -> list[Found]:
    """The valid dates of a text, in order."""
    if not has_year(text):
        return []
    return sorted((*_year_first(text), *_year_last(text, vocabulary)), key=lambda date: date.start)


def read_date(text: str, vocabulary: Vocabulary) -> str | None:
    """The first valid date of a text as YYYY-MM-DD, None where there is none."""
    return next((found.date for found in dates_in(text, vocabulary)), None)


def _year_first(text: str) -> Iterator[Found]:
    for match in _YEAR_FIRST.finditer(text):
        year, month, day = filter(None, match.groups())
        date = _valid(int(year), int(month), int(day))
        if date:
            yield Found(date, match.start(), match.end())


def _year_last(text: str, vocabulary: Vocabulary) -> Iterator[Found]:
    for year in _YEAR.finditer(text):
        start = max(year.start() - _REACH, 0)
        before = text[start : year.start()]
        if not _DIGIT.search(before):
            continue  # neither a day nor a month
        named = _DAY_MONTH.search(before) or _MONTH_DAY.search(before)
        numbers = None if named else _NUMBERS.search(before)
        date = None
        if named:
            month = vocabulary.month(named["month"])
            date = _valid(int(year[0]), month, int(named["day"])) if month else None
        elif numbers:
            date = _of_numbers(int(year[0]), int(numbers[1]), int(numbers[3]), numbers["mark"])
        match = named or numbers
        if date and match:
            yield Found(date, start + match.start(), year.end())


def _of_numbers(year: int, first: int, second: int, mark: str) -> str | None:
    """``31/12`` and ``12/31`` can be told, ``3/4`` cannot; with full stops the day is always first."""
    if mark == "." or first > _MOST_MONTHS or first == second:
        return _valid(year, second, first)
    return _valid(year, first, second) if second > _MOST_MONTHS else None


def _valid(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None
