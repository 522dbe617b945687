"""A metadata entry that every ticket should have is absent or empty.

Lists, reports and the other rules go by the metadata. A ticket without a severity is sorted nowhere, one
without an agent cannot be sent back with a question, and one without a date cannot be told from a finding of
last year.

A value counts wherever it stands: an id may be in the heading, a status in a section of its own.

Which fields are expected is read off the corpus: those that three of four tickets have, but no assignee, for whom
many tickets wait. Rows of a table are compared with rows. Where only a few tickets are checked, little is
expected. A team that knows better names the fields, or its `template`. They are named by what they mean and not
by how the team spells them: "Reported by" is `agent`.

~~~~yaml
rules:
  missing-field:
    fields: [id, severity, status, assignee]
~~~~

## Bad

With `fields: [id, severity, status, agent, created, updated]`:

~~~~markdown
# Finding Ticket: Anchor chain is a metre short

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-NAV-11` |
| **Severity** | |
| **Status** | `open` |
| **Reported by** | `navigation` |
| **Created** | 2025-03-04 |
~~~~

~~~~yaml
fields: [id, severity, status, agent, created, updated]
~~~~

~~~~text
ticket.md:1:1: note: the metadata name no updated [missing-field]
ticket.md:6:1: note: “Severity” is empty [missing-field]
~~~~

## Good

~~~~markdown
# Finding Ticket: Anchor chain is a metre short

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-NAV-11` |
| **Severity** | `P3` |
| **Status** | `open` |
| **Reported by** | `navigation` |
| **Created** | 2025-03-04 |
| **Updated** | 2025-03-06 |
~~~~

~~~~yaml
fields: [id, severity, status, agent, created, updated]
~~~~
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated

import msgspec

from ticketaudit.corpus import Corpus
from ticketaudit.rule import Comparison, Facts, Known, Level, Noted, Problem, Rule
from ticketaudit.rules._phrases import heading_line
from ticketaudit.rules._usual import usual
from ticketaudit.shape import OneOf
from ticketaudit.ticket import Field, Ticket
from ticketaudit.vocabulary import METADATA_FIELDS, Vocabulary

#: What may be asked of every ticket from the start: its title is its heading, an assignee and an end come later.
ASKED = tuple(name for name in METADATA_FIELDS if name not in ("title", "assignee", "ended", "resolution"))

FieldName = Annotated[str, OneOf("field", METADATA_FIELDS)]


class Options(msgspec.Struct, frozen=True):
    """Options of missing-field."""

    fields: Annotated[
        tuple[FieldName, ...] | None,
        "The entries that every ticket has, by what they mean; without it, those that most have.",
    ] = None


class Filled(Facts, frozen=True):
    """The fields that a ticket has a value for, and those that it may lack: with the key of an entry that is empty."""

    is_row: bool
    filled: tuple[str, ...]
    lacking: tuple[tuple[str, str | None], ...]


def note(ticket: Ticket, options: Options, vocabulary: Vocabulary) -> tuple[Facts, tuple[Problem, ...]] | None:
    """What the ticket has, and for each field that it lacks where that is seen: its empty entry, else the heading."""
    entries = _entries(ticket, vocabulary)
    filled = _filled(ticket, entries)
    names = [name for name in (ASKED if options.fields is None else options.fields) if name not in filled]
    lacking = tuple((name, entries[name].key if name in entries else None) for name in names)
    lines = (entries[name].line if name in entries else heading_line(ticket) for name in names)
    problems = tuple(Problem(line, "", subject=name) for name, line in zip(names, lines, strict=True))
    return Filled(ticket.is_row, tuple(sorted(filled)), lacking), problems


def judge(noted: Sequence[Noted], known: Known, options: Options) -> Iterator[tuple[Noted, int, str]]:
    """One problem per field, of rows and of documents by what most of their kind have."""
    for rows in (False, True):
        tickets = [ticket for ticket in noted if ticket.facts.is_row == rows]
        expected = (
            usual(ASKED, [ticket.facts.filled for ticket in tickets]) if options.fields is None else options.fields
        )
        for ticket in tickets:
            for number, (name, key) in enumerate(ticket.facts.lacking):
                if name in expected:
                    yield ticket, number, f"“{key}” is empty" if key is not None else f"the metadata name no {name}"


def usual_fields(corpus: Corpus) -> tuple[str, ...]:
    """The fields that most tickets have a value for, rows or not."""
    return usual(ASKED, [_filled(ticket, _entries(ticket, corpus.vocabulary)) for ticket in corpus.tickets])


def _entries(ticket: Ticket, vocabulary: Vocabulary) -> Mapping[str, Field]:
    """The metadata entry of each field: the first that has a value, else the first."""
    found: dict[str, Field] = {}
    for entry in ticket.fields:
        name = vocabulary.field("metadata", entry.key)
        if name and (name not in found or (entry.value and not found[name].value)):
            found[name] = entry
    return found


def _filled(ticket: Ticket, entries: Mapping[str, Field]) -> set[str]:
    """The fields that have a value, in the metadata or elsewhere in the ticket."""
    written = {name for name, entry in entries.items() if entry.value}
    return written | {name for name in METADATA_FIELDS if getattr(ticket, name, None)}


RULE = Rule(
    "missing-field",
    family="structure",
    level=Level.NOTE,
    options=Options,
    check=Comparison(Filled, note, judge),
    manual=__doc__,
)
