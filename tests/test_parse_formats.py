"""The records in every format of `parse`: the same values, whatever they are wrapped in."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from rich.cells import cell_len

from ticketaudit.corpus import Corpus
from ticketaudit.extract import extract
from ticketaudit.records import FORMATS
from ticketaudit.records.screen import write as write_screen
from ticketaudit.report import Diagnostic
from ticketaudit.rule import Level
from ticketaudit.terminal import Output
from ticketaudit.text import Source, Span
from ticketaudit.vocabulary import Vocabulary

Run = Callable[..., Any]

TICKET = """\
# Finding Ticket: {title}

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-01` |
| **Severity** | `P1` |
| **Status** | `closed` |
| **Domain** | deck, bridge |
| **Created** | 2024-01-02 |

## Location

| Field | Value |
|-------|-------|
| **File(s)** | `src/bell.py` |
| **Line(s)** | `12-14, 20` |
| **Function/Class** | `ring` |

## Summary

**One-line summary:** =1+1 rings.

## Verification

- [ ] The bell rings once
- [x] It rings at all
- [ ] ~~It rings at night~~

## Cross-Review

| Reviewer | Verdict | Evaluation |
|----------|---------|------------|
| `deck` | **OBJECT** | Only in harbour, see `bell.py:12`. Recommend P3. |
| `bridge` | **ENDORSE** | Heard it. |
| `engine` | **ENDORSE** | Heard it too. |

## Resolution

### Final Disposition: Won't Fix

The bell is historic. Severity should be downgraded from P1 to P4.
"""


def corpus(*titles: str) -> Corpus:
    vocabulary = Vocabulary.builtin()
    sources = [Source.from_text(f"{number}.md", TICKET.format(title=title)) for number, title in enumerate(titles)]
    return Corpus(tuple(ticket for source in sources for ticket in extract(source, vocabulary)), vocabulary)


def written(name: str, *titles: str, color: bool = False, width: int | None = None) -> str:
    stream = io.StringIO()
    FORMATS[name](corpus(*titles), Output(stream, color, width))
    return stream.getvalue()


def test_jsonl_json_and_yaml_hold_the_same_records() -> None:
    titles = ("Bell rings twice", "Glöckchen: läutet – 漢", "yes", "010", "# no comment", "- no item")
    lines = [json.loads(line) for line in written("jsonl", *titles).splitlines()]
    assert [record["title"] for record in lines] == list(titles)
    assert json.loads(written("json", *titles)) == lines
    assert yaml.safe_load(written("yaml", *titles)) == lines


def test_jsonl_has_the_keys_in_the_order_of_the_record() -> None:
    assert written("jsonl", "Bell").startswith('{"path":"0.md","line":1,"end_line":42,"id":"B1-OPS-01","title":"Bell",')


def test_letters_stay_letters() -> None:
    for name in ("jsonl", "json", "yaml", "csv", "table"):
        assert "Glöckchen 漢" in written(name, "Glöckchen 漢")


def test_yaml_reads_well() -> None:
    text = written("yaml", "Bell rings twice")
    assert text.startswith("- path: 0.md\n  line: 1\n  end_line: 42\n  id: B1-OPS-01\n  title: Bell rings twice\n")
    assert "    - [12, 14]\n    - [20, 20]\n" in text
    assert "  claims: []\n" in text


def test_yaml_shows_text_of_several_lines_as_a_block() -> None:
    text = (
        TICKET.format(title="Bell")
        .replace("| `engine` | **ENDORSE** | Heard it too. |", "")
        .replace("## Resolution", "### engine\n\n**Verdict:** ENDORSE\n\nHeard it.\n\nTwice.\n\n## Resolution")
    )
    vocabulary = Vocabulary.builtin()
    stream = io.StringIO()
    tickets = extract(Source.from_text("a.md", text), vocabulary)
    assert any("\n" in review.text for review in tickets[0].reviews), "the test needs a review of two paragraphs"
    FORMATS["yaml"](Corpus(tickets, vocabulary), Output(stream))
    assert "text: |-\n" in stream.getvalue()
    (record,) = yaml.safe_load(stream.getvalue())
    assert [review["text"] for review in record["reviews"]] == [review.text for review in tickets[0].reviews]


def test_csv_has_a_row_per_ticket_with_lists_joined_and_reviews_counted() -> None:
    text = written("csv", "Bell rings, twice")
    assert list(csv.DictReader(io.StringIO(text))) == [
        {
            "path": "0.md",
            "line": "1",
            "id": "B1-OPS-01",
            "title": "Bell rings, twice",
            "severity": "P1",
            "priority": "",
            "status": "closed",
            "state": "closed",
            "batch": "",
            "agent": "",
            "assignee": "",
            "domain": "deck; bridge",
            "created": "2024-01-02",
            "updated": "",
            "summary": "'=1+1 rings.",
            "categories": "",
            "locations": "src/bell.py:12-14,20",
            "endorse": "2",
            "refine": "0",
            "neutral": "0",
            "object": "1",
            "other": "0",
            "open_boxes": "1",
            "concluded": "P4",
            "disposition": "wont-fix",
            "premise": corpus("x").tickets[0].premise,
            "defects": "0",
        }
    ]
    assert "\r" not in text


@pytest.mark.parametrize("title", ["=cmd|' /C calc'!A0", "+1", "-1+1", "@SUM(A1)"])
def test_no_cell_of_the_csv_is_a_formula(title: str) -> None:
    (row,) = csv.DictReader(io.StringIO(written("csv", title)))
    assert row["title"] == f"'{title}"


def test_the_columns_of_the_csv_stand_there_without_a_ticket_too() -> None:
    assert written("csv").startswith("path,line,id,title,severity,")
    assert len(written("csv").splitlines()) == 1


@pytest.mark.parametrize(("name", "text"), [("jsonl", ""), ("json", "[]\n"), ("yaml", "[]\n")])
def test_no_ticket_is_an_empty_list(name: str, text: str) -> None:
    assert written(name) == text


def test_the_table_says_what_a_lead_asks_first() -> None:
    head, _, row = written("table", "Bell rings twice").splitlines()
    assert head.split() == ["ticket", "severity", "status", "state", "reviews", "premise", "title"]
    assert [cell.strip() for cell in row.split("  ") if cell.strip()] == [
        "B1-OPS-01",
        "P1",
        "closed",
        "closed",
        "2 endorse · 1 object",
        corpus("x").tickets[0].premise,
        "Bell rings twice",
    ]


@pytest.mark.parametrize("width", [80, 160])
def test_the_table_fits_the_terminal_and_loses_nothing(width: int) -> None:
    title = "A bell that rings twice when the ferry lands at the old pier after sunset [and only then]"
    lines = written("table", title, width=width).splitlines()
    assert all(cell_len(line) <= width for line in lines)
    words = " ".join(lines).split()
    assert all(word in words for word in title.split())
    assert "…" not in "".join(lines)


def test_the_table_is_not_wrapped_where_there_is_no_terminal() -> None:
    assert "word " * 100 + "end" in written("table", "word " * 100 + "end")


@pytest.mark.parametrize("name", ["table", "screen"])
def test_no_ticket_can_steer_the_terminal(name: str) -> None:
    evil = "\x1b[2Jevil \x07[red]x[/red]"
    text = written("table", evil) if name == "table" else screen(corpus(evil))
    assert not set(text) & set("\x1b\x07")
    assert "[2Jevil [red]x[/red]" in text


DIAGNOSTIC = Diagnostic(
    "severity-disagreement",
    Level.WARNING,
    "`deck` recommends [P3], the ticket says P1",
    "0.md",
    Span(33, 3, 33, 9),
    "B1-OPS-01",
    "Cross-Review",
    "0" * 16,
    "",
)


def screen(batch: Corpus, width: int | None = None, *diagnostics: Diagnostic) -> str:
    stream = io.StringIO()
    write_screen(batch.tickets[0], diagnostics, batch.vocabulary, Output(stream, False, width))
    return stream.getvalue()


@pytest.mark.parametrize("width", [None, 80, 160])
def test_the_screen_shows_record_reviews_and_diagnostics(width: int | None) -> None:
    lines = screen(corpus("Bell rings twice"), width, DIAGNOSTIC).splitlines()
    assert all(cell_len(line) <= (width or 100) for line in lines)
    text = "\n".join(lines)
    assert "─ B1-OPS-01 ─" in lines[0]
    assert " 0.md:1 ─" in text
    titles = [line for line in lines if line and line[0].isalpha()]
    assert titles == ["Location", "Reviews", "Resolution", "Open boxes", "Diagnostics"]
    for shown in (
        "Bell rings twice",
        "P1 · closed · premise ",
        "created 2024-01-02",
        "src/bell.py:12-14,20  ring",
        "deck    object · recommends P3 · shows ",
        "bridge  endorse · no evidence",
        "disposition  wont-fix",
        "severity P1 → P4",
        "[ ]  The bell rings once",
        "33:3  warning  `deck` recommends [P3], the ticket says P1 [severity-disagreement]",
    ):
        assert " ".join(shown.split()) in " ".join(text.split())
    assert "It rings at" not in text


def test_the_screen_of_a_ticket_that_says_little_is_short() -> None:
    vocabulary = Vocabulary.builtin()
    tickets = extract(Source.from_text("a.md", "# Bell\n\n**Severity:** P1\n**Status:** new\n"), vocabulary)
    stream = io.StringIO()
    write_screen(tickets[0], (), vocabulary, Output(stream))
    assert len(stream.getvalue().splitlines()) == 4
