"""Whatever happens to the files, a run with the cache prints the same bytes as one without."""

from __future__ import annotations

import io
import os
import tempfile
import time
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import TICKET, Run
from ticketaudit import batch, cachefolder, records, reporters
from ticketaudit.__main__ import main

#: Longer than a file system's clock takes to move on where tests run; two seconds would take too long.
TICK = 0.05
NAMES = ("a.md", "b.md", "fixed/c.md", "fixed/d.md", "rounds/1.md")
IDS = ("B1-OPS-01", "B1-OPS-02", "B1-OPS-03")

RELATED = """
## Related Findings

- {other}: duplicate of it
- B9-OPS-99: related

## Appendix

**Report file:** `docs/rounds/1.md`
**Section:** "The deck"
"""
SUPPRESSING = TICKET.replace(
    "## Summary", "<!-- ticketaudit: ignore[severity-disagreement, duplicate-id] decided in May -->\n\n## Summary"
)
LISTING = "# Known Issues\n\n| ID | Severity | Status |\n|---|---|---|\n| {id} | P1 | open |\n| {other} | P2 | open |\n"
REPORT = "# Round one\n\n## The quay\n\n- P1-001: it rings\n"
GENERATED = TICKET + "\n<!-- written by ticketaudit report -->\n"
TEXTS = (
    TICKET,
    TICKET + RELATED,
    SUPPRESSING,
    LISTING,
    REPORT,
    GENERATED,
    "# Words\n\nOnly words.\n",
    "",
    "\xff\x00 ½",
)
CONFIGS = (
    "",
    "rules: {ignore: [missing-reviewer]}\n",
    "rules: {severity-disagreement: {level: note, tolerance: 2}}\n",
    "vocabulary: {severities: [P1, P2]}\n",
    "per-path: {'fixed/**': {ignore: [all]}}\n",
    "include: ['fixed/*.md']\n",
)
COMMANDS = (
    *(("check", "--output-format", name) for name in reporters.REPORTERS),
    *(("parse", "--output-format", name) for name in records.FORMATS),
    *(("report", "--output-format", name) for name in batch.FORMATS),
    ("check", "a.md"),
    ("check", "a.md", "rounds/1.md"),
    ("check", "--select", "duplicate-id,missing-reviewer"),
    ("check", "--show-files"),
    ("check", "--statistics"),
    ("show", "B1-OPS-01"),
)

files = st.sampled_from(NAMES)
texts = st.builds(
    lambda text, id, other: text.replace("{id}", id).replace("{other}", other), *map(st.sampled_from, (TEXTS, IDS, IDS))
)


@dataclass(frozen=True)
class Write:
    """Write a file; ``sly``: give it back the time that it had, so that only its contents tell."""

    name: str
    text: str
    sly: bool

    def do(self) -> None:
        file = Path(self.name)
        file.parent.mkdir(exist_ok=True)
        before = file.stat() if file.exists() else None
        text = self.text
        if self.sly and before:
            text = text.ljust(before.st_size)[: before.st_size]
        file.write_text(text, encoding="latin-1")
        if self.sly and before:
            os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


@dataclass(frozen=True)
class Remove:
    name: str

    def do(self) -> None:
        Path(self.name).unlink(missing_ok=True)


@dataclass(frozen=True)
class Rename:
    name: str
    target: str

    def do(self) -> None:
        if Path(self.name).exists():
            Path(self.target).parent.mkdir(exist_ok=True)
            Path(self.name).replace(self.target)


@dataclass(frozen=True)
class Touch:
    name: str

    def do(self) -> None:
        if Path(self.name).exists():
            os.utime(self.name)


@dataclass(frozen=True)
class Configure:
    text: str

    def do(self) -> None:
        Path("ticketaudit.yaml").write_text(self.text, encoding="utf-8")


@dataclass(frozen=True)
class Wait:
    """Until the stamps of all files can be trusted."""

    def do(self) -> None:
        time.sleep(2 * TICK)


steps = st.one_of(
    st.builds(Write, files, texts, st.booleans()),
    st.builds(Remove, files),
    st.builds(Rename, files, files),
    st.builds(Touch, files),
    st.builds(Configure, st.sampled_from(CONFIGS)),
    st.just(Wait()),
)


def outcome(*arguments: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = main(arguments)
    assert status in (0, 1, 2), err.getvalue()
    return int(status), out.getvalue(), err.getvalue()


@settings(max_examples=20)
@given(
    first=st.lists(st.builds(Write, files, texts, st.just(False)), min_size=2, max_size=4),
    then=st.lists(st.tuples(st.lists(steps, max_size=3), st.sampled_from(COMMANDS)), min_size=1, max_size=5),
)
def test_nobody_can_tell_whether_there_is_a_cache(
    first: list[Write], then: list[tuple[list[object], tuple[str, ...]]]
) -> None:
    with (
        pytest.MonkeyPatch.context() as patch,
        tempfile.TemporaryDirectory() as folder,
        tempfile.TemporaryDirectory() as kept,
        chdir(folder),
    ):
        patch.setattr(cachefolder, "TICK", int(TICK * 10**9))
        for step in first:
            step.do()
        outcome("check", "--cache-dir", kept)
        for changes, command in then:
            for change in changes:
                change.do()  # type: ignore[attr-defined]
            expected = outcome(*command, "--no-cache")
            for _ in range(2):  # the second may be told without being worked out
                assert outcome(*command, "--cache-dir", kept) == expected, (command, changes)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_prints_the_same_cold_and_warm(folder: Path, command: tuple[str, ...]) -> None:
    for number, text in enumerate(TEXTS):
        text = text.replace("{id}", IDS[number % 3]).replace("{other}", IDS[0])
        Write(f"{'ab'[number % 2]}{number}.md" if number else "a.md", text, False).do()
    Write("rounds/1.md", REPORT, False).do()
    expected = outcome(*command, "--no-cache")
    for _ in range(3):
        assert outcome(*command, "--cache-dir", "kept") == expected


def test_standard_input_that_is_known_is_read_once(run: Run, folder: Path) -> None:
    text = TICKET.format(id="B1-OPS-01").replace("`closed`", "`clsoed`")
    file = folder / "bell.md"
    file.write_text(text, encoding="utf-8")
    run("check")
    for command in (("check", "--source-root", "."), ("report",), ("check", "--diff")):
        arguments = (*command, "-", "--stdin-filename", "bell.md")
        ran = run(*arguments, stdin=text.encode())
        assert ran == run(*arguments, "--no-cache", stdin=text.encode())
        assert "changed meanwhile" not in ran.err
