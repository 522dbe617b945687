"""The formats of the batch report, a module each.

``contents/`` says what the report holds, for every format that is read from top to bottom; those for
programs (JSON, CSV) write the statistics themselves, whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ticketaudit.batch import csv, json, markdown
from ticketaudit.batch.contents import BRIEF, SECTIONS, TITLE, document
from ticketaudit.read import REPORT_MARK
from ticketaudit.statistics import Statistics
from ticketaudit.terminal import Output


@dataclass(frozen=True, slots=True)
class Batch:
    """What a format writes.

    ``sections`` are the names of those that were asked for, in their order; None: what suits the
    format. ``folder`` is where the report will stand, relative to the working folder: links go out from there.
    """

    statistics: Statistics
    title: str = TITLE
    sections: tuple[str, ...] | None = None
    folder: str = "."


BatchFormat = Callable[[Batch, Output], None]


def _terminal(batch: Batch, output: Output) -> None:
    from ticketaudit.batch import terminal  # reads rich, which no other format needs

    terminal.write(document(batch.statistics, batch.sections or BRIEF, batch.title), output)


def _markdown(batch: Batch, output: Output) -> None:
    found = document(batch.statistics, batch.sections or SECTIONS, batch.title)
    output.stream.write(markdown.render(found, batch.folder))


def _html(batch: Batch, output: Output) -> None:
    from ticketaudit.batch import html  # reads jinja2, which no other format needs

    found = document(batch.statistics, batch.sections or BRIEF, batch.title)
    output.stream.write(html.render(batch.statistics, found, batch.folder))


def by_template(file: Path, *, marked: bool = False) -> BatchFormat:
    """The format that a template of the user's own makes; ``marked``: in Markdown, to be known as ours again."""
    from ticketaudit.batch import own  # reads jinja2

    def write(batch: Batch, output: Output) -> None:
        text = own.render(file, batch.statistics, batch.title)
        output.stream.write(f"{text.rstrip()}\n\n{REPORT_MARK} by a template -->\n" if marked else text)

    return write


def _json(batch: Batch, output: Output) -> None:
    output.stream.write(json.render(batch.statistics, batch.title))


def _csv(batch: Batch, output: Output) -> None:
    csv.write(batch.statistics, output)


#: The writers by the name that users give.
FORMATS: Mapping[str, BatchFormat] = {
    "terminal": _terminal,
    "markdown": _markdown,
    "html": _html,
    "json": _json,
    "csv": _csv,
}
#: The formats for programs, which always hold everything.
WHOLE = frozenset({"json", "csv"})
