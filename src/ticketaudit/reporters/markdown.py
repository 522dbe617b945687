"""GitHub-flavoured Markdown for people: a comment on a merge request, or the summary of a CI step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from ticketaudit.gfm import escape, row
from ticketaudit.report import Diagnostic, Report
from ticketaudit.rule import Level
from ticketaudit.terminal import Output

#: A comment of more than 65,536 characters is refused by GitHub.
_LIMIT: Final = 65_000


def write(report: Report, output: Output) -> None:
    """Write what a comment has room for, also where nothing was found."""
    output.stream.write(summary(report, _LIMIT))


def summary(report: Report, limit: int) -> str:
    """The report in at most ``limit`` bytes of UTF-8: rows that do not fit are counted, the worst come first."""
    lines: list[str] = []
    size = 0
    every = list(_lines(report))
    if sum(map(_size, every)) > limit:
        worst_first = sorted(report.diagnostics, key=lambda diagnostic: -diagnostic.level.rank)
        every = list(_lines(replace(report, diagnostics=tuple(worst_first))))
    for index, line in enumerate(every):
        size += _size(line)
        if size > limit - len(_cut(len(every))):
            return "".join((*lines, _cut(len(every) - index)))
        lines.append(line)
    return "".join(lines)


def _size(line: str) -> int:
    return len(line.encode("utf-8", errors="backslashreplace"))


def _cut(rows: int) -> str:
    return f"\nNo room for {rows} further {'line' if rows == 1 else 'lines'}.\n"


def _lines(report: Report) -> Iterator[str]:
    """Lines with their ends; the rows of the table come last."""
    found = len(report.diagnostics)
    read = len(report.corpus.tickets)
    title = f"{found} problem{'s' * (found != 1)}" if found else "No problems"
    yield f"## ticketaudit: {title} in {read} ticket{'s' * (read != 1)}\n"
    counts = [f"{report.count(level)} {level}{'s' * (report.count(level) != 1)}" for level in Level]
    accepted = {"suppressed": len(report.suppressed), "in the baseline": len(report.baselined)}
    counts += [f"{count} {what}" for what, count in accepted.items() if count]
    yield f"\n{', '.join(counts)}\n"
    if not report.complete:
        yield "\n**Not everything could be read:** the log says what is missing here.\n"
    if found:
        yield f"\n{row(('Level', 'Place', 'Ticket', 'Problem', 'Rule'))}\n{row(['---'] * 5)}\n"
    for diagnostic in report.diagnostics:
        yield f"{row(_cells(diagnostic))}\n"


def _cells(diagnostic: Diagnostic) -> tuple[str, ...]:
    place = f"{diagnostic.path}:{diagnostic.span.line}"
    return (
        str(diagnostic.level),
        escape(place),
        escape(diagnostic.ticket or ""),
        escape(diagnostic.message),
        diagnostic.name,
    )
