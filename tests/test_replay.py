"""A check of which everything is as it was prints what it printed, and looks at nothing but times and sizes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import TICKET, Ran, Run
from ticketaudit import __main__, cachefolder
from ticketaudit.cache import caches_in

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="on Windows every run is worked out")

TEXT = TICKET.format(id="B1-OPS-01")
Asked = Callable[..., tuple[Ran, bool]]
CACHE = ("--cache-dir", "../kept")


@pytest.fixture
def asked(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Runs a check in a folder of its own, which holds tickets that are old; says whether it was worked out anew."""
    place = folder / "tickets"
    for name in ("", "fixed"):
        (place / name).mkdir(exist_ok=True)
        for number in range(2):
            (place / name / f"{name}{number}.md").write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(place)
    monkeypatch.setattr(cachefolder, "TICK", 0)
    worked: list[bool] = []
    original = __main__._run

    def watched(words: list[str]) -> int:
        worked.append(True)
        return original(words)

    monkeypatch.setattr(__main__, "_run", watched)

    def ask(*arguments: str) -> tuple[Ran, bool]:
        worked.clear()
        time.sleep(0.02)  # so that whatever was done before is older than the run
        ran = run("check", *arguments, *CACHE)
        return ran, bool(worked)

    return ask


def test_the_second_run_is_told_and_not_worked_out(asked: Asked, run: Run) -> None:
    first, anew = asked()
    assert anew
    assert first.status == 1
    assert first.out.count("\n") > 4
    assert asked() == (first, False)
    assert run("check", "--no-cache") == first


@pytest.mark.parametrize("arguments", [("--output-format", "json"), ("--output-format", "junit"), ("fixed", "0.md")])
def test_it_is_told_of_the_same_question_alone(asked: Asked, arguments: tuple[str, ...]) -> None:
    plain = asked()[0]
    first, anew = asked(*arguments)
    assert anew
    assert first != plain
    assert asked(*arguments) == (first, False)
    assert asked() == (plain, False)


def edit(place: Path) -> None:
    file = place / "fixed" / "fixed1.md"
    before = file.stat()
    file.write_text(TEXT.replace("B1-", "B2-"), encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))  # only the time of the change tells


def ignored(place: Path) -> None:
    (place / "fixed" / ".gitignore").write_text("*1.md\n", encoding="utf-8")


def configured(place: Path) -> None:
    (place / "ticketaudit.yaml").write_text("rules: {ignore: [missing-reviewer]}\n", encoding="utf-8")


CHANGES: dict[str, Callable[[Path], object]] = {
    "a file with the same size and time": edit,
    "a new file": lambda place: (place / "fixed" / "new.md").write_text(TEXT, encoding="utf-8"),
    "a new folder": lambda place: (place / "fixed" / "more").mkdir(),
    "a file that is gone": lambda place: (place / "fixed" / "fixed0.md").unlink(),
    "a renamed file": lambda place: (place / "0.md").rename(place / "2.md"),
    "what is ignored": ignored,
    "a configuration": configured,
    "a repository around it": lambda place: (place.parent / ".git").mkdir(),
    "a file that nobody may read": lambda place: (place / "0.md").chmod(0),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_whatever_changes_is_seen(asked: Asked, run: Run, change: Callable[[Path], object]) -> None:
    asked()
    assert not asked()[1]
    change(Path.cwd())
    ran, anew = asked()
    assert anew
    assert ran == run("check", "--no-cache")


def test_changes_of_what_was_found_besides_the_tickets_are_seen(asked: Asked, run: Run) -> None:
    Path("ticketaudit.yaml").write_text("template: template.txt\n", encoding="utf-8")
    Path("template.txt").write_text("# Finding\n\n**Severity:** `P0` / `P1` / `P2`\n", encoding="utf-8")
    Path(".gitignore").write_text("0.md\n", encoding="utf-8")
    report = Path("reports/round.md")
    report.parent.mkdir()
    report.write_text("# Round\n\n## The quay\n\n- P1-001: it rings\n", encoding="utf-8")
    with Path("1.md").open("a", encoding="utf-8") as stream:
        stream.write("\n## Appendix\n\n**Report file:** `docs/round.md`\n**Section:** “The deck”\n")
    assert asked()[0].status == 1
    assert not asked()[1]
    for file in (Path("ticketaudit.yaml"), Path("template.txt"), Path(".gitignore"), report):
        with file.open("a", encoding="utf-8") as stream:
            stream.write("\n")
        ran, anew = asked()
        assert anew, file
        assert ran == run("check", "--no-cache")
        assert not asked()[1]


def test_what_a_link_leads_to_is_seen_to_come(asked: Asked, run: Run, folder: Path) -> None:
    Path("link.md").symlink_to(folder / "elsewhere.md")
    asked("--trust")
    assert not asked("--trust")[1]
    (folder / "elsewhere.md").write_text(TEXT, encoding="utf-8")
    ran, anew = asked("--trust")
    assert anew
    assert ran == run("check", "--no-cache", "--trust")
    assert "link.md:" in ran.out


def test_the_environment_and_the_tool_count(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    asked()
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert asked()[1]
    monkeypatch.setattr(cachefolder, "tool", lambda: "another version")
    assert asked()[1]
    assert not asked()[1]


def test_what_is_younger_than_the_clock_can_tell_is_worked_out(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cachefolder, "TICK", 2 * 10**9)
    assert [asked()[1] for _ in range(2)] == [True, True]


@pytest.mark.parametrize(
    "arguments",
    [("nowhere.md",), ("--fix",), ("-o", "../out"), ("--output", "json:../out"), ("--statistics",), ("-",)],
    ids=" ".join,
)
def test_a_run_that_failed_or_does_more_than_to_print_is_worked_out(asked: Asked, arguments: tuple[str, ...]) -> None:
    assert [asked(*arguments)[1] for _ in range(2)] == [True, True]


def test_a_run_that_asks_the_source_tree_is_worked_out(asked: Asked) -> None:
    Path(".git").mkdir()
    assert [asked("--select", "evidence")[1] for _ in range(2)] == [True, True]
    assert [asked("--select", "duplicate-id")[1] for _ in range(2)] == [True, False]


def test_a_run_before_a_terminal_is_worked_out(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    asked()
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert asked("--output-format", "concise")[1]


@pytest.mark.parametrize("damage", [lambda data: data[:-9], lambda data: b"x" * 99, lambda data: data[:20] + data])
def test_what_is_damaged_is_worked_out(asked: Asked, damage: Callable[[bytes], bytes]) -> None:
    first = asked()[0]
    (file,) = (file for file in caches_in(Path("../kept")) if file.suffix == ".run")
    file.write_bytes(damage(file.read_bytes()))
    assert asked() == (first, True)
    file.write_bytes(file.read_bytes().replace(b"warning", b"WARNING"))
    assert asked() == (first, True)


def test_what_was_told_goes_with_the_rest(asked: Asked, run: Run) -> None:
    asked()
    assert run("cache", "clear", *CACHE).err.startswith("Removed 2 caches")
    assert asked()[1]


TOLD = """
import sys
from ticketaudit import cachefolder
from ticketaudit.__main__ import main
cachefolder.TICK = 0
status = main(["check", "--cache-dir", "../kept"])
sys.stderr.write(" ".join(sorted(sys.modules)))
"""


def test_to_tell_it_again_imports_next_to_nothing(asked: Asked) -> None:
    time.sleep(0.02)
    first, second = (
        subprocess.run([sys.executable, "-c", TOLD], capture_output=True, text=True, encoding="utf-8", check=True)
        for _ in range(2)
    )
    assert first.stdout == second.stdout
    modules = second.stderr.splitlines()[-1].split()
    assert {"msgspec", "pathlib", "ticketaudit.rule"}.isdisjoint(modules)
    assert sum(module.startswith("ticketaudit.") for module in modules) < 12
