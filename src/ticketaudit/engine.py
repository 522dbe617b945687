"""The audit: from a corpus and the rules that somebody chose to a report. No file, no clock, no terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import NamedTuple

from ticketaudit.corpus import Corpus
from ticketaudit.report import Diagnostic, Report
from ticketaudit.rule import Problem
from ticketaudit.settings import ActiveRule
from ticketaudit.text import Source
from ticketaudit.ticket import Ticket

#: The rule in whose name a file is reported that should hold a ticket and holds none. No rule can
#: find it, since rules look at tickets; it is selected, ignored and graded like the rest of the rule.
NO_TICKET_RULE = "malformed-ticket"


class _Finding(NamedTuple):
    """A diagnostic that has no fingerprint yet, and what its fingerprint is of."""

    diagnostic: Diagnostic
    identity: tuple[str, str, str]


def audit(
    corpus: Corpus, rules: Sequence[ActiveRule], *, files: int | None = None, without_ticket: Iterable[str] = ()
) -> Report:
    """Run rules over a corpus.

    ``files`` is how many files were read (None: those of the corpus); ``without_ticket`` are the
    paths, as printed, of files that should hold a ticket and hold none.
    """
    findings = [finding for active in rules for finding in _problems(corpus, active)]
    for active in rules:
        if active.rule.name == NO_TICKET_RULE:
            findings += [_no_ticket(corpus, active, path) for path in without_ticket if active.speaks_of(path)]
    return Report(
        corpus=corpus,
        files=len(corpus.sources) if files is None else files,
        rules=tuple(active.rule for active in rules),
        diagnostics=tuple(_fingerprinted(sorted(findings, key=_order))),
    )


def _problems(corpus: Corpus, active: ActiveRule) -> Iterator[_Finding]:
    try:
        for ticket, problem in active.rule.check(corpus, active.options):
            if not active.speaks_of(ticket.path):
                continue
            diagnostic = _diagnostic(corpus, active, problem, ticket.path, ticket)
            yield _Finding(diagnostic, (active.rule.name, ticket.name, problem.subject))
    except Exception as error:
        error.add_note(f"in the rule {active.rule.name}")
        raise


def _no_ticket(corpus: Corpus, active: ActiveRule, path: str) -> _Finding:
    problem = Problem(1, "the file holds no ticket")
    return _Finding(_diagnostic(corpus, active, problem, path), (active.rule.name, path, problem.message))


def _diagnostic(
    corpus: Corpus, active: ActiveRule, problem: Problem, path: str, ticket: Ticket | None = None
) -> Diagnostic:
    source = corpus.sources.get(path) or Source(path, ())
    return Diagnostic(
        name=active.rule.name,
        level=active.level or problem.level or active.rule.level,
        message=problem.message,
        path=path,
        span=source.locate(problem.line, problem.mark),
        ticket=ticket.id if ticket else None,
        section=_section(ticket, problem.line) if ticket else None,
        fingerprint="",
        source=source.line(problem.line),
    )


def _section(ticket: Ticket, line: int) -> str | None:
    """The title of the innermost section that holds a line: of the last one to begin."""
    around = (section for section in ticket.sections if section.line <= line <= section.end_line)
    innermost = max(around, key=lambda section: section.line, default=None)
    return innermost.title if innermost else None


def _order(finding: _Finding) -> tuple[str, int, int, str, str]:
    diagnostic = finding.diagnostic
    return (diagnostic.path, diagnostic.span.line, diagnostic.span.column, diagnostic.name, diagnostic.message)


def _fingerprinted(findings: Iterable[_Finding]) -> Iterator[Diagnostic]:
    """Diagnostics with their fingerprints: of rule, ticket and subject, and the place among their equals."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for diagnostic, identity in findings:
        text = "\0".join((*identity, str(seen[identity])))
        seen[identity] += 1
        digest = sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()
        yield replace(diagnostic, fingerprint=digest[:16])
