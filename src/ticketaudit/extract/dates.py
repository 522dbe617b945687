"""Dates as people write them in tickets."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import NamedTuple

_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")


class Found(NamedTuple):
    """A date as YYYY-MM-DD, and where in a text it stands."""

    date: str
    start: int
    end: int


def dates_in(text: str) -> Iterator[Found]:
    """The valid dates of a text, in order."""
    for match in _ISO.finditer(text):
        try:
            date = datetime.date(*map(int, match.groups()))
        except ValueError:
            continue
        yield Found(date.isoformat(), match.start(), match.end())


def read_date(text: str) -> str | None:
    """The first valid date of a text as YYYY-MM-DD, None where there is none."""
    return next((found.date for found in dates_in(text)), None)
