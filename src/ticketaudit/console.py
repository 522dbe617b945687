"""rich set up so that it shows text as it is: no markup, no emoji, no highlighting, no guessing."""

from __future__ import annotations

import io
from typing import IO, TextIO, cast

from rich.console import Console

from ticketaudit.rule import Level
from ticketaudit.terminal import Output, without_commands

#: The colours of the levels, the same wherever a level is shown.
LEVEL_STYLES = {Level.ERROR: "bold red", Level.WARNING: "bold yellow", Level.NOTE: "bold cyan"}

#: Wider than any line, so that rich neither wraps nor cuts where there is no terminal.
_UNLIMITED = 100_000


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leave a closed pipe to the caller; rich would end the program with status 1."""
        raise  # the BrokenPipeError that rich is handling


class _WithoutCommands(io.TextIOBase):
    """A stream in which no text of a ticket begins a line as a command does."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return self._stream.write(without_commands(text))

    def flush(self) -> None:
        self._stream.flush()


def console(output: Output, width: int | None = None) -> Console:
    """A console that writes to an output in its width, else in the given one, else unlimited.

    Sixteen colours, whatever the environment says: they follow the reader's theme, and the same
    input gives the same bytes.
    """
    return _Console(
        file=cast("IO[str]", _WithoutCommands(output.stream)),
        width=output.width or width or _UNLIMITED,
        force_terminal=output.color,
        color_system="standard" if output.color else None,
        no_color=not output.color,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
