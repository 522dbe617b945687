"""The recipes of docs/ci.md: each command line is run, and each file that is shown is the one that is checked."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
EXAMPLES = sorted((ROOT / "docs" / "examples").iterdir())
SHOWN = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
GITLAB = yaml.safe_load((ROOT / "docs" / "examples" / "gitlab-ci.yml").read_text("utf-8"))
COMMANDS = [line[2:] for language, text in SHOWN if language == "console" for line in text.splitlines()]
COMMANDS += [line for line in GITLAB["tickets"]["script"] if line.startswith("ticketaudit ")]

pytestmark = pytest.mark.skipif(sys.platform == "win32" or shutil.which("git") is None, reason="needs a shell and git")

TICKET = """\
# Finding Ticket: Ferry bell rings twice

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-01` |
| **Severity** | `P1` |
| **Status** | `{status}` |
"""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository on a branch of its own, with a baseline and a ticket that has a slip in its status."""
    folder = tmp_path_factory.mktemp("checkout")
    ticket = folder / "docs" / "bugs" / "bell.md"
    ticket.parent.mkdir(parents=True)
    ticket.write_text(TICKET.format(status="open"), encoding="utf-8")
    (folder / "README.md").write_text("# Read me\n", encoding="utf-8")
    (folder / "ticketaudit.yaml").write_text('include: ["docs/bugs/**/*.md"]\n', encoding="utf-8")
    identity = ["-c", "user.name=anna", "-c", "user.email=anna@x"]
    for command in (["init", "-qb", "main"], ["add", "."], ["commit", "-qm", "tickets"], ["checkout", "-qb", "own"]):
        subprocess.run(["git", *identity, *command], cwd=folder, check=True)
    ticket.write_text(TICKET.format(status="clsoed"), encoding="utf-8")
    programs = folder / ".git" / "programs"
    programs.mkdir()
    program = programs / "ticketaudit"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m ticketaudit "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return folder


@pytest.mark.parametrize("command", COMMANDS)
def test_command_line_runs(command: str, checkout: Path) -> None:
    path = os.pathsep.join([str(checkout / ".git" / "programs"), os.environ["PATH"]])
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GITHUB_")}
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"],
        cwd=checkout,
        env={**environment, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    assert not re.search(r"^(error|internal error|Usage)", done.stderr, re.MULTILINE), done.stderr


def test_the_page_has_commands_for_every_platform() -> None:
    assert len(COMMANDS) >= 19
    assert all("ticketaudit" in command for command in COMMANDS)


def test_every_example_is_on_the_page() -> None:
    shown = [text for language, text in SHOWN if language == "yaml"]
    assert [file.name for file in EXAMPLES if file.read_text("utf-8") not in shown] == []


def test_the_hooks_of_the_page_are_ours(tmp_path: Path) -> None:
    text = next(text for _, text in SHOWN if text.startswith("repos:"))
    config = tmp_path / ".pre-commit-config.yaml"
    config.write_text(text, encoding="utf-8")
    done = subprocess.run([sys.executable, "-m", "pre_commit", "validate-config", str(config)], check=False)
    assert done.returncode == 0
    named = {hook["id"] for repository in yaml.safe_load(text)["repos"] for hook in repository["hooks"]}
    assert named <= {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
