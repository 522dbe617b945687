"""What a run imports: nothing that it does not need, since a check in a hook is mostly start."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

WriteTicket = Callable[..., Path]

RUN = """
import sys
import msgspec  # which imports more where typing_extensions is installed
before = set(sys.modules)
from ticketaudit.__main__ import main
main(sys.argv[1:])
sys.stderr.write("\\n" + " ".join(sorted(set(sys.modules) - before)))
"""

#: What only some runs need, of the dependencies and of the standard library.
LIBRARIES = {"jinja2", "markdown_it", "pathspec", "rapidfuzz", "rich", "tree_sitter", "typer", "yaml"}
SLOW = {"argparse", "ast", "asyncio", "dataclasses", "difflib", "hashlib", "importlib.metadata", "importlib.resources"}
SLOW |= {"inspect", "json", "logging", "shutil", "subprocess", "tempfile", "traceback"}


def imported(folder: Path, *arguments: str) -> set[str]:
    ran = subprocess.run(
        [sys.executable, "-c", RUN, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return set(ran.stderr.splitlines()[-1].split())


def libraries(modules: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in modules} & LIBRARIES


def test_a_check_of_nothing_imports_what_every_run_needs(folder: Path) -> None:
    modules = imported(folder, "check", "--allow-empty", "--isolated")
    assert libraries(modules) == set()
    assert modules & SLOW == set()
    for needless in ("batch", "configured", "extract.record", "markdown", "records", "statistics", "verification"):
        assert f"ticketaudit.{needless}" not in modules


@pytest.mark.parametrize(
    ("arguments", "needed"),
    [
        (["check"], set()),
        (["check", "--output-format", "json"], set()),
        (["check", "--output-format", "full"], {"rich"}),
        (["parse"], set()),
        (["parse", "--output-format", "csv"], set()),
        (["parse", "--output-format", "yaml"], {"yaml"}),
        (["parse", "--output-format", "table"], {"rich"}),
        (["report", "--output-format", "markdown"], {"rapidfuzz"}),
        (["explain", "verdict-split"], set()),
        (["schema", "config"], set()),
        (["--help"], {"typer"}),
        (["check", "--help"], {"typer"}),
    ],
    ids=" ".join,
)
def test_a_run_imports_only_the_libraries_that_it_needs(
    write_ticket: WriteTicket, folder: Path, arguments: list[str], needed: set[str]
) -> None:
    write_ticket()
    found = libraries(imported(folder, *arguments))
    assert found - {"yaml"} == needed - {"yaml"}
    assert needed <= found


LEAVE = "import sys; sys.argv[0] = 'ticketaudit'; from ticketaudit.__main__ import program; program()"


def ended(folder: Path, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.mark.parametrize(("arguments", "status"), [(["check"], 1), (["check", "--exit-zero"], 0), (["chek"], 2)])
def test_a_process_that_ends_at_once_has_its_status_and_all_of_its_output(
    write_ticket: WriteTicket, folder: Path, arguments: list[str], status: int
) -> None:
    for number in range(60):
        write_ticket(f"{number}.md", f"B1-OPS-{number:02}")
    ran = ended(folder, LEAVE, *arguments)
    assert ran.returncode == status
    assert bool(ran.stdout) is (arguments[0] == "check")
    assert ran.stdout.count("\n") == len(ran.stdout.splitlines())
    assert (
        ran.stdout
        == ended(folder, LEAVE.replace("program()", "sys.exit(main())").replace("program", "main"), *arguments).stdout
    )


def test_what_waits_for_the_end_of_the_process_is_not_left_out(folder: Path) -> None:
    registered = "import atexit; atexit.register(print, 'registered'); "
    thread = "import threading, time; threading.Timer(0.2, lambda: print('thread')).start(); "
    assert ended(folder, registered + LEAVE, "check", "--allow-empty").stdout == "registered\n"
    assert ended(folder, thread + LEAVE, "check", "--allow-empty").stdout == "thread\n"
