"""``check --fix`` and ``check --diff``: what the rules know to put right, in the files or as a diff."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import msgspec
from msgspec.structs import replace

from ticketaudit.baseline import Baseline
from ticketaudit.cli.output import write_bytes
from ticketaudit.cli.run import Run
from ticketaudit.edits import Edit, apply_edits
from ticketaudit.errors import UserError, reason
from ticketaudit.load import with_source
from ticketaudit.terminal import clean, say
from ticketaudit.text import Source
from ticketaudit.wording import number

#: One fix may make place for the next; more rounds than this are a circle.
_ROUNDS: Final = 10


class Change(msgspec.Struct, frozen=True):
    """A file's bytes before and after, and how many edits lie between."""

    file: Path
    before: bytes
    after: bytes
    count: int = 0


def mend(run: Run, known: Baseline | None, *, unsafe: bool) -> tuple[Run, dict[str, Change]]:
    """The run as if all that can be put right were, and the files that change, by their paths; nothing is written.

    What is accepted in a ticket or in the baseline is left alone. Raises `UserError` for standard input.
    """
    asked = run
    fixing = tuple(each for each in run.settings.rules if each.rule.fixes)
    run = replace(run, settings=replace(run.settings, rules=fixing), loaded=replace(run.loaded, examined=None))
    changes: dict[str, Change] = {}
    for _ in range(_ROUNDS):
        edits = _edits(run, known, unsafe=unsafe)
        if not edits:
            break
        for path, wanted in edits.items():
            change = changes.get(path) or _read(run, path)
            after, count = apply_edits(change.after, wanted)
            changes[path] = replace(change, after=after, count=change.count + count)
            run = replace(run, loaded=with_source(run.loaded, Source.from_bytes(path, after)))
    return (replace(run, settings=asked.settings) if changes else asked), changes


def save(run: Run, changes: Mapping[str, Change]) -> Run:
    """The run, once its files are written, each whole or not at all.

    Raises `UserError` where one changed meanwhile or is read-only.
    """
    for path, change in changes.items():
        if _bytes(change.file, path) != change.before:
            raise UserError(f"{path}: changed meanwhile; run it again")
        if not os.access(change.file, os.W_OK):
            raise UserError(f"{path}: cannot be written: permission denied")
        write_bytes(change.after, change.file)
    say(f"Fixed {_extent(changes)}.")
    return run


def diff(changes: Mapping[str, Change], *, for_terminal: bool = False) -> str:
    """The changes as a unified diff, byte for byte where no terminal would obey it; says how many there are."""
    say(f"Would fix {_extent(changes)}." if changes else "Nothing to fix.")
    lines = [line for path in sorted(changes) for line in _diff(path, changes[path])]
    return "".join(f"{clean(line[:-1])}\n" if for_terminal else line for line in lines)


def _extent(changes: Mapping[str, Change]) -> str:
    return f"{number(sum(change.count for change in changes.values()), 'place')} in {number(len(changes), 'file')}"


def _edits(run: Run, known: Baseline | None, *, unsafe: bool) -> dict[str, list[Edit]]:
    report = run.audit().whole()
    report = known.apply(report) if known else report
    edits: defaultdict[str, list[Edit]] = defaultdict(list)
    for diagnostic in report.diagnostics:
        wanted = [edit for edit in diagnostic.edits if edit.safe or unsafe]
        if wanted:
            edits[diagnostic.path] += wanted
    return edits


def _read(run: Run, path: str) -> Change:
    file = next(file.location for file in run.discovery.files if file.path == path)
    if file is None:
        raise UserError("standard input cannot be fixed; name the file")
    data = _bytes(file, path)
    if Source.from_bytes(path, data) != run.loaded.corpus.sources[path]:
        raise UserError(f"{path}: changed meanwhile; run it again")
    return Change(file, data, data)


def _bytes(file: Path, path: str) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise UserError(f"{path}: cannot be read: {reason(error)}") from None


def _diff(path: str, change: Change) -> Iterator[str]:
    from difflib import unified_diff

    before, after = (data.decode("utf-8", errors="backslashreplace") for data in (change.before, change.after))
    for line in unified_diff(_lines(before), _lines(after), f"a/{clean(path)}", f"b/{clean(path)}"):
        yield line if line.endswith("\n") else f"{line}\n"
        if not line.endswith("\n"):
            yield "\\ No newline at end of file\n"


def _lines(text: str) -> list[str]:
    return [f"{line}\n" for line in text.split("\n")[:-1]] + [line for line in text.split("\n")[-1:] if line]
