"""The numbers of a batch: they add up, and their order is one that a reader expects."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics.pairwise import cosine_similarity

from ticketaudit.batch import charts
from ticketaudit.batch.flow import severity_flow
from ticketaudit.corpus import Corpus
from ticketaudit.extract import extract
from ticketaudit.report import Diagnostic, Report
from ticketaudit.rule import Level, Rule
from ticketaudit.statistics import (
    Breakdown,
    Consensus,
    Count,
    CrossTable,
    Days,
    Gates,
    Month,
    Rate,
    Rated,
    Reviewer,
    Row,
    Statistics,
    summarise,
)
from ticketaudit.statistics.ratings import VERDICTS, scales
from ticketaudit.statistics.similarity import candidates, cosine, vectors, words
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
    tickets = tuple(ticket for source in sources for ticket in extract(source, vocabulary))
    return Corpus(tickets, vocabulary, {source.path: source for source in sources})


def rule(name: str, level: Level = Level.WARNING) -> Rule:
    return Rule(name, "family", level, lambda corpus, options: iter(()), "A sentence.\n")


def diagnostic(name: str, path: str, line: int = 1, level: Level = Level.WARNING) -> Diagnostic:
    span = Span(line, 1, line, 2)
    return Diagnostic(name, level, "a message", path, span, None, None, f"{name}{path}{line}", "#")


def reviews(*given: tuple[str, str] | tuple[str, str, str]) -> str:
    """A review section: reviewer, verdict and, where it matters, what the reviewer says."""
    rows = "".join(f"| {who} | **{verdict}** | {''.join(said) or 'Seen.'} |\n" for who, verdict, *said in given)
    return f"## Cross-Review\n\n| Reviewer | Verdict | Evaluation |\n|---|---|---|\n{rows}\n"


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


@pytest.mark.parametrize(
    ("name", "written", "counted"),
    [
        ("Severity", ["critical", "🔴 CRITICAL", "Critical", "critical"], [("critical", 4)]),
        ("Severity", ["7.5 (High)", "8.1 (High)", "High"], [("High", 3)]),
        ("Severity", ["high", "P1", "P1", "soggy", "Soggy ⚠️"], [("P1 / high", 3), ("soggy", 2)]),
        ("Status", ["✅ FIXED", "fixed", "Fixed (in 2.1)", "fixed"], [("fixed", 4)]),
        ("Status", ["Won't Fix", "wontfix", "wont-fix", "on_ice", "On ice"], [("Won't Fix", 3), ("on_ice", 2)]),
        ("Status", ["✅", "✅"], [("✅", 2)]),
        ("Agent", ["Ops Specialist", "ops", "OPS"], [("Ops Specialist", 3)]),
        ("Domain", ["C++", "c++", "C", "C#"], [("C++", 2), ("C", 1), ("C#", 1)]),
        ("Batch", ["20°", "20"], [("20", 1), ("20°", 1)]),
    ],
)
def test_what_is_one_value(name: str, written: list[str], counted: list[tuple[str, int]]) -> None:
    found = summary(*(text(**{name: value}) for value in written))
    assert counts(found, name.lower()) == counted


def test_every_figure_has_the_same_values() -> None:
    given = ["High", "🟠 high", "HIGH", "soggy", "Soggy"]
    found = summary(
        *(
            text(Severity=each, Status="open", rest="## Resolution\n\nSeverity should be downgraded to P4.\n")
            for each in given
        )
    )
    assert found.scale == ("High", "P4", "soggy", None)
    assert [(row.rated.original, row.rated.final) for row in found.rows if row.rated.concluded] == [
        *[("High", "P4")] * 3,
        *[("soggy", "P4")] * 2,
    ]
    assert [count.value for count in found.cross_tables[0].columns.counts] == ["High", "soggy"]
    chart = severity_flow(found.rows, found.scale)
    assert [(node.label, node.count) for node in chart.left] == [("High", 3), ("soggy", 2)]


def test_severities_of_a_flow_are_in_the_order_of_the_scale_then_by_name() -> None:
    found = summary(*(text(Severity=each) for each in ("wet", "P3", "damp", "P0", "moist")), text(Status="open"))
    assert [node.label for node in severity_flow(found.rows, found.scale).left] == [
        "P0",
        "P3",
        "damp",
        "moist",
        "wet",
        "none",
    ]


def test_charts_draw_the_rarest_severities_as_one() -> None:
    words = [f"word{chr(97 + number)}" for number in range(charts.SEVERITIES + 5)]
    found = summary(text(Severity="P1"), text(Severity="P1"), *(text(Severity=word) for word in words))
    bars = charts.severity_by_status(found.cross_tables[0])
    flow = severity_flow(found.rows, found.scale)
    for drawn in ([(line.label, line.end) for line in bars.lines], [(n.label, str(n.count)) for n in flow.left]):
        assert drawn[0] == ("P1", "2")
        assert drawn[-1] == ("other", "6")
        assert len(drawn) == charts.SEVERITIES + 1


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


def row(*given: tuple[str, str] | tuple[str, str, str], rest: str = "", **fields: str) -> Row:
    (found,) = summary(text(rest=reviews(*given) + rest, Status=fields.pop("Status", "open"), **fields)).rows
    return found


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([("ops", "ENDORSE"), ("nav", "ENDORSE")], Consensus("unanimous", "endorse", 2, 2)),
        (
            [("ops", "OBJECT"), ("nav", "ENDORSE"), ("pay", "OBJECT")],
            Consensus("majority", "object", 2, 3, contradicted=True),
        ),
        ([("ops", "OBJECT"), ("nav", "ENDORSE")], Consensus("split", None, 1, 2, contradicted=True)),
        ([("ops", "NEUTRAL"), ("nav", "ENDORSE")], Consensus("mixed", None, 1, 2)),
        ([("ops", "NEUTRAL")], Consensus("single", "neutral", 1, 1)),
        # What a discipline said last is what it came to, under whatever name it signs.
        ([("ops", "OBJECT"), ("nav", "ENDORSE"), ("Ops Agent", "ENDORSE")], Consensus("unanimous", "endorse", 2, 2)),
    ],
    ids=str,
)
def test_consensus(given: list[tuple[str, str]], expected: Consensus) -> None:
    assert row(*given).consensus == expected


def test_nobody_is_no_consensus() -> None:
    assert summary(text(Severity="P1")).rows[0].consensus is None


def test_a_downgrade_counts_its_steps() -> None:
    found = summary(text(Severity="P1", rest=RESOLUTION)).rows[0].rated
    assert (found.original, found.final, found.concluded, found.steps) == ("P1", "P4", True, 3)


def test_a_ticket_that_was_re_rated_began_with_what_it_says_it_had() -> None:
    found = summary(text(Severity="P4", rest=RESOLUTION)).rows[0].rated
    assert (found.original, found.final, found.steps) == ("P1", "P4", 3)


def test_without_a_conclusion_the_severity_stays() -> None:
    assert summary(text(Severity="wild")).rows[0].rated == Rated("wild", "wild", False, None, None, None)
    assert summary(text(Severity="P2")).rows[0].rated == Rated("P2", "P2", False, None, 2, 2)


def test_gates_are_what_is_still_open() -> None:
    boxes = "## Verification\n\n- [ ] Rings once\n- [x] Rings\n- [ ] ~~Rings twice~~\n"
    assert row(("ops", "OBJECT"), ("nav", "ENDORSE"), rest=boxes).gates == Gates(1, 1, False)
    closed = summary(text(Status="closed", rest=boxes + RESOLUTION)).rows[0].gates
    assert (closed, closed.open) == (Gates(1, 0, True), 2)


def test_cross_tables_set_every_attribute_against_severity() -> None:
    found = summary(text(Severity="P1", Status="open"), text(Severity="P2", Status="Open"), text(Status="fixed"))
    names = [(table.rows.name, table.columns.name) for table in found.cross_tables]
    assert names[:2] == [("status", "severity"), ("batch", "severity")]
    assert len(names) == len(found.breakdowns) - 1
    table = found.cross_tables[0]
    cells = [[table.cell(row, column) for column in table.columns.counts] for row in table.rows.counts]
    assert [count.value for count in table.columns.counts] == ["P1", "P2", None]
    assert cells == [[1, 1, 0], [0, 0, 1]]


def cross(table: CrossTable) -> int:
    return sum(table.cell(row, column) for row in table.rows.counts for column in table.columns.counts)


@given(
    st.lists(st.tuples(st.sampled_from(["P1", "p1", "P4", ""]), st.sampled_from(["open", "Open", "done"])), max_size=6)
)
def test_cross_tables_add_up_to_the_tickets(given: list[tuple[str, str]]) -> None:
    found = summary(*(text(Severity=severity, Status=status) for severity, status in given))
    status = found.cross_tables[0]
    assert cross(status) == len(found.rows)
    for count in status.rows.counts:
        assert count.tickets == sum(status.cell(count, column) for column in status.columns.counts)


def test_ratings_are_the_last_words_of_disciplines() -> None:
    verdicts, named, implied = scales(
        corpus(
            text(
                Severity="P2",
                rest=reviews(
                    ("ops", "OBJECT", "Recommend P4."),
                    ("Ops Specialist", "ENDORSE", "Seen it now. P3 is appropriate."),
                    ("nav", "ENDORSE"),
                    ("pay", "OBJECT"),
                    ("", "OBJECT"),
                ),
            )
        )
    )
    assert verdicts.units == ({"ops": 0, "nav": 0, "pay": VERDICTS.index("object")},)
    assert verdicts.left_out == 2
    assert named.units == ({"ops": 3},)
    assert implied.units == ({"ops": 3, "nav": 2},)
    assert (named.categories[2], named.metric, verdicts.metric) == ("P2", "ordinal", "nominal")


def reviewer(found: Statistics, name: str) -> Reviewer:
    return next(each for each in found.reviewers if each.name == name)


FALSE = "## Resolution\n\n**Status:** Not a bug\n\nThe ticket's premise is incorrect. `gate.py:5` closes it.\n"
FIXED = "## Resolution\n\n**Status:** Fixed\n\nFixed in commit 1a2b3c4.\n"


def test_reviewers_are_judged_by_how_the_tickets_ended() -> None:
    one = [("ops", "OBJECT", "Cannot happen."), ("nav", "ENDORSE", "`gate.py:9` shows it."), ("pay", "ENDORSE")]
    two = [("ops", "OBJECT"), ("nav", "ENDORSE")]
    found = summary(
        text(Status="closed", rest=reviews(*one) + FALSE),
        text(Status="closed", rest=reviews(*two) + FIXED),
        text(Status="open", rest=reviews(*two)),
        text(Status="closed", rest=reviews(("ops", "OBJECT"), ("nav", "OBJECT")) + FALSE),
    )
    ops, nav = reviewer(found, "ops"), reviewer(found, "nav")
    assert ops.lone_right == Rate(1, 2)
    assert (nav.refuted, nav.lone_right) == (Rate(1, 3), Rate(0, 0))
    assert (nav.evidence, nav.reviews) == (Rate(1, 4), 4)
    assert reviewer(found, "pay").refuted == Rate(1, 1)
    assert [each.name for each in found.reviewers] == ["nav", "ops", "pay"]
    assert (Rate(1, 4).share, Rate(0, 0).share) == (0.25, None)


def test_an_objection_that_names_the_severity_that_was_concluded_was_right() -> None:
    said = reviews(("ops", "OBJECT", "Recommend P3."), ("nav", "ENDORSE", "P1 is appropriate."))
    found = summary(text(Severity="P1", Status="closed", rest=said + FIXED + "\nSeverity downgraded from P1 to P3.\n"))
    assert reviewer(found, "ops").lone_right == Rate(1, 1)
    assert reviewer(found, "ops").severity == Rate(1, 1)
    assert reviewer(found, "nav").severity == Rate(0, 1)


def located(path: str, symbol: str = "") -> str:
    return f"## Location\n\n| Field | Value |\n|---|---|\n| File | `{path}` |\n| Function | `{symbol}` |\n"


def test_a_file_is_one_file_however_it_is_spelled() -> None:
    found = summary(
        text(rest=located("/home/ana/quay/src/gate.py", "Gate.shut()")),
        text(rest=located("src/gate.py", "Gate.shut, Gate.open()")),
        text(rest=located("gate.py", "N/A")),
        text(rest=located("src/bell.py", "the whole module")),
        text(rest=located("docs/quay.md")),
    )
    assert [(spot.name, len(spot.tickets)) for spot in found.hotspots.files] == [("quay/src/gate.py", 3)]
    assert [(spot.name, len(spot.tickets)) for spot in found.hotspots.symbols] == [("Gate.shut", 2)]


def test_a_name_that_two_files_share_is_neither_of_them() -> None:
    found = summary(
        *(text(rest=located(path)) for path in ("a/gate.py", "b/gate.py", "gate.py", "gate.py", "a/gate.py"))
    )
    assert [(spot.name, len(spot.tickets)) for spot in found.hotspots.files] == [("a/gate.py", 2), ("gate.py", 2)]


def test_a_bare_name_is_the_file_that_its_own_ticket_names_in_full() -> None:
    said = "\n## Detailed Description\n\n`board.py:118` sells it.\n"
    found = summary(*(text(rest=located(path) + said) for path in ("kiosk/board.py", "notices/board.py")))
    assert found.hotspots.files == ()


def told(title: str, story: str, path: str = "src/gate.py", id: str = "") -> str:
    return text(title, located(path) + f"\n## Detailed Description\n\n{story}\n", Ticket_ID=id)


STORY = (
    "The hydraulic gate of the northern berth stays shut after the evening departure because the pressure sensor "
    "reports a stale reading and the controller never asks again."
)
RETOLD = STORY.replace("stays shut after", "does not open after").replace("never asks again", "trusts it")
OTHER = "Refunds of cancelled bookings are rounded up for every passenger, which costs the line a lot per season."


def test_the_same_finding_told_twice_is_a_likely_duplicate() -> None:
    found = summary(
        told("Gate stays shut", STORY, id="B1-OPS-01"),
        told("Gate stays shut in the evening", RETOLD, id="B1-NAV-02"),
        told("Refunds are rounded up", OTHER, id="B1-PAY-03"),
        told("Gate stays shut in the evening", RETOLD.replace("evening", "early"), path="src/door.py", id="B1-PAY-04"),
    )
    (pair,) = found.duplicates
    assert [ticket.id for ticket in pair.tickets] == ["B1-OPS-01", "B1-NAV-02"]
    assert 0.5 < pair.score < 1
    assert pair.files == ("src/gate.py",)
    assert pair.passage == (
        "after the evening departure because the pressure sensor reports a stale reading and the controller"
    )
    assert not pair.declared


def test_tickets_that_say_the_same_are_paired_with_the_first() -> None:
    found = summary(*(told("Gate stays shut", STORY, id=f"B1-OPS-0{number}") for number in range(1, 5)))
    assert [(pair.tickets[0].id, pair.tickets[1].id, pair.score) for pair in found.duplicates] == [
        ("B1-OPS-01", f"B1-OPS-0{number}", 1.0) for number in range(2, 5)
    ]


def test_a_duplicate_that_is_named_as_one_is_marked() -> None:
    related = "\n## Related Findings\n\n- Duplicate of B1-OPS-01\n"
    found = summary(told("Gate stays shut", STORY, id="B1-OPS-01"), told("Gate shut", RETOLD + related, id="B1-NAV-02"))
    assert [pair.declared for pair in found.duplicates] == [True]


TEXTS = [STORY, RETOLD, OTHER, "gate gate refunds", "gate"]


def test_vectors_are_those_of_scikit_learn() -> None:
    peer = TfidfVectorizer(sublinear_tf=True, analyzer=words).fit_transform(TEXTS)
    likeness = cosine_similarity(peer)
    mine = vectors([words(each) for each in TEXTS])
    for one in range(len(TEXTS)):
        for other in range(len(TEXTS)):
            assert cosine(mine[one], mine[other]) == pytest.approx(likeness[one, other], abs=1e-6)


def test_candidates_share_rare_words() -> None:
    assert candidates(vectors([words(each) for each in TEXTS])) == [(0, 1)]


def aged(created: str, status: str = "open", updated: str = "", rest: str = "") -> str:
    return text(Status=status, Created=created, Updated=updated or created, rest=rest)


def test_ages_are_counted_to_the_latest_date_that_the_tickets_name() -> None:
    found = summary(
        aged("2025-03-01"),
        aged("2025-03-11"),
        aged("2025-03-02", "closed", "2025-03-21"),
        text(Status="open"),
        aged("2025-03-09", "closed", "2025-03-08"),
    ).ages
    assert (found.as_of, found.undated, found.impossible) == ("2025-03-21", 1, 1)
    assert found.open == Days(2, 15.0, 10, 20)
    assert found.to_close == Days(1, 19.0, 19, 19)


def test_the_day_that_ages_count_to_may_be_given() -> None:
    report = Report(corpus(aged("2025-03-01")), 1, (), ())
    assert summarise(report, as_of="2025-04-01").ages.open == Days(1, 31.0, 31, 31)


def test_a_ticket_that_was_created_later_has_no_age_and_no_mistake_in_it() -> None:
    tickets = corpus(aged("2025-03-01"), aged("2025-03-20"), aged("2025-03-21", "closed", "2025-03-25"))
    found = summarise(Report(tickets, 3, (), ()), as_of="2025-03-11").ages
    assert (found.open, found.to_close) == (Days(1, 10.0, 10, 10), Days(1, 4.0, 4, 4))
    assert (found.later, found.impossible) == (1, 0)


def test_a_ticket_whose_status_says_nothing_is_not_open() -> None:
    found = summary(aged("2025-03-01"), text(Created="2025-02-01"), aged("2025-02-01", "whatever")).ages
    assert (found.open.n, found.stateless, found.undated) == (1, 2, 0)


def test_the_timeline_has_every_month() -> None:
    found = summary(aged("2024-12-30"), aged("2024-12-31", "closed", "2025-02-01"), aged("2025-02-30")).ages
    assert found.timeline == (Month("2024-12", 2, 0), Month("2025-01", 0, 0), Month("2025-02", 0, 1))


def test_a_slip_of_the_pen_makes_no_thousands_of_months() -> None:
    found = summary(aged("0202-03-01"), aged("2025-03-01")).ages
    assert found.timeline == (Month("0202-03", 1, 0), Month("2025-03", 1, 0))


def test_many_reviewers_make_no_pairs_that_never_met() -> None:
    tickets = [
        text(Severity="P1", rest=reviews((f"who{one}", "ENDORSE"), (f"who{one}b", "OBJECT"))) for one in range(40)
    ]
    verdicts = summary(*tickets).agreement[0]
    assert (len(verdicts.raters), len(verdicts.pairs)) == (80, 40)
    assert len(charts.agreement_matrix(verdicts).labels) == charts.BUSIEST


def test_no_dates_are_no_ages() -> None:
    found = summary(text(Status="open")).ages
    assert (found.as_of, found.open, found.timeline) == (None, Days(0, None, None, None), ())
