"""The HTML report as text: it holds what it should, and forbids itself all else. `test_browser` looks at it."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Callable
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from ticketaudit.batch import charts
from ticketaudit.statistics import Breakdown, Count, CrossTable, Month

Run = Callable[..., Any]
FIXTURES = Path(__file__).parent.parent / "fixtures" / "tickets"
HOSTILE = """\
# <script>alert(1)</script>

| Field | Value |
|-------|-------|
| **Ticket ID** | `B9-OPS-01` |
| **Severity** | =cmd() |
| **Status** | open |
| **Domain** | "><img src=x onerror=alert(2)> |
"""


@pytest.fixture
def html(run: Run) -> str:
    text: str = run("report", "--isolated", "--output-format", "html", str(FIXTURES)).out
    return text


class Page(HTMLParser):
    """Which elements a page has, and with which attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))


def between(text: str, tag: str, attributes: str = "") -> str:
    match = re.search(f"<{tag}{attributes}>(.*?)</{tag}>", text, re.DOTALL)
    assert match
    return match[1]


def test_the_policy_knows_the_hashes_of_style_and_script(html: str) -> None:
    (policy,) = (
        attributes["content"] or ""
        for tag, attributes in Page(html).elements
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    )
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        digest = base64.b64encode(sha256(between(html, tag).encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_the_page_needs_nothing_else(html: str) -> None:
    for tag, attributes in Page(html).elements:
        assert tag not in ("img", "iframe", "object", "embed", "base")
        assert "src" not in attributes
        assert "style" not in attributes
        assert not any(name.startswith("on") for name in attributes)
        if tag == "link":
            assert attributes["href"] == "data:,"


def test_what_a_ticket_says_is_escaped(run: Run, folder: Path) -> None:
    (folder / "hostile.md").write_text(HOSTILE, encoding="utf-8")
    text = run("report", "--isolated", "--output-format", "html").out
    elements = Page(text).elements
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert [tag for tag, _ in elements].count("script") == 2
    assert "img" not in [tag for tag, _ in elements]


def test_the_details_are_those_of_the_rows(html: str) -> None:
    packed = between(html, "script", ' type="text/plain" id="details"')
    details = json.loads(zlib.decompress(base64.b64decode(packed)))
    names = re.findall(r'<tr id="t\d+"><td><button>([^<]*)<', html)
    assert len(details) == len(names) == 14
    values, link, _, reviews, diagnostics, gates = details[names.index("B2-NAV-01")]
    assert values[:2] == ["P1", "closed"]
    assert link.endswith("fixtures/tickets/not-a-bug/B2-NAV-01.md")
    assert [review[1] for review in reviews] == ["object", "endorse", "endorse"]
    assert len(diagnostics) == 12
    assert gates == [3, 0, 0]


def test_sections_are_chosen_as_in_the_other_formats(run: Run) -> None:
    text = run("report", "--isolated", "--output-format", "html", "--sections", "rules,ages", str(FIXTURES)).out
    assert re.findall(r'<section id="(\w+)">', text) == ["rules", "ages"]


def test_a_batch_without_tickets_has_a_page(run: Run, folder: Path) -> None:
    text = run("report", "--isolated", "--output-format", "html", "--allow-empty").out
    assert "0 tickets in 0 files" in text
    assert "<figure" not in text


def test_bars_are_as_long_as_their_numbers() -> None:
    severity = Breakdown("severity", (Count("P1", 4), Count("P2", 2)), overlapping=False)
    status = Breakdown("status", (Count("open", 5), Count("done", 1)), overlapping=False)
    chart = charts.severity_by_status(
        CrossTable(status, severity, {("open", "P1"): 3, ("done", "P1"): 1, ("open", "P2"): 2})
    )
    first, second = chart.lines
    assert [part.width for part in first.parts] == [270.0, 90.0]
    assert first.parts[1].x == first.parts[0].x + 270
    assert [(part.width, part.tone) for part in second.parts] == [(180.0, "0")]
    assert chart.legend == (("0", "open"), ("1", "done"))
    assert first.parts[0].says == "P1, open: 3"


def test_rare_statuses_share_a_colour() -> None:
    names = [f"s{number}" for number in range(9)]
    status = Breakdown("status", tuple(Count(name, 1) for name in names), overlapping=False)
    severity = Breakdown("severity", (Count("P1", 9),), overlapping=False)
    chart = charts.severity_by_status(CrossTable(status, severity, {(name, "P1"): 1 for name in names}))
    assert [name for _, name in chart.legend] == ["s0", "s1", "s2", "s3", "s4", "other"]
    assert chart.lines[0].parts[-1].says == "P1, other: 4"


def test_a_timeline_goes_up_for_opened_and_down_for_closed() -> None:
    first, second = charts.month_timeline([Month("2025-01", 4, 1), Month("2025-02", 0, 2)]).pillars
    assert (first.up, first.down, second.up, second.down) == (84, 21, 0, 42)
    assert second.says == "2025-02: 0 opened, 2 closed"
