"""What a run needs to know of one file: what rules say of its tickets, and what they note to compare them by.

It depends on the file and the settings alone, so it can be worked out in another process, and kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any, Final, Generic, TypeVar

import msgspec

from ticketaudit.code.verified import Verified
from ticketaudit.edits import Edit, edit_of
from ticketaudit.report import Diagnostic, in_order
from ticketaudit.rule import Comparison, EachTicket, EachWithSource, Facts, Fix, Problem
from ticketaudit.settings import ActiveRule
from ticketaudit.suppress import Suppression, read_suppressions
from ticketaudit.text import Source
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary

F = TypeVar("F")
N = TypeVar("N")


class Note(msgspec.Struct, Generic[F], frozen=True, gc=False, array_like=True):
    """What a rule that compares noted of a ticket.

    ``possible`` holds the diagnostics that may come of it, without a message, as they are encoded: mostly
    nobody asks for them.
    """

    facts: F
    possible: msgspec.Raw


class Audited(msgspec.Struct, Generic[N], frozen=True, gc=False, array_like=True):
    """A ticket, told by its lines and its id, with what rules say of it.

    ``reports`` are the paths of the reports that it comes from. ``notes`` are a tuple with a `Note`, or
    None, for each of the rules that compare.
    """

    line: int
    end_line: int
    id: str | None
    is_row: bool
    reports: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]
    notes: N


class Examined(msgspec.Struct, Generic[N], frozen=True, gc=False, array_like=True):
    """A file. ``is_report``: whether it is a batch report; its tickets are read where somebody named the file."""

    is_report: bool
    is_read: bool
    tickets: tuple[Audited[N], ...]
    suppressions: tuple[Suppression, ...]


def comparing(rules: Iterable[ActiveRule]) -> Iterator[tuple[ActiveRule, Comparison]]:
    """The rules that compare tickets by what they note, in their order."""
    for active in rules:
        if isinstance(active.rule.check, Comparison):
            yield active, active.rule.check


def examine(
    source: Source,
    tickets: Sequence[Ticket],
    rules: Sequence[ActiveRule],
    vocabulary: Vocabulary,
    code: Mapping[tuple[str, int], Verified] | None = None,
) -> Examined[Any]:
    """What rules say of the tickets of a file, one by one; ``code`` is that of the corpus."""
    return Examined(
        is_report=False,
        is_read=True,
        tickets=tuple(_audited(ticket, source, rules, vocabulary, code or {}) for ticket in tickets),
        suppressions=read_suppressions(source),
    )


def _audited(
    ticket: Ticket,
    source: Source,
    rules: Sequence[ActiveRule],
    vocabulary: Vocabulary,
    code: Mapping[tuple[str, int], Verified],
) -> Audited[Any]:
    verified = code.get((ticket.path, ticket.line))
    said: list[Diagnostic] = []
    notes: list[Note[Facts] | None] = []
    for active in rules:
        try:
            check = active.rule.check
            if isinstance(check, Comparison):
                notes.append(_note(check, active, ticket, source, vocabulary))
            elif isinstance(check, EachTicket | EachWithSource) and active.speaks_of(ticket.path):
                found = check.problems(ticket, active.options, vocabulary, verified)
                said += [diagnosed(active, problem, source, ticket) for problem in found]
        except Exception as error:
            error.add_note(f"in the rule {active.rule.name}")
            raise
    return Audited(
        line=ticket.line,
        end_line=ticket.end_line,
        id=ticket.id,
        is_row=ticket.is_row,
        reports=tuple(each.path for each in ticket.citations if each.report and each.path),
        diagnostics=tuple(in_order(said)),
        notes=tuple(notes),
    )


def _note(
    check: Comparison, active: ActiveRule, ticket: Ticket, source: Source, vocabulary: Vocabulary
) -> Note[Facts] | None:
    found = check.note(ticket, active.options, vocabulary)
    if found is None:
        return None
    possible = tuple(diagnosed(active, problem, source, ticket) for problem in found[1])
    return Note(found[0], msgspec.Raw(_ENCODER.encode(possible)))


_ENCODER: Final = msgspec.msgpack.Encoder(enc_hook=lambda value: _written(value))
_POSSIBLE: Final = msgspec.msgpack.Decoder(tuple[Diagnostic, ...])


def confirmed(note: Note[Any], number: int, message: str) -> Diagnostic:
    """One of the diagnostics that were possible, with its message."""
    return msgspec.structs.replace(_POSSIBLE.decode(note.possible)[number], message=message)


def diagnosed(active: ActiveRule, problem: Problem, source: Source, ticket: Ticket | None = None) -> Diagnostic:
    """What a rule says of a place in a source; ``ticket`` is the one that stands there, if any."""
    return Diagnostic(
        name=active.rule.name,
        level=active.level or problem.level or active.rule.level,
        message=problem.message,
        path=source.path,
        span=source.locate(problem.line, problem.mark),
        ticket=ticket.id if ticket else None,
        section=_section(ticket, problem.line) if ticket else None,
        fingerprint=_fingerprint(active.rule.name, ticket.name if ticket else source.path, problem.subject),
        source=source.line(problem.line),
        edits=tuple(filter(None, (_edit(source, fix) for fix in problem.fixes))),
    )


def _edit(source: Source, fix: Fix) -> Edit | None:
    line = source.line(fix.line)
    return edit_of(fix.line, line, fix.change(line), safe=fix.safe)


def _fingerprint(*identity: str) -> str:
    """A short name for rule, ticket and subject; like diagnostics have the same."""
    return sha256("\0".join(identity).encode("utf-8", errors="surrogatepass")).hexdigest()[:16]


def _section(ticket: Ticket, line: int) -> str | None:
    """The title of the innermost section that holds a line."""
    section = ticket.section_at(line)
    return section.title if section else None


class Codec:
    """How what is said of a file is written down and read again, for one choice of rules."""

    def __init__(self, rules: Sequence[ActiveRule]) -> None:
        kinds: Any = tuple(Note[check.facts] | None for _, check in comparing(rules))  # type: ignore[name-defined]
        self._decoder: msgspec.msgpack.Decoder[Examined[Any]] = msgspec.msgpack.Decoder(
            Examined[tuple[kinds]], dec_hook=_range
        )

    def encode(self, examined: Examined[Any]) -> bytes:
        """What is said of a file, as bytes."""
        return _ENCODER.encode(examined)

    def decode(self, data: bytes | msgspec.Raw) -> Examined[Any]:
        """What is said of a file; raises `msgspec.MsgspecError` where the bytes are something else."""
        return self._decoder.decode(data)


def _written(value: Any) -> Any:
    """What msgspec does not know: ranges, and text that knows its place in the configuration."""
    return (value.start, value.stop) if isinstance(value, range) else str(value)


def _range(kind: type, value: Any) -> range:
    start, stop = value
    return range(start, stop)
