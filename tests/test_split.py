"""Which tickets a document holds, and what a ticket takes from the document around it."""

from __future__ import annotations

from textwrap import dedent

import pytest

from ticketaudit.extract import extract
from ticketaudit.text import Source
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary

VOCABULARY = Vocabulary.builtin()


def read(text: str, path: str = "bells.md") -> tuple[Ticket, ...]:
    return extract(Source.from_text(path, dedent(text).lstrip("\n")), VOCABULARY)


def facts(text: str, path: str = "bells.md") -> list[tuple[str | None, ...]]:
    return [(ticket.id, ticket.title, ticket.severity, ticket.status) for ticket in read(text, path)]


ROUND = """
# Round of the bells

## High risk findings (2)

### Deck

#### [B-01] Bell is gone

It is.

#### [B-02] Rope is short

**Severity:** Low

## P3 priority findings

### [B-03] Bell is loud
"""


def test_a_finding_without_a_severity_has_that_of_the_heading_around_it() -> None:
    assert [(ticket.id, ticket.severity, ticket.priority) for ticket in read(ROUND)] == [
        ("B-01", "High", None),
        ("B-02", "Low", None),
        ("B-03", None, "P3"),
    ]


def test_a_finding_with_a_severity_takes_nothing_from_the_heading_around_it() -> None:
    text = (
        "# Round\n\n## P3 priority findings\n\n### [B-03] Bell is loud\n\n**Severity:** Low\n\n### [B-04] Bell is low\n"
    )
    assert [(ticket.severity, ticket.priority) for ticket in read(text)] == [("Low", None), (None, "P3")]


def test_what_groups_findings_is_none() -> None:
    deck, bow = "### Deck\n\n#### [B-01] Bell\n\nGone.\n", "### Bow\n\n#### [B-02] Rope\n\nShort.\n"
    assert [ticket.id for ticket in read(f"# Round\n\n## High risk findings\n\n{deck}\n{bow}")] == ["B-01", "B-02"]


def test_a_finding_without_an_id_may_stand_between_others() -> None:
    findings = "### [B-01] Bell\n\nGone.\n\n### Rope is short\n\nIt is.\n\n### [B-03] Oar\n"
    found = read(f"# Round\n\n## High risk findings\n\n{findings}")
    assert [(ticket.id, ticket.title) for ticket in found] == [
        ("B-01", "Bell"),
        (None, "Rope is short"),
        ("B-03", "Oar"),
    ]


def test_a_row_has_the_entries_of_its_row_and_counts_where_its_id_has_a_digit() -> None:
    rows = "| N-1 | open | gone in the last storm |\n| BELL-A | open | cracked by the last round |\n"
    (ticket,) = read(f"# Round\n\n| ID | Status | What |\n|--|--|--|\n{rows}")
    assert [(field.key, field.value, field.line) for field in ticket.fields] == [
        ("ID", "N-1", 5),
        ("Status", "open", 5),
        ("title", "gone in the last storm", 5),
    ]


@pytest.mark.parametrize("path", ["bugs.md", "known-issues.md"])
def test_a_list_of_bugs_needs_no_status(path: str) -> None:
    rows = "| N-1 | High | gone in the last storm |\n| N-2 | Low | short since the last round |\n"
    text = f"# Round\n\n| ID | Severity | What |\n|--|--|--|\n{rows}"
    assert facts(text, path) == [
        ("N-1", "gone in the last storm", "High", None),
        ("N-2", "short since the last round", "Low", None),
    ]


def test_a_row_with_a_title_has_no_other() -> None:
    rows = "| N-1 | Bell | open | It is gone since May |\n| N-2 | Rope | open | It is short since May |\n"
    text = f"# Round\n\n| ID | Title | Status | Description |\n|--|--|--|--|\n{rows}"
    assert [ticket.title for ticket in read(text)] == ["Bell", "Rope"]
    assert [field.key for field in read(text)[0].fields] == ["ID", "title", "Status", "Description"]


def test_so_has_a_row() -> None:
    table = "\n| ID | Status | What |\n|----|--------|------|\n| N-1 | open | The bell is gone |\n"
    assert facts(f"# Bells\n\n## High\n{table}") == [("N-1", "The bell is gone", "High", "open")]


TWO = "\n## [B-01] Bell is gone\n\nIt is.\n\n## [B-02] Rope is short\n\nIt is, too.\n"


@pytest.mark.parametrize(
    ("head", "path", "ids"),
    [
        ("**Severity:** High", "bells.md", [None]),
        ("**ID:** NAV-1\n**Status:** open", "bells.md", ["NAV-1"]),
        ("**ID:** NAV-1\n**Created:** 2025-03-04", "bells.md", ["NAV-1"]),
        ("**ID:** NAV-1\n**Author:** mate", "bells.md", ["B-01", "B-02"]),
        ("**Status:** open", "bells.md", ["B-01", "B-02"]),
        ("**Status:** open", "NAV-1.md", ["B-01", "B-02"]),
        ("Two findings.", "bells.md", ["B-01", "B-02"]),
    ],
)
def test_a_document_is_one_ticket_where_its_head_says_of_which(head: str, path: str, ids: list[str | None]) -> None:
    assert [ticket.id for ticket in read(f"# Bells\n\n{head}\n{TWO}", path)] == ids


@pytest.mark.parametrize(
    ("path", "text", "ident"),
    [
        ("ADR-11.md", "# ADR-11: One bell\n\nOne is enough.\n", "ADR-11"),
        ("0042-bells.md", "# One bell\n\n**Created:** 2025-01-02\n", "0042"),
        ("bells.md", "# One bell\n\n**ID:** BELL-7\n**Created:** 2025-01-02\n", "BELL-7"),
    ],
    ids=["heading and name", "name and day", "written down, with a day"],
)
def test_a_ticket_needs_no_severity_where_its_id_is_beyond_doubt(path: str, text: str, ident: str) -> None:
    assert [ticket.id for ticket in read(text, path)] == [ident]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("ADR-12.md", "# ADR-11: One bell\n\nOne is enough.\n"),
        ("ADR-11.md", "# One bell\n\nOne is enough.\n"),
        ("bells.md", "# One bell\n\n**ID:** BELL-A\n**Created:** 2025-01-02\n"),
        ("bells.md", "# One bell\n\n**Severity:** deafening\n"),
        ("bells.md", "# One bell\n\n**Created:** 2025-01-02\n"),
    ],
)
def test_and_is_none_where_there_is_doubt(path: str, text: str) -> None:
    assert read(text, path) == ()


@pytest.mark.parametrize("entry", ["**Severity:** High", "**Priority:** high", "**Status:** open"])
def test_words_that_are_known_make_a_ticket_without_an_id(entry: str) -> None:
    assert len(read(f"# One bell\n\n{entry}\n")) == 1


def test_a_readme_is_a_ticket_only_where_it_says_so() -> None:
    assert read("# Bell\n\n**Severity:** High\n**Status:** open\n", "docs/README.md") == ()
    assert facts("# Bell\n\n**ID:** B-1\n**Severity:** High\n", "docs/README.md") == [("B-1", "Bell", "High", None)]


def test_sections_without_an_id_are_findings_by_their_fields() -> None:
    entries = "**Severity:** {}\n**Status:** open\n"
    text = f"# Bells\n\n## Bell is gone\n\n{entries.format('High')}\n## Rope is short\n\n{entries.format('Low')}"
    assert facts(text) == [(None, "Bell is gone", "High", "open"), (None, "Rope is short", "Low", "open")]


def test_one_field_and_a_section_of_another_name_do_not_make_a_finding() -> None:
    text = "# Guide\n\n## Quiet bells\n\n**Severity:** Low\n\n### Why\n\nSleep.\n\n"
    assert read(text + text.replace("# Guide\n\n", "").replace("Quiet", "Loud").replace("Low", "High")) == ()


def test_a_field_may_be_a_section_with_its_value_in_the_heading() -> None:
    text = "# Audit\n\n## 1. Bell is gone\n\n### Severity: High\n\n## 2. Rope is short\n\n### Severity: Low\n"
    assert facts(text) == [("1", "Bell is gone", "High", None), ("2", "Rope is short", "Low", None)]


@pytest.mark.parametrize(
    ("headings", "ids"),
    [
        (("[B-1] Bell is gone", "[B-2] Rope is short"), ["B-1", "B-2"]),
        (("Issue B-1: Bell is gone", "Issue B-2: Rope is short"), ["B-1", "B-2"]),
        (("Problem#1: Bell is gone", "Problem#2: Rope is short"), []),
        (("Problem 1: Bell is gone", "Problem 2: Rope is short"), []),
        (("[WIP] Bell is gone", "[later] Rope is short"), []),
        (("[1.2.0] Bell is gone", "[1.1.0] Rope is short"), []),
        (("[2025-01-02] Bell is gone", "[2024-01-02] Rope is short"), []),
    ],
)
def test_headings_that_number_their_findings(headings: tuple[str, str], ids: list[str]) -> None:
    text = "# Notes\n\n" + "".join(f"## {heading}\n\nIt is.\n\n" for heading in headings)
    assert [ticket.id for ticket in read(text)] == ids


class TestParts:
    """A finding among others is read like a ticket in a file of its own."""

    def test_sections_inside_a_resolution_belong_to_it(self) -> None:
        text = (
            "# Audit\n\n## [B-01] Bell\n\n### Resolution\n\n#### Tests\n\n- [ ] it rings\n\n## [B-02] Rope\n\nShort.\n"
        )
        first, _ = read(text)
        assert [section.role for section in first.sections] == [None, "resolution", "resolution"]

    def test_a_finding_has_the_defects_of_its_own_lines(self) -> None:
        table = "| A | B |\n|---|---|\n| 1 | 2 | 3 |\n"
        text = f"# Audit\n\n## [B-01] Bell\n\n{table}## [B-02] Rope\n\nShort.\n"
        assert [[defect.line for defect in ticket.defects] for ticket in read(text)] == [[7], []]

    def test_a_row_has_nothing_from_the_rest_of_the_document(self) -> None:
        rows = "| N-1 | High | open | Bell |\n| N-2 | Low | open | Rope |\n"
        table = f"| ID | Severity | Status | What |\n|----|----|----|----|\n{rows}"
        found = read(f"---\nassignee: mate\n---\n# Bells\n\n{table}\n```\nnever closed\n")
        assert [(row.assignee, row.defects, row.is_row) for row in found] == [(None, (), True), (None, (), True)]

    def test_a_row_has_what_its_other_cells_say(self) -> None:
        rows = (
            "| N-1 | open | Bell rings twice, see `src/mast.py` | `src/bell.py` | 10-12 | `ring()` |\n"
            "| N-2 | open | Rope is short since 1a2b3c4 | `src/rope.py:7` | | |\n"
        )
        table = f"| ID | Status | What | File | Lines | Function |\n|--|--|--|--|--|--|\n{rows}"
        bell, rope = read(f"# Bells\n\n{table}")
        found = (*bell.locations, *rope.locations)
        assert [(where.path, where.lines, where.symbol, where.line) for where in found] == [
            ("src/bell.py", ((10, 12),), "ring()", 5),
            ("src/rope.py", ((7, 7),), None, 6),
        ]
        assert [citation.text for citation in bell.citations] == ["src/mast.py", "src/bell.py"]
        assert [citation.text for citation in rope.citations] == ["1a2b3c4", "src/rope.py:7"]
        assert [field.key for field in rope.fields] == ["ID", "Status", "title", "File", "Lines", "Function"]


class TestTables:
    def test_a_table_that_only_lists_is_believed_last(self) -> None:
        table = "| ID | Severity | Finding |\n|----|----|----|\n| B-01 | Low | Bell |\n| B-02 | High | Rope |\n"
        text = (
            f"# Audit\n\n{table}\n## [B-01] Bell is gone\n\n**Severity:** Medium\n\n## [B-02] Rope is short\n\nShort.\n"
        )
        assert facts(text) == [("B-01", "Bell is gone", "Medium", None), ("B-02", "Rope is short", "High", None)]

    def test_ids_of_two_words_are_two_ids(self) -> None:
        rows = "| Deck 3 | High | open | Bell |\n| Mast 3 | Low | open | Rope |\n"
        table = f"| ID | Severity | Status | What |\n|----|----|----|----|\n{rows}"
        assert [ticket.id for ticket in read(f"# Bells\n\n{table}")] == ["Deck 3", "Mast 3"]

    def test_a_column_called_as_one_tells_what_a_row_is_about(self) -> None:
        rows = "| N-1 | open | the long dog watch | Bell |\n| N-2 | open | the long first watch | Rope |\n"
        table = f"| ID | Status | Watch | Bug |\n|--|--|--|--|\n{rows}"
        assert [ticket.title for ticket in read(f"# Bells\n\n{table}")] == ["Bell", "Rope"]

    def test_two_rows_of_a_table_are_two_tickets_whatever_their_ids(self) -> None:
        rows = "| B-1 | Bell | low | closed |\n| B-1 | Rope | high | open |\n"
        table = f"| ID | Title | Severity | Status |\n|-|-|-|-|\n{rows}"
        found = read(f"# Bugs\n\n{table}\n## By deck\n\n| ID | Owner |\n|-|-|\n| B-1 | Maat |\n", "bugs.md")
        assert [(each.id, each.title, each.status) for each in found] == [
            ("B-1", "Bell", "closed"),
            ("B-1", "Rope", "open"),
        ]

    def test_rows_without_an_id_are_passed_over_and_no_others(self) -> None:
        rows = "| N-1 | open | Bell |\n| | | |\n| none | open | Rope |\n| N-4 | open | Mast |\n"
        assert [ticket.id for ticket in read(f"# Bells\n\n| ID | Status | What |\n|--|--|--|\n{rows}")] == [
            "N-1",
            "N-4",
        ]

    @pytest.mark.parametrize(("header", "count"), [("Severity", 2), ("Priority", 2), ("What", 0)])
    def test_a_bare_number_is_an_id_where_the_table_says_how_bad_it_is(self, header: str, count: int) -> None:
        table = f"| # | Status | {header} |\n|--|--|--|\n| 1 | open | high |\n| 2 | open | low |\n"
        assert len(read(f"# Bells\n\n{table}")) == count

    def test_the_first_column_of_sentences_tells_what_a_row_is_about(self) -> None:
        table = (
            "| ID | Severity | Status | Watch | Seen | Heard |\n|--|--|--|--|--|--|\n"
            "| N-1 | High | open | dog watch | The bell is gone | no ringing at all |\n"
            "| N-2 | Low | open | first watch | The rope is short | too little of it |\n"
        )
        assert [ticket.title for ticket in read(f"# Bells\n\n{table}")] == ["The bell is gone", "The rope is short"]


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("| Severity | High |", ("High", None, None, None, None)),
        ("| Priority | P2 |", (None, "P2", None, None, None)),
        ("| Status | open |", (None, None, "open", None, None)),
        ("| Created | 4 March 2025 |", (None, None, None, "2025-03-04", None)),
        ("| Updated | 2025-03-04 |", (None, None, None, None, "2025-03-04")),
        ("| Status | salty |", (None, None, None, None, None)),
        ("| Created | long ago |", (None, None, None, None, None)),
        ("| Severity | 4 March 2025 |", (None, None, None, None, None)),
        ("| Agent | 2025-03-04 |", (None, None, None, None, None)),
    ],
)
def test_a_table_with_one_known_key_is_metadata_where_its_value_makes_sense(
    entry: str, expected: tuple[str | None, ...]
) -> None:
    (ticket,) = read(f"# NAV-1: Bell\n\n| Key | Value |\n|-----|-------|\n{entry}\n", "NAV-1.md")
    found = (ticket.severity, ticket.priority, ticket.status, ticket.created, ticket.updated)
    assert found == expected
    assert ticket.agent is None


FORM = "**Where:** deck\n**When:** night\n**Who:** Ines\n"


@pytest.mark.parametrize(
    ("form", "counts"),
    [
        (FORM, True),
        ("- Where: deck\n- When: night\n- Who: Ines\n", True),
        ("**Where** - deck\n**When** - night\n**Who** - Ines\n", True),
        (f"| Bell | Rope |\n|--|--|\n| gone | short |\n\n{FORM}", True),
        (f"| Bell | |\n|--|--|\n| gone | short |\n\n{FORM}", True),
        ("**Where:** deck\n**When:** night\n", False),
    ],
    ids=["labels", "items", "dashes", "a table beside them", "one with an empty header", "two"],
)
def test_entries_of_a_form_make_findings_of_sections_with_ids(form: str, counts: bool) -> None:
    found = [ticket.id for ticket in read(f"# Round\n\n## F-1: Bell is gone\n\n{form}\n## F-2: Rope\n\n{form}")]
    assert found == (["F-1", "F-2"] if counts else [])


def test_they_make_none_of_a_section_that_is_the_only_one() -> None:
    assert read(f"# Round\n\n## F-1: Bell is gone\n\n{FORM}") == ()


def test_they_make_none_of_numbered_sections_nor_of_the_title() -> None:
    assert read(f"# Round\n\n## 1. Bell is gone\n\n{FORM}\n## 2. Rope\n\n{FORM}") == ()
    assert read(f"# F-1: Round\n\n{FORM}\n## F-2: Rope\n\n{FORM}") == ()


def test_a_finding_may_stand_on_the_first_line() -> None:
    assert facts("## F-1: Bell is gone [High]\n\nIt is.\n\n## F-2: Rope is short [Low]\n") == [
        ("F-1", "Bell is gone", "High", None),
        ("F-2", "Rope is short", "Low", None),
    ]


def test_a_heading_inside_a_finding_is_none_not_even_as_its_last_line() -> None:
    text = "# Round\n\n## F-1: Bell is gone [High]\n\nIt is.\n\n### F-2: Rope is short [Low]\n## F-3: Oar [Low]\n"
    first, second = read(text)
    assert (first.id, second.id) == ("F-1", "F-3")
    assert [section.line for section in first.sections] == [3, 7]


def test_the_title_s_severity_makes_no_finding_of_what_stands_below_it() -> None:
    assert facts("# [High] Bell is gone\n\nIt is.\n\n## [Low] Rope\n\nShort.\n") == [
        (None, "Bell is gone", "High", None)
    ]
    assert read("# Round\n\n## High risk\n\nBells.\n\n## Low risk\n\nOars.\n") == ()


def test_parts_of_a_ticket_are_no_findings_though_they_have_entries() -> None:
    text = (
        "# Round\n\n## {}\n\n**Severity:** High\n**Status:** open\n\n## {}\n\n**Severity:** Low\n**Status:** closed\n"
    )
    assert facts(text.format("Summary", "Impact")) == [(None, "Round", "High", "open")]
    assert len(read(text.format("[High] Bell", "[Low] Rope"))) == 2
