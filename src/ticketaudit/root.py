"""Which folders a run looks into besides its tickets: the source tree, and where reports may lie."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from ticketaudit.errors import UserError
from ticketaudit.paths import printed, repository_root


class Root(msgspec.Struct, frozen=True):
    """The folder of the source tree; ``named`` where somebody named it, rather than that it was found."""

    folder: Path
    named: bool
    prefixes: tuple[str, ...] = ()


def common_folder(files: Iterable[Path]) -> Path:
    """The innermost folder that holds all files, links followed; raises `ValueError` where there is none."""
    folders = {os.path.dirname(file) for file in files}  # noqa: PTH120 - a path object for each takes long
    return Path(os.path.commonpath([os.path.realpath(folder) for folder in folders]))


def choose_root(
    named: Path | None, configured: Path | None, prefixes: Sequence[str], tickets: Sequence[Path]
) -> Root | None:
    """The source tree of a run: the folder that was named, the configured one, else the tickets' repository.

    Raises `UserError` where what was named is no folder.
    """
    folder = named or configured
    if folder:
        if not os.path.isdir(folder):  # noqa: PTH112 - a name may be longer than any
            raise UserError(f"{printed(folder)}: the source tree is no folder")
        return Root(folder, True, tuple(prefixes))
    try:
        common = common_folder(tickets)
    except ValueError:  # no ticket that is a file, or some on several drives
        return None
    repository = repository_root(common)
    return Root(repository, False, tuple(prefixes)) if repository else None


def root_of_reports(files: Iterable[Path], root: Path, complete: bool) -> Path | None:
    """The folder to search for reports: the tickets' repository, else the root of the settings that holds them.

    Where there is neither it is the folder around all tickets. None where that would be a search of
    everything, or where a few files say nothing about the folder.
    """
    try:
        common = common_folder(files)
    except ValueError:  # no folder at all, or folders on several drives
        return None
    repository = repository_root(common)
    if repository or not complete:
        return repository
    root = root.resolve()
    around = root if common.is_relative_to(root) else common
    return None if around == Path(around.anchor) or _is_home(around) else around


def _is_home(folder: Path) -> bool:
    try:
        return folder == Path.home().resolve()
    except RuntimeError:  # nobody knows where that is
        return False
