"""What GitHub Actions shows on the page of a run, below the job."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from ticketaudit.cli.output import append_text
from ticketaudit.report import Report

#: Names the file to which every step of a job adds.
VARIABLE: Final = "GITHUB_STEP_SUMMARY"
#: Of a summary of more than 1 MiB GitHub shows nothing.
LIMIT: Final = 1000 * 1024


def write_step_summary(report: Report) -> None:
    """Add the report to the summary where there is one; raises `UserError` where it cannot be written."""
    file = os.environ.get(VARIABLE)
    if file:
        from ticketaudit.reporters import markdown

        append_text(markdown.summary(report, LIMIT), Path(file))
