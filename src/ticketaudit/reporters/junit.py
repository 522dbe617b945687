"""JUnit XML: a suite for each file, and in it a test case for each diagnostic.

Errors and warnings are failures; notes are cases that pass and say something; what is accepted is
skipped, with the reason. A file without any diagnostic is one case that passes. There are no times
and no dates: the same tickets give the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from xml.etree import ElementTree  # XML is written here and never read  # nosec B405

from ticketaudit.report import Diagnostic, Report, order
from ticketaudit.rule import Level
from ticketaudit.terminal import Output, clean

#: What XML has no place for besides the characters that `clean` takes away.
_NO_CHARACTERS: Final = str.maketrans("", "", "\ufffe\uffff")


def write(report: Report, output: Output) -> None:
    """Write the document, also where nothing was found."""
    every = sorted((*report.diagnostics, *report.accepted), key=order)
    by_path: dict[str, list[Diagnostic]] = {ticket.path: [] for ticket in report.corpus.tickets}
    for diagnostic in every:
        by_path.setdefault(diagnostic.path, []).append(diagnostic)
    passing = sum(not diagnostics for diagnostics in by_path.values())
    root = ElementTree.Element("testsuites", {"name": "ticketaudit", **_counts(every, passing)})
    for path in sorted(by_path):
        _suite(root, path, by_path[path])
    ElementTree.indent(root)
    output.stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    output.stream.write(ElementTree.tostring(root, encoding="unicode") + "\n")


def _counts(diagnostics: Sequence[Diagnostic], passing: int) -> dict[str, str]:
    failures = sum(_fails(diagnostic) for diagnostic in diagnostics)
    return {"tests": str(len(diagnostics) + passing), "failures": str(failures), "errors": "0"}


def _suite(root: ElementTree.Element, path: str, diagnostics: Sequence[Diagnostic]) -> None:
    skipped = str(sum(_is_accepted(diagnostic) for diagnostic in diagnostics))
    counts = _counts(diagnostics, passing=not diagnostics)
    suite = ElementTree.SubElement(root, "testsuite", {"name": _text(path), **counts, "skipped": skipped})
    if not diagnostics:
        ElementTree.SubElement(suite, "testcase", name="no problems", classname=_text(path))
    for diagnostic in diagnostics:
        _case(suite, diagnostic)


def _case(suite: ElementTree.Element, diagnostic: Diagnostic) -> None:
    message, place = _text(diagnostic.message), f"{_text(diagnostic.path)}:{diagnostic.span.line}"
    name = f"{diagnostic.name} ({diagnostic.span.line}:{diagnostic.span.column})"
    case = ElementTree.SubElement(suite, "testcase", name=name, classname=_text(diagnostic.path))
    if _is_accepted(diagnostic):
        reason = "in the baseline" if diagnostic.baselined else diagnostic.suppressed or "suppressed"
        ElementTree.SubElement(case, "skipped", message=_text(reason))
    elif _fails(diagnostic):
        failure = ElementTree.SubElement(case, "failure", type=diagnostic.level.value, message=message)
        failure.text = f"{place}: {message}"
    else:
        ElementTree.SubElement(case, "system-out").text = f"{place}: {message}"


def _fails(diagnostic: Diagnostic) -> bool:
    return diagnostic.level is not Level.NOTE and not _is_accepted(diagnostic)


def _is_accepted(diagnostic: Diagnostic) -> bool:
    return diagnostic.baselined or diagnostic.suppressed is not None


def _text(text: str) -> str:
    """The text on one line, of characters that XML knows."""
    return clean(text).translate(_NO_CHARACTERS)
