"""One line per diagnostic: ``path:line:column: level: message [rule]``."""

from __future__ import annotations

from ticketaudit.report import Diagnostic, Report
from ticketaudit.terminal import Output, clean


def write(report: Report, output: Output) -> None:
    """Write the diagnostics; nothing where there are none."""
    output.stream.writelines(f"{line(diagnostic)}\n" for diagnostic in report.diagnostics)


def line(diagnostic: Diagnostic) -> str:
    """A diagnostic on one line, whatever its message holds."""
    place = f"{diagnostic.path}:{diagnostic.span.line}:{diagnostic.span.column}"
    return clean(f"{place}: {diagnostic.level}: {diagnostic.message} [{diagnostic.name}]")
