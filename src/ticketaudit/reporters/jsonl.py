"""A JSON object on each line for each diagnostic, for programs that read as they go."""

from __future__ import annotations

import msgspec

from ticketaudit.report import Report
from ticketaudit.reporters.parts import data
from ticketaudit.terminal import Output


def write(report: Report, output: Output) -> None:
    """Write the diagnostics with the keys of ``json``; nothing where there are none."""
    output.stream.writelines(f"{msgspec.json.encode(data(each)).decode()}\n" for each in report.diagnostics)
