"""What a ticket is compared with where only some are named: ``--corpus`` and what the configuration includes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

TICKET = """\
# Finding Ticket: {id} rings

| Field | Value |
|-------|-------|
| **Ticket ID** | `{id}` |
| **Severity** | `P2` |
| **Status** | `open` |

## Related Findings

| Ticket ID | Relationship |
|-----------|--------------|
| `{other}` | `duplicate` |

## Appendix

**Report file:** `docs/rounds/1.md`
"""
RULES = ("--select", "dangling-reference,one-way-relation,duplicate-id,missing-report")
ONE_WAY = "open/a.md:13:3: warning: duplicate of `B1-OPS-02`, which says “related” of this ticket [one-way-relation]\n"
DANGLING = "open/a.md:13:3: warning: no ticket `B1-OPS-02` is known [dangling-reference]\n"
NO_REPORT = "open/a.md:17:18: warning: the report `docs/rounds/1.md` is not there [missing-report]\n"


@pytest.fixture
def batch(folder: Path) -> Path:
    """Two tickets in two folders, one of which calls the other a duplicate."""
    for path, id, other in (("open/a.md", "B1-OPS-01", "B1-OPS-02"), ("fixed/b.md", "B1-OPS-02", "B1-OPS-01")):
        (folder / path).parent.mkdir()
        (folder / path).write_text(TICKET.format(id=id, other=other), encoding="utf-8")
    other = folder / "fixed/b.md"
    other.write_text(other.read_text("utf-8").replace("duplicate", "related"), encoding="utf-8")
    (folder / "rounds").mkdir()
    (folder / "rounds" / "1.md").write_text("# Round one\n", encoding="utf-8")
    return folder


def include(folder: Path) -> None:
    (folder / "ticketaudit.yaml").write_text('include: ["open/**", "fixed/*.md"]\n', encoding="utf-8")


def test_a_file_alone_says_nothing_about_what_is_not_known(run: Run, batch: Path) -> None:
    assert run("check", "open/a.md", *RULES).out == ""


def test_a_folder_is_taken_for_all_there_is(run: Run, batch: Path) -> None:
    assert run("check", "open", *RULES).out == DANGLING


@pytest.mark.parametrize("arguments", [["--corpus", "."], ["--corpus", "fixed", "--corpus", "open"]], ids=str)
def test_corpus_adds_tickets_to_compare_with(run: Run, batch: Path, arguments: list[str]) -> None:
    ran = run("check", "open/a.md", *RULES, *arguments)
    assert (ran.status, ran.out, ran.err) == (1, ONE_WAY, "Found 1 problem (1 warning) in 1 ticket.\n")


def test_so_does_what_the_configuration_includes(run: Run, batch: Path) -> None:
    include(batch)
    assert run("check", "open/a.md", *RULES).out == ONE_WAY
    assert run("check", *RULES).out == ONE_WAY


def test_standard_input_stands_for_its_file_among_the_others(run: Run, batch: Path) -> None:
    include(batch)
    text = (batch / "open/a.md").read_bytes().replace(b"`duplicate`", b"`related`")
    assert run("check", "-", "--stdin-filename", "open/a.md", *RULES, stdin=text).out == ""
    text = (batch / "open/a.md").read_bytes().replace(b"B1-OPS-01", b"B1-OPS-02")
    ran = run("check", "-", "--stdin-filename", "open/c.md", *RULES, stdin=text)
    assert "open/c.md:5:19: error: `B1-OPS-02` is also the id of fixed/b.md [duplicate-id]\n" in ran.out


def test_the_others_are_neither_reported_nor_counted(run: Run, batch: Path) -> None:
    broken = batch / "fixed/b.md"
    broken.write_text(broken.read_text("utf-8") + "\n```\n", encoding="utf-8")
    ran = run("check", "open/a.md", "--corpus", ".", "--select", "malformed-ticket")
    assert (ran.status, ran.out, ran.err) == (0, "", "Found no problems in 1 ticket.\n")
    ran = run("report", "open/a.md", "--corpus", ".", *RULES)
    assert "B1-OPS-01" in ran.out
    assert "fixed/b.md" not in ran.out


def test_others_that_cannot_be_read_are_said(run: Run, batch: Path) -> None:
    ran = run("check", "open/a.md", "--corpus", "gone", *RULES)
    assert ran.status == 2
    assert "error: gone: no such file or folder\n" in ran.err


def test_others_alone_are_no_tickets_to_check(run: Run, batch: Path) -> None:
    (batch / "empty").mkdir()
    assert run("check", "empty", "--corpus", ".", *RULES).status == 2


def test_reports_are_looked_for_in_the_repository(run: Run, batch: Path) -> None:
    (batch / ".git").mkdir()
    assert run("check", "open/a.md", *RULES).out == ""
    (batch / "rounds" / "1.md").unlink()
    assert run("check", "open/a.md", *RULES).out == NO_REPORT


def test_reports_are_looked_for_from_the_working_folder_where_there_is_no_repository(run: Run, batch: Path) -> None:
    assert NO_REPORT not in run("check", "open", *RULES).out
    (batch / "rounds" / "1.md").unlink()
    assert NO_REPORT in run("check", "open", *RULES).out


def test_elsewhere_they_are_looked_for_in_the_folder_around_the_tickets(
    run: Run, batch: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    folders = (str(batch / "open"), str(batch / "fixed"))
    assert "missing-report" not in run("check", *folders, *RULES).out
    (batch / "rounds" / "1.md").unlink()
    assert "missing-report" in run("check", *folders, *RULES).out


def test_nobody_searches_a_whole_home(run: Run, batch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (batch / "rounds" / "1.md").unlink()
    monkeypatch.setattr(Path, "home", lambda: batch)
    assert "missing-report" not in run("check", "open", *RULES).out

    def nowhere() -> Path:
        raise RuntimeError("no home")

    monkeypatch.setattr(Path, "home", nowhere)
    assert "missing-report" in run("check", "open", *RULES).out


def test_parse_and_show_read_no_more_than_they_need(run: Run, batch: Path) -> None:
    include(batch)
    assert run("parse", "open/a.md", "--output-format", "jsonl").out.count("\n") == 1
    assert "says “related” of this ticket" in run("show", "open/a.md").out


LISTED = "# Plan\n\n## Known issues\n\n- **B1-OPS-02 (High):** seen\n- **B1-OPS-01 (High):** seen\n"
COUNTED = "# Survey\n\n## 1. Bell cracks\n\n**Severity:** High\n\n## 2. Rope frays\n\n**Severity:** Low\n"
ROWS = "| 1 | Low | oppen | The bell is green |\n| 9 | Low | open | The horn is loud |\n"
TABLE = f"# Log\n\n| # | Severity | Status | Finding |\n|-|-|-|-|\n{ROWS}"


def test_list_items_that_list_tickets_with_files_of_their_own_are_none(run: Run, batch: Path) -> None:
    before = run("check", ".", "--select", "duplicate-id").out
    (batch / "plan.md").write_text(LISTED, encoding="utf-8")
    assert run("check", ".", "--select", "duplicate-id").out == before


def test_rows_that_are_counted_list_no_findings_that_another_file_counts(run: Run, folder: Path) -> None:
    (folder / "survey.md").write_text(COUNTED, encoding="utf-8")
    (folder / "log.md").write_text(TABLE, encoding="utf-8")
    assert "log.md:5:13: warning: the status `oppen` is unknown" in run("check", ".").out
