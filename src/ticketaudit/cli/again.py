"""Keeps what a check printed, for the next one of which everything is the same."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from ticketaudit.cache import prune
from ticketaudit.cli.run import Run
from ticketaudit.config import candidates
from ticketaudit.replay import ASKED, Answer


def keep(run: Run, answer: Callable[[], Answer], baseline: Path | None) -> None:
    """Keep an answer to the command line of this process, where a run depends on nothing but files.

    What git knows and what the code says can change in too many ways to be looked at in less time than they
    are asked.
    """
    question = ASKED.get()
    if question is None or run.narrowed or run.uses_source or run.discovery.warnings:
        return
    files = [*run.discovery.files, *run.rest.files]
    folder = Path.cwd()
    looked_at = {str(file.location) for file in files if file.location}
    if len(looked_at) < len({file.path for file in files}):
        return  # standard input is another one every time
    looked_at.update(run.discovery.looked_at, run.rest.looked_at, run.loaded.looked_at)
    looked_at.update(map(str, (*run.settings.files, *candidates(folder), *filter(None, [baseline]))))
    question.keep(answer, looked_at, _repositories({str(folder), *looked_at}))
    prune(Path(question.folder))


def _repositories(paths: set[str]) -> set[str]:
    """Where a repository that holds one of the paths would be, as they are written and without links."""
    parents = {os.path.dirname(os.path.abspath(path)) for path in paths}  # noqa: PTH100, PTH120 - thousands
    folders: set[str] = set()
    waiting = parents | {os.path.realpath(parent) for parent in parents}
    while waiting:
        folders |= waiting
        waiting = {os.path.dirname(folder) for folder in waiting} - folders  # noqa: PTH120 - as above
    return {os.path.join(folder, ".git") for folder in folders}  # noqa: PTH118 - as above
