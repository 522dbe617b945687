"""The tools that are measured: installed in a folder of their own, and run in fresh processes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

#: What a linter may end with when it has done its work.
_DONE = (0, 1)


class Tool(NamedTuple):
    """A tool: how it is started, what turns its cache off or names the cache's folder, what stands for all files."""

    name: str
    version: str
    command: tuple[str, ...]
    uncached: tuple[str, ...] = ()
    cache_option: str | None = None
    everything: str = "."

    def cold(self, path: str | None = None) -> list[str]:
        """The command that knows nothing from before."""
        return [*self.command, *self.uncached, path or self.everything]

    def warm(self, cache: Path) -> list[str]:
        """The command that uses a cache in a folder of its own, where the tool has one."""
        option = [self.cache_option, str(cache)] if self.cache_option else []
        return [*self.command, *option, self.everything]


class Run(NamedTuple):
    """A process: how long it took, in seconds, and the most memory that it or one it started had, in bytes."""

    seconds: float
    memory: int


def run(command: Sequence[str], folder: Path) -> Run:
    """Run a command in a folder, its output going nowhere; raises `SystemExit` where it fails."""
    begin = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in _DONE:
        raise SystemExit(f"bench: `{' '.join(command)}` ended with {process.returncode} in {folder}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Run(seconds, usage.ru_maxrss * unit)


def ticketaudit(folder: Path, root: Path) -> Tool:
    """The checkout as users have it: a wheel in an environment without anything else."""
    python = _environment(folder / "ticketaudit")
    _install(python, "--upgrade", str(root))
    _install(python, "--force-reinstall", "--no-deps", str(root))
    program = str(python.with_name("ticketaudit"))
    version = _said(program, "--version").split()[-1]
    cached = "--no-cache" in _said(program, "check", "--help")
    return Tool(
        "ticketaudit",
        version,
        (program, "check"),
        ("--no-cache",) if cached else (),
        "--cache-dir" if cached else None,
    )


def peers(folder: Path) -> Iterator[Tool]:
    """The peers that can be had; says why one cannot."""
    python = _environment(folder / "peers")
    for name in ("rumdl", "mdsmith"):
        try:
            _install(python, name)
        except subprocess.CalledProcessError:
            print(f"bench: {name} is left out: pip cannot install it", file=sys.stderr)
    rumdl, mdsmith = (python.with_name(name) for name in ("rumdl", "mdsmith"))
    if rumdl.exists():
        version = _said(str(rumdl), "--version").split()[-1]
        yield Tool("rumdl", version, (str(rumdl), "check"), ("--no-cache",), "--cache-dir")
    if mdsmith.exists():
        yield Tool("mdsmith", _said(str(mdsmith), "version").split()[-1].lstrip("v"), (str(mdsmith), "check"))
    yield from _markdownlint(folder / "npm")


def _markdownlint(folder: Path) -> Iterator[Tool]:
    npm = shutil.which("npm")
    program = folder / "node_modules" / ".bin" / "markdownlint-cli2"
    install = [npm or "", "install", "--silent", "--no-fund", "--no-audit", "--prefix", str(folder), program.name]
    if npm is None or (not program.exists() and subprocess.run(install, check=False).returncode):
        why = "npm cannot install it" if npm else "there is no npm"
        print(f"bench: {program.name} is left out: {why}", file=sys.stderr)
        return
    version = _said(str(program), "--help").split()[1].lstrip("v")
    yield Tool(program.name, version, (str(program),), everything="**/*.md")


def _environment(folder: Path) -> Path:
    """The Python of an environment, which is made where there is none."""
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    return python


def _install(python: Path, *arguments: str) -> None:
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, *arguments], check=True)


def _said(*command: str) -> str:
    """What a program prints on either stream, whatever it ends with."""
    ran = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    return ran.stdout + ran.stderr
