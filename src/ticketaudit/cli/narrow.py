"""Which of the files that were found are reported on, where somebody asks for some of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from ticketaudit.cli.run import Run
from ticketaudit.errors import UserError
from ticketaudit.paths import printed, similar


def narrowed(run: Run, paths: Sequence[str] | None, *, as_found: bool, since: str | None) -> Run:
    """The run that reports only on what is asked for; raises `UserError` where that cannot be told."""
    if as_found:
        run = run.narrow(_under(paths))
    if since is not None:
        from ticketaudit.changes import changed_since  # imports git

        run = run.narrow(changed_since(since))
    return run


def _under(paths: Sequence[str] | None) -> Callable[[Path], bool]:
    """Whether a file is one of the paths, or lies under one; raises `UserError` where one is missing, or all are."""
    if not paths:
        raise UserError("`--as-found` needs a PATH")
    missing = [path for path in map(Path, paths) if not os.path.lexists(path)]
    if missing:
        raise UserError("\n".join(f"{printed(path)}: no such file or folder{similar(path)}" for path in missing))
    places = [Path(os.path.realpath(path)) for path in paths]
    return lambda file: any(Path(os.path.realpath(file)).is_relative_to(place) for place in places)
