"""What several formats say of a diagnostic in the same way."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from ticketaudit.report import Diagnostic
from ticketaudit.terminal import Output


def data(diagnostic: Diagnostic) -> dict[str, Any]:
    """A diagnostic as JSON has it. Its keys are a promise, so each is written out here."""
    return {
        "name": diagnostic.name,
        "level": diagnostic.level.value,
        "message": diagnostic.message,
        "path": diagnostic.path,
        "line": diagnostic.span.line,
        "column": diagnostic.span.column,
        "end_line": diagnostic.span.end_line,
        "end_column": diagnostic.span.end_column,
        "ticket": diagnostic.ticket,
        "section": diagnostic.section,
        "fingerprint": diagnostic.fingerprint,
        "url": None,
    }


def in_repository(path: str, output: Output) -> str:
    """A printed path as it is from the root of the repository, where platforms expect it to begin."""
    return posixpath.normpath(posixpath.join(output.folder, path))


def numbered(diagnostics: Iterable[Diagnostic]) -> Iterator[tuple[Diagnostic, int]]:
    """Each diagnostic with its number, from 1, among those that have its fingerprint: like ones share one."""
    seen: Counter[str] = Counter()
    for diagnostic in diagnostics:
        seen[diagnostic.fingerprint] += 1
        yield diagnostic, seen[diagnostic.fingerprint]
