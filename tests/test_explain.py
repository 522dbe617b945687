"""`parse --explain`: for each value which line and which reader it came from, and what the vocabulary lacks."""

from __future__ import annotations

import json
from textwrap import dedent

import pytest

ODD = """\
---
status: open
---
# B1-NAV-07: Bell rings twice

| Was | Wert |
|-----|------|
| Wetterlage | Nebel |
| Schweregrad | hoch |
| Kapitän | Maat |

## Glockenkunde

Läutet.

## Beschreibung

Zweimal.
"""


def explained(run, *paths):
    return json.loads(run("parse", "--explain", "--output-format", "json", "--isolated", *paths).out)


def test_every_value_has_its_line_and_its_reader(run, folder):
    (folder / "odd.md").write_text(ODD, encoding="utf-8")
    (ticket,) = explained(run, "odd.md")
    readings = {
        reading["key"]: (reading["value"], reading["lines"], reading["reader"]) for reading in ticket["readings"]
    }
    assert readings["id"] == ("B1-NAV-07", [4], "heading")
    assert readings["title"] == ("Bell rings twice", [4], "heading")
    assert readings["severity"] == ("hoch", [9], "table")
    assert readings["status"] == ("open", [2], "front matter")
    assert readings["created"] == (None, [], None)
    assert ticket["objection"] is None


def test_what_the_vocabulary_does_not_have_is_named(run, folder):
    (folder / "odd.md").write_text(ODD, encoding="utf-8")
    (ticket,) = explained(run, "odd.md")
    assert [(unknown["kind"], unknown["text"], unknown["line"]) for unknown in ticket["unknown"]] == [
        ("field", "Wetterlage", 8),
        ("field", "Kapitän", 10),
        ("heading", "Glockenkunde", 12),
    ]


def test_words_of_the_configuration_explain_what_was_unknown(run, folder):
    (folder / "odd.md").write_text(ODD, encoding="utf-8")
    (folder / "ticketaudit.yaml").write_text("vocabulary:\n  fields: {assignee: [Kapitän]}\n", encoding="utf-8")
    ran = run("parse", "--explain", "--output-format", "json", "odd.md")
    (ticket,) = json.loads(ran.out)
    assert ["Maat", [10], "table"] in [[r["value"], r["lines"], r["reader"]] for r in ticket["readings"]]
    assert "Kapitän" not in [unknown["text"] for unknown in ticket["unknown"]]


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("notes.md", "# Notes\n\nNothing.\n", "it names no severity"),
        ("README.md", "# Bells\n\n**Status:** open\n", "a file of this name is no ticket"),
        ("blank.md", "# Ticket\n\n**ID:** `{id}`\n**Status:** open\n", "its id is a placeholder"),
        ("odd.md", "# Bells\n\n**Status:** sideways\n", "it has no id, and neither its severity nor its status"),
    ],
)
def test_a_file_that_is_no_ticket_says_why(run, folder, name, text, why):
    (folder / name).write_text(text, encoding="utf-8")
    ran = run("parse", "--explain", "--isolated", name)
    assert f"This is no ticket: {why}" in ran.out
    assert ran.status == 2


def test_the_table_is_for_people(run, folder):
    (folder / "odd.md").write_text(ODD, encoding="utf-8")
    lines = [line.rstrip() for line in run("parse", "--explain", "odd.md").out.splitlines()]
    assert lines[0] == "odd.md:1"
    assert any(line.split() == ["severity", "hoch", "line", "9", "table"] for line in lines)
    assert "  line 8: Wetterlage  (fields)" in lines
    assert "  line 12: Glockenkunde  (sections)" in lines


def test_other_formats_cannot_explain(run, write_ticket):
    write_ticket("a.md")
    ran = run("parse", "--explain", "--output-format", "csv", "a.md")
    assert ran.status == 2
    assert "unknown output format `csv`" in ran.err


def test_several_tickets_in_a_file_are_explained_one_by_one(run, folder):
    text = """
        # Bells

        | ID | Severity | Status | What |
        |----|----------|--------|------|
        | N-1 | High | open | The bell is gone |
        | N-2 | Low | open | The rope is short |
    """
    (folder / "bells.md").write_text(dedent(text).lstrip(), encoding="utf-8")
    assert [ticket["line"] for ticket in explained(run, "bells.md")] == [5, 6]
