"""Path patterns in the language of ``.gitignore``, for git's own files and for the configuration."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ticketaudit.files import read_regular
from ticketaudit.paths import readable

#: Where git looks for what it ignores in a folder.
IGNORE_FILE = ".gitignore"
#: The most bytes of a `.gitignore`: a larger one is passed over.
_LIMIT = 1024 * 1024
_WILDCARD = re.compile(r"[*?\[]")
#: A backslash takes the special meaning from what follows, and letters and digits have none.
_BACKSLASH = re.compile(r"(?<!\\)\\\w")


class Patterns:
    """Patterns that hold from a folder down; the last one that matches decides."""

    def __init__(self, folder: Path, patterns: Iterable[str]) -> None:
        self._folder, self._inside = folder, str(folder).rstrip(os.sep) + os.sep
        self._spec = _spec([pattern for pattern in patterns if _is_pattern(pattern)])

    def decide(self, path: str | os.PathLike[str], *, is_folder: bool = False) -> bool | None:
        """True where a pattern takes the path, False where one takes it back, None where none matches."""
        if self._spec is None:
            return None
        relative = readable(self._relative(os.fspath(path)).replace(os.sep, "/"))
        taken: bool | None = self._spec.check_file(f"{relative}/" if is_folder else relative).include
        return taken

    def _relative(self, path: str) -> str:
        # The long way round is only for paths that are written otherwise than the folder.
        plain = path.startswith(self._inside) and ".." not in path
        return path[len(self._inside) :] if plain else os.path.relpath(path, self._folder)


def objection_to_pattern(text: str) -> str | None:
    """Why a pattern takes nothing that its author can have meant; None where it may take something."""
    if not {".", ".."}.isdisjoint(text.removeprefix("!").split("/")):
        return f"`{text}` takes nothing; patterns hold from here down, without `./` and `../`"
    return _objection(text, text)


def objection_to_glob(text: str) -> str | None:
    """The same for a glob, which may begin in another folder and takes nothing back."""
    if text.startswith("!"):
        return f"`{text}` takes nothing; write it without `!` under `exclude`"
    return _objection(text, f"/{text.lstrip('/')}")


def _objection(text: str, pattern: str) -> str | None:
    if not _is_pattern(pattern):
        return f"`{text}` is no path pattern"
    return f"`{text}` takes nothing; write `/` between folders" if _BACKSLASH.search(text) else None


def _is_pattern(text: str) -> bool:
    """Whether a line is a pattern that can be read; git, too, passes over the others."""
    try:
        spec = _spec([text]) if text.strip() else None
        return spec is not None and any(pattern.include is not None for pattern in spec.patterns)
    except (ValueError, re.error):
        return False


def _spec(patterns: list[str]) -> Any:
    """What `pathspec` makes of patterns; None of none."""
    if not patterns:  # the library takes longer to import than a small folder takes to search
        return None
    from ticketaudit.wildcards import spec

    return spec(patterns)


def escaped(path: str) -> str:
    """The pattern of a path as it stands."""
    return re.sub(r"([*?\[\]\\!#])", r"\\\1", path)


def read_gitignore(folder: Path) -> Patterns | None:
    """The patterns of a folder's own ``.gitignore``; None where it has none that can be read."""
    try:
        text = read_regular(folder / IGNORE_FILE, _LIMIT).decode("utf-8-sig", "surrogateescape")
    except (OSError, ValueError):
        return None
    return Patterns(folder, text.split("\n"))


def split_glob(pattern: str) -> tuple[str, str | None]:
    """The folder that a glob begins in and the rest, anchored there; no rest where it is a plain path."""
    parts = pattern.split("/")
    for index, part in enumerate(parts):
        if _WILDCARD.search(part):
            return "/".join(parts[:index]) or ".", "/" + "/".join(parts[index:])
    return pattern, None
