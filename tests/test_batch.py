"""The batch report: what it shows, and that no ticket can make it show something else."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.text import Text as AnsiText

from ticketaudit.batch import FORMATS, markdown
from ticketaudit.corpus import Corpus
from ticketaudit.extract import extract
from ticketaudit.report import Diagnostic, Report
from ticketaudit.rule import Level, Rule
from ticketaudit.statistics import Statistics, summarise
from ticketaudit.terminal import Output, clean
from ticketaudit.text import Source, Span
from ticketaudit.vocabulary import Vocabulary

Run = Callable[..., Any]
WriteTicket = Callable[..., Path]

TICKET = """\
# Finding Ticket: {title}

| Field | Value |
|-------|-------|
| **Ticket ID** | `{id}` |
| **Severity** | `P1` |
| **Status** | {status} |
| **Batch** | 1 |
| **Domain** | berths, tariff |

## Cross-Review

| Reviewer | Verdict | Evaluation |
|----------|---------|------------|
| `ops` | **OBJECT** | Rare. |
| `nav` | **ENDORSE** | Seen. |

## Resolution

### Final Disposition: Won't Fix

Severity should be downgraded from P1 to P4.
"""


def statistics(title: str = "Gate stays shut", status: str = "closed", message: str = "a message") -> Statistics:
    vocabulary = Vocabulary.builtin()
    source = Source.from_text("gate.md", TICKET.format(id="B1-NAV-01", title=title, status=status))
    corpus = Corpus(extract(source, vocabulary), vocabulary)
    rules = tuple(
        Rule(name, "family", Level.WARNING, lambda corpus, options: iter(()), "A sentence.\n\nMore.\n")
        for name in ("loud", "quiet")
    )
    span = Span(3, 1, 3, 4)
    diagnostic = Diagnostic("loud", Level.ERROR, message, "gate.md", span, "B1-NAV-01", None, "f", "")
    return summarise(Report(corpus, 3, rules, (diagnostic,)))


def written(form: str, found: Statistics, width: int | None = None, color: bool = False) -> str:
    stream = io.StringIO()
    FORMATS[form](found, Output(stream, color, width))
    return stream.getvalue()


def test_markdown() -> None:
    assert (
        written("markdown", statistics())
        == """\
# Batch report

1 ticket in 1 file (2 other files read, no ticket in them). 1 diagnostic: 1 error.

## Counts

| Severity | Tickets |
| --- | ---: |
| P1 | 1 |
| total | 1 |

| Status | Tickets |
| --- | ---: |
| closed | 1 |
| total | 1 |

| Batch | Tickets |
| --- | ---: |
| 1 | 1 |
| total | 1 |

| Agent | Tickets |
| --- | ---: |
| none | 1 |
| total | 1 |

| Domain | Tickets |
| --- | ---: |
| berths | 1 |
| tariff | 1 |

| Category | Tickets |
| --- | ---: |
| none | 1 |
| total | 1 |

A ticket may have more than one domain.

## Tickets

| Ticket | Title | Status | Severity | Concluded | Verdicts | Disposition | Diagnostics |
| --- | --- | --- | --- | --- | --- | --- | ---: |
| B1-NAV-01 | Gate stays shut | closed | P1 | P4 | 1 endorse, 1 object | wont-fix | 1 |

## Diagnostics by rule

| Rule | Errors | Warnings | Notes | Tickets |
| --- | ---: | ---: | ---: | ---: |
| loud | 1 | 0 | 0 | 1 |
| total | 1 | 0 | 0 | 1 |

Nothing found by quiet.

### loud

A sentence.

- gate.md:3: error: a message
"""
    )


def cell_text(cell: str) -> list[str]:
    """The texts of the cells of the one row that a Markdown reader sees."""
    tokens = MarkdownIt().enable(["table", "strikethrough"]).parse(f"| a |\n| --- |\n| {cell} |\n")
    assert [token.type for token in tokens][-2:] == ["tbody_close", "table_close"]
    cells = [tokens[place + 1] for place, token in enumerate(tokens) if token.type == "td_open"]
    for cell_token in cells:
        assert {child.type for child in cell_token.children or ()} <= {"text", "text_special", "code_inline"}
    return ["".join(child.content for child in token.children or ()) for token in cells]


MARKS = st.text(st.sampled_from("`|\\*_~<>&[]()!#\n\r\t\x1b\x00\u2028-:.a "), max_size=20)


@given(MARKS | st.text(max_size=20))
def test_text_in_a_markdown_table_reads_as_it_is(text: str) -> None:
    shown = "".join(clean(text).replace("`", "").split())
    (cell,) = cell_text(markdown.escape(text))
    assert "".join(cell.replace("`", "").split()) == shown


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a | b", "a \\| b"),
        ("two\nlines", "two lines"),
        ("<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"),
        ("[a](javascript:b)", "\\[a\\](javascript:b)"),
        ("a_name and _this_", "a_name and \\_this\\_"),
        ("__init__", "\\_\\_init\\_\\_"),
        ("`storage` says ~~no~~", "`storage` says \\~\\~no\\~\\~"),
        ("`a | b`", "\\`a \\| b\\`"),
        ("a `` b", "a \\`\\` b"),
        ("\x1b[2Jgone", "\\[2Jgone"),
    ],
)
def test_what_markdown_would_obey_is_escaped(text: str, escaped: str) -> None:
    assert markdown.escape(text) == escaped


@pytest.mark.parametrize("width", [80, 160])
def test_terminal_fits_its_width(width: int) -> None:
    text = written("terminal", statistics(title="Gate stays shut " + "for very long " * 20), width)
    assert max(map(len, text.splitlines())) <= width
    assert ("Gate stays shut for very" in text) == (width == 160)


def test_terminal() -> None:
    text = written("terminal", statistics(), width=120)
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert "1 ticket in 1 file (2 other files read, no ticket in them). 1 diagnostic: 1 error." in lines
    assert "P1 1 closed 1 1 1 none 1" in lines
    assert "B1-NAV-01 closed P1 → P4 1 endorse, 1 object wont-fix 1 Gate stays shut" in lines
    assert "loud 1 0 0 1" in lines
    assert "Nothing found by quiet." in lines


def test_terminal_shows_untrusted_text_as_it_is() -> None:
    text = written("terminal", statistics(title="\x1b[31m[bold]red :smile:[/bold]"), width=160)
    assert "[31m[bold]red :smile:[/bold]" in text
    assert "\x1b" not in text


def test_color_is_the_only_difference_that_color_makes() -> None:
    plain = written("terminal", statistics(), width=100)
    colored = written("terminal", statistics(), width=100, color=True)
    assert "\x1b[" in colored
    assert AnsiText.from_ansi(colored).plain.split() == plain.split()


@pytest.mark.parametrize("form", FORMATS)
def test_a_batch_without_tickets_has_a_report(form: str) -> None:
    empty = summarise(Report(Corpus((), Vocabulary.builtin()), 0, (), ()))
    assert written(form, empty).count("0 tickets in 0 files. 0 diagnostics.") == 1


def test_report_is_markdown_where_nobody_looks(run: Run, write_ticket: WriteTicket) -> None:
    write_ticket()
    ran = run("report")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("# Batch report\n\n1 ticket in 1 file. ")


def test_report_is_for_the_terminal_where_there_is_one(
    run: Run, write_ticket: WriteTicket, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_ticket()
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert run("report", "--color", "never").out.startswith("1 ticket in 1 file. ")


def test_report_writes_the_same_to_a_file(run: Run, write_ticket: WriteTicket, folder: Path) -> None:
    write_ticket()
    printed = run("report").out
    assert run("report", "-o", "batch.md", "bell.md").out == ""
    assert (folder / "batch.md").read_text(encoding="utf-8") == printed


def test_report_holds_what_the_selected_rules_found(run: Run, write_ticket: WriteTicket) -> None:
    write_ticket()
    printed = run("report", "--select", "verdict-split").out
    assert "| verdict-split | 0 | 1 | 0 | 1 |" in printed
    assert "severity-disagreement" not in printed


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--output-format", "markdwn"], "unknown output format `markdwn`; did you mean `markdown`?"),
        (["nowhere.md"], "nowhere.md: no such file or folder"),
        (["--select", "verdict-spilt"], "unknown rule or family `verdict-spilt`; did you mean `verdict-split`?"),
        (["-o", "no/folder/report.md"], "cannot be written"),
    ],
)
def test_report_refuses_what_it_cannot_do(
    run: Run, write_ticket: WriteTicket, arguments: list[str], complaint: str
) -> None:
    write_ticket()
    ran = run("report", *arguments)
    assert ran.status == 2
    assert complaint in ran.err


def test_report_of_nothing_is_a_mistake_unless_allowed(run: Run, folder: Path) -> None:
    (folder / "notes.md").write_text("# Notes\n", encoding="utf-8")
    refused = run("report", "-o", "batch.txt")
    assert refused.status == 2
    assert "no ticket found in 1 file" in refused.err
    assert not (folder / "batch.txt").exists()
    allowed = run("report", "--allow-empty")
    assert allowed.status == 0
    assert "\n0 tickets in 0 files (1 other file read, no ticket in it). 0 diagnostics.\n" in allowed.out
