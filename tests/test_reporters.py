"""One report in every format. The goldens are short enough to read."""

from __future__ import annotations

import io
import json

import pytest
from jsonschema import Draft202012Validator
from msgspec.structs import replace
from rich.cells import cell_len

from ticketaudit import __version__
from ticketaudit.corpus import Corpus
from ticketaudit.report import Diagnostic, Report
from ticketaudit.reporters import REPORTERS
from ticketaudit.rule import Level
from ticketaudit.rules import ALL
from ticketaudit.schemas import schema
from ticketaudit.terminal import Output
from ticketaudit.text import Source
from ticketaudit.vocabulary import Vocabulary

SOURCE = Source.from_text("docs/bell.md", "# Bell\n\n| **Severity** | `P1` |\n")

ERROR = Diagnostic(
    name="severity-disagreement",
    level=Level.ERROR,
    message="`deck` recommends P3, the ticket says P1",
    path="docs/bell.md",
    span=SOURCE.locate(3, "P1"),
    ticket="B1-OPS-01",
    section="Bell",
    fingerprint="0123456789abcdef",
    source=SOURCE.line(3),
)
NOTE = Diagnostic(
    name="malformed-ticket",
    level=Level.NOTE,
    message="the file holds no ticket",
    path="empty.md",
    span=Source("empty.md", ("",)).locate(1, None),
    ticket=None,
    section=None,
    fingerprint="fedcba9876543210",
    source="",
)


def report(*diagnostics: Diagnostic) -> Report:
    return Report(Corpus((), Vocabulary.builtin()), 2, ALL, diagnostics)


def written(name: str, found: Report, *, color: bool = False, width: int | None = None) -> str:
    stream = io.StringIO()
    REPORTERS[name](found, Output(stream, color, width))
    return stream.getvalue()


def test_concise() -> None:
    assert written("concise", report(ERROR, NOTE)) == (
        "docs/bell.md:3:18: error: `deck` recommends P3, the ticket says P1 [severity-disagreement]\n"
        "empty.md:1:1: note: the file holds no ticket [malformed-ticket]\n"
    )


def test_full() -> None:
    assert written("full", report(ERROR, NOTE)) == (
        "error[severity-disagreement]: `deck` recommends P3, the ticket says P1\n"
        "  --> docs/bell.md:3:18\n"
        "   │\n"
        " 3 │ | **Severity** | `P1` |\n"
        "   │                  ^^^^\n"
        "   = B1-OPS-01 · Bell\n"
        "\n"
        "note[malformed-ticket]: the file holds no ticket\n"
        "  --> empty.md:1:1\n"
        "\n"
    )


def test_full_in_colour_marks_in_the_colour_of_the_level() -> None:
    text = written("full", report(ERROR), color=True)
    assert "\x1b[1;31merror[severity-disagreement]\x1b[0m" in text
    assert "\x1b[1;31m`P1`\x1b[0m" in text
    assert "\x1b[1;31m^^^^\x1b[0m" in text


def test_full_shows_brackets_and_markup_as_they_are() -> None:
    odd = replace(ERROR, message="[bold]x[/bold] :smile: [link=http://x]", source="- [ ] [red]a[/red]", ticket="[id]")
    text = written("full", report(odd), color=True)
    for shown in ("[bold]x[/bold] :smile: [link=http://x]", "[red]a[/red]", "[id]"):
        assert shown in text.replace("\x1b[1;31m", "").replace("\x1b[0m", "")


@pytest.mark.parametrize("name", ["full", "concise"])
def test_no_ticket_can_steer_the_terminal_or_begin_a_line(name: str) -> None:
    evil = "\x1b]0;x\x07\x1b[2J\u202eevil\nerror: made up\r"
    diagnostic = replace(ERROR, message=evil, ticket=evil, section=evil, source=evil, path=f"a{evil}.md")
    text = written(name, report(diagnostic))
    assert not set(text) & set("\x1b\x07\r\u202e")
    assert not any(line.startswith("error: made up") for line in text.splitlines())
    assert len(text.splitlines()) == (7 if name == "full" else 1)


def test_full_wraps_and_cuts_nothing_where_there_is_no_terminal() -> None:
    long = replace(ERROR, message="word " * 200 + "end", source="x" * 5000 + "P1" + "y" * 5000)
    lines = written("full", report(replace(long, span=Source("", (long.source,)).locate(1, "P1")))).splitlines()
    assert lines[0].endswith("word end")
    assert lines[3].endswith("P1" + "y" * 5000)
    assert lines[4].index("^^") == lines[3].index("P1")


@pytest.mark.parametrize("width", [40, 80, 160])
@pytest.mark.parametrize("mark", ["MARK", "MARK" * 100])
@pytest.mark.parametrize(("before", "after"), [(0, 0), (500, 0), (0, 500), (500, 500), (30, 500), (500, 30)])
@pytest.mark.parametrize("filler", ["x", "漢"])
def test_full_cuts_long_lines_around_the_mark(width: int, mark: str, before: int, after: int, filler: str) -> None:
    source = Source("", (filler * before + mark + filler * after,))
    diagnostic = replace(ERROR, source=source.line(1), span=source.locate(1, mark), message="word " * 60)
    lines = written("full", report(diagnostic), width=width).splitlines()
    assert all(cell_len(line) <= width for line in lines)
    code, carets = lines[-4:-2] if lines[-1] == "" else lines[-3:-1]
    shown = code.split("│ ", 1)[1]
    assert shown.count("MARK") >= (1 if mark == "MARK" else 5)
    start = shown.index("MARK")
    assert carets.split("│ ", 1)[1].index("^") == cell_len(shown[:start])
    assert shown.startswith("…") <= (before > 0)
    assert shown.endswith("…") <= (after > 0 or len(mark) > width)
    if cell_len(source.line(1)) > width and len(mark) < width:
        assert cell_len(shown) > width - 9, "the room is used"


def test_full_counts_wide_and_combining_letters_as_the_terminal_does() -> None:
    source = Source("", ("漢字 e\u0301 `P1`",))
    lines = written("full", report(replace(ERROR, source=source.line(1), span=source.locate(1, "P1")))).splitlines()
    assert cell_len(lines[3][: lines[3].index("`")]) == lines[4].index("^")


def test_json() -> None:
    text = written("json", report(ERROR, NOTE))
    assert json.loads(text) == {
        "version": 1,
        "tool": {"name": "ticketaudit", "version": __version__},
        "execution_successful": True,
        "summary": {
            "files": 2,
            "tickets": 0,
            "diagnostics": 2,
            "suppressed": 0,
            "baselined": 0,
            "levels": {"error": 1, "warning": 0, "note": 1},
        },
        "diagnostics": [
            {
                "name": "severity-disagreement",
                "level": "error",
                "message": "`deck` recommends P3, the ticket says P1",
                "path": "docs/bell.md",
                "line": 3,
                "column": 18,
                "end_line": 3,
                "end_column": 22,
                "ticket": "B1-OPS-01",
                "section": "Bell",
                "fingerprint": "0123456789abcdef",
                "url": None,
            },
            {
                "name": "malformed-ticket",
                "level": "note",
                "message": "the file holds no ticket",
                "path": "empty.md",
                "line": 1,
                "column": 1,
                "end_line": 1,
                "end_column": 1,
                "ticket": None,
                "section": None,
                "fingerprint": "fedcba9876543210",
                "url": None,
            },
        ],
        "suppressed": [],
    }
    assert text.startswith('{\n  "version": 1,\n')
    assert text.endswith("}\n")


@pytest.mark.parametrize("found", [report(), report(ERROR, NOTE)])
def test_json_keeps_its_schema(found: Report) -> None:
    Draft202012Validator.check_schema(schema("diagnostics"))
    Draft202012Validator(schema("diagnostics")).validate(json.loads(written("json", found)))


def test_the_schema_tells_a_wrong_report_from_a_right_one() -> None:
    right = json.loads(written("json", report(ERROR)))
    validator = Draft202012Validator(schema("diagnostics"))
    for wrong in (
        {**right, "version": 2},
        {key: value for key, value in right.items() if key != "summary"},
        {**right, "diagnostics": [{**right["diagnostics"][0], "level": "fatal"}]},
        {**right, "diagnostics": [{**right["diagnostics"][0], "line": 0}]},
    ):
        assert not validator.is_valid(wrong)


@pytest.mark.parametrize("name", ["full", "concise"])
def test_formats_for_people_print_nothing_where_nothing_was_found(name: str) -> None:
    assert written(name, report()) == ""


@pytest.mark.parametrize("name", REPORTERS)
def test_the_same_report_gives_the_same_text(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = written(name, report(ERROR, NOTE))
    for variable, value in (("COLUMNS", "20"), ("TERM", "dumb"), ("COLORTERM", "truecolor"), ("FORCE_COLOR", "1")):
        monkeypatch.setenv(variable, value)
    assert written(name, report(ERROR, NOTE)) == first
