"""The audit: where diagnostics point, how they are ordered, and what their fingerprints survive."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from ticketaudit.code.verified import Verified
from ticketaudit.corpus import Corpus
from ticketaudit.engine import audit
from ticketaudit.examine import examine
from ticketaudit.extract import extract
from ticketaudit.report import Diagnostic, Report
from ticketaudit.rule import Level, NoOptions, Problem, Rule, each_ticket, each_with_source
from ticketaudit.settings import ActiveRule
from ticketaudit.text import Source, Span
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary

TICKET = """\
# Finding Ticket: Ferry bell

| Field | Value |
|-------|-------|
| **Ticket ID** | `{id}` |
| **Severity** | `P1` |
| **Status** | open |

## Review

### Deck

TODO and TODO
"""


@dataclass(frozen=True)
class Options:
    word: str = "TODO"


def find_word(ticket: Ticket, options: Options, vocabulary: Vocabulary) -> Iterator[Problem]:
    """A problem for each section whose heading line is known; the word's line is two lines below the last."""
    for section in ticket.sections:
        if section.title == "Deck":
            yield Problem(section.line + 2, f"a {options.word} is left", subject="deck", mark=options.word)
            yield Problem(section.line, "the deck speaks", subject="deck", level=Level.NOTE)


RULE = Rule("left-word", "text", Level.WARNING, each_ticket(find_word), "A word is left.\n", Options)
MALFORMED = Rule("malformed-ticket", "structure", Level.WARNING, lambda corpus, options: iter(()), "Cannot be read.\n")


def active(rule: Rule = RULE, level: Level | None = None, options: Any = None) -> ActiveRule:
    return ActiveRule(rule, level, options or rule.options())


def corpus(*texts: str) -> Corpus:
    vocabulary = Vocabulary.builtin()
    sources = {f"{number}.md": Source.from_text(f"{number}.md", text) for number, text in enumerate(texts)}
    tickets = tuple(ticket for source in sources.values() for ticket in extract(source, vocabulary))
    return Corpus(tickets, vocabulary, sources)


def diagnostics(report: Report) -> list[Diagnostic]:
    return list(report.diagnostics)


def test_a_diagnostic_points_at_the_mark_and_names_its_ticket_and_section() -> None:
    _, diagnostic = audit(corpus(TICKET.format(id="B1-OPS-01")), [active()]).diagnostics
    assert diagnostic == msgspec.structs.replace(
        diagnostic,
        name="left-word",
        level=Level.WARNING,
        message="a TODO is left",
        path="0.md",
        span=Span(13, 1, 13, 5),
        ticket="B1-OPS-01",
        section="Deck",
        source="TODO and TODO",
    )
    assert re.fullmatch("[0-9a-f]{16}", diagnostic.fingerprint)


def test_the_order_is_path_line_column_rule_message_whatever_the_order_of_the_rules() -> None:
    other = replace(RULE, name="another-word")
    rules = [active(), active(other)]
    texts = (TICKET.format(id="B1-OPS-01"), TICKET.format(id="B1-OPS-02"))
    report = audit(corpus(*texts), rules)
    order = [(item.path, item.span.line, item.span.column, item.name, item.message) for item in report.diagnostics]
    assert order == sorted(order)
    assert len(order) == 8
    assert diagnostics(audit(corpus(*texts), rules[::-1])) == diagnostics(report)


def test_levels_are_those_of_the_problem_or_of_the_rule_unless_somebody_chose_one() -> None:
    one = corpus(TICKET.format(id="B1-OPS-01"))
    assert [item.level for item in audit(one, [active()]).diagnostics] == [Level.NOTE, Level.WARNING]
    assert [item.level for item in audit(one, [active(level=Level.ERROR)]).diagnostics] == [Level.ERROR, Level.ERROR]


def test_rules_get_their_options() -> None:
    report = audit(corpus(TICKET.format(id="B1-OPS-01")), [active(options=Options(word="and"))])
    assert report.diagnostics[1].message == "a and is left"
    assert report.diagnostics[1].span == Span(13, 6, 13, 9)


def test_fingerprints_survive_edits_elsewhere_and_another_wording() -> None:
    text = TICKET.format(id="B1-OPS-01")
    before = [item.fingerprint for item in audit(corpus(text), [active()]).diagnostics]
    moved = text.replace("## Review", "Some words.\n\n## Review")
    after = audit(corpus(moved), [active(options=Options(word="and"))])
    assert [item.fingerprint for item in after.diagnostics] == before
    assert [item.span.line for item in after.diagnostics] == [13, 15]


def test_fingerprints_are_of_rule_ticket_and_subject() -> None:
    texts = (TICKET.format(id="B1-OPS-01"), TICKET.format(id="B1-OPS-02"), TICKET.format(id="B1-OPS-02"))
    report = audit(corpus(*texts), [active(), active(replace(RULE, name="another-word"))])
    like = Counter(item.fingerprint for item in report.diagnostics)
    # Two problems of one subject in each of three texts, two of which are the same ticket; two rules.
    assert sorted(like.values()) == [2, 2, 4, 4]


def test_a_file_that_should_hold_a_ticket_is_reported_where_the_rule_is_selected() -> None:
    empty = Corpus((), Vocabulary.builtin(), {"x.md": Source.from_text("x.md", "  Words.\n")})
    (diagnostic,) = audit(empty, [active(MALFORMED)], without_ticket=["x.md"]).diagnostics
    assert (diagnostic.name, diagnostic.level, diagnostic.message) == (
        "malformed-ticket",
        Level.WARNING,
        "the file holds no ticket",
    )
    assert (diagnostic.path, diagnostic.span, diagnostic.ticket) == ("x.md", Span(1, 3, 1, 9), None)
    (louder,) = audit(empty, [active(MALFORMED, Level.ERROR)], without_ticket=["x.md"]).diagnostics
    assert louder.level is Level.ERROR
    assert not audit(empty, [active()], without_ticket=["x.md"]).diagnostics


def test_the_report_says_what_ran_over_what() -> None:
    one = corpus(TICKET.format(id="B1-OPS-01"))
    report = audit(one, [active(MALFORMED)], files=7)
    assert report == Report(one, 7, (MALFORMED,), ())
    assert audit(one, []).files == 1


def test_a_rule_that_compares_and_fails_is_named_and_costs_no_other_rule_a_word() -> None:
    def fail(corpus: Corpus, options: NoOptions) -> Iterator[tuple[Ticket, Problem]]:
        yield corpus.tickets[0], Problem(1, "half of it")
        raise KeyError("x")

    whole = corpus(TICKET.format(id="B1-OPS-01"))
    report = audit(whole, [active(), active(Rule("broken", "text", Level.NOTE, fail, "Broken.\n"))])
    assert report.diagnostics == audit(whole, [active()]).diagnostics != ()
    assert not report.complete
    (failure,) = report.failures
    assert failure.path is None
    assert failure.error.__notes__ == ["in the rule broken"]
    with pytest.raises(KeyError):
        report.whole()


def test_a_rule_that_fails_on_a_ticket_still_speaks_of_the_others() -> None:
    def fail(ticket: Ticket, options: NoOptions, vocabulary: Vocabulary) -> Iterator[Problem]:
        if ticket.id == "B1-OPS-02":
            raise RecursionError("too deep")
        yield Problem(1, "seen")

    whole = corpus(*(TICKET.format(id=f"B1-OPS-0{number}") for number in (1, 2, 3)))
    report = audit(whole, [active(Rule("broken", "text", Level.NOTE, each_ticket(fail), "Broken.\n"))])
    assert [diagnostic.ticket for diagnostic in report.diagnostics] == ["B1-OPS-01", "B1-OPS-03"]
    (failure,) = report.failures
    assert failure.path == whole.tickets[1].path
    assert failure.error.__notes__ == ["in the rule broken, ticket B1-OPS-02"]


def test_of_what_is_known_only_rules_that_ask_the_source_tree_are_asked_again() -> None:
    asked: list[str] = []

    def alone(ticket: Ticket, options: NoOptions, vocabulary: Vocabulary) -> Iterator[Problem]:
        asked.append("alone")
        yield Problem(ticket.line, "as it was")

    def asking(ticket: Ticket, verified: Verified | None, options: NoOptions) -> Iterator[Problem]:
        asked.append("asking")
        yield Problem(ticket.line, f"verified: {verified is not None}")

    rules = [
        active(Rule("alone", "text", Level.WARNING, each_ticket(alone), "Alone.\n")),
        active(Rule("asking", "text", Level.WARNING, each_with_source(asking), "Asking.\n")),
    ]
    read = corpus(TICKET.format(id="B1-OPS-01"))
    known = {path: examine(read.sources[path], read.tickets, rules, read.vocabulary) for path in read.sources}
    ticket = read.tickets[0]
    verified = replace(read, code={(ticket.path, ticket.line): Verified(None, None, (), None)})
    asked.clear()
    again = audit(verified, rules, examined=known)
    assert asked == ["asking"]
    assert again == audit(verified, rules)
    assert [each.message for each in diagnostics(again)] == ["as it was", "verified: True"]
