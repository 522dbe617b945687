"""Status, resolution and folder contradict each other.

A ticket says in up to three places what became of it: the status in its metadata, the disposition in its
resolution, and the folder it is filed in. Whoever counts by one of them gets another answer than whoever
counts by the next. Make them say the same.

- A status that means open contradicts a resolution that concludes, and a folder for closed tickets. A
  deferred ticket may stay open.
- A resolution of one kind contradicts a folder, or a closed status, of another kind: "won't fix" does not
  belong under `invalid`. "Already fixed" and "fixed" are of one kind, and a duplicate may be filed
  wherever its original is.
- Another status among the metadata contradicts the first where one means open and the other closed.

What a folder's name stands for is the vocabulary's business (`folders:`); a folder that it does not know
says nothing.

Where resolution and folder agree, `--unsafe-fixes` changes a status that contradicts them to the vocabulary's word.

## Bad

~~~~markdown fixed/ticket.md
# Finding Ticket: Pier clock shows winter time

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-09` |
| **Status** | `open` |
~~~~

~~~~text
fixed/ticket.md:6:16: error: the status is `open`, but the ticket is filed as fixed [status-conflict]
~~~~

~~~~markdown invalid/ticket.md
# Finding Ticket: Pier clock shows winter time

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-09` |
| **Status** | `closed` |

## Resolution

### Final Disposition: Won't Fix

The clock is sold.
~~~~

~~~~text
invalid/ticket.md:10:24: error: the resolution says “Won't Fix”, but the ticket is filed as not-a-bug [status-conflict]
~~~~

## Good

~~~~markdown fixed/ticket.md
# Finding Ticket: Pier clock shows winter time

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-09` |
| **Status** | `closed` |

## Resolution

**Status:** Already fixed

The clock follows `Europe/Oslo` since the spring release.
~~~~
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ticketaudit.edits import replacing
from ticketaudit.rule import Fix, Level, NoOptions, Problem, Rule, each_ticket
from ticketaudit.rules._phrases import entry_line, listed, other_entries, quoted
from ticketaudit.ticket import Disposition, Ticket
from ticketaudit.vocabulary import Vocabulary


def check(ticket: Ticket, options: NoOptions, vocabulary: Vocabulary) -> Iterator[Problem]:
    """At each other status of the metadata that denies the first; then at the status if that is contradicted, else at
    the resolution.
    """
    for other in other_entries(ticket, "status", vocabulary):
        state = vocabulary.state(other.value)
        if state and ticket.state and state != ticket.state:
            first = entry_line(ticket, "status", vocabulary)
            message = f"the status is `{other.value}` here, and `{ticket.status}` in line {first}"
            yield Problem(other.line, message, subject=f"entry: {other.value}", mark=other.value)
    folder = vocabulary.folder_disposition(_with_folder(ticket.path))
    resolution = ticket.resolution
    concluded, words = (resolution.disposition, resolution.text) if resolution else (None, None)
    contradictions = []
    if words and _status_contradicts(ticket, concluded, vocabulary):
        contradictions.append(f"the resolution says {quoted(words)}")
    if _status_contradicts(ticket, folder, vocabulary):
        contradictions.append(f"the ticket is filed as {folder}")
    if contradictions:
        message = f"the status is `{ticket.status}`, but {listed(contradictions)}"
        line = entry_line(ticket, "status", vocabulary)
        fixes = tuple(_fixes(ticket, line, {each for each in (concluded, folder) if each}, vocabulary))
        yield Problem(line, message, subject=f"status: {ticket.status}", mark=ticket.status, fixes=fixes)
    elif resolution and words and not _same_kind(concluded, folder):
        message = f"the resolution says {quoted(words)}, but the ticket is filed as {folder}"
        yield Problem(resolution.line, message, subject="folder", mark=words)


def _fixes(ticket: Ticket, line: int, dispositions: set[Disposition], vocabulary: Vocabulary) -> Iterator[Fix]:
    """Another status, where resolution and folder say the same of how the ticket ended."""
    kinds = {"fixed" if disposition == "already-fixed" else disposition for disposition in dispositions}
    ended = min(dispositions) if len(kinds) == 1 else None
    status = vocabulary.closed_status(ended) if ended else None
    if status and ticket.status:
        yield Fix(line, replacing(ticket.status, status), safe=False)


def _with_folder(path: str) -> str:
    """A path that names the ticket's folder, too, where somebody stands in it: paths are relative to there."""
    return path if "/" in path or path == "-" else f"{Path.cwd().name}/{path}"


def _status_contradicts(ticket: Ticket, disposition: Disposition | None, vocabulary: Vocabulary) -> bool:
    """Whether the status denies a disposition; a deferred ticket may be open."""
    if ticket.state == "open":
        return disposition not in (None, "deferred")
    said = vocabulary.disposition(ticket.status) if ticket.status else None
    return not _same_kind(said, disposition)


def _same_kind(one: Disposition | None, other: Disposition | None) -> bool:
    """Whether two dispositions can be true at once; none agrees with any, and so does a duplicate."""
    kinds = {"fixed" if disposition == "already-fixed" else disposition for disposition in (one, other)}
    return len(kinds - {None, "duplicate"}) < 2


RULE = Rule(
    "status-conflict", family="lifecycle", level=Level.ERROR, check=each_ticket(check), manual=__doc__, fixes=True
)
