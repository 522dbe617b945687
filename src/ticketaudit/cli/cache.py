"""``ticketaudit cache``: where the cache is, and how to be rid of it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from ticketaudit.cache import caches_in
from ticketaudit.cachefolder import default_folder
from ticketaudit.cli import options
from ticketaudit.cli.output import write_text
from ticketaudit.cli.status import Status
from ticketaudit.errors import UserError, reason
from ticketaudit.terminal import say
from ticketaudit.wording import number


def show_folder(cache_dir: options.CacheDir = None) -> Status:
    """Print the folder of the cache."""
    write_text(f"{cache_dir or _usual()}\n")
    return Status.OK


def clear(cache_dir: options.CacheDir = None) -> Status:
    """Remove what is kept; it is worked out anew when it is needed."""
    folder = cache_dir or _usual()
    files = caches_in(folder)
    size = 0
    for file in files:
        try:
            size += file.lstat().st_size
            file.unlink(missing_ok=True)
        except OSError as error:
            raise UserError(f"{file}: cannot be removed: {reason(error)}") from None
    with suppress(OSError):  # others may keep something there as well
        folder.rmdir()
    say(f"Removed {number(len(files), 'cache')} of {size / 1024**2:.1f} MiB from {folder}.")
    return Status.OK


def _usual() -> Path:
    folder = default_folder()
    if folder is None:
        raise UserError("there is no folder for caches, since you have no home; name one with `--cache-dir`")
    return Path(folder)


cache = options.Group("Say where the cache is, or empty it.", {"dir": show_folder, "clear": clear})
