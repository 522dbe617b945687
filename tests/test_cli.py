"""The commands as a user meets them: what goes where, how they end, and that they need no more than they use."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from jsonschema import Draft202012Validator
from msgspec.structs import replace

import ticketaudit.settings
from ticketaudit import __version__
from ticketaudit.cli import commands
from ticketaudit.reporters import REPORTERS
from ticketaudit.rule import Problem, each_ticket
from ticketaudit.rules import ALL
from ticketaudit.ticket import Ticket

Run = Callable[..., Any]
WriteTicket = Callable[..., Path]
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")

#: Two rules whose findings in the ticket of conftest are an error and a warning.
SELECT = ("--select", "severity-disagreement,unchecked-verification")
COMMANDS = ["check", "parse", "report", "verify", "show", "rules", "explain", "schema", "init"]


def process(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ticketaudit", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, **options)


# --- the program


def test_version(run: Run) -> None:
    ran = run("--version")
    assert (ran.status, ran.out, ran.err) == (0, f"ticketaudit {__version__}\n", "")


def test_without_a_command_it_shows_its_help_and_fails(run: Run) -> None:
    ran = run()
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("Usage: ticketaudit")


def test_every_command_of_the_program_is_known_here() -> None:
    assert [*COMMANDS, "baseline", "cache"] == list(commands.COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help(run: Run, command: str, option: str) -> None:
    ran = run(command, option)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(f"Usage: ticketaudit {command}")


def test_the_help_of_the_program_names_every_command_in_whole_sentences(run: Run) -> None:
    text = run("--help").out
    assert all(f"\n  {command} " in text for command in COMMANDS)
    assert "..." not in text.split("Commands:")[1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["chek"], "no such command 'chek'. Did you mean 'check'"),
        (["check", "--isolate"], "no such option: --isolate"),
        (["check", "--fail-on", "bad"], "invalid value for '--fail-on': 'bad' is not one of"),
        (["show"], "missing argument 'TICKET'"),
        (["check", "--output-format", "jsn"], "unknown output format `jsn`; did you mean `json`?"),
        (["check", "--output-format", "xxx"], "unknown output format `xxx`; known: full, concise, json"),
        (["check", "--output", "jsn:out"], "unknown output format `jsn`; did you mean `json`?"),
        (["check", "--output", "json"], "`--output json` names no file"),
        (["check", "--output", "json:-"], "`--output json:-` names no file"),
        (
            ["check", "--select", "verdict-spilt"],
            "unknown rule or family `verdict-spilt`; did you mean `verdict-split`?",
        ),
        (["check", "--ignore", "reviews"], "unknown rule or family `reviews`; did you mean `review`?"),
        (["check", "--config", "x.yaml", "--isolated"], "`--config` and `--isolated` exclude each other"),
        (["check", "--statistics", "--output", "json:x"], "`--statistics` and `--output` exclude each other"),
        (["check", "--show-files", "--output-format", "json"], "`--show-files` and `--output-format` exclude each"),
        (["check", "--show-files", "--show-settings"], "`--show-files` and `--show-settings` exclude each other"),
        (["check", "--stdin-filename", "a.md"], "`--stdin-filename` needs the path `-`"),
        (["parse", "--output-format", "jsn"], "unknown output format `jsn`; did you mean `json`?"),
        (["rules", "--output-format", "yaml"], "unknown output format `yaml`; known: text, json"),
        (["explain", "verdict-spilt"], "unknown rule `verdict-spilt`; did you mean `verdict-split`?"),
        (["schema", "records"], "unknown schema `records`; did you mean `record`?"),
    ],
)
def test_a_wrong_word_is_a_usage_error(run: Run, write_ticket: WriteTicket, arguments: list[str], message: str) -> None:
    write_ticket()
    ran = run(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"error: {message}")


# --- check


def test_check_prints_diagnostics_to_standard_output_and_the_summary_to_standard_error(
    run: Run, write_ticket: WriteTicket
) -> None:
    write_ticket("docs/bell.md")
    ran = run("check", *SELECT)
    assert ran.status == 1
    assert [line.split(": ")[:2] for line in ran.out.splitlines()] == [
        ["docs/bell.md:15:3", "error"],
        ["docs/bell.md:21:3", "warning"],
    ]
    assert ran.err == "Found 2 problems (1 error, 1 warning) in 1 ticket.\n"


def test_files_without_a_ticket_are_passed_over_in_a_folder_and_reported_when_named(
    run: Run, write_ticket: WriteTicket, folder: Path
) -> None:
    write_ticket()
    (folder / "guide.md").write_text("# Guide\n", encoding="utf-8")
    searched = run("check", ".", *SELECT)
    assert "guide.md" not in searched.out
    assert searched.err == "Found 2 problems (1 error, 1 warning) in 1 ticket; 1 file holds no ticket.\n"
    named = run("check", "guide.md", "bell.md", "--select", "malformed-ticket")
    assert named.status == 1
    assert named.out == "guide.md:1:1: warning: the file holds no ticket [malformed-ticket]\n"
    parsed = run("parse", "guide.md", "bell.md")
    assert parsed.status == 0
    assert parsed.err == "warning: guide.md: the file holds no ticket\nRead 1 ticket; 1 file holds no ticket.\n"


@pytest.mark.parametrize("name", REPORTERS)
@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ([*SELECT], 1),
        ([*SELECT, "--fail-on", "error"], 1),
        (["--select", "severity-disagreement", "--fail-on", "error"], 0),
        (["--select", "severity-disagreement", "--fail-on", "note"], 1),
        ([*SELECT, "--exit-zero"], 0),
        (["--select", "status-conflict"], 0),
        ([*SELECT, "nowhere.md", "bell.md"], 2),
        ([*SELECT, "--exit-zero", "nowhere.md", "bell.md"], 2),
        (["empty"], 2),
        (["empty", "--exit-zero"], 2),
        (["empty", "--allow-empty"], 0),
    ],
)
def test_the_exit_status_is_the_same_for_every_format(
    run: Run, write_ticket: WriteTicket, folder: Path, name: str, arguments: list[str], status: int
) -> None:
    write_ticket()
    (folder / "empty").mkdir()
    ran = run("check", "--output-format", name, *arguments)
    assert ran.status == status
    if name == "json":
        assert json.loads(ran.out)["version"] == 1


def test_levels_of_the_configuration_decide_the_exit_status(run: Run, write_ticket: WriteTicket, folder: Path) -> None:
    write_ticket()
    config = "rules: {select: [severity-disagreement], severity-disagreement: {level: note}}"
    (folder / "ticketaudit.yaml").write_text(config, encoding="utf-8")
    ran = run("check")
    assert (ran.status, ran.err) == (0, "Found 1 problem (1 note) in 1 ticket.\n")
    assert run("check", "--isolated").status == 1
    (folder / "ticketaudit.yaml").rename(folder / "other.yaml")
    assert run("check").status == 1
    assert run("check", "--config", "other.yaml").status == 0


def test_without_paths_the_configuration_says_what_to_check(
    run: Run, write_ticket: WriteTicket, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_ticket("docs/bugs/open/a.md", "B1-OPS-01")
    write_ticket("docs/bugs/archive/b.md", "B1-OPS-02")
    write_ticket("c.md", "B1-OPS-03")
    (folder / ".git").mkdir()
    (folder / "ticketaudit.yaml").write_text("{include: [docs/bugs/**/*.md], exclude: [archive]}", encoding="utf-8")
    monkeypatch.chdir(folder / "docs")

    def ids(*arguments: str) -> list[str]:
        return [json.loads(line)["id"] for line in run("parse", *arguments).out.splitlines()]

    assert ids() == ["B1-OPS-01"]
    assert ids("..") == ["B1-OPS-03", "B1-OPS-01"]
    assert ids("bugs/archive/b.md") == ["B1-OPS-02"]
    assert ids("--isolated") == ["B1-OPS-02", "B1-OPS-01"]


def test_standard_input_is_a_named_file(run: Run, write_ticket: WriteTicket) -> None:
    data = write_ticket().read_bytes()
    ran = run("check", "-", "--stdin-filename", "docs/new.md", *SELECT, stdin=data)
    assert ran.status == 1
    assert ran.out.startswith("docs/new.md:15:3: error: ")
    assert run("check", "-", *SELECT, stdin=data).out.startswith("-:15:3: error: ")
    assert run("check", "-", stdin=b"").out == "-:1:1: warning: the file holds no ticket [malformed-ticket]\n"


def test_show_files_says_what_is_taken_and_what_not_and_why(run: Run, write_ticket: WriteTicket, folder: Path) -> None:
    write_ticket("docs/bell.md")
    (folder / "docs/guide.md").write_text("# Guide\n", encoding="utf-8")
    (folder / "node_modules").mkdir()
    (folder / ".gitignore").write_text("draft.md", encoding="utf-8")
    write_ticket("draft.md")
    ran = run("check", "--show-files")
    assert ran.status == 0
    assert ran.out.splitlines() == [
        "taken        docs/bell.md: 1 ticket",
        "passed over  docs/guide.md: no ticket in it",
        "passed over  draft.md: ignored by .gitignore",
        "passed over  node_modules/: a folder that belongs to a tool",
    ]


def test_several_formats_at_once(run: Run, write_ticket: WriteTicket, folder: Path) -> None:
    write_ticket()
    ran = run("check", *SELECT, "--output", "json:a.json", "--output", "full:b.txt", "--output-format", "concise")
    assert ran.status == 1
    assert len(ran.out.splitlines()) == 2
    assert len(json.loads((folder / "a.json").read_text(encoding="utf-8"))["diagnostics"]) == 2
    assert "  --> bell.md:15:3\n" in (folder / "b.txt").read_text(encoding="utf-8")


# --- files that are written


def test_o_writes_a_file_and_nothing_to_standard_output(run: Run, write_ticket: WriteTicket, folder: Path) -> None:
    write_ticket()
    ran = run("check", *SELECT, "-o", "out.txt")
    assert (ran.status, ran.out) == (1, "")
    assert len((folder / "out.txt").read_text(encoding="utf-8").splitlines()) == 2
    assert sorted(path.name for path in folder.iterdir()) == ["bell.md", "out.txt"]


@pytest.mark.parametrize("name", ["jsonl", "json", "yaml", "csv", "table"])
def test_parse_writes_to_a_file_what_it_prints(run: Run, write_ticket: WriteTicket, folder: Path, name: str) -> None:
    write_ticket()
    printed = run("parse", "--output-format", name)
    assert printed.status == 0
    assert run("parse", "--output-format", name, "-o", "out").out == ""
    assert (folder / "out").read_bytes() == printed.out.encode()


@posix_only
def test_o_keeps_the_mode_of_a_file_and_the_link_to_it(run: Run, write_ticket: WriteTicket, folder: Path) -> None:
    write_ticket()
    (folder / "real.txt").write_text("old", encoding="utf-8")
    (folder / "real.txt").chmod(0o640)
    (folder / "link.txt").symlink_to("real.txt")
    run("check", "-o", "link.txt")
    assert (folder / "link.txt").is_symlink()
    assert (folder / "real.txt").stat().st_mode & 0o777 == 0o640
    assert (folder / "real.txt").read_text(encoding="utf-8") != "old"


@posix_only
def test_o_writes_into_a_pipe_and_leaves_it_one(run: Run, write_ticket: WriteTicket, folder: Path) -> None:
    write_ticket()
    os.mkfifo(folder / "pipe")
    reader = os.open(folder / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert run("check", "-o", "pipe").status == 1
        assert b"severity-disagreement" in os.read(reader, 10_000)
        assert (folder / "pipe").is_fifo()
    finally:
        os.close(reader)


@pytest.mark.parametrize("target", ["missing/out.txt", "folder"])
def test_o_that_cannot_be_written_is_said(run: Run, write_ticket: WriteTicket, folder: Path, target: str) -> None:
    write_ticket()
    (folder / "folder").mkdir()
    ran = run("check", "-o", target)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"error: {target}: cannot be written: ")
    assert not list(folder.glob("**/*.tmp"))


def test_o_leaves_the_old_file_where_the_disk_is_full(
    run: Run, write_ticket: WriteTicket, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_ticket()
    (folder / "out.txt").write_text("old", encoding="utf-8")

    def full(file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    ran = run("check", "-o", "out.txt")
    assert (ran.status, ran.err) == (2, "error: out.txt: cannot be written: no space left on device\n")
    assert (folder / "out.txt").read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in folder.iterdir()) == ["bell.md", "out.txt"]


def test_o_leaves_the_old_file_where_the_tool_fails(
    run: Run, write_ticket: WriteTicket, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_ticket()
    (folder / "out.txt").write_text("old", encoding="utf-8")

    def half(report: Any, output: Any) -> None:
        output.stream.write("half")
        raise ValueError("x")

    monkeypatch.setitem(REPORTERS, "concise", half)
    assert run("check", "-o", "out.txt").status == 3
    assert (folder / "out.txt").read_text(encoding="utf-8") == "old"


# --- show, rules, explain, schema


def test_show_finds_a_ticket_by_its_id_and_by_its_path(run: Run, write_ticket: WriteTicket) -> None:
    write_ticket("docs/bell.md")
    write_ticket("docs/horn.md", "B1-OPS-02")
    by_path = run("show", "docs/bell.md")
    assert by_path.status == 0
    assert "─ B1-OPS-01 ─" in by_path.out
    assert "B1-OPS-02" not in by_path.out
    assert "[severity-disagreement]" in by_path.out
    for name in ("B1-OPS-01", "b1-ops-01"):
        assert run("show", name).out == by_path.out


def test_show_has_every_word_of_a_review(run: Run, write_ticket: WriteTicket) -> None:
    file = write_ticket()
    words = [f"word{number}" for number in range(100)]
    text = file.read_text(encoding="utf-8").replace("Heard it.", " ".join(words))
    file.write_text(text, encoding="utf-8")
    out = run("show", "bell.md").out
    assert [word for word in words if word not in out.split()] == []
    assert max(map(len, out.splitlines())) <= 100


def test_show_says_what_the_nearest_ticket_is(run: Run, write_ticket: WriteTicket) -> None:
    write_ticket()
    ran = run("show", "B1-OPS-11")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "error: no ticket `B1-OPS-11` among the 1 found from here; did you mean `B1-OPS-01`?\n"
    assert run("show", "bell").err == "error: no ticket `bell` among the 1 found from here; give the path of its file\n"


def test_show_of_a_file_without_a_ticket_fails(run: Run, folder: Path) -> None:
    (folder / "guide.md").write_text("# Guide\n", encoding="utf-8")
    assert run("show", "guide.md").status == 2


def test_rules_lists_every_rule(run: Run) -> None:
    families = dict(part.split("\n", 1) for part in run("rules").out.split("\n\n"))
    assert list(families) == sorted({rule.family for rule in ALL})
    for rule in ALL:
        lines = [line.split(maxsplit=2) for line in families[rule.family].splitlines()]
        assert [rule.name, rule.level, rule.summary] in lines
    listed = json.loads(run("rules", "--output-format", "json").out)
    assert [(rule["name"], rule["family"], rule["level"], rule["summary"]) for rule in listed] == [
        (rule.name, rule.family, rule.level, rule.summary) for rule in ALL
    ]
    (severity,) = (rule for rule in listed if rule["name"] == "severity-disagreement")
    assert severity["options"]["tolerance"]["default"] == 0


@pytest.mark.parametrize("rule", [rule.name for rule in ALL])
def test_explain_prints_the_manual_as_markdown(run: Run, rule: str) -> None:
    ran = run("explain", rule)
    assert ran.status == 0
    assert ran.out.startswith(f"# {rule}\n\n")
    (manual,) = (known.manual for known in ALL if known.name == rule)
    assert manual.strip() in ran.out


def test_explain_names_the_options(run: Run) -> None:
    assert "## Options\n\n- `tolerance` (default: `0`): " in run("explain", "severity-disagreement").out
    assert "## Options" not in run("explain", "verdict-split").out


def test_the_schema_of_the_record_demands_every_key(run: Run, write_ticket: WriteTicket) -> None:
    schema = json.loads(run("schema", "record").out)
    Draft202012Validator.check_schema(schema)
    ticket = schema["$defs"]["Ticket"]
    assert ticket["required"] == list(ticket["properties"]) == list(Ticket.__struct_fields__)
    write_ticket()
    record = json.loads(run("parse").out)
    Draft202012Validator(schema).validate(record)
    assert not Draft202012Validator(schema).is_valid({**record, "state": "ajar"})
    assert msgspec.convert(record, Ticket, strict=True).id == "B1-OPS-01"


def test_the_schema_of_the_diagnostics_holds_for_what_check_prints(run: Run, write_ticket: WriteTicket) -> None:
    schema = json.loads(run("schema", "diagnostics").out)
    write_ticket()
    Draft202012Validator(schema).validate(json.loads(run("check", "--output-format", "json").out))


def test_the_schema_of_the_configuration_knows_every_rule(run: Run) -> None:
    schema = json.loads(run("schema", "config").out)
    example = "{include: [a], rules: {select: [all], severity-disagreement: {level: error, tolerance: 1}}}"
    Draft202012Validator(schema).validate(yaml.safe_load(example))
    assert set(schema["properties"]["rules"]["properties"]) == {"select", "ignore", *(rule.name for rule in ALL)}


# --- failures of the tool itself


def test_a_defect_in_the_parser_exits_with_3_after_everything_else(
    run: Run, write_ticket: WriteTicket, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ticketaudit.extract import extract

    def breaking(source: Any, vocabulary: Any) -> Any:
        if source.path == "b.md":
            raise IndexError("off by one")
        return extract(source, vocabulary)

    monkeypatch.setattr("ticketaudit.read.extract", breaking)
    for name in ("a.md", "b.md", "c.md"):
        write_ticket(name)
    ran = run("check", *SELECT, ".", "nowhere.md")
    assert ran.status == 3
    assert {line.split(":")[0] for line in ran.out.splitlines()} == {"a.md", "c.md"}
    assert "error: nowhere.md: no such file or folder" in ran.err
    assert "internal error in b.md: IndexError: off by one\n" in ran.err
    assert "Please report it" in ran.err
    assert "Traceback" not in ran.err
    monkeypatch.setenv("TICKETAUDIT_TRACEBACK", "1")
    assert "Traceback" in run("check").err


def test_a_defect_anywhere_exits_with_3_and_asks_for_a_report(
    run: Run, write_ticket: WriteTicket, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: Any, **options: Any) -> Any:
        error = RuntimeError("gone wrong")
        error.add_note("in the rule x")
        raise error

    monkeypatch.setattr("ticketaudit.cli.run.audit", fail)
    write_ticket()
    ran = run("check", "--exit-zero")
    assert ran.status == 3
    assert ran.err.startswith("internal error: RuntimeError: gone wrong (in the rule x)\n")
    assert "Please report it" in ran.err


@pytest.fixture
def broken_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rule severity-disagreement fails on the ticket B1-OPS-02."""
    settings = ticketaudit.settings.settings

    def fail(ticket: Any, options: Any, vocabulary: Any) -> Any:
        if ticket.id == "B1-OPS-02":
            raise IndexError("off by one")
        yield Problem(1, "seen")

    def broken(*arguments: Any, **options: Any) -> Any:
        chosen = settings(*arguments, **options)
        rules = (
            replace(active, rule=replace(active.rule, check=each_ticket(fail)))
            if active.rule.name == "severity-disagreement"
            else active
            for active in chosen.rules
        )
        return replace(chosen, rules=tuple(rules))

    monkeypatch.setattr("ticketaudit.cli.run.settings", broken)


@pytest.mark.usefixtures("broken_rule")
def test_a_rule_that_fails_costs_only_what_it_would_have_said(run: Run, write_ticket: WriteTicket) -> None:
    write_ticket("a.md", "B1-OPS-01")
    broken = write_ticket("b.md", "B1-OPS-02")
    hushed = "<!-- ticketaudit: ignore[severity-disagreement] decided -->\n\n## Summary"
    broken.write_text(broken.read_text("utf-8").replace("## Summary", hushed), "utf-8")
    ran = run("check", "--output-format", "json", "--exit-zero")
    found = json.loads(ran.out)
    assert ran.status == 3
    assert not found["execution_successful"]
    said = {(each["path"], each["name"]) for each in found["diagnostics"]}
    assert {("a.md", "severity-disagreement"), ("b.md", "verdict-split")} < said
    assert ("b.md", "unused-suppression") not in said
    message = "internal error in b.md: IndexError: off by one (in the rule severity-disagreement, ticket B1-OPS-02)\n"
    assert ran.err.count(message) == 1
    for command in (["report"], ["show", "B1-OPS-02"]):
        ran = run(*command)
        assert (ran.status, ran.err.count(message)) == (3, 1)
        assert "B1-OPS-02" in ran.out


@pytest.mark.usefixtures("broken_rule")
def test_nothing_is_written_by_half_of_the_rules(run: Run, write_ticket: WriteTicket, folder: Path) -> None:
    write_ticket("b.md", "B1-OPS-02")
    ran = run("baseline", "create")
    assert ran.status == 3
    assert [path.name for path in folder.iterdir()] == ["b.md"]


@pytest.mark.parametrize("number", ["9" * 25, "9" * 5000])
def test_no_number_is_too_large(run: Run, folder: Path, number: str) -> None:
    text = (
        f"# Bell\n\nID: B1-OPS-{number}\nSeverity: P{number}\nStatus: open\nLines: {number}\n\nSee `a.py:{number}`.\n"
    )
    (folder / "bell.md").write_text(f"{text}\n{number}. Bell\n", encoding="utf-8")
    for command in ("check", "parse", "report"):
        ran = run(command, "bell.md")
        assert ran.status < 2, ran.err


def test_an_interrupt_exits_with_130(run: Run, write_ticket: WriteTicket, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*arguments: Any, **options: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr("ticketaudit.cli.run.audit", interrupt)
    write_ticket()
    ran = run("check")
    assert (ran.status, ran.out, ran.err) == (130, "", "")


# --- as a process


@posix_only
@pytest.mark.parametrize(
    ("arguments", "status", "errors"),
    [
        (["check"], 1, subprocess.PIPE),
        (["check"], 1, subprocess.STDOUT),
        (["check", "--output-format", "full", "--color", "always"], 1, subprocess.STDOUT),
        (["check", "--output-format", "json", "--exit-zero"], 0, subprocess.PIPE),
        (["check", "nowhere.md"], 2, subprocess.STDOUT),
        (["parse"], 0, subprocess.STDOUT),
        (["parse", "--output-format", "table"], 0, subprocess.PIPE),
        (["show", "bell.md"], 0, subprocess.PIPE),
        (["--help"], 0, subprocess.PIPE),
    ],
)
def test_a_closed_pipe_ends_quietly_and_changes_no_exit_status(
    write_ticket: WriteTicket, folder: Path, arguments: list[str], status: int, errors: int
) -> None:
    write_ticket()
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "ticketaudit", *arguments]
    try:
        ran = subprocess.run(command, cwd=folder, stdout=writer, stderr=errors, text=True, check=False)
    finally:
        os.close(writer)
    assert ran.returncode == status
    for word in ("Traceback", "BrokenPipe", "internal error", "ignored"):
        assert word not in (ran.stderr or "")


@posix_only
def test_a_closed_standard_output_is_no_failure(write_ticket: WriteTicket, folder: Path) -> None:
    write_ticket()
    command = f'"{sys.executable}" -m ticketaudit check >&-'
    assert subprocess.run(command, shell=True, cwd=folder, stderr=subprocess.PIPE, check=False).returncode == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_said(write_ticket: WriteTicket, folder: Path) -> None:
    write_ticket()
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "ticketaudit", "parse"]
        ran = subprocess.run(command, cwd=folder, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert ran.returncode == 2
    assert ran.stderr == "error: the output cannot be written: no space left on device\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(("option", "status"), [("--exit-zero", 0), ("--no-such-option", 2)])
def test_messages_that_cannot_be_written_change_nothing(
    write_ticket: WriteTicket, folder: Path, option: str, status: int
) -> None:
    write_ticket()
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "ticketaudit", "check", option]
        ran = subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=full, check=False)
    assert ran.returncode == status


@posix_only
@pytest.mark.parametrize("columns", [80, 160])
def test_on_a_terminal_people_get_the_formats_for_people(write_ticket: WriteTicket, folder: Path, columns: int) -> None:
    import pty

    write_ticket()

    def shown(*arguments: str) -> str:
        ours, theirs = pty.openpty()
        environment = {**os.environ, "COLUMNS": str(columns), "TERM": "xterm-256color"}
        command = [sys.executable, "-m", "ticketaudit", *arguments]
        with subprocess.Popen(command, cwd=folder, stdout=theirs, stderr=subprocess.DEVNULL, env=environment):
            os.close(theirs)
            chunks = []
            while True:
                try:
                    chunk = os.read(ours, 65536)
                except OSError:  # Linux says so when the other side is closed
                    break
                if not chunk:
                    break
                chunks.append(chunk)
        os.close(ours)
        return b"".join(chunks).decode()

    assert "\x1b[1;31merror[unchecked-verification]\x1b[0m: " in shown("check")
    assert "\x1b[" not in shown("check", "--color", "never")
    assert "1 endorse" in shown("parse")
    assert "premise" in shown("parse").splitlines()[0]
    rules = shown("--help"), shown("rules"), shown("explain", "missing-reviewer")
    assert all(len(line) <= columns for text in rules for line in re.sub(r"\x1b\[[\d;]*m", "", text).splitlines())
    manual = shown("explain", "verdict-split")
    assert "\x1b[1mverdict-split\x1b[0m" in manual
    assert "\x1b[36m# Finding Ticket: " in manual
    assert "## Bad" not in manual


# --- what protects a team's files and its CI


@pytest.mark.parametrize("command", ["check", "parse", "report"])
def test_a_ticket_is_never_overwritten_with_what_is_said_about_it(
    run: Run, write_ticket: WriteTicket, command: str
) -> None:
    before = write_ticket().read_bytes()
    ran = run(command, "-o", "bell.md", ".")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "error: bell.md: one of the files that are read; write to another one\n"
    assert Path("bell.md").read_bytes() == before


def test_two_outputs_do_not_go_to_one_file(run: Run, write_ticket: WriteTicket) -> None:
    write_ticket()
    ran = run("check", "-o", "out.txt", "--output", "json:out.txt")
    assert (ran.status, ran.err) == (2, "error: out.txt: two outputs cannot go to one file\n")
    assert not Path("out.txt").exists()


@pytest.mark.parametrize("arguments", [[""], ["--select", ""], ["--ignore", " , "], ["--extend-select", ""]])
def test_an_empty_word_is_a_mistake_and_not_everything(
    run: Run, write_ticket: WriteTicket, arguments: list[str]
) -> None:
    write_ticket()
    ran = run("check", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert "is a variable unset?" in ran.err


def test_json_says_that_something_could_not_be_read(run: Run, write_ticket: WriteTicket) -> None:
    write_ticket()
    assert json.loads(run("check", "--output-format", "json").out)["execution_successful"] is True
    assert json.loads(run("check", "--output-format", "json", ".", "gone").out)["execution_successful"] is False


def test_statistics_say_how_often_each_rule_found_something(run: Run, write_ticket: WriteTicket) -> None:
    write_ticket("one.md", "B1-OPS-01")
    write_ticket("two.md", "B1-OPS-02")
    ran = run("check", "--statistics", *SELECT)
    assert [line.split()[:2] for line in ran.out.splitlines()] == [
        ["2", "severity-disagreement"],
        ["2", "unchecked-verification"],
    ]
    assert ran.status == 1


def test_the_settings_in_force_do_the_same_when_they_are_read_back(
    run: Run, write_ticket: WriteTicket, folder: Path
) -> None:
    write_ticket()
    unreviewed = write_ticket("new.md", "B1-OPS-02")  # its reviewers are missing, which is no more than a note
    text = unreviewed.read_text("utf-8").partition("## Cross-Review")[0].replace("`closed`", "`open`")
    unreviewed.write_text(text, encoding="utf-8")
    (folder / "ticketaudit.yaml").write_text(
        """\
rules:
  ignore: [structure]
  severity-disagreement: {tolerance: 1}
  missing-reviewer: {expected: [deck, bridge, galley]}
  verdict-split: {level: error}
per-path: {'x/**': {ignore: [all]}}
""",
        encoding="utf-8",
    )
    shown = run("check", "--show-settings")
    assert shown.status == 0
    (folder / "again.yaml").write_text(shown.out, encoding="utf-8")
    again = run("check", "--show-settings", "--config", "again.yaml")
    assert again.out.partition("\n")[2] == shown.out.partition("\n")[2]
    checked = run("check")
    assert run("check", "--config", "again.yaml") == checked
    assert "note: not reviewed by" in checked.out
    assert "warning: not reviewed by" in checked.out
    rules = yaml.safe_load(shown.out)["rules"]
    assert rules["severity-disagreement"] == {"tolerance": 1}
    assert rules["verdict-split"] == {"level": "error"}


def test_rules_are_silent_where_the_configuration_says_so(run: Run, write_ticket: WriteTicket, folder: Path) -> None:
    write_ticket("old/one.md", "B1-OPS-01")
    write_ticket("new/two.md", "B1-OPS-02")
    (folder / "ticketaudit.yaml").write_text("per-path: {'old/**': {ignore: [severity]}}\n", encoding="utf-8")
    ran = run("check", "--select", "severity-disagreement,unchecked-verification")
    assert [line.split(":")[0] for line in ran.out.splitlines() if "severity-disagreement" in line] == ["new/two.md"]
    assert ran.out.count("unchecked-verification") == 2


def test_a_folder_that_the_team_allows_holds_all_that_is_in_it(
    run: Run, write_ticket: WriteTicket, folder: Path
) -> None:
    paths = ["/home/saltway/work/fares.py", "/home/saltway/other/fares.py", "/home/saltwayworks/fares.py"]
    text = "\n".join(f"- `{path}`" for path in paths)
    file = write_ticket()
    file.write_text(f"{file.read_text('utf-8')}\n## Appendix\n\n{text}\n", encoding="utf-8")

    def said(allowed: str) -> list[str]:
        config = f"rules: {{select: [machine-path], machine-path: {{allow: [{allowed}]}}}}"
        (folder / "ticketaudit.yaml").write_text(config, encoding="utf-8")
        return [line.split("`")[1] + line.split(",")[1][:6] for line in run("check").out.splitlines()]

    assert said("") == ["/home/saltway/ 2 pat", "/home/saltwayworks/ a pat"]
    assert said("/home/saltway/work") == ["/home/saltway/ a pat", "/home/saltwayworks/ a pat"]
    assert said("/home/saltway") == ["/home/saltwayworks/ a pat"]


@pytest.mark.parametrize("output_format", ["json", "markdown", "text"])
def test_rules_and_manuals_in_every_format(run: Run, output_format: str) -> None:
    rules = run("rules", "--output-format", output_format)
    manual = run("explain", "verdict-split", "--output-format", output_format)
    assert (rules.status, manual.status) == (0, 0)
    assert all(rule.name in rules.out for rule in ALL)
    assert "Some reviewers endorse" in manual.out
    if output_format == "json":
        assert {rule["name"] for rule in json.loads(rules.out)} == {rule.name for rule in ALL}
        assert json.loads(manual.out)["family"] == "review"


@pytest.mark.parametrize("option", [[], ["--statistics"], ["--show-files"], ["--show-settings"]])
@pytest.mark.parametrize("target", ["ticketaudit-baseline.json", "ticketaudit.yaml", "template.md"])
def test_nothing_that_is_read_is_overwritten(
    run: Run, write_ticket: WriteTicket, folder: Path, target: str, option: list[str]
) -> None:
    write_ticket()
    run("baseline", "create")
    (folder / "template.md").write_text("**Severity:** `P1` / `P2`\n", encoding="utf-8")
    (folder / "ticketaudit.yaml").write_text("template: template.md\nexclude: [template.md]\n", encoding="utf-8")
    before = (folder / target).read_bytes()
    ran = run("check", "--baseline", "ticketaudit-baseline.json", "-o", target, *option)
    message = f"error: {target}: one of the files that are read; write to another one\n"
    assert (ran.status, ran.err) == (2, message)
    assert (folder / target).read_bytes() == before


def test_the_folder_counts_also_for_somebody_who_stands_in_it(
    run: Run, write_ticket: WriteTicket, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_ticket("wontfix/bell.md").write_text(
        write_ticket("wontfix/bell.md").read_text(encoding="utf-8").replace("`closed`", "`open`"), encoding="utf-8"
    )
    assert run("check", "--select", "status-conflict", ".").status == 1
    monkeypatch.chdir(folder / "wontfix")
    assert run("check", "--select", "status-conflict", ".").status == 1


def test_a_file_in_utf_16_says_what_to_do(run, folder):
    (folder / "bell.md").write_bytes("# Finding Ticket: Bell\n".encode("utf-16"))
    said = "it is UTF-16; save it as UTF-8"
    assert run("check", "bell.md").out == f"bell.md:1:1: warning: the file is not read: {said} [malformed-ticket]\n"
    assert run("check", ".", "--show-files").out == f"passed over  bell.md: {said}\n"


def test_a_family_is_explained_by_its_rules(run):
    ran = run("explain", "suppression")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == (
        "error: `suppression` is a family of rules; "
        "explain one of them: bare-suppression, unknown-suppression, unused-suppression\n"
    )


def test_nothing_is_printed_where_another_output_has_no_folder(run, folder, write_ticket):
    write_ticket("bell.md", id="B1-OPS-01")
    ran = run("check", "bell.md", "--output", "sarif:nowhere/x")
    assert (ran.status, ran.out, ran.err) == (2, "", "error: nowhere/x: cannot be written: there is no such folder\n")
