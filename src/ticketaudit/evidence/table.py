"""What verification found, as a table on a terminal: a row for each citation, then and now."""

from __future__ import annotations

from collections.abc import Iterator

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from ticketaudit.code.outcome import Judgement, Outcome
from ticketaudit.code.verified import Verified
from ticketaudit.console import console
from ticketaudit.evidence import wording
from ticketaudit.terminal import Output, clean
from ticketaudit.ticket import Ticket
from ticketaudit.verification import Verification

_MOMENTS = ("when written", "now")
#: On a terminal with fewer columns, paths do not fit beside each other.
_NARROW = 120
_STYLES = {
    Outcome.CONFIRMED: "green",
    Outcome.HOLDS: "green",
    Outcome.MOVED: "cyan",
    Outcome.DRIFTED: "yellow",
    Outcome.MISSING: "bold red",
    Outcome.CONTRADICTED: "bold red",
    Outcome.UNVERIFIABLE: "dim",
}


def write(verification: Verification, output: Output) -> None:
    """Write a table for each ticket; where the output is no terminal, as wide as it needs."""
    screen = console(output)
    for number, (ticket, verified) in enumerate(verification.tickets):
        if number:
            screen.print()
        for part in _parts(ticket, verified, verification, output.width):
            screen.print(part, soft_wrap=output.width is None)


def _parts(
    ticket: Ticket, verified: Verified, verification: Verification, width: int | None
) -> Iterator[RenderableType]:
    yield Text.assemble((clean(ticket.name), "bold"), " ", (clean(ticket.path), "dim"))
    yield Text(clean(f"written {wording.written(verified)}, now {wording.now(verification)}"), "dim")
    if verified.citations:
        yield _table(verified, width)
    else:
        yield Text(wording.NO_CITATION)
    for sentence in wording.changes(verified):
        yield Text(clean(sentence))


def _table(verified: Verified, width: int | None) -> Table:
    """A column for each moment; on a narrow terminal, where paths would not fit into them, a line for each."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column("line", justify="right", no_wrap=True)
    table.add_column("kind", no_wrap=True)
    narrow = width is not None and width < _NARROW
    for name in ("cited",) if narrow else ("cited", *_MOMENTS):
        table.add_column(name, ratio=1 if width else None, overflow="fold")
    for checked in verified.citations:
        moments = (_judgement(checked.written), _judgement(checked.now, since=checked.written))
        cells = [Text(clean(checked.cited.text)), *moments]
        if narrow:
            lines = (Text.assemble((f"{name}: ", "dim"), cell) for name, cell in zip(_MOMENTS, moments, strict=True))
            cells = [Text("\n").join([cells[0], *lines])]
        table.add_row(str(checked.cited.line), checked.cited.kind, *cells)
    return table


def _judgement(judgement: Judgement, since: Judgement | None = None) -> Text:
    """The outcome and the place on one line, the note below; only the outcome where all is as it was before."""
    word = Text(wording.outcome(judgement), _STYLES[judgement.outcome])
    if judgement == since:
        return word
    first = Text.assemble(word, " ", clean(wording.place(judgement)))
    return Text("\n").join([first, Text(clean(judgement.note), "dim")]) if judgement.note else first
