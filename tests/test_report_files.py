"""What `report` says of files: a committed report that is out of date, a summary that the tickets contradict."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
WriteTicket = Callable[..., Path]

FIXTURES = Path(__file__).parent.parent / "fixtures" / "tickets"
SUMMARY = """\
# Round one

| Severity | Tickets |
|----------|--------:|
| P1 | 2 |

- B1-OPS-01 (P1): rings twice
"""


@pytest.fixture
def committed(run: Run, write_ticket: WriteTicket) -> str:
    """A report that stands beside its ticket."""
    write_ticket("tickets/bell.md")
    assert run("report", "-o", "tickets/report.md", "tickets").status == 0
    return "tickets/report.md"


def test_a_report_that_holds_passes(run: Run, committed: str) -> None:
    ran = run("report", "--check", committed, "tickets")
    assert (ran.status, ran.out, ran.err) == (0, "", "tickets/report.md says what the tickets say.\n")


def test_a_report_that_is_out_of_date_is_shown_as_a_diff(run: Run, committed: str, folder: Path) -> None:
    ticket = folder / "tickets" / "bell.md"
    ticket.write_text(ticket.read_text("utf-8").replace("`P1`", "`P3`"), "utf-8")
    ran = run("report", "--check", committed, "tickets")
    assert ran.status == 1
    assert ran.out.startswith("--- tickets/report.md\n+++ what the tickets say\n@@ ")
    assert "\n-| P1 | 1 | ████████████████ |\n+| P3 | 1 | ████████████████ |\n" in ran.out
    assert "out of date" in ran.err


def test_line_ends_of_a_checkout_are_no_difference(run: Run, committed: str, folder: Path) -> None:
    report = folder / committed
    report.write_bytes(report.read_bytes().replace(b"\n", b"\r\n"))
    assert run("report", "--check", committed, "tickets").status == 0


def test_what_the_report_was_written_with_must_be_said_again(run: Run, committed: str) -> None:
    options = ("--title", "Round one", "--sections", "summary,tickets")
    assert run("report", "-o", committed, *options, "tickets").status == 0
    assert run("report", "--check", committed, *options, "tickets").status == 0
    assert run("report", "--check", committed, "tickets").status == 1


def test_a_report_may_be_written_again_in_the_folder_of_its_tickets(run: Run, committed: str, folder: Path) -> None:
    before = (folder / committed).read_bytes()
    assert run("report", "-o", committed, "tickets").status == 0
    assert (folder / committed).read_bytes() == before
    assert "passed over  tickets/report.md: a batch report\n" in run("check", "--show-files", "tickets").out


@pytest.mark.parametrize("where", ["tickets", "elsewhere", "."])
def test_a_report_is_the_same_wherever_it_is_written(
    run: Run, write_ticket: WriteTicket, folder: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """Also of tickets without an id, which are named by where they stand, and of diagnostics."""
    for name in ("a bell.md", "horn.md"):
        ticket = write_ticket(f"tickets/open/{name}")
        ticket.write_text(ticket.read_text("utf-8").replace("| **Ticket ID** | `B1-OPS-01` |\n", ""), "utf-8")
    (folder / "elsewhere").mkdir()
    assert run("report", "--isolated", "-o", "tickets/report.md", "tickets").status == 0
    assert "[open/a bell.md:1](open/a%20bell.md#L1)" in (folder / "tickets/report.md").read_text("utf-8")
    monkeypatch.chdir(folder / where)
    ran = run("report", "--isolated", "--check", str(folder / "tickets/report.md"), str(folder / "tickets"))
    assert (ran.status, ran.out) == (0, "")


def test_a_ticket_is_never_overwritten(run: Run, committed: str) -> None:
    refused = run("report", "-o", "tickets/bell.md", "tickets")
    assert refused.status == 2
    assert "one of the files that are read" in refused.err


@pytest.mark.parametrize("option", ["-o", "--check"])
def test_a_ticket_that_was_not_read_is_no_report_either(
    run: Run, committed: str, write_ticket: WriteTicket, folder: Path, option: str
) -> None:
    ticket = write_ticket("elsewhere/horn.md", id="B1-OPS-07")
    before = ticket.read_bytes()
    refused = run("report", option, "elsewhere/horn.md", "tickets")
    assert refused.status == 2
    assert refused.err == "error: elsewhere/horn.md: holds a ticket, no report; name another file\n"
    assert (refused.out, ticket.read_bytes()) == ("", before)


@pytest.mark.parametrize(
    "text",
    [
        "# Round one\n\nTwo bells ring, and somebody should go and see.\n",
        "# Round one\n\n| Ticket | Severity |\n|---|---|\n| B1-OPS-01 | P1 |\n",
    ],
)
def test_what_a_person_wrote_is_never_overwritten(run: Run, write_ticket: WriteTicket, folder: Path, text: str) -> None:
    write_ticket("tickets/bell.md")
    (folder / "list.j2").write_text("# Bugs\n", "utf-8")
    summary = folder / "summary.md"
    summary.write_text(text, "utf-8")
    for template in ((), ("--template", "list.j2")):
        refused = run("report", *template, "-o", "summary.md", "tickets")
        assert (refused.status, refused.out) == (2, "")
        assert refused.err.startswith("error: summary.md: ")
    assert summary.read_text("utf-8") == text


@pytest.mark.parametrize(("name", "text"), [("report.md", ""), ("report.md", "\n \n"), ("report.txt", "Words.\n")])
def test_what_nobody_would_miss_is_replaced(
    run: Run, write_ticket: WriteTicket, folder: Path, name: str, text: str
) -> None:
    write_ticket("tickets/bell.md")
    (folder / name).write_text(text, "utf-8")
    assert run("report", "-o", name, "tickets").status == 0
    assert (folder / name).read_text("utf-8").startswith("# Batch report\n")


@pytest.mark.parametrize("option", ["--verify-summary", "--template", "--against"])
def test_what_a_report_is_made_with_is_not_overwritten_by_it(
    run: Run, write_ticket: WriteTicket, folder: Path, option: str
) -> None:
    write_ticket("tickets/bell.md")
    file = folder / "given.txt"
    text = json.dumps({"version": 1, "tickets": [], "figures": {}})
    file.write_text(text, "utf-8")
    refused = run("report", option, "given.txt", "-o", "given.txt", "tickets")
    assert refused.status == 2
    assert "given.txt: one of the files that are read" in refused.err
    assert file.read_text("utf-8") == text


@pytest.mark.parametrize("name", ["report.html", "summary.md", "list.md"])
def test_only_a_report_in_markdown_can_be_out_of_date(
    run: Run, write_ticket: WriteTicket, folder: Path, name: str
) -> None:
    write_ticket("tickets/bell.md")
    (folder / "list.j2").write_text("# Bugs\n", "utf-8")
    (folder / "summary.md").write_text("# Round one\n\nIt went well.\n", "utf-8")
    assert run("report", "--output-format", "html", "-o", "report.html", "tickets").status == 0
    assert run("report", "--template", "list.j2", "-o", "list.md", "tickets").status == 0
    ran = run("report", "--check", name, "tickets")
    told = f"error: {name}: no Markdown report that `ticketaudit report` wrote\n"
    assert (ran.status, ran.out, ran.err) == (2, "", told)


def test_what_a_template_wrote_may_be_written_again(run: Run, folder: Path) -> None:
    rows = "{% for row in report.tickets %}| {{ row.id }} | {{ row.title }} | {{ row.severity }} |\n{% endfor %}"
    (folder / "list.j2").write_text(f"# Bugs\n\n| ID | Title | Severity |\n|---|---|---|\n{rows}", "utf-8")
    for _ in range(2):
        assert run("report", "--isolated", "--template", "list.j2", "-o", "list.md", str(FIXTURES)).status == 0


def test_a_summary_is_compared_with_the_tickets(run: Run, write_ticket: WriteTicket, folder: Path) -> None:
    write_ticket()
    (folder / "SUMMARY.txt").write_text(SUMMARY, "utf-8")
    ran = run("report", "--verify-summary", "SUMMARY.txt")
    message = "the summary counts 2 of severity P1, there is 1"
    assert ran.out == f"SUMMARY.txt:5:8: warning: {message} [summary-mismatch]\n"
    told = "SUMMARY.txt: 2 claims compared with the tickets.\nFound 1 problem (1 warning) in 1 ticket.\n"
    assert (ran.status, ran.err) == (1, told)


def test_a_summary_among_the_tickets_is_no_ticket_itself(run: Run, write_ticket: WriteTicket, folder: Path) -> None:
    write_ticket()
    rows = "| Ticket | Severity | Status |\n|---|---|---|\n| B1-OPS-01 | P1 | closed |\n| B1-OPS-02 | P2 | open |\n"
    (folder / "SUMMARY.md").write_text(f"# Round one\n\n{rows}", "utf-8")
    ran = run("report", "--verify-summary", "SUMMARY.md")
    assert ran.out == "SUMMARY.md:6:3: warning: no ticket `B1-OPS-02` is known [summary-mismatch]\n"
    assert ran.err.endswith("Found 1 problem (1 warning) in 1 ticket.\n")


def test_a_summary_that_is_right_passes(run: Run, write_ticket: WriteTicket, folder: Path) -> None:
    write_ticket()
    (folder / "SUMMARY.txt").write_text(SUMMARY.replace("| 2 |", "| 1 |"), "utf-8")
    ran = run("report", "--verify-summary", "SUMMARY.txt")
    told = "SUMMARY.txt: 2 claims compared with the tickets.\nFound no problems in 1 ticket.\n"
    assert (ran.status, ran.out, ran.err) == (0, "", told)


def test_a_summary_says_which_lines_were_not_compared(run: Run, write_ticket: WriteTicket, folder: Path) -> None:
    write_ticket()
    lines = (
        "We reviewed 1 ticket. 1 is closed.",
        "B1-OPS-01 (P1) is closed, and 3 bells rang.",
        "It took until 2025-03-14, or 50 % of the time, and nobody slept.",
        "See B9-OPS-77 for the horn.",
        "| Bells | Rings |\n|---|---|\n| north | 7 |\n| south | 8 |",
    )
    (folder / "SUMMARY.txt").write_text("\n\n".join(lines), "utf-8")
    ran = run("report", "--verify-summary", "SUMMARY.txt")
    told = "note: SUMMARY.txt: not all numbers and tickets compared in 4 lines: 3, 7, 11-12"
    assert (ran.status, ran.out) == (0, "")
    assert ran.err.splitlines()[:2] == ["SUMMARY.txt: 4 claims compared with the tickets.", told]


@pytest.mark.parametrize(
    "text", ["", "# Round one\n\nIt went well, see the tickets.\n", "| a | b |\n|---|---|\n| 1 | 2 |\n"]
)
def test_a_summary_that_claims_nothing_does_not_pass(
    run: Run, write_ticket: WriteTicket, folder: Path, text: str
) -> None:
    write_ticket()
    (folder / "SUMMARY.txt").write_text(text, "utf-8")
    ran = run("report", "--verify-summary", "SUMMARY.txt")
    assert (ran.status, ran.out) == (2, "")
    assert "SUMMARY.txt: it says nothing that can be compared with the tickets" in ran.err


def test_what_report_writes_is_a_summary_that_is_right(run: Run, folder: Path) -> None:
    assert run("report", "--isolated", "-o", "report.md", str(FIXTURES)).status == 0
    ran = run("report", "--isolated", "--verify-summary", "report.md", str(FIXTURES))
    assert (ran.status, ran.out) == (0, "")


def test_what_report_writes_of_a_messy_batch_is_a_summary_that_is_right(
    run: Run, write_ticket: WriteTicket, folder: Path
) -> None:
    """Whatever its authors call one value, the report and the check of a summary call it one."""
    written = (
        ("P1", "✅ FIXED"),
        ("High", "fixed"),
        ("🟠 high", "Fixed (in 2.1)"),
        ("soggy", "on ice"),
        ("Soggy", "On_ice"),
    )
    for number, (severity, status) in enumerate(written):
        ticket = write_ticket(f"tickets/{number}.md", id=f"B1-OPS-{number:02}")
        text = ticket.read_text("utf-8").replace("`P1`", severity).replace("`closed`", status)
        ticket.write_text(text, "utf-8")
    assert run("report", "--isolated", "-o", "report.md", "tickets").status == 0
    text = (folder / "report.md").read_text("utf-8")
    ran = run("report", "--isolated", "--verify-summary", "report.md", "tickets")
    assert (ran.status, ran.out) == (0, "")
    assert "\n| High / P1 | 3 |" in text
    assert "\n| soggy | 2 |" in text
    assert re.search(r"\n\| (FIXED|fixed|Fixed) \| 3 \|", text)


def test_every_number_that_was_changed_is_found(run: Run, folder: Path) -> None:
    """The tables of counts of a report, with every ninth number made wrong, one at a time."""
    chosen = ("--isolated", "--sections", "counts,severity")
    text = run("report", *chosen, str(FIXTURES)).out
    numbers = [
        match for match in re.finditer(r"(?<=\| )\d+(?= \|)(?=.*\|$)", text, re.MULTILINE) if not flow(text, match)
    ]
    assert len(numbers) > 60
    for match in numbers[::9]:
        wrong = f"{text[: match.start()]}{int(match[0]) + 100}{text[match.end() :]}"
        (folder / "wrong.txt").write_text(wrong, "utf-8")
        out = run("report", "--isolated", "--verify-summary", "wrong.txt", str(FIXTURES)).out
        assert out.count("\n") == 1
        assert f"wrong.txt:{text.count(chr(10), 0, match.start()) + 1}:" in out


def flow(text: str, match: re.Match[str]) -> bool:
    """Whether a number stands in the table of original and concluded severities, or names a batch."""
    line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
    return match.start() > text.index("### Concluded") or line == "| "


def test_a_summary_has_the_formats_of_check(run: Run, write_ticket: WriteTicket, folder: Path) -> None:
    write_ticket()
    (folder / "SUMMARY.txt").write_text(SUMMARY, "utf-8")
    out = run("report", "--verify-summary", "SUMMARY.txt", "--output-format", "json").out
    (found,) = json.loads(out)["diagnostics"]
    assert (found["name"], found["path"], found["line"]) == ("summary-mismatch", "SUMMARY.txt", 5)


def test_the_configuration_sets_the_level(run: Run, write_ticket: WriteTicket, folder: Path) -> None:
    write_ticket()
    (folder / "SUMMARY.txt").write_text(SUMMARY, "utf-8")
    (folder / "ticketaudit.yaml").write_text("rules:\n  summary-mismatch: {level: note}\n", "utf-8")
    ran = run("report", "--verify-summary", "SUMMARY.txt")
    assert ran.status == 0
    assert ": note: the summary counts" in ran.out


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--check", "gone.md"], "gone.md: cannot be read"),
        (["--verify-summary", "gone.md"], "gone.md: cannot be read"),
        (["--check", "a.md", "-o", "b.md"], "`--check` and `-o` exclude each other"),
        (["--check", "a.md", "--verify-summary", "b.md"], "`--check` and `--verify-summary` exclude each other"),
        (["--check", "a.md", "--output-format", "html"], "`--check` compares Markdown reports only"),
        (["--verify-summary", "a.md", "--output-format", "html"], "unknown output format `html`"),
    ],
)
def test_what_cannot_be_compared(run: Run, write_ticket: WriteTicket, arguments: list[str], complaint: str) -> None:
    write_ticket()
    ran = run("report", *arguments)
    assert ran.status == 2
    assert complaint in ran.err
