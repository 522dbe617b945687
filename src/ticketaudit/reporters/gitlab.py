"""GitLab's code quality report: a JSON array, shown beside the lines of a merge request.

Accepted diagnostics are left out: GitLab compares the reports of two branches and has no word for them.
https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

from typing import Any, Final

from ticketaudit.pretty import pretty_json
from ticketaudit.report import Diagnostic, Report
from ticketaudit.reporters.parts import in_repository, numbered
from ticketaudit.rule import Level
from ticketaudit.terminal import Output

_SEVERITIES: Final = {Level.ERROR: "major", Level.WARNING: "minor", Level.NOTE: "info"}


def write(report: Report, output: Output) -> None:
    """Write the array, also where nothing was found."""
    found = [_issue(diagnostic, number, output) for diagnostic, number in numbered(report.diagnostics)]
    output.stream.write(pretty_json(found))


def _issue(diagnostic: Diagnostic, number: int, output: Output) -> dict[str, Any]:
    span, path = diagnostic.span, in_repository(diagnostic.path, output)
    return {
        "description": diagnostic.message,
        "check_name": diagnostic.name,
        # Of two issues with one fingerprint GitLab shows the first only.
        "fingerprint": diagnostic.fingerprint if number == 1 else f"{diagnostic.fingerprint}:{number}",
        "severity": _SEVERITIES[diagnostic.level],
        "location": {"path": path, "lines": {"begin": span.line, "end": span.end_line}},
    }
