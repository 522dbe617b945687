"""The history of a source tree: its state at a moment, where its files went, what changed their lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ticketaudit.code.commit import Commit
from ticketaudit.code.content import Content
from ticketaudit.code.git import Git, GitError
from ticketaudit.code.log import Log, is_shallow, read_log
from ticketaudit.code.tree import Contents, Tree

_FOLDER, _FILE_MODES = "40000", ("100644", "100755", "100664")


@dataclass(frozen=True)
class Moment:
    """A state of the tree. ``commit`` is None for the working tree, ``day`` that of the commit."""

    tree: Tree
    commit: Commit | None

    @property
    def day(self) -> str | None:
        """The day of the commit, YYYY-MM-DD."""
        return self.commit.day if self.commit else None


class History:
    """The repository around a source tree.

    ``folder`` is the tree's root relative to the repository's, with a ``/`` at its end, or empty.
    """

    def __init__(self, git: Git, folder: str, log: Log, head: str | None, contents: Contents) -> None:
        self.log = log
        self.head = head
        self._git = git
        self._folder = folder
        self._contents = contents
        self._listed: dict[tuple[str, str], Mapping[str, str]] = {}
        self._moments: dict[str, Moment] = {}

    def moment(self, commit: Commit) -> Moment:
        """The tree as a commit left it."""
        if commit.id not in self._moments:
            self._moments[commit.id] = Moment(Tree(self._files_of(commit.id), self.content), commit)
        return self._moments[commit.id]

    def commit(self, name: str) -> Commit | None:
        """The commit that a name or an abbreviation means; None where there is none, or there are several."""
        found = self._git.read(f"{name}^{{commit}}")
        if found is None:
            return None
        known = self.log.commits.get(found[0])
        return known or _unrelated(found[0], found[2] or b"")

    def at(self, day: str) -> Commit | None:
        """The last commit of the main line up to the end of a day."""
        line = self.log.first_parents(self.head) if self.head else ()
        return next((commit for commit in line if commit.day <= day), None)

    def added(self, path: str) -> Commit | None:
        """The commit that added a file of the repository, under whatever name; the first one that is known.

        One of `Log.cut` has the file, and nobody knows which commit added it.
        """
        found: Commit | None = None
        seen = set()
        while path not in seen:
            seen.add(path)
            commit, change = next(
                (pair for pair in reversed(self.log.touching.get(path, ())) if pair[1].kind == "A"), (None, None)
            )
            if commit is None or change is None:
                break
            found = commit
            name = path.rpartition("/")[2]
            gone = [old for old in commit.changes if old.kind == "D"]
            same = [old for old in gone if old.before == change.after]
            same += [old for old in gone if old.path.rpartition("/")[2] == name]
            path = same[0].path if same else path
        return found

    def later(self, written: Moment, now: Moment) -> frozenset[str]:
        """The commits between two moments; the working tree comes after what is checked out."""
        end = now.commit.id if now.commit else self.head
        return self.log.between(written.commit.id, end) if written.commit and end else frozenset()

    def content(self, path: str, blob: str) -> Content | None:
        """A file's content by its name; None where it is no text or the repository does not have it."""
        return self._contents.get(path, blob, self._bytes)

    def inner(self, path: str) -> str | None:
        """A path of the repository as one of the source tree; None where it lies outside."""
        return path.removeprefix(self._folder) if path.startswith(self._folder) else None

    def outer(self, path: str) -> str:
        """A path of the source tree as one of the repository."""
        return self._folder + path

    def touched(self, commit: Commit) -> frozenset[str]:
        """The paths of the source tree that a commit changed; those of a merge are what it brought to its line."""
        if len(commit.parents) < 2 and commit.id in self.log.commits:
            paths = (self.inner(change.path) for change in commit.changes)
            return frozenset(path for path in paths if path is not None)
        after = dict(self._files_of(commit.id))
        before = dict(self._files_of(commit.parents[0])) if commit.parents else {}
        return frozenset(path for path in {**before, **after} if before.get(path) != after.get(path))

    def _bytes(self, blob: str) -> bytes | None:
        found = self._git.read(blob)
        return found[2] if found else None

    def _files_of(self, commit: str) -> Mapping[str, str]:
        found = self._git.read(f"{commit}^{{tree}}")
        for part in self._folder.rstrip("/").split("/") if self._folder else ():
            entries = _entries(found[0], found[2]) if found else ()
            inner = next((name for mode, entry, name in entries if entry == part and mode == _FOLDER), None)
            found = self._git.read(inner) if inner else None
        return self._files(found[0]) if found else {}

    def _files(self, tree: str, folder: str = "") -> Mapping[str, str]:
        """The files of a tree object in a folder; symbolic links and submodules are none."""
        if (tree, folder) not in self._listed:
            found = self._git.read(tree)
            files: dict[str, str] = {}
            for mode, name, inner in _entries(found[0], found[2]) if found else ():
                if mode == _FOLDER:
                    files.update(self._files(inner, f"{folder}{name}/"))
                elif mode in _FILE_MODES:
                    files[f"{folder}{name}"] = inner
            self._listed[tree, folder] = files
        return self._listed[tree, folder]


def read_history(git: Git, root: Path, contents: Contents, revisions: tuple[str, ...]) -> History:
    """The history of a folder in a repository; ``revisions`` are read besides the one that is checked out.

    Raises `GitError` where git cannot read the repository, or a revision is unknown.
    """
    names = []
    for revision in ("HEAD", *revisions):
        found = git.read(f"{revision}^{{commit}}")
        if found is None and revision != "HEAD":
            raise GitError(f"unknown revision `{revision}`")
        names += [found[0]] if found else []
    log = read_log(git, list(dict.fromkeys(names)), is_shallow(git))
    inner = root.resolve().relative_to(git.repository.resolve()).as_posix()
    folder = "" if inner == "." else f"{inner}/"
    head = git.read("HEAD^{commit}")
    return History(git, folder, log, head[0] if head else None, contents)


def _entries(tree: str, data: bytes | None) -> Iterator[tuple[str, str, str]]:
    """The entries of a tree object: mode, name, the name of the object, which is as long as the tree's own."""
    place, size, data = 0, len(tree) // 2, data or b""
    while place < len(data):
        space, end = data.index(b" ", place), data.index(b"\0", place)
        name = data[space + 1 : end].decode("utf-8", errors="replace")
        yield data[place:space].decode(), name, data[end + 1 : end + 1 + size].hex()
        place = end + 1 + size


def _unrelated(name: str, data: bytes) -> Commit:
    """A commit that leads to none of the known ones: it is there, and that is all that is told of it."""
    head, _, message = data.decode("utf-8", errors="replace").partition("\n\n")
    fields = [line.split(" ") for line in head.splitlines()]
    parents = tuple(field[1] for field in fields if field[0] == "parent" and len(field) == 2)
    return Commit(name, parents, "", message.partition("\n")[0], ())
