"""What a run needs to know of one file: what rules say of its tickets, and what they note to compare them by.

It depends on the file and the settings alone, so it can be worked out in another process, and kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final, Generic, TypeVar

import msgspec

from ticketaudit.code.verified import Verified
from ticketaudit.edits import Edit, edit_of
from ticketaudit.report import Diagnostic, Failure, in_order
from ticketaudit.rule import Comparison, EachTicket, EachWithSource, Facts, Fix, Level, Noted, Problem
from ticketaudit.settings import ActiveRule
from ticketaudit.suppress import read_suppressions
from ticketaudit.suppression import Suppression
from ticketaudit.text import Source, Span
from ticketaudit.ticket import LONGEST_NAME, Ticket
from ticketaudit.vocabulary import Vocabulary

F = TypeVar("F")


class Note(msgspec.Struct, Generic[F], frozen=True, gc=False, array_like=True):
    """What a rule that compares noted of a ticket.

    ``possible`` are the problems that may come of it, as they are encoded: mostly nobody asks for them.
    """

    facts: F
    possible: msgspec.Raw


class _Place(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A place that problems may be on, the title of its section, and the text of its line."""

    span: Span
    section: str | None
    source: str


class _Possible(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Problems that a ticket may have, each with the number of its place, its level and its subject.

    ``ticket`` is the ticket's name. Fingerprints are for those that it has.
    """

    ticket: str
    problems: tuple[tuple[int, Level, str], ...]
    places: tuple[_Place, ...]


class Audited(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A ticket, told by its lines and its id, with what rules say of it.

    ``reports`` are the paths of the reports that it comes from. ``notes`` are a `Note`, or
    None, for each of the rules that compare, as they are encoded: a rule at a time looks at its own.
    """

    line: int
    end_line: int
    id: str | None
    is_row: bool
    reports: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]
    notes: tuple[msgspec.Raw, ...]


class Examined(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A file. ``is_report``: whether it is a batch report; its tickets are read where somebody named the file.

    ``is_sound``: whether no rule failed on it.
    """

    is_report: bool
    is_read: bool
    is_sound: bool
    tickets: tuple[Audited, ...]
    suppressions: tuple[Suppression, ...]


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
    return Examined(
        is_report=False,
        is_read=True,
        tickets=tuple(asked.audited(ticket) for ticket in tickets),
        suppressions=read_suppressions(source, {ticket.line for ticket in tickets}),
        is_sound=len(failed) == before,
    )


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
    audited = tuple(asked.again(ticket, said) for ticket, said in zip(tickets, known.tickets, strict=True))
    return msgspec.structs.replace(known, tickets=audited, is_sound=len(failures) == before)


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

    def audited(self, ticket: Ticket) -> Audited:
        said: list[Diagnostic] = []
        notes: list[msgspec.Raw] = []
        for active in self.rules:
            check = active.rule.check
            if isinstance(check, Comparison):
                notes.append(msgspec.Raw(_ENCODER.encode(self._note(check, active, ticket))))
            elif isinstance(check, EachTicket | EachWithSource) and active.speaks_of(ticket.path):
                said += self._said(check, active, ticket)
        return Audited(
            line=ticket.line,
            end_line=ticket.end_line,
            id=ticket.id,
            is_row=ticket.is_row,
            reports=tuple(each.path for each in ticket.citations if each.report and each.path),
            diagnostics=tuple(in_order(said)),
            notes=tuple(notes),
        )

    def again(self, ticket: Ticket, known: Audited) -> Audited:
        """What is known of a ticket, with what the rules say now that are asked."""
        names = {active.rule.name for active in self.rules}
        others = [diagnostic for diagnostic in known.diagnostics if diagnostic.name not in names]
        said = in_order([*others, *self.audited(ticket).diagnostics])
        return msgspec.structs.replace(known, diagnostics=tuple(said))

    def _said(self, check: EachTicket | EachWithSource, active: ActiveRule, ticket: Ticket) -> list[Diagnostic]:
        verified = self.code.get((ticket.path, ticket.line))
        try:
            found = check.problems(ticket, active.options, self.vocabulary, verified)
            return [diagnosed(active, problem, self.source(), ticket) for problem in found]
        except Exception as error:
            self.failures.append((active, failure(error, active, ticket)))
            return []

    def _note(self, check: Comparison, active: ActiveRule, ticket: Ticket) -> Note[Facts] | None:
        try:
            found = check.note(ticket, active.options, self.vocabulary)
            if found is None:
                return None
            possible = self._possible(active, found[1], ticket)
        except Exception as error:
            self.failures.append((active, failure(error, active)))
            return None
        return Note(found[0], msgspec.Raw(_ENCODER.encode(possible)))

    def _possible(self, active: ActiveRule, found: Iterable[Problem], ticket: Ticket) -> _Possible:
        """What is kept of problems; many have one place, the ticket's heading."""
        source = self.source()
        places: list[_Place] = []
        numbers: dict[tuple[int, str | None], int] = {}
        problems = []
        for problem in found:
            line, mark = where = problem.line, problem.mark
            if where not in numbers:
                numbers[where] = len(places)
                places.append(_Place(source.locate(line, mark), _section(ticket, line), source.excerpt(line)))
            problems.append((numbers[where], _level(active, problem), problem.subject))
        return _Possible(ticket.name, tuple(problems), tuple(places))


_ENCODER: Final = msgspec.msgpack.Encoder(enc_hook=lambda value: _written(value))
_POSSIBLE: Final = msgspec.msgpack.Decoder(_Possible)


def confirmed(active: ActiveRule, noted: Noted, number: int, message: str) -> Diagnostic:
    """One of the problems that were possible, with its message."""
    possible = _POSSIBLE.decode(noted.origin.possible)
    place, level, subject = possible.problems[number]
    span, section, source = msgspec.structs.astuple(possible.places[place])
    fingerprint = _fingerprint(active.rule.name, possible.ticket, subject)
    return Diagnostic(active.rule.name, level, message, noted.path, span, noted.id, section, fingerprint, source)


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


_EXAMINED: Final = msgspec.msgpack.Decoder(Examined, dec_hook=lambda kind, value: _range(kind, value))


def encoded(examined: Examined) -> bytes:
    """What is said of a file, as bytes."""
    return _ENCODER.encode(examined)


def decoded(data: bytes | msgspec.Raw) -> Examined:
    """What is said of a file; raises `msgspec.MsgspecError` where the bytes are something else."""
    return _EXAMINED.decode(data)


@cache
def note_decoder(facts: type) -> msgspec.msgpack.Decoder[Any]:
    """What reads the notes of a rule, by the facts that it notes."""
    return msgspec.msgpack.Decoder(Note[facts] | None)  # type: ignore[valid-type]  # a type of the run


def _written(value: Any) -> Any:
    """What msgspec does not know: ranges, and text that knows its place in the configuration."""
    return (value.start, value.stop) if isinstance(value, range) else str(value)


def _range(kind: type, value: Any) -> range:
    start, stop = value
    return range(start, stop)
