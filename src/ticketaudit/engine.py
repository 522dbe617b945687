"""The audit: from a corpus and the rules that somebody chose to a report. No file, no clock, no terminal."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from ticketaudit.corpus import Corpus
from ticketaudit.edits import Edit, edit_of
from ticketaudit.report import Diagnostic, Failure, Report, order
from ticketaudit.rule import Fix, Problem
from ticketaudit.rules import ALL
from ticketaudit.settings import ActiveRule
from ticketaudit.suppress import Usage, problems_of, read_suppressions
from ticketaudit.suppression import Suppression
from ticketaudit.text import Source
from ticketaudit.ticket import Ticket

#: The rule in whose name a file is reported that should hold a ticket and holds none. No rule can
#: find it, since rules look at tickets; it is selected, ignored and graded like the rest of the rule.
NO_TICKET_RULE = "malformed-ticket"
_FAMILIES = {rule.name: rule.family for rule in ALL}
#: The suppressions of each file, by its path.
_Suppressions = Mapping[str, Sequence[Suppression]]


def audit(
    corpus: Corpus,
    rules: Sequence[ActiveRule],
    *,
    files: int | None = None,
    without_ticket: Iterable[str] = (),
    paths: Collection[str] | None = None,
) -> Report:
    """Run rules over a corpus.

    ``files`` is how many files were read (None: those of the corpus); ``without_ticket`` are the
    paths, as printed, of files that should hold a ticket and hold none. ``paths`` are the files to
    report on (None: all): the rest of the corpus is there to compare with.
    """
    passed_over = tuple(active.rule for active in rules if active.rule.needs_source and corpus.code is None)
    rules = [active for active in rules if active.rule not in passed_over]
    said = [(active, *_of_rule(corpus, active)) for active in rules]
    found = [diagnostic for _, diagnostics, _ in said for diagnostic in diagnostics]
    failures = tuple(failure for _, _, failed in said for failure in failed)
    sound = [active for active, _, failed in said if not failed]
    for active in rules:
        if active.rule.name == NO_TICKET_RULE:
            found += [_without_ticket(corpus, active, path) for path in without_ticket if active.speaks_of(path)]
    if paths is not None:
        corpus = corpus.only(paths)
        found = [diagnostic for diagnostic in found if diagnostic.path in paths]
    suppressions = _suppressions(corpus)
    marked = [_marked(diagnostic, suppressions) for diagnostic in found]
    about = _of_suppressions(corpus, sound, suppressions, found) if any(suppressions.values()) else ()
    in_order = sorted(dict.fromkeys((*marked, *about)), key=order)
    return Report(
        corpus=corpus,
        files=len(corpus.sources) if files is None else files,
        rules=tuple(active.rule for active in rules),
        diagnostics=tuple(diagnostic for diagnostic in in_order if diagnostic.suppressed is None),
        accepted=tuple(diagnostic for diagnostic in in_order if diagnostic.suppressed is not None),
        passed_over=passed_over,
        complete=not failures,
        failures=failures,
    )


def _of_rule(corpus: Corpus, active: ActiveRule) -> tuple[list[Diagnostic], list[Failure]]:
    """What a rule says, and where it failed: a defect of it costs what it would have said of that ticket.

    A rule that compares tickets says nothing then: nobody knows what it had not seen yet.
    """
    try:
        return list(_said(corpus, active)), []
    except Exception as error:
        if active.rule.compares:
            return [], [_failure(error, active)]
    found: list[Diagnostic] = []
    failures: list[Failure] = []
    for ticket in corpus.tickets:
        try:
            found += _said(replace(corpus, tickets=(ticket,)), active)
        except Exception as error:
            failures.append(_failure(error, active, ticket))
    return found, failures


def _said(corpus: Corpus, active: ActiveRule) -> Iterator[Diagnostic]:
    for ticket, problem in active.rule.check(corpus, active.options):
        if active.speaks_of(ticket.path):
            yield diagnostic(corpus, active, problem, ticket.path, ticket)


def _failure(error: Exception, active: ActiveRule, ticket: Ticket | None = None) -> Failure:
    error.add_note(f"in the rule {active.rule.name}" + (f", ticket {ticket.name}" if ticket else ""))
    return Failure(ticket.path if ticket else None, error)


def _without_ticket(corpus: Corpus, active: ActiveRule, path: str) -> Diagnostic:
    message = "the file holds no ticket"
    return diagnostic(corpus, active, Problem(1, message, subject=message), path)


def _suppressions(corpus: Corpus) -> _Suppressions:
    tickets = corpus.by_path
    return {
        path: read_suppressions(source, {ticket.line for ticket in tickets.get(path, ())})
        for path, source in corpus.sources.items()
    }


def _of_suppressions(
    corpus: Corpus, rules: Sequence[ActiveRule], suppressions: _Suppressions, found: Iterable[Diagnostic]
) -> Iterator[Diagnostic]:
    """What the rules about suppressions say: they come last, and nothing suppresses them."""
    by_name = {active.rule.name: active for active in rules}

    def ran(word: str, path: str) -> bool:
        meant = [name for name, family in _FAMILIES.items() if word in (name, family)] or [word]
        return all(would_say(by_name.get(name), path) for name in meant)

    def would_say(active: ActiveRule | None, path: str) -> bool:
        return active is not None and active.speaks_of(path) and (corpus.complete or not active.rule.compares)

    known = sorted({*by_name, *_FAMILIES, *_FAMILIES.values()})
    used = {
        (each, word) for diagnostic in found for each, words in _accepting(diagnostic, suppressions) for word in words
    }
    usage = Usage([each for of_file in suppressions.values() for each in of_file], known, ran, used)
    tickets = corpus.by_path
    for active in rules:
        for suppression, problem in problems_of(active.rule.name, usage):
            around = tickets.get(suppression.path, ())
            ticket = next((each for each in around if each.line <= problem.line <= each.end_line), None)
            if active.speaks_of(suppression.path):
                yield diagnostic(corpus, active, problem, suppression.path, ticket)


def _marked(diagnostic: Diagnostic, suppressions: _Suppressions) -> Diagnostic:
    found = next(_accepting(diagnostic, suppressions), None)
    return replace(diagnostic, suppressed=found[0].reason) if found else diagnostic


def _accepting(diagnostic: Diagnostic, suppressions: _Suppressions) -> Iterator[tuple[Suppression, tuple[str, ...]]]:
    """The suppressions that accept a diagnostic, each with the words of it that do."""
    names = {diagnostic.name, _FAMILIES.get(diagnostic.name, diagnostic.name)}
    for suppression in suppressions.get(diagnostic.path, ()):
        words = suppression.accepts(names, diagnostic.path, diagnostic.span.line)
        if words:
            yield suppression, words


def diagnostic(
    corpus: Corpus, active: ActiveRule, problem: Problem, path: str, ticket: Ticket | None = None
) -> Diagnostic:
    """What a rule says of a place in one of the corpus' sources; ``ticket`` is the one that stands there, if any."""
    source = corpus.sources.get(path) or Source(path, ())
    return Diagnostic(
        name=active.rule.name,
        level=active.level or problem.level or active.rule.level,
        message=problem.message,
        path=path,
        span=source.locate(problem.line, problem.mark),
        ticket=ticket.id if ticket else None,
        section=_section(ticket, problem.line) if ticket else None,
        fingerprint=_fingerprint(active.rule.name, ticket.name if ticket else path, problem.subject),
        source=source.line(problem.line),
        edits=tuple(filter(None, (_edit(source, fix) for fix in problem.fixes))),
    )


def _edit(source: Source, fix: Fix) -> Edit | None:
    line = source.line(fix.line)
    return edit_of(fix.line, line, fix.change(line), safe=fix.safe)


def _fingerprint(*identity: str) -> str:
    """A short name for rule, ticket and subject; like diagnostics have the same."""
    from hashlib import sha256

    return sha256("\0".join(identity).encode("utf-8", errors="surrogatepass")).hexdigest()[:16]


def _section(ticket: Ticket, line: int) -> str | None:
    """The title of the innermost section that holds a line."""
    section = ticket.section_at(line)
    return section.title if section else None
