"""SARIF 2.1.0, which code scanning platforms and editors read.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html, and what
GitHub asks for beyond it:
https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
"""

from __future__ import annotations

from collections.abc import Mapping
from heapq import merge
from typing import Any, Final
from urllib.parse import quote

from ticketaudit import __version__
from ticketaudit.manual import page
from ticketaudit.pretty import compact, pretty_json
from ticketaudit.report import Diagnostic, Report, order
from ticketaudit.reporters.parts import in_repository, numbered
from ticketaudit.rule import Level, Rule
from ticketaudit.terminal import Output

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_HOME: Final = "https://pypi.org/project/ticketaudit/"
#: What GitHub calls the levels where it filters.
_GITHUB_LEVELS: Final = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "recommendation"}


def write(report: Report, output: Output) -> None:
    """Write the log, also where nothing was found."""
    rules = {rule.name: index for index, rule in enumerate(report.rules)}
    every = numbered(merge(report.diagnostics, report.accepted, key=order))
    run = {
        "tool": {
            "driver": {
                "name": "ticketaudit",
                "version": __version__,
                "semanticVersion": __version__,
                "informationUri": _HOME,
                "rules": [_rule(rule) for rule in report.rules],
            }
        },
        # Told apart from other analyses of the same commit.
        "automationDetails": {"id": "ticketaudit/"},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": report.complete}],
        "results": [compact(_result(diagnostic, number, rules, report, output)) for diagnostic, number in every],
    }
    output.stream.write(pretty_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}))


def _rule(rule: Rule) -> dict[str, Any]:
    manual = page(rule)
    return {
        "id": rule.name,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": _introduction(rule)},
        "help": {"text": manual, "markdown": manual},
        "defaultConfiguration": {"level": rule.level.value},
        "properties": {"tags": [rule.family], "problem.severity": _GITHUB_LEVELS[rule.level], "precision": "high"},
    }


def _introduction(rule: Rule) -> str:
    """The first two paragraphs of a manual on one line each: what the rule says, and why."""
    paragraphs = rule.manual.strip().split("\n\n")[:2]
    return "\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def _result(
    diagnostic: Diagnostic, number: int, rules: Mapping[str, int], report: Report, output: Output
) -> dict[str, Any]:
    fingerprint = f"{diagnostic.fingerprint}:{number}"
    result: dict[str, Any] = {
        "ruleId": diagnostic.name,
        "ruleIndex": rules[diagnostic.name],
        "level": diagnostic.level.value,
        "message": {"text": _without_links(diagnostic.message)},
        "locations": [_location(diagnostic, output)],
        # GitHub follows a result by the second name, and would else make one of the line's text.
        "partialFingerprints": {"ticketaudit/v1": fingerprint, "primaryLocationLineHash": fingerprint},
        "suppressions": _suppressions(diagnostic),
    }
    if report.compared:
        result["baselineState"] = "unchanged" if diagnostic.baselined else "new"
    return result


def _without_links(message: str) -> str:
    """A message in which nothing reads as an embedded link (§3.11.6).

    This version of SARIF has no escape for what is none, and viewers do not know that of the next: so an empty
    character stands inside.
    """
    return message.replace("](", "]\u200b(")


def _suppressions(diagnostic: Diagnostic) -> list[dict[str, str]]:
    """Why a result counts for nothing; that there is nothing here says that somebody looked (§3.27.23)."""
    found = []
    if diagnostic.suppressed is not None:
        reason = {"justification": diagnostic.suppressed} if diagnostic.suppressed else {}
        found.append({"kind": "inSource", **reason})
    if diagnostic.baselined:
        found.append({"kind": "external", "justification": "in the baseline"})
    return found


def _location(diagnostic: Diagnostic, output: Output) -> dict[str, Any]:
    span = diagnostic.span
    region: dict[str, Any] = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
        "snippet": {"text": diagnostic.source[span.column - 1 : span.end_column - 1]},
    }
    context = {"startLine": span.line, "snippet": {"text": diagnostic.source}}
    artifact = {"uri": quote(in_repository(diagnostic.path, output)), "uriBaseId": "%SRCROOT%"}
    location: dict[str, Any] = {
        "physicalLocation": {"artifactLocation": artifact, "region": region, "contextRegion": context}
    }
    if diagnostic.ticket:
        location["logicalLocations"] = [{"name": diagnostic.ticket, "kind": "ticket"}]
    return location
