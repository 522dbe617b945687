"""From the paths that somebody asked for to the files to read, in an order that never changes.

A folder is searched; what git ignores, what the configuration excludes and what tools keep for
themselves is passed over, and remembered with the reason. A file named outright is always taken.
What cannot be read becomes a problem and never stops the rest.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path

import msgspec

from ticketaudit.errors import reason
from ticketaudit.files import bounds, leads_out
from ticketaudit.paths import as_text, native, printed, repository_root, similar
from ticketaudit.patterns import IGNORE_FILE, Patterns, read_gitignore, split_glob

#: The path that means standard input.
STDIN = "-"

#: Folders that belong to tools: version control, environments, caches.
SKIPPED_FOLDERS = frozenset(
    [
        ".bzr",
        ".direnv",
        ".eggs",
        ".git",
        ".hg",
        ".idea",
        ".jj",
        ".mypy_cache",
        ".nox",
        ".pytest_cache",
        ".ruff_cache",
        ".svn",
        ".tox",
        ".venv",
        ".vscode",
        "__pycache__",
        "node_modules",
        "site-packages",
        "venv",
    ]
)


class File(msgspec.Struct, frozen=True):
    """A file to read: ``path`` as printed, ``location`` to open (None: standard input).

    ``named`` says that the user named the file itself and not a folder around it.
    """

    path: str
    location: Path | None
    named: bool


class PassedOver(msgspec.Struct, frozen=True):
    """A file or a folder that was not taken, and why. A folder's path ends with ``/``."""

    path: str
    reason: str


class Discovery(msgspec.Struct, frozen=True):
    """What a search found, each part in the order of its paths; ``problems`` and ``warnings`` are messages.

    ``looked_at`` are the folders that were searched, the files that say what they ignore, there or not, and links.
    """

    files: tuple[File, ...]
    passed_over: tuple[PassedOver, ...]
    problems: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    looked_at: tuple[str, ...] = ()


def discover(
    paths: Iterable[str],
    *,
    include: Iterable[str] = (),
    exclude: Iterable[str] = (),
    root: Path | None = None,
    stdin_name: str | None = None,
    trusted: bool = False,
) -> Discovery:
    """Find the files that ``paths`` name or hold, and those that the globs of ``include`` take.

    ``include`` and ``exclude`` are relative to ``root`` (None: the working folder); ``stdin_name``
    is what standard input is called in the output. ``trusted``: links are followed wherever they lead.
    """
    root = root or Path.cwd()
    search = _Search(Patterns(root, exclude), trusted)
    for path in paths:
        if path == STDIN:
            search.take(None, stdin_name or STDIN, named=True)
        else:
            search.path(Path(path), named=True)
    for glob in include:
        search.glob(root, glob)
    return search.result()


def find(root: Path, names: Collection[str]) -> Discovery:
    """The files of these names under a folder, but for what git ignores and what tools keep for themselves."""
    search = _Search(Patterns(root, ()), trusted=False)
    search.folder(_absolute(root), lambda path: path.rpartition(os.sep)[2] in names)
    return search.result()


def _absolute(path: Path) -> Path:
    return Path(os.path.normpath(path.absolute()))


def _is_markdown(path: str) -> bool:
    name = path.rpartition(os.sep)[2]
    return name[-3:].lower() == ".md" and name[:-3] != ""


class _Search(msgspec.Struct, frozen=True):
    exclude: Patterns
    trusted: bool
    files: dict[str, File] = msgspec.field(default_factory=dict)
    passed_over: set[PassedOver] = msgspec.field(default_factory=set)
    problems: list[str] = msgspec.field(default_factory=list)
    warnings: list[str] = msgspec.field(default_factory=list)
    looked_at: list[str] = msgspec.field(default_factory=list)

    def result(self) -> Discovery:
        return Discovery(
            files=tuple(sorted(self.files.values(), key=lambda file: file.path)),
            passed_over=tuple(sorted(self.passed_over, key=lambda item: (item.path, item.reason))),
            problems=tuple(dict.fromkeys(self.problems)),
            warnings=tuple(self.warnings),
            looked_at=tuple(self.looked_at),
        )

    def take(self, location: Path | None, path: str, *, named: bool) -> None:
        """Take a file once, however many ways lead to it; standard input stands for the file it is called."""
        self._take(os.path.realpath(path), location, printed(path), named=named)

    def _take(self, identity: str, location: Path | None, path: str, *, named: bool) -> None:
        known = self.files.get(identity)
        if known is None or location is None:
            self.files[identity] = File(path, location, named)
        elif named:
            self.files[identity] = File(known.path, known.location, named)

    def path(self, path: Path, *, named: bool) -> None:
        """Take what a user or the configuration asks for by its path."""
        try:
            mode = path.stat().st_mode
        except FileNotFoundError:
            self.problems.append(f"{printed(path)}: no such file or folder{similar(path)}")
        except (OSError, ValueError) as error:
            self.problems.append(f"{printed(path)}: cannot be read: {reason(error)}")
        else:
            if stat.S_ISDIR(mode):
                self.folder(_absolute(path), _is_markdown)
            elif stat.S_ISREG(mode):
                self.take(path, str(path), named=named)
            else:
                self.problems.append(f"{printed(path)}: no regular file; give `-` to read from standard input")

    def glob(self, root: Path, glob: str) -> None:
        """Take the files that a glob of the configuration fits."""
        place, rest = split_glob(glob)
        folder = _absolute(root / native(place))
        if not os.path.lexists(folder):
            self.problems.append(f"`{glob}` in `include`: no such file or folder{similar(folder)}")
        elif rest is None:
            self.path(folder, named=False)
        elif not self.folder(folder, Patterns(folder, [rest]).decide):
            self.warnings.append(f"`{glob}` in `include` takes no file")

    def folder(self, folder: Path, wanted: Callable[[str], bool | None]) -> bool:
        """Take the wanted files of a folder and of the folders in it; False where there is none."""
        any_wanted, around = False, bounds(folder)
        above = _parents(folder)
        self.looked_at.extend(str(parent / IGNORE_FILE) for parent in above)
        shown = printed(folder)
        inside, real = "" if shown == "." else f"{shown}/", os.path.realpath(folder).rstrip(os.sep) + os.sep
        # A folder's path, the way to it as printed and without links: from those of the folder around it.
        waiting = [(str(folder), inside, real, _ignores_above(folder, above))]
        while waiting:
            place, inside, real, ignores = waiting.pop()
            entries = self._entries(place, inside)
            self.looked_at.append(place)
            if any(entry.name == IGNORE_FILE for entry in entries):
                self.looked_at.append(str(Path(place, IGNORE_FILE)))
                own = read_gitignore(Path(place))
                ignores = [own, *ignores] if own else ignores
            for entry in entries:
                is_folder = _is(entry.is_dir)
                if not is_folder and not wanted(entry.path):
                    continue
                if entry.is_symlink():  # what it leads to may come and go without a change of its folder
                    self.looked_at.append(entry.path)
                path = inside + as_text(entry.name)
                objection = self._objection(entry, ignores, around, is_folder=is_folder)
                if objection:
                    self.passed_over.add(PassedOver(path + "/" * is_folder, objection))
                elif is_folder:
                    waiting.append((entry.path, f"{path}/", f"{real}{entry.name}{os.sep}", ignores))
                else:
                    # Only a link is found elsewhere than where it lies.
                    identity = os.path.realpath(entry.path) if entry.is_symlink() else real + entry.name
                    self._take(identity, Path(entry.path), path, named=False)
                any_wanted = any_wanted or not is_folder
        return any_wanted

    def _entries(self, folder: str, inside: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as entries:
                return sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            self.problems.append(f"{inside or './'}: cannot be searched: {reason(error)}")
            return []

    def _objection(
        self, entry: os.DirEntry[str], ignores: Sequence[Patterns], around: Path, *, is_folder: bool
    ) -> str | None:
        """Why an entry is passed over; None where it is not."""
        path = entry.path
        if is_folder and entry.name in SKIPPED_FOLDERS:
            return "a folder that belongs to a tool"
        if self.exclude.decide(path, is_folder=is_folder):
            return "excluded by the configuration"
        if _is_ignored(path, ignores, is_folder=is_folder):
            return "ignored by .gitignore"
        if is_folder and entry.is_symlink():
            return "a link to a folder"
        if not is_folder and not _is(entry.is_file):
            return "no regular file"
        if entry.is_symlink() and not self.trusted and leads_out(Path(path), around):
            return "a link that leads out of the repository"
        return None


def _is(test: Callable[[], bool]) -> bool:
    """A test of an entry, which fails where links lead in a circle."""
    try:
        return test()
    except OSError:
        return False


def _parents(folder: Path) -> list[Path]:
    """The folders between a folder and its repository's root, the innermost first."""
    root = repository_root(folder)
    return [parent for parent in folder.parents if root and parent.is_relative_to(root)]


def _ignores_above(folder: Path, parents: Iterable[Path]) -> list[Patterns]:
    """What the ``.gitignore`` files above a folder say.

    A folder that they ignore was asked for all the same: then they have no say inside it.
    """
    ignores = [patterns for parent in parents if (patterns := read_gitignore(parent))]
    return [] if _is_ignored(folder, ignores, is_folder=True) else ignores


def _is_ignored(path: str | Path, ignores: Sequence[Patterns], *, is_folder: bool) -> bool:
    """Whether the innermost ``.gitignore`` that says anything about a path ignores it."""
    decisions = (patterns.decide(path, is_folder=is_folder) for patterns in ignores)
    return next((decision for decision in decisions if decision is not None), False)
