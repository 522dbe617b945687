"""What a reader can check: evidence in reviews, citations and examined claims, each with its line."""

from __future__ import annotations

import pytest

from ticketaudit.extract import extract
from ticketaudit.text import Source
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary

HEAD = """\
# Finding Ticket: Foghorn sounds in clear weather

**Ticket ID:** F-1
**Status:** open

## Description

The horn sounds `2 * 8 = 16` times, by `horn.sound(times=16)`.

"""
HEAD_LINES = HEAD.count("\n")


def read(body: str) -> Ticket:
    (ticket,) = extract(Source.from_text("f.md", HEAD + body), Vocabulary.builtin())
    return ticket


class TestEvidence:
    def evidence(self, text: str) -> list[tuple[str, str, int]]:
        """What a review shows, the lines counted in its text."""
        (review,) = read(f"## Cross-Review (bridge)\n\n**Verdict:** ENDORSE\n\n{text}\n").reviews
        return [(found.kind, found.text, found.line - HEAD_LINES - 4) for found in review.evidence]

    def test_every_kind_has_its_line(self) -> None:
        text = (
            "I looked at it twice.\n"
            "It starts in src/horn.py lines 10-12 and\n"
            "ends at line 20. See `grep -n fog\n"
            "src/weather.py` and\n"
            "tested: it makes\n"
            "3 * 8 = 24 blasts. The actual code is\n"
            "`while clear(): sound()`. And once more:\n"
            "`grep -n fog src/tide.py`. Its docstring says\n"
            '"sounds until the fog is gone".\n'
        )
        assert sorted(self.evidence(text), key=lambda found: found[2]) == [
            ("path", "src/horn.py lines 10-12", 2),
            ("line", "line 20", 3),
            ("command", "grep -n fog\nsrc/weather.py", 3),
            ("command", "tested:", 5),
            ("calculation", "3 * 8 = 24", 6),
            ("code", "while clear(): sound()", 7),
            ("command", "grep -n fog src/tide.py", 8),
            ("code", "sounds until the fog is gone", 9),
        ]

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("`fog.clear()` is the actual code.", [("code", "fog.clear()", 1)]),
            ("Confirmed: `fog.clear()`. It should be louder.", [("code", "fog.clear()", 1)]),
            ("I checked it.\nIt has `fog.clear()`.", []),
            ("`a = 1` and\n`a = 1` in `src/fog.py`.", [("code", "a = 1", 1), ("code", "a = 1", 2)]),
            ("Run `git log -3` or\n`git log -3` again.", [("command", "git log -3", 1), ("command", "git log -3", 2)]),
            ('Checked: the source has\n"until the fog is gone" there.', [("code", "until the fog is gone", 2)]),
            (
                'Checked: the source has "until the fog is gone"\nand again "until the fog is gone".',
                [("code", "until the fog is gone", 1), ("code", "until the fog is gone", 2)],
            ),
            ("Yes, 2 * 8 = 16, but 3 * 8 = 24.", [("calculation", "3 * 8 = 24", 1)]),
            ("See L12-log.py:4 for it.", [("path", "L12-log.py:4", 1)]),
            ("See L12-14.", [("line", "L12-14", 1)]),
            ('Confirmed: `fog.clear()` & “mist”, "so".', [("code", "fog.clear()", 1)]),
            ("It is odd. `fog.clear` in `src/fog.py`.", [("code", "fog.clear", 1)]),
            ('Its comment: "until the fog is gone".', [("code", "until the fog is gone", 1)]),
            ('It reads "until the fog is gone".', []),
        ],
        ids=[
            "first word",
            "first sentence",
            "second sentence",
            "same code",
            "same command",
            "quotation",
            "same quotation",
            "own sum",
            "a file called like a line",
            "short for lines",
            "every mark of a quotation",
            "code in a file",
            "introduced",
            "read elsewhere",
        ],
    )
    def test_each_sentence_speaks_for_itself(self, text: str, found: list[tuple[str, str, int]]) -> None:
        assert self.evidence(text) == found

    @pytest.mark.parametrize(
        ("fence", "found"),
        [
            ("# src/horn.py:10-12, 20\nfog.clear()", [("path", "src/horn.py:10-12, 20", 3)]),
            ("# src/horn.py\nfog.clear()", []),
            ("fog.clear()", []),
        ],
        ids=["with lines", "a file only", "no source"],
    )
    def test_a_fence_shows_something_where_it_says_which_lines_it_is_from(
        self, fence: str, found: list[tuple[str, str, int]]
    ) -> None:
        assert self.evidence(f"It is:\n\n```python\n{fence}\n```") == found


class TestCitations:
    def citations(self, text: str) -> list[tuple[str, str, int]]:
        found = read(f"## Impact\n\n{text}\n").citations
        return [(citation.kind, citation.text, citation.line - HEAD_LINES - 2) for citation in found]

    def test_every_kind_has_its_line(self) -> None:
        text = (
            "https://example.org/horns/and/how/to/sound/them\n"
            "src/a.py `git log --oneline -3` src/b.py\n"
            "src/c.py lines 3-5 `git diff HEAD`\n"
            "src/d.py 1a2b3c4d\n"
        )
        assert self.citations(text) == [
            ("url", "https://example.org/horns/and/how/to/sound/them", 1),
            ("command", "git log --oneline -3", 2),
            ("command", "git diff HEAD", 3),
            ("path", "src/a.py", 2),
            ("path", "src/b.py", 2),
            ("path", "src/c.py lines 3-5", 3),
            ("path", "src/d.py", 4),
            ("commit", "1a2b3c4d", 4),
        ]

    @pytest.mark.parametrize(
        ("text", "lines"),
        [("src/horn.test.ts:3", ((3, 3),)), ("src/horn.py:20-10", ((20, 20),)), ("src/horn.py:5-5", ((5, 5),))],
        ids=["two endings", "backwards", "one line as a range"],
    )
    def test_lines_behind_a_path(self, text: str, lines: tuple[tuple[int, int], ...]) -> None:
        assert [citation.lines for citation in read(f"{text}\n").citations] == [lines]

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("Run `git log --oneline -3`", ("command", "git log --oneline -3", 1)),
            ("See http://localhost/horns", ("url", "http://localhost/horns", 1)),
            ("Since `1a2b3c4d`", ("commit", "1a2b3c4d", 1)),
        ],
    )
    def test_each_kind_alone(self, text: str, found: tuple[str, str, int]) -> None:
        assert self.citations(text) == [found]

    def test_every_path_of_a_line_whatever_endings_come_before_it(self) -> None:
        assert [text for _, text, _ in self.citations("src/horn.test.ts:3 calls src/fog.min.js and src/b.py:4.")] == [
            "src/horn.test.ts:3",
            "src/fog.min.js",
            "src/b.py:4",
        ]

    def test_only_the_path_beside_the_label_is_the_report(self) -> None:
        body = "## Appendix\n\n**Report file:** `docs/r/1.md:3-5`, from https://example.org/r in 1a2b3c4d\n"
        found = [(c.kind, c.text, c.lines, c.report is not None) for c in read(body).citations]
        assert found == [
            ("url", "https://example.org/r", (), False),
            ("path", "docs/r/1.md:3-5", ((3, 5),), True),
            ("commit", "1a2b3c4d", (), False),
        ]

    def test_a_report_and_its_part_without_bold_and_other_entries_beside_them(self) -> None:
        body = "## Appendix\n\nReport file: docs/r/1.md\nAuthor: Ida\nSection: Horns\n"
        (citation,) = read(body).citations
        assert citation.report
        assert (citation.report.text, citation.report.line) == ("Horns", HEAD_LINES + 5)
        (bold,) = read("## Appendix\n\n**Report file:** `docs/r/1.md`\n**Author:** Ida\n").citations
        assert bold.report
        assert bold.report.text is None


class TestClaims:
    @pytest.mark.parametrize(
        ("table", "claims"),
        [
            (
                "| Claim | Status |\n|---|---|\n| It sounds | TRUE |\n| It whistles | |\n| | FALSE |\n",
                [("It sounds", "true", "")],
            ),
            ("| Claim | Evidence |\n|---|---|\n| It sounds | heard |\n", []),
            ("| Reviewer | Finding | Verdict |\n|---|---|---|\n| bridge | It sounds | ENDORSE |\n", []),
        ],
        ids=["status and claim are needed", "nothing examined", "a table of reviews"],
    )
    def test_tables_that_examine_claims(self, table: str, claims: list[tuple[str, str, str]]) -> None:
        found = read(f"## Resolution\n\n{table}").claims
        assert [(claim.text, claim.status, claim.evidence) for claim in found] == claims
