"""What the tool says when it is itself at fault."""

from __future__ import annotations

import os

from ticketaudit import __version__
from ticketaudit.terminal import say

#: Set it to anything to see where the tool failed.
TRACEBACK_VARIABLE = "TICKETAUDIT_TRACEBACK"


def say_failure(error: Exception, path: str | None = None) -> None:
    """Name the failure, in which file it happened if known, and ask for a report."""
    if os.environ.get(TRACEBACK_VARIABLE):
        import traceback

        say("".join(traceback.format_exception(error)).rstrip())
    notes = "".join(f" ({note})" for note in getattr(error, "__notes__", ()))
    place = f" in {path}" if path else ""
    say(f"internal error{place}: {type(error).__name__}: {error}{notes}")
    say(
        f"This is a defect of ticketaudit {__version__}. Please report it, if you can with the ticket and with"
        f" the output that {TRACEBACK_VARIABLE}=1 gives."
    )
