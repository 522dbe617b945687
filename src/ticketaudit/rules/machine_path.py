"""A path leads into a folder of somebody's machine.

`/home/anna/saltway/src/fares.py` opens on Anna's machine only, tools cannot match it with the file in the repository,
and it tells everybody her user name. Write paths from the root of the repository.

The locations, the paths in the text and the ones that code says it comes from are looked at, not what stands in
code: a traceback is quoted as it was.

Where `source.strip-prefix` in the configuration says in which folder of a machine the repository lies, `--fix` takes
it off.

## Bad

~~~~markdown
# Finding Ticket: Fare table is read at every ticket

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-PAY-08` |
| **Status** | `open` |

## Location

| Field | Value |
|-------|-------|
| **File(s)** | `/home/anna/saltway/src/fares.py` |

## Description

The loop in `/home/anna/saltway/src/sell.py:40` opens it.
~~~~

~~~~text
ticket.md:12:18: note: `/home/anna/` is on somebody's machine, 2 paths begin there [machine-path]
~~~~

## Good

~~~~markdown
# Finding Ticket: Fare table is read at every ticket

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-PAY-08` |
| **Status** | `open` |

## Location

| Field | Value |
|-------|-------|
| **File(s)** | `src/fares.py` |
~~~~
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Annotated

import msgspec

from ticketaudit.edits import replacing
from ticketaudit.rule import Fix, Level, Problem, Rule, each_ticket
from ticketaudit.shape import Fit
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary


def _no_folder(text: str) -> str | None:
    return None if re.match(r"[/\\]|[A-Za-z]:", text) else f"`{text}` is no absolute path, as those of machines are"


Folder = Annotated[str, Fit(_no_folder)]


class Options(msgspec.Struct, frozen=True):
    """Options of machine-path."""

    allow: Annotated[tuple[Folder, ...], "Folders that are the same on every machine, such as those of CI."] = (
        "/home/runner/",
        "/Users/runner/",
        "/Users/Shared/",
    )


def check(ticket: Ticket, options: Options, vocabulary: Vocabulary) -> Iterator[Problem]:
    """One problem per folder, at the first path that leads there."""
    found: defaultdict[str, set[tuple[int, str]]] = defaultdict(set)
    allowed = tuple(map(_folder, options.allow))
    for path, line in _paths(ticket):
        folder = vocabulary.machine_folder(path)
        if folder and not _folder(path).startswith(allowed):
            found[folder].add((line, path))
    for folder, places in found.items():
        count = "a path begins" if len(places) == 1 else f"{len(places)} paths begin"
        message = f"`{folder}` is on somebody's machine, {count} there"
        fixes = tuple(filter(None, (_fix(line, path, vocabulary) for line, path in sorted(places))))
        yield Problem(min(places)[0], message, subject=folder, mark=folder, fixes=fixes)


def _fix(line: int, path: str, vocabulary: Vocabulary) -> Fix | None:
    inside = vocabulary.path_in_repository(path)
    return Fix(line, replacing(path, inside)) if inside else None


def _folder(path: str) -> str:
    """A path in the form in which paths are compared, so that `/home/ann` does not begin `/home/anna/`."""
    return path.replace("\\", "/").rstrip("/") + "/"


def _paths(ticket: Ticket) -> Iterator[tuple[str, int]]:
    """The paths of a ticket and their lines; a code fence names its file on one of its first lines."""
    for location in ticket.locations:
        if location.path:
            yield location.path, location.line
    for citation in ticket.citations:
        if citation.path:
            yield citation.path, citation.line
    for code in ticket.code:
        if code.cites:
            yield code.cites.path, code.line


RULE = Rule(
    "machine-path",
    family="text",
    level=Level.NOTE,
    options=Options,
    check=each_ticket(check),
    manual=__doc__,
    fixes=True,
)
