"""Reports on some of the tickets, with the others still known: ``--as-found`` and ``--since``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

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
    assert ran.err == "Found 1 problem (1 error) in 1 ticket.\n"


@pytest.mark.parametrize("path", ["README.md", "bugs/old/hull.md", "ticketaudit.yaml"])
def test_as_found_passes_over_what_a_search_would_not_take(run: Run, corpus: Path, path: str) -> None:
    ran = run("check", "--as-found", path)
    assert (ran.status, ran.out, ran.err) == (0, "", "Found no problems in 0 tickets.\n")


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
