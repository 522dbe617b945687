"""Every checkable reference in the text."""

from __future__ import annotations

import re

from ticketaudit.extract.places import may_name_file, places_in
from ticketaudit.extract.reports import read_report_parts
from ticketaudit.extract.scope import Scope
from ticketaudit.inline import Passage, placed_code_spans, without_marks
from ticketaudit.ticket import Citation, CitationKind, ReportPart

#: 7 to 40 hexadecimal digits; in other text neither a number nor a word.
_HASH = re.compile(r"(?<![\w/#-])[0-9a-f]{7,40}(?![\w/-])")
_COMMIT = re.compile(r"(?<![\w/#-])(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,40}(?![\w/-])")
#: For ASCII: what hexadecimal numbers are written in is 0.
_HEX = bytes(ord("0") if c in b"0123456789abcdef" else ord(" ") for c in range(256))
_URL = re.compile(r"https?://[^\s<>()\[\]`\"']+[^\s<>()\[\]`\"'.,;:!?*_]")


def read_citations(scope: Scope) -> tuple[Citation, ...]:
    """The references of the whole ticket in the order of their lines."""
    commits = _may_have_commit(scope.text)
    likely = (passage for _, passage in scope.passages if commits or _may_cite(passage.raw))
    found = dict.fromkeys(citation for passage in likely for citation in citations_in(passage, scope, commits=commits))
    parts = read_report_parts(scope)
    return tuple(_of_report(citation, parts.get(citation.line)) for citation in found)


def _may_cite(text: str) -> bool:
    """Whether a text has what a command, a URL or a file cannot do without."""
    return "`" in text or ("." in text and may_name_file(text)) or "://" in text


def _may_have_commit(text: str) -> bool:
    """Whether seven digits of a hexadecimal number stand in a row, as they do in every commit.

    Mostly none do, and a regular expression takes fifty times as long to tell.
    """
    return b"0000000" in text.encode("ascii", "replace").translate(_HEX)


def citations_in(passage: Passage, scope: Scope, *, commits: bool = True) -> list[Citation]:
    """The references of a run of text: URLs, commands, files, and unless it has none for certain commits."""
    text = passage.raw
    found: list[Citation] = []

    def cite(kind: CitationKind, place: tuple[str, int]) -> None:
        found.append(Citation(kind, place[0], None, (), passage.line_at(place[1]), None))

    if "://" in text:
        urls = [(url[0], url.start()) for url in _URL.finditer(text)]
        for url in urls:
            cite("url", url)
        text = _blanked(text, urls)
    if "`" in text:
        commands = [span for span in placed_code_spans(text) if scope.vocabulary.command(span[0])]
        for command in commands:
            cite("command", command)
        text = _blanked(text, commands)
    text = without_marks(text)
    for place in places_in(text):
        written = " ".join(text[place.start : place.end].split())
        found.append(Citation("path", written, place.path, place.lines, passage.line_at(place.start), None))
    if commits:
        for commit in _COMMIT.finditer(text):
            cite("commit", (commit[0], commit.start()))
    return found


def _blanked(text: str, spans: list[tuple[str, int]]) -> str:
    """The text with some spans blanked, offsets kept."""
    parts, end = [], 0
    for span, start in spans:
        parts += [text[end:start], " " * len(span)]
        end = start + len(span)
    return "".join((*parts, text[end:]))


def commits_in(text: str) -> list[str]:
    """The commit hashes in a text that is known to name commits: there a number may be one, too."""
    return _HASH.findall(text)


def _of_report(citation: Citation, part: ReportPart | None) -> Citation:
    if part is None or citation.kind != "path":
        return citation
    return Citation(citation.kind, citation.text, citation.path, citation.lines, citation.line, part)
