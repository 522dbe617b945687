"""The reports that tickets come from, as far as tickets cite them."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from ticketaudit.words import fold

_QUOTED = re.compile(r"[\"“]([^\"“”]+)[\"”]")
#: Where a part that is not quoted ends and a closer description begins.
_CLOSER = re.compile(r"\s[-–—>/]\s|\s*[(,;:]")


class Entry(msgspec.Struct, frozen=True):
    """A finding in a report: its name there, and the severity that the report gives it."""

    name: str
    severity: str | None


class ReviewReport(msgspec.Struct, frozen=True):
    """A report that tickets come from.

    ``lines`` and the titles of ``headings`` are folded, as words are compared; a heading has the
    severity that it or a heading around it names. ``ranks`` are the steps of all these severities on the scale.
    """

    path: str
    lines: tuple[str, ...]
    headings: tuple[tuple[str, str | None], ...]
    entries: tuple[Entry, ...]
    ranks: Mapping[str, int | None]

    def missing(self, part: str) -> str | None:
        """What of the part that a ticket names, as written there, the report does not have.

        None where it has all of it, or an entry of that name: that is found whatever the headings are called.
        """
        return None if self._named(part) else next((name for name in named_in(part) if not self._has(name)), None)

    def severities(self, part: str) -> tuple[str, ...]:
        """The severities that the report gives to the part that a ticket names; none where it says nothing."""
        found = [entry.severity for entry in self._named(part)]
        for phrase in _QUOTED.findall(part) if not found else ():
            found += [severity for title, severity in self.headings if _holds(title, fold(phrase))]
        return tuple(dict.fromkeys(severity for severity in found if severity))

    def _named(self, part: str) -> list[Entry]:
        """The entries that a part names; a bare number in quotation marks is more likely one of a title."""
        unquoted = _QUOTED.sub(" ", part)
        return [entry for entry in self.entries if _names(unquoted if entry.name.isdigit() else part, entry)]

    def _has(self, name: str) -> bool:
        words = fold(name)
        return not words or any(_holds(line, words) for line in self.lines)


def named_in(part: str) -> tuple[str, ...]:
    """What the part of a report is called, in the words of a ticket: each of its names in quotation marks, else all."""
    return tuple(_QUOTED.findall(part)) or (_CLOSER.split(part)[0],)


def _names(part: str, entry: Entry) -> bool:
    if entry.name not in part:  # few are: a pattern for each of the others would take longest of all
        return False
    return re.search(rf"(?<![\w.-]){re.escape(entry.name)}(?![\w-]|\.\w)", part) is not None


def _holds(text: str, words: str) -> bool:
    """Whether a folded text has these words in this order, whole."""
    return f" {words} " in f" {text} "
