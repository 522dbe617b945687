"""What the record says of sections and code: whether they hold anything, what is dated, what a template left."""

import pytest

from ticketaudit.extract import extract
from ticketaudit.text import Source
from ticketaudit.ticket import Section, Ticket
from ticketaudit.vocabulary import Vocabulary

HEAD = "# Lock jams\n\n**ID:** K-1\n**Status:** open\n**Created:** 2025-03-04\n**Updated:** 2025-03-05\n\n"
HEAD_LINES = HEAD.count("\n")


def read(body: str) -> Ticket:
    (ticket,) = extract(Source.from_text("k.md", HEAD + body), Vocabulary.builtin())
    return ticket


def section(body: str) -> Section:
    """The first section of a body."""
    return read(body).sections[1]


def dates(body: str) -> list[tuple[str, int]]:
    """What is dated, with its line in the body."""
    return [(dated.text, dated.line - HEAD_LINES) for part in read(body).sections for dated in part.dates]


class TestEmpty:
    @pytest.mark.parametrize(
        "body",
        [
            "text",
            "- item",
            "- [ ] box",
            "> quoted",
            "| A | B |\n|---|---|\n| | 2 |",
            "```\ncode\n```",
            "<br>",
            "### In\n\nx",
        ],
    )
    def test_a_section_that_says_something(self, body: str) -> None:
        assert not section(f"## Impact\n\n{body}\n").empty

    @pytest.mark.parametrize(
        "body",
        [
            "",
            "---",
            "<!-- a -->",
            "<!-- a -->\n<!-- b\nc -->",
            "| A | B |\n|---|---|",
            "```\n\n```",
            "- [ ]",
            "### In\n",
        ],
    )
    def test_a_section_that_says_nothing(self, body: str) -> None:
        assert section(f"## Impact\n\n{body}\n\n## Next\n\ntext\n").empty

    def test_a_comment_with_text_behind_it_says_something(self) -> None:
        assert not section("## Impact\n\n<!-- a --> none <!-- b -->\n").empty


class TestDates:
    @pytest.mark.parametrize(
        "words",
        [
            "Reviewed: 2025-04-01",
            "review of 2025-04-01",
            "approved by Ines on 2025-04-01",
            "approved by Ines Dahl (2025-04-01)",
            "as of 2025-04-01",
            "decision – 2025-04-01",
            "notes/2025-04-01-locks.md",
        ],
    )
    def test_words_that_date_something(self, words: str) -> None:
        assert dates(f"## Impact\n\nOn\nit: {words}, see there.\n") == [(words, 4)]

    @pytest.mark.parametrize(
        "words",
        [
            "booked for 2025-04-01",
            "(2025-04-01)",
            "2025-04-01: found",
            "fixed by 2025-04-01",
            "reviewed 2025-13-01",
            "reviewed 31 February 2025",
            "reviewed on 31.2.2025",
            "reviewed 12 boats 2025",
        ],
    )
    def test_dates_of_other_things(self, words: str) -> None:
        assert dates(f"## Impact\n\n{words}\n") == []

    @pytest.mark.parametrize("role", ["Cross-Review", "Investigation", "Resolution"])
    @pytest.mark.parametrize("words", ["2025-04-01: found", "(2025-04-01) found", "found\n2025-04-01 again"])
    def test_notes_open_with_their_date(self, role: str, words: str) -> None:
        assert [text for text, _ in dates(f"## {role}\n\n{words}\n")] != []

    @pytest.mark.parametrize(
        "words", ["Seen,\n(2025-04-01) mended.", "(2025-04-01)\nmended.", "Wet,\nold,\n2025-04-01"]
    )
    def test_a_note_begins_with_its_line(self, words: str) -> None:
        line = 3 + words[: words.index("2025")].count("\n")
        assert [(text.strip("()"), number) for text, number in dates(f"## Resolution\n\n{words}\n")] == [
            ("2025-04-01", line)
        ]

    def test_a_date_that_cannot_be_hides_none_behind_it(self) -> None:
        assert dates("## Impact\n\nIt rang, and was\nreviewed on 4 March 2025 by Ida.\n") == [
            ("reviewed on 4 March 2025", 4)
        ]
        assert dates("## Impact\n\nTested 2025-13-01, fixed 2025-04-02.\n") == [("fixed 2025-04-02", 3)]

    @pytest.mark.parametrize("words", ["Tested 2025-04-01:", "Tested 2025-04-01.", "(Tested 2025-04-01),"])
    def test_punctuation_is_no_part_of_the_words(self, words: str) -> None:
        assert dates(f"## Impact\n\n{words} It works.\n") == [("Tested 2025-04-01", 3)]

    def test_brackets_in_the_words_are(self) -> None:
        assert dates("## Impact\n\nNote (2025-04-01): jams.\n") == [("Note (2025-04-01)", 3)]

    def test_headings_and_what_stands_inside(self) -> None:
        body = "## Resolution (2025-04-01)\n\n### Correction, revised 2025-04-02\n\nDone.\n"
        assert dates(body) == [("Resolution (2025-04-01)", 1), ("Correction, revised 2025-04-02", 3)]

    def test_they_are_read(self) -> None:
        (found,) = section("## Impact\n\nReviewed on 1 April 2025.\n").dates
        assert found.date == "2025-04-01"

    def test_a_row_is_one_text(self) -> None:
        assert dates("## Impact\n\n| A | B |\n|---|---|\n| **Tested on** | `2025-04-01` |\n") == [
            ("Tested on: 2025-04-01", 5)
        ]

    def test_in_code_only_comments_speak(self) -> None:
        body = '## Impact\n\n```python\nx = "tested 2025-04-01"\n# tested 2025-04-02\n```\n\n    // tested 2025-04-03\n'
        assert dates(body) == [("tested 2025-04-02", 5), ("tested 2025-04-03", 8)]

    def test_the_ticket_s_own_dates_are_no_notes(self) -> None:
        assert dates("") == []

    def test_neither_is_the_first_nor_the_last_of_a_change_log_that_gives_them(self) -> None:
        rows = "".join(f"| Reviewed | 2025-0{month}-02 |\n" for month in (1, 2, 3))
        text = f"# NAV-1: Bell\n\n**Status:** open\n\n## History\n\n| What | Date |\n|---|---|\n{rows}"
        (ticket,) = extract(Source.from_text("a.md", text), Vocabulary.builtin())
        assert (ticket.created, ticket.updated) == ("2025-01-02", "2025-03-02")
        assert [dated.line for each in ticket.sections for dated in each.dates] == [10]

    def test_two_dates_of_one_line(self) -> None:
        assert dates("## Impact\n\nTested 2025-04-01, fixed 2025-04-02.\n") == [
            ("Tested 2025-04-01", 3),
            ("fixed 2025-04-02", 3),
        ]


class TestPlaceholders:
    @pytest.mark.parametrize(
        "text", ["[what happened]", "TBD", "(pending)", "{n}", "`<name>`", "to be added", "step two"]
    )
    def test_words_of_a_template(self, text: str) -> None:
        (left,) = section(f"## Impact\n\n- {text}\n").placeholders
        assert (left.text, left.line) == (text.strip("`"), HEAD_LINES + 3)

    @pytest.mark.parametrize("text", ["[what happened](a.md)", "the TBD list", "pending", "{a} and {b}", "a < b > c"])
    def test_words_of_an_author(self, text: str) -> None:
        assert section(f"## Impact\n\n- {text}\n").placeholders == ()

    def test_on_a_later_line(self) -> None:
        (left,) = section("## Impact\n\nSome,\nand **[what else]**\n").placeholders
        assert (left.text, left.line) == ("[what else]", HEAD_LINES + 4)

    def test_they_belong_to_the_innermost_section(self) -> None:
        ticket = read("## Impact\n\n### Risk\n\nTBD\n")
        assert [len(part.placeholders) for part in ticket.sections] == [0, 0, 1]


class TestCode:
    @pytest.mark.parametrize(
        ("code", "only"),
        [
            ("# a\n\n# b", True),
            ("// a\n/* b\n * c\n */", True),
            ("-- a", True),
            ("", True),
            ("# a\nx = 1", False),
            ("#include <a.h>", False),
            ("#!/bin/sh", False),
            ("#[derive(Debug)]", False),
            ("--flag", False),
            ("*p = 1", False),
            ("%d", False),
        ],
    )
    def test_remarks_that_are_no_code(self, code: str, only: bool) -> None:
        (fence,) = read(f"## Impact\n\n```\n{code}\n```\n").code
        assert fence.comments_only is only

    def test_a_comment_at_the_top_says_where_it_comes_from(self) -> None:
        first, second = read("```\n\n\n# a/b.py:3-5\nx\n```\n\n```\n\n\n\n# a/b.py:3\n```\n").code
        assert first.cites is not None
        assert (first.cites.path, first.cites.lines) == ("a/b.py", ((3, 5),))
        assert second.cites is None


class TestPlaces:
    def test_headings_have_their_levels_and_lines(self) -> None:
        sections = read("## Resolution\n\n### Verification\n\nx\n").sections
        assert [(part.level, part.line - HEAD_LINES, part.end_line - HEAD_LINES) for part in sections[1:]] == [
            (2, 1, 6),
            (3, 3, 6),
        ]

    def test_the_innermost_section_holds_a_line(self) -> None:
        ticket = read("## Resolution\n\n### Verification\n\nx\n\n## Impact\n\ny\n")
        titles = [(found.title if found else None) for found in map(ticket.section_at, (1, HEAD_LINES + 5, 99))]
        assert titles == ["Lock jams", "Verification", None]
        assert [ticket.role_at(HEAD_LINES + line) for line in (1, 5, 9, 99)] == [
            "resolution",
            "resolution",
            "impact",
            None,
        ]


class TestChecklists:
    def groups(self, body: str) -> list[tuple[str | None, str | None, list[str]]]:
        return [(found.section, found.role, [item.text for item in found.items]) for found in read(body).checklists]

    def test_items_without_a_box_and_quoted_ones_are_none(self) -> None:
        assert self.groups("## Verification\n\n- [x] it turns\n- it is quiet\n\n> - [ ] it was loud\n") == [
            ("Verification", "verification", ["it turns"])
        ]

    def test_words_before_the_boxes_are_no_heading(self) -> None:
        body = "## Verification\n\nOnce the lock is oiled:\n\n- [ ] it turns\n\n**At night:**\n\n- [ ] it is quiet\n"
        assert self.groups(body) == [("Verification", "verification", ["it turns", "it is quiet"])]


class TestSignOffs:
    def sign_offs(self, body: str) -> list[str]:
        resolution = read(body).resolution
        return [sign_off.name for sign_off in resolution.sign_offs] if resolution else []

    def test_a_review_of_the_outcome(self) -> None:
        assert self.sign_offs("## Resolution\n\n### Storage Lead Review\n\nx\n\nSafe to ship.\n") == ["Storage Lead"]

    def test_a_name_in_its_text_is_taken_first(self) -> None:
        assert self.sign_offs("## Resolution\n\n### Storage Review\n\nApproved by Ines Dahl.\n") == ["Ines Dahl"]

    @pytest.mark.parametrize(
        "part", ["### Review\n\nApproved", "###\n\nApproved", "### Storage Review\n\nWrong", "### Storage\n\nApproved"]
    )
    def test_none(self, part: str) -> None:
        assert self.sign_offs(f"## Resolution\n\n{part}\n") == []


@pytest.mark.parametrize(
    ("role", "heading"), [("fix", "Recommended Fix"), ("related", "Related Findings"), ("sign-off", "Sign Off")]
)
def test_how_a_section_is_usually_headed(role: str, heading: str) -> None:
    assert Vocabulary.builtin().heading(role) == heading


class TestEvidenceBlocks:
    """What `verify --write-to` writes into a ticket is the tool's."""

    TEXT = """\
## Impact

In `src/a.py:3`.

<!-- ticketaudit verify: 2025-05-02 -->

See `src/b.py:4`, reviewed 2025-04-01.

| a | b |
|---|---|
| `src/d.py:9` | d

<!-- /ticketaudit verify -->

And `src/c.py:5`, reviewed 2025-04-03.
"""

    def test_nothing_in_one_is_the_author_s(self) -> None:
        ticket = read(self.TEXT)
        assert [citation.path for citation in ticket.citations] == ["src/a.py", "src/c.py"]
        assert dates(self.TEXT) == [("reviewed 2025-04-03", 15)]
        assert ticket.defects == ()

    @pytest.mark.parametrize("mark", ["<!-- ticketaudit verify:", "<!-- /ticketaudit verify -->"])
    def test_its_marks_may_be_indented(self, mark: str) -> None:
        ticket = read(self.TEXT.replace(mark, f"  {mark}"))
        assert [citation.path for citation in ticket.citations] == ["src/a.py", "src/c.py"]

    def test_what_is_begun_and_never_ended_is_the_author_s(self) -> None:
        text = self.TEXT.replace("<!-- /ticketaudit verify -->\n", "")
        ticket = read(text)
        assert [citation.path for citation in ticket.citations] == ["src/a.py", "src/b.py", "src/d.py", "src/c.py"]
        assert dates(text) == [("reviewed 2025-04-01", 7), ("reviewed 2025-04-03", 14)]
        assert [defect.kind for defect in ticket.defects] == ["table"]

    def test_a_section_with_nothing_else_says_something(self) -> None:
        block = "<!-- ticketaudit verify: 2025-05-02 -->\n\nConfirmed.\n\n<!-- /ticketaudit verify -->\n"
        assert not section(f"## Evidence\n\n{block}").empty
