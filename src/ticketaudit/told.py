"""What a run tells of a file in the end: what rules say of it, what comparing it came to, what its comments accept."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

import msgspec

from ticketaudit.corpus import Corpus
from ticketaudit.examine import confirmed, diagnosed
from ticketaudit.examined import Examined, Said
from ticketaudit.report import Diagnostic, Outcome, in_order, order
from ticketaudit.rule import Comparison, Problem
from ticketaudit.rules import ALL
from ticketaudit.settings import ActiveRule
from ticketaudit.suppress import Usage, problems_of
from ticketaudit.suppression import Suppression
from ticketaudit.text import Source
from ticketaudit.ticket import Ticket

_FAMILIES: Final = {rule.name: rule.family for rule in ALL}
_SELECTORS: Final = frozenset([*_FAMILIES, *_FAMILIES.values()])


class Teller:
    """Puts together what is told of files of a corpus; ``silent`` are the names of the rules that failed."""

    def __init__(self, corpus: Corpus, rules: Sequence[ActiveRule], silent: Collection[str] = ()) -> None:
        self._corpus = corpus
        comparing = [active for active in rules if isinstance(active.rule.check, Comparison)]
        self._noted = {active.rule.name: (active, place) for place, active in enumerate(comparing)}
        self._rules = {active.rule.name: active for active in rules if active.rule.name not in silent}

    def told(
        self, path: str, file: Examined | None, outcomes: Iterable[Outcome], more: Iterable[Diagnostic] = ()
    ) -> list[Diagnostic]:
        """The diagnostics of a file in their order, each once; those that a comment accepts are marked.

        ``file`` is None where it holds no ticket; ``more`` is what was found besides.
        """
        if file is None:
            return in_order(more)
        said = file.said()
        own = [said.tickets[ticket.place].diagnostics for ticket in file.outline.tickets]
        # One ticket has its diagnostics in order, and no two that are the same.
        found = list(own[0]) if len(own) == 1 else in_order(each for of_ticket in own for each in of_ticket)
        compared = [*self._confirmed(path, said, outcomes), *more]
        if compared:
            found = sorted([*found, *dict.fromkeys(compared)], key=order)
        if not said.suppressions:
            return found
        about = self._of_suppressions(path, said.suppressions, found)
        return in_order([*(_marked(each, said.suppressions) for each in found), *about])

    def _confirmed(self, path: str, said: Said, outcomes: Iterable[Outcome]) -> Iterator[Diagnostic]:
        for outcome in outcomes:
            active, noted = self._noted[outcome.rule]
            yield confirmed(active, path, said.tickets[outcome.ticket], noted, outcome.number, outcome.message)

    def _of_suppressions(
        self, path: str, suppressions: Sequence[Suppression], found: Iterable[Diagnostic]
    ) -> Iterator[Diagnostic]:
        """What the rules about suppressions say: they come last, and nothing suppresses them."""
        used = {
            (each, word)
            for diagnostic in found
            for each, words in _accepting(diagnostic, suppressions)
            for word in words
        }
        usage = Usage(suppressions, sorted({*self._rules, *_SELECTORS}), self._ran, used)
        for active in self._rules.values():
            for _, problem in problems_of(active.rule.name, usage):
                if active.speaks_of(path):
                    around = self._corpus.only([path]).tickets
                    ticket = next((each for each in around if each.line <= problem.line <= each.end_line), None)
                    yield diagnostic(self._corpus, active, problem, path, ticket)

    def _ran(self, word: str, path: str) -> bool:
        """Whether a rule, or all of a family, would have said what is wrong in a file."""
        meant = [name for name, family in _FAMILIES.items() if word in (name, family)] or [word]
        return all(self._would_say(self._rules.get(name), path) for name in meant)

    def _would_say(self, active: ActiveRule | None, path: str) -> bool:
        return active is not None and active.speaks_of(path) and (self._corpus.complete or not active.rule.compares)


def diagnostic(
    corpus: Corpus, active: ActiveRule, problem: Problem, path: str, ticket: Ticket | None = None
) -> Diagnostic:
    """What a rule says of a place in one of the corpus' sources; ``ticket`` is the one that stands there, if any."""
    return diagnosed(active, problem, source_of(corpus, path), ticket)


def source_of(corpus: Corpus, path: str) -> Source:
    """The text of a file; none of one that is not in the corpus."""
    return corpus.sources.get(path) or Source(path, ())


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
