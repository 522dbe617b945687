"""The baseline: what a team accepted when it began to check, so that only what is new is reported.

A file of entries, one for all diagnostics that have a fingerprint in common: of the same rule, about the
same ticket and the same subject. Neither the line nor the path counts, so that an entry stays when
lines are inserted and when the ticket is moved or renamed.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec.structs import replace

from ticketaudit.errors import UserError, reason
from ticketaudit.paths import printed
from ticketaudit.pretty import pretty_json
from ticketaudit.report import Diagnostic, Report, order

#: Raised when the file's keys or what a fingerprint is of change.
VERSION: Final = 1


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Like diagnostics and how many of them are accepted; ticket, path, line and message are the first one's.

    ``path`` is relative to the folder of the file. It, the message and the line (None: written by an older
    version) are as they were when the entry was written, and there for people only.
    """

    ticket: str | None
    rule: str
    message: str
    path: str
    count: Annotated[int, msgspec.Meta(ge=1)]
    fingerprint: str
    line: int | None = None


#: Whether an audit would have found again what an entry stands for, if it were still there.
Judge = Callable[[Entry], bool]


class Baseline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The entries in the order of tickets, rules and fingerprints."""

    version: Literal[1]
    diagnostics: tuple[Entry, ...]

    @property
    def total(self) -> int:
        """How many diagnostics the entries stand for."""
        return sum(entry.count for entry in self.diagnostics)

    def text(self) -> str:
        """The file: the lines of an entry change only with what is found."""
        return pretty_json(self)

    def apply(self, report: Report) -> Report:
        """The report with its known diagnostics accepted; of several alike, the ones beyond the count are new."""
        left = Counter({entry.fingerprint: entry.count for entry in self.diagnostics})
        new, known = [], []
        for diagnostic in report.diagnostics:
            if left[diagnostic.fingerprint] > 0:
                left[diagnostic.fingerprint] -= 1
                known.append(msgspec.structs.replace(diagnostic, baselined=True))
            else:
                new.append(diagnostic)
        accepted = sorted((*report.accepted, *known), key=order)
        return replace(report, diagnostics=tuple(new), accepted=tuple(accepted), compared=True)

    def update(self, found: Baseline, judge: Judge) -> Baseline:
        """What was found, and the entries that the audit could not judge."""
        again = {entry.fingerprint for entry in found.diagnostics}
        kept = [entry for entry in self.diagnostics if entry.fingerprint not in again and not judge(entry)]
        return _baseline((*found.diagnostics, *kept))

    def prune(self, found: Baseline, judge: Judge) -> Baseline:
        """The entries without what is gone: nothing is added."""
        again = {entry.fingerprint: entry.count for entry in found.diagnostics}
        kept = []
        for entry in self.diagnostics:
            count = min(entry.count, again.get(entry.fingerprint, 0)) if judge(entry) else entry.count
            if count:
                kept.append(msgspec.structs.replace(entry, count=count))
        return _baseline(kept)


def baseline_of(diagnostics: Iterable[Diagnostic], folder: Path) -> Baseline:
    """The baseline that accepts diagnostics, for a file in a folder."""
    entries: dict[str, Entry] = {}
    for diagnostic in diagnostics:
        known = entries.get(diagnostic.fingerprint)
        entries[diagnostic.fingerprint] = Entry(
            ticket=diagnostic.ticket,
            rule=diagnostic.name,
            message=known.message if known else diagnostic.message,
            path=known.path if known else _relative(diagnostic.path, folder),
            count=known.count + 1 if known else 1,
            fingerprint=diagnostic.fingerprint,
            line=known.line if known else diagnostic.span.line,
        )
    return _baseline(entries.values())


def read_baseline(file: Path) -> Baseline:
    """The baseline in a file; raises `UserError` where there is none that this version can read."""
    import json  # says where a mistake is

    try:
        data = json.loads(file.read_text("utf-8-sig"))
        if isinstance(data, dict) and data.get("version", VERSION) != VERSION:
            found = json.dumps(data["version"])
            raise UserError(f"{printed(file)}: a baseline of version {found}; this ticketaudit reads {VERSION}")
        return _combined(msgspec.convert(data, Baseline))
    except FileNotFoundError:
        raise UserError(f"{printed(file)}: no such baseline; `ticketaudit baseline create` writes one") from None
    except OSError as error:
        raise UserError(f"{printed(file)}: cannot be read: {reason(error)}") from None
    except json.JSONDecodeError as error:
        place = f"{printed(file)}:{error.lineno}:{error.colno}"
        raise UserError(f"{place}: no baseline: {error.msg[:1].lower()}{error.msg[1:]}") from None
    except (ValueError, RecursionError) as error:
        raise UserError(f"{printed(file)}: no baseline: {reason(error)}") from None


def _combined(baseline: Baseline) -> Baseline:
    """The entries with those of one fingerprint added up, which a merge can leave behind."""
    entries: dict[str, Entry] = {}
    for entry in baseline.diagnostics:
        known = entries.get(entry.fingerprint)
        entries[entry.fingerprint] = msgspec.structs.replace(entry, count=entry.count + (known.count if known else 0))
    return _baseline(entries.values())


def _baseline(entries: Iterable[Entry]) -> Baseline:
    return Baseline(VERSION, tuple(sorted(entries, key=_by_ticket)))


def _by_ticket(entry: Entry) -> tuple[Any, ...]:
    return (entry.ticket or entry.path, entry.rule, entry.fingerprint)


def _relative(path: str, folder: Path) -> str:
    try:
        return os.path.relpath(path, folder).replace(os.sep, "/")
    except ValueError:  # on another drive
        return path
