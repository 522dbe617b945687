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


def test_a_title_that_begins_with_the_name_of_a_field_holds_no_value() -> None:
    ticket = read("# Status: wrong after a storm\n\n**ID:** NAV-1\n**Severity:** High\n")
    assert (ticket.title, ticket.status) == ("Status: wrong after a storm", None)


@pytest.mark.parametrize(
    ("body", "severity"),
    [
        ("**High**\n", "High"),
        ("High\n", "High"),
        ("## Severity：High\n\nIt is.\n", "High"),
        ("## Resolution\n\n**Severity:** Low\n\n## Impact\n\n**Severity:** High\n", "High"),
        ("## Impact\n\nWe say\nSeverity: High\n", "High"),
        ("## Impact\n\nOn deck **severity:** High\n", "High"),
        ("## Impact\n\n**Severity:** High\n\n## Evidence\n\n**Severity:** Low\n", None),
        ("## Impact\n\n**Likelihood:** High\n", None),
    ],
    ids=[
        "alone in bold",
        "alone",
        "heading",
        "not that of a resolution",
        "plain label",
        "inside a line",
        "two",
        "other label",
    ],
)
def test_a_severity_may_stand_outside_of_the_metadata(body: str, severity: str | None) -> None:
    assert read(f"# NAV-1: Bell\n\n**Status:** open\n\n{body}").severity == severity


@pytest.mark.parametrize(("length", "counts"), [(120, True), (121, False)])
def test_a_long_line_below_the_name_of_a_field_is_prose(length: int, counts: bool) -> None:
    agent = "a" * length
    ticket = read(f"# NAV-1: Bell\n\n**Status:** open\n\n## Agent\n\n{agent}\n")
    assert ticket.agent == (agent if counts else None)


def test_dates_of_a_change_log_may_be_written_with_the_names_of_months() -> None:
    rows = "| 4 March 2025 | seen |\n| 5 April 2025 | mended |\n"
    ticket = read(f"# NAV-1: Bell\n\n**Status:** open\n\n## History\n\n| Date | What |\n|--|--|\n{rows}")
    assert (ticket.created, ticket.updated) == ("2025-03-04", "2025-04-05")


def test_the_metadata_are_believed_before_the_change_log_which_gives_what_they_lack() -> None:
    rows = "| 2025-03-04 | seen |\n| 2025-04-05 | mended |\n"
    log = f"## History\n\n| Date | What |\n|--|--|\n{rows}"
    ticket = read(f"# NAV-1: Bell\n\n**Status:** open\n**Updated:** 2025-05-01\n\n{log}")
    assert (ticket.created, ticket.updated) == ("2025-03-04", "2025-05-01")


def test_data_in_a_section_are_an_example_and_no_metadata() -> None:
    ticket = read(
        "# NAV-1: Bell\n\n## What to set\n\n```yaml\nstatus: closed\nseverity: high\n```\n\n## Status\n\nopen\n"
    )
    assert (ticket.status, ticket.severity, ticket.fields) == ("open", None, ())


def test_boxes_below_a_label_that_has_a_value_are_none() -> None:
    ticket = read("# NAV-1: Bell\n\n**Status:** open\n\n**Owner:** Ines\n\n- [x] Bo\n- [ ] Ida\n")
    assert [(field.key, field.value) for field in ticket.fields] == [("Status", "open"), ("Owner", "Ines")]


@pytest.mark.parametrize(
    "before",
    [
        "It rings at night.\n",
        "**Weight:** 4 t\n",
        "| Part | Weight |\n|--|--|\n| clapper | 1 t |\n",
        "| Weight | 1 t |\n|--|--|\n| Batch | 4 |\n",
    ],
    ids=["prose", "label", "table", "table with a field"],
)
def test_the_entries_may_stand_below_something_else(before: str) -> None:
    ticket = read(f"# NAV-1: Bell\n\n{before}\n**Status:** open\n**Agent:** Ines\n")
    assert (ticket.status, ticket.agent) == ("open", "Ines")


@pytest.mark.parametrize(
    ("details", "agent"),
    [("- **Agent:** Ines\n- **Batch:** 4\n", "Ines"), ("- **Agent:** Ines\n", None)],
    ids=["two", "one"],
)
def test_two_entries_of_a_section_are_metadata_whatever_they_say(details: str, agent: str | None) -> None:
    assert read(f"# NAV-1: Bell\n\nIt rings.\n\n## Round in May\n\n{details}\n## Status\n\nopen\n").agent == agent


def test_a_table_of_one_row_below_a_section_is_a_list_of_one_and_hides_no_entries() -> None:
    table = "| Agent | Batch |\n|--|--|\n| Ines | 4 |\n"
    text = (
        f"# NAV-1: Bell\n\nIt rings.\n\n## Round in May\n\n{table}\n**Agent:** Bo\n**Batch:** 5\n\n## Status\n\nopen\n"
    )
    assert (read(text).agent, read(text).batch) == ("Bo", "5")


@pytest.mark.parametrize("section", ["Round in May", "Summary", "Description"])
def test_a_section_may_hold_one_more_entry_than_the_head(section: str) -> None:
    ticket = read(f"# NAV-1: Bell\n\n**Status:** open\n\n## {section}\n\n**Created:** 2025-03-04\n\nIt rings.\n")
    assert ticket.created == "2025-03-04"


def test_in_the_middle_of_a_line_only_a_key_that_is_known_is_one() -> None:
    assert read("# NAV-1: Bell\n\nX **the mate:** of old, **Status:** open\n").fields[0].key == "Status"
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


def test_below_a_head_with_enough_entries_no_section_has_any() -> None:
    head = "# NAV-1: Bell\n\n**Status:** open\n**Severity:** High\n"
    ticket = read(f"{head}\n## Round in May\n\n- **Agent:** Ines\n- **Batch:** 4\n")
    assert [field.key for field in ticket.fields] == ["Status", "Severity"]


def test_a_mapping_in_front_names_its_field_and_its_number_is_no_value() -> None:
    ticket = read("---\nid:\n  id: NAV-1\nstatus:\n  id: 3\n  name: Open\n---\n# Bell\n")
    assert (ticket.id, ticket.status, ticket.title) == ("NAV-1", "Open", "Bell")


def table(*rows: str) -> str:
    """A table of the rows, of which the first is the header."""
    head, *below = (f"| {row} |\n" for row in rows)
    return head + "|--" * (rows[0].count("|") + 1) + "|\n" + "".join(below)


@pytest.mark.parametrize(
    ("rows", "fields"),
    [
        (
            ["Status | open | Severity | High", "Owner | Ines | Berth | 4"],
            ["Status: open", "Severity: High", "Owner: Ines", "Berth: 4"],
        ),
        (
            ["Status | open | Berth | 4", "Owner | Ines | Tide | low"],
            ["Status: open", "Berth: 4", "Owner: Ines", "Tide: low"],
        ),
        (["Status | open | Berth | 4 | Oar | 2", "Owner | Ines | Tide | low | Sail | 1"], []),
        (
            ["Status | Severity | Berth | Tide", "open | High | 4 | low"],
            ["Status: open", "Severity: High", "Berth: 4", "Tide: low"],
        ),
        (
            ["Component | Seen | Severity | Status", "Priority | twice | High | open"],
            ["Component: Priority", "Seen: twice", "Severity: High", "Status: open"],
        ),
        (["Status | Severity", "open | High"], ["Status: open", "Severity: High"]),
        (["Status | Severity | Berth | Tide | Crew", "open | High | 4 | low | six"], []),
        (["Status | Severity", "open | High", "closed | Low"], []),
        (["What to fill in | Status | Owner", "Severity | done | Bo", "Batch | open | Ida"], []),
        (["**Status:** open | **Severity:** High"], ["Status: open", "Severity: High"]),
        (["Owner | Ines, **batch:** 4", "Agent | Bo"], ["Owner: Ines, batch: 4", "Agent: Bo"]),
    ],
    ids=[
        "side by side",
        "half of those side by side are fields",
        "fewer than half of them are",
        "one row, half are fields",
        "one row, a value is called like a field",
        "one row, two columns",
        "one row, fewer than half",
        "two rows below fields are a list",
        "so are rows that are called like fields",
        "two entries in cells",
        "one is a part of its cell",
    ],
)
def test_which_tables_hold_metadata(rows: list[str], fields: list[str]) -> None:
    ticket = read(f"---\nid: NAV-1\npriority: P2\n---\n\n# Bell\n\n{table(*rows)}")
    assert [f"{field.key}: {field.value}" for field in ticket.fields[2:]] == fields


@pytest.mark.parametrize(
    "text",
    [
        "**Status：** open\n**Severity：** High\n",
        "Status：open\nSeverity：High\n",
        "__Status:__ open\n__Severity:__ High\n",
        "**Status**:: open\n**Severity**:: High\n",
        "- Status: open\n- Seen by Ida, **Severity:** High\n",
        "- **Status** open\n- **Severity** High\n",
        "## Ticket Metadata\n\n**Status:** open\n\n**Severity:** High\n",
    ],
    ids=["wide colons", "plain keys", "underscores", "two colons", "inside an item", "no colons", "their own section"],
)
def test_how_entries_are_written(text: str) -> None:
    ticket = read(f"---\nid: NAV-1\npriority: P2\n---\n\n# Bell\n\n{text}")
    assert [(field.key, field.value) for field in ticket.fields[2:]] == [("Status", "open"), ("Severity", "High")]


def test_an_item_may_hold_entries_that_nobody_knows_beside_one_that_is() -> None:
    ticket = read("# NAV-1: Bell\n\n- Status: open | Berth: 4\n- **Severity:** High\n")
    assert [(field.key, field.value) for field in ticket.fields] == [
        ("Status", "open"),
        ("Berth", "4"),
        ("Severity", "High"),
    ]


def test_entries_in_cells_are_those_with_a_known_key_and_a_value() -> None:
    rows = table("**Severity:** High | **Status:** open | **Berth:** 4", "**Owner:** | Seen by Ines **Batch:** 7 | x")
    assert [(field.key, field.value, field.line) for field in read(f"# NAV-1: Bell\n\n{rows}").fields] == [
        ("Severity", "High", 3),
        ("Status", "open", 3),
        ("Batch", "7", 5),
    ]


def test_a_separator_without_space_before_it_is_no_part_of_the_value() -> None:
    ticket = read("# NAV-1: Bell\n\n**Status:** open; **Severity:** High| **Owner:** Ines\n")
    assert [(field.key, field.value) for field in ticket.fields] == [
        ("Status", "open"),
        ("Severity", "High"),
        ("Owner", "Ines"),
    ]


@pytest.mark.parametrize(
    ("text", "created"),
    [
        ("2025-05-01, seen before on 2025-03-04", "2025-05-01"),
        ("5 May 2025, seen before on 2025-03-04", "2025-05-05"),
        ("spring 2025, on 4 May 2025", "2025-05-04"),
    ],
)
def test_of_several_dates_the_first_that_can_be_read_counts(text: str, created: str) -> None:
    assert read(f"# NAV-1: Bell\n\n**Status:** open\n**Created:** {text}\n").created == created


@pytest.mark.parametrize("value", ["{the batch}", "{batch} of it", "B{batch}", "<batch>"])
def test_a_placeholder_is_no_value(value: str) -> None:
    assert read(f"# NAV-1: Bell\n\n**Status:** open\n**Batch:** {value}\n").batch is None


def test_braces_inside_of_words_are_no_placeholder() -> None:
    assert read("# NAV-1: Bell\n\n**Status:** open\n**Batch:** the set {a, b}\n").batch == "the set {a, b}"


@pytest.mark.parametrize("key", ["Resolved", "Closed on"])
def test_the_day_on_which_it_ended_is_that_of_the_last_update(key: str) -> None:
    assert read(f"# NAV-1: Bell\n\n**Status:** closed\n**{key}:** 4 March 2025\n").updated == "2025-03-04"
    later = "**Updated:** 2025-04-01\n"
    assert read(f"# NAV-1: Bell\n\n**Status:** closed\n**{key}:** 4 March 2025\n{later}").updated == "2025-04-01"


def test_a_table_of_two_columns_tells_of_one_location() -> None:
    ticket = read("# NAV-1: Bell\n\n**Status:** open\n\n## Location\n\n| File | `a.py` |\n|--|--|\n| Lines | 3-5 |\n")
    assert [(place.path, place.lines) for place in ticket.locations] == [("a.py", ((3, 5),))]


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
