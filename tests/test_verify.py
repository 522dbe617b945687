"""Every citation of a labelled repository has its right outcome, when its ticket was written and now.

The repository is built by `harbour.build`. The labels were written by hand, from its commits.
"""

from __future__ import annotations

from typing import NamedTuple

import pytest

import harbour
from ticketaudit.code.outcome import Judgement
from ticketaudit.code.source import open_source
from ticketaudit.code.verified import Checked, Verified
from ticketaudit.code.verify import verify
from ticketaudit.evidence.wording import place
from ticketaudit.extract import extract
from ticketaudit.text import Source
from ticketaudit.vocabulary import Vocabulary

SRC = "src/harbour"
HOME = "/home/mira/harbour"


class Label(NamedTuple):
    """A citation, by its ticket, its kind and how it begins; its outcome and place then and now."""

    ticket: str
    kind: str
    text: str
    written: str
    now: str


def ticket(name: str, path: str, lines: str = "N/A", symbol: str = "N/A", body: str = "", summary: str = "") -> str:
    return f"""\
# Finding Ticket: Something about {name}

| Field | Value |
|-------|-------|
| **Ticket ID** | `{name}` |
| **Status** | `open` |
| **Created** | 2024-05-05 |

## Location

| Field | Value |
|-------|-------|
| **File(s)** | `{path}` |
| **Line(s)** | {lines} |
| **Function/Class** | {symbol} |

## Summary

**One-line summary:** {summary or "Something is wrong."}

## Code Evidence

{body}
"""


def fence(code: str, language: str = "python") -> str:
    return f"```{language}\n{code}\n```\n"


TICKETS = {
    "BERTH-1": ticket(
        "BERTH-1",
        f"{HOME}/{SRC}/berths.py",
        "`9-12`, `14-18`",
        "`Berth.moor()`, `Berth.release()`, `Berth.sink()`, `Berth.ship`, `Berth` registration",
        "Compare `berths.py:16` with berths.py:26-28, and src/harbour/berths.py:88-90.\n\n"
        + fence(f"# {HOME}/{SRC}/berths.py:14-18\ndef moor(self, ship):\n    ...\n    self.ship = ship  # nobody asks")
        + fence(
            f"# {SRC}/berths.py:31-33\ndef longest(berths):\n    return max(\n        free_berths(berths),\n"
            "        key=lambda berth: berth.length,\n    )"
        )
        + fence("# The berth is never asked.\n# So everybody may moor.")
        + fence(
            f"# {SRC}/berths.py:14-18\nif ship.length > self.length:\n    raise ValueError('the ship is too long')"
        ),
    ),
    "BERTH-2": ticket(
        "BERTH-2",
        f"{SRC}/berths.py",
        "20-23",
        "`free_berths`, `longest`",
        fence(f"# {SRC}/berths.py:60-62\nreturn [berth for berth in berths if berth.ship is None]")
        + fence(
            "def dredge(self, depth, barge):\n    self.depth = max(depth, barge.draught)\n    barge.fill(self.depth)"
        )
        + fence(f"# {SRC}/berths.py:20-23\ndef release(self):\n    ship, self.ship = self.ship, None\n    return ship"),
        summary="`free_berths()` has no callers anywhere.",
    ),
    "TIDE-1": ticket(
        "TIDE-1",
        f"{SRC}/tides.py",
        "14-17, 8-11",
        "`height`, `surge()`, `printed`",
        "Line src/harbour/tides.py:20-25 is odd.\n\n"
        + fence(
            f"# {SRC}/tides.py:14-17\ndef surge(wind, pressure):\n"
            "    inverse = (1013-pressure)*0.01\n    return inverse + wind.speed**2 * 0.002"
        )
        + fence(f"# {SRC}/tides.py:8-11\nphase = 2 * math.pi * hours / HOURS\nreturn moon.pull * math.cos(phase)"),
    ),
    "CRANE-1": ticket(
        "CRANE-1",
        f"{SRC}/crane.py",
        "9-12",
        "`Crane.lift()`, `swing()`",
        "And src/harbour/crane.py:15-20, crane.py:23-26.\n\n"
        + fence(
            f"# {SRC}/crane.py:15-20\ndef swing(crane, degrees):\n    step = 5 if crane.load else 15\n"
            "    for angle in range(0, degrees, step):\n        crane.turn_to(angle)"
        ),
        summary="`Crane.lift()` is never called.",
    ),
    "MONEY-1": ticket(
        "MONEY-1",
        f"{SRC}/ledger.py",
        "26-28",
        "`overdue()`, `book`",
        fence(
            f"# {SRC}/ledger.py:11-15\ndef book(account, amount, text):\n    if amount == 0:\n"
            '        raise ValueError("nothing to book")\n    account["entries"].append((amount, text))'
        )
        + fence(
            f"# {SRC}/ledger.py:20-23\ndue = days * rate * ship.length\nif ship.owner.is_member:\n    due = due * 0.9"
        ),
    ),
    "GATE-1": ticket(
        "GATE-1",
        f"{SRC}/gates.py",
        "4-7",
        "`open_gate`",
        fence(
            "if abs(inside - outside) > 0.1:\n    raise RuntimeError('the levels differ')\ngate.motor.run(seconds=40)"
        ),
    ),
    "LAMP-1": ticket(
        "LAMP-1",
        f"{SRC}/signals.py",
        "16-18, 4-8",
        "`hoist`",
        fence(f"# {SRC}/signals.py:4-8\ndef flash(lamp, times=2):\n    for _ in range(times):\n        lamp.on()"),
        summary="`unused_signal()` is never called.",
    ),
    "LAMP-2": ticket("LAMP-2", f"{SRC}/signals.py", symbol="`flash()`", summary="`flash` is unused."),
    "LAMP-3": ticket("LAMP-3", f"{SRC}/signals.py", symbol="`hoist()`", summary="`hoist()` is never called."),
    "BOARD-1": ticket(
        "BOARD-1",
        "web/board.ts",
        "12-14, 7-10",
        "`Board.refresh()`, `title`",
        fence("// web/board.ts:12-14\ndraw(): void {\n  console.log(this.rows.length)\n}", "ts"),
    ),
    "DESK-1": ticket(
        "DESK-1",
        f"{SRC}/master.py",
        "18",
        "Various methods",
        "As master.py:14 shows; nobody knows src/harbour/captain.py. Fixed before, in commit 1234567a.\n\n"
        + fence(f"# {SRC}/master.py:9-11\nfor ship in ships:\n    free = free_berths(berths)\n    if free:"),
    ),
    "LOST-1": ticket("LOST-1", "Multiple", "Various", "Various", "See crane.py:4 and docs/nothing.py:3."),
}

LABELS = [
    Label("BERTH-1", "path", HOME, f"confirmed {SRC}/berths.py", f"confirmed {SRC}/berths.py"),
    Label("BERTH-1", "lines", HOME, f"confirmed {SRC}/berths.py:9-12, 14-18", f"drifted {SRC}/berths.py:12-15, 18-22"),
    Label("BERTH-1", "symbol", "Berth.moor()", f"confirmed {SRC}/berths.py:14-18", f"confirmed {SRC}/berths.py:18-22"),
    Label("BERTH-1", "symbol", "Berth.release()", f"confirmed {SRC}/berths.py:20-23", "missing"),
    Label("BERTH-1", "symbol", "Berth.sink()", "missing", "missing"),
    Label("BERTH-1", "symbol", "Berth.ship", f"confirmed {SRC}/berths.py:12", f"confirmed {SRC}/berths.py:15"),
    Label("BERTH-1", "symbol", "Berth", f"confirmed {SRC}/berths.py:6-23", f"confirmed {SRC}/berths.py:9-22"),
    Label("BERTH-1", "lines", "berths.py:16", f"confirmed {SRC}/berths.py:16", f"drifted {SRC}/berths.py:20"),
    Label("BERTH-1", "lines", "berths.py:26", f"confirmed {SRC}/berths.py:26-28", f"moved {SRC}/berths.py:41-43"),
    Label(
        "BERTH-1",
        "lines",
        "src/harbour/berths.py:88",
        f"missing {SRC}/berths.py:88-90",
        f"missing {SRC}/berths.py:88-90",
    ),
    Label("BERTH-1", "quote", "def moor", f"confirmed {SRC}/berths.py:14-18", f"confirmed {SRC}/berths.py:18-22"),
    Label("BERTH-1", "quote", "def longest", f"confirmed {SRC}/berths.py:31-33", f"moved {SRC}/berths.py:46-48"),
    Label("BERTH-1", "quote", "# The berth", "unverifiable", "unverifiable"),
    Label("BERTH-1", "quote", "if ship.length", f"confirmed {SRC}/berths.py:16-17", f"drifted {SRC}/berths.py:20-21"),
    Label("BERTH-2", "path", SRC, f"confirmed {SRC}/berths.py", f"confirmed {SRC}/berths.py"),
    Label("BERTH-2", "lines", SRC, f"confirmed {SRC}/berths.py:20-23", "missing"),
    Label("BERTH-2", "symbol", "free_berths", f"confirmed {SRC}/berths.py:26-28", f"confirmed {SRC}/berths.py:41-43"),
    Label("BERTH-2", "symbol", "longest", f"confirmed {SRC}/berths.py:31-33", f"confirmed {SRC}/berths.py:46-48"),
    Label("BERTH-2", "quote", "return [berth", f"moved {SRC}/berths.py:28", f"moved {SRC}/berths.py:43"),
    Label("BERTH-2", "quote", "def dredge", "missing", "missing"),
    Label("BERTH-2", "quote", "def release", f"confirmed {SRC}/berths.py:20-23", "missing"),
    Label(
        "BERTH-2",
        "usage",
        "One-line summary: free_berths()",
        f"contradicted {SRC}/berths.py:33",
        f"contradicted {SRC}/berths.py:48",
    ),
    Label("TIDE-1", "path", SRC, f"confirmed {SRC}/tides.py", f"moved {SRC}/levels.py"),
    Label(
        "TIDE-1",
        "lines",
        f"{SRC}/tides.py:14",
        f"confirmed {SRC}/tides.py:14-17, 8-11",
        f"drifted {SRC}/levels.py:23-26, 17-20",
    ),
    Label("TIDE-1", "symbol", "height", f"confirmed {SRC}/tides.py:8-11", f"moved {SRC}/levels.py:17-20"),
    Label("TIDE-1", "symbol", "surge()", f"confirmed {SRC}/tides.py:14-17", f"moved {SRC}/levels.py:23-26"),
    Label("TIDE-1", "symbol", "printed", f"confirmed {SRC}/tides.py:20-25", "missing"),
    Label("TIDE-1", "lines", f"{SRC}/tides.py:20", f"confirmed {SRC}/tides.py:20-25", "missing"),
    Label("TIDE-1", "quote", "def surge", f"confirmed {SRC}/tides.py:14-17", f"moved {SRC}/levels.py:23-26"),
    Label("TIDE-1", "quote", "phase", f"confirmed {SRC}/tides.py:10-11", f"drifted {SRC}/levels.py:19-20"),
    Label("CRANE-1", "path", SRC, f"confirmed {SRC}/crane.py", f"moved {SRC}/cranes.py"),
    Label("CRANE-1", "lines", f"{SRC}/crane.py:9", f"confirmed {SRC}/crane.py:9-12", f"confirmed {SRC}/cranes.py:9-12"),
    Label("CRANE-1", "symbol", "Crane.lift()", f"confirmed {SRC}/crane.py:9-12", f"moved {SRC}/cranes.py:9-12"),
    Label("CRANE-1", "symbol", "swing()", f"confirmed {SRC}/crane.py:15-20", f"moved {SRC}/winch.py:4-9"),
    Label("CRANE-1", "lines", f"{SRC}/crane.py:15", f"confirmed {SRC}/crane.py:15-20", "missing"),
    Label("CRANE-1", "lines", "crane.py:23", f"confirmed {SRC}/crane.py:23-26", f"drifted {SRC}/cranes.py:15-18"),
    Label("CRANE-1", "quote", "def swing", f"confirmed {SRC}/crane.py:15-19", f"moved {SRC}/winch.py:4-8"),
    Label("CRANE-1", "usage", "One-line", f"contradicted {SRC}/master.py:19", f"contradicted {SRC}/office.py:20"),
    Label("MONEY-1", "path", SRC, f"confirmed {SRC}/ledger.py", f"moved {SRC}/accounts.py"),
    Label("MONEY-1", "lines", SRC, f"confirmed {SRC}/ledger.py:26-28", f"moved {SRC}/invoices.py:12-14"),
    Label("MONEY-1", "symbol", "overdue()", f"confirmed {SRC}/ledger.py:26-28", f"moved {SRC}/invoices.py:12-14"),
    Label("MONEY-1", "symbol", "book", f"confirmed {SRC}/ledger.py:11-15", f"moved {SRC}/accounts.py:11-15"),
    Label("MONEY-1", "quote", "def book", f"confirmed {SRC}/ledger.py:11-15", f"moved {SRC}/accounts.py:11-15"),
    Label("MONEY-1", "quote", "due = days", f"confirmed {SRC}/ledger.py:20-22", f"drifted {SRC}/invoices.py:6-8"),
    Label("GATE-1", "path", SRC, f"confirmed {SRC}/gates.py", "missing"),
    Label("GATE-1", "lines", SRC, f"confirmed {SRC}/gates.py:4-7", "missing"),
    Label("GATE-1", "symbol", "open_gate", f"confirmed {SRC}/gates.py:4-7", "missing"),
    Label("GATE-1", "quote", "if abs", f"confirmed {SRC}/gates.py:5-7", "missing"),
    Label("LAMP-1", "path", SRC, f"confirmed {SRC}/signals.py", f"confirmed {SRC}/signals.py"),
    Label("LAMP-1", "lines", SRC, f"confirmed {SRC}/signals.py:16-18, 4-8", f"drifted {SRC}/signals.py:16-18, 4-8"),
    Label("LAMP-1", "symbol", "hoist", f"confirmed {SRC}/signals.py:11-13", f"confirmed {SRC}/signals.py:11-13"),
    Label("LAMP-1", "quote", "def flash", f"drifted {SRC}/signals.py:4-7", f"drifted {SRC}/signals.py:4-7"),
    Label("LAMP-1", "usage", "One-line", f"holds {SRC}/signals.py:16-18", f"holds {SRC}/signals.py:16-18"),
    Label("LAMP-2", "usage", "One-line", f"contradicted {SRC}/master.py:14", f"contradicted {SRC}/office.py:15"),
    Label("LAMP-2", "path", SRC, f"confirmed {SRC}/signals.py", f"confirmed {SRC}/signals.py"),
    Label("LAMP-2", "symbol", "flash()", f"confirmed {SRC}/signals.py:4-8", f"confirmed {SRC}/signals.py:4-8"),
    Label("LAMP-3", "path", SRC, f"confirmed {SRC}/signals.py", f"confirmed {SRC}/signals.py"),
    Label("LAMP-3", "symbol", "hoist()", f"confirmed {SRC}/signals.py:11-13", f"confirmed {SRC}/signals.py:11-13"),
    Label("LAMP-3", "usage", "One-line", f"holds {SRC}/signals.py:11-13", f"holds {SRC}/signals.py:11-13"),
    Label("BOARD-1", "path", "web", "confirmed web/board.ts", "confirmed web/board.ts"),
    Label("BOARD-1", "lines", "web", "confirmed web/board.ts:12-14, 7-10", "drifted web/board.ts:13-15, 8-11"),
    Label("BOARD-1", "symbol", "Board.refresh()", "confirmed web/board.ts:7-10", "confirmed web/board.ts:8-11"),
    Label("BOARD-1", "symbol", "title", "confirmed web/board.ts:17", "confirmed web/board.ts:18"),
    Label("BOARD-1", "quote", "draw", "confirmed web/board.ts:12-14", "confirmed web/board.ts:13-15"),
    Label("DESK-1", "path", f"{SRC}/master", f"confirmed {SRC}/master.py", f"moved {SRC}/office.py"),
    Label("DESK-1", "lines", f"{SRC}/master.py:18", f"confirmed {SRC}/master.py:18", f"drifted {SRC}/office.py:19"),
    Label("DESK-1", "lines", "master.py:14", f"confirmed {SRC}/master.py:14", f"drifted {SRC}/office.py:15"),
    Label("DESK-1", "path", f"{SRC}/captain", "missing", "missing"),
    Label("DESK-1", "commit", "1234567a", "missing", "missing"),
    Label("DESK-1", "quote", "for ship", f"confirmed {SRC}/master.py:9-11", f"moved {SRC}/office.py:10-12"),
    Label("LOST-1", "lines", "crane.py:4", "unverifiable", f"confirmed {SRC}/yard/crane.py:4"),
    Label("LOST-1", "lines", "docs/nothing.py:3", "missing", "missing"),
]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Verified]:
    """What is found out about each ticket."""
    root = tmp_path_factory.mktemp("harbour")
    made = harbour.build(root, {f"docs/bugs/{name}.md": text for name, text in TICKETS.items()})
    assert int(made.git("rev-list", "--count", "HEAD")) >= 30
    vocabulary = Vocabulary.builtin()
    results = {}
    with open_source(root) as tree:
        for name in TICKETS:
            source = Source.from_bytes(str(root / f"docs/bugs/{name}.md"), (root / f"docs/bugs/{name}.md").read_bytes())
            (read,) = extract(source, vocabulary)
            results[name] = verify(read, source, vocabulary, tree)
    return results


def citation(verified: Verified, label: Label) -> Checked:
    matching = [each for each in verified.of(label.kind) if each.cited.text.startswith(label.text)]
    assert matching, f"nothing of kind {label.kind} begins with {label.text}"
    return next((each for each in matching if each.cited.text == label.text), matching[0])


def said(judgement: Judgement) -> str:
    return f"{judgement.outcome.value} {place(judgement)}".strip()


@pytest.mark.parametrize("label", LABELS, ids=lambda label: f"{label.ticket} {label.kind} {label.text}")
def test_outcome(label: Label, found: dict[str, Verified]) -> None:
    checked = citation(found[label.ticket], label)
    assert (said(checked.written), said(checked.now)) == (label.written, label.now), (checked.written, checked.now)


def test_there_are_enough_labels_and_every_citation_has_one(found: dict[str, Verified]) -> None:
    assert len(LABELS) >= 60
    labelled = {(label.ticket, id(citation(found[label.ticket], label))) for label in LABELS}
    every = {(name, id(checked)): checked for name, verified in found.items() for checked in verified.citations}
    rest = [
        f"{name}: {every[name, key].cited.kind} {every[name, key].cited.text}" for name, key in every.keys() - labelled
    ]
    assert rest == []


#: The first commit after which the lines that a ticket cites do not stand in their file any more.
CHANGED = {
    "BERTH-1": "Leave two metres free",
    "BERTH-2": "Ships leave by themselves",
    "TIDE-1": "Rewrite the tides",
    "CRANE-1": "Move swing to the winch",
    "MONEY-1": "Split the ledger",
    "GATE-1": "The gates work by hand again",
    "LAMP-1": "Three flashes are usual",
    "LAMP-2": "Three flashes are usual",
    "LAMP-3": None,
    "BOARD-1": "Show no ship twice",
    "DESK-1": "A stronger crane",
}


@pytest.mark.parametrize("name", CHANGED)
def test_the_commit_that_changed_the_cited_lines(name: str, found: dict[str, Verified]) -> None:
    changed = found[name].changed
    assert changed is not None
    commits = [change.commit.subject for change in changed if change.commit]
    assert commits[:1] == ([CHANGED[name]] if CHANGED[name] else [])


def test_a_ticket_that_cites_nothing_has_not_changed_or_not(found: dict[str, Verified]) -> None:
    assert found["LOST-1"].changed is None


def test_the_moment_of_writing_is_the_commit_that_added_the_ticket(found: dict[str, Verified]) -> None:
    assert {verified.day for verified in found.values()} == {"2025-03-24"}
