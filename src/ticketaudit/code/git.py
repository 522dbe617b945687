"""The ``git`` executable, asked so that a repository can only answer.

What a repository says about programs is not obeyed: hooks, file system monitors, external diffs, pagers,
signatures, replaced objects, objects that are still elsewhere. Neither is what the user or the machine
configures, so that the answers are the same everywhere. Nothing is fetched and nothing is written. Each
`Git` counts the processes that it starts.
"""

from __future__ import annotations

import os
import shutil
import subprocess  # for git alone, which import-linter holds  # nosec B404
from contextlib import suppress
from pathlib import Path
from typing import IO

#: Settings that could make a reading command start a program, leave the repository, or look different.
_NEUTRAL = {
    "core.hooksPath": os.devnull,
    "core.fsmonitor": "false",
    "core.untrackedCache": "false",
    "core.attributesFile": os.devnull,
    "core.excludesFile": os.devnull,
    "core.bare": "false",
    "core.pager": "cat",
    "core.sshCommand": "false",
    "core.alternateRefsCommand": "true",
    "core.commitGraph": "true",
    "core.quotePath": "false",
    "core.precomposeUnicode": "false",
    "credential.helper": "",
    "diff.external": "",
    "diff.renames": "false",
    "diff.relative": "false",
    "diff.orderFile": os.devnull,
    "log.showSignature": "false",
    "log.follow": "false",
    "log.date": "iso",
    "log.mailmap": "false",
    "log.diffMerges": "off",
    "log.excludeDecoration": "*",
    "maintenance.auto": "false",
    "gc.auto": "0",
    "protocol.allow": "never",
    "submodule.recurse": "false",
}
_ENVIRONMENT = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_PAGER": "cat",
    "GIT_ADVICE": "0",
    "LC_ALL": "C",
}
#: An object that is larger is passed over while it is read.
_LIMIT = 16 * 1024 * 1024
_CHUNK = 1 << 20


class GitError(Exception):
    """Git is not there, or could not answer; the message is for people."""


class Git:
    """The repository around a folder.

    ``started`` counts the processes; `close` ends the one that stays. A copy of this process may go on
    using it: it gets one of its own, for two cannot read answers from the same pipe.
    """

    def __init__(self, repository: Path, program: str) -> None:
        self.repository = repository
        self.started = 0
        self._program = program
        self._batches: dict[int, subprocess.Popen[bytes]] = {}

    def run(self, *arguments: str, folder: Path | None = None) -> bytes:
        """What a command prints; raises `GitError` with what it complains about."""
        with self._start(arguments, folder, subprocess.PIPE) as process:
            out, err = process.communicate()
        if process.returncode:
            text = err.decode("utf-8", errors="replace").strip()
            raise GitError(text.splitlines()[-1] if text else f"git {arguments[0]} failed")
        return out

    def read(self, name: str) -> tuple[str, str, bytes | None] | None:
        """An object by what git understands as its name: its full name, its type, its bytes.

        None where there is none, or more than one; the bytes are None where they are too many. One
        process reads all objects of a run.
        """
        if "\n" in name or "\0" in name:
            return None
        batch = self._batches.get(os.getpid())
        if batch is None:
            batch = self._batches[os.getpid()] = self._start(("cat-file", "--batch"), None, subprocess.DEVNULL)
        channel, answers = batch.stdin, batch.stdout
        if channel is None or answers is None:
            raise GitError("git cat-file has no pipes")
        try:
            channel.write(name.encode("utf-8", errors="surrogateescape") + b"\n")
            channel.flush()
            head = answers.readline().split()
            if not head:
                raise GitError("git cat-file ended early")
            if len(head) != 3 or not head[2].isdigit():  # "missing", "ambiguous"
                return None
            size = int(head[2])
            data = _exactly(answers, size)
            answers.read(1)
        except OSError as error:
            raise GitError(f"git cat-file ended: {error}") from None
        return head[0].decode(), head[1].decode(), data

    def close(self) -> None:
        """End the process that reads objects."""
        process = self._batches.pop(os.getpid(), None)
        if process:
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):
                    if pipe:
                        pipe.close()
            process.wait()

    def _start(self, arguments: tuple[str, ...], folder: Path | None, err: int) -> subprocess.Popen[bytes]:
        settings = [part for name, value in _NEUTRAL.items() for part in ("-c", f"{name}={value}")]
        place = [f"--git-dir={self.repository / '.git'}", f"--work-tree={self.repository}"]
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        self.started += 1
        try:
            return subprocess.Popen(  # no shell, a program of the PATH, arguments that cannot be options  # nosec B603
                [self._program, "--no-pager", "--no-replace-objects", *place, *settings, *arguments],
                cwd=folder or self.repository,
                env={**inherited, **_ENVIRONMENT},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=err,
            )
        except OSError as error:
            raise GitError(f"git cannot be started: {error.strerror}") from None


def find_git(repository: Path) -> Git | None:
    """Git for a repository; None where it is not installed.

    A program of that name that lies in the repository itself is not taken.
    """
    program = shutil.which("git")
    if program is None or not Path(program).is_absolute():
        return None
    if Path(os.path.realpath(program)).is_relative_to(repository.resolve()):
        return None
    return Git(repository, program)


def _exactly(stream: IO[bytes], size: int) -> bytes | None:
    """So many bytes of a stream; None where they are more than anybody wants to keep."""
    kept, left = [], size
    while left:
        data = stream.read(min(left, _CHUNK))
        if not data:
            raise GitError("git cat-file ended early")
        left -= len(data)
        if size <= _LIMIT:
            kept.append(data)
    return b"".join(kept) if size <= _LIMIT else None
