"""What words mean."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketaudit.lexicon import builtin
from ticketaudit.phrases import Phrase, Phrases
from ticketaudit.vocabulary import Vocabulary
from ticketaudit.words import Memo, Words, fold, index

VOCABULARY = Vocabulary.builtin()
PHRASES = [phrase for group in builtin().phrases.values() for phrase in group]
PHRASES += [phrase for pair in builtin().denials for phrase in pair]


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
    words = Words(index({"fixed": ["all fixed"], "open": []}))
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


@given(st.sampled_from(PHRASES), st.data())
def test_what_a_phrase_matches_has_the_letters_that_it_needs(phrase, data):
    pattern = re.compile(phrase.pattern.replace("{S}", r"(?<![\w-])P1(?!\w|-\d)").replace("{W}", "high"), re.IGNORECASE)
    text = data.draw(st.from_regex(pattern))
    one = Phrases({"one": [phrase]}, [], ["P1", "high"])
    assert [match.span() for match in one["one"].every(text)] == [match.span() for match in pattern.finditer(text)]


def test_letters_are_needed_whatever_their_case_and_look():
    bells = Phrases({"bells": [Phrase("this bell", (("this",), ("bell",)))]}, [], [])
    assert [bool(bells["bells"].within(text)) for text in ("THİS BELL", "thiſ bell", "this boat")] == [
        True,
        True,
        False,
    ]


def test_a_severity_of_several_words_is_found_across_lines():
    own = VOCABULARY.with_words({"severities": ["Level 1", "Level 2"]})
    assert own.phrases("severity named", "rather a level\n2 than that")[0]["severity"] == "level\n2"


def test_a_memo_is_bounded_and_keeps_nothing_of_long_texts():
    asked = []
    memo = Memo(lambda text: asked.append(text) or len(text), 2)
    assert [memo[text] for text in ("a", "bb", "a", "c", "a", "d" * 300)] == [1, 2, 1, 1, 1, 300]
    assert asked == ["a", "bb", "c", "a", "d" * 300]
    assert len(memo) == 2
