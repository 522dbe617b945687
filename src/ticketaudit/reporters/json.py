"""The report as one JSON object, for programs."""

from __future__ import annotations

from typing import Any

from ticketaudit import __version__
from ticketaudit.pretty import compact, pretty_json
from ticketaudit.report import Diagnostic, Report
from ticketaudit.reporters.parts import data
from ticketaudit.rule import Level
from ticketaudit.terminal import Output

#: Raised when a key changes its meaning or goes away; not when one is added.
FORMAT_VERSION = 1


def write(report: Report, output: Output) -> None:
    """Write the object, also where nothing was found."""
    output.stream.write(pretty_json(_report(report)))


def _report(report: Report) -> dict[str, Any]:
    diagnostics = [compact(data(diagnostic)) for diagnostic in report.diagnostics]
    return {
        "version": FORMAT_VERSION,
        "tool": {"name": "ticketaudit", "version": __version__},
        "execution_successful": report.complete,
        "summary": {
            "files": report.files,
            "tickets": len(report.corpus.tickets),
            "diagnostics": len(diagnostics),
            "suppressed": len(report.suppressed),
            "baselined": len(report.baselined),
            "levels": {level.value: report.count(level) for level in Level},
        },
        "diagnostics": diagnostics,
        "suppressed": [_accepted(diagnostic) for diagnostic in report.accepted],
    }


def _accepted(diagnostic: Diagnostic) -> dict[str, Any]:
    by = "baseline" if diagnostic.baselined else "comment"
    return {**data(diagnostic), "suppressed_by": by, "reason": diagnostic.suppressed}
