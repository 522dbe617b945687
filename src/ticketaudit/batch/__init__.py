"""The formats of the batch report, a module each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ticketaudit.batch import markdown
from ticketaudit.statistics import Statistics
from ticketaudit.terminal import Output

BatchFormat = Callable[[Statistics, Output], None]


def _terminal(statistics: Statistics, output: Output) -> None:
    from ticketaudit.batch import terminal  # reads rich, which no other format needs

    terminal.write(statistics, output)


#: The writers by the name that users give.
FORMATS: Mapping[str, BatchFormat] = {"terminal": _terminal, "markdown": markdown.write}
