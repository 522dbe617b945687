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

from collections.abc import Iterator, Mapping
from typing import Annotated

import msgspec

from ticketaudit.corpus import Corpus
from ticketaudit.rule import Level, Problem, Rule
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


def check(corpus: Corpus, options: Options) -> Iterator[tuple[Ticket, Problem]]:
    """One problem per field: at its empty entry, else at the heading."""
    for rows in (False, True):
        tickets = [ticket for ticket in corpus.tickets if ticket.is_row == rows]
        entries = [_entries(ticket, corpus.vocabulary) for ticket in tickets]
        filled = [_filled(ticket, own) for ticket, own in zip(tickets, entries, strict=True)]
        expected = usual(ASKED, filled) if options.fields is None else options.fields
        for ticket, own, names in zip(tickets, entries, filled, strict=True):
            for name in expected:
                if name not in names:
                    yield ticket, _problem(ticket, name, own.get(name))


def usual_fields(corpus: Corpus) -> tuple[str, ...]:
    """The fields that most tickets have a value for, rows or not."""
    return usual(ASKED, [_filled(ticket, _entries(ticket, corpus.vocabulary)) for ticket in corpus.tickets])


def _problem(ticket: Ticket, name: str, entry: Field | None) -> Problem:
    if entry:
        return Problem(entry.line, f"“{entry.key}” is empty", subject=name)
    return Problem(heading_line(ticket), f"the metadata name no {name}", subject=name)


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


RULE = Rule("missing-field", family="structure", level=Level.NOTE, options=Options, check=check, manual=__doc__)
