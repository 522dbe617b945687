"""The GitHub Action: its step, run as the platform would run it, and what its files are held against."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from validators import VALIDATORS

ROOT = Path(__file__).parent.parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
WriteTicket = Callable[..., Path]
Step = Callable[..., tuple[int, str, dict[str, str]]]

pytestmark = pytest.mark.skipif(shutil.which("bash") is None or sys.platform == "win32", reason="needs bash")


@pytest.fixture
def step(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Step:
    """Runs the step in the working folder with some inputs: its status, what it prints, its outputs."""
    temporary = tmp_path_factory.mktemp("runner")
    programs = temporary / "ticketaudit" / "bin"  # where it would install what is already installed here
    programs.mkdir(parents=True)
    for name, command in (("python", ""), ("ticketaudit", "-m ticketaudit")):
        (programs / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {command} "$@"\n', encoding="utf-8")
        (programs / name).chmod(0o755)
    (step,) = ACTION["runs"]["steps"]

    def go(**inputs: str) -> tuple[int, str, dict[str, str]]:
        given = {name: value["default"] for name, value in ACTION["inputs"].items()}
        given |= {name.replace("_", "-"): value for name, value in inputs.items()}
        variables = {}
        for name, value in step["env"].items():
            variables[name] = given[value.removeprefix("${{ inputs.").removesuffix(" }}")]
        outputs = temporary / "outputs"
        outputs.write_text("")
        done = subprocess.run(
            ["bash", "-c", step["run"]],
            cwd=folder / given["working-directory"],
            env={
                **os.environ,
                **variables,
                "GITHUB_ACTION_PATH": str(ROOT),
                "GITHUB_OUTPUT": str(outputs),
                "GITHUB_STEP_SUMMARY": str(temporary / "summary"),
                "RUNNER_TEMP": str(temporary),
            },
            capture_output=True,
            text=True,
            check=False,
        )
        found = dict(line.split("=", 1) for line in outputs.read_text("utf-8").splitlines())
        assert set(found) in (set(), set(ACTION["outputs"]))
        return done.returncode, done.stdout, found

    return go


def test_it_annotates_counts_and_fails(step: Step, write_ticket: WriteTicket, folder: Path) -> None:
    write_ticket("bugs/bell.md")
    (folder / "ticketaudit.yaml").write_text("rules: {select: [severity-disagreement, unchecked-verification]}\n")
    status, out, outputs = step()
    assert status == 1
    assert out.startswith("::error file=bugs/bell.md,line=15,")
    assert outputs == {"problems": "2", "errors": "1", "warnings": "1", "notes": "0", "tickets": "1"}


def test_its_inputs_are_the_options(step: Step, write_ticket: WriteTicket, folder: Path) -> None:
    write_ticket("team/bugs/a bell.md")
    write_ticket("team/bugs/horn.md", id="B1-OPS-02")
    (folder / "team" / "own.yaml").write_text("rules: {select: [severity-disagreement]}\n", encoding="utf-8")
    inputs = {
        "working_directory": "team",
        "config": "own.yaml",
        "paths": "bugs/a bell.md\n\nbugs/horn.md\n",
        "formats": "sarif:out.sarif\njunit:out file.xml\n",
    }
    status, _, outputs = step(**inputs, fail_on="error")
    assert (status, outputs["problems"], outputs["tickets"]) == (0, "2", "2")
    assert VALIDATORS["sarif"]((folder / "team" / "out.sarif").read_text("utf-8")) == 2
    assert VALIDATORS["junit"]((folder / "team" / "out file.xml").read_text("utf-8")) == 2
    create = ["baseline", "create", "--config", "own.yaml", "--baseline", "known.json", "bugs"]
    subprocess.run([sys.executable, "-m", "ticketaudit", *create], cwd=folder / "team", check=True, capture_output=True)
    assert step(**inputs, baseline="known.json")[::2] == (0, {**outputs, "problems": "0", "warnings": "0"})


@pytest.mark.parametrize(
    "nasty", ["$(touch owned)", "`touch owned`", "'; touch owned; '", '"; touch owned; "', "--fix"]
)
def test_an_input_is_never_run(step: Step, write_ticket: WriteTicket, folder: Path, nasty: str) -> None:
    write_ticket()
    for name in ("paths", "config", "fail_on", "formats", "baseline"):
        assert step(**{name: nasty})[0] == 2
    assert not (folder / "owned").exists()


def test_every_input_reaches_the_step() -> None:
    (step,) = ACTION["runs"]["steps"]
    used = {value.removeprefix("${{ inputs.").removesuffix(" }}") for value in step["env"].values()}
    assert used | {"working-directory"} == set(ACTION["inputs"])
    assert "${{" not in step["run"]
