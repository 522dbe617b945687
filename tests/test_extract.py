"""From text to the record, part by part. Tickets here are as short as they can be."""

import time

import pytest

from ticketaudit.extract import extract
from ticketaudit.text import Source
from ticketaudit.vocabulary import Vocabulary

HEAD = """\
# Finding Ticket: Queue drops letters

| Field | Value |
|-------|-------|
| **Ticket ID** | `Q1-IO-07` |
| **Severity** | `P1` |
| **Status** | `open` |
| **Batch** | 1 |
| **Agent** | `io` |
| **Domain** | `queue` / `mail` |
| **Assignee** | |
| **Created** | 2025-03-04 |
| **Updated** | 5 March |

"""
HEAD_LINES = HEAD.count("\n")


def tickets(text, path="q.md"):
    return extract(Source.from_text(path, text), Vocabulary.builtin())


def read(body="", head=HEAD):
    (ticket,) = tickets(head + body)
    return ticket


def line(number):
    """A line of the body."""
    return HEAD_LINES + number


class TestMetadata:
    def test_the_table(self):
        ticket = read()
        assert (ticket.id, ticket.title, ticket.severity) == ("Q1-IO-07", "Queue drops letters", "P1")
        assert (ticket.status, ticket.state, ticket.batch, ticket.agent) == ("open", "open", "1", "io")
        assert (ticket.domain, ticket.assignee) == (("queue", "mail"), None)
        assert (ticket.line, ticket.end_line) == (1, HEAD_LINES + 1)

    def test_a_date_that_cannot_be_read_is_null_and_its_text_stays_in_the_fields(self):
        ticket = read()
        assert (ticket.created, ticket.updated) == ("2025-03-04", None)
        assert ("Updated", "5 March", 13) in [(field.key, field.value, field.line) for field in ticket.fields]

    def test_front_matter_keeps_the_words_as_written(self):
        (ticket,) = tickets("---\nid: 010\nstatus: no\nseverity: P2\n---\n# Title\n")
        assert (ticket.id, ticket.status, ticket.severity) == ("010", "no", "P2")

    @pytest.mark.parametrize(
        "head",
        [
            "# T\n\n**ID:** Q-1\n**Severity:** P2\n**Status:** open\n",
            "# T\n\n**ID**: Q-1 | **Severity**: P2 | **Status**: open\n",
            "# T\n\n- **ID:** Q-1\n- **Severity:** P2\n- **Status:** open\n",
            "# T\n\n- ID: Q-1\n- Severity: P2\n- Status: open\n",
            "# T\n\n| ID | Q-1 |\n|---|---|\n| Severity | P2 |\n| Status | open |\n",
            "T\n=\n\nID: Q-1\nSeverity: P2\nStatus: open\n",
        ],
    )
    def test_other_shapes_of_metadata(self, head):
        ticket = read(head=head)
        assert (ticket.title, ticket.id, ticket.severity, ticket.status) == ("T", "Q-1", "P2", "open")

    @pytest.mark.parametrize("text", ["", "\n\n", "# Title\n\ntext\n", "| A | B |\n|---|---|\n| 1 | 2 |\n", "\x00\x01"])
    def test_other_documents_are_no_tickets(self, text):
        assert tickets(text) == ()

    @pytest.mark.parametrize(
        "rows",
        [
            "| **Ticket ID** | `B{n}-{who}` |\n| **Severity** | `P1` |",
            "| **Ticket ID** | `B{n}-{who}` (e.g., `B3-IO`) |\n| **Severity** | `P0` / `P1` |",
            "| **Ticket ID** | |\n| **Severity** | `P0` / `P1` / `P2` |\n| **Status** | `open` |",
            "| **Severity** | P1 |\n| **Status** | open, doing or done: open/doing/done |",
            "| **Severity** | P1 |\n| **Status** | [open, closed] |",
        ],
    )
    def test_a_template_is_no_ticket(self, rows):
        assert tickets(f"# T\n\n| Field | Value |\n|--|--|\n{rows}\n| **Created** | YYYY-MM-DD |\n") == ()

    def test_a_ticket_whose_author_did_not_choose_is_one(self):
        ticket = read(head=HEAD.replace("`P1`", "`P0` / `P1` / `P2`"))
        assert (ticket.id, ticket.severity) == ("Q1-IO-07", "P0 / P1 / P2")

    @pytest.mark.parametrize(
        ("heading", "title"),
        [
            ("Finding Ticket: A: b", "A: b"),
            ("Bug: slow", "slow"),
            ("Q1-IO-07: slow", "slow"),
            ("[Q1-IO-07] slow", "slow"),
            ("Fix: slow", "Fix: slow"),
            ("`code` and **bold**", "code and bold"),
        ],
    )
    def test_the_title_is_the_heading_without_its_type_word_and_id(self, heading, title):
        assert read(head=HEAD.replace("Finding Ticket: Queue drops letters", heading)).title == title

    @pytest.mark.parametrize("title", ["T-1: Leaky cache", "[T-1] Leaky cache", "T-1 - Leaky cache"])
    def test_the_id_may_stand_in_the_title(self, title):
        ticket = read(head=f"# {title}\n\n**Severity:** P2\n**Status:** Closed (fixed)\n")
        assert (ticket.id, ticket.title, ticket.resolution.disposition) == ("T-1", "Leaky cache", "fixed")

    def test_what_is_struck_out_no_longer_holds(self):
        assert read(head=HEAD.replace("`P1`", "~~P1~~ `P3`")).severity == "P3"


class TestSections:
    def test_parts_of_a_resolution_belong_to_it(self):
        ticket = read("## Verification\n\n### Steps\n\n## Resolution\n\n### Verification\n")
        roles = [(section.title, section.role) for section in ticket.sections[1:]]
        assert roles == [
            ("Verification", "verification"),
            ("Steps", "verification"),
            ("Resolution", "resolution"),
            ("Verification", "resolution"),
        ]

    def test_a_title_that_begins_with_the_word_of_a_section_is_a_title(self):
        ticket = read("## Verification\n\n- [x] a\n", head=HEAD.replace("Finding Ticket: Queue", "Fix: Queue"))
        assert [checklist.role for checklist in ticket.checklists] == ["verification"]


class TestChecklists:
    def test_boxes_stand_under_their_section_or_lead_in(self):
        ticket = read(
            "## Summary\n\n**Category:**\n- [x] Loss\n- [ ] Style\n\n"
            "## Verification\n\n- [ ] one\n- [x] ~~two~~\n- [ ] ~~three~~\n\n```\n- [ ] code\n```\n"
        )
        groups = [(group.section, group.role, len(group.items)) for group in ticket.checklists]
        assert groups == [("Category", "category", 2), ("Verification", "verification", 3)]
        assert ticket.categories == ("Loss",)
        boxes = [(item.text, item.checked, item.struck_out) for item in ticket.checklists[1].items]
        assert boxes == [("one", False, False), ("~~two~~", True, True), ("~~three~~", False, True)]
        assert ticket.checklists[1].items[0].line == line(9)


class TestSummary:
    @pytest.mark.parametrize(
        "body",
        [
            "## Summary\n\n**One-line summary:** It `drops` letters.\n\n**Category:**\n- [x] a\n",
            "## Summary\n\nIt **drops**\nletters.\n\nMore.\n",
            "**Summary:** It drops letters.\n",
        ],
    )
    def test_labelled_or_the_first_paragraph(self, body):
        assert read(body).summary == "It drops letters."


class TestLocations:
    def location(self, files, lines="N/A", symbol="f()"):
        return read(
            "## Location\n\n| Field | Value |\n|---|---|\n"
            f"| **File(s)** | {files} |\n| **Line(s)** | {lines} |\n| **Function/Class** | {symbol} |\n"
        ).locations

    def test_one_file(self):
        (found,) = self.location("`src/q.py`", "`10-12`, 20", "`Queue.put()`")
        assert (found.path, found.lines, found.symbol, found.line) == (
            "src/q.py",
            ((10, 12), (20, 20)),
            "Queue.put()",
            line(5),
        )

    def test_several_files_with_lines_that_name_them(self):
        found = self.location("`src/q.py`, `src/m.py`", "q.py: 3-5, m.py: 7, 9-10", "put(), get()")
        assert [(place.path, place.lines, place.symbol) for place in found] == [
            ("src/q.py", ((3, 5),), "put()"),
            ("src/m.py", ((7, 7), (9, 10)), "get()"),
        ]

    def test_several_files_with_as_many_code_spans_of_lines(self):
        found = self.location("`a.py`, `b.py`", "`1-2`, `3`")
        assert [place.lines for place in found] == [((1, 2),), ((3, 3),)]

    @pytest.mark.parametrize("lines", ["N/A", "Multiple", "(n>3 integration)", "python3 code"])
    def test_words_are_no_lines(self, lines):
        assert self.location("`a.py`", lines)[0].lines == ()

    def test_a_number_that_no_line_can_have_is_no_line(self):
        assert self.location("`a.py`", f"{10**25}, 12")[0].lines == ((12, 12),)
        assert self.location(f"`a.py:{'9' * 5000}`", "")[0].path == "a.py"

    def test_lines_may_stand_with_the_file_and_other_words_beside_it(self):
        (found,) = self.location("`src/q.py:10-12` (class `Queue`)", "")
        assert (found.path, found.lines) == ("src/q.py", ((10, 12),))

    def test_words_are_no_file(self):
        assert [place.path for place in self.location("Multiple files")] == [None]

    def test_further_locations_are_listed_below(self):
        ticket = read(
            "## Location\n\n| Field | Value |\n|---|---|\n| **File** | `a.py` |\n| **Lines** | 1 |\n\n"
            "**Additional locations:**\n- `b.py:100-110` - also\n- `a.py:5`\n"
        )
        assert [(place.path, place.lines) for place in ticket.locations] == [
            ("a.py", ((1, 1), (5, 5))),
            ("b.py", ((100, 110),)),
        ]
        assert [place.line - HEAD_LINES for place in ticket.locations] == [5, 9]

    def test_a_table_of_files_and_what_stands_below_it(self):
        ticket = read(
            "## Location\n\n| File | Lines | Function |\n|---|---|---|\n| `a.py` | 1 | |\n| `b.py` | 2 | `b()` |\n\n"
            "**File:** `c.py`\n**Function:** `c()`\n**File:** `d.py`\n\n- `a.py:7`\n"
        )
        assert [(place.path, place.lines, place.symbol) for place in ticket.locations] == [
            ("c.py", (), "c()"),
            ("a.py", ((1, 1), (7, 7)), None),
            ("b.py", ((2, 2),), "b()"),
            ("d.py", (), None),
        ]

    def test_the_symbol_of_a_file_named_twice_is_the_one_that_is_named(self):
        row = "| `a.py` | {} | {} |\n"
        table = "## Location\n\n| File | Lines | Function |\n|---|---|---|\n"
        for one, other, symbol in (("", "`a()`", "a()"), ("`a()`", "", "a()"), ("`a()`", "`b()`", "a()")):
            (found,) = read(table + row.format(1, one) + row.format(2, other)).locations
            assert (found.lines, found.symbol) == (((1, 1), (2, 2)), symbol)

    def test_a_path_needs_no_marks_and_a_name_no_ending(self):
        assert [place.path for place in self.location("src/q.py")] == ["src/q.py"]
        assert [place.path for place in self.location("Makefile, LICENSE")] == ["Makefile", "LICENSE"]

    @pytest.mark.parametrize(
        ("files", "lines"),
        [
            ("`fit.R`, `plot.R`", "fit.R: 3-5, plot.R: 7"),
            ("`a/fit.py`, `b/plot.py`", "a/fit.py: 3-5, b/plot.py: 7"),
            ("`2/fit.R`, `3/plot.py`", "`x/2/fit.R: 3-5`, `x/3/plot.py: 7`"),
        ],
        ids=["capital endings", "with folders", "folders with numbers"],
    )
    def test_lines_go_with_the_file_that_they_name(self, files, lines):
        assert [place.lines for place in self.location(files, lines)] == [((3, 5),), ((7, 7),)]


class TestRelations:
    def test_ids_of_the_tickets_own_shape_with_their_kind_and_note(self):
        ticket = read(
            "## Related Findings\n\n| Ticket ID | Relationship | Notes |\n|---|---|---|\n"
            "| `Q1-IO-08` | `duplicate` | same letter |\n| `Q1-UI-01` | `blocks` | see Q1-UI-02, R-2 |\n\n"
            "- Q2-IO-01: the older one\n- Found again in the mail report (M-3)\n- Q1-IO-08: once more\n"
        )
        found = [(relation.id, relation.kind, relation.note) for relation in ticket.relations]
        assert found == [
            ("Q1-IO-08", "duplicate", "same letter"),
            ("Q1-UI-01", "blocks", "see Q1-UI-02, R-2"),
            ("Q1-UI-02", "blocks", "see Q1-UI-02, R-2"),
            ("Q2-IO-01", "related", "the older one"),
        ]

    def test_what_names_no_ticket_is_a_defect_also_behind_what_says_nothing(self):
        ticket = read("## Related Findings\n\n- None\n- the older one\n")
        assert [(defect.text, defect.line - HEAD_LINES) for defect in ticket.defects] == [("the older one", 4)]

    def test_what_can_be_looked_up_otherwise_is_no_defect(self):
        assert read("## Related Findings\n\n- #12\n- src/q.py:3\n- see https://example.org/letters\n").defects == ()

    def test_a_column_for_the_kind_says_it_whatever_the_notes_say(self):
        ticket = read(
            "## Related Findings\n\n| Ticket ID | Notes | Relationship |\n|---|---|---|\n"
            "| `Q1-IO-08` | blocks the mail | related |\n"
        )
        assert [(relation.kind, relation.note) for relation in ticket.relations] == [("related", "blocks the mail")]

    def test_a_row_without_a_column_for_the_kind_says_it_in_its_words(self):
        ticket = read(
            "## Related Findings\n\n| Ticket ID | Remark |\n|---|---|\n"
            "| `Q1-IO-08` | duplicate of this |\n| the older one | lost |\n"
        )
        assert [(each.kind, each.note, each.line - HEAD_LINES) for each in ticket.relations] == [
            ("duplicate", "duplicate of this", 5)
        ]
        assert [(each.text, each.line - HEAD_LINES) for each in ticket.defects] == [("the older one lost", 6)]


class TestClaims:
    def test_rows_of_a_table_that_examines_claims(self):
        ticket = read(
            "## Resolution\n\n| Claim | Status | Evidence |\n|---|---|---|\n"
            '| "it `drops`" | ❌ FALSE | q.py:3 |\n| it logs | ✅ TRUE (was) | |\n| odd | PARTIALLY | x |\n'
        )
        found = [(claim.text, claim.status, claim.evidence) for claim in ticket.claims]
        assert found == [('"it drops"', "false", "q.py:3"), ("it logs", "true", ""), ("odd", "partial", "x")]
        assert ticket.claims[0].line == line(5)


class TestCitationsAndCode:
    def test_paths_commits_commands_and_urls(self):
        ticket = read(
            "See `src/q.py:10-12`, **m.py:3** and docs/a.md; fixed in 1a2b3c4d (not 1234567 or defaced).\n"
            "Run `grep -rn drop src/` first.\nhttps://example.org/x.py:3 says so.\n"
        )
        found = [(c.kind, c.text, c.path, c.lines, c.line - HEAD_LINES) for c in ticket.citations]
        assert sorted(found) == sorted(
            [
                ("path", "src/q.py:10-12", "src/q.py", ((10, 12),), 1),
                ("path", "m.py:3", "m.py", ((3, 3),), 1),
                ("path", "docs/a.md", "docs/a.md", (), 1),
                ("commit", "1a2b3c4d", None, (), 1),
                ("command", "grep -rn drop src/", None, (), 2),
                ("url", "https://example.org/x.py:3", None, (), 3),
            ]
        )

    def test_versions_and_dotted_names_are_no_paths(self):
        assert read("Use Python 3.11 and torch.nn.Module, e.g. os.path, at 10:30.\n").citations == ()

    def test_fences_say_where_they_come_from(self):
        ticket = read("## Code Evidence\n\n```python\n# src/q.py:10-12\nx\n```\n\n```\nplain\n```\n")
        first, second = ticket.code
        assert (first.language, first.section, first.line, first.end_line) == (
            "python",
            "Code Evidence",
            line(3),
            line(6),
        )
        assert (first.cites.path, first.cites.lines) == ("src/q.py", ((10, 12),))
        assert (second.language, second.cites) == (None, None)


class TestResolution:
    def test_none_where_nothing_concludes(self):
        assert read().resolution is None

    @pytest.mark.parametrize(
        ("body", "disposition", "text"),
        [
            ("## Resolution\n\n**Status:** Fixed\n", "fixed", "Fixed"),
            ("## Resolution\n\n### Status: NOT-A-BUG\n", "not-a-bug", "NOT-A-BUG"),
            (
                "## Resolution\n\n### Final Disposition: Won't Fix (False Positive)\n",
                "not-a-bug",
                "Won't Fix (False Positive)",
            ),
            ("## Resolution\n\n**Acceptable as-is** - Say so in the docs.\n", "wont-fix", "Acceptable as-is"),
            ("## Resolution\n\n**No fix needed.** It works.\n", "wont-fix", "No fix needed."),
            ("## Closure Notes\n\n**Fix:** Put a lock around it.\n", "fixed", "Put a lock around it."),
            ("## Resolution\n\n### Final Fix Description\n\nPut a lock around it.\n", "fixed", "Put a lock around it."),
            ("## Closure Notes\n\nDuplicate of Q1-IO-08.\n", "duplicate", "Duplicate of Q1-IO-08."),
            ("## Outcome\n\nClosing as wont-fix, it is cheap.\n", "wont-fix", "wont-fix"),
            ("## Resolution\n\n| Field | Value |\n|---|---|\n| **Resolution** | `WIRED` |\n", "fixed", "WIRED"),
            ("## Resolution\n\n**Low priority** - Maybe later.\n", None, None),
            ("## Resolution\n\nFixed. It locks now.\n", "fixed", "Fixed."),
            ("## Resolution\n\nFalse alarm.\n", "not-a-bug", "False alarm."),
            ("## Resolution\n\nWe decided not to fix this.\n", "wont-fix", "not to fix"),
            ("## Resolution\n\n**Fixed By:** the crew\n", "fixed", "Fixed By: the crew"),
            ("## Resolution\n\nFixed.\n\n## Resolution (revised)\n\n**Status:** Won't fix\n", "wont-fix", "Won't fix"),
        ],
    )
    def test_dispositions_in_their_many_forms(self, body, disposition, text):
        resolution = read(body).resolution
        assert (resolution.disposition, resolution.text) == (disposition, text)

    def test_the_metadata_say_it_first_and_the_status_last(self):
        head = HEAD.replace("| **Batch**", "| **Resolution** | duplicate (fixed in Q1-IO-08) |\n| **Batch**")
        assert read("## Resolution\n\n**Status:** Fixed\n", head).resolution.disposition == "duplicate"
        assert read(head=HEAD.replace("`open`", "`wont-fix`")).resolution.disposition == "wont-fix"
        assert read(head=HEAD.replace("`open`", "`closed`")).resolution is None

    @pytest.mark.parametrize(
        ("body", "disposition"),
        [
            ("**Fix:** Added a lock.\n\nInvalid entries are now dropped.\n", "fixed"),
            ("Duplicate rows are now removed.\n", None),
            ("- [ ] Won't fix\n- [x] Fixed\n", "fixed"),
            ("**Fix:** None needed\n", None),
            ("**Commit:** N/A\n", None),
            ("This was fixed in commit 1a2b3c4d.\n", "fixed"),
        ],
    )
    def test_what_only_sounds_like_a_disposition_is_none(self, body, disposition):
        assert read(f"## Resolution\n\n{body}").resolution.disposition == disposition

    @pytest.mark.parametrize("heading", ["Resolution (Won't Fix)", "Resolution – Won't Fix", "Status: Won't Fix"])
    def test_a_heading_may_say_the_disposition(self, heading):
        assert read(f"## {heading}\n\nWords.\n").resolution.disposition == "wont-fix"

    @pytest.mark.parametrize(
        "words", ["Severity: P1→P4", "Downgrade severity to P4.", "Severity should be P4.", "P4 confirmed", "P1 → P4"]
    )
    def test_more_wordings_of_a_concluded_severity(self, words):
        assert read(f"## Resolution\n\n{words}\n").resolution.severity == ("P4",)

    def test_the_line_of_a_severity_is_right_below_marked_up_lines(self):
        body = "## Resolution\n\n**a** `b` **c** `d` **e**\n**f** `g`\nRevised: P4\n"
        assert read(body).resolution.severity_line == line(5)

    def test_a_denied_change_concludes_no_severity(self):
        assert read("## Resolution\n\nIt should not be lowered to P4.\n").resolution.severity == ()

    @pytest.mark.parametrize(
        ("body", "number"),
        [
            ("**Fix:** Put a lock around it.\n", 3),
            ("Words.\n\n**Status:** Fixed\n", 5),
            ("### Final Fix Description\n\nPut a lock around it.\n", 3),
            ("Words.\n\nIt was fixed in commit 1a2b3c4d.\n", 5),
            ("Words.\n\nClosing as wont-fix.\n", 5),
            ("**Bold** `words`.\nClosing as wont-fix.\n", 4),
            ("**Commit:** 1a2b3c4d\n", 3),
        ],
    )
    def test_the_line_of_a_resolution_is_where_its_disposition_stands(self, body, number):
        assert read(f"## Resolution\n\n{body}").resolution.line == line(number)

    def test_a_reviewers_advice_concludes_nothing(self):
        assert read("## Cross-Review (mail)\n\n**Verdict:** OBJECT\n\nClose as won't fix.\n").resolution is None

    @pytest.mark.parametrize(
        "words",
        [
            "- Original: P1 (loss)\n- Revised: P4 (cosmetic)\n",
            "- **Severity should be downgraded:** From P1 to P4\n",
            "Downgrade to P4.\n",
            "Original: P1 / Revised: P4\n",
            "Severity: P1 → P4\n",
            "- Confirmed: P4\n",
        ],
    )
    def test_the_concluded_severity_and_its_line(self, words):
        resolution = read(f"## Investigation Notes\n\n{words}").resolution
        assert resolution.severity == ("P4",)
        assert resolution.severity_line == line(3 + words.count("\n- Rev"))

    @pytest.mark.parametrize("words", ["- Revised: N/A (not a bug)", "P1 was the original.", "Priority P4."])
    def test_a_severity_that_is_only_mentioned_is_not_concluded(self, words):
        assert read(f"## Resolution\n\n{words}\n").resolution.severity == ()

    def test_commits_are_the_ones_cited_as_the_fix(self):
        body = (
            "## Resolution\n\nFixed in commit 1a2b3c4d. It came with 99aabb77 long ago.\n\n"
            "**Commits:** `12345678`\n\n### Commits\n\n- `feedc0de1` - lock\n"
        )
        assert set(read(body).resolution.commits) == {"1a2b3c4d", "12345678", "feedc0de1"}

    def test_the_line_of_an_approval_in_prose(self):
        (sign_off,) = read("## Resolution\n\n**Bold** `words`.\nApproved by the mail team.\n").resolution.sign_offs
        assert (sign_off.name, sign_off.line) == ("mail team", line(4))

    def test_sign_offs_and_the_date(self):
        body = (
            "## Resolution\n\n**Status:** Fixed\n**Resolved:** 2025-03-09\n"
            "**Sign-off:** Approved by `mail-lead` (late)\n\n"
            "### Sign-Off\n\n**IO Expert, UI Expert:** APPROVED — fine\n"
        )
        resolution = read(body).resolution
        assert [sign_off.name for sign_off in resolution.sign_offs] == ["mail-lead", "IO Expert", "UI Expert"]
        assert resolution.date == "2025-03-09"


class TestPremise:
    def premise(self, body, title="Queue drops letters"):
        return read(body, HEAD.replace("Queue drops letters", title)).premise

    def review(self, verdict, text):
        return f"## Cross-Review (mail)\n\n**Verdict:** {verdict}\n\n{text}\n\n"

    def test_somebody_found_it_fixed_or_true(self):
        claims = "## Claims\n\n| Claim | Status | Evidence |\n|--|--|--|\n| It drops letters | {} | heard |\n"
        assert self.premise("## Resolution\n\n**Disposition:** Already fixed\n") == "supported"
        assert [self.premise(claims.format(word)) for word in ("true", "other")] == ["supported", "unverified"]

    def test_nobody_has_looked(self):
        assert self.premise("") == "unverified"
        assert self.premise(self.review("ENDORSE", "Sounds right to me.")) == "unverified"

    def test_a_reviewer_shows_evidence(self):
        assert self.premise(self.review("ENDORSE", "Line 88 does it.")) == "supported"

    def test_an_objection_that_was_followed_supports_nothing(self):
        body = self.review("OBJECT", "Line 8 is fine.") + "## Resolution\n\n**Status:** Won't fix\n"
        assert self.premise(body) == "unverified"

    def test_an_objection_stands(self):
        assert self.premise(self.review("OBJECT", "Too much work.")) == "disputed"

    def test_the_investigation_refutes(self):
        body = "## Investigation Notes\n\n### Finding: the premise is wrong\n\nWords.\n"
        assert self.premise(body) == "refuted"
        assert read(body).resolution.refutation.line == line(3)

    def test_not_a_bug_refutes(self):
        assert self.premise("## Resolution\n\n### Status: NOT-A-BUG\n") == "refuted"

    @pytest.mark.parametrize(
        ("body", "text", "number"),
        [
            ("### Why the ticket is wrong\n\nIt locks. Really.\n", "Why the ticket is wrong. It locks.", 3),
            ("### Status: NOT-A-BUG\n\nIt locks. Really.\n", "NOT-A-BUG. It locks.", 3),
            ("Words.\n\nSo it is. The ticket is wrong, it locks. Close it.\n", "The ticket is wrong, it locks.", 5),
            ("**Some** `marked` **words**.\nThe ticket is wrong.\n", "The ticket is wrong.", 4),
        ],
    )
    def test_the_refuting_words_are_quoted_with_their_line(self, body, text, number):
        refutation = read(f"## Resolution\n\n{body}").resolution.refutation
        assert (refutation.text, refutation.line) == (text, line(number))

    def test_a_reviewer_refutes_unless_the_team_fixed_it_after_all(self):
        refuting = self.review("OBJECT", "The ticket misreads the code.")
        assert self.premise(refuting) == "refuted"
        assert self.premise(refuting + "## Resolution\n\n**Status:** Fixed\n") == "supported"

    def test_only_a_claim_of_the_tickets_own_refutes_it(self):
        table = "## Resolution\n\n**Status:** Fixed\n\n| Claim | Status |\n|--|--|\n| {} | FALSE |\n"
        assert self.premise(table.format("queue drops letters")) == "refuted"
        assert self.premise(table.format("somebody reads results anywhere")) == "supported"

    @pytest.mark.parametrize(
        "account",
        [
            "put() incorrectly assumed the lock was held.",
            "After this change there is no race.",
            "The config pointed at a nonexistent path.",
            "The parser misidentified empty lines.",
            "Raised the threshold to avoid a false positive.",
            "The premise is not wrong.",
        ],
    )
    def test_an_account_of_the_fix_refutes_nothing(self, account):
        assert self.premise(f"## Resolution\n\n**Status:** Fixed\n\n{account}\n") == "supported"

    def test_to_deny_what_the_headline_claims_refutes(self):
        denial = self.review("OBJECT", "The lock is necessary under load.")
        assert self.premise(denial, title="Unnecessary lock in queue") == "refuted"
        assert self.premise(denial, title="Queue drops letters") == "disputed"

    def test_a_sentence_that_concedes_the_finding_refutes_nothing(self):
        body = "## Resolution\n\n**Status:** Fixed\n\nThe impact claims were wrong, but the bug was real.\n"
        assert self.premise(body) == "supported"


def test_the_summary_is_the_tickets_own():
    body = "## Summary\n\nIt drops letters.\n\n## Review (mail)\n\n**Verdict:** OBJECT\n\n**Summary:** It is fine.\n"
    assert read(body).summary == "It drops letters."
    body = "## Review (mail)\n\n**Verdict:** OBJECT\n\n**Summary:** It is fine.\n\n## Summary\n\nIt drops letters.\n"
    assert read(body).summary == "It drops letters."
    assert read(body.replace("## Summary\n\n", "## Impact\n\n**Summary:** ")).summary == "It drops letters."


def test_keys_and_values_under_generic_headers():
    (ticket,) = tickets("# T\n\n| Key | Value |\n|--|--|\n| ID | A-1 |\n| Severity | P2 |\n| Status | open |\n")
    assert (ticket.id, ticket.severity) == ("A-1", "P2")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Q1-IO-08: parent class misses the lock", "related"),
        ("Q1-IO-08: duplicate", "duplicate"),
        ("Duplicate of Q1-IO-08", "duplicate"),
        ("Q1-IO-08: the lock (blocks this one)", "blocks"),
        ("Q1-IO-08: a duplicate report", "duplicate"),
        ("Q1-IO-08: describes what blocks mail, compare Q1-IO-08", "related"),
    ],
)
def test_a_description_of_the_other_ticket_says_nothing_of_the_relation(text, kind):
    assert [relation.kind for relation in read(f"## Related\n\n- {text}\n").relations] == [kind]


@pytest.mark.parametrize(
    ("front", "why"),
    [
        (f"id: A-1\nstatus: open\nseverity: {'[' * 30_000}", "nested too deeply"),
        (f"id: A-1\nstatus: open\ntags: {'[' * 30_000}{']' * 30_000}", "nested too deeply"),
        ("id: A-1\nstatus: open\nseverity: &a P1\npriority: *a", "an alias is not followed"),
    ],
)
def test_front_matter_that_yaml_would_fail_on_is_read_line_by_line(front, why):
    (ticket,) = tickets(f"---\n{front}\n---\n# T\n")
    assert (ticket.id, ticket.status) == ("A-1", "open")
    assert [defect.message for defect in ticket.defects] == [f"the front matter cannot be read as YAML: {why}"]


def test_a_review_section_that_cannot_be_read_is_a_defect():
    ticket = read("## Cross-Review\n\nBob thinks that it is fine.\n\n## Review\n\nNone.\n")
    assert [(defect.message, defect.line) for defect in ticket.defects] == [
        ("no review can be read in this section", line(1))
    ]


@pytest.mark.parametrize(
    ("body", "unreadable"),
    [
        ("## Review by Bob – OBJECT\n\nIt is fine.\n", []),
        ("## Cross-Review\n\n| Reviewer | Verdict |\n|---|---|\n| mail | OBJECT |\n## Impact\n\nNone.\n", []),
        ("## Review by Bob\n\n**Verdict:** OBJECT\n\n## Review by Ida\n\nNot yet read.\n", [(5, "Review by Ida")]),
    ],
    ids=["the heading says it", "on the last line", "the second one"],
)
def test_only_sections_of_which_nothing_was_read_are_defects(body, unreadable):
    found = [(defect.kind, defect.line - HEAD_LINES, defect.text) for defect in read(body).defects]
    assert found == [("structure", number, title) for number, title in unreadable]


@pytest.mark.parametrize(
    "text",
    [
        "## Cross-Review (x)\n\n**Verdict:** OBJECT\n\n" + "1,1" * 20_000,
        "## " + "word " * 20_000,
        "`grep x y` " * 8_000,
        "## Related\n\n- " + "word " * 20_000,
        "## Resolution\n\nwont fix " + "(" * 60_000,
        "~" * 60_000,
        "## D\n\n" + "It is in src/a.py:10 and `f(x)`. " * 8_000,
    ],
    ids=["sums", "heading", "commands", "related", "brackets", "tildes", "paragraph"],
)
def test_long_lines_are_read_in_a_moment(text):
    started = time.process_time()
    read(text)
    assert time.process_time() - started < 5


def test_defects_name_what_cannot_be_read():
    (ticket,) = extract(
        Source.from_bytes("q.md", HEAD.encode() + b"bad \xff byte\n\n```\nopen\n"), Vocabulary.builtin()
    )
    assert [(defect.message, defect.line, defect.kind, defect.text) for defect in ticket.defects] == [
        ("the line has bytes that are no UTF-8", line(1), "encoding", "\ufffd"),
        ("a code fence is never closed", line(3), "structure", "```"),
    ]


class TestDefects:
    def kinds(self, body):
        return [(defect.kind, defect.line, defect.text) for defect in read(body).defects]

    def test_a_damaged_word_in_a_heading_in_the_metadata_and_in_a_cell(self):
        body = "## BlÃ¥vik pier\n\n| A | B |\n|---|---|\n| x | BjÃ¸rnÃ¸y |\n"
        assert self.kinds(body) == [("encoding", line(1), "BlÃ¥vik"), ("encoding", line(5), "BjÃ¸rnÃ¸y")]
        (ticket,) = tickets("---\nid: Q1\nstatus: ferdig pÃ¥ tirsdag\n---\n# T\n")
        assert [(defect.line, defect.text) for defect in ticket.defects] == [(3, "pÃ¥")]
        assert [defect.message for defect in ticket.defects] == ["`Ã¥` is `å` read in the wrong encoding"]

    def test_a_line_has_one_defect_of_characters(self):
        (ticket,) = extract(Source.from_bytes("q.md", HEAD.encode() + "Ã¥ ".encode() + b"\xff\n"), Vocabulary.builtin())
        assert [defect.message for defect in ticket.defects] == ["the line has bytes that are no UTF-8"]

    def test_every_damaged_line_has_one(self):
        text = HEAD.encode() + b"bad \xff byte\n\n" + "at BlÃ¥vik\n\nvoilÃ\xa0 tout\n\nð€€€ at BjÃ¸rnøy\n".encode()
        (ticket,) = extract(Source.from_bytes("q.md", text), Vocabulary.builtin())
        assert [(defect.line - HEAD_LINES, defect.text) for defect in ticket.defects] == [
            (1, "\ufffd"),
            (3, "BlÃ¥vik"),
            (5, "Ã\xa0"),
            (7, "BjÃ¸rnøy"),
        ]

    def test_a_row_is_known_by_its_text(self):
        body = "| A | B |\n|---|---|\n| 1 | 2 | 3 |\n"
        assert self.kinds(body) == [("table", line(3), "| 1 | 2 | 3 |")]

    def test_a_related_entry_that_names_nothing(self):
        assert self.kinds("## Related\n\n- the **other** one\n") == [("reference", line(3), "the other one")]


class TestReportReference:
    def parts(self, body):
        found = [citation for citation in read(f"## Appendix\n\n{body}").citations if citation.report]
        return [(each.path, each.line, each.report.text, each.report.line) for each in found]

    def test_file_and_part(self):
        body = '**Report file:** `docs/r/1.md`\n**Section:** "Bells" (B-2)\n'
        assert self.parts(body) == [("docs/r/1.md", line(3), '"Bells" (B-2)', line(4))]

    def test_a_table_without_a_header(self):
        body = "| Report file | `r/1.md` |\n|---|---|\n| Section | Mail |\n"
        assert self.parts(body) == [("r/1.md", line(3), "Mail", line(5))]

    def test_a_file_alone(self):
        assert self.parts("**Report:** `docs/r/1.md`\n\nSee `src/a.py` too.\n") == [
            ("docs/r/1.md", line(3), None, line(3))
        ]

    def test_two_files_with_a_part_each(self):
        body = "- **Report file:** `1.md`\n- **Section:** A\n- **Report file:** `2.md`\n- **Section:** B\n"
        assert self.parts(body) == [("1.md", line(3), "A", line(4)), ("2.md", line(5), "B", line(6))]

    def test_a_part_without_a_file_and_a_file_that_is_no_path(self):
        assert self.parts("**Section:** A\n") == []
        assert self.parts("**Report file:** the big one\n**Section:** A\n") == []

    def test_other_parts_of_the_ticket_name_no_report(self):
        ticket = read("## Description\n\n**Report file:** `docs/r/1.md`\n")
        assert [citation.report for citation in ticket.citations] == [None]


class TestPlaces:
    @pytest.mark.parametrize(
        ("text", "paths"),
        [
            (r"`C:\Users\anna\fares.py`", [r"C:\Users\anna\fares.py"]),
            ("`C:/Users/anna/fares.py:3`", ["C:/Users/anna/fares.py"]),
            (r"a\_b.py", ["_b.py"]),
        ],
    )
    def test_paths_of_windows(self, text, paths):
        assert [citation.path for citation in read(f"{text}\n").citations] == paths
