"""What words mean."""

import pytest

from ticketaudit.vocabulary import Vocabulary
from ticketaudit.words import Words, fold

VOCABULARY = Vocabulary.builtin()


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("**File(s)**", "file"),
        ("Won't Fix", "wont fix"),
        ("wont-fix", "wont fix"),
        ("Function/Class", "function class"),
        ("✅ TRUE (was)", "true was"),
        ("cross_review", "cross review"),
        ("", ""),
    ],
)
def test_fold_drops_what_does_not_matter_for_comparing(text, folded):
    assert fold(text) == folded


def test_words_match_whole_and_leading_but_not_inside():
    words = Words({"fixed": ["all fixed"], "open": []})
    assert [words.exact(text) for text in ("Fixed", "all-fixed", "fixed it", "")] == ["fixed", "fixed", None, None]
    assert [words.leading(text) for text in ("fixed it", "open?", "it is fixed", "")] == ["fixed", "open", None, None]
    assert words.anywhere("it is fixed") == "fixed"


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Cross-Review (Storage Expert)", "review"),
        ("Review by storage", "review"),
        ("3. Summary", "summary"),
        ("Investigation Notes (2025-02-03)", "investigation"),
        ("Final Disposition: Won't Fix", "resolution"),
        ("Closure Notes", "resolution"),
        ("CORRECTION (2025-02-03)", "resolution"),
        ("What's Wrong", "description"),
        ("How to Verify the Fix", "verification"),
        ("Related Findings", "related"),
        ("Related concepts we like", None),
        ("Fixture data", None),
        ("", None),
    ],
)
def test_the_words_of_a_heading_tell_its_role(title, role):
    assert VOCABULARY.role(title) == role


@pytest.mark.parametrize(
    ("verdict", "meaning"),
    [
        ("ENDORSE", "endorse"),
        ("**OBJECT** (strongly)", "object"),
        ("✅ Approved", "endorse"),
        ("approve with changes", "refine"),
        ("NEUTRAL (with caveat)", "neutral"),
        ("NOT A BUG", "other"),
        ("", "other"),
    ],
)
def test_verdicts(verdict, meaning):
    assert VOCABULARY.verdict(verdict) == meaning


@pytest.mark.parametrize(
    ("text", "disposition"),
    [
        ("Fixed", "fixed"),
        ("FIXED in r123", "fixed"),
        ("Already Fixed (Option B)", "already-fixed"),
        ("WONTFIX", "wont-fix"),
        ("Won\u2019t fix", "wont-fix"),
        ("NOT-A-BUG", "not-a-bug"),
        ("Acceptable as-is", "wont-fix"),
        ("Duplicate of B1-X-1", "duplicate"),
        ("Low priority", None),
        ("Unfixed", None),
    ],
)
def test_dispositions(text, disposition):
    assert VOCABULARY.disposition(text) == disposition


def test_claim_states_and_statuses():
    claims = ["❌ FALSE", "TRUE (was)", "⚠️ MISLEADING", "STALE", "whatever"]
    assert [VOCABULARY.claim_status(text) for text in claims] == ["false", "true", "partial", "other", "other"]
    assert [VOCABULARY.state(text) for text in ("open", "Fix-in-progress", "wont-fix", "zzz")] == [
        "open",
        "open",
        "closed",
        None,
    ]


def test_severities_have_an_order_and_words_of_one_step_are_equal():
    ranks = [VOCABULARY.severity_rank(word) for word in ("P0", "p1", "`P2`", "low", "P3", "P9")]
    assert ranks == [0, 1, 2, 3, 3, None]
    assert VOCABULARY.severity_word("p1") == "P1"


def test_the_innermost_folder_that_stands_for_a_disposition_counts():
    paths = ["docs/fixed/a.md", "fixed/wontfix/a.md", "not-a-bug/a.md", "triaged/a.md", "a.md", "x\\fixed\\a.md"]
    found = [VOCABULARY.folder_disposition(path) for path in paths]
    assert found == ["fixed", "wont-fix", "not-a-bug", None, None, "fixed"]


def test_reviewers_of_one_discipline_are_one_however_they_sign():
    spellings = ["Storage Expert", "storage", "storage-agent", "Storage Specialist"]
    assert {VOCABULARY.discipline(name) for name in spellings} == {"storage"}
    assert {VOCABULARY.discipline(name) for name in ("Code Reviewer", "codereview", "code-review")} == {"code-review"}
    assert VOCABULARY.discipline("Expert") == "expert"


def test_commands_are_told_from_other_code():
    assert VOCABULARY.command("grep -rn foo src")
    assert VOCABULARY.command("$ pytest -q")
    assert not VOCABULARY.command("grep")
    assert not VOCABULARY.command("foo.bar(1) + 2")


def test_a_remark_behind_a_severity_does_not_take_it_off_the_scale():
    ranks = [VOCABULARY.severity_rank(value) for value in ("P1 (High)", "P1 – urgent", "P2 or P3")]
    assert ranks == [1, 1, None]


def test_a_claim_that_was_confirmed_false_is_false():
    assert [VOCABULARY.claim_status(text) for text in ("CONFIRMED FALSE", "Confirmed")] == ["false", "true"]


def test_votes_for_and_against_are_two_words():
    words = Vocabulary.builtin().with_words({"verdicts": {"object": ["-1"], "endorse": ["+1"]}})
    assert [words.verdict(text) for text in ("+1", "-1", "**-1** (too loud)")] == ["endorse", "object", "object"]
