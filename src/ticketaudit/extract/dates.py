"""Dates as people write them in tickets."""

from __future__ import annotations

import datetime
import re

_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")


def read_date(text: str) -> str | None:
    """The first valid date of a text as YYYY-MM-DD, None where there is none."""
    for match in _ISO.finditer(text):
        try:
            return datetime.date(*map(int, match.groups())).isoformat()
        except ValueError:
            continue
    return None
