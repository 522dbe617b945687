"""A team's tickets are its memory: whatever ends the program, every file is as it was or as it should be.

`TICKETAUDIT_KILLS` says how often it is killed; `make check-security` does it more often than `make test`.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from conftest import TICKET
from ticketaudit.__main__ import main
from ticketaudit.cachefile import Writer
from ticketaudit.cli import output

Run = Callable[..., Any]
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
KILLS = int(os.environ.get("TICKETAUDIT_KILLS", "12"))
SEED = 9

#: Commands that write, with what they write beside the tickets.
WRITING = {
    "check -o": ["check", "--exit-zero", "--output-format", "json", "-o", "out.json"],
    "several outputs": ["check", "--exit-zero", "--output", "sarif:out.sarif", "--output", "junit:out.xml"],
    "report": ["report", "--output-format", "html", "--as-of", "2025-01-01", "-o", "out.html"],
    "baseline": ["baseline", "create", "--force"],
    "init": ["init", "--force"],
    "fix": ["check", "--exit-zero", "--fix", "--unsafe-fixes"],
}


@pytest.fixture
def batch(folder: Path) -> Path:
    """A folder of tickets that each have something to fix, in which every command has already written."""
    place = folder / "batch"
    place.mkdir()
    for number in range(4):
        text = TICKET.format(id=f"B1-OPS-0{number}").replace("`closed` |", "`closed` |\n| **Created** | 3 May 2025 |")
        (place / f"{number}.md").write_text(text, "utf-8")
    for arguments in WRITING.values():
        assert ended(place, arguments) == 0
    for path in place.iterdir():
        if path.suffix == ".md":
            path.write_text(path.read_text("utf-8").replace("2025-05-03", "3 May 2025"), "utf-8")
        else:
            path.write_text("# old\n" if path.name == "ticketaudit.yaml" else "old", "utf-8")
    return place


def contents(place: Path) -> dict[str, bytes]:
    """The files of a folder, but for what the tool has not yet given a name."""
    return {path.name: path.read_bytes() for path in place.iterdir() if path.suffix != ".tmp"}


def started(place: Path, arguments: list[str], before: Callable[[], object] = lambda: None) -> int:
    """The process that runs a command in a folder: a copy of this one, which has imported everything."""
    child = os.fork()
    if child:
        return child
    os.chdir(place)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115, PTH123 - the process ends with it
    before()
    os._exit(main(arguments))


def ended(place: Path, arguments: list[str], before: Callable[[], object] = lambda: None) -> int:
    _, status = os.waitpid(started(place, arguments, before), 0)
    return os.waitstatus_to_exitcode(status)


def kill_in_output(after: int) -> None:
    """Let this process be killed after so many lines of the module that writes files."""
    left = after

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal left
        if frame.f_code.co_filename != output.__file__:
            return None
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return trace

    sys.settrace(trace)


def test_kill_9_at_any_moment_damages_no_file(batch: Path, tmp_path: Path) -> None:
    dice = random.Random(SEED)
    old, expected, took = contents(batch), {}, {}
    for name, arguments in WRITING.items():
        copy = tmp_path / "whole"
        shutil.copytree(batch, copy)
        start = time.monotonic()
        assert ended(copy, arguments) == 0
        took[name] = time.monotonic() - start
        expected[name] = contents(copy)
        shutil.rmtree(copy)
    assert expected["fix"]["0.md"] != old["0.md"]
    killed = 0
    for number in range(KILLS):
        name = dice.choice(list(WRITING))
        copy = tmp_path / f"{number}"
        shutil.copytree(batch, copy)
        if number % 2:
            lines = dice.randint(1, 60)
            status = ended(copy, WRITING[name], lambda lines=lines: kill_in_output(lines))
        else:
            child = started(copy, WRITING[name])
            time.sleep(dice.uniform(0, took[name]))
            os.kill(child, signal.SIGKILL)
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        killed += status == -signal.SIGKILL
        found = contents(copy)
        assert found.keys() == old.keys()
        for path, data in found.items():
            assert data in (old[path], expected[name][path]), (name, path)
        shutil.rmtree(copy)
    assert killed > KILLS // 2, "it was too late for most kills"


CHECK = ["check", "--exit-zero", "--output-format", "json", "-o"]


def cached(place: Path, name: str, *more: str) -> list[str]:
    return [*CHECK, name, "--cache-dir", str(place / "cache"), "--jobs", "2", *more]


def test_kill_9_while_the_cache_is_written_leaves_a_cache_that_tells_the_truth(batch: Path) -> None:
    dice = random.Random(SEED)
    outside = batch.parent
    assert ended(batch, [*CHECK, str(outside / "whole.json"), "--no-cache"]) == 0
    expected = (outside / "whole.json").read_bytes()
    start = time.monotonic()
    assert ended(batch, cached(outside, str(outside / "out.json"))) == 0
    took = time.monotonic() - start
    for number in range(KILLS):
        if number % 3 == 0:
            shutil.rmtree(outside / "cache", ignore_errors=True)
        child = started(batch, cached(outside, str(outside / "killed.json")))
        time.sleep(dice.uniform(0, took))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        if number % 5 == 0:
            assert ended(batch, cached(outside, str(outside / "out.json"))) == 0
            assert (outside / "out.json").read_bytes() == expected
    assert ended(batch, cached(outside, str(outside / "out.json"))) == 0
    assert (outside / "out.json").read_bytes() == expected


RUNS = 16
SMALL = "# B1-OPS-{}: Bell rings\n\n**Severity:** P1\n**Status:** {}\n"


def test_sixteen_runs_at_once_on_one_cache_say_the_same(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "batch"
    place.mkdir()
    monkeypatch.chdir(place)

    def said(count: int, status: str, cache: Sequence[str]) -> bytes:
        """What is said of small tickets. This process imports what the others would each have to import."""
        for number in range(count):
            text = SMALL.format(f"{number:03}", status if number % 10 == 0 else "gone")
            (place / f"{number}.md").write_text(text, "utf-8")
        assert run(*CHECK, str(tmp_path / "said.json"), *cache).status == 0
        return (tmp_path / "said.json").read_bytes()

    with_cache, without = ["--cache-dir", str(tmp_path / "cache")], ["--no-cache"]
    expected = said(40, "gone", without)
    assert said_at_once(place, tmp_path) == {expected}
    said(240, "gone", with_cache)  # of which a part is then out of date
    expected = said(240, "lost", without)
    assert (expected.count(b"`gone`"), expected.count(b"`lost`")) == (216, 24)
    assert said_at_once(place, tmp_path) == {expected}
    assert said(240, "lost", with_cache) == expected
    assert not list((tmp_path / "cache").glob("*.tmp"))


def said_at_once(place: Path, outside: Path) -> set[bytes]:
    """What runs say that begin together, and write the cache at the same time."""
    names = [outside / f"{number}.json" for number in range(RUNS)]
    for times in outside.glob("*.times"):
        times.unlink()
    gate, opened = os.pipe()

    def wait(times: Path) -> Callable[[], None]:
        return lambda: begin_writing(gate, opened, times)

    children = [started(place, cached(outside, str(name)), wait(name.with_suffix(".times"))) for name in names]
    os.close(opened)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * RUNS
    os.close(gate)
    assert most_at_once(name.with_suffix(".times").read_text() for name in names) > RUNS // 2, "they wrote in turn"
    return {name.read_bytes() for name in names}


def begin_writing(gate: int, opened: int, times: Path) -> None:
    """Wait for all others, and note when this process begins and ends to write the cache."""
    os.close(opened)
    init, finish = Writer.__init__, Writer.finish

    def note(method: Callable[..., None]) -> Callable[..., None]:
        def noted(*arguments: object) -> None:
            with times.open("a") as file:
                print(time.monotonic(), file=file)
            method(*arguments)

        return noted

    Writer.__init__, Writer.finish = note(init), note(finish)
    os.read(gate, 1)


def most_at_once(times: Iterable[str]) -> int:
    """How many of several stretches of time have a moment in common."""
    stretches = [(float(first), float(last)) for first, *_, last in map(str.split, times)]
    return max(sum(first <= moment <= last for first, last in stretches) for moment, _ in stretches)


LIMITED = {name: arguments for name, arguments in WRITING.items() if name != "several outputs"}


@pytest.mark.parametrize("arguments", LIMITED.values(), ids=LIMITED)
def test_a_disk_that_is_full_damages_no_file(batch: Path, arguments: list[str]) -> None:
    resource = pytest.importorskip("resource")
    old = contents(batch)
    assert ended(batch, arguments, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))) == 2
    assert contents(batch) == old
    assert not list(batch.glob("*.tmp"))


@pytest.fixture
def small_disk(folder: Path) -> Iterator[Path]:
    """A folder that is a disk of its own, with room for 64 KiB."""
    place = folder / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_small_disk_that_fills_up_damages_no_file(batch: Path, small_disk: Path) -> None:
    for path in batch.glob("*.md"):
        shutil.copy(path, small_disk)
    (small_disk / "out.html").write_text("old", "utf-8")
    with (small_disk / "ballast").open("wb") as file:
        file.write(b"x" * 32 * 1024)
    old = contents(small_disk)
    assert ended(small_disk, WRITING["report"]) == 2
    assert contents(small_disk) == old
    assert not list(small_disk.glob("*.tmp"))
