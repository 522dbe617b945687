"""The formats of `check`, a module each: they print the whole report and decide nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ticketaudit.report import Report
from ticketaudit.reporters import concise, json
from ticketaudit.terminal import Output

Reporter = Callable[[Report, Output], None]


def _full(report: Report, output: Output) -> None:
    from ticketaudit.reporters import full  # reads rich, which no other format needs

    full.write(report, output)


#: The reporters by the names that users give.
REPORTERS: Mapping[str, Reporter] = {"full": _full, "concise": concise.write, "json": json.write}
