"""A first configuration from a template, or from the tickets that there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ticketaudit.settings import settings
from ticketaudit.template import read_template
from ticketaudit.text import Source
from ticketaudit.vocabulary import Vocabulary

from .conftest import Run, WriteTicket

TEMPLATE = """\
# Finding Ticket Template

## Ticket Metadata

| Field | Value |
|-------|-------|
| **Ticket ID** | `F{n}-{team}-{nn}` |
| **Severity** | `S1` / `S2` / `S3` |
| **Status** | `open` / `parked` / `no` / `closed` |
| **Agent** | `deck` / `bridge` |
| **Created** | YYYY-MM-DD |

## Summary

**Category:** (check all that apply)
- [ ] Loss of cargo
- [ ] Paint

## Verification

- [ ] What to try

## Our own heading
"""


def test_a_template_spells_out_what_fields_may_hold():
    found = read_template(Source.from_text("t.md", TEMPLATE), Vocabulary.builtin())
    assert found.severities == ("S1", "S2", "S3")
    assert found.statuses == {"open": ("open", "parked", "no"), "closed": ("closed",)}
    assert found.reviewers == {"deck": ("deck",), "bridge": ("bridge",)}
    assert found.categories == ("Loss of cargo", "Paint")
    assert found.fields == ("id", "severity", "status", "agent", "created")
    assert found.sections == ("summary", "verification")


def test_a_value_that_is_one_value_is_no_choice():
    text = TEMPLATE.replace("`S1` / `S2` / `S3`", "`S1` (see the `S2` page)")
    assert read_template(Source.from_text("t.md", text), Vocabulary.builtin()).severities == ()


@pytest.mark.parametrize("listed", ["S1 / S2 / S3", "`S1`, `S2`, `S3`", r"S1 \| S2 \| S3"])
def test_values_are_listed_in_several_ways(listed: str) -> None:
    found = read_template(
        Source.from_text("t.md", TEMPLATE.replace("`S1` / `S2` / `S3`", listed)), Vocabulary.builtin()
    )
    assert found is not None
    assert found.severities == ("S1", "S2", "S3")


@pytest.mark.parametrize("text", ["# Page\n\n**Date:** 2025/03/04\n", "# Page\n\n- **File:** src/a/b.py\n", ""])
def test_what_lists_nothing_is_no_template(text: str) -> None:
    assert read_template(Source.from_text("t.md", text), Vocabulary.builtin()) is None


def test_what_init_writes_from_a_template_is_what_is_then_in_force(run: Run, folder: Path) -> None:
    (folder / "template.md").write_text(TEMPLATE, encoding="utf-8")
    ran = run("init", "template.md")
    assert (ran.status, ran.out, ran.err) == (0, "", "Wrote ticketaudit.yaml from template.md.\n")
    found = settings(folder / "ticketaudit.yaml")
    assert found.vocabulary.severities == ("S1", "S2", "S3")
    assert [found.vocabulary.knows_status(word) for word in ("parked", "no", "fixed")] == [True, True, False]
    assert found.vocabulary.state("fixed") == "closed"


def test_init_finds_the_template_among_the_tickets_and_takes_the_rest_from_them(
    run: Run, folder: Path, write_ticket: WriteTicket
) -> None:
    write_ticket("bugs/fixed/bell.md")
    (folder / "bugs/TEMPLATE.md").write_text(TEMPLATE, encoding="utf-8")
    assert run("init", "bugs").err == "Wrote ticketaudit.yaml from bugs/TEMPLATE.md and 1 ticket in bugs.\n"
    text = (folder / "ticketaudit.yaml").read_text(encoding="utf-8")
    assert "include: [bugs/**/*.md]" in text
    assert "  severities: [S1, S2, S3]\n  # Seen in tickets, and not among these: P1 (1).\n" in text
    assert "  # folders: {fixed: fixed}\n" in text
    assert "    open: [open, parked, 'no']\n    closed: [closed]\n" in text
    assert "\n# template: bugs/TEMPLATE.md\n" in text


def test_init_without_a_template_says_what_it_saw_and_how_often(
    run: Run, folder: Path, write_ticket: WriteTicket
) -> None:
    write_ticket("bugs/fixed/bell.md")
    assert run("init", "bugs").err == "Wrote ticketaudit.yaml from 1 ticket in bugs.\n"
    file = folder / "ticketaudit.yaml"
    assert file.read_text(encoding="utf-8").partition("# What words mean")[2].splitlines()[1:] == [
        "# vocabulary:",
        "  # Severities seen: P1 (1).",
        "  # They are known. If others are to be reported, write the whole scale, the most severe first:",
        "  # severities: [P1]",
        "  # Statuses seen: closed (1).",
        "  # Reviews seen, by discipline: bridge (1), deck (1).",
        "  # If two of these are one, or one is two, write each with the names that its reviewers sign with:",
        "  # reviewers: {bridge: [bridge], deck: [deck]}",
        "  # Folders seen that say how their tickets ended: fixed (1). They are known:",
        "  # folders: {fixed: fixed}",
        "",
        "rules:",
        "  select: [all]   # names of rules, of families, or all: `ticketaudit rules` lists them; `ignore` takes away",
    ]


def test_what_tickets_show_forbids_nothing(run: Run, folder: Path, write_ticket: WriteTicket) -> None:
    """Nobody has closed a ticket yet, or opened one as severe: that is no reason to report the first."""
    write_ticket("bugs/bell.md")
    run("init", "bugs")
    found = settings(folder / "ticketaudit.yaml")
    assert found.include == ("bugs/**/*.md",)
    assert [found.vocabulary.knows_status(word) for word in ("open", "closed", "wont-fix")] == [True] * 3
    assert [found.vocabulary.severity_rank(word) for word in ("P0", "P1", "Low")] == [0, 1, 3]


def test_every_suggestion_can_be_taken(run: Run, folder: Path, write_ticket: WriteTicket) -> None:
    write_tickets(write_ticket, {}, {"`closed`": "open"}, {"`closed`": "in the dock"}, {"`P1`": "Sinking"}, {})
    (folder / "bugs/fixed").mkdir()
    (folder / "bugs/0.md").rename(folder / "bugs/fixed/0.md")
    run("init", "bugs")
    file = folder / "ticketaudit.yaml"
    lines = file.read_text("utf-8").splitlines()
    taken = [re.sub(r"^( *)# (?=[a-z-]+:)", r"\1", line) for line in lines]
    assert len([line for line in taken if line not in lines]) == 9
    file.write_text("\n".join(taken), encoding="utf-8")
    found = settings(file).config
    assert found.vocabulary.severities == ("P1",)
    assert found.rules.missing_reviewer.expected == ("bridge", "deck")
    assert found.rules.missing_section.sections == ("summary", "verification")


def test_init_never_overwrites_without_force(run: Run, folder: Path, write_ticket: WriteTicket) -> None:
    write_ticket()
    (folder / "ticketaudit.yaml").write_text("# mine\n", encoding="utf-8")
    ran = run("init")
    assert (ran.status, ran.err) == (2, "error: ticketaudit.yaml: exists; --force replaces it\n")
    assert (folder / "ticketaudit.yaml").read_text(encoding="utf-8") == "# mine\n"
    assert run("init", "--force").status == 0
    assert "include:" in (folder / "ticketaudit.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("missing", "missing: no such file or folder"),
        ("empty", "empty: neither a ticket template nor tickets in it; name one of them"),
        (
            "bugs/bell.md",
            "`bugs/bell.md` is no ticket template: no field in it lists its values, as `P0` / `P1` / `P2`",
        ),
    ],
)
def test_init_with_nothing_to_read_says_so(
    run: Run, folder: Path, write_ticket: WriteTicket, path: str, message: str
) -> None:
    write_ticket("bugs/bell.md")
    (folder / "empty").mkdir()
    ran = run("init", path)
    assert (ran.status, ran.out, ran.err) == (2, "", f"error: {message}\n")
    assert not (folder / "ticketaudit.yaml").exists()


def test_init_says_what_it_could_not_read(
    run: Run, folder: Path, write_ticket: WriteTicket, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_ticket("bell.md")
    with (folder / "long.md").open("wb") as file:
        file.truncate(11 * 1024 * 1024)
    ran = run("init")
    assert (ran.status, ran.err.partition(": it")[0]) == (0, "warning: long.md")

    def fail(*arguments: object) -> None:
        raise ValueError("x")

    (folder / "ticketaudit.yaml").unlink()
    monkeypatch.setattr("ticketaudit.read.extract", fail)
    assert run("init").status == 3
    assert not (folder / "ticketaudit.yaml").exists()


def write_tickets(write_ticket: WriteTicket, *changes: dict[str, str]) -> None:
    for number, changed in enumerate(changes):
        file = write_ticket(f"bugs/{number}.md", f"B1-OPS-0{number}")
        text = file.read_text(encoding="utf-8")
        for old, new in changed.items():
            text = text.replace(old, new)
        file.write_text(text, encoding="utf-8")


def test_a_severity_that_is_not_known_has_no_place_on_the_scale(
    run: Run, folder: Path, write_ticket: WriteTicket
) -> None:
    severities = ("`Major`", "`major`", "`Major`", "🔴 Blocker", "`Minor (paint)`", "`P2 or P3`", "`Sinking`", "N/A")
    write_tickets(write_ticket, *({"`P1`": severity} for severity in severities))
    assert run("init").err == "Wrote ticketaudit.yaml from 8 tickets here.\n"
    text = (folder / "ticketaudit.yaml").read_text("utf-8")
    assert "  # Severities seen: Major (3), Blocker (1), Minor (1), P2 or P3 (1), Sinking (1).\n" in text
    assert "  # `Sinking`: not known, so say where on the scale. All of it, the most severe first:\n" in text
    assert "  # severities: [Blocker, Major, Minor]\n" in text


def test_the_template_can_stand_in_for_what_init_wrote(run: Run, folder: Path, write_ticket: WriteTicket) -> None:
    write_ticket("bugs/bell.md")
    text = TEMPLATE.replace("`parked` / `no` / ", "`draft` / ")
    (folder / "bugs/TEMPLATE.md").write_text(text, encoding="utf-8")
    run("init", "bugs")
    file = folder / "ticketaudit.yaml"
    before = settings(file).vocabulary
    lines = file.read_text("utf-8").replace("# template:", "template:").splitlines(keepends=True)
    dropped = ("  missing-", "vocabulary:", "  severities:", "  statuses:", "    open:", "    closed:")
    file.write_text("".join(line for line in lines if not line.startswith(dropped)), encoding="utf-8")
    after = settings(file).vocabulary
    assert after.severities == before.severities == ("S1", "S2", "S3")
    for word in ("open", "draft", "closed", "fixed"):
        assert (after.state(word), after.knows_status(word)) == (before.state(word), before.knows_status(word))
    rules = settings(file).config.rules
    assert rules.missing_field.fields == ("id", "severity", "status", "agent", "created")
    assert rules.missing_section.sections == ("summary", "verification")


def test_what_every_ticket_must_have_is_what_the_tickets_have(
    run: Run, folder: Path, write_ticket: WriteTicket
) -> None:
    changes = [{"| **Status**": "| **Batch** | 1 |\n| **Status**"}] * 4 + [{"| **Severity** | `P1` |\n": ""}]
    write_tickets(write_ticket, *changes)
    run("init", "bugs")
    text = (folder / "ticketaudit.yaml").read_text("utf-8")
    assert "  # missing-field: {fields: [id, severity, status, batch]}\n" in text
    assert "  # missing-section: {sections: [summary, verification]}\n" in text
    (folder / "bugs/TEMPLATE.md").write_text(TEMPLATE, encoding="utf-8")
    run("init", "--force", "bugs")
    text = (folder / "ticketaudit.yaml").read_text("utf-8")
    assert "\n  missing-field: {fields: [id, severity, status]}\n" in text
    assert "\n  missing-section: {sections: [summary, verification]}\n" in text


def test_a_value_in_the_heading_or_in_a_section_of_its_own_is_one_that_tickets_have(run: Run, folder: Path) -> None:
    for number in range(4):
        text = f"# NAV-{number}: Bell\n\n## Status\n\nopen\n\n## Severity\n\nHigh\n"
        (folder / f"{number}.md").write_text(text, encoding="utf-8")
    run("init")
    text = (folder / "ticketaudit.yaml").read_text("utf-8")
    assert "  # missing-field: {fields: [id, severity, status]}\n" in text


def test_rows_have_no_sections_that_others_should_have(run: Run, folder: Path) -> None:
    rows = "| N-1 | open | P2 | The bell is gone |\n| N-2 | open | P3 | The rope is short |\n"
    table = f"| ID | Status | Severity | What |\n|----|--------|----------|------|\n{rows}"
    (folder / "bugs.md").write_text(f"# Known bugs\n\n{table}", encoding="utf-8")
    assert run("init").err == "Wrote ticketaudit.yaml from 2 tickets here.\n"
    assert "missing-section" not in (folder / "ticketaudit.yaml").read_text("utf-8")


def test_nothing_is_demanded_that_no_ticket_has(run: Run, folder: Path) -> None:
    (folder / "a.md").write_text("# A-1: Bell\n\n**Severity:** P1\n**Status:** open\n", encoding="utf-8")
    run("init")
    assert "missing-" not in (folder / "ticketaudit.yaml").read_text("utf-8")
    assert run("check", "--select", "missing-section,missing-field").out == ""


def test_remarks_are_no_part_of_a_status(run: Run, folder: Path, write_ticket: WriteTicket) -> None:
    statuses = ("Closed — in harbour", "Closed (rope)", "closed", "CLOSED – at sea")
    write_tickets(write_ticket, *({"`closed`": status} for status in statuses))
    run("init")
    assert "  # Statuses seen: Closed (4).\n" in (folder / "ticketaudit.yaml").read_text("utf-8")
    assert run("check", "--select", "unknown-status").out == ""


def test_a_status_that_is_not_understood_is_named(run: Run, folder: Path, write_ticket: WriteTicket) -> None:
    write_tickets(write_ticket, {}, {"`closed`": "`in the dock`"})
    run("init")
    text = (folder / "ticketaudit.yaml").read_text("utf-8")
    assert "  # `in the dock`: not known, so say whether open or closed. All statuses by what they mean:\n" in text
    assert "  # statuses: {open: [], closed: [closed]}\n" in text
    assert "`in the dock`" in run("check", "--select", "unknown-status").out


def test_disciplines_have_names_that_can_be_read(run: Run, folder: Path, write_ticket: WriteTicket) -> None:
    names = ({"`deck`": "Harbour Office Specialist"}, {"`deck`": "harbouroffice"}, {"`deck`": "Harbour Office Agent"})
    write_tickets(write_ticket, *names)
    run("init")
    text = (folder / "ticketaudit.yaml").read_text("utf-8")
    assert "harbour-office: [Harbour Office Agent, Harbour Office Specialist, harbouroffice]" in text
    assert "Reviews seen, by discipline: bridge (3), harbour-office (3)." in text
    assert run("check", "--select", "missing-reviewer").out == ""


def test_a_template_in_other_words_says_what_it_has(run: Run, folder: Path) -> None:
    text = TEMPLATE.replace("**Severity**", "**Súlyosság**")
    (folder / "vorlage.md").write_text(text, encoding="utf-8")
    assert run("init", "vorlage.md").status == 0
    assert "# fields: {severity: [Súlyosság]}\n" in (folder / "ticketaudit.yaml").read_text("utf-8")


def test_a_template_beside_no_tickets_says_nothing_about_where_they_are(
    run: Run, folder: Path, write_ticket: WriteTicket
) -> None:
    write_ticket("bugs/bell.md")
    (folder / "forms").mkdir()
    (folder / "forms/template.md").write_text(TEMPLATE, encoding="utf-8")
    run("init", "forms/template.md")
    assert settings(folder / "ticketaudit.yaml").include == ("**/*.md",)
    assert run("check").status == 1


def test_the_name_of_a_folder_is_no_pattern(run: Run, folder: Path, write_ticket: WriteTicket) -> None:
    write_ticket("bugs [old]/bell.md")
    run("init", "bugs [old]")
    ran = run("check", "--select", "verdict-split")
    assert (ran.status, ran.out.split(":")[0]) == (1, "bugs [old]/bell.md")


BARE = "# {id}: The bell cracks\n\n| Field | Value |\n|-|-|\n| ID | {id} |\n| Severity | P2 |\n| Status | {status} |\n"


def written(run: Run, folder: Path, *statuses: str) -> str:
    for number, status in enumerate(statuses):
        (folder / f"B-{number}.md").write_text(BARE.format(id=f"B-{number}", status=status), encoding="utf-8")
    assert run("init", "--force").status == 0
    return (folder / "ticketaudit.yaml").read_text(encoding="utf-8")


def test_init_names_the_rules_that_ask_for_what_no_ticket_has(run: Run, folder: Path) -> None:
    text = written(run, folder, "open", "open", "closed", "closed")
    ignored = "[missing-category, missing-evidence, missing-verification, unverified-premise]"
    # Two closed tickets without a sign-off are too few to tell that a team signs nothing off.
    assert "no ticket here has. If your tickets can do without it:\n" + f"  # ignore: {ignored}\n" in text
    file = folder / "ticketaudit.yaml"
    file.write_text(text.replace("# ignore:", "ignore:"), encoding="utf-8")
    assert run("check", "--select", "all").out.count("missing-category") == 4
    assert "missing-category" not in run("check").out


def test_init_names_no_rule_that_one_ticket_satisfies(run: Run, folder: Path) -> None:
    (folder / "C-1.md").write_text(BARE.format(id="C-1", status="open") + "\n## Verification\n\n- [ ] Ring it\n")
    text = written(run, folder, "closed", "closed", "closed", "closed")
    assert (
        "# ignore: [missing-category, missing-evidence, missing-resolution, missing-sign-off, unverified-premise]"
        in text
    )


def test_init_of_three_tickets_names_no_rule(run: Run, folder: Path) -> None:
    assert "ask for something" not in written(run, folder, "closed", "closed", "closed")


def test_init_asks_of_fixed_tickets_alone_for_commits(run: Run, folder: Path) -> None:
    text = written(run, folder, "fixed", "fixed", "fixed", "fixed", "open")
    assert "missing-fix-commit" in text
    assert "missing-fix-commit" not in written(run, folder, "open", "open", "fixed", "fixed", "fixed")


def test_init_asks_no_row_of_a_table_for_what_a_row_cannot_have(run: Run, folder: Path) -> None:
    rows = "| R-1 | Bell | low | open |\n| R-2 | Rope | high | open |\n"
    (folder / "BUGS.md").write_text(
        f"# Bugs\n\n| ID | Title | Severity | Status |\n|-|-|-|-|\n{rows}", encoding="utf-8"
    )
    assert "# ignore: [missing-category" in written(run, folder, "open", "open", "open", "open")
