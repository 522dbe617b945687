"""Work by several processes: the same results, and no process that outlives the run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from conftest import Run, WriteTicket
from repositories import Repository
from ticketaudit import jobs, read, verification
from ticketaudit.code.verified import Verified
from ticketaudit.jobs import Lost, spread, usable
from ticketaudit.text import Source

pytestmark = pytest.mark.skipif(not hasattr(os, "fork") or sys.platform == "darwin", reason="needs fork")


@pytest.fixture(autouse=True)
def _little_is_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "WORTH", 1)


def children() -> set[str]:
    """The processes that this one began and that nobody waited for."""
    found = subprocess.run(["ps", "-o", "pid=,comm=", "--ppid", str(os.getpid())], capture_output=True, text=True)
    return {line for line in found.stdout.splitlines() if not line.endswith(" ps")}


@pytest.mark.parametrize("count", [1, 2, 3, 8])
@pytest.mark.parametrize("things", [0, 1, 2, 50])
def test_every_thing_is_done_once_whoever_does_it(count: int, things: int) -> None:
    before = children()
    size = 100_000  # more than a pipe holds
    found = dict(spread(lambda number: bytes([number]) * size, [1] * things, count))
    assert found == {number: bytes([number]) * size for number in range(things)}
    assert children() == before


def test_it_is_several_processes_where_that_is_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def who(number: int) -> bytes:
        return str(os.getpid()).encode()

    assert len(set(dict(spread(who, [1] * 9, 3)).values())) == 3
    monkeypatch.setattr(jobs, "WORTH", 5)
    assert len(set(dict(spread(who, [1] * 9, 3)).values())) == 1
    assert usable() >= 1


@pytest.mark.parametrize("function", ["fork", "pipe"])
@pytest.mark.parametrize("begun", [0, 1])
def test_where_no_more_processes_can_be_begun_the_others_do_the_work(
    monkeypatch: pytest.MonkeyPatch, function: str, begun: int
) -> None:
    real, left = getattr(os, function), [begun]

    def refused() -> object:
        if not left[0]:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        left[0] -= 1
        return real()

    before, free = children(), os.dup(0)
    os.close(free)
    with monkeypatch.context() as patch:
        patch.setattr(os, function, refused)
        found = dict(spread(lambda number: b"%d" % number, [1] * 9, 3))
    assert found == {number: b"%d" % number for number in range(9)}
    assert children() == before
    now_free = os.dup(0)
    os.close(now_free)
    assert now_free == free  # nothing was left open


def test_the_shares_are_of_about_the_same_size() -> None:
    sizes = [100, 1, 1, 1, 50, 50, 3]
    shares = jobs._shares(sizes, 2)
    assert sorted(number for share in shares for number in share) == list(range(len(sizes)))
    assert max(sum(sizes[number] for number in share) for share in shares) <= 105


def test_a_process_that_crashes_costs_what_it_was_at() -> None:
    own = os.getpid()

    def work(number: int) -> bytes:
        if number == 4 and os.getpid() != own:
            os.kill(os.getpid(), signal.SIGKILL)
        return b"%d" % number

    before = children()
    found = dict(spread(work, [1] * 9, 9))
    lost = {number for number, result in found.items() if isinstance(result, Lost)}
    assert lost == {4}
    assert str(found[4]) == "the process that worked on it was ended by signal 9"
    assert sorted(found) == list(range(9))
    assert children() == before


def test_what_is_broken_off_leaves_no_process() -> None:
    before = children()
    results = spread(lambda number: time.sleep(number * 60) or b"", [1, 1, 1], 3)
    next(results)
    results.close()
    assert children() == before


def test_the_number_of_jobs_changes_nothing(run: Run, write_ticket: WriteTicket) -> None:
    for number in range(7):
        write_ticket(f"{number}.md", f"B1-OPS-0{number % 5}")
    write_ticket("8.md").write_bytes(b"\xff\xfe words")
    for arguments in (("check",), ("parse",), ("report",)):
        expected = run(*arguments, "--no-cache", "--jobs", "1")
        for count in ("2", "3", "20"):
            assert run(*arguments, "--no-cache", "--jobs", count) == expected
            assert run(*arguments, "--cache-dir", f"kept-{arguments[0]}-{count}", "--jobs", count) == expected


@pytest.mark.parametrize("count", ["1", "2", "9"])
def test_a_defect_of_the_parser_is_told_as_without_other_processes(
    run: Run, write_ticket: WriteTicket, monkeypatch: pytest.MonkeyPatch, count: str
) -> None:
    extract = read.extract

    def breaking(source: Source, vocabulary: object) -> object:
        if source.path == "3.md":
            raise IndexError("off by one")
        return extract(source, vocabulary)  # type: ignore[arg-type]

    monkeypatch.setattr(read, "extract", breaking)
    for number in range(5):
        write_ticket(f"{number}.md", f"B1-OPS-0{number}")
    ran = run("check", "--no-cache", "--jobs", count)
    assert ran.status == 3
    assert ran.err.count("internal error in 3.md: IndexError: off by one\n") == 1
    assert {line.partition(":")[0] for line in ran.out.splitlines()} == {"0.md", "1.md", "2.md", "4.md"}


def test_a_process_that_is_killed_is_told_with_the_file(
    run: Run, write_ticket: WriteTicket, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, extract = os.getpid(), read.extract

    def dying(source: Source, vocabulary: object) -> object:
        if source.path == "3.md" and os.getpid() != own:
            os.kill(os.getpid(), signal.SIGKILL)
        return extract(source, vocabulary)  # type: ignore[arg-type]

    monkeypatch.setattr(read, "extract", dying)
    for number in range(5):
        write_ticket(f"{number}.md", f"B1-OPS-0{number}")
    ran = run("check", "--no-cache", "--jobs", "5")
    assert ran.status == 3
    assert "internal error in 3.md: Lost: the process that worked on it was ended by signal 9\n" in ran.err
    assert {line.partition(":")[0] for line in ran.out.splitlines()} == {"0.md", "1.md", "2.md", "4.md"}


SLOW = """
import sys, time
from ticketaudit import __main__, jobs, read
jobs.WORTH = 1
read.extract = lambda source, vocabulary: (open(source.path + ".begun", "w").close(), time.sleep(60))
sys.exit(__main__.main(["check", "--jobs", "3", "--cache-dir", "kept"]))
"""


def test_ctrl_c_ends_all_at_once(write_ticket: WriteTicket, folder: Path) -> None:
    for number in range(3):
        write_ticket(f"{number}.md", f"B1-OPS-0{number}")
    command = subprocess.Popen(
        [sys.executable, "-c", SLOW], stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    deadline = time.monotonic() + 60
    while len(list(folder.glob("*.begun"))) < 3 and time.monotonic() < deadline:
        time.sleep(0.02)
    os.killpg(command.pid, signal.SIGINT)  # as a terminal does
    out, err = command.communicate(timeout=30)
    assert (command.returncode, out, err) == (130, b"", b"")
    with pytest.raises(ProcessLookupError):
        os.killpg(command.pid, 0)
    assert not list((folder / "kept").glob("*")) if (folder / "kept").exists() else True


CITING = """\
# Finding Ticket: The bell rings {number} times

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-0{number}` |
| **Created** | 2025-02-01 |
| **File(s)** | `{file}` |
| **Function/Class** | `ring{number}()` |

## Summary

`ring{number}()` is never called.
"""


def test_tickets_are_verified_the_same_by_any_number_of_processes(
    run: Run, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies: list[int] = []
    for number in range(6):
        repository.write(f"src/bell{number}.py", f"def ring{number}(bell):\n    bell.strike({number})\n")
    repository.commit("Ring", "2025-01-01")
    for number in range(6):
        repository.write(f"docs/{number}.md", CITING.format(number=number, file=f"src/bell{number // 2}.py"))

    def counted(work: jobs.Work, sizes: Sequence[int], count: int) -> Iterator[tuple[int, bytes | Lost]]:
        copies.append(count)
        return spread(work, sizes, count)

    monkeypatch.setattr(verification, "spread", counted)
    for command in ("verify", "check"):
        expected = run(command, "docs", "--no-cache", "--jobs", "1", "--output-format", "json")
        assert run(command, "docs", "--no-cache", "--jobs", "3", "--output-format", "json") == expected
    assert copies == [1, 3, 1, 3]


def test_what_a_process_dies_of_is_asked_again_by_the_first(
    run: Run, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, verify = os.getpid(), verification.verify

    def dying(*arguments: Any) -> Verified:
        if os.getpid() != own:
            os.kill(os.getpid(), signal.SIGKILL)
        return verify(*arguments)

    for number in range(4):
        repository.write(f"src/bell{number}.py", f"def ring{number}(bell):\n    bell.strike({number})\n")
        repository.write(f"docs/{number}.md", CITING.format(number=number, file=f"src/bell{number}.py"))
    repository.commit("Ring", "2025-01-01")
    expected = run("verify", "docs", "--no-cache", "--jobs", "1")
    monkeypatch.setattr(verification, "verify", dying)
    assert run("verify", "docs", "--no-cache", "--jobs", "2") == expected
