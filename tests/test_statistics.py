"""The numbers of a batch: they add up, and their order is one that a reader expects."""

from __future__ import annotations

from msgspec.structs import replace

from ticketaudit.corpus import Corpus
from ticketaudit.extract import extract
from ticketaudit.report import Diagnostic, Report
from ticketaudit.rule import Level, Rule
from ticketaudit.statistics import Breakdown, Count, Statistics, summarise
from ticketaudit.text import Source, Span
from ticketaudit.vocabulary import Vocabulary

REVIEWS = """
## Cross-Review

| Reviewer | Verdict | Evaluation |
|----------|---------|------------|
| `ops` | **OBJECT** | Rare. |
| `nav` | **ENDORSE** | Seen. |
| `pay` | **ENDORSE** | Seen. |
"""

RESOLUTION = """
## Resolution

### Final Disposition: Won't Fix

Severity should be downgraded from P1 to P4.
"""


def text(title: str = "Gate stays shut", rest: str = "", **fields: str) -> str:
    entries = {"Priority": "normal", "Assignee": "ana", **fields}
    rows = "".join(f"| **{key.replace('_', ' ')}** | {value} |\n" for key, value in entries.items())
    return f"# Finding Ticket: {title}\n\n| Field | Value |\n|---|---|\n{rows}\n{rest}"


def corpus(*texts: str) -> Corpus:
    vocabulary = Vocabulary.builtin()
    sources = [Source.from_text(f"{number:02}.md", content) for number, content in enumerate(texts, 1)]
    return Corpus(tuple(ticket for source in sources for ticket in extract(source, vocabulary)), vocabulary)


def rule(name: str, level: Level = Level.WARNING) -> Rule:
    return Rule(name, "family", level, lambda corpus, options: iter(()), "A sentence.\n")


def diagnostic(name: str, path: str, line: int = 1, level: Level = Level.WARNING) -> Diagnostic:
    span = Span(line, 1, line, 2)
    return Diagnostic(name, level, "a message", path, span, None, None, f"{name}{path}{line}", "#")


def summary(
    *texts: str, rules: tuple[Rule, ...] = (), diagnostics: tuple[Diagnostic, ...] = (), files: int = 0
) -> Statistics:
    return summarise(Report(corpus(*texts), files or len(texts), rules, diagnostics))


def breakdown(statistics: Statistics, name: str) -> Breakdown:
    return next(entry for entry in statistics.breakdowns if entry.name == name)


def counts(statistics: Statistics, name: str) -> list[tuple[str | None, int]]:
    return [(count.value, count.tickets) for count in breakdown(statistics, name).counts]


def test_every_attribute_is_counted() -> None:
    names = [entry.name for entry in summary(text()).breakdowns]
    assert names == ["severity", "status", "batch", "agent", "domain", "category", "disposition", "premise"]


def test_severities_follow_the_scale_then_the_rest_then_none() -> None:
    found = summary(
        text(Severity="P3"), text(Severity="soggy"), text(Severity="P0"), text(Status="open"), text(Severity="P3")
    )
    assert counts(found, "severity") == [("P0", 1), ("P3", 2), ("soggy", 1), (None, 1)]


def test_spellings_of_one_value_are_counted_together_as_first_written() -> None:
    found = summary(text(Status="Open"), text(Status="open"), text(Status="closed"), text(Status="OPEN"))
    assert counts(found, "status") == [("Open", 3), ("closed", 1)]


def test_batches_are_in_the_order_of_their_numbers() -> None:
    found = summary(text(Batch="10"), text(Batch="2"), text(Batch="009"), text(Batch="10"), text(Batch="3" * 5000))
    assert counts(found, "batch") == [("2", 1), ("009", 1), ("10", 2), ("3" * 5000, 1)]


def test_a_count_of_single_values_adds_up_to_the_tickets() -> None:
    found = summary(text(Agent="nav"), text(Severity="P1"), text(Agent="ops"), text(Agent="nav"))
    assert breakdown(found, "agent") == Breakdown(
        "agent", (Count("nav", 2), Count("ops", 1), Count(None, 1)), overlapping=False
    )


def test_a_ticket_of_two_categories_is_counted_under_both() -> None:
    boxes = "## Category\n\n- [x] Correctness bug\n- [x] Naming\n- [ ] Performance\n"
    found = summary(text(Severity="P1", rest=boxes), text(Severity="P1"))
    assert breakdown(found, "category") == Breakdown(
        "category", (Count("Correctness bug", 1), Count("Naming", 1), Count(None, 1)), overlapping=True
    )


def test_rows_come_most_severe_first_then_by_id_as_people_count() -> None:
    found = summary(
        text(Ticket_ID="B1-NAV-10", Severity="P2"),
        text(Ticket_ID="B1-NAV-03"),
        text(Ticket_ID="B1-NAV-9", Severity="P2"),
        text(Ticket_ID="B1-NAV-11", Severity="P0"),
        text(Ticket_ID="B1-NAV-12", Severity="soggy"),
    )
    assert [row.ticket.id for row in found.rows] == ["B1-NAV-11", "B1-NAV-9", "B1-NAV-10", "B1-NAV-12", "B1-NAV-03"]


def test_a_row_holds_the_tally_and_what_was_concluded() -> None:
    judged, silent = summary(
        text(Ticket_ID="B1-NAV-01", Severity="P1", rest=REVIEWS + RESOLUTION), text(Severity="P2")
    ).rows
    assert judged.verdicts == (("endorse", 2), ("object", 1))
    assert (judged.ticket.severity, judged.concluded, judged.disposition) == ("P1", ("P4",), "wont-fix")
    assert (silent.verdicts, silent.concluded, silent.disposition) == ((), (), None)


def test_diagnostics_belong_to_the_ticket_they_stand_in_even_where_ids_are_the_same() -> None:
    (ticket,) = corpus(text(Ticket_ID="B1-NAV-01")).tickets
    first, second = replace(ticket, line=1, end_line=9), replace(ticket, line=10, end_line=20)
    found = summarise(
        Report(
            Corpus((first, second), Vocabulary.builtin()),
            2,
            (rule("loud"),),
            (
                diagnostic("loud", "01.md", 9),
                diagnostic("loud", "01.md", 10),
                diagnostic("loud", "01.md", 20),
                diagnostic("loud", "99.md"),
            ),
        )
    )
    assert [row.diagnostics for row in found.rows] == [1, 2]
    assert found.affected == 2
    assert found.findings[0].tickets == 2
    assert len(found.findings[0].diagnostics) == 4


def test_findings_come_worst_first_and_rules_without_any_are_named() -> None:
    found = summary(
        text(Severity="P1"),
        text(Severity="P1"),
        rules=tuple(map(rule, ("often", "quiet", "rare", "grave"))),
        diagnostics=(
            diagnostic("often", "01.md", 1),
            diagnostic("often", "01.md", 2),
            diagnostic("often", "02.md", 2),
            diagnostic("rare", "02.md"),
            diagnostic("grave", "02.md", level=Level.ERROR),
            diagnostic("grave", "02.md", level=Level.NOTE),
        ),
    )
    assert [(entry.rule.name, entry.tickets) for entry in found.findings] == [("grave", 1), ("often", 2), ("rare", 1)]
    assert found.silent == ("quiet",)
    assert [found.count(level) for level in Level] == [1, 4, 1]
    assert [found.findings[0].count(level) for level in Level] == [1, 0, 1]


def test_files_without_a_ticket_are_told_apart() -> None:
    found = summary(text(), text(), files=5)
    assert (found.files, found.ticket_files, len(found.rows)) == (5, 2, 2)


def test_no_tickets_give_empty_counts() -> None:
    found = summary()
    assert found.rows == ()
    assert all(entry.counts == () and not entry.overlapping for entry in found.breakdowns)
