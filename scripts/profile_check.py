"""Where the time of a check goes: what it imports, and the functions and modules in which it is spent.

Audits 303 tickets (``profile_check.py COUNT`` others) in a temporary folder, once to see what is imported, once
under the profiler, which makes calls look dearer than they are: what it says is where to look.
"""

from __future__ import annotations

import cProfile
import io
import os
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Final, NamedTuple

import bench_corpora
from ticketaudit.__main__ import main as ticketaudit

_TOP: Final = 25
_VERSION: Final = f"{sys.version_info.major}.{sys.version_info.minor}"
_IMPORT: Final = re.compile(r"import time:\s+(?P<own>\d+) \|\s+\d+ \|\s+(?P<name>\S+)")


class Spent(NamedTuple):
    """A function: its module, how often it was called, the seconds spent in itself."""

    place: str
    module: str
    calls: int
    seconds: float


def main() -> None:
    """Build the tickets, measure, print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 303
    with tempfile.TemporaryDirectory() as folder:
        bench_corpora.build(Path(folder), count)
        os.chdir(folder)
        command = ["check", "--isolated", *_alone(), "."]
        _print("imported, ms", _imports(command))
        spent = _profiled(command)
        os.chdir("/")
    modules: defaultdict[str, float] = defaultdict(float)
    for each in spent:
        modules[each.module] += each.seconds
    _print("modules by own time, ms", modules)
    _print("functions by own time, ms (calls)", {f"{each.place} ({each.calls:,})": each.seconds for each in spent})


def _alone() -> list[str]:
    """The options that keep a check from using what it knows from before, and other processes."""
    command = [sys.executable, "-m", "ticketaudit", "check", "--help"]
    text = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    known = {"--no-cache": ["--no-cache"], "--jobs": ["--jobs", "1"]}
    return [word for option, words in known.items() if option in text for word in words]


def _imports(command: Sequence[str]) -> dict[str, float]:
    """The seconds that each module took to import, without those that it imported itself."""
    ran = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "ticketaudit", *command],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return {match["name"]: int(match["own"]) / 1e6 for match in _IMPORT.finditer(ran.stderr)}


def _profiled(command: Sequence[str]) -> list[Spent]:
    """The functions that a check calls."""
    profile = cProfile.Profile()
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        profile.runcall(ticketaudit, command)
    spent = []
    for entry in profile.getstats():
        code = entry.code
        module = "built in" if isinstance(code, str) else _module(code.co_filename)
        name = code if isinstance(code, str) else f"{module}:{code.co_firstlineno} {code.co_name}"
        spent.append(Spent(name, module, entry.callcount, entry.inlinetime))
    return spent


def _module(file: str) -> str:
    """A file by the end of its path: what stands in a package, or in the library."""
    parts = Path(file).parts
    home = next((place for place in ("site-packages", "src", f"python{_VERSION}") if place in parts), None)
    return "/".join(parts[len(parts) - parts[::-1].index(home) :]) if home else file


def _print(title: str, seconds: Mapping[str, float]) -> None:
    print(f"\n{title}: {sum(seconds.values()) * 1000:.0f}")
    for name, each in sorted(seconds.items(), key=lambda pair: -pair[1])[:_TOP]:
        print(f"{each * 1000:9.1f}  {name}")


if __name__ == "__main__":
    main()
