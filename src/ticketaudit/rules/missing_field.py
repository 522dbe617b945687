"""A metadata entry that every ticket should have is absent or empty.

Lists, reports and the other rules go by the metadata. A ticket without a severity is sorted nowhere, one
without an agent cannot be sent back with a question, and one without a date cannot be told from a finding of
last year.

`fields` names the entries, by what they mean and not by how your team spells them: "Reported by" is
`agent`. An assignee is not among the defaults, since many tickets wait for one:

~~~~yaml
rules:
  missing-field:
    fields: [id, severity, status, assignee]
~~~~

## Bad

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
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import msgspec

from ticketaudit.rule import Level, Problem, Rule, each_ticket
from ticketaudit.rules._phrases import entry, heading_line
from ticketaudit.shape import OneOf
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import METADATA_FIELDS, Vocabulary

FieldName = Annotated[str, OneOf("field", METADATA_FIELDS)]


class Options(msgspec.Struct, frozen=True):
    """Options of missing-field."""

    fields: Annotated[tuple[FieldName, ...], "The entries that every ticket has, by what they mean."] = (
        "id",
        "severity",
        "status",
        "agent",
        "created",
        "updated",
    )


def check(ticket: Ticket, options: Options, vocabulary: Vocabulary) -> Iterator[Problem]:
    """One problem per field: at its empty entry, else at the heading."""
    for name in options.fields:
        found = entry(ticket, name, vocabulary)
        if found is None:
            yield Problem(heading_line(ticket), f"the metadata name no {name}", subject=name)
        elif not found.value:
            yield Problem(found.line, f"“{found.key}” is empty", subject=name)


RULE = Rule(
    "missing-field", family="structure", level=Level.NOTE, options=Options, check=each_ticket(check), manual=__doc__
)
