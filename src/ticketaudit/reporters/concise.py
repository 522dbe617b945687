"""One line per diagnostic: ``path:line:column: level: message [rule]``."""

from __future__ import annotations

from ticketaudit.report import Diagnostic, Report
from ticketaudit.terminal import Output, clean, without_commands


def write(report: Report, output: Output) -> None:
    """Write the diagnostics; nothing where there are none."""
    output.stream.writelines(f"{line(diagnostic)}\n" for diagnostic in report.diagnostics)


def line(diagnostic: Diagnostic) -> str:
    """A diagnostic on one line, whatever its message holds."""
    span = diagnostic.span
    place = f"{diagnostic.path}:{span.line}:{span.column}"
    text = clean(": ".join((place, diagnostic.level, f"{diagnostic.message} [{diagnostic.name}]")))
    return without_commands(text)
