"""What the tests of the command line share: a folder of their own, a ticket, and a way to run commands."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from repositories import Repository
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
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test depends on the colours that the person who runs it prefers, or on what earlier runs left."""
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TICKETAUDIT_TRACEBACK"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


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


@pytest.fixture
def repository(folder: Path) -> Repository:
    """An empty repository, which is also the working folder."""
    return Repository.begun(folder)
