"""Review reports: what they have, which severity they give, and that any text is one.

How the rules use it is shown in fixtures/rules/missing-report.md and report-severity-mismatch.md.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketaudit.extract.reports import read_report
from ticketaudit.origins import Entry, ReviewReport
from ticketaudit.text import Source
from ticketaudit.vocabulary import Vocabulary

REPORT = """\
# Operations, round one

## P2: Locks (2)

| ID | File | Severity | Issue |
|----|------|----------|-------|
| L-1 | lock.py | **P1** | opens late |
| L-2 (withdrawn) | lock.py | - | closes early |
| | lock.py | P3 | creaks |

### L-3: paint

- `L-4` the chair
- nothing else

## Later

| File | Issue |
|------|-------|
| sail.py | torn |

## Halyards (P4)
"""


def read(text: str = REPORT) -> ReviewReport:
    return read_report(Source.from_text("r.md", text), Vocabulary.builtin())


def test_entries_stand_in_rows_headings_and_list_items() -> None:
    assert set(read().entries) == {Entry("L-1", "P1"), Entry("L-2", "P2"), Entry("L-3", "P2"), Entry("L-4", "P2")}


def test_a_heading_has_the_severity_that_it_or_one_around_it_names() -> None:
    assert read().headings[1:] == (
        ("operations round one", None),
        ("p2 locks 2", "P2"),
        ("l 3 paint", "P2"),
        ("later", None),
        ("halyards p4", "P4"),
    )


@pytest.mark.parametrize(
    ("part", "missing"),
    [
        ('"Locks"', None),
        ('"locks (2)" - "Later"', None),
        ('"Gates" - "Later"', "Gates"),
        ('"Gates" (L-1)', None),
        ("Locks", None),
        ("Later, second half", None),
        ("Gates (L-9)", "Gates"),
        ("Gates > L-2", None),
        ("“Gates”", "Gates"),
        ("—", None),
    ],
)
def test_what_is_missing_of_a_part(part: str, missing: str | None) -> None:
    assert read().missing(part) == missing


@pytest.mark.parametrize(
    ("part", "severities"),
    [
        ("L-1", ("P1",)),
        ("L-1 and L-2", ("P1", "P2")),
        ("L-1.", ("P1",)),
        ("XL-1, L-12, L-1.5", ()),
        ('"Locks"', ("P2",)),
        ('"Later"', ()),
        ('"Locks" - "Halyards"', ("P2", "P4")),
        ("", ()),
    ],
)
def test_the_severities_of_a_part(part: str, severities: tuple[str, ...]) -> None:
    assert read().severities(part) == severities


@given(st.text(alphabet='#|- P1L\n"()`*ID:ä\x0c', max_size=200), st.text(max_size=20))
def test_any_text_is_a_report(text: str, part: str) -> None:
    report = read(text)
    report.missing(part)
    report.severities(part)
