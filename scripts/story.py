"""Write docs/verify.md: a ticket whose premise nobody had looked up, and what the tool says to it.

The page is made from a small repository that is built here, commit by commit, and from what the
commands print in it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

BERTHS = '''\
"""The kinds of berths."""

from dues.registry import register


@register("quay", fee_estimate=100)
class Quay:
    """A berth along a wall."""

    def __init__(self, metres):
        self.metres = metres

    def fee(self):
        return 2 * self.metres + 1
'''
REGISTRY = '''\
"""Which kinds of berths there are."""

KINDS = {}


def register(name, fee_estimate):
    def add(kind):
        KINDS[name] = (kind, fee_estimate)
        return kind

    return add


def names():
    """The names, the cheapest first."""
    return sorted(KINDS, key=lambda name: KINDS[name][1])
'''
TOLLS = '''\
"""What a ship pays."""


def toll(ship):
    """The toll for a night, from the berth that the ship lies in."""
    fee = ship.berth.fee()
    return fee * ship.nights
'''
TICKET = """\
# Finding Ticket: Quays are charged by an estimate

| Field | Value |
|-------|-------|
| **Ticket ID** | `B3-PAY-01` |
| **Severity** | `P1` |
| **Status** | `open` |
| **Created** | 2025-03-04 |

## Location

| Field | Value |
|-------|-------|
| **File(s)** | `/home/mira/harbour/src/dues/berths.py` |
| **Line(s)** | `6-14` |
| **Function/Class** | `Quay` registration |

## Summary

**One-line summary:** Ships pay by `fee_estimate=100`, and `fee()` is never called.

## Code Evidence

```python
# src/dues/tolls.py:6-7
fee = KINDS[ship.berth.name].fee_estimate
return fee * ship.nights
```

## Cross-Review

| Reviewer | Verdict | Evaluation |
|----------|---------|------------|
| `payments` | **ENDORSE** | Confirmed, `src/dues/tolls.py:31` reads the estimate. |
| `operations` | **OBJECT** | The estimate only sorts the list, `src/dues/registry.py:16`. |
"""
PAGE = """\
# Premises against the code

A ticket says that ships pay by an estimate, quotes the line that charges them, and a reviewer confirms it. Nobody had
opened the file. Much of what they should have looked up a program can look up: whether the files, lines, symbols,
commits and the quoted code exist, when the ticket was written and now, and whether what is "never called" is called.

This page is written by `scripts/story.py`, from a repository that the script builds: the commits below and their names
come out of it as they are.

## The code, and a ticket about it

Tolls are computed from what a berth costs. The estimate serves to sort the kinds of berths.

```python
{tolls}```

```python
{registry}```

The ticket was filed on 4 March:

~~~~markdown
{ticket}~~~~

## What `check` says

```console
$ ticketaudit check --select code,premise,unevidenced-endorsement docs/bugs
{check}```

The quotation is not what stands there. `fee()` is called. The endorsement rests on a line that the file does not have,
and no longer counts as evidence. The objection is backed by the code, so that somebody has looked.

## What `verify` says

`verify` takes every citation and says what became of it. In April the quay was rewritten, and the ticket is still open:

```console
$ ticketaudit verify --output-format markdown B3-PAY-01
```

{verify}
The same block is what `--write-to FILE` writes, to be pasted under a ticket's investigation notes: the next reader sees
what was looked at, at which commit. It begins and ends with a comment, by which ticketaudit knows it again: what stands
in between counts as no citation, date or path of the ticket, and as nobody's evidence for its premise. That the lines
exist a program can tell; what they mean, somebody has to write beside it. `--output-format json` says the same to
programs, and `--written` and `--now` name other moments.

## Words

| outcome | means |
| --- | --- |
| confirmed | every cited line stands there, in order, within five lines of the cited place |
| moved | it does, elsewhere in the file or in another one |
| drifted | the same statement or function stands there, reworded or changed |
| missing | it is gone, or was never there |
| unverifiable | nobody can tell, and the note says why |
| holds, contradicted | of a claim that something is not used |

Comments, layout, line breaks, quotes of strings and what the author left out of a quotation make no difference. Line
ranges are judged inside the file that the path leads to, across renames; quotations and symbols are looked for
everywhere.

## Which tree, and which moment

The source tree is `--source-root`, else `source.root` of the configuration, else the git repository that holds the
tickets. All commands that judge tickets ask the same one, `parse`, `show`, `report` and `baseline` like `check`: what
a record has under `premise` is *supported* only by evidence that the tree does not contradict.

Where there is no source tree, the rules of the code family are passed over, and the summary of `check` counts them. A
repository that nobody named may hold tickets about other code: where it has none of the files that they cite, and never
had one, it is no source tree of theirs. `verify` then says so, and calls
unverifiable what is not in it.

A ticket was written when the commit was made that added it, under whatever name it had then. Where tickets live
elsewhere, it is the last commit of the main line up to the end of the day on which they were created. Now is the folder
as it lies there.

Where git has no history, the present alone decides. Where it has only a part (`git clone --depth`), and the commit that
added the ticket is not in it, what was there then is unverifiable: no rule speaks of it, and `check` and `verify` warn.

Nothing outside of the tree is opened: not by `..`, an absolute path, a symbolic link, or another spelling of a name.
The only program that is started is git, four times in a run and once more for every further process
(`--jobs`), and nothing that the repository's configuration asks for
is done. Nothing is fetched.
"""


def page() -> str:
    """The text of the page."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        _git(root, "2025-03-01", "init", "--quiet", "--initial-branch=main")
        for name, text in {"berths": BERTHS, "registry": REGISTRY, "tolls": TOLLS}.items():
            _write(root, f"src/dues/{name}.py", text)
        _commit(root, "2025-03-01", "Charge for berths")
        _write(root, "docs/bugs/B3-PAY-01.md", TICKET)
        _commit(root, "2025-03-04", "File a ticket about quays")
        check = _run(root, "check", "--select", "code,premise,unevidenced-endorsement", "docs/bugs")
        _write(root, "src/dues/berths.py", BERTHS.replace("2 * self.metres + 1", "3 * self.metres"))
        _commit(root, "2025-04-12", "Quays become dearer")
        verify = _run(root, "verify", "--output-format", "markdown", "docs/bugs/B3-PAY-01.md")
    return PAGE.format(tolls=TOLLS, registry=REGISTRY, ticket=TICKET, check=check, verify=_nested(verify))


def _nested(markdown: str) -> str:
    """The block as a quotation, so that its heading is none of the page."""
    return "".join(f"> {line}".rstrip() + "\n" for line in markdown.splitlines())


def _write(root: Path, path: str, text: str) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def _commit(root: Path, day: str, message: str) -> None:
    _git(root, day, "add", "--all")
    _git(root, day, "commit", "--quiet", "--message", message)


def _git(root: Path, day: str, *arguments: str) -> None:
    moment = f"{day}T12:00:00+0000"
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    own |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    own |= {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
    who = ["-c", "user.name=Mira", "-c", "user.email=mira@example.org"]
    subprocess.run(["git", *who, *arguments], cwd=root, env=own, check=True)


def _run(root: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "ticketaudit", *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", check=False).stdout


if __name__ == "__main__":
    sys.stdout.write(page())
