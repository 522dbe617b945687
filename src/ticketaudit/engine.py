"""The audit: from a corpus and the rules that somebody chose to a report. No file, no clock, no terminal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType

import msgspec

from ticketaudit.corpus import Corpus
from ticketaudit.examine import (
    Audited,
    Examined,
    confirmed,
    diagnosed,
    examine,
    examine_again,
    failure,
    note_decoder,
)
from ticketaudit.report import Diagnostic, Failure, Report, in_order, order
from ticketaudit.rule import Comparison, EachTicket, EachWithSource, Known, Noted, Problem
from ticketaudit.rules import ALL
from ticketaudit.settings import ActiveRule
from ticketaudit.suppress import Usage, problems_of
from ticketaudit.suppression import Suppression
from ticketaudit.text import Source
from ticketaudit.ticket import Ticket

#: The rule in whose name a file is reported that should hold a ticket and holds none, or that is not read. No rule can
#: find it, since rules look at tickets; it is selected, ignored and graded like the rest of the rule.
NO_TICKET_RULE = "malformed-ticket"

_FAMILIES = {rule.name: rule.family for rule in ALL}

#: What is said of the files of a corpus, by their paths.
Files = Mapping[str, Examined]


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
    compared = _compared(corpus, rules, examined, failed)
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
    sound = [active for active in rules if active.rule.name not in unsound]
    diagnostics, accepted = _sorted_out(corpus, sound, _by_path(examined, compared), examined)
    return Report(
        corpus=corpus,
        files=len(corpus.sources) if files is None else files,
        rules=tuple(active.rule for active in rules),
        diagnostics=tuple(diagnostics),
        accepted=tuple(accepted),
        passed_over=passed_over,
        complete=not failed,
        failures=tuple(failure for _, failure in failed),
    )


def _examined(
    corpus: Corpus, rules: Sequence[ActiveRule], known: Files, failed: list[tuple[ActiveRule, Failure]]
) -> Files:
    """What rules say of the tickets of a corpus, file by file; where one failed before, it is asked again."""
    known = {path: known[path] for path in corpus.sources if path in known and known[path].is_sound}
    if known.keys() == corpus.sources.keys() and corpus.code is None:
        return known
    by_path: dict[str, list[Ticket]] = {path: [] for path in corpus.sources}
    for ticket in corpus.tickets:
        by_path.setdefault(ticket.path, []).append(ticket)

    def said(path: str, tickets: Sequence[Ticket]) -> Examined:
        if path not in known:
            return examine(_source(corpus, path), tickets, rules, corpus.vocabulary, corpus.code, failed)
        if corpus.code is None:
            return known[path]
        source = partial(_source, corpus, path)
        return examine_again(known[path], source, tickets, rules, corpus.vocabulary, corpus.code, failed)

    return {path: said(path, tickets) for path, tickets in by_path.items()}


def _compared(
    corpus: Corpus, rules: Sequence[ActiveRule], examined: Files, failed: list[tuple[ActiveRule, Failure]]
) -> list[Diagnostic]:
    """What is wrong with tickets beside others; a rule that failed says nothing: nobody knows what it had not seen."""
    tickets = [(path, ticket) for path, file in examined.items() for ticket in file.tickets]
    ids = {ticket.id.upper() for _, ticket in tickets if ticket.id}
    known = Known(ids, corpus.reports, corpus.complete)
    unsound = {active.rule.name for active, _ in failed}
    place = -1  # of the rule among those that compare
    found: list[Diagnostic] = []
    for active in rules:
        check = active.rule.check
        try:
            if isinstance(check, Comparison):
                place += 1
                if active.rule.name not in unsound:
                    found += list(_judged(active, check, place, tickets, known))
            elif not isinstance(check, EachTicket | EachWithSource):
                found += list(_of_corpus(corpus, active))
        except Exception as error:
            failed.append((active, failure(error, active)))
    return found


def _judged(
    active: ActiveRule, check: Comparison, place: int, tickets: Iterable[tuple[str, Audited]], known: Known
) -> Iterator[Diagnostic]:
    """What a rule says that compares tickets by what it noted of them."""
    decode = note_decoder(check.facts).decode
    notes = ((path, ticket.id, decode(ticket.notes[place])) for path, ticket in tickets)
    noted = [Noted(path, ident, note.facts, note) for path, ident, note in notes if note]
    for each, number, message in check.judge(noted, known, active.options):
        if active.speaks_of(each.path):
            yield confirmed(active, each, number, message)


def _of_corpus(corpus: Corpus, active: ActiveRule) -> Iterator[Diagnostic]:
    """What a rule says that looks at the corpus itself."""
    for ticket, problem in active.rule.check(corpus, active.options):
        if active.speaks_of(ticket.path):
            yield diagnostic(corpus, active, problem, ticket.path, ticket)


def _by_path(examined: Files, compared: Iterable[Diagnostic]) -> dict[str, Sequence[Diagnostic]]:
    """All that was found, each once, in order."""
    more: defaultdict[str, list[Diagnostic]] = defaultdict(list)
    for each in compared:
        more[each.path].append(each)
    found: dict[str, Sequence[Diagnostic]] = {}
    for path in sorted({*examined, *more}):
        tickets = examined[path].tickets if path in examined else ()
        # One ticket has its diagnostics in order, and no two that are the same.
        own = (
            tickets[0].diagnostics
            if len(tickets) == 1
            else in_order(each for one in tickets for each in one.diagnostics)
        )
        found[path] = sorted([*own, *dict.fromkeys(more[path])], key=order) if path in more else own
    return found


def _sorted_out(
    corpus: Corpus, rules: Sequence[ActiveRule], found: Mapping[str, Sequence[Diagnostic]], examined: Files
) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """The diagnostics that count and those that are suppressed, with what there is to say about suppressions."""
    suppressions = {path: file.suppressions for path, file in examined.items() if file.suppressions}
    affected = [each for path in suppressions for each in found.get(path, ())]
    about = _of_suppressions(corpus, rules, suppressions, affected) if suppressions else ()
    counting: list[Diagnostic] = []
    for path in sorted({*found, *suppressions}):
        if path in suppressions:
            marked = [_marked(each, suppressions[path]) for each in found.get(path, ())]
            mentioned = [each for each in about if each.path == path]
            counting += in_order((*marked, *mentioned))
        else:
            counting += found[path]
    accepted = [each for each in counting if each.suppressed is not None]
    return ([each for each in counting if each.suppressed is None] if accepted else counting), accepted


def _of_file(corpus: Corpus, active: ActiveRule, path: str, message: str) -> Diagnostic:
    return diagnostic(corpus, active, Problem(1, message, subject=message), path)


def _of_suppressions(
    corpus: Corpus,
    rules: Sequence[ActiveRule],
    suppressions: Mapping[str, Sequence[Suppression]],
    found: Iterable[Diagnostic],
) -> list[Diagnostic]:
    """What the rules about suppressions say: they come last, and nothing suppresses them."""
    by_name = {active.rule.name: active for active in rules}

    def ran(word: str, path: str) -> bool:
        meant = [name for name, family in _FAMILIES.items() if word in (name, family)] or [word]
        return all(would_say(by_name.get(name), path) for name in meant)

    def would_say(active: ActiveRule | None, path: str) -> bool:
        return active is not None and active.speaks_of(path) and (corpus.complete or not active.rule.compares)

    known = sorted({*by_name, *_FAMILIES, *_FAMILIES.values()})
    used = {
        (each, word)
        for diagnostic in found
        for each, words in _accepting(diagnostic, suppressions.get(diagnostic.path, ()))
        for word in words
    }
    usage = Usage([each for of_file in suppressions.values() for each in of_file], known, ran, used)
    said = []
    for active in rules:
        for suppression, problem in problems_of(active.rule.name, usage):
            if active.speaks_of(suppression.path):
                around = corpus.by_path.get(suppression.path, ())
                ticket = next((each for each in around if each.line <= problem.line <= each.end_line), None)
                said.append(diagnostic(corpus, active, problem, suppression.path, ticket))
    return said


def _marked(diagnostic: Diagnostic, suppressions: Iterable[Suppression]) -> Diagnostic:
    found = next(_accepting(diagnostic, suppressions), None)
    return msgspec.structs.replace(diagnostic, suppressed=found[0].reason) if found else diagnostic


def _accepting(
    diagnostic: Diagnostic, suppressions: Iterable[Suppression]
) -> Iterator[tuple[Suppression, tuple[str, ...]]]:
    """The suppressions that accept a diagnostic, each with the words of it that do."""
    names = {diagnostic.name, _FAMILIES.get(diagnostic.name, diagnostic.name)}
    for suppression in suppressions:
        words = suppression.accepts(names, diagnostic.path, diagnostic.span.line)
        if words:
            yield suppression, words


def diagnostic(
    corpus: Corpus, active: ActiveRule, problem: Problem, path: str, ticket: Ticket | None = None
) -> Diagnostic:
    """What a rule says of a place in one of the corpus' sources; ``ticket`` is the one that stands there, if any."""
    return diagnosed(active, problem, _source(corpus, path), ticket)


def _source(corpus: Corpus, path: str) -> Source:
    return corpus.sources.get(path) or Source(path, ())
