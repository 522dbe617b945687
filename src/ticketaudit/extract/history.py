"""A ticket's change log: a table with a row per change."""

from __future__ import annotations

from typing import NamedTuple

from ticketaudit.blocks import Table
from ticketaudit.extract.dates import read_date
from ticketaudit.extract.pairs import columns
from ticketaudit.extract.scope import Scope
from ticketaudit.inline import plain


class Change(NamedTuple):
    """The date of a change as written, and its line."""

    text: str
    line: int


def read_history(scope: Scope) -> list[Change]:
    """The dated rows of the change log from the oldest to the newest.

    It has a heading that says so, or stands below the title with a column of versions.
    """
    found: list[Change] = []
    for index, section, block in scope.blocks:
        if isinstance(block, Table):
            places = columns(block, lambda key: scope.vocabulary.field("history", key))
            said = scope.roles[index] == "history" or (section is scope.title and "version" in places)
            if said and "date" in places:
                found.extend(Change(plain(row.passage(places["date"]).raw), row.line) for row in block.rows)
    dated = [(date, change) for change in found if (date := read_date(change.text, scope.vocabulary))]
    return [change for _, change in sorted(dated)]
