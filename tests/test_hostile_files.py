"""Folders and configurations of strangers: nothing outside the repository is read or written, nothing waits."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from conftest import TICKET
from ticketaudit.files import read_regular

Run = Callable[..., Any]
WriteTicket = Callable[..., Path]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX files")
not_root = pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read and write everything")

TEMPLATE = "# Finding Ticket: {title}\n\n| Field | Value |\n|---|---|\n| **Severity** | `P0` / `P1` / `P2` |\n"


@pytest.fixture
def repository(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository which is the working folder, beside a folder that holds a ticket, a template and a secret."""
    outside = folder / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text(TICKET.format(id="B9-SEC-01"), "utf-8")
    (outside / "template.md").write_text(TEMPLATE, "utf-8")
    inside = folder / "inside"
    (inside / ".git").mkdir(parents=True)
    (inside / "docs").mkdir()
    monkeypatch.chdir(inside)
    (inside / "bell.md").write_text(TICKET.format(id="B1-OPS-01"), "utf-8")
    return inside


# --- paths in the configuration


@pytest.mark.parametrize(
    ("config", "place"),
    [
        ('include: ["bell.md", "../outside/*.md"]', "1:22: `../outside/*.md`"),
        ('include: ["docs/../../outside/**"]', "1:11: `docs/../../outside/**`"),
        ("include: [link]", "1:11: `link`"),
        ("include: [/etc]", "1:11: `/etc`"),
        ("template: ../outside/template.md", "1:11: `../outside/template.md`"),
        ("template: link/template.md", "1:11: `link/template.md`"),
        ("source: {root: ..}", "1:16: `..`"),
        ("source: {root: /}", "1:16: `/`"),
    ],
)
def test_no_path_in_the_configuration_leads_out_of_the_repository(
    run: Run, repository: Path, config: str, place: str
) -> None:
    (repository / "link").symlink_to("../outside")
    (repository / "ticketaudit.yaml").write_text(config, "utf-8")
    for command in (["check"], ["parse"], ["report"], ["show", "B1-OPS-01"], ["verify", "bell.md"], ["check", "x.md"]):
        ran = run(*command)
        message = f"error: ticketaudit.yaml:{place} leads out of the repository, which only `--trust` allows\n"
        assert (ran.status, ran.out, ran.err) == (2, "", message)


def test_who_trusts_the_configuration_may_let_it_lead_anywhere(run: Run, repository: Path) -> None:
    text = 'include: ["../outside/s*.md"]\ntemplate: ../outside/template.md\nsource: {root: ../outside}\n'
    (repository / "ticketaudit.yaml").write_text(text, "utf-8")
    assert '"B9-SEC-01"' in run("parse", "--trust").out
    for command in (["check"], ["report"], ["show", "B9-SEC-01"], ["verify", "bell.md"], ["baseline", "create"]):
        assert run(*command, "--trust").status in (0, 1), command


def test_without_a_repository_the_folder_of_the_configuration_is_the_limit(run: Run, repository: Path) -> None:
    (repository / ".git").rmdir()
    (repository / "ticketaudit.yaml").write_text("template: ../outside/template.md", "utf-8")
    assert "leads out of the repository" in run("check").err


# --- what a search meets


def test_a_link_that_leads_out_is_passed_over_unless_it_is_named(run: Run, repository: Path) -> None:
    (repository / "leak.md").symlink_to("../outside/secret.md")
    (repository / "docs" / "own.md").symlink_to("../bell.md")
    assert "B9-SEC-01" not in run("check").out + run("parse").out + run("report").out
    assert "passed over  leak.md: a link that leads out of the repository\n" in run("check", "--show-files").out
    assert '"B9-SEC-01"' in run("parse", "leak.md").out
    assert '"B9-SEC-01"' in run("parse", "--trust").out


def test_the_report_that_a_ticket_cites_is_no_link_that_leads_out(run: Run, repository: Path) -> None:
    cited = "\n## Appendix\n\n**Report file:** `docs/secret.md`\n"
    (repository / "bell.md").write_text(TICKET.format(id="B1-OPS-01") + cited, "utf-8")
    (repository / "docs" / "secret.md").symlink_to("../../outside/secret.md")
    assert "missing-report" in run("check", "bell.md").out


def test_links_in_a_circle_end(run: Run, repository: Path) -> None:
    (repository / "docs" / "up").symlink_to("..")
    (repository / "a.md").symlink_to("b.md")
    (repository / "b.md").symlink_to("a.md")
    ran = run("check", ".")
    assert (ran.status, ran.out.count("[verdict-split]")) == (1, 1)


PLACES: dict[str, tuple[Callable[[Path], None], str]] = {
    "pipe": (os.mkfifo if hasattr(os, "mkfifo") else lambda path: None, "no regular file"),
    "device": (lambda path: path.symlink_to("/dev/zero"), "no regular file"),
    "folder": (lambda path: path.mkdir(), ""),
    "large": (lambda path: path.write_bytes(b"# x\n" * 600_000), "it is larger than"),
}


@pytest.mark.parametrize("kind", PLACES)
def test_what_the_tool_looks_for_by_name_may_be_anything(run: Run, repository: Path, kind: str) -> None:
    make, complaint = PLACES[kind]
    for name in ("template.md", "docs/.gitignore", "docs/ticket.md", "docs/secret.md"):
        make(repository / name)
    assert run("check", "bell.md").status == 1
    assert run("check", ".").status == 1
    (repository / "ticketaudit.yaml").write_text("template: template.md", "utf-8")
    ran = run("check", "--trust")
    assert ran.status == 2
    assert complaint in ran.err
    (repository / "ticketaudit.yaml").unlink()
    make(repository / "ticketaudit.yaml")
    assert run("check", "bell.md").status == (2 if kind == "large" else 1)


def test_a_pipe_that_takes_the_place_of_a_file_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe, file = folder / "pipe", folder / "file"
    os.mkfifo(pipe)
    file.write_bytes(b"x")
    looked_at = file.stat()
    monkeypatch.setattr(Path, "stat", lambda path: looked_at)
    with pytest.raises(ValueError, match="no regular file"):
        read_regular(pipe, 100)


def test_a_file_that_vanishes_or_changes_meanwhile_is_only_one_file(
    run: Run, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("gone.md", "folder.md"):
        (repository / name).write_text(TICKET.format(id="B1-OPS-02"), "utf-8")
    walk = os.scandir

    def vanishing(place: Any) -> Any:
        with walk(place) as entries:
            found = list(entries)
        for entry in found:
            if entry.name in ("gone.md", "folder.md"):
                Path(entry.path).unlink(missing_ok=True)
            if entry.name == "folder.md":
                Path(entry.path).mkdir(exist_ok=True)
        return Entries(found)

    monkeypatch.setattr(os, "scandir", vanishing)
    ran = run("check")
    assert ran.status == 2
    assert "bell.md:" in ran.out
    assert "error: gone.md: cannot be read: no such file or directory\n" in ran.err
    assert "error: folder.md: cannot be read: is a directory\n" in ran.err


class Entries(list[Any]):
    """What `os.scandir` gives, made beforehand."""

    def __enter__(self) -> Iterator[Any]:
        return iter(self)

    def __exit__(self, *error: object) -> None:
        pass


@not_root
def test_what_may_not_be_read_or_written_is_said(run: Run, repository: Path) -> None:
    (repository / "shut.md").write_text("x", "utf-8")
    (repository / "shut.md").chmod(0)
    (repository / "docs").chmod(0o555)
    ran = run("check", "-o", "docs/out.txt")
    assert "docs/out.txt: cannot be written: permission denied" in ran.err
    assert "shut.md: cannot be read: permission denied" in run("check").err
    (repository / "docs").chmod(0o755)


def test_names_that_look_alike_are_two_files(run: Run, repository: Path) -> None:
    text = (repository / "bell.md").read_text("utf-8")
    names = (b"\x80.md", b"\\x80.md", b"\\x5cx80.md")
    for number, name in enumerate(names, 2):
        try:
            Path(os.fsdecode(name)).write_text(text.replace("B1-OPS-01", f"B1-OPS-0{number}"), "utf-8")
        except OSError:
            pytest.skip("the file system wants Unicode names")
    for arguments in ([], list(map(os.fsdecode, names))):
        ran = run("parse", *arguments, "--output-format", "csv")
        assert [f"B1-OPS-0{number}" in ran.out for number in (2, 3, 4)] == [True] * 3
    for name in names:
        data = text.replace("B1-OPS-01", "B1-OPS-09").encode()
        ran = run("parse", "-", ".", "--stdin-filename", os.fsdecode(name), "--output-format", "csv", stdin=data)
        assert ran.out.count("B1-OPS-") == 4
        assert ran.out.count("B1-OPS-09") == 1


# --- what is written


@pytest.mark.parametrize("link", ["out.json", "docs/folder/out.json"])
def test_nothing_is_written_through_a_link_that_leads_out(run: Run, repository: Path, link: str) -> None:
    outside = repository.parent / "outside"
    target = outside / "out.json"
    target.write_text("old", "utf-8")
    (repository / "out.json").symlink_to(target)
    (repository / "docs" / "folder").symlink_to(outside)
    for command in (["check"], ["parse"], ["report"], ["report", "--output-format", "html"]):
        ran = run(*command, "-o", link)
        assert ran.status == 2
        assert ran.err == f"error: {link}: a link that leads out of the repository; name the file behind it\n"
    assert target.read_text("utf-8") == "old"
    assert run("parse", "-o", str(target)).status == 0
    assert target.read_text("utf-8") != "old"


def test_a_link_in_the_repository_is_written_through(run: Run, repository: Path) -> None:
    (repository / "docs" / "out.jsonl").write_text("old", "utf-8")
    (repository / "out.jsonl").symlink_to("docs/out.jsonl")
    assert run("parse", "-o", "out.jsonl").status == 0
    assert '"B1-OPS-01"' in (repository / "docs" / "out.jsonl").read_text("utf-8")
    assert (repository / "out.jsonl").is_symlink()


WRITING = (["check"], ["parse"], ["report", "--output-format", "html"], ["verify", "bell.md"], ["init", "--force"])


@pytest.mark.parametrize("arguments", WRITING, ids=lambda arguments: arguments[0])
def test_no_pipe_in_a_repository_is_written_to(run: Run, repository: Path, arguments: list[str]) -> None:
    subprocess.run(["git", "init", "--quiet"], check=True)
    os.mkfifo("ticketaudit.yaml" if "init" in arguments else "out.txt")
    ran = run(*arguments, *([] if "init" in arguments else ["-o", "out.txt"]))
    assert ran.status == 2
    assert ran.err.endswith(": no regular file; name another one\n")


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="needs /dev/stdout")
def test_streams_may_be_named_as_files(repository: Path) -> None:
    command = [sys.executable, "-m", "ticketaudit", "parse", "-o"]
    expected = subprocess.run(command[:-1], capture_output=True, check=True).stdout
    assert b"B1-OPS-01" in expected
    for name, stream in (("/dev/stdout", "stdout"), ("/dev/stderr", "stderr"), ("/dev/fd/1", "stdout")):
        piped = subprocess.run([*command, name], capture_output=True, check=True)
        assert expected in getattr(piped, stream)
    with Path("out.txt").open("wb") as file:
        subprocess.run([*command, "/dev/stdout"], stdout=file, check=True)
    assert Path("out.txt").read_bytes() == expected


# --- code


def test_no_code_in_the_audited_folder_is_run(repository: Path) -> None:
    program = Path(sys.executable).with_name("ticketaudit")
    if not program.exists():
        pytest.skip("the command is not installed beside this Python")
    trap = "from pathlib import Path\nPath('owned').touch()\n"
    for name in ("yaml", "typer", "jinja2", "rich", "msgspec", "markdown_it", "sitecustomize", "ticketaudit", "git"):
        (repository / f"{name}.py").write_text(trap, "utf-8")
    (repository / "git").write_text("#!/bin/sh\ntouch owned\n", "utf-8")
    (repository / "git").chmod(0o755)
    (repository / "ticketaudit.yaml").write_text("vocabulary: {severities: [P0, P1]}\n", "utf-8")
    for arguments in (["check", "--output-format", "full"], ["report", "--output-format", "html"], ["parse"]):
        ran = subprocess.run([program, *arguments], cwd=repository, capture_output=True, check=False)
        assert ran.returncode in (0, 1), ran.stderr
    assert not (repository / "owned").exists()
