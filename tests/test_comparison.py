"""A batch against itself at an earlier moment: a JSON report, or a git revision."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from ticketaudit.statistics import Snapshot, Standing, compare
from ticketaudit.vocabulary import Vocabulary

Run = Callable[..., Any]


def standing(id: str | None, severity: str = "P2", status: str = "open", path: str = "a.md", line: int = 1) -> Standing:
    state = Vocabulary.builtin().state(status)
    return Standing(path, line, id, severity, status, state)


def changes(before: list[Standing], after: list[Standing]) -> list[tuple[str, str | None, str | None, str | None]]:
    found = compare("then", Snapshot(tuple(before), {}), Snapshot(tuple(after), {}), Vocabulary.builtin())
    return [(change.kind, change.ticket.id, change.before, change.after) for change in found.changes]


def test_changes_are_told_kind_by_kind() -> None:
    before = [standing("A-1"), standing("A-2", status="fixed"), standing("A-3", "P1"), standing("A-4"), standing("A-5")]
    after = [
        standing("A-1", status="wont-fix"),
        standing("A-2", status="reopened"),
        standing("A-3", "P3", "closed"),
        standing("A-5"),
        standing("A-6"),
    ]
    assert changes(before, after) == [
        ("new", "A-6", None, None),
        ("closed", "A-1", "open", "wont-fix"),
        ("closed", "A-3", "open", "closed"),
        ("re-opened", "A-2", "fixed", "reopened"),
        ("re-rated", "A-3", "P1", "P3"),
        ("gone", "A-4", None, None),
    ]


def test_a_ticket_that_was_moved_is_the_same() -> None:
    assert changes([standing("A-1", path="open/a.md")], [standing("a-1", path="fixed/a.md")]) == []


def test_an_id_that_two_claim_names_neither() -> None:
    twice = [standing("A-1", path="a.md"), standing("A-1", "P3", path="b.md")]
    assert changes(twice, twice) == []
    assert ("gone", "A-1", None, None) in changes(twice, [standing("A-2")])


@pytest.mark.parametrize(
    ("before", "after"),
    [("P1", "high"), ("P1 / high", "P1"), ("🔴 CRITICAL", "critical"), ("Very soggy", "very-soggy ⚠️")],
)
def test_another_word_for_the_same_severity_is_no_change(before: str, after: str) -> None:
    assert changes([standing("A-1", before)], [standing("A-1", after)]) == []
    assert changes([standing("A-1", "wild")], [standing("A-1", "Wild")]) == []
    assert changes([standing("A-1", "wild")], [standing("A-1", "P1")]) == [("re-rated", "A-1", "wild", "P1")]


TICKET = """\
# Finding Ticket: {id} rings

| Field | Value |
|-------|-------|
| **Ticket ID** | `{id}` |
| **Severity** | `{severity}` |
| **Status** | `{status}` |
"""


def write(folder: Path, id: str, severity: str = "P2", status: str = "open", place: str = "tickets") -> None:
    file = folder / place / f"{id}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(TICKET.format(id=id, severity=severity, status=status), "utf-8")


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=ana", "-c", "user.email=ana@example.invalid", "-c", "commit.gpgsign=false")
    subprocess.run(("git", *identity, *arguments), cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(folder: Path) -> Path:
    """A repository whose first commit, called `then`, has two tickets; since then one was closed and one is new."""
    git(folder, "init", "--quiet")
    write(folder, "B1-OPS-01")
    write(folder, "B1-OPS-02", "P1")
    write(folder, "B1-OPS-09", place="archive")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "Then")
    git(folder, "tag", "then")
    write(folder, "B1-OPS-01", status="closed", place="tickets/fixed")
    (folder / "tickets" / "B1-OPS-01.md").unlink()
    write(folder, "B1-OPS-03", "P3")
    return folder


EXPECTED = """\
Since then: 1 new, 1 closed.

| Figure | Before | Now |
| --- | ---: | ---: |
| tickets | 2 | 3 |
| closed | 0 | 1 |

| Change | Ticket | Before | Now |
| --- | --- | --- | --- |
| new | [B1-OPS-03](tickets/B1-OPS-03.md#L1) | – | P3, open |
| closed | [B1-OPS-01](tickets/fixed/B1-OPS-01.md#L1) | open | closed |
"""


@pytest.mark.parametrize("where", ["tickets", "include"])
def test_since_a_revision(run: Run, repository: Path, where: str) -> None:
    paths = [where] if where == "tickets" else []
    if where == "include":
        (repository / "ticketaudit.yaml").write_text('include: ["tickets/**/*.md"]\n', "utf-8")
    ran = run("report", "--since", "then", "--sections", "changes", "--select", "unknown-status", *paths)
    assert EXPECTED in ran.out
    assert (ran.status, ran.err) == (0, "")


def test_since_a_revision_from_a_folder_inside(run: Run, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository / "tickets")
    out = run("report", "--since", "then", "--sections", "changes", "--select", "unknown-status").out
    assert "Since then: 1 new, 1 closed." in out


def test_against_an_earlier_report(run: Run, repository: Path) -> None:
    git(repository, "stash", "--quiet", "--include-untracked")
    old = run("report", "--output-format", "json", "--select", "unknown-status", "tickets").out
    git(repository, "stash", "pop", "--quiet")
    (repository / "old.json").write_text(old, "utf-8")
    out = run("report", "--against", "old.json", "--sections", "changes", "--select", "unknown-status", "tickets").out
    assert EXPECTED.replace("Since then", "Since old.json") in out


def test_changes_are_in_the_json_as_its_schema_says(run: Run, repository: Path) -> None:
    report = json.loads(run("report", "--since", "then", "--output-format", "json", "tickets").out)
    jsonschema.Draft202012Validator(json.loads(run("schema", "report").out)).validate(report)
    assert [(change["kind"], change["id"]) for change in report["changes"]["tickets"]] == [
        ("new", "B1-OPS-03"),
        ("closed", "B1-OPS-01"),
    ]
    assert report["figures"]["tickets"] == 3


NO_REPORT = "no JSON report of ticketaudit; `ticketaudit report --output-format json -o FILE` writes one"


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--since", "never"], "`--since never`: git knows no such revision"),
        (["--since", "--all"], "`--since --all`: git knows no such revision"),
        (["--since", "then", "--against", "old.json"], "`--since` and `--against` exclude each other"),
        (["--against", "gone.json"], "gone.json: cannot be read"),
        (["--against", "broken.json"], f"error: broken.json: {NO_REPORT}\n"),
        (["--against", "other.json"], f"error: other.json: {NO_REPORT}\n"),
        (["--sections", "changes"], "error: the section `changes` needs `--since REV` or `--against OLD.json`\n"),
        (["--against", "later.json"], "later.json: its version is 2, this ticketaudit reads 1"),
    ],
)
def test_what_cannot_be_compared_with(run: Run, repository: Path, arguments: list[str], complaint: str) -> None:
    (repository / "broken.json").write_text("{", "utf-8")
    (repository / "other.json").write_text("[1]", "utf-8")
    (repository / "later.json").write_text('{"version": 2}', "utf-8")
    ran = run("report", *arguments, "tickets")
    assert ran.status == 2
    assert complaint in ran.err


def test_since_needs_a_repository(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, "B1-OPS-01")
    monkeypatch.setattr("ticketaudit.past.repository_root", lambda folder: None)
    ran = run("report", "--since", "HEAD", "tickets")
    assert ran.status == 2
    assert "needs a git repository" in ran.err
