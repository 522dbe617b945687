"""The batch report: what it shows, and that no ticket can make it show something else."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.text import Text as AnsiText

from ticketaudit.batch import FORMATS, WHOLE, Batch, markdown
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

FIXTURES = Path(__file__).parent.parent / "fixtures" / "tickets"

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


def statistics(
    title: str = "Gate stays shut", status: str = "closed", message: str = "a message", path: str = "gate.md"
) -> Statistics:
    vocabulary = Vocabulary.builtin()
    source = Source.from_text(path, TICKET.format(id="B1-NAV-01", title=title, status=status))
    corpus = Corpus(extract(source, vocabulary), vocabulary)
    rules = tuple(
        Rule(name, "family", Level.WARNING, lambda corpus, options: iter(()), "A sentence.\n\nMore.\n")
        for name in ("loud", "quiet")
    )
    span = Span(3, 1, 3, 4)
    diagnostic = Diagnostic("loud", Level.ERROR, message, path, span, "B1-NAV-01", None, "f", "")
    return summarise(Report(corpus, 3, rules, (diagnostic,)))


def written(form: str, found: Statistics, width: int | None = None, color: bool = False, **batch: Any) -> str:
    stream = io.StringIO()
    FORMATS[form](Batch(found, **batch), Output(stream, color, width))
    return stream.getvalue()


def test_markdown() -> None:
    golden = """\
# Batch report

## Summary

1 ticket in 1 file (2 other files read, no ticket in them). 1 diagnostic: 1 error.

- 0 open, 1 closed
- 1 ticket whose reviewers contradict each other: [B1-NAV-01](gate.md#L1)
- 1 ticket re-rated in the end (1 down, 0 up)

## Tickets

| Ticket | Title | Status | Severity | Why | Verdicts | Consensus | Disposition | Premise | Found |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | ---: |
| [B1-NAV-01](gate.md#L1) | Gate stays shut | closed | P1 → P4 | down 3, line 22 | 1 endorse, 1 object | split | \
wont-fix | unverified | 1 |

## Severity

| Status by severity | P1 | total |
| --- | ---: | ---: |
| closed | 1 | 1 |

| Domain by severity | P1 | total |
| --- | ---: | ---: |
| berths | 1 | 1 |
| tariff | 1 | 1 |

| Disposition by severity | P1 | total |
| --- | ---: | ---: |
| wont-fix | 1 | 1 |

### Concluded against original

Of the 1 ticket, 1 with a severity that was concluded:

| Original | Concluded | Steps | Tickets | |
| --- | --- | --- | ---: | --- |
| P1 | P4 | 3 down | 1 | ████████████████ |

## Rules

| Rule | Errors | Warnings | Notes | Tickets |
| --- | ---: | ---: | ---: | ---: |
| loud | 1 | 0 | 0 | 1 |
| total | 1 | 0 | 0 | 1 |

Nothing found by quiet.

## Diagnostics by rule

### loud

A sentence.

- [gate.md:3](gate.md#L3): error: a message

<!-- written by ticketaudit report; report --check says whether it still holds -->
"""
    chosen = ("summary", "tickets", "severity", "rules", "diagnostics")
    assert written("markdown", statistics(), sections=chosen) == golden


def test_links_go_out_from_where_the_report_stands() -> None:
    found = statistics(path="tickets/open/the gate.md")
    assert "](tickets/open/the%20gate.md#L1)" in written("markdown", found)
    assert "](../open/the%20gate.md#L1)" in written("markdown", found, folder="tickets/reports")


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
    # An empty character keeps "@name" from calling somebody of that name.
    assert "".join(cell.replace("`", "").replace("\u200b", "").split()) == shown.replace("\u200b", "")


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
    assert ("Some columns were left out; a terminal of 120 columns shows all.\n" in text) == (width == 80)


HOSTILE = """\
# <script>alert(1)</script>

| Field | Value |
|-------|-------|
| **Ticket ID** | `B9-OPS-01` |
| **Severity** | =cmd() |
| **Status** | open |
| **Domain** | "><img src=x onerror=alert(2)> |
"""
TITLE, DOMAIN, SEVERITY = "<script>alert(1)</script>", '"><img src=x onerror=alert(2)>', "=cmd()"


@pytest.mark.parametrize("form", ["markdown", "terminal", "json", "csv"])
def test_what_a_hostile_ticket_says_stays_text(form: str, run: Run, folder: Path) -> None:
    """`test_html` and `test_browser` look at the HTML."""
    (folder / "hostile.md").write_text(HOSTILE, encoding="utf-8")
    text = run("report", "--isolated", "--output-format", form, "hostile.md").out
    if form == "json":
        (ticket,) = json.loads(text)["tickets"]
        assert (ticket["title"], ticket["domain"], ticket["severity"]) == (TITLE, [DOMAIN], SEVERITY)
    elif form == "csv":
        (record,) = csv.DictReader(io.StringIO(text))
        assert (record["title"], record["domain"], record["severity"]) == (TITLE, DOMAIN, f"'{SEVERITY}")
    elif form == "terminal":
        assert DOMAIN in text
        assert SEVERITY in text
    else:
        tokens = MarkdownIt().enable("table").parse(text)
        inline = [child for token in tokens for child in token.children or ()]
        assert not [token for token in inline if token.type in ("html_inline", "image")]
        assert [token.content for token in tokens if token.type == "html_block"] == [text.splitlines()[-1] + "\n"]
        shown = ["".join(child.content for child in token.children or ()) for token in tokens if token.type == "inline"]
        assert {TITLE, DOMAIN, SEVERITY} <= set(shown)


WIDE = """\
# Finding Ticket: The gate of the northern berth stays shut

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-NAV-0{number}` |
| **Severity** | `P1` |
| **Status** | open |

## Location

| Field | Value |
|-------|-------|
| File | `harbour/src/saltway/operations/berths/hydraulics/northern_gate.py` |

## Summary

The hydraulic gate of the northern berth stays shut after the evening departure of the last ferry.

## Cross-Review

| Reviewer | Verdict | Evaluation |
|----------|---------|------------|
| `harbour-office` | **ENDORSE** | Seen. |
| `operations-desk` | **OBJECT** | Rare. |
"""


def test_terminal_breaks_no_word_and_cuts_a_path_at_its_beginning() -> None:
    vocabulary = Vocabulary.builtin()
    sources = {f"{number}.md": Source.from_text(f"{number}.md", WIDE.format(number=number)) for number in range(6)}
    tickets = tuple(ticket for source in sources.values() for ticket in extract(source, vocabulary))
    found = summarise(Report(Corpus(tickets, vocabulary, sources), 6, (), ()))
    text = written("terminal", found, 80, sections=("reviewers", "hotspots", "duplicates"))
    assert max(map(len, text.splitlines())) <= 80
    assert "\nharbour-office         6  0 of 6 (0%)" in text
    assert re.search(r"1\.00  B1-NAV-00  B1-NAV-01  no       …[\w/]+/hydraulics/northern_gate\.py$", text, re.MULTILINE)


def test_the_summary_names_what_contradicts_itself() -> None:
    """A ticket that is filed as fixed and still open is counted as open: a lead must know."""
    text = written("markdown", statistics(status="open", path="wontfix/gate.md"), sections=("summary",))
    assert (
        "\n- 1 open (1 P1), 0 closed\n- 1 ticket whose status, resolution and folder contradict each other: [" in text
    )


def test_a_long_tail_of_values_is_left_out_and_said_to_be() -> None:
    vocabulary = Vocabulary.builtin()
    names = [f"word{chr(97 + number)}" for number in range(25)]
    tickets = [
        ticket
        for number, name in enumerate(names)
        for ticket in extract(
            Source.from_text(f"{number}.md", f"---\nid: X-{number}\nseverity: {name}\nstatus: {name}\n---\n# A\n"),
            vocabulary,
        )
    ]
    found = summarise(Report(Corpus(tuple(tickets), vocabulary), 25, (), ()))
    text = written("markdown", found, sections=("counts", "severity"))
    assert "Rare values are left out: of severity (5), status (5). The JSON format has all." in text
    assert "No ticket has a batch or agent or domain or category or disposition." in text
    header = next(line for line in text.splitlines() if line.startswith("| Status by severity"))
    assert header == f"| Status by severity | {' | '.join(names[:6])} | other | total |"


def test_terminal() -> None:
    text = written("terminal", statistics(), width=160)
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert "1 ticket in 1 file (2 other files read, no ticket in them). 1 diagnostic: 1 error." in lines
    assert "P1 1 ██████████ closed 1 ██████████ 1 1 ██████████" in lines
    row = "B1-NAV-01 Gate stays shut closed P1 → P4 down 3, line 22 1 endorse, 1 object split wont-fix unverified 1"
    assert row in lines
    assert "loud 1 0 0 1" in lines
    assert "Nothing found by quiet." in lines
    assert "a message" not in text


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
    text = written(form, empty)
    if form in WHOLE:
        assert '"tickets": 0' in text or text.count("\n") == 1
    else:
        assert text.count("0 tickets in 0 files. 0 diagnostics.") == 1


WORDS = st.text(st.sampled_from("`|\\*_~<>&[]()!#\n\r\t\x1b\x00\u2028-:.a1 "), max_size=12)


@given(
    st.lists(
        st.fixed_dictionaries({"title": WORDS, "status": st.sampled_from(["open", "closed", "?"]) | WORDS}), max_size=3
    )
)
def test_no_ticket_breaks_a_format(tickets: list[dict[str, str]]) -> None:
    vocabulary = Vocabulary.builtin()
    sources = [
        Source.from_text(f"{number}.md", TICKET.format(id="B1-NAV-01", **words)) for number, words in enumerate(tickets)
    ]
    found = tuple(ticket for source in sources for ticket in extract(source, vocabulary))
    corpus = Corpus(found, vocabulary, {source.path: source for source in sources})
    summed = summarise(Report(corpus, len(sources), (), ()))
    for form in FORMATS:
        text = written(form, summed)
        assert text
        assert form in WHOLE or not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", text)


def test_report_is_markdown_where_nobody_looks(run: Run, write_ticket: WriteTicket) -> None:
    write_ticket()
    ran = run("report")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("# Batch report\n\n## Summary\n\n1 ticket in 1 file. ")


def test_report_is_for_the_terminal_where_there_is_one(
    run: Run, write_ticket: WriteTicket, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_ticket()
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert run("report", "--color", "never").out.startswith("Batch report")


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
        (["--sections", "sumary"], "unknown section `sumary`; did you mean `summary`?"),
        (["--group-by", "severty"], "unknown field `severty`; did you mean `severity`?"),
        (["--as-of", "2025-02-30"], "`--as-of 2025-02-30` is no day"),
        (["--sections", "counts", "--output-format", "csv"], "`--sections` says nothing to the format csv"),
        (["--group-by", "agent", "--output-format", "json"], "`--group-by` says nothing to the format json"),
    ],
)
def test_report_refuses_what_it_cannot_do(
    run: Run, write_ticket: WriteTicket, arguments: list[str], complaint: str
) -> None:
    write_ticket()
    ran = run("report", *arguments)
    assert ran.status == 2
    assert complaint in ran.err


def test_sections_come_in_the_order_that_was_asked_for(run: Run, write_ticket: WriteTicket) -> None:
    write_ticket()
    out = run("report", "--title", "Round *3*", "--sections", "rules,counts", "--sections", "tickets").out
    headings = [line for line in out.splitlines() if line.startswith("#")]
    assert headings == ["# Round \\*3\\*", "## Rules", "## Counts", "## Tickets"]


def test_tickets_may_be_listed_in_groups(run: Run, write_ticket: WriteTicket) -> None:
    write_ticket()
    write_ticket("horn.md", id="B1-OPS-02").write_text("---\nid: B1-OPS-02\nstatus: open\n---\n# Horn\n", "utf-8")
    out = run("report", "--sections", "tickets", "--group-by", "severity").out
    assert [line for line in out.splitlines() if line.startswith("###")] == [
        "### Severity: P1 (1)",
        "### Severity: none (1)",
    ]


def test_ages_count_to_the_day_that_is_given(run: Run, write_ticket: WriteTicket, folder: Path) -> None:
    (folder / "horn.md").write_text("---\nid: B1-OPS-02\nstatus: open\ncreated: 2025-03-01\n---\n# Horn\n", "utf-8")
    out = run("report", "--sections", "ages", "--as-of", "2025-03-31").out
    assert "| Age of open tickets | 1 | 30 days | 30 days | 30 days |" in out


def test_json_is_what_its_schema_says(run: Run) -> None:
    schema = json.loads(run("schema", "report").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    report = json.loads(run("report", "--output-format", "json", "--isolated", str(FIXTURES)).out)
    jsonschema.Draft202012Validator(schema).validate(report)
    assert list(report) == schema["required"]
    assert set(report["tickets"][0]) == set(schema["properties"]["tickets"]["items"]["required"])
    assert {entry["by"]: sum(count["tickets"] for count in entry["counts"]) for entry in report["counts"]}[
        "severity"
    ] == report["summary"]["tickets"]


def test_csv_has_a_row_per_ticket(run: Run) -> None:
    out = run("report", "--output-format", "csv", "--isolated", str(FIXTURES)).out
    rows = list(csv.DictReader(io.StringIO(out)))
    record = next(row for row in rows if row["id"] == "B2-NAV-01")
    assert len(rows) == 14
    assert (record["original_severity"], record["final_severity"], record["steps"]) == ("P1", "P4", "3")
    assert (record["endorse"], record["object"], record["consensus"]) == ("2", "1", "2/3 endorse")


@pytest.mark.parametrize("text", ["=cmd()", "+1", "-1", "@SUM(A1)"])
def test_csv_holds_no_formulas(text: str) -> None:
    (record,) = csv.DictReader(io.StringIO(written("csv", statistics(title=text, status=text))))
    assert (record["title"], record["status"]) == (f"'{text}", f"'{text}")


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_tickets_give_the_same_bytes(form: str, run: Run) -> None:
    first, second = (run("report", "--output-format", form, "--isolated", str(FIXTURES)).out for _ in range(2))
    assert first == second


def test_report_of_nothing_is_a_mistake_unless_allowed(run: Run, folder: Path) -> None:
    (folder / "notes.md").write_text("# Notes\n", encoding="utf-8")
    refused = run("report", "-o", "batch.txt")
    assert refused.status == 2
    assert "no ticket found in 1 file" in refused.err
    assert not (folder / "batch.txt").exists()
    allowed = run("report", "--allow-empty")
    assert allowed.status == 0
    assert "\n0 tickets in 0 files (1 other file read, no ticket in it). 0 diagnostics.\n" in allowed.out
