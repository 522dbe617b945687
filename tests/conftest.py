"""What the tests of the command line share: a folder of their own, a ticket, and a way to run commands."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from ticketaudit.__main__ import main

# Machines are slow at times, and what CI says must not depend on a seed.
settings.register_profile("steady", deadline=None)
settings.register_profile("ci", parent=settings.get_profile("steady"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "steady")

TICKET = """\
# Finding Ticket: Ferry bell rings twice

| Field | Value |
|-------|-------|
| **Ticket ID** | `{id}` |
| **Severity** | `P1` |
| **Status** | `closed` |

## Summary

**One-line summary:** The bell rings twice on arrival.

## Verification

- [ ] The bell rings once

## Cross-Review

| Reviewer | Verdict | Evaluation |
|----------|---------|------------|
| `deck` | **OBJECT** | Only in harbour. Recommend P3. |
| `bridge` | **ENDORSE** | Heard it. |
"""


@dataclass
class Ran:
    """How a command ended and what it printed."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]
WriteTicket = Callable[..., Path]


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test depends on the colours that the person who runs it prefers."""
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TICKETAUDIT_TRACEBACK"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def write_ticket(folder: Path) -> WriteTicket:
    """Writes a ticket with three problems: an error, two warnings."""

    def write(path: str = "bell.md", id: str = "B1-OPS-01") -> Path:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(TICKET.format(id=id), encoding="utf-8")
        return file

    return write


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in the working folder."""

    def go(*arguments: str, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        status = main(arguments)
        captured = capsys.readouterr()
        return Ran(status, captured.out, captured.err)

    return go


@dataclass
class Repository:
    """A git repository that a test builds, commit by commit, each on a day of its own choice."""

    root: Path

    def git(self, *arguments: str, day: str = "2025-01-01") -> str:
        """Run git here, with nobody's configuration."""
        moment = f"{day}T12:00:00+0000"
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        environment |= {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
        who = ["-c", "user.name=Mira", "-c", "user.email=mira@example.org", "-c", "init.defaultBranch=main"]
        done = subprocess.run(
            ["git", *who, *arguments], cwd=self.root, env=environment, capture_output=True, encoding="utf-8", check=True
        )
        return done.stdout.strip()

    def write(self, path: str, text: str) -> Path:
        """Write a file."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def commit(self, message: str, day: str) -> str:
        """Commit all that there is; the name of the commit."""
        self.git("add", "--all")
        self.git("commit", "--allow-empty", "--quiet", "--message", message, day=day)
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def repository(folder: Path) -> Repository:
    """An empty repository, which is also the working folder."""
    made = Repository(folder)
    made.git("init", "--quiet")
    return made
