"""What a run leaves behind, which is nothing, and what its output depends on, which is its input alone."""

from __future__ import annotations

import locale
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ticketaudit.batch import FORMATS as BATCH_FORMATS
from ticketaudit.records import FORMATS as RECORD_FORMATS
from ticketaudit.reporters import REPORTERS

from .conftest import Run, WriteTicket

TEMPLATE = "# T\n\n**Severity:** `P0` / `P1` / `P2` / `P3`\n\n**Status:** `open` / `closed`\n"
CONFIG = """\
include: ["bugs/**/*.md", "zürich/*.md"]
exclude: [bugs/archive/, dürr.md]
template: "länge.md"
rules: {severity-disagreement: {level: error}}
per-path: {bugs/bü*.md: {ignore: [missing-category]}}
"""


@pytest.fixture
def tree(folder: Path, write_ticket: WriteTicket, run: Run) -> Path:
    """A working folder as a team has it: tickets here and there, a configuration, a template, a baseline."""
    for number, path in enumerate(("bugs/bücher.md", "bugs/old/Bell.md", "zürich/ärger.md", "bugs/zoo.md", "b.md")):
        write_ticket(path, f"B1-OPS-0{number % 4}")
    write_ticket("bugs/dürr.md")
    text = (folder / "bugs/zoo.md").read_text(encoding="utf-8")
    suppression = "<!-- ticketaudit: ignore[verdict-split] – für später -->\n\n## Cross-Review"
    (folder / "bugs/zoo.md").write_text(text.replace("## Cross-Review", suppression), encoding="utf-8")
    (folder / "bugs/archive").mkdir()
    (folder / "bugs/archive/no-ticket.md").write_bytes(b"\xff# \x00")
    (folder / ".gitignore").write_text("drafts/\n", encoding="utf-8")
    (folder / "länge.md").write_text(TEMPLATE, encoding="utf-8")
    (folder / "ticketaudit.yaml").write_text(CONFIG, encoding="utf-8")
    assert run("baseline", "create", "--select", "review", "--baseline", "baseline.json").status == 0
    return folder


def snapshot(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Every file and folder with its mode, the time of its last change, and what it holds."""
    places = [folder, *folder.rglob("*")]
    return {
        str(place.relative_to(folder)): (
            place.stat().st_mode,
            place.stat().st_mtime_ns,
            place.read_bytes() if place.is_file() else b"",
        )
        for place in places
    }


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["check", "."],
        ["check", "--baseline", "baseline.json"],
        ["check", "--statistics", "--corpus", "bugs"],
        ["check", "--show-files"],
        ["check", "--show-settings"],
        ["check", "-o", "{elsewhere}/out.txt", "--output", "json:{elsewhere}/out.json"],
        ["check", "--output-format", "full", "b.md", "--isolated"],
        ["check", "gone.md"],
        ["parse", "-o", "{elsewhere}/records"],
        ["report", "-o", "{elsewhere}/report.md"],
        ["show", "B1-OPS-01"],
        ["baseline", "show", "--baseline", "baseline.json"],
    ],
    ids=" ".join,
)
def test_reading_commands_leave_the_tree_as_it_was(
    run: Run, tree: Path, tmp_path_factory: pytest.TempPathFactory, arguments: list[str]
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    before = snapshot(tree)
    assert len(before) > 12
    run(*(argument.format(elsewhere=elsewhere) for argument in arguments))
    assert snapshot(tree) == before
    assert bool(list(elsewhere.iterdir())) is any("{elsewhere}" in argument for argument in arguments)


#: Prints what every command says in every format, to the same standard output.
EVERYTHING = """
import sys
from ticketaudit.__main__ import main
from ticketaudit.batch import FORMATS as BATCH_FORMATS
from ticketaudit.records import FORMATS as RECORD_FORMATS
from ticketaudit.reporters import REPORTERS
paths = sys.argv[1:]
for command, formats in (("check", REPORTERS), ("parse", RECORD_FORMATS), ("report", BATCH_FORMATS)):
    for name in formats:
        print("=====", command, name, flush=True)
        main([command, "--output-format", name, *paths])
for rest in (["--statistics"], ["--show-files"], ["--baseline", "baseline.json"], ["--show-settings"]):
    print("=====", *rest, flush=True)
    main(["check", *rest, *paths])
for command in (["rules"], ["explain", "verdict-split", "--output-format", "text"], ["schema", "config"]):
    print("=====", *command, flush=True)
    main(command)
"""
PATHS = ["bugs/zoo.md", "bugs/bücher.md", "bugs/old", "b.md", "zürich"]


def environments() -> list[dict[str, str]]:
    found = [
        {"LC_ALL": "C", "PYTHONHASHSEED": "1", "COLUMNS": "40", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo", "PYTHONIOENCODING": "latin-1"},
        {"LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "3", "TZ": "Pacific/Honolulu", "COLUMNS": "300", "TERM": "dumb"},
    ]
    kept = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, "de_DE.UTF-8")
    except locale.Error:  # this machine has no German
        return found
    finally:
        locale.setlocale(locale.LC_ALL, kept)
    return [*found, {"LC_ALL": "de_DE.UTF-8", "PYTHONHASHSEED": "4"}]


@pytest.mark.parametrize("paths", [[], PATHS], ids=["included", "named"])
def test_the_same_input_gives_the_same_bytes_whatever_is_around_it(tree: Path, paths: list[str]) -> None:
    def printed(environment: dict[str, str], order: Callable[[list[str]], list[str]]) -> bytes:
        ran = subprocess.run(
            [sys.executable, "-c", EVERYTHING, *order(paths)],
            cwd=tree,
            env={**os.environ, **environment},
            capture_output=True,
            check=True,
        )
        return ran.stdout + ran.stderr

    orders = (list, lambda paths: paths[::-1], sorted, list)
    outputs = [printed(*each) for each in zip(environments(), orders, strict=False)]
    assert len(outputs) >= 3
    assert outputs[0].count(b"=====") == len(REPORTERS) + len(RECORD_FORMATS) + len(BATCH_FORMATS) + 7
    for said in ("bücher.md:7:16: ", "zürich/ärger.md:1:1: note: the ticket names no category"):
        assert said.encode() in outputs[0]
    for unsaid in ("bücher.md:1:1: note: the ticket names no category", "dürr.md:1:1", "internal error"):
        assert unsaid.encode() not in outputs[0]
    assert set(outputs) == {outputs[0]}
