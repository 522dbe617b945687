"""The batch report: what it shows, and that no ticket can make it show something else."""

from __future__ import annotations

import io

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
    shown = " ".join(clean(text).replace("`", "").split())
    (cell,) = cell_text(markdown.escape(text))
    assert " ".join(cell.replace("`", "").split()) == shown


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a | b", "a \\| b"),
        ("two\nlines", "two lines"),
        ("<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"),
        ("[a](javascript:b)", "\\[a\\](javascript:b)"),
        ("a_name and _this_", "a_name and \\_this\\_"),
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
