"""Commands that GitHub Actions reads from a step's output and shows as annotations of the changed lines.

GitHub keeps ten annotations of a level and drops the others without a word: nine are written, the worst
first, and one more that counts the rest.
https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from typing import Final

from ticketaudit.report import Diagnostic, Report
from ticketaudit.reporters.parts import in_repository
from ticketaudit.rule import Level
from ticketaudit.terminal import Output, clean

_LIMIT: Final = 9
_COMMANDS: Final = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}
_IN_DATA: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def write(report: Report, output: Output) -> None:
    """Write the commands; nothing where nothing was found."""
    worst_first = sorted(report.diagnostics, key=lambda diagnostic: -diagnostic.level.rank)
    output.stream.writelines(f"{_annotation(diagnostic, output)}\n" for diagnostic in worst_first[:_LIMIT])
    rest = worst_first[_LIMIT:]
    if rest:
        problems = "1 further problem" if len(rest) == 1 else f"{len(rest)} further problems"
        output.stream.write(f"::{_COMMANDS[rest[0].level]} title=ticketaudit::and {problems}, listed in the summary\n")


def _annotation(diagnostic: Diagnostic, output: Output) -> str:
    span = diagnostic.span
    properties = {
        "file": in_repository(diagnostic.path, output),
        "line": str(span.line),
        "endLine": str(span.end_line),
        "col": str(span.column),
        "endColumn": str(span.end_column),
        "title": diagnostic.name,
    }
    given = ",".join(f"{name}={clean(value).translate(_IN_PROPERTY)}" for name, value in properties.items())
    return f"::{_COMMANDS[diagnostic.level]} {given}::{clean(diagnostic.message).translate(_IN_DATA)}"
