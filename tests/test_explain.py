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


WHOLE = """\
# NAV-7: Bell rings twice

**Severity:** High
**Status:** closed

## Summary

It rings twice.

**Category:**
- [x] Noise

## Verification

- [ ] it rings once
- [x] it rings

## Resolution

**Status:** Fixed

| Claim | Status |
|-------|--------|
| It rings | TRUE |
"""


def test_every_part_of_the_record_says_what_it_was_read_from(run, folder):
    (folder / "whole.md").write_text(WHOLE, encoding="utf-8")
    (ticket,) = explained(run, "whole.md")
    assert [(each["key"], each["value"], each["lines"], each["reader"]) for each in ticket["readings"]] == [
        ("id", "NAV-7", [1], "heading"),
        ("title", "Bell rings twice", [1], "heading"),
        ("severity", "High", [3], "label"),
        ("priority", None, [], None),
        ("status", "closed", [4], "label"),
        ("batch", None, [], None),
        ("agent", None, [], None),
        ("assignee", None, [], None),
        ("domain", None, [], None),
        ("created", None, [], None),
        ("updated", None, [], None),
        ("summary", "It rings twice.", [8], "summary section"),
        ("categories", "1", [11], "checked boxes under a category"),
        ("locations", None, [], None),
        ("checklists", "2", [11, 15, 16], "task lists"),
        ("reviews", None, [], None),
        ("claims", "1", [24], "tables of claims and their status"),
        ("relations", None, [], None),
        ("citations", None, [], None),
        ("code", None, [], None),
        ("defects", None, [], None),
        ("resolution", "fixed", [20], "resolution section"),
        ("premise", "supported", [], "reviews, claims and resolution"),
    ]


def test_a_severity_from_a_heading_around_the_finding_is_explained(run, folder):
    text = "# Round\n\n## High risk findings\n\n### [B-1] Bell\n\nGone.\n\n### [B-2] Rope\n\nShort.\n"
    (folder / "round.md").write_text(text, encoding="utf-8")
    for ticket in explained(run, "round.md"):
        readings = {each["key"]: (each["value"], each["lines"], each["reader"]) for each in ticket["readings"]}
        assert readings["severity"] == ("High", [3], "heading around it")


@pytest.mark.parametrize(
    ("text", "key", "line", "reader"),
    [
        ("# Bell\n\n<pre>\nStatus: open\nSeverity: High\n</pre>\n", "severity", 5, "preformatted text"),
        ("# Bell\n\n```\nstatus: open\nseverity: High\n```\n", "severity", 5, "fence of data"),
        ("# NAV-7: Bell\n\n**Status:** open\n**Category:**\n", "status", 3, "label"),
        ("# NAV-7: Bell\n\n**Status:**\n\n- [ ] closed\n- [x] open\n", "status", 6, "checked item"),
        (
            "# NAV-7: Bell\n\n**Status:** open\n\n## History\n\n| Date | What |\n|--|--|\n| 2025-01-02 | seen |\n",
            "created",
            9,
            "history",
        ),
        ("---\nid: NAV-7\nstatus: open\n---\n# Bell\n", "status", 3, "front matter"),
        ("# NAV-7: Bell\n\n- **Severity:** High\n- **Status:** open\n", "status", 4, "list item"),
        ("# NAV-7: Bell\n\n| Status | open |\n|--|--|\n| Severity | High |\n", "severity", 5, "table"),
        ("# NAV-7: Bell\n\n| Status | Severity |\n|--|--|\n| open | High |\n", "severity", 5, "one-row table"),
        ("# NAV-7: Bell\n\nSeen.\nseverity:: High\nstatus:: open\n", "status", 5, "inline field"),
        ("# NAV-7: Bell\n\n:Severity: High\n:Status: open\n", "status", 4, "label"),
        ("Bell rings twice\n\n**Severity:** High\n**Status:** open\n", "title", 1, "first line"),
        ("# NAV-7: Bell\n\n## Status\n\nopen\n", "status", 3, "section"),
        ("# NAV-7: Bell\n\n**Status:** open\n\n**High**\n", "severity", 5, "paragraph"),
        ("# H-1: Bell\n\n**Status:** open\n", "severity", 1, "id"),
        ("# NAV-7: Bell\n\n**Status:** open\n\n## Impact\n\n**Severity:** High\n", "severity", 7, "label"),
        ("# NAV-7: Bell\n\n**Status:** open\n\n**Summary:** It rings.\n", "summary", 5, "label"),
    ],
)
def test_values_in_other_places_have_their_lines_and_readers(run, folder, text, key, line, reader):
    (folder / "bell.md").write_text(text, encoding="utf-8")
    (ticket,) = explained(run, "bell.md")
    found = [(each["lines"], each["reader"]) for each in ticket["readings"] if each["key"] == key]
    assert found == [([line], reader)]


@pytest.mark.parametrize(
    ("name", "title", "reader"), [("NAV-7.md", "Bell", "file name"), ("12.md", "Bell (#12)", "heading")]
)
def test_an_id_that_the_file_is_called_by_says_so(run, folder, name, title, reader):
    (folder / name).write_text(f"\n# {title}\n\n**Status:** open\n", encoding="utf-8")
    (ticket,) = explained(run, name)
    found = [(each["lines"], each["reader"]) for each in ticket["readings"] if each["key"] == "id"]
    assert found == [([2 if reader == "heading" else 1], reader)]


def test_what_a_list_of_findings_tells_of_one_has_its_row_as_its_line(run, folder):
    rows = "| ID | Severity |\n|--|--|\n| B-1 | High |\n| B-2 | Low |\n"
    text = f"# Round\n\n{rows}\n## B-1: Bell\n\n**Status:** open\n\n## B-2: Rope\n\n**Status:** open\n"
    (folder / "round.md").write_text(text, encoding="utf-8")
    found = [each for ticket in explained(run, "round.md") for each in ticket["readings"] if each["key"] == "severity"]
    assert [(each["value"], each["lines"], each["reader"]) for each in found] == [
        ("High", [5], "table row"),
        ("Low", [6], "table row"),
    ]


def test_what_the_vocabulary_does_not_have_is_named(run, folder):
    (folder / "odd.md").write_text(ODD, encoding="utf-8")
    (ticket,) = explained(run, "odd.md")
    assert [(unknown["kind"], unknown["text"], unknown["line"]) for unknown in ticket["unknown"]] == [
        ("field", "Wetterlage", 8),
        ("field", "Kapitän", 10),
        ("heading", "Glockenkunde", 12),
    ]


def test_keys_beside_known_ones_are_named_wherever_they_stand(run, folder):
    text = """
        # NAV-7: Bell rings twice

        Status: open
        Kapitän: Maat

        - Severity: High
        - Laune: gut

        | Ticket | Farbe | Severity |
        |--------|-------|----------|
        | NAV-7 | rot | High |

        ## Background

        Wetter: Nebel. Status of this section: none.

        - Kurs: Nord
    """
    (folder / "odd.md").write_text(dedent(text), encoding="utf-8")
    (ticket,) = explained(run, "odd.md")
    assert [(unknown["text"], unknown["line"]) for unknown in ticket["unknown"]] == [
        ("Kapitän", 5),
        ("Laune", 8),
        ("Farbe", 10),
    ]


def test_what_other_parts_of_a_ticket_know_is_not_unknown(run, folder):
    text = """
        # NAV-7: Bell rings twice

        Status: open
        File: a.py
        Resolved by: Ida
        Category: noise

        Heard, **Stimmung:** gut and **Severity:** High

        | Farbe | Form | Klang |
        |-------|------|-------|
        | rot | rund | hell |
        | blau | rund | hell |
    """
    (folder / "odd.md").write_text(dedent(text), encoding="utf-8")
    (ticket,) = explained(run, "odd.md")
    assert [(unknown["text"], unknown["line"]) for unknown in ticket["unknown"]] == [("Stimmung", 9)]


@pytest.mark.parametrize(
    ("text", "reader"),
    [
        ("**Status:** won't fix\n", "status, label"),
        ("**Status:** open\n**Resolution:** won't fix\n", "resolution, label"),
        ("**Status:** closed\n\n## Resolution\n\nWon't fix.\n", "resolution section"),
        ("**Status:** open\n\n## Investigation\n\nWe looked.\n", "investigation section"),
    ],
)
def test_how_it_ended_is_credited_to_what_says_so(run, folder, text, reader):
    (folder / "bell.md").write_text(f"# NAV-7: Bell rings twice\n\n{text}", encoding="utf-8")
    (ticket,) = explained(run, "bell.md")
    assert [reading["reader"] for reading in ticket["readings"] if reading["key"] == "resolution"] == [reader]


def test_words_of_the_configuration_explain_what_was_unknown(run, folder):
    (folder / "odd.md").write_text(ODD, encoding="utf-8")
    (folder / "ticketaudit.yaml").write_text("vocabulary:\n  fields: {assignee: [Kapitän]}\n", encoding="utf-8")
    ran = run("parse", "--explain", "--output-format", "json", "odd.md")
    (ticket,) = json.loads(ran.out)
    assert ["Maat", [10], "table"] in [[r["value"], r["lines"], r["reader"]] for r in ticket["readings"]]
    assert "Kapitän" not in [unknown["text"] for unknown in ticket["unknown"]]


def table(*header: str) -> str:
    """Two rows whose last cells could be ids."""
    rows = ["low", "open", "B-1"], ["high", "closed", "B-2"]
    if header[-1] == "#":
        rows = ["open", "yes", "1"], ["closed", "no", "2"]
    if header[-1] == "Key":
        rows = ["odd", "so", "B-1"], ["even", "so", "B-2"]
    lines = [header, ["---"] * len(header), *rows]
    return "# Bells\n\n" + "".join(f"| {' | '.join(line)} |\n" for line in lines)


RELATED = table("What", "Severity", "Status").replace("# Bells", "## Related")


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("notes.md", "# Notes\n\nNothing.\n", "it names no severity"),
        ("README.md", "# Bells\n\n**Status:** open\n", "a file of this name is no ticket"),
        ("blank.md", "# Ticket\n\n**ID:** `{id}`\n**Status:** open\n", "its id is a placeholder"),
        ("odd.md", "# Bells\n\n**Status:** sideways\n", "it has no id, and neither its severity nor its status"),
        ("list.md", table("What", "Severity", "Status").replace("# Bells", "# Bells\n\n## Related"), "it names no"),
        ("list.md", table("What", "Severity", "Status").replace("\n| ", "\n> | "), "it names no severity"),
        ("list.md", "# Bells\n\n| What | Status |\n|--|--|\n| bell | odd |\n| rope | odd |\n", "it names no severity"),
        ("list.md", table("What", "Severity", "Status"), "no column of the table in line 3 is an id."),
        ("list.md", f"{RELATED}\n{table('What', 'Severity', 'Status')}", "no column of the table in line 10 is an id."),
        ("list.md", table("ID", "Severity", "What"), "no cell under “ID” in the table in line 3 is an id."),
        ("plan.md", table("Status", "Open", "#"), "the table in line 3 has bare numbers for ids"),
        ("list.md", table("Severity", "Status", "Key"), "nothing under “Severity” and “Status” in the table in line 3"),
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
