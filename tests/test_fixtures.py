"""The fixtures still hold what they are there for: editors and git like to mend it."""

from __future__ import annotations

import re
from pathlib import Path

FIXTURES = Path(__file__).parent.parent / "fixtures"
TICKETS = FIXTURES / "tickets"


def test_readme_names_every_ticket() -> None:
    text = (FIXTURES / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `([\w/.-]+\.md)`", text, re.MULTILINE))
    assert named == {path.relative_to(TICKETS).as_posix() for path in TICKETS.rglob("*.md")}


def test_byte_order_mark_and_crlf() -> None:
    data = (TICKETS / "fixed/B1-PAY-03.md").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == data.count(b"\n") > 0


def test_characters_that_only_python_takes_for_line_ends() -> None:
    text = (TICKETS / "wontfix/B1-NAV-04.md").read_text(encoding="utf-8")
    assert "\x0c" in text
    assert "\u2028" in text


def test_damaged_bytes_and_control_characters() -> None:
    data = (TICKETS / "open/B3-NAV-06.md").read_bytes()
    assert b"Bl\xe5vik" in data
    assert b"\x1b[31m" in data
    assert b"\x07" in data
