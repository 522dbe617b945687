"""What verification found, as a table on a terminal: a row for each citation, then and now."""

from __future__ import annotations

from rich import box
from rich.table import Table
from rich.text import Text

from ticketaudit.code.outcome import Judgement, Outcome
from ticketaudit.code.verified import Verified
from ticketaudit.console import console
from ticketaudit.evidence import wording
from ticketaudit.terminal import Output, clean
from ticketaudit.ticket import Ticket
from ticketaudit.verification import Verification

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
        screen.print(_heading(ticket, verified, verification), soft_wrap=True)
        screen.print(
            _table(verified, output) if verified.citations else wording.NO_CITATION, soft_wrap=output.width is None
        )
        for sentence in wording.changes(verified):
            screen.print(Text(clean(sentence)), soft_wrap=output.width is None)


def _heading(ticket: Ticket, verified: Verified, verification: Verification) -> Text:
    moments = f"written {wording.written(verified)}, now {wording.now(verification)}"
    return Text.assemble((clean(ticket.name), "bold"), " ", (clean(f"{ticket.path} · {moments}"), "dim"))


def _table(verified: Verified, output: Output) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column("line", justify="right", no_wrap=True)
    table.add_column("kind", no_wrap=True)
    for name in ("cited", "when written", "now"):
        table.add_column(name, ratio=1 if output.width else None, overflow="fold")
    for checked in verified.citations:
        cited = checked.cited
        cells = (_judgement(judgement) for judgement in (checked.written, checked.now))
        table.add_row(str(cited.line), cited.kind, Text(clean(cited.text)), *cells)
    return table


def _judgement(judgement: Judgement) -> Text:
    """The outcome and the place on one line, the note below."""
    first = Text.assemble(
        (wording.outcome(judgement), _STYLES[judgement.outcome]), " ", clean(wording.place(judgement))
    )
    return Text("\n").join([first, Text(clean(judgement.note), "dim")]) if judgement.note else first
