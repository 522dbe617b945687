"""What may be shown on a terminal and how: colour, width, and nothing that the terminal would obey."""

from __future__ import annotations

import io
import sys
from typing import TextIO

import pytest

from ticketaudit.errors import UserError
from ticketaudit.streams import guarded
from ticketaudit.terminal import ColorChoice, clean, output, say


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Full(io.StringIO):
    def flush(self) -> None:
        raise OSError(28, "No space left on device")

    def fileno(self) -> int:
        raise io.UnsupportedOperation("fileno")


@pytest.mark.parametrize(
    ("choice", "environment", "terminal", "colored"),
    [
        ("auto", {}, True, True),
        ("auto", {}, False, False),
        ("auto", {"TERM": "dumb"}, True, False),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": ""}, True, True),
        ("auto", {"FORCE_COLOR": "1"}, False, True),
        ("always", {"NO_COLOR": "1"}, False, True),
        ("never", {"FORCE_COLOR": "1"}, True, False),
    ],
)
def test_the_option_outweighs_no_color_outweighs_force_color_outweighs_the_terminal(
    choice: ColorChoice,
    environment: dict[str, str],
    terminal: bool,
    colored: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert output(Terminal() if terminal else io.StringIO(), choice).color is colored


def test_only_a_terminal_has_a_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "77")
    assert output(Terminal()).width == 77
    assert output(io.StringIO(), "always").width is None


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain ünï 漢 👍🏽", "plain ünï 漢 👍🏽"),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("one\ntwo\r\nthree\tfour\u2028five", "one two  three four five"),
        ("a\x00b\x07c\x7fd\x9be", "abcde"),
        ("\u202egnp.exe\u2066 \ufeffx", "gnp.exe x"),
        ("half \ud83d", "half "),
    ],
)
def test_clean_text_is_one_line_that_a_terminal_only_shows(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_what_is_said_goes_to_standard_error_line_by_line(capsys: pytest.CaptureFixture[str]) -> None:
    say("one\x1b[2J\ntwo")
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "one[2J\ntwo\n"


def test_a_reader_who_went_away_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    silenced: list[TextIO] = []
    monkeypatch.setattr("ticketaudit.streams.silence", silenced.append)

    def write() -> None:
        raise BrokenPipeError

    guarded(sys.stdout, write)
    assert silenced == [sys.stdout]


def test_a_full_disk_is_the_users_to_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ticketaudit.streams.silence", lambda stream: None)
    with pytest.raises(UserError, match="the output cannot be written: no space left on device"):
        guarded(Full(), lambda: None)
