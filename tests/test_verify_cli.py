"""The command `verify`, and what `check` makes of the source tree."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from repositories import Repository

Run = Callable[..., Any]

CODE = "def ring(bell):\n    bell.strike()\n    bell.strike()\n"
TICKET = """\
# Finding Ticket: The bell rings twice

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-01` |
| **Status** | `open` |
| **Created** | 2025-02-01 |

## Location

| Field | Value |
|-------|-------|
| **File(s)** | `src/bell.py` |
| **Line(s)** | `1-3` |
| **Function/Class** | `ring()` |

## Cross-Review

| Reviewer | Verdict | Evaluation |
|----------|---------|------------|
| `deck` | **ENDORSE** | `src/bell.py:30` strikes again. |
"""


@pytest.fixture
def rung(repository: Repository) -> Repository:
    """A bell, a ticket about it, and a bell that rings once."""
    repository.write("src/bell.py", CODE)
    repository.commit("Ring", "2025-01-01")
    repository.write("docs/bell.md", TICKET)
    repository.commit("File a ticket", "2025-02-01")
    repository.write("src/bell.py", CODE.replace("    bell.strike()\n", "", 1))
    repository.commit("Ring once", "2025-03-01")
    return repository


def verified(run: Run, *arguments: str) -> dict[str, Any]:
    ran = run("verify", *arguments)
    assert (ran.status, ran.err) == (0, "")
    found: dict[str, Any] = json.loads(ran.out)
    return found


def outcomes(found: dict[str, Any]) -> list[tuple[str, str, str]]:
    (ticket,) = found["tickets"]
    return [(each["kind"], each["written"]["outcome"], each["now"]["outcome"]) for each in ticket["citations"]]


def test_json(run: Run, rung: Repository) -> None:
    found = verified(run, "docs/bell.md")
    added, changed = rung.git("rev-parse", "HEAD~1"), rung.git("rev-parse", "HEAD")
    (ticket,) = found.pop("tickets")
    assert found == {"version": 1, "root": "."}
    lines = ticket["citations"][1]
    ticket["citations"] = len(ticket["citations"])
    assert ticket == {
        "path": "docs/bell.md",
        "id": "B1-OPS-01",
        "written": {"commit": added, "date": "2025-02-01"},
        "citations": 4,
        "changed": True,
        "changed_by": {"commit": changed, "date": "2025-03-01", "subject": "Ring once"},
    }
    assert lines["now"].pop("similarity") > 0.5
    assert lines == {
        "kind": "lines",
        "origin": "location",
        "text": "src/bell.py:1-3",
        "line": 14,
        "written": {"outcome": "confirmed", "path": "src/bell.py", "lines": [[1, 3]], "similarity": None, "note": None},
        "now": {
            "outcome": "drifted",
            "path": "src/bell.py",
            "lines": [[1, 2]],
            "note": lines["now"]["note"],
        },
    }


def test_other_moments(run: Run, rung: Repository) -> None:
    here = [("path", "confirmed"), ("lines", "confirmed"), ("symbol", "confirmed"), ("lines", "missing")]
    same = [(kind, outcome, outcome) for kind, outcome in here]
    assert outcomes(verified(run, "docs/bell.md", "--now", "HEAD~1")) == same
    found = verified(run, "docs/bell.md", "--written", "HEAD", "--now", "HEAD")
    assert [written for _, written, _ in outcomes(found)] == ["confirmed", "missing", "confirmed", "missing"]
    ran = run("verify", "docs/bell.md", "--written", "nowhere")
    assert (ran.status, ran.err) == (2, "error: .: unknown revision `nowhere`\n")


def test_by_id_and_the_block_for_the_ticket(run: Run, rung: Repository) -> None:
    ran = run("verify", "b1-ops-01", "--output-format", "table", "--write-to", "block.md")
    assert (ran.status, ran.err) == (0, "")
    assert "drifted" in ran.out
    block = (rung.root / "block.md").read_text("utf-8")
    assert run("verify", "docs/bell.md", "--output-format", "markdown").out == block
    assert rung.git("rev-parse", "HEAD")[:8] in block
    assert "(2025-03-01)" in block
    refused = run("verify", "docs/bell.md", "--write-to", "docs/bell.md")
    assert refused.status == 2
    assert (rung.root / "docs" / "bell.md").read_text("utf-8") == TICKET


NOTES = "\n## Investigation Notes\n\n{}\nThe second strike is on purpose.\n"


def test_the_block_in_the_ticket_is_not_read_as_the_ticket(run: Run, rung: Repository) -> None:
    ticket = TICKET.replace("`src/bell.py`", "`/home/mira/bells/src/bell.py`").replace("| **Created**", "| **Updated**")
    rung.write("docs/bell.md", ticket + NOTES.format(""))
    before = [verified(run, "docs/bell.md"), run("check", "docs").out, run("parse", "docs").out]
    run("verify", "docs/bell.md", "--write-to", "block.md")
    block = (rung.root / "block.md").read_text("utf-8")
    rung.write("docs/bell.md", ticket + NOTES.format(block))
    after = [verified(run, "docs/bell.md"), run("check", "docs").out, run("parse", "docs").out]
    assert after[:2] == before[:2]
    was, is_now = (json.loads(said) for said in (before[2], after[2]))
    for record in (was, is_now):
        del record["end_line"]
        record["sections"] = [(section["title"], section["empty"]) for section in record["sections"]]
    assert is_now == was
    again = run("verify", "docs/bell.md", "--output-format", "markdown").out
    assert again == block


def test_a_section_with_nothing_but_the_block_is_not_empty(run: Run, rung: Repository) -> None:
    rung.write("docs/bell.md", TICKET.replace("`open`", "`closed`") + "\n## Investigation Notes\n")
    assert "empty-section" in run("check", "docs").out
    block = run("verify", "docs/bell.md", "--output-format", "markdown").out
    rung.write("docs/bell.md", f"{TICKET.replace('`open`', '`closed`')}\n## Investigation Notes\n\n{block}")
    assert "empty-section" not in run("check", "docs").out
    assert json.loads(run("parse", "docs").out)["premise"] == "unverified"


def test_a_block_that_does_not_end_is_the_authors(run: Run, rung: Repository) -> None:
    begun = "\n<!-- ticketaudit verify: -->\n\nSee `src/bell.py:2`.\n"
    rung.write("docs/bell.md", TICKET + begun)
    assert "src/bell.py:2" in run("parse", "docs").out
    rung.write("docs/bell.md", f"{TICKET}{begun}\n<!-- /ticketaudit verify -->\n")
    assert "src/bell.py:2" not in run("parse", "docs").out


def test_without_a_source_tree(run: Run, folder: Path) -> None:
    (folder / "bell.md").write_text(TICKET, encoding="utf-8")
    ran = run("verify", "bell.md")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("error: there is no source tree")
    assert run("verify", "bell.md", "--source-root", "nowhere").status == 2


def test_a_tree_without_history_is_judged_as_it_is(run: Run, folder: Path) -> None:
    (folder / "src").mkdir()
    (folder / "src" / "bell.py").write_text(CODE, encoding="utf-8")
    (folder / "bell.md").write_text(TICKET, encoding="utf-8")
    found = verified(run, "bell.md", "--source-root", ".")
    assert [written for _, written, _ in outcomes(found)] == ["unverifiable"] * 4
    assert [now for *_, now in outcomes(found)] == ["confirmed", "confirmed", "confirmed", "missing"]


def test_check_asks_the_repository_of_the_tickets(run: Run, rung: Repository) -> None:
    ran = run("check", "docs", "--select", "code,review")
    stale = "docs/bell.md:14:18: warning: `src/bell.py:1-3` has changed since it was cited, in"
    assert stale in ran.out
    assert "`deck` endorses, but `src/bell.py:30` is not in the code [unevidenced-endorsement]" in ran.out
    assert "passed over" not in ran.err


def test_where_nothing_is_cited_no_rule_is_passed_over(run: Run, rung: Repository) -> None:
    (Path("docs") / "bell.md").write_text("# N-1: Bell\n\n**Severity:** High\n\nIt rings twice.\n", encoding="utf-8")
    assert run("check", "docs", "--select", "code").err == "Found no problems in 1 ticket.\n"


def test_check_counts_the_rules_that_it_passes_over(run: Run, folder: Path) -> None:
    (folder / "bell.md").write_text(TICKET, encoding="utf-8")
    ran = run("check", "bell.md", "--select", "code")
    assert (ran.status, ran.out) == (0, "")
    assert ran.err == "Found no problems in 1 ticket; 8 rules passed over for want of a source tree (--source-root).\n"


@pytest.mark.parametrize(
    "how", [("--since", "HEAD"), ("--as-found", "docs/horn.md"), ("docs/horn.md", "--corpus", "docs")]
)
def test_whose_code_it_is_depends_on_all_tickets(run: Run, rung: Repository, how: tuple[str, ...]) -> None:
    """A ticket that cites only what is gone is no reason to take the repository for another one."""
    gone = "# N-2: Horn\n\n**Severity:** High\n**Location:** `src/horn.py`\n\nIt rings twice.\n"
    (Path("docs") / "horn.md").write_text(gone, encoding="utf-8")
    ran = run("check", *how, "--select", "missing-file")
    assert (ran.status, ran.out.partition(": warning")[0]) == (1, "docs/horn.md:4:15")
    assert "passed over" not in ran.err


def test_a_repository_without_the_code_is_not_asked(run: Run, repository: Repository) -> None:
    """Tickets about other code: that its files are not here says nothing."""
    repository.write("docs/bell.md", TICKET)
    repository.commit("File a ticket", "2025-02-01")
    ran = run("check", "docs", "--select", "code")
    assert (ran.status, ran.out) == (0, "")
    assert ran.err == "Found no problems in 1 ticket; 8 rules passed over for want of a source tree (--source-root).\n"
    named = run("check", "docs", "--select", "code", "--source-root", ".")
    assert "the source tree has no file `src/bell.py`" in named.out


def test_verify_says_that_a_tree_is_another_one(run: Run, repository: Repository) -> None:
    repository.write("docs/bell.md", TICKET)
    repository.commit("File a ticket", "2025-02-01")
    note = "note: none of the files that the tickets cite is in ."
    assert run("verify", "docs").err == f"{note}; name the folder of the code with --source-root or `source.root`\n"
    ran = run("verify", "docs", "--source-root", ".")
    assert ran.err == f"{note}\n"
    found = json.loads(ran.out)
    assert {each for outcome in outcomes(found) for each in outcome[1:]} == {"unverifiable"}
    notes = {citation["now"]["note"] for citation in found["tickets"][0]["citations"]}
    assert notes == {"none of the files that the tickets cite is in the source tree"}


@pytest.mark.parametrize("output_format", ["table", "markdown"])
def test_a_ticket_without_citations_has_no_table(run: Run, rung: Repository, output_format: str) -> None:
    rung.write("docs/bell.md", "# N-1: Bell\n\n**Severity:** High\n\nIt rings twice.\n")
    ran = run("verify", "docs/bell.md", "--output-format", output_format)
    assert (ran.status, ran.err) == (0, "")
    assert "\nThe ticket cites nothing that a source tree could have.\n" in ran.out
    assert "now\n" not in ran.out.lower()


def test_every_command_judges_the_premise_by_the_same_tree(run: Run, rung: Repository) -> None:
    """The review rests on a line that the file does not have; where the tree has it, it is evidence."""
    rung.write("other/src/bell.py", CODE * 20)
    for options, premise in (((), "unverified"), (("--source-root", "other"), "supported")):
        (record,) = json.loads(run("parse", "docs", "--output-format", "json", *options).out)
        assert record["premise"] == premise
        assert f"premise {premise}" in run("show", "docs/bell.md", *options).out
        found = json.loads(run("report", "docs", "--output-format", "json", *options).out)
        assert [ticket["premise"] for ticket in found["tickets"]] == [premise]


def test_a_baseline_knows_the_tree(run: Run, rung: Repository) -> None:
    """In the repository the ticket's lines have changed, and the review cites one that is not there."""
    rung.write("other/src/bell.py", CODE * 20)
    chosen = ("docs", "--select", "code,unevidenced-endorsement")
    other = (*chosen, "--source-root", "other")
    assert run("baseline", "create", *other).err == "ticketaudit-baseline.json: 0 diagnostics\n"
    assert run("check", *other, "--baseline", "ticketaudit-baseline.json").out == ""
    assert "stale-evidence" in run("check", *chosen, "--baseline", "ticketaudit-baseline.json").out
    assert run("baseline", "update", *chosen).err == "ticketaudit-baseline.json: 2 added, 0 removed, 0 kept\n"
    assert run("baseline", "prune", *other).err == "ticketaudit-baseline.json: 0 added, 2 removed, 0 kept\n"


def test_a_wrong_root_in_the_configuration_has_its_place(run: Run, folder: Path) -> None:
    (folder / "bell.md").write_text(TICKET, encoding="utf-8")
    (folder / "ticketaudit.yaml").write_text("source:\n  root: cod\nrules: {select: [non]}\n", encoding="utf-8")
    ran = run("check", "bell.md")
    assert ran.status == 2
    assert ran.err.startswith("error: ticketaudit.yaml:2:9: `cod` is no folder\nerror: ticketaudit.yaml:3:")


# --- a history that is cut off

RENAMED = TICKET.replace("B1-OPS-01", "B1-OPS-02").replace("src/bell.py", "src/gong.py")
SHALLOW = (
    "warning: the history is shallow: what cannot be told without the rest is unverifiable; "
    "fetch all of it (GitHub Actions: `fetch-depth: 0`, GitLab: `GIT_DEPTH: 0`)\n"
)


@pytest.fixture
def cloned(rung: Repository, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """The last commit of the bell's repository, in which a gong was renamed, too."""
    rung.write("src/gong.py", CODE)
    rung.write("docs/gong.md", f"{RENAMED}\n## Resolution\n\nFixed in commit 1f0c9aa7.\n")
    rung.commit("File a ticket about the gong", "2025-03-02")
    rung.git("mv", "src/gong.py", "src/cymbal.py")
    rung.commit("It is a cymbal", "2025-03-03")
    rung.git("clone", "--quiet", "--depth", "1", rung.root.as_uri(), "shallow")
    monkeypatch.chdir(rung.root / "shallow")
    return Repository(rung.root / "shallow")


def test_no_rule_speaks_of_what_a_shallow_history_does_not_tell(run: Run, cloned: Repository) -> None:
    ran = run("check", "docs", "--select", "code,unevidenced-endorsement")
    assert (ran.status, ran.out) == (0, "")
    assert ran.err == f"Found no problems in 2 tickets.\n{SHALLOW}"
    cloned.git("fetch", "--quiet", "--unshallow")
    ran = run("check", "docs", "--select", "code,unevidenced-endorsement")
    for rule in ("stale-evidence", "missing-commit", "unevidenced-endorsement"):
        assert f"[{rule}]" in ran.out
    assert "missing-file" not in ran.out
    assert "warning:" not in ran.err


def test_verify_says_that_a_history_is_shallow(run: Run, cloned: Repository) -> None:
    ran = run("verify", "docs/gong.md")
    assert (ran.status, ran.err) == (0, SHALLOW)
    found = json.loads(ran.out)
    assert found["tickets"][0]["written"] == {"commit": None, "date": None}
    assert {written for _, written, _ in outcomes(found)} == {"unverifiable"}
    (path, *_, commit) = found["tickets"][0]["citations"]
    assert path["now"]["note"] == "it may have been renamed: the history is shallow"
    assert "the history is shallow" in path["written"]["note"]
    assert (commit["kind"], commit["now"]["note"]) == ("commit", "the history is shallow")


def test_what_was_fetched_is_judged(run: Run, cloned: Repository) -> None:
    """The ticket about the gong was added by a commit that is there, with the one before it."""
    cloned.git("fetch", "--quiet", "--depth", "3")
    found = json.loads(run("verify", "docs/gong.md").out)
    assert found["tickets"][0]["written"]["date"] == "2025-03-02"
    assert outcomes(found)[0] == ("path", "confirmed", "moved")
    cloned.git("fetch", "--quiet", "--depth", "2")
    assert json.loads(run("verify", "docs/gong.md").out)["tickets"][0]["written"]["date"] is None


def test_a_shallow_repository_without_the_code_warns(run: Run, cloned: Repository) -> None:
    """That it never had the files cannot be told."""
    (Path("docs") / "bell.md").unlink()
    ran = run("check", "docs", "--select", "code")
    assert (ran.status, ran.out) == (0, "")
    assert ran.err.endswith(f"8 rules passed over for want of a source tree (--source-root).\n{SHALLOW}")


def test_the_configuration_names_the_tree_and_the_prefixes(run: Run, folder: Path) -> None:
    (folder / "code").mkdir()
    (folder / "code" / "bell.py").write_text(CODE, encoding="utf-8")
    (folder / "bell.md").write_text(TICKET.replace("`src/bell.py`", "`/srv/work/bell.py`"), encoding="utf-8")
    (folder / "ticketaudit.yaml").write_text('source: {root: code, strip-prefix: ["/srv/work"]}\n', encoding="utf-8")
    assert run("check", "bell.md", "--select", "missing-file").out == ""
    (folder / "code" / "bell.py").unlink()
    assert "the source tree has no file" in run("check", "bell.md", "--select", "missing-file").out


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="needs names that are no Unicode")
def test_names_that_are_no_unicode_stop_nothing(run: Run, rung: Repository) -> None:
    odd = rung.root / os.fsdecode(b"src/bell\xe9.py")
    odd.write_text("def toll(bell):\n    bell.strike()\n", encoding="utf-8")
    rung.commit("Toll", "2025-03-02")
    odd.rename(rung.root / os.fsdecode(b"src/toll\xe9.py"))
    rung.commit("Move it", "2025-03-03")
    rung.write("docs/bell.md", TICKET.replace("`ring()`", "`toll()`"))
    for way in ((), ("--written", "HEAD^"), ("--now", "HEAD^"), ("--source-root", "src")):
        found = verified(run, "docs/bell.md", *way, "--output-format", "json")
        assert found["tickets"][0]["citations"]
    shutil.rmtree(rung.root / ".git")
    assert verified(run, "docs/bell.md", "--source-root", ".", "--output-format", "json")["tickets"]
