"""Paths as they are printed, and the repository that a folder lies in."""

from __future__ import annotations

import os
from pathlib import Path


def printed(path: str | Path) -> str:
    """A path relative to the working folder, with ``/``; bytes that are no text are shown as escapes."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # from one drive to another there is no relative path
        relative = str(path)
    return os.fsencode(relative.replace(os.sep, "/")).decode("utf-8", errors="backslashreplace")


def repository_root(folder: Path) -> Path | None:
    """The innermost folder, from an absolute one up, that git keeps a repository in; None where none does."""
    return next((place for place in (folder, *folder.parents) if os.path.lexists(place / ".git")), None)
