"""Asks rules about one file: what they say of its tickets, and what they note to compare them by.

It depends on the file and the settings alone, so it can be worked out in another process, and kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from ticketaudit.code.verified import Verified
from ticketaudit.edits import Edit, edit_of
from ticketaudit.examined import ENCODER, POSSIBLE, Audited, Examined, Outline, Place, Possible, Said, SaidOf
from ticketaudit.report import Diagnostic, Failure, in_order
from ticketaudit.rule import Comparison, EachTicket, EachWithSource, Facts, Fix, Level, Problem
from ticketaudit.settings import ActiveRule
from ticketaudit.suppress import read_suppressions
from ticketaudit.text import Source
from ticketaudit.ticket import LONGEST_NAME, Ticket
from ticketaudit.vocabulary import Vocabulary


def examine(
    source: Source,
    tickets: Sequence[Ticket],
    rules: Sequence[ActiveRule],
    vocabulary: Vocabulary,
    code: Mapping[tuple[str, int], Verified] | None = None,
    failures: list[tuple[ActiveRule, Failure]] | None = None,
) -> Examined:
    """What rules say of the tickets of a file, one by one; ``code`` is that of the corpus.

    A defect of a rule costs what it would have said of that ticket, and is added to ``failures``.
    """
    failed = [] if failures is None else failures
    before = len(failed)
    asked = _Asked(lambda: source, rules, vocabulary, code or {}, failed)
    asked_about = [asked.audited(number, ticket) for number, ticket in enumerate(tickets)]
    said = Said(
        tickets=tuple(said for _, said in asked_about),
        suppressions=read_suppressions(source, {ticket.line for ticket in tickets}),
    )
    outline = Outline(
        is_report=False,
        is_read=True,
        is_sound=len(failed) == before,
        accepts=bool(said.suppressions),
        tickets=tuple(audited for audited, _ in asked_about),
    )
    return Examined(outline, lambda: said)


def examine_again(
    known: Examined,
    source: Callable[[], Source],
    tickets: Sequence[Ticket],
    rules: Sequence[ActiveRule],
    vocabulary: Vocabulary,
    code: Mapping[tuple[str, int], Verified],
    failures: list[tuple[ActiveRule, Failure]],
) -> Examined:
    """The same of a file of which it is known what rules say without the source tree: those that ask it are asked."""
    before = len(failures)
    asking = [active for active in rules if active.rule.asks_source]
    asked = _Asked(source, asking, vocabulary, code, failures)
    said = known.said()
    places = [ticket.place for ticket in known.outline.tickets]
    renewed = list(said.tickets)
    for ticket, place in zip(tickets, places, strict=True):
        renewed[place] = asked.again(ticket, said.tickets[place])
    said = msgspec.structs.replace(said, tickets=tuple(renewed))
    outline = msgspec.structs.replace(known.outline, is_sound=len(failures) == before)
    return Examined(outline, lambda: said)


def failure(error: Exception, active: ActiveRule, ticket: Ticket | None = None) -> Failure:
    """The defect of a rule: in general where it compares tickets, else on one of them."""
    error.add_note(f"in the rule {active.rule.name}" + (f", ticket {ticket.name}" if ticket else ""))
    return Failure(ticket.path if ticket else None, error)


class _Asked(msgspec.Struct, frozen=True):
    """What is asked about the tickets of a file; ``source`` reads it, where there is something to say of it."""

    source: Callable[[], Source]
    rules: Sequence[ActiveRule]
    vocabulary: Vocabulary
    code: Mapping[tuple[str, int], Verified]
    failures: list[tuple[ActiveRule, Failure]]

    def audited(self, place: int, ticket: Ticket) -> tuple[Audited, SaidOf]:
        facts, possible = [], []
        for active in self.rules:
            if isinstance(active.rule.check, Comparison):
                noted, problems = self._note(active.rule.check, active, ticket)
                facts.append(ENCODER.encode(noted))
                possible.append(msgspec.Raw(ENCODER.encode(problems)))
        reports = tuple(each.path for each in ticket.citations if each.report and each.path)
        counts = msgspec.Raw(ENCODER.encode(facts))
        audited = Audited(place, ticket.line > 1, ticket.id, ticket.is_row, reports, counts)
        return audited, SaidOf(ticket.id, ticket.name, self._said(ticket), tuple(possible))

    def again(self, ticket: Ticket, known: SaidOf) -> SaidOf:
        """What is known of a ticket, with what the rules say now that are asked."""
        names = {active.rule.name for active in self.rules}
        others = [diagnostic for diagnostic in known.diagnostics if diagnostic.name not in names]
        return msgspec.structs.replace(known, diagnostics=tuple(in_order([*others, *self._said(ticket)])))

    def _said(self, ticket: Ticket) -> tuple[Diagnostic, ...]:
        """What the rules say that look at one ticket after the other."""
        said: list[Diagnostic] = []
        for active in self.rules:
            check = active.rule.check
            if isinstance(check, EachTicket | EachWithSource) and active.speaks_of(ticket.path):
                said += self._of_rule(check, active, ticket)
        return tuple(in_order(said))

    def _of_rule(self, check: EachTicket | EachWithSource, active: ActiveRule, ticket: Ticket) -> list[Diagnostic]:
        verified = self.code.get((ticket.path, ticket.line))
        try:
            found = check.problems(ticket, active.options, self.vocabulary, verified)
            return [diagnosed(active, problem, self.source(), ticket) for problem in found]
        except Exception as error:
            self.failures.append((active, failure(error, active, ticket)))
            return []

    def _note(
        self, check: Comparison, active: ActiveRule, ticket: Ticket
    ) -> tuple[Facts, Possible] | tuple[None, None]:
        try:
            found = check.note(ticket, active.options, self.vocabulary)
            return (found[0], self._possible(active, found[1], ticket)) if found else (None, None)
        except Exception as error:
            self.failures.append((active, failure(error, active)))
            return None, None

    def _possible(self, active: ActiveRule, found: Iterable[Problem], ticket: Ticket) -> Possible:
        """What is kept of problems; many have one place, the ticket's heading."""
        source = self.source()
        places: list[Place] = []
        numbers: dict[tuple[int, str | None], int] = {}
        problems = []
        for problem in found:
            line, mark = where = problem.line, problem.mark
            if where not in numbers:
                numbers[where] = len(places)
                places.append(Place(source.locate(line, mark), _section(ticket, line), source.excerpt(line)))
            problems.append((numbers[where], _level(active, problem), problem.subject))
        return Possible(tuple(problems), tuple(places))


def confirmed(active: ActiveRule, path: str, said: SaidOf, noted: int, number: int, message: str) -> Diagnostic:
    """One of the problems that were possible of a ticket, with its message; ``noted`` is the rule's place in there."""
    possible = POSSIBLE.decode(said.possible[noted])
    place, level, subject = possible.problems[number]
    span, section, source = msgspec.structs.astuple(possible.places[place])
    fingerprint = _fingerprint(active.rule.name, said.name, subject)
    return Diagnostic(active.rule.name, level, message, path, span, said.id, section, fingerprint, source)


def diagnosed(active: ActiveRule, problem: Problem, source: Source, ticket: Ticket | None = None) -> Diagnostic:
    """What a rule says of a place in a source; ``ticket`` is the one that stands there, if any."""
    return Diagnostic(
        name=active.rule.name,
        level=_level(active, problem),
        message=problem.message,
        path=source.path,
        span=source.locate(problem.line, problem.mark),
        ticket=ticket.id if ticket else None,
        section=_section(ticket, problem.line) if ticket else None,
        fingerprint=_fingerprint(active.rule.name, ticket.name if ticket else source.path, problem.subject),
        source=source.excerpt(problem.line),
        edits=tuple(filter(None, (_edit(source, fix) for fix in problem.fixes))),
    )


def _level(active: ActiveRule, problem: Problem) -> Level:
    return active.level or problem.level or active.rule.level


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
    return section.title[:LONGEST_NAME] if section else None
