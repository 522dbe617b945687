"""By what means a command reads tickets: a cache, so many processes, and a bar for somebody who waits."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any, Self

import msgspec

from ticketaudit.cache import Cache
from ticketaudit.cachefolder import default_folder, tool
from ticketaudit.errors import UserError
from ticketaudit.jobs import usable
from ticketaudit.settings import Settings

#: Seconds before anybody wonders what takes so long.
_PATIENCE = 1.0
_REFRESH = 0.1


class Means(msgspec.Struct, frozen=True):
    """The folder of the cache, None to do without; how many processes may read."""

    folder: Path | None = None
    jobs: int = 1

    @classmethod
    def chosen(cls, cache_dir: Path | None, no_cache: bool, jobs: int | None) -> Means:
        """What the command line says; raises `UserError` where it makes no sense."""
        if cache_dir and no_cache:
            raise UserError("`--cache-dir` and `--no-cache` exclude each other")
        if jobs is not None and jobs < 1:
            raise UserError(f"`--jobs {jobs}`: at least one process has to read")
        usual = default_folder()
        folder = None if no_cache else cache_dir or (Path(usual) if usual else None)
        return cls(folder, usable() if jobs is None else jobs)

    def cache(self, settings: Settings) -> Cache:
        """What is known under some settings in this working folder: paths are printed relative to it."""
        if self.folder is None:
            return Cache()
        return Cache(self.folder, repr((tool(), str(Path.cwd()), settings.identity)).encode(errors="surrogateescape"))


class Waiting:
    """A bar on the terminal, from the moment on that reading takes long; used as a context, and told how far it is."""

    def __init__(self) -> None:
        self._next = time.monotonic() + _PATIENCE
        self._bar: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    def __call__(self, done: int, total: int) -> None:
        """So many files are read of so many."""
        now = time.monotonic()
        if now < self._next or not sys.stderr.isatty():
            return
        self._next = now + _REFRESH
        if self._bar is None:
            from ticketaudit.cli import bar  # imports rich

            self._bar = bar.begun(total)
        self._bar.update(self._bar.task_ids[0], completed=done, refresh=True)
