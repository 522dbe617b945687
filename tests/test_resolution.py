"""What a ticket concludes: the words for it and their line, commits, sign-offs, refutations, the premise."""

from __future__ import annotations

import pytest

from ticketaudit.extract import extract
from ticketaudit.text import Source
from ticketaudit.ticket import Resolution, Ticket
from ticketaudit.vocabulary import Vocabulary

HEAD = """\
# Finding Ticket: {title}

**Ticket ID:** A-1
**Status:** {status}

"""
HEAD_LINES = HEAD.count("\n")


def read(body: str, title: str = "Anchor chain rattles", status: str = "open") -> Ticket:
    (ticket,) = extract(Source.from_text("a.md", HEAD.format(title=title, status=status) + body), Vocabulary.builtin())
    return ticket


def resolution(body: str, title: str = "Anchor chain rattles") -> Resolution:
    found = read(f"## Resolution\n\n{body}\n", title).resolution
    assert found
    return found


@pytest.mark.parametrize(
    ("body", "disposition", "text", "line"),
    [
        ("| Field | Value |\n|---|---|\n| **Commit** | `1a2b3c4d` |", "fixed", "1a2b3c4d", 5),
        ("| Field | Value |\n|---|---|\n| **Fixed by** | the crew |", "fixed", "Fixed by the crew", 5),
        ("| Resolution | Details |\n|---|---|\n| **Status** | Won't fix |", "wont-fix", "Won't fix", 5),
        ("Greased.\n\nFixed in commit 1a2b3c4d.", "fixed", "Fixed in commit 1a2b3c4d.", 5),
        ("It only rattles.\n\n**Won't fix.** It is a chain.", "wont-fix", "Won't fix.", 5),
        ("**Won't fix.** It is old. It is a chain.", "wont-fix", "Won't fix.", 3),
        ("It only rattles.\n\n**Fixed.** The typo in the log, in passing.", None, None, 1),
        ("### Fix\n\n![](chain.png)\n\nGreased.", "fixed", "Greased.", 3),
    ],
    ids=[
        "commit",
        "by",
        "a header of headers",
        "in prose",
        "emphasised later",
        "first sentence",
        "fixed in passing",
        "a picture first",
    ],
)
def test_what_a_resolution_says_and_where(body: str, disposition: str | None, text: str | None, line: int) -> None:
    found = resolution(body)
    assert (found.disposition, found.text, found.line - HEAD_LINES) == (disposition, text, line)


@pytest.mark.parametrize(
    "said", ["TBD – pending the crew's decision", "Pending", "To be determined after the storm.", "Not yet.", "(TODO)"]
)
def test_a_fix_that_is_announced_is_none(said: str) -> None:
    assert resolution(f"### Fix applied\n\n{said}").disposition is None
    assert resolution(f"**Fix:** {said}").disposition is None


@pytest.mark.parametrize("said", ["Pending calls are flushed first.", "The lock is taken, to be released later."])
def test_and_one_that_is_told_is_one(said: str) -> None:
    assert resolution(f"### Fix applied\n\n{said}").disposition == "fixed"
    assert resolution(f"**Fix:** {said}").disposition == "fixed"


@pytest.mark.parametrize("heading", ["Resolution (Won't Fix)", "Resolution – Won't Fix", "Resolution: Won't Fix"])
def test_the_words_of_a_heading_come_without_its_brackets(heading: str) -> None:
    found = read(f"## {heading}\n\nIt is a chain.\n").resolution
    assert found
    assert (found.text, found.line) == ("Won't Fix", HEAD_LINES + 1)


@pytest.mark.parametrize("entries", ["**Resolution:** Won't fix\n**Status:** closed", "**Status:** Won't fix"])
def test_what_the_metadata_say_stands_on_its_line(entries: str) -> None:
    text = f"# A-1: Anchor\n\n{entries}\n**Severity:** Low\n"
    (ticket,) = extract(Source.from_text("a.md", text), Vocabulary.builtin())
    assert ticket.resolution is not None
    assert (ticket.resolution.disposition, ticket.resolution.line) == ("wont-fix", 3)


def test_a_closed_status_may_say_how_it_ended() -> None:
    found = read("", status="Closed, won't fix").resolution
    assert found
    assert (found.disposition, found.text, found.line) == ("wont-fix", "Closed, won't fix", 4)


@pytest.mark.parametrize(
    "told",
    [
        "**Commit:** 1a2b3c4d\n",
        "| Field | Value |\n|---|---|\n| Commit | `1a2b3c4d` |\n",
        "| Commit | `1a2b3c4d` |\n|---|---|\n| By | Ida |\n",
        "| Seen | By |\n|---|---|\n| deck | Ida |\n\n**Commits:**\n\n- 1a2b3c4d\n",
        "**Merged as:**\n\n- 1a2b3c4d\n",
        "### Commits\n\n- 1a2b3c4d\n",
        "### Remarks\n\nWell done.\n\n### What was done\n\n**Commits:**\n\n- 1a2b3c4d\n",
    ],
    ids=["label", "table", "header", "list below a table", "list", "section", "list in a section"],
)
def test_the_commit_of_a_resolution_below_an_investigation(told: str) -> None:
    found = read(f"## Investigation\n\nWe looked.\n\n## Resolution\n\n**Disposition:** Fixed\n\n{told}").resolution
    assert found
    assert found.commits == ("1a2b3c4d",)


@pytest.mark.parametrize(
    ("body", "commits"),
    [
        ("| Field | Value |\n|---|---|\n| **By** | Ida |\n| **Commits** | 1234567, 7654321 |", ["1234567", "7654321"]),
        ("**Commits:**\n\n- 1234567 grease\n- 7654321 more grease", ["1234567", "7654321"]),
        ("**Commits:**\n\n- 1234567 grease\n\nBooked as:\n\n- 7654321", ["1234567"]),
        ("Commits:\n\n- 1234567 grease", ["1234567"]),
        ("**Notes:**\n\n- 7654321 was the booking", []),
        ("| What | How | By |\n|---|---|---|\n| chain | fixed in commit 1a2b3c4d | Ida |", ["1a2b3c4d"]),
    ],
    ids=["a row", "a list below", "another list", "a plain label", "other words", "in a cell"],
)
def test_commits_that_are_said_to_be_the_fix(body: str, commits: list[str]) -> None:
    assert list(resolution(body).commits) == commits


@pytest.mark.parametrize(
    "text", ["## Resolution\n\n**Resolved:** 4 March 2025\n", "## Resolution (4 March 2025)\n\nOiled.\n"]
)
def test_the_day_may_be_written_in_words(text: str) -> None:
    found = read(text).resolution
    assert found
    assert found.date == "2025-03-04"


class TestSignOffs:
    def sign_offs(self, body: str) -> list[tuple[str, str, int]]:
        return [(found.name, found.text, found.line - HEAD_LINES) for found in resolution(body).sign_offs]

    @pytest.mark.parametrize(
        ("body", "found"),
        [
            ("Sign-off: Ida", [("Ida", "Ida", 3)]),
            ("**Sign-off:** Approved by Ida", [("Ida", "Approved by Ida", 3)]),
            ("| Sign-off | Details |\n|---|---|\n| Approved by | Ida |", [("Ida", "Ida", 5)]),
            ("**Sign-off:** Ida (bosun) – late (but there)", [("Ida", "Ida (bosun) – late (but there)", 3)]),
            ("Greased.\n\nIt was approved by Ida.", [("Ida", "It was approved by Ida.", 5)]),
            ("### Night Watch Review\n\nQuiet now.\n\nApproved.", [("Night Watch", "Approved.", 3)]),
            ("### Sign-Off\n\n**Ida:** yes\n**Bo:** yes", [("Ida", "yes", 5), ("Bo", "yes", 6)]),
        ],
        ids=["plain", "approved by", "a table", "remarks", "prose", "a review of the outcome", "names as keys"],
    )
    def test_names_and_words(self, body: str, found: list[tuple[str, str, int]]) -> None:
        assert self.sign_offs(body) == found

    @pytest.mark.parametrize("body", ["**Sign-off:** pending", "**Sign-off:** 4 March 2025", "**Root cause:** salt"])
    def test_what_is_none(self, body: str) -> None:
        assert self.sign_offs(body) == []

    def test_several_names_in_one_entry(self) -> None:
        assert [name for name, *_ in self.sign_offs("**Sign-off:** Ida,, Bo")] == ["Ida", "Bo"]


class TestRefutation:
    @pytest.mark.parametrize(
        ("body", "text", "line"),
        [
            ("The ticket is wrong:\nit is the pump. We looked.", "The ticket is wrong: it is the pump.", 3),
            ("We looked. Why not.\nThe ticket is wrong.", "The ticket is wrong.", 4),
            ("**Status:** Not a bug", "Not a bug", 3),
            ("### Why the ticket is wrong", "Why the ticket is wrong", 3),
        ],
        ids=["over two lines", "later", "by its disposition", "by its heading alone"],
    )
    def test_the_words_and_their_line(self, body: str, text: str, line: int) -> None:
        found = resolution(body).refutation
        assert found
        assert (found.text, found.line - HEAD_LINES) == (text, line)

    @pytest.mark.parametrize(("status", "refuted"), [("Won't fix", True), ("Fixed", False)])
    def test_what_was_fixed_cannot_be_denied(self, status: str, refuted: bool) -> None:
        body = f"**Status:** {status}\n\nThe brake is needed in a swell."
        assert (resolution(body, title="Unnecessary brake on the anchor chain").refutation is not None) == refuted

    def test_a_reviewer_may_deny_what_only_the_summary_claims(self) -> None:
        body = "## Summary\n\nThe brake is unnecessary.\n\n## Review (deck)\n\n**Verdict:** OBJECT\n\nIt is required.\n"
        assert read(body).premise == "refuted"


class TestPremise:
    def test_an_objection_is_settled_by_a_severity_that_was_concluded(self) -> None:
        objection = "## Review (deck)\n\n**Verdict:** OBJECT\n\nNobody sleeps there.\n\n"
        assert read(objection).premise == "disputed"
        assert read(f"{objection}## Investigation Notes\n\nRevised: P3\n").premise == "unverified"

    @pytest.mark.parametrize(
        ("claim", "premise"),
        [
            ("the anchor chain rattles badly at every mooring", "unverified"),
            ("the anchor chain rattles badly upon mooring", "unverified"),
            ("the anchor chain rattles in bad fog", "refuted"),
        ],
    )
    def test_a_false_claim_is_the_tickets_where_most_of_its_longer_words_are(self, claim: str, premise: str) -> None:
        table = f"## Investigation Notes\n\n| Claim | Status |\n|---|---|\n| {claim} | FALSE |\n"
        assert read(table).premise == premise
