"""Which files changed since a branch began: by git's objects and the bytes on disk, nothing else is run or written."""

from __future__ import annotations

import os
from collections.abc import Callable
from hashlib import sha1, sha256
from pathlib import Path
from typing import Final

from ticketaudit.code.git import Git, GitError, find_git
from ticketaudit.code.log import FETCH, SHALLOW, is_shallow
from ticketaudit.errors import UserError
from ticketaudit.paths import repository_root

_SHA1_LENGTH: Final = 40


def changed_since(revision: str) -> Callable[[Path], bool]:
    """Whether a file is another one, or was not there, where the present branch and a revision parted.

    What is not committed yet has changed, too. Raises `UserError` where there is no repository around the
    working folder, no such revision, or no commit that the two have in common.
    """
    root = repository_root(Path.cwd().resolve())
    git = find_git(root) if root else None
    if root is None or git is None:
        missing = "a git repository, and the working folder is in none" if root is None else "git, which is not here"
        raise UserError(f"`--since {revision}` needs {missing}")
    try:
        known = _files(git, _parting(git, revision))
    finally:
        git.close()

    def changed(file: Path) -> bool:
        place = Path(os.path.realpath(file))
        name = known.get(os.fsencode(place.relative_to(root))) if place.is_relative_to(root) else None
        try:
            return name is None or name not in _names(place.read_bytes(), name)
        except OSError:
            return True  # what cannot be read is reported as such

    return changed


def _parting(git: Git, revision: str) -> str:
    try:
        commit = _line(git.run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"))
    except GitError:
        raise UserError(f"`--since {revision}`: git knows no such revision{_advice(git)}") from None
    try:
        return _line(git.run("merge-base", commit, "HEAD"))
    except GitError:
        advice = _advice(git)
        raise UserError(f"`--since {revision}`: it and the present branch have no commit in common{advice}") from None


def _advice(git: Git) -> str:
    """What helps where a revision cannot be used because the repository is a shallow clone; else nothing."""
    return f"; {SHALLOW}: {FETCH}" if is_shallow(git) else ""


def _files(git: Git, commit: str) -> dict[bytes, str]:
    """The names of a commit's blobs by their paths in the repository."""
    entries = (entry.split(b"\t", 1) for entry in git.run("ls-tree", "-r", "-z", commit).split(b"\0") if entry)
    return {path: _line(information.split()[2]) for information, path in entries}


def _names(data: bytes, like: str) -> set[str]:
    """What git would call a file as it is, and with the line ends that a checkout on Windows may have changed."""
    digest = sha1 if len(like) == _SHA1_LENGTH else sha256
    texts = (data, data.replace(b"\r\n", b"\n"))
    return {digest(b"blob %d\0%s" % (len(text), text)).hexdigest() for text in texts}


def _line(output: bytes) -> str:
    return output.decode().strip()
