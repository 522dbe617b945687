"""What a rule is: a name, a level, options, a check and a manual. Nothing here knows any rule."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

import msgspec

from ticketaudit.code.verified import Verified
from ticketaudit.corpus import Corpus
from ticketaudit.origins import ReviewReport
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary


class Level(StrEnum):
    """How bad a diagnostic is."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for note, 2 for error: levels compare by it."""
        return (Level.NOTE, Level.WARNING, Level.ERROR).index(self)


class Fix(msgspec.Struct, frozen=True):
    """How to put a line right: ``change`` gives its new text for its text, or the same where it cannot say.

    ``safe``: there is one right answer; otherwise somebody should look at it.
    """

    line: int
    change: Callable[[str], str]
    safe: bool = True


class Problem(msgspec.Struct, frozen=True):
    """What a rule found in a ticket.

    ``mark`` is the text on ``line`` that is meant, as the record has it; without one the whole line
    is. ``subject`` tells two problems of one rule in one ticket apart (a reviewer's name, say) and
    must survive edits elsewhere: it makes the fingerprint, the message does not. ``level`` replaces
    the rule's own, where some of its cases matter less. ``fixes`` put it right, all of them together.
    """

    line: int
    message: str
    subject: str = ""
    mark: str | None = None
    level: Level | None = None
    fixes: tuple[Fix, ...] = ()


class NoOptions(msgspec.Struct, frozen=True):
    """A rule without options."""


Check = Callable[[Corpus, Any], Iterator[tuple[Ticket, Problem]]]
TicketCheck = Callable[[Ticket, Any, Vocabulary], Iterator[Problem]]
SourceCheck = Callable[[Ticket, Verified | None, Any], Iterator[Problem]]


class Rule(msgspec.Struct, frozen=True):
    """A rule. ``options`` is a frozen struct whose defaults are the rule's; ``manual`` its Markdown.

    ``needs_source``: it can say nothing without the source tree, and is passed over where there is none.
    ``fixes``: it knows how to put some of what it finds right.
    """

    name: str
    family: str
    level: Level
    check: Check
    manual: str
    options: type = NoOptions
    needs_source: bool = False
    fixes: bool = False

    @property
    def asks_source(self) -> bool:
        """Whether the source tree makes a difference to what it says."""
        return isinstance(self.check, EachWithSource)

    @property
    def compares(self) -> bool:
        """Whether it compares tickets, so that it may be silent where only some of them are known."""
        return not isinstance(self.check, EachTicket | EachWithSource) and self.check is not by_engine

    @property
    def summary(self) -> str:
        """The manual's first line, which says in a sentence what the rule is about."""
        return self.manual.strip().split("\n", 1)[0]


def by_engine(corpus: Corpus, options: Any) -> Iterator[tuple[Ticket, Problem]]:
    """The check of a rule about the audit itself: the engine knows what is wrong when the other rules are done."""
    return iter(())


class EachTicket(msgspec.Struct, frozen=True):
    """The check of a corpus that checks one ticket after the other; ``rows``: also those that are only a row."""

    check: TicketCheck
    rows: bool = True

    def __call__(self, corpus: Corpus, options: Any) -> Iterator[tuple[Ticket, Problem]]:
        """The problems of all tickets."""
        for ticket in corpus.tickets:
            for problem in self.problems(ticket, options, corpus.vocabulary, None):
                yield ticket, problem

    def problems(
        self, ticket: Ticket, options: Any, vocabulary: Vocabulary, verified: Verified | None
    ) -> Iterator[Problem]:
        """The problems of one ticket."""
        return iter(()) if ticket.is_row and not self.rows else self.check(ticket, options, vocabulary)


def each_ticket(check: TicketCheck, *, rows: bool = True) -> Check:
    """Lift a check of one ticket to a check of the corpus.

    A check that asks for what only a document can have (a section, a checklist) leaves out the ``rows``.
    """
    return EachTicket(check, rows)


class EachWithSource(msgspec.Struct, frozen=True):
    """The check of a corpus that checks one ticket after the other, with what the source tree says to it."""

    check: SourceCheck
    rows: bool = True

    def __call__(self, corpus: Corpus, options: Any) -> Iterator[tuple[Ticket, Problem]]:
        """The problems of all tickets."""
        for ticket in corpus.tickets:
            for problem in self.problems(ticket, options, corpus.vocabulary, corpus.verified(ticket)):
                yield ticket, problem

    def problems(
        self, ticket: Ticket, options: Any, vocabulary: Vocabulary, verified: Verified | None
    ) -> Iterator[Problem]:
        """The problems of one ticket."""
        return iter(()) if ticket.is_row and not self.rows else self.check(ticket, verified, options)


def each_with_source(check: SourceCheck, *, rows: bool = True) -> Check:
    """Lift a check of one ticket and its verification, which is None where there is no source tree."""
    return EachWithSource(check, rows)


class Facts(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What a rule notes of a ticket to compare it with others by: nothing but text, numbers and tuples of them."""


class Noted(msgspec.Struct, frozen=True, gc=False):
    """What a rule noted of a ticket; ``origin`` tells whoever asks the rule which ticket that is."""

    path: str
    id: str | None
    facts: Any
    origin: Any


class Known(msgspec.Struct, frozen=True):
    """What is known of all tickets together.

    ``ids`` are in upper case; ``reports`` and ``complete`` are those of the corpus.
    """

    ids: Collection[str]
    reports: Mapping[str, ReviewReport | None]
    complete: bool


Note = Callable[[Ticket, Any, Vocabulary], tuple[Facts, tuple[Problem, ...]] | None]
Judge = Callable[[Sequence[Noted], Known, Any], Iterator[tuple[Noted, int, str]]]


class Comparison(msgspec.Struct, frozen=True):
    """The check of a corpus in two steps, the first of which is done once for a ticket that does not change.

    ``note`` gives what counts of one ticket, as ``facts``, and the problems that it may have, without a
    message: whether it has them depends on the others. ``judge`` sees what was noted of all tickets, and
    gives the ones that have a problem, with its number and its message.
    """

    facts: type[Facts]
    note: Note
    judge: Judge

    def __call__(self, corpus: Corpus, options: Any) -> Iterator[tuple[Ticket, Problem]]:
        """The problems of all tickets."""
        noted = []
        for ticket in corpus.tickets:
            found = self.note(ticket, options, corpus.vocabulary)
            if found:
                noted.append(Noted(ticket.path, ticket.id, found[0], (ticket, found[1])))
        known = Known(corpus.by_id.keys(), corpus.reports, corpus.complete)
        for each, number, message in self.judge(noted, known, options):
            ticket, problems = each.origin
            yield ticket, msgspec.structs.replace(problems[number], message=message)
