"""The hooks of ``.pre-commit-hooks.yaml``, run by pre-commit in a repository of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
WriteTicket = Callable[..., Path]
Commit = Callable[[str], subprocess.CompletedProcess[str]]

pytestmark = [
    pytest.mark.skipif(shutil.which("git") is None, reason="needs git"),
    pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX"),
]
#: Two findings of the ticket in conftest; with the box checked and the reviewers agreed there is none.
RULES = ["unchecked-verification", "duplicate-id"]


def git(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    identity = {f"GIT_{who}_{what}": f"{who}@x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    alone = {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "PRE_COMMIT_HOME": str(folder / ".git" / "hooks-home"),
    }
    return subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env={**plain, **identity, **alone, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def repository(folder: Path) -> Path:
    """A repository whose hooks are those that we ship, run by the Python of the tests, which needs no network."""
    git(folder, "init", "-q")
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    for hook in hooks:
        hook.update(language="system", entry=f"{sys.executable} -m {hook['entry']}", stages=["pre-commit"])
    text = yaml.safe_dump({"repos": [{"repo": "local", "hooks": hooks}]})
    (folder / ".pre-commit-config.yaml").write_text(text, encoding="utf-8")
    settings = {"include": ["bugs/**/*.md"], "rules": {"select": RULES}}
    (folder / "ticketaudit.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    (folder / "README.md").write_text("# Read me\n", encoding="utf-8")
    (folder / "bugs").mkdir()
    git(folder, "add", ".")
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "install"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture
def commit(repository: Path) -> Commit:
    def go(message: str) -> subprocess.CompletedProcess[str]:
        git(repository, "add", ".")
        return git(repository, "commit", "-m", message)

    return go


def test_a_commit_fails_until_its_ticket_is_in_order(
    commit: Commit, repository: Path, write_ticket: WriteTicket
) -> None:
    ticket = write_ticket("bugs/bell.md")
    failed = commit("a ticket")
    assert failed.returncode == 1
    assert failed.stderr.count("bugs/bell.md:15:3: error: ") == 2, "by the hook for what changed, and by that for all"
    ticket.write_text(ticket.read_text("utf-8").replace("- [ ]", "- [x]"), encoding="utf-8")
    passed = commit("a ticket")
    assert passed.returncode == 0, passed.stderr
    assert git(repository, "log", "--format=%s").stdout == "a ticket\n"


def test_the_hook_for_all_sees_an_id_twice_in_a_ticket_that_did_not_change(
    commit: Commit, repository: Path, write_ticket: WriteTicket
) -> None:
    for path in ("bugs/bell.md", "bugs/horn.md"):
        ticket = write_ticket(path, id="B1-OPS-01")
        ticket.write_text(ticket.read_text("utf-8").replace("- [ ]", "- [x]"), encoding="utf-8")
    git(repository, "add", ".")
    git(repository, "commit", "--no-verify", "-m", "two tickets")
    (repository / "README.md").write_text("# Read me now\n", encoding="utf-8")
    done = commit("a page")
    assert done.returncode == 1
    changed, _, everything = done.stderr.partition("ticketaudit (all tickets)")
    assert "Passed" in changed
    assert "bugs/bell.md:5:19: error: " in everything
    assert "bugs/horn.md:5:19: error: " in everything


def test_a_commit_without_a_ticket_passes(commit: Commit, repository: Path) -> None:
    done = commit("a page")
    assert done.returncode == 0, done.stderr


def test_the_manifest_is_one() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")], check=False
    )
    assert done.returncode == 0
