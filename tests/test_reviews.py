"""Reviews in the shapes that review sections have."""

import pytest

from ticketaudit.extract import extract
from ticketaudit.extract.severity import concluded, recommended
from ticketaudit.text import Source
from ticketaudit.vocabulary import Vocabulary

VOCABULARY = Vocabulary.builtin()
HEAD = """\
# Finding Ticket: Queue drops letters

| Field | Value |
|-------|-------|
| **Ticket ID** | `Q1-IO-07` |
| **Severity** | `P1` |
| **Status** | `open` |

## Code Evidence

The `put(letter, now)` call is not locked.

"""
HEAD_LINES = HEAD.count("\n")


def reviews(body):
    (ticket,) = extract(Source.from_text("q.md", HEAD + body), VOCABULARY)
    return ticket.reviews


TWO = [("mail", "object", "It is fine."), ("Storage Expert", "endorse", "Seen it.")]
SHAPES = {
    "a row per reviewer": """\
## Cross-Review

| Reviewer | Verdict | Evaluation |
|----------|---------|------------|
| `mail` | **OBJECT** | It is fine. |
| Storage Expert | ENDORSE | Seen it. |
""",
    "a row per reviewer, the evaluations below": """\
## Cross-Review

| Verdict | Agent | Domain |
|---------|-------|--------|
| **OBJECT** | mail | Post |
| **ENDORSE** | Storage Expert | Disks |

**Mail Evaluation:** It is fine.

**Storage Evaluation:** Seen it.
""",
    "rows with the evaluation between them": """\
## Cross-Review

| Reviewer | Verdict | Date |
|----------|---------|------|
| mail | **OBJECT** | 2025-03-04 |

**Mail Evaluation:** It is fine.

| Storage Expert | **ENDORSE** | 2025-03-04 |

**Storage Expert Evaluation:** Seen it.
""",
    "a section and a field table per reviewer": """\
## Cross-Review (mail)

| Field | Value |
|-------|-------|
| **Verdict** | `OBJECT` |
| **Reviewer** | mail |

**Evaluation:** It is fine.

---

## Cross-Review (Storage Expert)

| Field | Value |
|-------|-------|
| **Reviewer** | Storage Expert |
| **Date** | 2025-03-04 |
| **Verdict** | `ENDORSE` |

### Evaluation

Seen it.
""",
    "a section per reviewer, a header table with the evaluation in it": """\
## Cross-Review: mail

| Verdict | Evaluation |
|---------|------------|
| **OBJECT** | It is fine. |

## Cross-Review: Storage Expert

| Verdict | Evaluation |
|---------|------------|
| **ENDORSE** | Seen it. |
""",
    "a table whose header is its first entry": """\
## Cross-Review: mail

| Verdict | OBJECT |
|---------|--------|

It is fine.

## Cross-Review: Storage Expert

| Verdict | **ENDORSE** |
|---------|-------------|
| **Evaluation** | Seen it. |
""",
    "subsections named after the reviewers": """\
## Reviews

### mail

**Verdict:** OBJECT

It is fine.

### Storage Expert

Verdict: ENDORSE
Seen it.
""",
    "the verdict in the heading": """\
## Reviews

### mail – OBJECT

It is fine.

### Storage Expert: ENDORSE

Seen it.
""",
    "bold lines": """\
## Review

**Reviewer:** mail | **Verdict:** OBJECT

It is fine.

**Reviewer:** Storage Expert
**Verdict:** ENDORSE
Seen it.
""",
    "quoted": """\
## Cross-Review by mail

> **Verdict:** OBJECT
>
> It is fine.

## Cross-Review by Storage Expert

> **Verdict: ENDORSE**
>
> Seen it.
""",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_gives_the_same_reviews(shape):
    assert [(review.reviewer, review.verdict, review.text) for review in reviews(SHAPES[shape])] == TWO


def test_a_name_as_the_key_and_the_verdict_as_the_value():
    first, second = reviews("## Reviews\n\n- **mail:** OBJECT – it is fine\n- **Storage Expert**: ENDORSE, seen it\n")
    assert (first.reviewer, first.verdict, first.verdict_text) == ("mail", "object", "OBJECT")
    assert (second.reviewer, second.verdict, second.line) == ("Storage Expert", "endorse", HEAD_LINES + 4)


def test_lines_and_dates():
    first, second = reviews(SHAPES["rows with the evaluation between them"])
    assert (first.line, second.line) == (HEAD_LINES + 5, HEAD_LINES + 9)
    assert first.date == "2025-03-04"


def test_a_verdict_without_a_reviewer_and_a_reviewer_without_a_verdict():
    (review,) = reviews("## Cross-Review\n\n| Verdict | OBJECT |\n|--|--|\n\n### Pending\n\n**Reviewer:** mail\n")
    assert (review.reviewer, review.verdict) == (None, "object")


def test_sign_offs_after_a_resolution_are_no_reviews():
    assert reviews("## Resolution\n\n### Sign-Off\n\n**mail:** APPROVED\n\n### Verdict\n\n**Verdict:** ENDORSE\n") == ()


def test_what_stands_below_a_column_for_each_reviewer_is_none_s() -> None:
    columns = (
        "|  | deck | bridge |\n|--|--|--|\n| Verdict | OBJECT | ENDORSE |\n| Evaluation | Never seen. | Heard. |\n"
    )
    found = reviews(f"## Cross-Review\n\n{columns}\nBoth were on watch.\n\n**Date:** 2025-03-04\n")
    assert [(review.reviewer, review.text, review.date) for review in found] == [
        ("deck", "Never seen.", None),
        ("bridge", "Heard.", None),
    ]


class TestEvidence:
    def evidence(self, text):
        (review,) = reviews(f"## Cross-Review (mail)\n\n**Verdict:** ENDORSE\n\n{text}\n")
        return [(evidence.kind, evidence.text) for evidence in review.evidence]

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("See src/q.py:10-12.", [("path", "src/q.py:10-12")]),
            ("Held by lines 10-12 and L88.", [("line", "lines 10-12"), ("line", "L88")]),
            ("`pytest -k queue` hangs.", [("command", "pytest -k queue")]),
            ("Grep shows two callers.", [("command", "Grep shows")]),
            ("Confirmed 7 callers.", [("command", "Confirmed 7 callers")]),
            ("That makes 3*7 + 2 = 23 letters.", [("calculation", "3*7 + 2 = 23")]),
            ("The actual code is `self.lock.acquire()`.", [("code", "self.lock.acquire()")]),
            ('Its docstring says "callers must hold the lock".', [("code", "callers must hold the lock")]),
        ],
    )
    def test_what_can_be_checked(self, text, found):
        assert self.evidence(text) == found

    @pytest.mark.parametrize(
        "text",
        [
            "Sounds right, and it is well-tested.",
            "The code calls `put(letter,now)`.",
            "The code should use `self.lock.acquire()` instead.",
            "It matters in q.py, and the L2 norm is off.",
            "This costs about 29% of the letters.",
        ],
    )
    def test_agreement_repetition_and_proposals_are_no_evidence(self, text):
        assert self.evidence(text) == []


class TestSeverity:
    def test_what_is_recommended_between_two_that_are_refused(self):
        assert recommended("Should not be P1. Recommend P3, not P2.", VOCABULARY) == ("P3",)

    @pytest.mark.parametrize(
        ("text", "severities"),
        [
            ("Recommend P3.", ("P3",)),
            ("Severity should be P3 not P1.", ("P3",)),
            ("P1 is appropriate.", ("P1",)),
            ("P1 severity is excessive; downgrade to P3/P4.", ("P3", "P4")),
            ("Valid p2 finding.", ("P2",)),
            ("A documentation nit (P3/P4), rather than a P1.", ("P3", "P4")),
            ("Not a P1 bug.", ()),
            ("P1 implies an outage.", ()),
            ("Elevate to P2 if it is used elsewhere.", ()),
            ("Overkill for a P3.", ()),
            ("Given P4 severity, fine.", ()),
            ("Same as Q1-IO-02 (P1).", ()),
            ("See P4-6 and AP3X.", ()),
            ("High time.", ()),
        ],
    )
    def test_what_a_reviewer_recommends(self, text, severities):
        assert recommended(text, VOCABULARY) == severities

    def test_a_severity_entry_of_the_review_counts(self):
        (review,) = reviews("## Review\n\n**Reviewer:** mail | **Verdict:** OBJECT | **Severity:** Low\n")
        assert review.severity == ("Low",)

    def test_what_a_text_concludes_and_where(self):
        assert concluded("Original: P1. Revised: P4.", VOCABULARY) == ("P4", 23)
        assert concluded("P1 it was.", VOCABULARY) is None


def test_what_a_reviewer_finds_false_is_quoted():
    (review,) = reviews(
        "## Review (mail)\n\n**Verdict:** OBJECT\n\nHm. The ticket misreads the code, `put` locks. Close it.\n"
    )
    assert review.refutes == "The ticket misreads the code, put locks."


@pytest.mark.parametrize(
    "body",
    [
        "## Reviews\n\n**Bob (reject):** it evicts.\n",
        "## Reviews\n\n**Bob** — Object — it evicts\n",
        "## Reviews\n\n1. **Bob — OBJECT.** It evicts.\n",
        "## Reviews\n\n- **Bob** (reject): it evicts\n",
        "## Review by Bob\n\n❌ Rejected. It evicts.\n",
        "## Reviews\n\n| Who | Vote |\n|--|--|\n| Bob | ~~ENDORSE~~ OBJECT |\n",
        "## Reviews\n\n| Who | Vote |\n|--|--|\n| Bob | ENDORSE → OBJECT |\n",
        "## Reviews\n\n| Who | Vote |\n|--|--|\n| Bob | Not endorsed |\n",
    ],
)
def test_an_objection_is_read_however_it_is_signed(body):
    (review,) = reviews(body)
    assert (review.reviewer, review.verdict) == ("Bob", "object")


@pytest.mark.parametrize(
    "text",
    [
        "x.py:4 confirms it: this is not a false positive.",
        "I disagree with those who say the premise is wrong.",
        "The alarm raises a false positive on every start, exactly as described.",
        "The docstring is factually incorrect, as the ticket says.",
        "We first thought the premise was wrong, but it is correct.",
        "Not a bug in the parser but in the lexer; still real.",
    ],
)
def test_what_is_denied_or_only_reported_refutes_nothing(text):
    (review,) = reviews(f"## Review (ann)\n\n**Verdict:** ENDORSE\n\n{text}\n")
    assert review.refutes is None


@pytest.mark.parametrize(
    ("text", "severities"),
    [
        ("Severity should be Low.", ("Low",)),
        ("I recommend medium.", ("medium",)),
        ("Low severity (P4) is fine.", ("P4",)),
        ("If it were reachable this would be P0.", ()),
        ("I do not recommend P3.", ()),
        ("A high price, a low wall.", ()),
    ],
)
def test_severities_in_words_and_in_conditions(text, severities):
    assert recommended(text, VOCABULARY) == severities


@pytest.mark.parametrize(
    ("text", "severities"),
    [
        ("This should not be P1.", ()),
        ("P1 should be P3.", ("P3",)),
        ("Reduce P1 to P3.", ("P3",)),
        ("P1 → P3", ("P3",)),
        ("P1 seems a bit high.", ()),
        ("Blocks the P0 launch.", ()),
    ],
)
def test_a_change_recommends_what_it_leads_to(text, severities):
    assert recommended(text, VOCABULARY) == severities


def test_a_fence_that_says_where_it_comes_from_is_evidence():
    body = "## Review (ann)\n\n**Verdict:** ENDORSE\n\nIt reads:\n\n```python\n# src/q.py:88\nlock.acquire()\n```\n"
    assert [(evidence.kind, evidence.text) for evidence in reviews(body)[0].evidence] == [("path", "src/q.py:88")]


def test_who_endorses_and_describes_the_bug_refutes_nothing():
    for text in ("Confirmed at q.py:88: the lock does not exist.", "The queue misreads the flag."):
        assert reviews(f"## Review (ann)\n\n**Verdict:** ENDORSE\n\n{text}\n")[0].refutes is None
    (review,) = reviews("## Review (ann)\n\n**Verdict:** ENDORSE\n\nThe ticket is outdated.\n")
    assert review.refutes == "The ticket is outdated."


def test_reviewers_may_stand_side_by_side():
    first, second = reviews(
        "## Cross-Review\n\n|          | deck | bridge |\n|----------|------|--------|\n"
        "| Verdict  | OBJECT | ENDORSE |\n| Comments | See `bell.py:12`. | Heard it. |\n"
    )
    assert (first.reviewer, first.verdict, first.text, len(first.evidence)) == ("deck", "object", "See bell.py:12.", 1)
    assert (second.reviewer, second.verdict, second.text, second.evidence) == ("bridge", "endorse", "Heard it.", ())


class TestSections:
    """Which text, date and severity belong to which review."""

    def said(self, body):
        return [(review.reviewer, review.verdict, review.text) for review in reviews(body)]

    @pytest.mark.parametrize(
        ("body", "name"),
        [
            ("## Cross-Review (4 March 2025)", None),
            ("## Cross – Review (mail)", "mail"),
            ("## Review by Ida of the night watch", "Ida of the night watch"),
            ("## Review by all who were on watch then", None),
        ],
        ids=["a date", "a word of the heading", "five words", "a sentence"],
    )
    def test_the_name_in_a_heading(self, body, name):
        assert self.said(f"{body}\n\n**Verdict:** OBJECT\n\nIt is fine.\n") == [(name, "object", "It is fine.")]

    def test_a_section_without_a_review_ends_the_one_before_it(self):
        body = "## Review by Bob\n\n**Verdict:** OBJECT\n\nIt evicts.\n\n## Review notes\n\nNobody else has looked.\n"
        assert self.said(body) == [("Bob", "object", "It evicts.")]

    def test_text_below_a_table_belongs_to_the_only_review_in_it(self):
        head = "## Reviews\n\n| Reviewer | Verdict |\n|---|---|\n| mail | OBJECT |\n"
        assert self.said(f"{head}\nIt is fine.\n") == [("mail", "object", "It is fine.")]
        assert self.said(f"{head}| disks | ENDORSE |\n\nIt is fine.\n") == [
            ("mail", "object", ""),
            ("disks", "endorse", ""),
        ]

    def test_an_evaluation_goes_with_the_whole_name(self):
        body = (
            "## Reviews\n\n| Reviewer | Verdict |\n|---|---|\n| Night Watch | OBJECT |\n| Night Post | ENDORSE |\n\n"
            "**Night Watch Evaluation:** It is fine.\n\n**Night Post Hours:** until six.\n"
        )
        assert self.said(body) == [("Night Watch", "object", "It is fine."), ("Night Post", "endorse", "")]

    def test_who_has_not_voted_yet_said_nothing_for_the_next(self):
        waiting = "## Reviews\n\n**Reviewer:** mail\n\nStill reading.\n\n"
        body = f"{waiting}**Reviewer:** disks\n\n**Verdict:** OBJECT\n\nFine.\n"
        assert self.said(body) == [("disks", "object", "Fine.")]

    def test_a_later_paragraph_may_begin_with_the_word_of_a_verdict(self):
        body = "## Review by Bob\n\n**Verdict:** OBJECT\n\nIt evicts.\n\nApproved: never.\n"
        assert self.said(body) == [("Bob", "object", "It evicts.\n\nApproved: never.")]

    def test_a_remark_before_the_verdict_is_nobody(self):
        body = "## Review by Bob\n\n**Aside:** I looked twice.\n\nRejected. It evicts.\n"
        assert self.said(body) == [("Bob", "object", "Rejected. It evicts.")]

    def test_the_words_of_a_signed_review_come_once(self):
        assert self.said("## Reviews\n\n**Bob (reject):** it evicts.\n") == [("Bob", "object", "it evicts.")]

    @pytest.mark.parametrize("body", ["**Rope** – old – frayed – Rejected", "**–** OBJECT"])
    def test_a_verdict_deep_in_a_sentence_or_of_nobody_is_none(self, body):
        assert self.said(f"## Reviews\n\n{body}\n") == []

    def test_date_and_severity_by_label_and_by_column(self):
        labels = "**Reviewer:** mail\n**Verdict:** OBJECT\n**Date:** 4 March 2025\n**Severity:** P3\n"
        head = "| Reviewer | Verdict | Severity | Date |\n|----------|---------|----------|------|\n"
        table = f"{head}| mail | OBJECT | P3 | 2025-03-04 |\n"
        for body in (labels, table):
            (review,) = reviews(f"## Reviews\n\n{body}")
            assert (review.date, review.severity) == ("2025-03-04", ("P3",))

    def test_evidence_right_below_the_verdict_has_its_line(self):
        (review,) = reviews("## Review by Bob\n\n**Verdict:** ENDORSE\nSeen: line 88 of it.\n")
        assert [(found.text, found.line) for found in review.evidence] == [("line 88", HEAD_LINES + 4)]
