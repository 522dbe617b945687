"""The audit: from a corpus and the rules that somebody chose to a report. No file, no clock, no terminal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from types import MappingProxyType

from ticketaudit.corpus import Corpus
from ticketaudit.examine import examine, examine_again, failure
from ticketaudit.examined import FACTS, Audited, Examined, facts_decoder
from ticketaudit.report import Diagnostic, Diagnostics, Failure, Outcome, Report
from ticketaudit.rule import Comparison, EachTicket, EachWithSource, Known, Noted, Problem
from ticketaudit.settings import ActiveRule
from ticketaudit.ticket import Ticket
from ticketaudit.told import Teller, diagnostic, source_of

#: The rule in whose name a file is reported that should hold a ticket and holds none, or that is not read. No rule can
#: find it, since rules look at tickets; it is selected, ignored and graded like the rest of the rule.
NO_TICKET_RULE = "malformed-ticket"

#: What is known of the files of a corpus, by their paths.
Files = Mapping[str, Examined]
#: A ticket: the path of its file, what counts of it, and its facts for each of the rules that compare.
_Ticket = tuple[str, Audited, tuple[bytes, ...]]


def audit(
    corpus: Corpus,
    rules: Sequence[ActiveRule],
    *,
    files: int | None = None,
    without_ticket: Iterable[str] = (),
    refused: Mapping[str, str] = MappingProxyType({}),
    paths: Collection[str] | None = None,
    examined: Files | None = None,
) -> Report:
    """Run rules over a corpus.

    ``files`` is how many files were read (None: those of the corpus); ``without_ticket`` are the
    paths, as printed, of files that should hold a ticket and hold none, ``refused`` those that are
    beyond the limits, and how. ``paths`` are the files to
    report on (None: all): the rest of the corpus is there to compare with. ``examined`` is what these
    rules say of each file's tickets without the source tree, where that is known already.
    """
    passed_over = tuple(active.rule for active in rules if active.rule.needs_source and corpus.code is None)
    rules = [active for active in rules if active.rule not in passed_over]
    failed: list[tuple[ActiveRule, Failure]] = []
    examined = _examined(corpus, rules, examined or {}, failed)
    outcomes, compared = _compared(corpus, rules, examined, failed)
    unsound = {active.rule.name for active, _ in failed}
    about = dict.fromkeys(without_ticket, "the file holds no ticket")
    about |= {path: f"the file is not read: {reason}" for path, reason in refused.items()}
    for active in rules:
        if active.rule.name == NO_TICKET_RULE:
            heard = ((path, message) for path, message in about.items() if active.speaks_of(path))
            compared += [_of_file(corpus, active, path, message) for path, message in heard]
    if paths is not None:
        corpus = corpus.only(paths)
        examined = {path: file for path, file in examined.items() if path in paths}
        compared = [diagnostic for diagnostic in compared if diagnostic.path in paths]
    teller = Teller(corpus, rules, unsound)
    more: defaultdict[str, list[Diagnostic]] = defaultdict(list)
    for each in compared:
        more[each.path].append(each)

    def told(path: str) -> list[Diagnostic]:
        return teller.told(path, examined.get(path), outcomes.get(path, ()), more.get(path, ()))

    found = sorted({*examined, *more})
    accepting = (path for path in found if path in examined and examined[path].outline.accepts)
    return Report(
        corpus=corpus,
        files=len(corpus.sources) if files is None else files,
        rules=tuple(active.rule for active in rules),
        diagnostics=Diagnostics(found, lambda path: [each for each in told(path) if each.suppressed is None]),
        accepted=tuple(each for path in accepting for each in told(path) if each.suppressed is not None),
        passed_over=passed_over,
        complete=not failed,
        failures=tuple(failure for _, failure in failed),
        outcomes=outcomes,
    )


def _examined(
    corpus: Corpus, rules: Sequence[ActiveRule], known: Files, failed: list[tuple[ActiveRule, Failure]]
) -> Files:
    """What rules say of the tickets of a corpus, file by file; where one failed before, it is asked again."""
    known = {path: known[path] for path in corpus.sources if path in known and known[path].outline.is_sound}
    if known.keys() == corpus.sources.keys() and corpus.code is None:
        return known
    by_path: dict[str, list[Ticket]] = {path: [] for path in corpus.sources}
    for ticket in corpus.tickets:
        by_path.setdefault(ticket.path, []).append(ticket)

    def said(path: str, tickets: Sequence[Ticket]) -> Examined:
        if path not in known:
            return examine(source_of(corpus, path), tickets, rules, corpus.vocabulary, corpus.code, failed)
        if corpus.code is None:
            return known[path]
        source = partial(source_of, corpus, path)
        return examine_again(known[path], source, tickets, rules, corpus.vocabulary, corpus.code, failed)

    return {path: said(path, tickets) for path, tickets in by_path.items()}


def _compared(
    corpus: Corpus, rules: Sequence[ActiveRule], examined: Files, failed: list[tuple[ActiveRule, Failure]]
) -> tuple[Mapping[str, Sequence[Outcome]], list[Diagnostic]]:
    """What is wrong with tickets beside others; a rule that failed says nothing: nobody knows what it had not seen.

    By their files, for the rules that note what they compare tickets by; and the diagnostics of the rules that look
    at the corpus itself.
    """
    tickets = [
        (path, ticket, FACTS.decode(ticket.facts)) for path, file in examined.items() for ticket in file.outline.tickets
    ]
    ids = {ticket.id.upper() for _, ticket, _ in tickets if ticket.id}
    known = Known(ids, corpus.reports, corpus.complete)
    unsound = {active.rule.name for active, _ in failed}
    place = -1  # of the rule among those that compare
    outcomes: defaultdict[str, list[Outcome]] = defaultdict(list)
    found: list[Diagnostic] = []
    for active in rules:
        check = active.rule.check
        try:
            if isinstance(check, Comparison):
                place += 1
                if active.rule.name not in unsound:
                    for path, outcome in list(_judged(active, check, place, tickets, known)):
                        outcomes[path].append(outcome)
            elif not isinstance(check, EachTicket | EachWithSource):
                found += list(_of_corpus(corpus, active))
        except Exception as error:
            failed.append((active, failure(error, active)))
    return outcomes, found


def _judged(
    active: ActiveRule, check: Comparison, place: int, tickets: Sequence[_Ticket], known: Known
) -> Iterator[tuple[str, Outcome]]:
    """What a rule says that compares tickets by what it noted of them."""
    decoded = cache(facts_decoder(check.facts).decode)  # many tickets have the same
    facts = ((path, ticket, decoded(every[place])) for path, ticket, every in tickets)
    noted = [Noted(path, ticket.id, own, ticket.place) for path, ticket, own in facts if own]
    for each, number, message in check.judge(noted, known, active.options):
        if active.speaks_of(each.path):
            yield each.path, Outcome(active.rule.name, each.origin, number, message)


def _of_corpus(corpus: Corpus, active: ActiveRule) -> Iterator[Diagnostic]:
    """What a rule says that looks at the corpus itself."""
    for ticket, problem in active.rule.check(corpus, active.options):
        if active.speaks_of(ticket.path):
            yield diagnostic(corpus, active, problem, ticket.path, ticket)


def _of_file(corpus: Corpus, active: ActiveRule, path: str, message: str) -> Diagnostic:
    return diagnostic(corpus, active, Problem(1, message, subject=message), path)
