"""The bar: only on a terminal, only where somebody waits, and gone when the work is done."""

from __future__ import annotations

import io

import pytest

from ticketaudit.cli import means
from ticketaudit.cli.means import Waiting


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    """Time as the test tells it."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(means, "time", clock)
    monkeypatch.setenv("TERM", "xterm")
    return clock


def waited(clock: Clock, monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, steps: float) -> str:
    """What somebody sees while ten files are read, each in so many seconds."""
    monkeypatch.setattr("sys.stderr", stream)
    with Waiting() as waiting:
        for done in range(1, 11):
            clock.now += steps
            waiting(done, 10)
    return stream.getvalue()


def test_nobody_who_waits_for_less_than_a_second_sees_it(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    assert waited(clock, monkeypatch, Terminal(), 0.09) == ""


def test_it_says_how_far_the_reading_is(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = waited(clock, monkeypatch, Terminal(), 0.4)
    assert "Reading" in shown
    assert " 3/10" in shown
    assert " 2/10" not in shown
    assert "10/10" in shown


def test_where_there_is_no_terminal_there_is_none(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    assert waited(clock, monkeypatch, io.StringIO(), 5) == ""


def test_it_is_drawn_ten_times_a_second_at_most(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    monkeypatch.setattr("sys.stderr", stream)
    with Waiting() as waiting:
        clock.now += 5
        for done in range(1, 1001):
            clock.now += 0.001
            waiting(done, 1000)
        drawn = stream.getvalue().count("Reading")
    assert 5 <= drawn <= 15
