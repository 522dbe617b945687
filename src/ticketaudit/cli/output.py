"""Where a command's result goes: to standard output or, whole or not at all, to a file."""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TextIO

from msgspec.structs import replace

from ticketaudit.errors import UserError, reason
from ticketaudit.files import leads_out
from ticketaudit.paths import place_in_repository, repository_root
from ticketaudit.streams import guarded
from ticketaudit.terminal import ColorChoice, Output, output

#: Where devices are that people name: `/dev/stdout`, `/dev/fd/63`, what Windows makes of `NUL`.
_DEVICES = ("/dev/", "\\\\.\\")


def is_terminal(file: Path | None) -> bool:
    """Whether somebody looks at the result as it is written."""
    return file is None and sys.stdout.isatty()


def write(render: Callable[[Output], None], file: Path | None = None, color: ColorChoice = "auto") -> None:
    """Let ``render`` write to standard output, or to a file; raises `UserError` where that cannot be written."""
    if file is None:
        guarded(sys.stdout, lambda: render(_output(sys.stdout, color)))
        return
    text = io.StringIO()
    render(_output(text, color))
    write_bytes(text.getvalue().encode("utf-8", errors="backslashreplace"), file)


def rendered(renders: Iterable[Callable[[Output], None]], color: ColorChoice = "auto") -> Iterator[bytes]:
    """What each of some functions writes to standard output."""
    target = _output(sys.stdout, color)
    data = io.BytesIO()
    text = io.TextIOWrapper(data, encoding="utf-8", errors="backslashreplace", newline="\n")
    for render in renders:
        render(replace(target, stream=text))
        text.flush()
        yield data.getvalue()
        data.seek(0)
        data.truncate()


def write_bytes(data: bytes, file: Path) -> None:
    """Write a file whole or not at all; raises `UserError` where it cannot be written.

    A link in a repository that leads out of it is not followed: whoever sent it chose the file behind it. Nor is
    a pipe or a device written to that lies in one: it could wait for ever.
    """
    path = os.path.abspath(file)  # noqa: PTH100 - the path as it is written
    root = repository_root(Path(path).parent)
    if root and leads_out(file, Path(os.path.realpath(root))):
        raise UserError(f"{file}: a link that leads out of the repository; name the file behind it")
    try:
        if not file.exists() or file.is_file():
            _save(data, Path(os.path.realpath(file)))
        elif root is None or path.startswith(_DEVICES) or file.is_dir():  # a folder says by itself that it is one
            file.write_bytes(data)
        else:
            raise UserError(f"{file}: no regular file; name another one")
    except OSError as error:
        raise UserError(f"{file}: cannot be written: {reason(error)}") from None


def write_text(text: str, file: Path | None = None) -> None:
    """The same for text that is the same everywhere."""
    write(lambda output: output.stream.writelines([text]), file)


def append_text(text: str, file: Path) -> None:
    """Add text to the end of a file that others write to as well; raises `UserError` where that fails."""
    try:
        with file.open("a", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        raise UserError(f"{file}: cannot be written: {reason(error)}") from None


def _output(stream: TextIO, color: ColorChoice) -> Output:
    return replace(output(stream, color), folder=place_in_repository(Path.cwd()))


def _save(data: bytes, file: Path) -> None:
    """Put a file in place in one step, so that nobody ever reads half of it."""
    temporary = file.with_name(f".ticketaudit-{os.urandom(8).hex()}.tmp")
    try:
        with temporary.open("xb") as stream:  # not a file or a link that somebody put there
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())  # or the name may reach the disk before the data does
        if file.exists():
            temporary.chmod(stat.S_IMODE(file.stat().st_mode))
        temporary.replace(file)
    finally:
        temporary.unlink(missing_ok=True)
