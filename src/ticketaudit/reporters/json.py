"""The report as one JSON object, for programs. Its keys are a promise, so each is written out here."""

from __future__ import annotations

from typing import Any

from ticketaudit import __version__
from ticketaudit.pretty import pretty_json
from ticketaudit.report import Diagnostic, Report
from ticketaudit.rule import Level
from ticketaudit.terminal import Output

#: Raised when a key changes its meaning or goes away; not when one is added.
FORMAT_VERSION = 1


def write(report: Report, output: Output) -> None:
    """Write the object, also where nothing was found."""
    output.stream.write(pretty_json(_report(report)))


def _report(report: Report) -> dict[str, Any]:
    return {
        "version": FORMAT_VERSION,
        "tool": {"name": "ticketaudit", "version": __version__},
        "execution_successful": report.complete,
        "summary": {
            "files": report.files,
            "tickets": len(report.corpus.tickets),
            "diagnostics": len(report.diagnostics),
            "suppressed": len(report.suppressed),
            "baselined": len(report.baselined),
            "levels": {level.value: report.count(level) for level in Level},
        },
        "diagnostics": [_diagnostic(diagnostic) for diagnostic in report.diagnostics],
        "suppressed": [_accepted(diagnostic) for diagnostic in report.accepted],
    }


def _accepted(diagnostic: Diagnostic) -> dict[str, Any]:
    by = "baseline" if diagnostic.baselined else "comment"
    return {**_diagnostic(diagnostic), "suppressed_by": by, "reason": diagnostic.suppressed}


def _diagnostic(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "name": diagnostic.name,
        "level": diagnostic.level.value,
        "message": diagnostic.message,
        "path": diagnostic.path,
        "line": diagnostic.span.line,
        "column": diagnostic.span.column,
        "end_line": diagnostic.span.end_line,
        "end_column": diagnostic.span.end_column,
        "ticket": diagnostic.ticket,
        "section": diagnostic.section,
        "fingerprint": diagnostic.fingerprint,
        "url": None,
    }
