"""Review reports: what a ticket says about the one that it comes from, and what such a report says itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ticketaudit.blocks import Document, Item, Section, Table
from ticketaudit.extract.pairs import columns, pairs
from ticketaudit.extract.scope import Scope
from ticketaudit.inline import plain
from ticketaudit.markdown import parse
from ticketaudit.text import Source
from ticketaudit.ticket import ReportPart
from ticketaudit.vocabulary import Vocabulary
from ticketaudit.words import fold

#: The name of an entry at the head of a heading or a list item: ``P3-001: …``, ``T1-G-2 …``.
_ENTRY = re.compile(r"\W*(?P<name>[A-Za-z][\w.-]*\d[\w.-]*)")
_QUOTED = re.compile(r"[\"“]([^\"“”]+)[\"”]")
#: Where a part that is not quoted ends and a closer description begins.
_CLOSER = re.compile(r"\s[-–—>/]\s|\s*[(,;:]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding in a report: its name there, and the severity that the report gives it."""

    name: str
    severity: str | None


@dataclass(frozen=True, slots=True)
class ReviewReport:
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


def read_report_parts(scope: Scope) -> Mapping[int, ReportPart]:
    """The parts of reports that the ticket says it comes from, by the line that names the report's file."""
    found: dict[int, ReportPart] = {}
    for _, section in scope.with_role("appendix"):
        file = None
        for block in section.blocks:
            for pair in pairs(block, lambda key: scope.vocabulary.field("report", key), scope.vocabulary):
                name = scope.vocabulary.field("report", pair.key)
                if name == "file":
                    file = pair.line
                    found.setdefault(file, ReportPart(None, file))
                elif name == "part" and file is not None and pair.text:
                    found[file] = ReportPart(pair.text, pair.line)
    return found


def read_report(source: Source, vocabulary: Vocabulary) -> ReviewReport:
    """Read a report. Any text gives one."""
    document = parse(source)
    severities = _heading_severities(document, vocabulary)
    headings = tuple((fold(section.title), severities[index]) for index, section in enumerate(document.sections))
    entries = [
        entry
        for index, section in enumerate(document.sections)
        for entry in _entries(section, severities[index], vocabulary)
    ]
    named = [severity for _, severity in headings] + [entry.severity for entry in entries]
    ranks = {severity: vocabulary.severity_rank(severity) for severity in named if severity}
    return ReviewReport(source.path, tuple(map(fold, source.lines)), headings, tuple(dict.fromkeys(entries)), ranks)


def _heading_severities(document: Document, vocabulary: Vocabulary) -> list[str | None]:
    """The severity that each heading names, or the nearest heading around it that names one."""
    found: list[str | None] = []
    for section in document.sections:
        named = {match["severity"] for match in vocabulary.phrases("severity named", section.title)}
        around = None if section.parent is None else found[section.parent]
        found.append(named.pop() if len(named) == 1 else around)
    return found


def _entries(section: Section, severity: str | None, vocabulary: Vocabulary) -> Iterator[Entry]:
    heads = [section.title]
    heads += [plain(block.passage.raw) for block in section.blocks if isinstance(block, Item)]
    for match in filter(None, map(_ENTRY.match, heads)):
        if vocabulary.severity_rank(match["name"]) is None:
            yield Entry(match["name"], severity)
    for block in section.blocks:
        if isinstance(block, Table):
            yield from _rows(block, severity, vocabulary)


def _rows(table: Table, severity: str | None, vocabulary: Vocabulary) -> Iterator[Entry]:
    places = columns(table, lambda key: vocabulary.field("report entry", key))
    for row in table.rows if "name" in places else ():
        name, *_ = (*plain(row.passage(places["name"]).raw).split(), "")
        given = plain(row.passage(places["severity"]).raw) if "severity" in places else ""
        if name:
            yield Entry(name, given if vocabulary.severity_rank(given) is not None else severity)


def _names(part: str, entry: Entry) -> bool:
    return re.search(rf"(?<![\w.-]){re.escape(entry.name)}(?![\w-]|\.\w)", part) is not None


def _holds(text: str, words: str) -> bool:
    """Whether a folded text has these words in this order, whole."""
    return f" {words} " in f" {text} "
