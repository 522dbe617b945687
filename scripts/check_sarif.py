"""Hold the SARIF that ticketaudit writes against Microsoft's validator, with its own rules and those of GitHub.

Logs of four kinds: the fixtures, with and without a baseline and suppressions; texts that are hard to print;
nothing found. Exits with 1 where the validator has an error or a warning, and prints it. ``make check-sarif``
installs the validator.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "sarif"
sys.path.insert(0, str(ROOT / "tests"))


def write_logs() -> list[Path]:
    """The logs to validate."""
    from nasty import NASTY, tickets

    shutil.rmtree(BUILD, ignore_errors=True)
    for number, text in enumerate(NASTY.values()):
        for name, data in tickets(text).items():
            file = BUILD / "nasty" / str(number) / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
    accepted = BUILD / "accepted"
    shutil.copytree(ROOT / "fixtures" / "tickets", accepted)
    ticket = next(accepted.glob("fixed/*.md"))
    title, rest = ticket.read_text("utf-8").split("\n", 1)
    ticket.write_text(f"{title}\n\n<!-- ticketaudit: ignore[missing-sign-off] done by post -->\n{rest}", "utf-8")
    _run("baseline", "create", "--baseline", str(BUILD / "known.json"), "--select", "review", str(accepted))
    return [
        _log("fixtures", "fixtures/tickets"),
        _log("accepted", "--baseline", str(BUILD / "known.json"), str(accepted)),
        _log("nasty", str(BUILD / "nasty")),
        _log("nothing", "--select", "self-review", "fixtures/tickets"),
    ]


def findings(logs: list[Path]) -> list[str]:
    """What the validator has against the logs, a line each."""
    find = ["node", "-p", "require('@microsoft/sarif-multitool')"]
    tool = subprocess.run(find, cwd=ROOT / "build" / "npm", capture_output=True, text=True, check=True).stdout.strip()
    verdict = BUILD / "verdict.sarif"
    rules = ["--rule-kind", "Sarif;Ghas", "--level", "Error;Warning", "--output", str(verdict)]
    done = subprocess.run([tool, "validate", *map(str, logs), *rules], capture_output=True, text=True, check=False)
    if not verdict.exists():
        sys.exit(f"the validator failed:\n{done.stdout}{done.stderr}")
    (run,) = json.loads(verdict.read_text("utf-8-sig"))["runs"]
    if any(not invocation["executionSuccessful"] for invocation in run.get("invocations", ())):
        sys.exit(f"the validator failed:\n{done.stdout}{done.stderr}")
    return [f"{each.get('level', 'warning')}: {each['ruleId']}: {each['message']}" for each in run["results"]]


def _log(name: str, *arguments: str) -> Path:
    log = BUILD / f"{name}.sarif"
    _run("check", "--output-format", "sarif", "-o", str(log), *arguments)
    return log


def _run(*arguments: str) -> None:
    done = subprocess.run([sys.executable, "-m", "ticketaudit", *arguments], cwd=ROOT, check=False, capture_output=True)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr.decode())


def main() -> int:
    """Write the logs, validate them; the exit status."""
    logs = write_logs()
    found = findings(logs)
    print("\n".join(found) or f"{len(logs)} logs, no error and no warning")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
