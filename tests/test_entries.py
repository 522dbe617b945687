"""Keys and values in the places where tickets have them: labels, tables, sections named after a field."""

from __future__ import annotations

import pytest

from ticketaudit.extract import extract
from ticketaudit.text import Source
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary


def read(text: str) -> Ticket:
    (ticket,) = extract(Source.from_text("bell.md", text), Vocabulary.builtin())
    return ticket


@pytest.mark.parametrize(
    ("below", "assignee"),
    [
        ("- [ ] Ida\n- [x] Bo\n", "Bo"),
        ("- [x] Ida\n- [x] Bo\n- [ ] Kai\n", "Ida, Bo"),
        ("- [ ] Ida\n- [ ] Bo\n", None),
        ("Ida Dahl\nof the dog watch\nand nobody else\n", "Ida Dahl"),
        ("- Ida Dahl\n", "Ida Dahl"),
        ("**Assignee:** Ida Dahl\n", "Ida Dahl"),
        ("Owner: Ida Dahl\n", "Ida Dahl"),
        ("**Note:** Ida is ill\n", "Note: Ida is ill"),
        ("", None),
    ],
    ids=["checked", "two checked", "none checked", "first line", "item", "label", "plain label", "other", "nothing"],
)
def test_a_section_named_after_a_field_holds_its_value(below: str, assignee: str | None) -> None:
    assert (
        read(f"# NAV-1: Bell\n\n**Status:** open\n\n## Assignee\n\n{below}\n## Impact\n\nNone.\n").assignee == assignee
    )


def test_in_the_middle_of_a_line_only_a_key_that_is_known_is_one() -> None:
    found = read("# NAV-1: Bell\n\n**Owner:** Ida, **the mate:** of old **Status:** open\n")
    assert [(field.key, field.value) for field in found.fields] == [
        ("Owner", "Ida, the mate: of old"),
        ("Status", "open"),
    ]


def test_keys_behind_separators_and_on_lines_of_their_own_are_entries() -> None:
    ticket = read(
        "# NAV-1: Bell\n\n**Status:** open | **Berth:** 4 · **Tide:** low\n **Watch:** dog\n> **Crew:** six\n"
    )
    assert [(field.key, field.value) for field in ticket.fields] == [
        ("Status", "open"),
        ("Berth", "4"),
        ("Tide", "low"),
        ("Watch", "dog"),
    ]


@pytest.mark.parametrize(
    ("rows", "severity"),
    [
        (["Status | open", "Severity | High", "Berth | 4", "Tide | low"], "High"),
        (["Status | open", "Severity | High"], "High"),
        (["Status | open", "Severity | High", "Berth | 4", "Tide | low", "Crew | six"], None),
        (["Severity | High", "Berth | 4"], None),
    ],
    ids=["half are fields", "all are", "fewer than half", "one is"],
)
def test_a_wide_table_has_keys_in_front_where_enough_of_them_are_fields(rows: list[str], severity: str | None) -> None:
    table = "| Key | Now | Before |\n|---|---|---|\n" + "".join(f"| {row} | – |\n" for row in rows)
    assert read(f"---\nid: NAV-1\npriority: P2\n---\n\n# Bell\n\n{table}").severity == severity


def test_a_table_of_locations_has_a_row_for_each() -> None:
    table = "| File | Lines | Function |\n|---|---|---|\n| `a.py` | 3-5 | ring() |\n| `b.py` | | |\n| | 7 | stop() |\n"
    ticket = read(f"# NAV-1: Bell\n\n**Status:** open\n\n## Affected Files\n\n{table}")
    assert [(place.path, place.lines, place.symbol, place.line) for place in ticket.locations] == [
        ("a.py", ((3, 5),), "ring()", 9),
        ("b.py", (), None, 10),
    ]


def test_a_picture_is_no_summary() -> None:
    assert read("# NAV-1: Bell\n\n**Status:** open\n\n## Summary\n\n![](bell.png)\n").summary is None


@pytest.mark.parametrize("text", ["12/5/2025", "5/12/2025"])
def test_a_day_that_may_be_a_month_is_not_guessed(text: str) -> None:
    assert read(f"# NAV-1: Bell\n\n**Status:** open\n**Created:** {text}\n").created is None


def test_a_line_separator_ends_no_line_of_front_matter() -> None:
    source = Source.from_text("t.md", "---\nid: B1-OPS-01\nstatus: open\u2028\u2029\nseverity: P1\x85!\n---\n# T\n")
    (ticket,) = extract(source, Vocabulary.builtin())
    assert [(field.key, field.value, field.line) for field in ticket.fields] == [
        ("id", "B1-OPS-01", 2),
        ("status", "open", 3),
        ("severity", "P1\x85!", 4),
    ]


@pytest.mark.parametrize("between", ["\n- ", "\n\n"], ids=["items", "paragraphs"])
def test_an_entry_among_fields_is_metadata_whatever_its_key(between: str) -> None:
    head = between.join(["", "**Severity:** high", "**Category:** rigging", "**Status:** open"])
    found = read(f"# NAV-1: Bell\n{head}\n\nIt rings.{between}**Then:** it stops\n")
    assert [(field.key, field.value) for field in found.fields] == [
        ("Severity", "high"),
        ("Category", "rigging"),
        ("Status", "open"),
    ]


def test_an_entry_beside_one_field_is_none() -> None:
    assert [field.key for field in read("# NAV-1: Bell\n\n- **Status:** open\n- **Then:** it stops\n").fields] == [
        "Status"
    ]
