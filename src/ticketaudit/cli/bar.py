"""The bar that shows how far the reading is; it imports rich."""

from __future__ import annotations

import sys

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from ticketaudit.console import console
from ticketaudit.terminal import output


def begun(total: int) -> Progress:
    """A bar for so many files; it goes away when it is stopped."""
    columns = (TextColumn("Reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # It is drawn when something happened and by nobody else: a thread of its own would make fork unsafe.
    bar = Progress(*columns, console=console(output(sys.stderr)), auto_refresh=False, transient=True)
    bar.start()
    bar.add_task("", total=total)
    return bar
