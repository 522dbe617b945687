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

        changed, bereft = changed_since(since), _bereft(run, paths, since)
        run = run.narrow(lambda file: file in bereft or changed(file))
    return run


def _bereft(run: Run, paths: Sequence[str] | None, since: str) -> frozenset[Path]:
    """The files with tickets that name one which is gone, or has another id, since a revision."""
    tickets = run.loaded.corpus.tickets
    known = {ticket.id.upper() for ticket in tickets if ticket.id}
    named = {(ticket.path, relation.id.upper()) for ticket in tickets for relation in ticket.relations}
    missed = {(path, name) for path, name in named if name not in known}
    if not missed:
        return frozenset()
    from ticketaudit.past import corpus_at  # reads all tickets of then

    gone = corpus_at(since, paths or (), run.settings).by_id
    bereft = {path for path, name in missed if name in gone}
    return frozenset(file.location for file in run.discovery.files if file.location and file.path in bereft)


def _under(paths: Sequence[str] | None) -> Callable[[Path], bool]:
    """Whether a file is one of the paths, or lies under one; raises `UserError` where one is missing, or all are."""
    if not paths:
        raise UserError("`--as-found` needs a PATH")
    missing = [path for path in map(Path, paths) if not os.path.lexists(path)]
    if missing:
        raise UserError("\n".join(f"{printed(path)}: no such file or folder{similar(path)}" for path in missing))
    places = [Path(os.path.realpath(path)) for path in paths]
    return lambda file: any(Path(os.path.realpath(file)).is_relative_to(place) for place in places)
