"""Records as a table for the terminal: a row per ticket, as wide as the terminal is."""

from __future__ import annotations

from rich import box
from rich.table import Table

from ticketaudit.console import console
from ticketaudit.corpus import Corpus
from ticketaudit.records import styles
from ticketaudit.terminal import Output

#: From this width on the tally of the reviews has a line's room beside the title.
_WIDE = 110


def write(corpus: Corpus, output: Output) -> None:
    """Write the table; where the output is no terminal, as wide as it needs."""
    narrow = output.width is not None and output.width < _WIDE
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    for name in ("ticket", "severity" if not narrow else "sev.", "status", "state", "reviews", "premise"):
        table.add_column(name, no_wrap=True)
    table.add_column("title", ratio=1 if output.width else None)
    for ticket in corpus.tickets:
        table.add_row(
            styles.value(ticket.id or ticket.path, "bold"),
            styles.severity(ticket.severity, corpus.vocabulary),
            styles.value(ticket.status),
            styles.state(ticket),
            styles.tally(ticket, joint="\n" if narrow else " · "),
            styles.premise(ticket),
            styles.value(ticket.title),
        )
    console(output).print(table, soft_wrap=output.width is None)
