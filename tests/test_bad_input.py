"""Input that nobody should have to think about: a clear message, the right exit status, nothing else lost."""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
WriteTicket = Callable[..., Path]
Make = Callable[[Path], Any]

SELECT = ("--select", "severity-disagreement")


def megabytes(count: int) -> Make:
    def make(path: Path) -> None:
        with path.open("wb") as file:
            file.truncate(count * 1024 * 1024)

    return make


#: What can stand in the way of a good ticket, and how the message about it ends.
HINDRANCES: list[tuple[str, Make, str]] = [
    ("missing.md", lambda path: None, "missing.md: no such file or folder"),
]
if sys.platform != "win32":
    HINDRANCES += [
        ("pipe.md", lambda path: os.mkfifo(path), "pipe.md: no regular file; give `-` to read from standard input"),
        (
            "dead.md",
            lambda path: path.symlink_to("gone.md"),
            "dead.md: no such file or folder; it is a link that leads nowhere",
        ),
        ("loop.md", lambda path: path.symlink_to(path), "loop.md: cannot be read: too many levels of symbolic links"),
    ]


@pytest.mark.parametrize(("name", "make", "message"), HINDRANCES, ids=[name for name, _, _ in HINDRANCES])
@pytest.mark.parametrize("command", ["check", "parse", "report"])
def test_one_bad_path_costs_nothing_but_itself(
    run: Run, write_ticket: WriteTicket, folder: Path, command: str, name: str, make: Make, message: str
) -> None:
    write_ticket("good.md")
    make(folder / name)
    ran = run(command, name, "good.md")
    assert ran.status == 2
    assert "B1-OPS-01" in ran.out or "good.md" in ran.out
    assert f"error: {message}\n" in ran.err


TOO_LARGE = "big.md:1:1: warning: the file is not read: it is larger than 10 MiB [malformed-ticket]\n"
DIAGNOSTIC_OF = "many.md:1:1: warning: the file is not read: it holds 4 tickets, more than 3 [malformed-ticket]"


def test_a_file_beyond_the_limits_is_a_diagnostic_and_costs_no_other_file_a_word(
    run: Run, write_ticket: WriteTicket, folder: Path
) -> None:
    write_ticket("good.md")
    alone = run("check", "good.md").out
    megabytes(50)(folder / "big.md")
    for paths in ((), ("big.md", "good.md")):
        ran = run("check", *paths)
        assert (ran.status, ran.out) == (1, TOO_LARGE + alone)
        assert "big.md" not in ran.err
    assert "passed over  big.md: it is larger than 10 MiB\n" in run("check", "--show-files").out
    assert json.loads(run("check", "--output-format", "json").out)["execution_successful"]


@pytest.mark.parametrize(
    "command",
    [["parse"], ["report"], ["show", "B1-OPS-01"], ["check", "--select", "verdict-split"], ["check", "--diff"]],
)
def test_where_no_diagnostic_tells_of_a_file_beyond_the_limits_it_is_unreadable_input(
    run: Run, write_ticket: WriteTicket, folder: Path, command: list[str]
) -> None:
    write_ticket("good.md")
    megabytes(11)(folder / "big.md")
    ran = run(*command)
    assert ran.status == 2
    assert ran.err.count("error: big.md: not read: it is larger than 10 MiB\n") == 1


def test_the_limits_are_the_users(run: Run, write_ticket: WriteTicket, folder: Path) -> None:
    write_ticket("good.md")
    sections = (f"## B1-OPS-{number}: x\n\n**Severity:** P1\n" for number in range(10, 14))
    (folder / "many.md").write_text("\n".join(sections), "utf-8")
    assert "not read" not in run("check").out
    config = folder / "ticketaudit.yaml"
    config.write_text("limits: {mebibytes: 1, tickets: 3}", "utf-8")
    assert DIAGNOSTIC_OF in run("check").out
    assert "B1-OPS-11" not in run("parse").out
    megabytes(2)(folder / "big.md")
    assert "it is larger than 1 MiB [malformed-ticket]" in run("check").out
    config.write_text("limits: {mebibytes: 3}", "utf-8")
    assert "not read" not in run("check").out
    assert "not read" in run("check", "-", stdin=b"#" * 4 * 1024 * 1024).out


#: Files that can be read and hold no ticket.
NO_TICKETS: list[tuple[str, bytes]] = [
    ("random", random.Random(2).randbytes(100_000)),
    ("zeros", bytes(10_000)),
    ("empty", b""),
    ("white", b" \n\t\r\n\xef\xbb\xbf"),
    ("prose", b"# Notes\n\nNothing to see.\n"),
    ("one long line", b"x" * 1_000_000),
]


@pytest.mark.parametrize("data", [data for _, data in NO_TICKETS], ids=[name for name, _ in NO_TICKETS])
def test_a_named_file_that_is_no_ticket_gets_a_diagnostic(
    run: Run, write_ticket: WriteTicket, folder: Path, data: bytes
) -> None:
    (folder / "odd.md").write_bytes(data)
    alone = run("check", "odd.md")
    assert alone.status == 2
    assert "odd.md:1:1: warning: the file holds no ticket [malformed-ticket]" in alone.out
    assert "error: no ticket found in 1 file" in alone.err
    assert run("check", "odd.md", "--allow-empty").status == 1
    write_ticket("good.md")
    among = run("check", "odd.md", "good.md")
    assert among.status == 1
    assert "good.md:" in among.out
    assert "odd.md:1:1: warning: the file holds no ticket [malformed-ticket]" in among.out
    for name in ("full", "json"):
        assert run("check", "odd.md", "--output-format", name).status == 2


def test_damaged_bytes_in_a_ticket_are_reported_and_hide_nothing(run: Run, write_ticket: WriteTicket) -> None:
    file = write_ticket()
    file.write_bytes(file.read_bytes().replace(b"rings twice on", b"rings \xff\xfe on"))
    ran = run("check")
    assert ran.status == 1
    assert "bell.md:11:" in ran.out
    assert "[severity-disagreement]" in ran.out


@pytest.mark.parametrize("command", ["check", "parse", "report"])
def test_a_folder_without_tickets_is_never_a_clean_run(run: Run, folder: Path, command: str) -> None:
    (folder / "docs").mkdir()
    ran = run(command, "docs")
    assert ran.status == 2
    assert (
        ran.err == "error: no file found to read; `check --show-files` with the same paths says what was passed over\n"
    )
    (folder / "docs/guide.md").write_text("# Guide\n", encoding="utf-8")
    ran = run(command, "docs")
    assert ran.status == 2
    assert ran.err.endswith(
        "error: no ticket found in 1 file; `check --show-files` with the same paths says what was passed over\n"
    )
    assert run(command, "docs", "--allow-empty").status == 0


def test_json_is_printed_where_nothing_was_found(run: Run, folder: Path) -> None:
    ran = run("check", "--output-format", "json")
    assert ran.status == 2
    assert json.loads(ran.out)["diagnostics"] == []


@pytest.mark.parametrize("command", [["check"], ["parse"], ["report"], ["show", "B1-OPS-01"]])
@pytest.mark.parametrize(
    ("config", "message"),
    [
        ("folder", "error: folder: a folder; name the configuration file in it\n"),
        ("missing.yaml", "error: missing.yaml: cannot be read: no such file or directory\n"),
        ("bytes.yaml", "error: bytes.yaml:1:1: no UTF-8 text; save the file as UTF-8\n"),
        (
            "wrong.yaml",
            "error: wrong.yaml:1:1: unknown key `exlude`; did you mean `exclude`?\n"
            "error: wrong.yaml:2:9: expected keys with values\n",
        ),
    ],
)
def test_a_configuration_that_cannot_be_read_ends_the_run_before_it_begins(
    run: Run, write_ticket: WriteTicket, folder: Path, command: list[str], config: str, message: str
) -> None:
    write_ticket()
    (folder / "folder").mkdir()
    (folder / "bytes.yaml").write_bytes(b"\xff\xfe")
    (folder / "wrong.yaml").write_text("exlude: []\nrules:  x\n", encoding="utf-8")
    ran = run(*command, "--config", config)
    assert (ran.status, ran.out, ran.err) == (2, "", message)


def test_file_names_can_hold_anything(run: Run, write_ticket: WriteTicket) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows has fewer file names")
    for name in ("line\nbreak.md", "esc\x1b[2J.md", "[bold]x.md", "ünï 漢.md", "%0A::error.md", "-dash.md"):
        write_ticket(name)
    ran = run("check", *SELECT)
    assert ran.status == 1
    assert len(ran.out.splitlines()) == 6
    assert "\x1b" not in ran.out + ran.err
    assert "[bold]x.md:21:3: " in ran.out
    records = run("parse").out.splitlines()
    assert "line\nbreak.md" in {json.loads(record)["path"] for record in records}
