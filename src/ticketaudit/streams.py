"""Writing to streams that may be closed, and to disks that may be full."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TextIO

from ticketaudit.errors import UserError, reason


def guarded(stream: TextIO, write: Callable[[], object]) -> None:
    """Write and flush; when the reader has closed the pipe, drop the rest and go on quietly.

    The run goes on because its exit status does not depend on how much of it somebody read. Raises
    `UserError` where the stream cannot be written for another reason, such as a full disk.
    """
    try:
        write()
        stream.flush()
    except OSError as error:
        silence(stream)
        if not isinstance(error, BrokenPipeError):
            raise UserError(f"the output cannot be written: {reason(error)}") from None


def send(stream: TextIO, data: bytes) -> None:
    """Write text that is encoded already, as `guarded` writes."""

    def write() -> None:
        if hasattr(stream, "buffer"):
            stream.flush()
            stream.buffer.write(data)
        else:  # such as one in memory
            stream.write(data.decode())

    guarded(stream, write)


def silence(stream: TextIO) -> None:
    """Send what a stream still holds, and all that is to come, nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
