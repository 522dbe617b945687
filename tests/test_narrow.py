"""Reports on some of the tickets, with the others still known: ``--as-found`` and ``--since``."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import pytest

Run = Callable[..., Any]
WriteTicket = Callable[..., Path]


@pytest.fixture
def corpus(folder: Path, write_ticket: WriteTicket) -> Path:
    """Three tickets, two of them with one id, a page that is none, and one that is excluded."""
    write_ticket("bugs/bell.md", id="B1-OPS-01")
    write_ticket("bugs/horn.md", id="B1-OPS-01")
    write_ticket("bugs/mast.md", id="B1-OPS-02")
    write_ticket("bugs/old/hull.md", id="B1-OPS-03")
    (folder / "README.md").write_text("# Read me\n", encoding="utf-8")
    (folder / "ticketaudit.yaml").write_text('include: ["bugs/*.md"]\nexclude: ["bugs/old"]\n', encoding="utf-8")
    return folder


def test_as_found_reports_on_the_named_files_and_knows_the_others(run: Run, corpus: Path) -> None:
    ran = run("check", "--as-found", "bugs/bell.md", "--select", "duplicate-id")
    assert ran.status == 1
    assert ran.out.startswith("bugs/bell.md:5:19: error: ")
    assert ran.err.startswith("Found 1 problem (1 error) in 1 ticket")


@pytest.mark.parametrize("path", ["README.md", "bugs/old/hull.md", "ticketaudit.yaml"])
def test_as_found_passes_over_what_a_search_would_not_take(run: Run, corpus: Path, path: str) -> None:
    ran = run("check", "--as-found", path)
    assert (ran.status, ran.out) == (0, "")
    assert ran.err.startswith("Found no problems in 0 tickets")


def test_as_found_does_not_take_a_slip_for_a_ticket_without_problems(run: Run, corpus: Path) -> None:
    ran = run("check", "--as-found", "--allow-empty", "bugs/bel.md", "bugs/mast.md", "there.md")
    assert ran.status == 2
    assert ran.err == (
        "error: bugs/bel.md: no such file or folder; did you mean `bugs/bell.md`?\n"
        "error: there.md: no such file or folder\n"
    )


def test_as_found_takes_folders(run: Run, corpus: Path) -> None:
    assert run("check", "--as-found", ".", "--select", "duplicate-id").out.count("duplicate-id") == 2


def test_as_found_needs_paths_and_tickets_to_be_found(run: Run, folder: Path) -> None:
    assert run("check", "--as-found").err == "error: `--as-found` needs a PATH\n"
    (folder / "README.md").write_text("# Read me\n", encoding="utf-8")
    ran = run("check", "--as-found", "README.md")
    assert (ran.status, "no ticket found in 1 file" in ran.err) == (2, True)


def test_what_is_not_reported_on_is_not_gone_from_the_baseline(run: Run, corpus: Path) -> None:
    run("baseline", "create")
    ran = run("check", "--baseline", "ticketaudit-baseline.json", "--as-found", "bugs/mast.md")
    assert (ran.status, ran.out) == (0, "")
    assert "gone" not in ran.err


# --- since a revision


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=anna", "-c", "user.email=anna@x", "-c", "core.autocrlf=false"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def branch(corpus: Path) -> Path:
    """A branch with a commit of its own, on which `main` went on meanwhile."""
    git(corpus, "init", "-q", "-b", "main")
    git(corpus, "add", ".")
    git(corpus, "commit", "-qm", "tickets")
    git(corpus, "checkout", "-qb", "own")
    change(corpus / "bugs" / "bell.md")
    git(corpus, "commit", "-qam", "own")
    git(corpus, "checkout", "-q", "main")
    change(corpus / "bugs" / "mast.md")
    git(corpus, "commit", "-qam", "theirs")
    git(corpus, "checkout", "-q", "own")
    return corpus


def change(file: Path) -> None:
    file.write_text(file.read_text("utf-8") + "\nMore.\n", encoding="utf-8")


def reported(run: Run, *arguments: str) -> set[str]:
    ran = run("check", "--since", "main", "--output-format", "json", *arguments)
    assert ran.status in (0, 1), ran.err
    return {diagnostic["path"] for diagnostic in json.loads(ran.out)["diagnostics"]}


def test_since_reports_on_what_the_branch_changed_and_knows_the_rest(run: Run, branch: Path) -> None:
    assert reported(run) == {"bugs/bell.md"}
    ran = run("check", "--since", "main", "--select", "duplicate-id")
    assert ran.out == "bugs/bell.md:5:19: error: `B1-OPS-01` is also the id of bugs/horn.md [duplicate-id]\n"


def test_what_is_not_committed_has_changed(run: Run, branch: Path) -> None:
    change(branch / "bugs" / "horn.md")
    assert reported(run) == {"bugs/bell.md", "bugs/horn.md"}
    git(branch, "add", ".")
    assert reported(run) == {"bugs/bell.md", "bugs/horn.md"}
    (branch / "bugs" / "new.md").write_text((branch / "bugs" / "mast.md").read_text("utf-8"), encoding="utf-8")
    assert reported(run) == {"bugs/bell.md", "bugs/horn.md", "bugs/new.md"}


def test_since_works_in_a_folder_of_the_repository_and_with_paths(
    run: Run, branch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert reported(run, "bugs/horn.md") == set()
    monkeypatch.chdir(branch / "bugs")
    assert reported(run) == {"bell.md"}


def test_since_reports_on_tickets_that_name_one_which_is_gone(run: Run, branch: Path) -> None:
    horn = branch / "bugs" / "horn.md"
    horn.write_text(horn.read_text("utf-8") + "\n## Related Findings\n\n- B1-OPS-02\n- B1-OPS-77\n", encoding="utf-8")
    git(branch, "commit", "-qam", "relate")
    git(branch, "branch", "-q", "related")
    chosen = ("check", "--since", "related", "--select", "dangling-reference")
    assert run(*chosen).out == ""  # what was missing before is nothing that the branch did
    (branch / "bugs" / "mast.md").unlink()
    ran = run(*chosen)
    assert (ran.status, "no ticket `B1-OPS-02` is known [dangling-reference]" in ran.out) == (1, True)


def test_line_ends_of_a_checkout_are_no_change(run: Run, branch: Path) -> None:
    for name in ("horn.md", "mast.md"):
        file = branch / "bugs" / name
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert reported(run) == {"bugs/bell.md"}


def test_where_no_ticket_changed_nothing_is_wrong(run: Run, branch: Path) -> None:
    ran = run("check", "--since", "HEAD")
    assert (ran.status, ran.out) == (0, "")
    assert ran.err.startswith("Found no problems in 0 tickets")


@pytest.mark.parametrize("revision", ["nowhere", "", "--output=x", "HEAD~9"])
def test_a_revision_that_git_does_not_know(run: Run, branch: Path, revision: str) -> None:
    ran = run("check", f"--since={revision}")
    assert (ran.status, ran.err) == (2, f"error: `--since {revision}`: git knows no such revision\n")


def test_since_outside_of_a_repository(run: Run, corpus: Path) -> None:
    ran = run("check", "--since", "main")
    assert (ran.status, "needs a git repository" in ran.err) == (2, True)


def test_branches_that_have_nothing_in_common(run: Run, branch: Path) -> None:
    git(branch, "checkout", "-q", "--orphan", "alone")
    git(branch, "commit", "-qm", "alone")
    ran = run("check", "--since", "main")
    assert (ran.status, "have no commit in common" in ran.err) == (2, True)


def test_a_shallow_clone_says_what_helps(run: Run, branch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(branch, "clone", "-q", "--depth", "1", branch.as_uri(), "shallow")
    monkeypatch.chdir(branch / "shallow")
    advice = "the history is shallow: fetch all of it (GitHub Actions: `fetch-depth: 0`, GitLab: `GIT_DEPTH: 0`)"
    ran = run("check", "--since", "main")
    assert (ran.status, ran.err) == (2, f"error: `--since main`: git knows no such revision; {advice}\n")
    git(branch / "shallow", "fetch", "-q", "--depth", "1", "origin", "main:main")
    ran = run("check", "--since", "main")
    parted = "it and the present branch have no commit in common"
    assert (ran.status, ran.err) == (2, f"error: `--since main`: {parted}; {advice}\n")


def test_no_filter_of_the_repository_is_run(run: Run, branch: Path) -> None:
    (branch / ".gitattributes").write_text("* filter=evil diff=evil\n", encoding="utf-8")
    for name in ("filter.evil.clean", "filter.evil.smudge", "diff.evil.textconv", "core.fsmonitor"):
        git(branch, "config", name, "touch owned; cat")
    change(branch / "bugs" / "horn.md")
    reported(run)
    assert not (branch / "owned").exists()


# --- watching


def test_watch_checks_again_when_a_ticket_changes(corpus: Path) -> None:
    pytest.importorskip("watchfiles")
    command = [sys.executable, "-m", "ticketaudit", "check", "--watch", "--select", "duplicate-id", "bugs"]
    process = subprocess.Popen(command, cwd=corpus, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout
    patience = threading.Timer(60, process.kill)  # what never comes fails, and does not hang
    patience.start()
    try:
        assert waited_for(process.stdout, "Waiting for changes").count("[duplicate-id]") == 2
        file = corpus / "bugs" / "horn.md"
        file.write_text(file.read_text("utf-8").replace("B1-OPS-01", "B1-OPS-09"), encoding="utf-8")
        assert "Found no problems in 3 tickets." in waited_for(process.stdout, "Waiting for changes")
        text = file.read_text("utf-8").replace("B1-OPS-09", "B1-OPS-01")
        shutil.rmtree(corpus / "bugs")
        assert "bugs: no such file or folder" in waited_for(process.stdout, "Waiting for changes")
        (corpus / "bugs").mkdir()
        file.write_text(text, encoding="utf-8")
        assert "in 1 ticket." in waited_for(process.stdout, "in 1 ticket.")
        waited_for(process.stdout, "Waiting for changes")
        (corpus / "ticketaudit.yaml").write_text("nonsense: 1\n", encoding="utf-8")
        assert "error: ticketaudit.yaml:1:1: " in waited_for(process.stdout, "Waiting for changes")
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=10) == 130
    finally:
        patience.cancel()
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.mark.parametrize(("path", "meant"), [("bug", "; did you mean `bugs`?"), ("-", "")])
def test_what_is_not_there_cannot_be_watched(run: Run, corpus: Path, path: str, meant: str) -> None:
    pytest.importorskip("watchfiles")
    ran = run("check", "--watch", path)
    assert (ran.status, ran.err) == (2, f"error: {path}: no such file or folder{meant}\n")


def waited_for(stream: IO[str], text: str) -> str:
    """What a stream says up to the line that has a text."""
    lines = []
    for line in stream:
        lines.append(line)
        if text in line:
            return "".join(lines)
    raise AssertionError("".join(lines))


def test_watch_says_what_it_needs(run: Run, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    assert "pip install 'ticketaudit[watch]'" in run("check", "--watch").err
    assert run("check", "--watch", "-o", "x").err == "error: `--watch` and `-o` exclude each other\n"
