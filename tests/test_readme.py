"""What the README shows is what the commands print."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ticketaudit.rules import ALL

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
EXAMPLES = [command.groups() for block in BLOCK.finditer(README) for command in COMMAND.finditer(block[1])]
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the commands print, run in their order: one finds what another left in the folder."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / "fixtures", folder / "fixtures")
    shutil.copy(ROOT / "ticketaudit.yaml", folder)
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    plain = {name: value for name, value in os.environ.items() if name not in ("FORCE_COLOR", "COLUMNS")}
    return {command: run(command, folder, {**plain, "PATH": path}) for command, _ in EXAMPLES}


def run(command: str, folder: Path, environment: dict[str, str]) -> str:
    done = subprocess.run(
        command,
        shell=True,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())


def pattern(expected: str) -> str:
    """What is shown, as a pattern: ``…`` stands for any text, on a line of its own for any lines."""
    lines = expected.splitlines(keepends=True)
    return "".join(r"(?:.*\n)*?" if line == "…\n" else re.escape(line).replace("…", ".*") for line in lines)


@pytest.mark.parametrize(("command", "expected"), EXAMPLES, ids=[command for command, _ in EXAMPLES])
def test_command_prints_what_is_shown(command: str, expected: str, printed: dict[str, str]) -> None:
    assert re.fullmatch(pattern(expected), printed[command]), printed[command]


def test_every_command_is_shown() -> None:
    shown = {command.split()[1] for command, _ in EXAMPLES if command.startswith("ticketaudit ")}
    assert {"check", "show", "parse", "report", "explain"} <= shown


def test_links_lead_somewhere() -> None:
    targets = LINK.findall(README)
    assert "docs/picture.svg" in targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_table_of_rules_is_the_registry() -> None:
    table = README.partition("<!-- rules -->")[2].partition("<!-- /rules -->")[0]
    rows = re.findall(r"^\| \[([a-z-]+)\]\(docs/rules/\1\.md\) \| (\w+) \| (.+) \|$", table, re.MULTILINE)
    assert rows == [(rule.name, rule.level, rule.summary) for rule in ALL]
