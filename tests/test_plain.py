"""A plain command line is read without typer, and as typer reads it."""

from __future__ import annotations

import inspect
from functools import partial
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ticketaudit.cli import app
from ticketaudit.cli.commands import COMMANDS, command_named
from ticketaudit.cli.options import Group, Option
from ticketaudit.cli.plain import plain
from ticketaudit.cli.status import Status
from ticketaudit.rule import Level

PLAIN = [name for name in COMMANDS if not isinstance(command_named(name), Group)]
VALUES = [
    "a.md",
    "docs",
    "-",
    "",
    "json",
    "error",
    "note",
    "always",
    "x,y",
    "a b",
    "ü",
    "--",
    "-x",
    "=",
    "12",
    "٣",
    "9" * 5000,
    "--watch",
]


def names(command: str) -> list[str]:
    """How the options of a command are typed."""
    found = []
    for parameter, hint in get_type_hints(command_named(command), include_extras=True).items():
        for note in getattr(hint, "__metadata__", ()):
            if isinstance(note, Option):
                found += note.names or (f"--{parameter.replace('_', '-')}",)
    return found


@st.composite
def command_lines(draw: st.DrawFn) -> list[str]:
    command = draw(st.sampled_from(PLAIN))
    option = st.sampled_from([*names(command), "--help", "-h", "--unknown"])
    value = st.sampled_from(VALUES)
    part = st.one_of(
        st.tuples(option, value),
        st.tuples(value),
        st.tuples(option),
        st.builds(lambda name, text: (f"{name}={text}",), option, value),
        st.builds(lambda name, text: (f"{name}{text}",), option, value),
        st.tuples(option.map(lambda name: name[:-1])),
    )
    return [command, *(word for words in draw(st.lists(part, max_size=4)) for word in words)]


def read_plainly(arguments: list[str]) -> dict[str, Any] | None:
    found = plain(arguments)
    if found is None:
        return None
    assert isinstance(found, partial)
    bound = inspect.signature(found.func).bind(**found.keywords)
    bound.apply_defaults()
    return dict(bound.arguments)


def read_by_typer(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> dict[str, Any] | None:
    """What the command would be given by typer; None where it says that something is wrong, or prints help."""
    seen: list[dict[str, Any]] = []
    declared = app._declared

    def recorder(command: Any) -> Any:
        def record(**given: Any) -> Status:
            seen.append(given)
            return Status.OK

        twin = declared(command)
        vars(record)["__signature__"] = inspect.signature(twin)
        record.__annotations__ = twin.__annotations__
        return record

    with monkeypatch.context() as patch:
        patch.setattr(app, "_declared", recorder)
        app.run(arguments)
    return seen[0] if seen else None


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(arguments=command_lines())
def test_what_is_read_plainly_is_what_typer_reads(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = read_plainly(arguments)
    if found is not None:
        assert read_by_typer(arguments, monkeypatch) == found


@pytest.mark.parametrize(
    ("arguments", "given"),
    [
        (["check"], {}),
        (["check", "a.md", "--exit-zero", "docs", "-"], {"paths": ["a.md", "docs", "-"], "exit_zero": True}),
        (["check", "--select", "a", "--select=b,c"], {"select": ["a", "b,c"]}),
        (["check", "-o", "out.txt", "--output-format=json"], {"output_file": Path("out.txt"), "output_format": "json"}),
        (["check", "--fail-on", "error", "--color", "never"], {"fail_on": Level.ERROR, "color": "never"}),
        (["check", "--config", "a.yaml", "--config", "b.yaml"], {"config": Path("b.yaml")}),
        (["parse", "--explain", "a.md"], {"explain": True, "paths": ["a.md"]}),
        (["verify", "B1-OPS-01", "--now", "HEAD"], {"tickets": ["B1-OPS-01"], "now": "HEAD"}),
        (["show", "B1-OPS-01"], {"ticket": "B1-OPS-01"}),
        (["explain", "verdict-split"], {"rule": "verdict-split"}),
        (["rules", "--output-format", "json"], {"output_format": "json"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_scripts_and_hooks_write_is_plain(arguments: list[str], given: dict[str, Any]) -> None:
    found = read_plainly(arguments)
    assert found is not None
    assert found == found | given
    others = {name: value for name, value in found.items() if name not in given}
    assert others == {name: inspect.signature(command_named(arguments[0])).parameters[name].default for name in others}


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--help"],
        ["--version"],
        ["chek"],
        ["check", "--help"],
        ["check", "--isolate"],
        ["check", "--iso"],
        ["check", "--fail-on", "bad"],
        ["check", "--fail-on"],
        ["check", "--jobs", "two"],
        ["check", "--jobs", "9" * 5000],
        ["check", "--select", "--exit-zero"],
        ["check", "--exit-zero=yes"],
        ["check", "-oout.txt"],
        ["check", "--", "-strange.md"],
        ["show"],
        ["show", "one", "two"],
        ["rules", "one"],
        ["verify"],
        ["baseline", "create"],
    ],
    ids=lambda arguments: " ".join(arguments)[:40],
)
def test_help_mistakes_and_unusual_spellings_are_left_to_typer(arguments: list[str]) -> None:
    assert plain(arguments) is None


def test_completion_is_left_to_typer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_TICKETAUDIT_COMPLETE", "complete_bash")
    assert plain(["check"]) is None
