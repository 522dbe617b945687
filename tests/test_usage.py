"""Claims that something in the code is not used: of what, which kind, and where they are made."""

from __future__ import annotations

import pytest

from ticketaudit.extract.usage import UsageClaim, read_usage_claims
from ticketaudit.text import Source
from ticketaudit.vocabulary import Vocabulary

HEAD = "# W-1: Winch\n\n**Status:** open\n\n## Description\n\n"
HEAD_LINES = HEAD.count("\n")


def claims(text: str) -> tuple[UsageClaim, ...]:
    return read_usage_claims(Source.from_text("w.md", text), Vocabulary.builtin())


@pytest.mark.parametrize(
    ("sentence", "symbol", "kind", "scope"),
    [
        ("`Winch.haul()` is never called.", "Winch.haul", "use", None),
        ("`.haul(...)` has no callers.", "haul", "use", None),
        ("Dead code: `haul`.", "haul", "use", None),
        ("Nothing calls haul().", "haul", "use", None),
        ("haul() is never called.", "haul", "use", None),
        ("`haul()` is **never** called.", "haul", "use", None),
        ("The haul_in method is never called, and `slack` is.", "haul_in", "use", None),
        ("It defines `brake`, and `Winch.haul` is never used.", "Winch.haul", "use", None),
        ("The `drum` field is never set.", "drum", "set", None),
        ("Nothing sets `drum`.", "drum", "set", None),
        ("The `load` parameter is never read.", "load", "parameter", None),
        ("Unused load parameter in haul().", "load", "parameter", None),
        ("`haul()` is never called in `src/deck/`.", "haul", "use", "src/deck/"),
        ("`haul()` is never called outside src/deck/ today.", "haul", "use", "src/deck/"),
        ("The `Rope` NamedTuple is never used.", "Rope", "use", None),
        ("*`haul()`* is never called.", "haul", "use", None),
        ("Nothing calls *`haul()`*.", "haul", "use", None),
        ("Nothing calls`haul`.", "haul", "use", None),
        ("`slack`: nothing calls `haul`.", "haul", "use", None),
    ],
)
def test_what_is_said_not_to_be_used(sentence: str, symbol: str, kind: str, scope: str | None) -> None:
    found = [(claim.symbol, claim.kind, claim.scope) for claim in claims(f"{HEAD}{sentence}\n")]
    assert found == [(symbol, kind, scope)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The winch is never used.",
        "`haul()` is called.",
        "If `haul()` is never called, it rusts.",
        "`haul()` is never called at night.",
        "`haul()` is never called `at` night.",
        "`haul()` is slow, and the brake is never used.",
        "The drum is never set, `haul()` says.",
        "`a + b` is never used.",
        "`winch = old_winch` is dead code.",
    ],
)
def test_what_names_nothing_or_is_limited_is_no_claim(sentence: str) -> None:
    assert claims(f"{HEAD}{sentence}\n") == ()


def test_each_claim_once_with_its_sentence_and_line() -> None:
    text = (
        f"{HEAD}It is old. Well,\nit squeaks, and\nhow. `slack()` is never called, nor is\n"
        "`drum` ever moved: `drum` is never set.\n\n`haul()` is never called.\n"
    )
    assert [(claim.symbol, claim.kind, claim.text, claim.line - HEAD_LINES) for claim in claims(text)] == [
        ("slack", "use", "slack() is never called, nor is drum ever moved: drum is never set.", 3),
        ("drum", "set", "slack() is never called, nor is drum ever moved: drum is never set.", 3),
        ("haul", "use", "haul() is never called.", 6),
    ]


def test_the_title_speaks_and_what_should_be_does_not() -> None:
    text = (
        "# W-1: `haul()` is never called\n\n**Status:** open\n\n## Recommended Fix\n\n`slack()` is never called then.\n"
    )
    assert [(claim.symbol, claim.line) for claim in claims(text)] == [("haul", 1)]


def test_a_ticket_needs_no_heading_to_claim_something() -> None:
    assert [claim.symbol for claim in claims("---\nid: W-1\nstatus: open\n---\n\n`haul()` is never called.\n")] == [
        "haul"
    ]


def test_a_field_and_what_uses_it_are_two_claims() -> None:
    found = claims(f"{HEAD}`drum` is never set. `drum` is never read. `drum` is never read in `src/`.\n")
    assert [(claim.symbol, claim.kind, claim.scope) for claim in found] == [
        ("drum", "set", None),
        ("drum", "use", None),
        ("drum", "use", "src/"),
    ]


def test_a_ticket_without_such_words_claims_nothing() -> None:
    assert claims(f"{HEAD}The `drum` turns.\n") == ()
