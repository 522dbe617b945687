"""The formats that programs read: what each prints, and that it is valid whatever stands in the tickets."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from nasty import NASTY, tickets
from ticketaudit import __version__
from ticketaudit.corpus import Corpus
from ticketaudit.manual import page
from ticketaudit.report import Diagnostic, Report
from ticketaudit.reporters import REPORTERS, markdown
from ticketaudit.rule import Level
from ticketaudit.rules import ALL
from ticketaudit.terminal import Output, clean
from ticketaudit.text import Source
from ticketaudit.vocabulary import Vocabulary
from validators import SARIF, VALIDATORS

Run = Callable[..., Any]
WriteTicket = Callable[..., Path]

RULES = tuple(rule for rule in ALL if rule.name in ("severity-disagreement", "malformed-ticket"))
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
NOTE = replace(
    ERROR,
    name="malformed-ticket",
    level=Level.NOTE,
    message="the file holds no ticket",
    path="empty & odd.md",
    span=Source("", ("",)).locate(1, None),
    ticket=None,
    section=None,
    fingerprint="fedcba9876543210",
    source="",
)
SUPPRESSED = replace(ERROR, path="pier.md", suppressed="decided in the round of 3 May")
BASELINED = replace(ERROR, path="quay.md", baselined=True)


def report(*diagnostics: Diagnostic, accepted: tuple[Diagnostic, ...] = (), **more: Any) -> Report:
    return Report(Corpus((), Vocabulary.builtin()), 2, RULES, diagnostics, accepted, **more)


def written(name: str, found: Report, folder: str = "") -> str:
    stream = io.StringIO()
    REPORTERS[name](found, Output(stream, folder=folder))
    return stream.getvalue()


FOUND = report(ERROR, NOTE, accepted=(SUPPRESSED, BASELINED), compared=True)


# --- what each prints


def test_jsonl_has_the_diagnostics_of_json_a_line_each() -> None:
    whole = json.loads(written("json", FOUND))
    assert [json.loads(line) for line in written("jsonl", FOUND).splitlines()] == whole["diagnostics"]


def test_github() -> None:
    assert written("github", FOUND) == (
        "::error file=docs/bell.md,line=3,endLine=3,col=18,endColumn=22,title=severity-disagreement"
        "::`deck` recommends P3, the ticket says P1\n"
        "::notice file=empty & odd.md,line=1,endLine=1,col=1,endColumn=1,title=malformed-ticket"
        "::the file holds no ticket\n"
    )


@pytest.mark.parametrize(
    ("found", "lines", "last"), [(9, 9, "::warning"), (10, 10, "1 further problem,"), (99, 10, "90")]
)
def test_github_counts_what_it_has_no_room_for_and_shows_the_worst(found: int, lines: int, last: str) -> None:
    notes = [replace(NOTE, span=replace(NOTE.span, line=line)) for line in range(1, found - 1)]
    warning = replace(ERROR, level=Level.WARNING)
    printed = written("github", report(*notes, warning, ERROR)).splitlines()
    assert len(printed) == lines
    assert [line.split()[0] for line in printed[:3]] == ["::error", "::warning", "::notice"]
    assert last in (printed[-1] if found > 9 else printed[1])


def test_gitlab() -> None:
    assert json.loads(written("gitlab", FOUND)) == [
        {
            "description": "`deck` recommends P3, the ticket says P1",
            "check_name": "severity-disagreement",
            "fingerprint": "0123456789abcdef",
            "severity": "major",
            "location": {"path": "docs/bell.md", "lines": {"begin": 3, "end": 3}},
        },
        {
            "description": "the file holds no ticket",
            "check_name": "malformed-ticket",
            "fingerprint": "fedcba9876543210",
            "severity": "info",
            "location": {"path": "empty & odd.md", "lines": {"begin": 1, "end": 1}},
        },
    ]


def test_junit() -> None:
    assert written("junit", FOUND) == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<testsuites name="ticketaudit" tests="4" failures="1" errors="0">\n'
        '  <testsuite name="docs/bell.md" tests="1" failures="1" errors="0" skipped="0">\n'
        '    <testcase name="severity-disagreement (3:18)" classname="docs/bell.md">\n'
        '      <failure type="error" message="`deck` recommends P3, the ticket says P1">'
        "docs/bell.md:3: `deck` recommends P3, the ticket says P1</failure>\n"
        "    </testcase>\n"
        "  </testsuite>\n"
        '  <testsuite name="empty &amp; odd.md" tests="1" failures="0" errors="0" skipped="0">\n'
        '    <testcase name="malformed-ticket (1:1)" classname="empty &amp; odd.md">\n'
        "      <system-out>empty &amp; odd.md:1: the file holds no ticket</system-out>\n"
        "    </testcase>\n"
        "  </testsuite>\n"
        '  <testsuite name="pier.md" tests="1" failures="0" errors="0" skipped="1">\n'
        '    <testcase name="severity-disagreement (3:18)" classname="pier.md">\n'
        '      <skipped message="decided in the round of 3 May" />\n'
        "    </testcase>\n"
        "  </testsuite>\n"
        '  <testsuite name="quay.md" tests="1" failures="0" errors="0" skipped="1">\n'
        '    <testcase name="severity-disagreement (3:18)" classname="quay.md">\n'
        '      <skipped message="in the baseline" />\n'
        "    </testcase>\n"
        "  </testsuite>\n"
        "</testsuites>\n"
    )


def test_markdown() -> None:
    assert written("markdown", FOUND) == (
        "## ticketaudit: 2 problems in 0 tickets\n"
        "\n"
        "1 error, 0 warnings, 1 note, 1 suppressed, 1 in the baseline\n"
        "\n"
        "| Level | Place | Ticket | Problem | Rule |\n"
        "| --- | --- | --- | --- | --- |\n"
        "| error | docs/bell.md:3 | B1-OPS-01 | `deck` recommends P3, the ticket says P1 | severity-disagreement |\n"
        "| note | empty &amp; odd.md:1 |  | the file holds no ticket | malformed-ticket |\n"
    )


def test_markdown_says_where_something_is_missing_and_where_nothing_was_found() -> None:
    assert written("markdown", report()).startswith("## ticketaudit: No problems in 0 tickets\n")
    assert "Not everything could be read" in written("markdown", report(complete=False))


@pytest.mark.parametrize("limit", [2000, 50_000, 1_000_000])
def test_a_summary_keeps_its_limit_and_counts_what_it_leaves_out(limit: int) -> None:
    many = report(*[replace(ERROR, message=f"ü{line}" * 20) for line in range(500)])
    text, whole = markdown.summary(many, limit), markdown.summary(many, 10_000_000)
    assert len(text.encode()) <= limit
    assert text == whole or "\nNo room for " in text[-40:]
    assert text == whole or len(text.encode()) > limit - 300


def test_markdown_fits_a_comment_and_then_the_worst_come_first() -> None:
    note = replace(ERROR, level=Level.NOTE)
    text = written("markdown", report(*[replace(note, message=f"{line}" * 40) for line in range(2000)], ERROR))
    assert 60_000 < len(text) < 65_536
    rows = text.split("| --- |")[-1].splitlines()
    assert [row.partition(" |")[0] for row in rows[1:4]] == ["| error", "| note", "| note"]
    assert text.endswith(" further lines.\n")


# --- SARIF


def run_of(found: Report, folder: str = "") -> dict[str, Any]:
    (run,) = json.loads(written("sarif", found, folder))["runs"]
    return dict(run)


def test_a_result_of_sarif() -> None:
    assert run_of(report(ERROR))["results"] == [
        {
            "ruleId": "severity-disagreement",
            "ruleIndex": [rule.name for rule in RULES].index("severity-disagreement"),
            "level": "error",
            "message": {"text": "`deck` recommends P3, the ticket says P1"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": "docs/bell.md", "uriBaseId": "%SRCROOT%"},
                        "region": {
                            "startLine": 3,
                            "startColumn": 18,
                            "endLine": 3,
                            "endColumn": 22,
                            "snippet": {"text": "`P1`"},
                        },
                        "contextRegion": {"startLine": 3, "snippet": {"text": "| **Severity** | `P1` |"}},
                    },
                    "logicalLocations": [{"name": "B1-OPS-01", "kind": "ticket"}],
                }
            ],
            "partialFingerprints": {
                "ticketaudit/v1": "0123456789abcdef:1",
                "primaryLocationLineHash": "0123456789abcdef:1",
            },
            "suppressions": [],
        }
    ]


def test_the_run_of_sarif_counts_columns_in_code_points_and_says_whether_all_was_read() -> None:
    run = run_of(report(complete=False))
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["invocations"] == [{"executionSuccessful": False}]
    assert run["tool"]["driver"]["version"] == __version__


def test_sarif_takes_the_help_of_a_rule_from_its_manual() -> None:
    rules = run_of(report())["tool"]["driver"]["rules"]
    assert [rule["help"]["markdown"] for rule in rules] == [page(rule) for rule in RULES]
    assert [rule["fullDescription"]["text"].split("\n")[0] for rule in rules] == [rule.summary for rule in RULES]


def test_sarif_keeps_what_is_accepted_and_says_why() -> None:
    results = {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]: result
        for result in run_of(FOUND)["results"]
    }
    accepted = {uri: (result["suppressions"], result["baselineState"]) for uri, result in results.items()}
    assert accepted == {
        "docs/bell.md": ([], "new"),
        "empty%20%26%20odd.md": ([], "new"),
        "pier.md": ([{"kind": "inSource", "justification": "decided in the round of 3 May"}], "new"),
        "quay.md": ([{"kind": "external", "justification": "in the baseline"}], "unchanged"),
    }


def test_the_schema_of_sarif_tells_a_wrong_log_from_a_right_one() -> None:
    right = json.loads(written("sarif", FOUND))
    assert SARIF.is_valid(right)
    assert not SARIF.is_valid({**right, "version": "2.0"})
    assert not SARIF.is_valid({**right, "runs": [{"results": []}]})


# --- what all have in common


@pytest.mark.parametrize("name", ["sarif", "gitlab", "github"])
def test_paths_for_platforms_begin_at_the_root_of_the_repository(name: str) -> None:
    beside = replace(ERROR, path="../quay.md")
    text = written(name, report(ERROR, beside), folder="team/harbour")
    assert "team/harbour/docs/bell.md" in text
    assert "team/quay.md" in text
    assert "../" not in text


@pytest.mark.parametrize("name", ["sarif", "gitlab"])
def test_fingerprints_of_like_diagnostics_are_numbered(name: str) -> None:
    text = written(name, report(ERROR, replace(ERROR, path="pier.md")))
    assert VALIDATORS[name](text) == 2
    assert '"0123456789abcdef:2"' in text


@pytest.mark.parametrize("name", VALIDATORS)
@pytest.mark.parametrize("found", [report(), report(complete=False), FOUND])
def test_output_is_valid(name: str, found: Report) -> None:
    assert VALIDATORS[name](written(name, found)) == len(found.diagnostics)


@pytest.mark.parametrize("name", VALIDATORS)
@pytest.mark.parametrize("nasty", NASTY.values(), ids=NASTY)
def test_no_text_in_a_diagnostic_makes_output_invalid(name: str, nasty: str) -> None:
    text = Source.from_text("", nasty).text.replace("\n", " ") or "x"
    odd = replace(ERROR, message=text, path=f"{text}.md", ticket=text, section=text, source=text)
    found = report(odd, accepted=(replace(odd, suppressed=text),), compared=True)
    assert VALIDATORS[name](written(name, found)) == 1


@pytest.mark.parametrize("nasty", NASTY.values(), ids=NASTY)
def test_no_text_in_a_ticket_makes_output_invalid(run: Run, folder: Path, nasty: str) -> None:
    for name, data in tickets(nasty).items():
        (folder / name).write_bytes(data)
    counts = {}
    for name, valid in VALIDATORS.items():
        ran = run("check", "odd.md", "named.md", "--output-format", name, "--select", "all")
        assert ran.status == 1
        counts[name] = valid(ran.out)
    assert len(set(counts.values())) == 1, counts
    assert counts["json"] > 3


@pytest.mark.skipif(sys.platform == "win32", reason="needs names that Windows does not allow")
@pytest.mark.parametrize("nasty", NASTY.values(), ids=NASTY)
def test_no_name_of_a_file_makes_output_invalid(run: Run, write_ticket: WriteTicket, nasty: str) -> None:
    name = (
        nasty.replace("/", "_")
        .replace("\0", "_")
        .encode("utf-8", errors="surrogatepass")[:200]
        .decode("utf-8", "replace")
    )
    write_ticket(f"x{name}.md")
    for form, valid in VALIDATORS.items():
        assert valid(run("check", ".", "--output-format", form).out) > 3


# --- a run in which everything comes together


@pytest.fixture
def everything(write_ticket: WriteTicket, folder: Path) -> Path:
    """Diagnostics, a suppression, a warning, a broken ticket, a file that cannot be read."""
    write_ticket("docs/bell.md")
    (folder / "docs" / "broken.md").write_bytes(b"---\nstatus: [\n---\n# X\n\n| **Severity** | P\xff1 |\n|---|\n```\n")
    pipe = folder / "docs" / "pipe.md"
    os.mkfifo(pipe)
    (folder / "ticketaudit.yaml").write_text('include: ["docs/**/*.md", "docs/*.none"]\n', encoding="utf-8")
    return pipe


@pytest.mark.skipif(sys.platform == "win32", reason="needs named pipes")
@pytest.mark.parametrize("name", VALIDATORS)
def test_standard_output_parses_when_everything_goes_wrong_at_once(run: Run, everything: Path, name: str) -> None:
    whole = run("check", "--output-format", name)
    assert "warning: `docs/*.none` in `include` takes no file" in whole.err
    named = run("check", "docs", "docs/pipe.md", "nowhere.md", "--output-format", name)
    assert (whole.status, named.status) == (1, 2)
    assert "nowhere.md: no such file" in named.err
    assert VALIDATORS[name](whole.out) == VALIDATORS[name](named.out) > 3


@pytest.mark.parametrize("name", VALIDATORS)
def test_standard_output_parses_where_nothing_is_found(run: Run, folder: Path, name: str) -> None:
    ran = run("check", "--output-format", name)
    assert (ran.status, VALIDATORS[name](ran.out)) == (2, 0)


def test_several_formats_in_one_run(run: Run, write_ticket: WriteTicket, folder: Path) -> None:
    write_ticket()
    others = [name for name in VALIDATORS if name != "json"]
    ran = run("check", "--output-format", "json", *(f"--output={name}:out.{name}" for name in others))
    count = VALIDATORS["json"](ran.out)
    assert count > 3
    assert {VALIDATORS[name]((folder / f"out.{name}").read_text("utf-8")) for name in others} == {count}


# --- the summary of a step


def test_the_summary_of_a_step_is_added_to(
    run: Run, write_ticket: WriteTicket, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_ticket()
    file = folder / "summary"
    file.write_text("from the step before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(file))
    run("check", "--output-format", "concise")
    assert file.read_text("utf-8") == "from the step before\n"
    run("check", "--output-format", "concise", "--output", "github:out")
    before, _, text = file.read_text("utf-8").partition("\n")
    assert before == "from the step before"
    assert text == run("check", "--output-format", "markdown").out


def test_a_summary_that_cannot_be_written_is_an_error(
    run: Run, write_ticket: WriteTicket, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_ticket()
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(folder))
    ran = run("check", "--output-format", "github")
    assert ran.status == 2
    assert "cannot be written: is a directory" in ran.err


def test_no_diagnostic_can_forge_a_command(run: Run) -> None:
    text = written("github", report(replace(ERROR, message="x\n::error::y", path="a,line=9::z.md")))
    assert text.count("\n") == 1
    assert clean("x\n::error::y") in text
    assert "file=a%2Cline=9%3A%3Az.md,line=3," in text
