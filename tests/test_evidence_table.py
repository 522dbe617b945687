"""What verification found, as a table: beside each other where there is room, else below each other."""

from __future__ import annotations

from io import StringIO

import pytest

from ticketaudit.code.cited import Cited
from ticketaudit.code.outcome import Judgement, Outcome, missing
from ticketaudit.code.verified import Checked, Verified
from ticketaudit.evidence import table
from ticketaudit.extract import extract
from ticketaudit.terminal import Output
from ticketaudit.text import Source
from ticketaudit.verification import Verification
from ticketaudit.vocabulary import Vocabulary

CONFIRMED = Judgement(Outcome.CONFIRMED, "src/harbour/signals/foghorn.py", ((10, 12),))
DRIFTED = Judgement(Outcome.DRIFTED, "src/harbour/signals/foghorn.py", ((11, 14),), 0.8, "it says `sound(3)`")
GONE = missing("deleted in 1a2b3c4d (2025-03-04)")
CITED = (
    Checked(Cited("lines", "location", "src/harbour/signals/foghorn.py:10-12", 7, ()), CONFIRMED, DRIFTED),
    Checked(Cited("path", "review", "src/harbour/signals/lamp.py", 30, ()), GONE, GONE),
)


def written(width: int | None) -> str:
    (ticket,) = extract(Source.from_text("f.md", "# F-1: Foghorn\n\n**Severity:** P1\n"), Vocabulary.builtin())
    verified = Verified(None, None, CITED, None)
    stream = StringIO()
    table.write(Verification(".", None, True, ((ticket, verified),), False), Output(stream, width=width))
    return "".join(f"{line.rstrip()}\n" for line in stream.getvalue().splitlines())


def test_narrow() -> None:
    assert (
        written(60)
        == """\
F-1 f.md
written not known, now the source tree as it is
line  kind   cited
────────────────────────────────────────────────────────────
   7  lines  src/harbour/signals/foghorn.py:10-12
             when written: confirmed
             src/harbour/signals/foghorn.py:10-12
             now: drifted (80 %)
             src/harbour/signals/foghorn.py:11-14
             it says `sound(3)`
  30  path   src/harbour/signals/lamp.py
             when written: missing
             deleted in 1a2b3c4d (2025-03-04)
             now: missing
"""
    )


@pytest.mark.parametrize("width", [160, None])
def test_wide(width: int | None) -> None:
    """What is as it was is not said twice."""
    head, _, *rows = [" ".join(line.split()) for line in written(width).splitlines()[2:]]
    assert head == "line kind cited when written now"
    place = "src/harbour/signals/foghorn.py"
    assert rows == [
        f"7 lines {place}:10-12 confirmed {place}:10-12 drifted (80 %) {place}:11-14",
        "it says `sound(3)`",
        "30 path src/harbour/signals/lamp.py missing missing",
        "deleted in 1a2b3c4d (2025-03-04)",
    ]
