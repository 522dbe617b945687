"""Suppressions: what a comment accepts, what stays in the report, and what the run makes of it.

What each comment covers, line by line, is shown in fixtures/rules/*-suppression.md.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from ticketaudit.corpus import Corpus
from ticketaudit.engine import audit
from ticketaudit.extract import extract
from ticketaudit.report import Report
from ticketaudit.rules import ALL
from ticketaudit.schemas import schema
from ticketaudit.settings import ActiveRule
from ticketaudit.suppress import Suppression, read_suppressions
from ticketaudit.text import Source
from ticketaudit.vocabulary import Vocabulary

Run = Callable[..., Any]

TICKET = """\
# Finding Ticket: Ferry bell rings twice

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-01` |
| **Status** | `closed` |

## Verification

{comment}
- [ ] The bell rings once
"""
ACCEPTED = "<!-- ticketaudit: ignore[unchecked-verification] the bell is in the museum -->"
RULES = ("--select", "unchecked-verification,suppression")


def read(text: str) -> list[Suppression]:
    return list(read_suppressions(Source.from_text("bell.md", text)))


def report(text: str, *names: str) -> Report:
    vocabulary = Vocabulary.builtin()
    source = Source.from_text("bell.md", text)
    rules = [ActiveRule(rule, None, rule.options()) for rule in ALL if rule.name in names]
    return audit(Corpus(extract(source, vocabulary), vocabulary, {"bell.md": source}), rules)


@pytest.fixture
def bell(folder: Path) -> Path:
    file = folder / "bell.md"
    file.write_text(TICKET.format(comment=ACCEPTED), encoding="utf-8")
    return file


# --- reading


def test_a_comment_names_its_rules_its_reason_and_the_lines_it_covers() -> None:
    (found,) = read("words\n\n<!-- ticketaudit: ignore[a-rule, b-rule]  for\n a reason -->\n\none\ntwo\n\nthree\n")
    assert found == Suppression(
        "bell.md", 3, "ignore[a-rule, b-rule] for a reason", ("a-rule", "b-rule"), "for a reason", True, range(6, 8)
    )


def test_two_comments_on_one_line_are_beside_each_other_and_not_alone() -> None:
    one, other = read("<!-- ticketaudit: ignore[a] x --> <!-- ticketaudit: ignore[b] y -->\n\nwords\n")
    assert (one.alone, other.alone, one.lines, other.lines) == (False, False, range(0), range(0))


def test_comments_follow_each_other_down_to_the_block() -> None:
    text = "One.\n\n<!-- ticketaudit: ignore[a] x -->\n\n<!-- ticketaudit: ignore[b] y -->\nwords\n"
    assert [found.lines for found in read(text)] == [range(6, 7), range(6, 7)]


def test_a_comment_before_a_subsection_does_not_reach_beyond_it() -> None:
    text = "# T\n\nwords\n\n<!-- ticketaudit: ignore[a] x -->\n\n## A\n\none\n\n### B\n\n## C\n"
    assert [found.lines for found in read(text)] == [range(7, 13)]


@pytest.mark.parametrize(
    "text",
    [
        "ticketaudit: ignore[a] words",
        "<!-- ticketaudit says nothing of this -->\n",
        "<!-- myticketaudit: ignore[a] x -->\n",
        "<!-- ticket audit: done by Bo on 2025-03-01 -->\n",
        "```\n<!-- ticketaudit: ignore[a] x -->\n```\n",
        "    <!-- ticketaudit: ignore[a] x -->\n",
        "> <!-- ticketaudit: ignore[a] x -->\n> words\n",
        "words `<!-- ticketaudit: ignore[a] x -->` words\n",
        "<!-- ticketaudit: ignore[a] never closed\n",
    ],
)
def test_what_is_no_suppression(text: str) -> None:
    assert read(f"# T\n\n{text}") == []


@pytest.mark.parametrize(
    "comment",
    ["<!--ticketaudit:ignore[a] x-->", "<!-- Ticketaudit: ignore[a] x -->", "<!-- ticketaudit ignore[a] x -->"],
)
def test_nobody_has_to_know_how_exactly_it_is_spelled(comment: str) -> None:
    (found,) = read(f"{comment}\nwords\n")
    assert (found.rules, found.reason) == (("a",), "x")


@pytest.mark.parametrize("reason", ["", " -", " …", " —."])
def test_a_reason_has_words(reason: str) -> None:
    (found,) = read(f"<!-- ticketaudit: ignore[a]{reason} -->\n")
    assert (found.rules, found.reason) == (("a",), "")


def test_where_there_is_no_title_the_first_comment_covers_the_ticket() -> None:
    (found,) = read("---\nid: B1\n---\n<!-- ticketaudit: ignore[a] x -->\n\none\n\ntwo\n")
    assert found.lines == range(1, 10)


def test_under_the_heading_of_one_of_several_tickets_it_covers_that_ticket() -> None:
    comment = "<!-- ticketaudit: ignore[unknown-status] the mate's words -->"
    bell, rope = (
        "## [B-01] Bell\n\n{}\n\n**Status:** rung\n\n### Fix\n\nNone.\n",
        "## [B-02] Rope\n\n{}**Status:** wet\n",
    )
    found = report("# Round\n\n" + bell.format(comment) + "\n" + rope.format(""), "unknown-status")
    assert [each.span.line for each in found.diagnostics] == [15]
    assert [each.span.line for each in found.suppressed] == [7]
    of_all = report(f"# Round\n\n{comment}\n\n" + bell.format("") + rope.format(""), "unknown-status")
    assert (len(of_all.diagnostics), len(of_all.suppressed)) == (0, 2)


@pytest.mark.parametrize(("word", "unused"), [("severity", 0), ("lifecycle", 0), ("text", 1)])
def test_a_family_stands_for_its_rules(word: str, unused: int) -> None:
    names = [rule.name for rule in ALL if rule.family in ("lifecycle", "text") or rule.name == "unused-suppression"]
    comment = f"<!-- ticketaudit: ignore[{word}] the mate's words -->"
    found = report(f"# Bell\n\n{comment}\n\n**Ticket ID:** B1\n**Status:** rung\n", *names)
    assert [each.name for each in found.diagnostics if each.name == "unused-suppression"] == [
        "unused-suppression"
    ] * unused
    assert ("unknown-status" in [each.name for each in found.suppressed]) == (word == "lifecycle")


def test_front_matter_does_not_move_the_lines() -> None:
    (found,) = read("---\nid: B1\nstatus: open\n---\n# T\n\nwords\n\n<!-- ticketaudit: ignore[a] x -->\n\nmore\n")
    assert (found.line, found.lines) == (9, range(11, 12))


PIECES = [
    "<!-- ticketaudit: ",
    "ignore[a, b]",
    " x ",
    "-->",
    "\n",
    "# T\n",
    "- [ ] i\n",
    "  ",
    "> ",
    "```\n",
    "| a | b |\n",
]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_any_text_can_be_read_and_lines_lie_in_the_file(text: str) -> None:
    source = Source.from_text("a.md", text)
    for found in read_suppressions(source):
        assert 1 <= found.line <= len(source.lines)
        assert all(1 <= line <= len(source.lines) for line in found.lines)


# --- the report


def test_what_is_suppressed_stays_in_the_report_with_the_reason() -> None:
    found = report(TICKET.format(comment=ACCEPTED), "unchecked-verification")
    assert found.diagnostics == ()
    (accepted,) = found.accepted
    assert (accepted.name, accepted.suppressed, accepted.baselined) == (
        "unchecked-verification",
        "the bell is in the museum",
        False,
    )
    assert found.suppressed == found.accepted
    assert found.baselined == ()


def test_a_suppression_without_a_reason_still_suppresses() -> None:
    found = report(
        TICKET.format(comment="<!-- ticketaudit: ignore[unchecked-verification] -->"), "unchecked-verification"
    )
    assert [diagnostic.suppressed for diagnostic in found.accepted] == [""]
    assert found.diagnostics == ()


def test_two_suppressions_of_one_diagnostic_are_both_used() -> None:
    text = TICKET.format(comment=ACCEPTED).replace("\n\n|", f"\n\n{ACCEPTED.replace('museum', 'harbour')}\n\n|", 1)
    found = report(text, "unchecked-verification", "unused-suppression")
    assert [diagnostic.suppressed for diagnostic in found.accepted] == ["the bell is in the harbour"]
    assert found.diagnostics == ()


def test_a_rule_that_does_not_run_leaves_no_suppression_unused() -> None:
    assert report(TICKET.format(comment=ACCEPTED), "verdict-split", "unused-suppression").diagnostics == ()


def test_a_rule_that_has_nothing_to_compare_with_leaves_none_unused(run: Run, bell: Path) -> None:
    text = TICKET.format(comment="<!-- ticketaudit: ignore[dangling-reference] the horn was sold -->")
    bell.write_text(text, encoding="utf-8")
    rules = ("--select", "dangling-reference,suppression")
    assert run("check", "bell.md", *rules).out == ""
    assert "[unused-suppression]" in run("check", *rules).out


def test_a_rule_that_is_silent_about_a_path_leaves_none_unused_there(run: Run, bell: Path) -> None:
    bell.write_text(TICKET.format(comment=ACCEPTED).replace("[ ]", "[x]"), encoding="utf-8")
    assert "[unused-suppression]" in run("check", *RULES).out
    for silent in ("unchecked-verification", "unused-suppression"):
        (bell.parent / "ticketaudit.yaml").write_text(
            f"per-path: {{'*.md': {{ignore: [{silent}]}}}}\n", encoding="utf-8"
        )
        assert run("check", *RULES).out == ""


def test_a_suppression_says_nothing_about_other_files() -> None:
    vocabulary = Vocabulary.builtin()
    texts = {"a.md": TICKET.format(comment=ACCEPTED), "b.md": TICKET.format(comment="")}
    sources = {path: Source.from_text(path, text) for path, text in texts.items()}
    tickets = tuple(ticket for source in sources.values() for ticket in extract(source, vocabulary))
    rules = [ActiveRule(rule, None, rule.options()) for rule in ALL if rule.name == "unchecked-verification"]
    found = audit(Corpus(tickets, vocabulary, sources), rules)
    assert [diagnostic.path for diagnostic in found.diagnostics] == ["b.md"]


def test_diagnostics_about_suppressions_have_a_ticket_a_section_and_a_level_of_their_own() -> None:
    found = report(TICKET.format(comment="<!-- ticketaudit: ignore[verdict-split] -->"), "bare-suppression")
    (diagnostic,) = found.diagnostics
    assert (diagnostic.ticket, diagnostic.section, diagnostic.level) == ("B1-OPS-01", "Verification", "warning")


def test_two_bare_suppressions_are_told_apart_by_their_words() -> None:
    bare = "<!-- ticketaudit: ignore[{}] -->"
    found = report(f"{TICKET.format(comment=bare.format('a'))}\n{bare.format('b')}\n", "bare-suppression")
    assert len({diagnostic.fingerprint for diagnostic in found.diagnostics}) == 2


# --- the run


def test_what_is_suppressed_does_not_count(run: Run, bell: Path) -> None:
    ran = run("check", *RULES)
    assert (ran.status, ran.out, ran.err) == (0, "", "Found no problems in 1 ticket; 1 suppressed.\n")
    assert run("check", "--output-format", "full", *RULES).out == ""


def test_without_the_comment_it_does(run: Run, bell: Path) -> None:
    bell.write_text(TICKET.format(comment=""), encoding="utf-8")
    assert run("check", *RULES).status == 1


def test_json_lists_what_is_suppressed_with_the_reason(run: Run, bell: Path) -> None:
    found = json.loads(run("check", "--output-format", "json", *RULES).out)
    Draft202012Validator(schema("diagnostics")).validate(found)
    assert (found["diagnostics"], found["summary"]["diagnostics"]) == ([], 0)
    assert (found["summary"]["suppressed"], found["summary"]["baselined"]) == (1, 0)
    (accepted,) = found["suppressed"]
    assert (accepted["name"], accepted["line"]) == ("unchecked-verification", 11)
    assert (accepted["suppressed_by"], accepted["reason"]) == ("comment", "the bell is in the museum")


def test_the_rules_about_suppressions_are_configured_like_others(run: Run, bell: Path) -> None:
    bell.write_text(TICKET.format(comment="<!-- ticketaudit: ignore[unchecked-verification] -->"), encoding="utf-8")
    assert run("check", *RULES).out == "bell.md:10:1: warning: the suppression gives no reason [bare-suppression]\n"
    assert run("check", *RULES, "--ignore", "bare-suppression").out == ""
    (bell.parent / "ticketaudit.yaml").write_text("rules: {bare-suppression: {level: error}}\n", encoding="utf-8")
    assert "10:1: error: the suppression" in run("check", *RULES).out
