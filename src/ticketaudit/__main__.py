"""The entry point, and the only place that makes an exit status of an exception."""

from __future__ import annotations

import atexit
import gc
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn, TextIO

from ticketaudit.cli.status import Status
from ticketaudit.errors import UserError
from ticketaudit.replay import ASKED, Question
from ticketaudit.streams import send, silence


def program() -> NoReturn:
    """Run the command line of the process and end it: what is started as ``ticketaudit``."""
    gc.set_threshold(50_000)  # what a run makes lasts as long as the run; to look for garbage finds none
    _leave(main())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line (None: that of the process) and return the exit status."""
    sys.stdout, sys.stderr = _utf8(sys.stdout), _utf8(sys.stderr)
    words = sys.argv[1:] if arguments is None else list(arguments)
    question = Question.of(words)
    asked = ASKED.set(question)
    try:
        known = _told(question) if question else None
        return _run(words) if known is None else known
    except UserError as error:
        from ticketaudit.terminal import say

        for line in str(error).splitlines():
            say(f"error: {line}")
        return Status.UNUSABLE
    except KeyboardInterrupt:
        return Status.INTERRUPTED
    except SystemExit:
        # Only a help text that nobody reads to its end leads here: typer exits with 1 on a closed pipe.
        silence(sys.__stdout__ or sys.stdout)
        return Status.OK
    except Exception as error:
        from ticketaudit.cli.failure import say_failure

        say_failure(error)
        return Status.FAILED
    finally:
        ASKED.reset(asked)


def _told(question: Question) -> int | None:
    """Print what was printed the last time, and return the exit status, where nothing has changed since."""
    told = question.told()
    if told is None or told.changed:
        question.outdated = told
        return None
    send(sys.stdout, told.answer.output)
    with suppress(UserError):
        send(sys.stderr, told.answer.message)
    return told.answer.status


def _run(words: Sequence[str]) -> int:
    from ticketaudit.cli.plain import plain  # imports nearly everything that a run needs

    command = plain(words)
    if command:
        return command()
    from ticketaudit.cli import app  # imports typer

    return app.run(words)


def _leave(status: int) -> NoReturn:
    """End the process at once, where nothing waits for its end.

    To take the interpreter down module by module takes a seventh of the time of a short run. Threads, other
    processes and what somebody registered, such as a measurement of coverage, get an orderly end.
    """
    threads = sys.modules.get("threading")
    if not (atexit._ncallbacks() or sys.flags.inspect or (threads and threads.active_count() > 1)):
        with suppress(OSError, ValueError):  # what cannot be flushed is left to the interpreter to complain about
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)
    sys.exit(status)


def _utf8(stream: TextIO | None) -> TextIO:
    """The stream so that the same output has the same bytes in every locale; a closed one goes nowhere."""
    if stream is None:
        return os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    return stream


if __name__ == "__main__":
    program()
