"""Where output goes and how it may look there: the only module that asks about terminals and colour."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from typing import Literal, TextIO

import msgspec

from ticketaudit.errors import UserError
from ticketaudit.streams import guarded

ColorChoice = Literal["auto", "always", "never"]

_BREAKS = r"[\t\n\v\f\r\x85\u2028\u2029]"
#: C0 and C1 controls, marks that turn the direction of the text around them, and halves of pairs.
_CONTROLS = r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"


class Output(msgspec.Struct, frozen=True):
    """A stream and how what is written to it may look.

    ``width`` is that of the terminal in columns. It is None where the stream is no terminal: there
    nothing is cut or wrapped, so that the output depends on its input alone. ``folder`` is the
    working folder's path in its repository: what is printed for a platform begins paths at the root.
    """

    stream: TextIO
    color: bool = False
    width: int | None = None
    folder: str = ""


def output(stream: TextIO, color: ColorChoice = "auto") -> Output:
    """How a stream may be written to: ``--color``, then NO_COLOR, FORCE_COLOR, then terminal or not."""
    width = _width() if stream.isatty() else None
    return Output(stream, _is_colored(stream, color), width)


def _width() -> int:
    from shutil import get_terminal_size  # only a terminal has one

    return get_terminal_size().columns


def clean(text: str) -> str:
    """The text on one line, without anything that a terminal would obey instead of showing it."""
    if text.isprintable():  # nearly all is, and to compile the patterns takes longer than to print it
        return text
    return re.sub(_CONTROLS, "", re.sub(_BREAKS, " ", text))


def without_commands(text: str) -> str:
    """The text with an empty character in front of what GitHub's runner takes for a command at the start of a line.

    It reads all that a step prints, on both streams, and looks behind white space.
    """
    if "::" not in text and "##[" not in text:
        return text
    return re.sub(r"^([^\S\n]*)(?=::|##\[)", "\\1\u200b", text, flags=re.MULTILINE)


def say(text: str) -> None:
    """Print lines for the person who waits: to standard error, so that the output stays clean."""
    lines = [f"{without_commands(clean(line))}\n" for line in text.split("\n")]
    with suppress(UserError):  # when standard error cannot be written there is nobody left to tell
        guarded(sys.stderr, lambda: sys.stderr.writelines(lines))


def _is_colored(stream: TextIO, color: ColorChoice) -> bool:
    if color != "auto":
        return color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"
