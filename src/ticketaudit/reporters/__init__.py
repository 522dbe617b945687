"""The formats of `check`, a module each: they print the whole report and decide nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from ticketaudit.report import Report
from ticketaudit.terminal import Output

Reporter = Callable[[Report, Output], None]


def _late(name: str) -> Reporter:
    """A reporter that is imported when it is used: a format should not wait for what only others need."""

    def write(report: Report, output: Output) -> None:
        import_module(f"ticketaudit.reporters.{name}").write(report, output)

    return write


#: The reporters by the names that users give.
REPORTERS: Mapping[str, Reporter] = {
    name: _late(name) for name in ("full", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "markdown")
}

#: What these print is what they print of each diagnostic, one after the other.
BY_DIAGNOSTIC = frozenset(["concise", "jsonl"])
