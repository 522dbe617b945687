"""A first configuration from a template, or from the tickets that there are."""

from __future__ import annotations

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
    assert found.sections == ("metadata", "summary", "verification")


def test_a_value_that_is_one_value_is_no_choice():
    text = TEMPLATE.replace("`S1` / `S2` / `S3`", "`S1` (see the `S2` page)")
    assert read_template(Source.from_text("t.md", text), Vocabulary.builtin()).severities == ()


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
    assert run("init", "bugs").err == "Wrote ticketaudit.yaml from bugs/TEMPLATE.md.\n"
    text = (folder / "ticketaudit.yaml").read_text(encoding="utf-8")
    assert "include: [bugs/**/*.md]" in text
    assert "severities: [S1, S2, S3]" in text
    assert "folders: {fixed: fixed}" in text
    assert "open: [open, parked, 'no']" in text


def test_init_without_a_template_says_what_the_tickets_show(run: Run, folder: Path, write_ticket: WriteTicket) -> None:
    write_ticket("bugs/fixed/bell.md")
    assert run("init", "bugs").err == "Wrote ticketaudit.yaml from 1 ticket in bugs.\n"
    text = (folder / "ticketaudit.yaml").read_text(encoding="utf-8")
    assert "severities: [P1]" in text
    assert "    bridge: [bridge]\n    deck: [deck]\n" in text
    assert settings(folder / "ticketaudit.yaml").include == ("bugs/**/*.md",)


def test_init_never_overwrites_without_force(run: Run, folder: Path, write_ticket: WriteTicket) -> None:
    write_ticket()
    (folder / "ticketaudit.yaml").write_text("# mine\n", encoding="utf-8")
    ran = run("init")
    assert (ran.status, ran.err) == (2, "error: ticketaudit.yaml: exists; --force replaces it\n")
    assert (folder / "ticketaudit.yaml").read_text(encoding="utf-8") == "# mine\n"
    assert run("init", "--force").status == 0
    assert "include:" in (folder / "ticketaudit.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", ["missing", "empty"])
def test_init_with_nothing_to_read_says_so(run: Run, folder: Path, path: str) -> None:
    (folder / "empty").mkdir()
    assert run("init", path).status == 2
    assert not (folder / "ticketaudit.yaml").exists()
