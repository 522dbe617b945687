"""How long ``check`` takes with and without the rules that ask the source tree, and how often git is started.

Builds a repository of 1,900 files, 2,500 commits and 301 tickets from the sources of installed packages,
then runs ``ticketaudit check`` on its tickets in fresh processes and without a cache, in turn without and
with the source tree. Seconds are those on the clock, and those of all processors together; the ratio is of
the clock. ``bench_code.py FOLDER`` keeps the repository there, else it is built in a temporary folder;
``PAIRS=n`` says how often.
"""

from __future__ import annotations

import ast
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

FILES, COMMITS, TICKETS = 1900, 2500, 301
PAIRS = int(os.environ.get("PAIRS", "5"))
#: The tickets come with this many of the last commits, so that they have several moments of writing.
FILED_OVER = 40
#: Reviews go through some files and not through all; these are also edited more often than others.
REVIEWED = 100
DAY = 86_400
BEGIN = 1_700_000_000


#: Tickets are four kilobytes long, as those are that people write.
PROSE = "What comes back is what was there before the last call, and `nobody` waits for the rest of it. "


class Function(NamedTuple):
    """A function of a file: its name, its first and last line, its code."""

    path: str
    name: str
    first: int
    last: int
    code: str


def build(root: Path) -> None:
    """Build the repository with one run of ``git fast-import``."""
    chance = random.Random(1)
    files = dict(_sources())
    reviewed = chance.sample([path for path in sorted(files) if any(_functions(path, files[path]))], REVIEWED)
    root.mkdir(parents=True)
    _git(root, "init", "--quiet", "--initial-branch=main")
    stream = b"".join(_history(files, reviewed, chance))
    _git(root, "fast-import", "--quiet", "--force", stdin=stream)
    _git(root, "reset", "--hard", "--quiet", "main")


def _sources() -> Iterator[tuple[str, str]]:
    """Python files of installed packages, under the paths that they get here."""
    folders = [Path(sysconfig.get_paths()[name]) for name in ("purelib", "stdlib")]
    found = 0
    for folder in folders:
        for file in sorted(folder.rglob("*.py")):
            if found == FILES:
                return
            if 200 < file.stat().st_size < 60_000 and "test" not in str(file):
                text = file.read_bytes().decode("utf-8", errors="replace")
                found += 1
                yield f"src/{file.relative_to(folder).as_posix()}", text


def _functions(path: str, text: str) -> Iterator[Function]:
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return
    lines = text.split("\n")
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.end_lineno and 4 <= node.end_lineno - node.lineno <= 25:
            code = "\n".join(lines[node.lineno - 1 : node.end_lineno])
            yield Function(path, node.name, node.lineno, node.end_lineno, code)


def _ticket(number: int, function: Function) -> str:
    """A ticket about a function; every fourteenth one says that it is never called."""
    first, last = function.first, function.last
    return f"""\
# Finding Ticket: {function.name} returns too early

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-{number:03}` |
| **Severity** | `P{number % 4}` |
| **Status** | `{"open" if number % 3 else "closed"}` |
| **Created** | 2024-05-01 |

## Location

| Field | Value |
|-------|-------|
| **File(s)** | `/home/mira/project/{function.path}` |
| **Line(s)** | `{first}-{last}` |
| **Function/Class** | `{function.name}()` |

## Summary

**One-line summary:** `{function.name}()` {"is never called" if number % 14 == 0 else "returns too early"}.

## Code Evidence

```python
# {function.path}:{first}-{last}
{function.code}
```

## Detailed Description

{PROSE * 12}

### Why This Matters

{PROSE * 8}

## Recommended Fix

{PROSE * 6}

## Verification

- [{"x" if number % 2 else " "}] A test holds it

## Cross-Review

| Reviewer | Verdict | Evaluation |
|----------|---------|------------|
| `storage` | **ENDORSE** | Confirmed in `{function.path}:{first + 1}`, and line {last}. |
| `network` | **OBJECT** | Line {last + 4000} says otherwise. Recommend P3. |
"""


def _history(files: dict[str, str], reviewed: list[str], chance: random.Random) -> Iterator[bytes]:
    """The commits: all files, then edits of one to three files each, with renames and deletions among them."""
    texts = dict(files)
    yield _commit(0, "Begin", [_modify(path, text) for path, text in texts.items()])
    for number in range(1, COMMITS):
        changes = []
        edited = reviewed if number % 3 == 0 else sorted(texts)
        for path in chance.sample(edited, chance.choice([1, 1, 2, 3])):
            if number % 50 == 0:
                renamed = f"{path.removesuffix('.py')}_{number}.py"
                texts[renamed] = texts.pop(path)
                reviewed[:] = [renamed if each == path else each for each in reviewed]
                changes += [f"D {path}\n".encode(), _modify(renamed, texts[renamed])]
                continue
            lines = texts[path].split("\n")
            place = chance.randrange(len(lines))
            lines[place:place] = [f"# Edit {number}."] if number % 4 else []
            lines[place] = lines[place] + ("  # seen" if number % 4 == 0 else "")
            texts[path] = "\n".join(lines)
            changes.append(_modify(path, texts[path]))
        filed = number - (COMMITS - FILED_OVER)
        for index in range(filed, TICKETS, FILED_OVER) if filed >= 0 else ():
            found = [each for path in chance.sample(reviewed, 20) for each in _functions(path, texts[path])]
            changes.append(_modify(f"docs/bugs/B1-OPS-{index:03}.md", _ticket(index, chance.choice(found))))
        yield _commit(number, f"Change {number}", changes)


def _modify(path: str, text: str) -> bytes:
    data = text.encode("utf-8", errors="replace")
    return f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n"


def _commit(number: int, message: str, changes: Sequence[bytes]) -> bytes:
    when = BEGIN + number * DAY // 4
    head = f"commit refs/heads/main\ncommitter Mira <mira@example.org> {when} +0000\ndata {len(message)}\n{message}\n"
    return head.encode() + b"".join(changes) + b"\n"


def _git(root: Path, *arguments: str, stdin: bytes = b"") -> str:
    return subprocess.run(
        ["git", *arguments], cwd=root, input=stdin, stdout=subprocess.PIPE, check=True
    ).stdout.decode()


class Run(NamedTuple):
    """What a ``check`` cost: seconds on the clock, seconds of all processors, processes of git."""

    clock: float
    processors: float
    git: int


def measure(root: Path, *options: str) -> Run:
    """A fresh ``check``, which has nothing to remember from the one before."""
    real = shutil.which("git") or "git"
    with tempfile.TemporaryDirectory() as folder:
        count = Path(folder, "count")
        count.touch()
        wrapper = Path(folder, "git")
        wrapper.write_text(f'#!/bin/sh\necho started >> "{count}"\nexec "{real}" "$@"\n')
        wrapper.chmod(0o755)
        environment = {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}
        command = [sys.executable, "-m", "ticketaudit", "check", "--isolated", "--exit-zero", "--no-cache"]
        command += [*options, "docs/bugs"]
        start, used = time.perf_counter(), _used()
        subprocess.run(command, cwd=root, env=environment, check=True, capture_output=True)
        return Run(time.perf_counter() - start, _used() - used, len(count.read_text().splitlines()))


def _used() -> float:
    """The seconds of processors that ended processes have had."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def main(arguments: list[str]) -> int:
    """Build where nothing is yet, measure, print."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(arguments[0] if arguments else folder, "repository")
        if not root.exists():
            build(root)
        files = len([*root.glob("src/**/*.py")])
        commits = _git(root, "rev-list", "--count", "HEAD").strip()
        print(f"{files} files, {commits} commits, {len([*root.glob('docs/bugs/*.md')])} tickets")
        plain = ["--ignore", "code,unevidenced-endorsement,unverified-premise"]
        pairs = [(measure(root, *plain), measure(root)) for _ in range(PAIRS)]
        without, with_code = (
            Run(*map(statistics.median, zip(*runs, strict=True))) for runs in zip(*pairs, strict=True)
        )
        print(f"{'':24}  clock  processors  git started")
        for name, run in (("without the source tree", without), ("with the source tree", with_code)):
            print(f"{name:24} {run.clock:4.2f} s      {run.processors:4.2f} s  {run.git:.0f} times")
        more = with_code.clock - without.clock, with_code.processors - without.processors
        print(f"{'more':24} {more[0]:4.2f} s      {more[1]:4.2f} s")
        ratio = with_code.clock / without.clock, with_code.processors / without.processors
        print(f"{'ratio':24} {ratio[0]:4.2f}        {ratio[1]:4.2f}")
        return int(with_code.clock > 3 * without.clock)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
