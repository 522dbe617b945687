"""Review reports: what a ticket says about the one that it comes from, and what such a report says itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ticketaudit.blocks import Document, Item, Section, Table
from ticketaudit.extract.pairs import columns, pairs
from ticketaudit.extract.scope import Scope
from ticketaudit.inline import plain
from ticketaudit.markdown import parse
from ticketaudit.origins import Entry, ReviewReport
from ticketaudit.text import Source
from ticketaudit.ticket import ReportPart
from ticketaudit.vocabulary import Vocabulary
from ticketaudit.words import fold

#: The name of an entry at the head of a heading or a list item: ``P3-001: …``, ``T1-G-2 …``.
_ENTRY = re.compile(r"\W*(?P<name>[A-Za-z][\w.-]*\d[\w.-]*)")


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
