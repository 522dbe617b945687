"""The id says another batch or agent than the ticket, or than the name of its file.

An id such as `B3-NAV-02` is read as batch 3, navigation, number 2, and the file is looked for under it. It comes
apart where a ticket began as the copy of another.

- The batch is compared where the id begins with the initial of the field and a number: `B3` and "Batch", `R2` and
  "Round".
- An agent is compared with the code in the middle of the id. Only where tickets of the same agent have another code,
  one that abbreviates the agent's name (`OPS` and "operations"), the ids of the corpus are known to name agents.
- A file's name is compared where it holds an id of the same form, and the file is one ticket.

## Bad

~~~~markdown open/B2-NAV-03.md
# Finding Ticket: Fog signal follows the wrong clock

| Field | Value |
|-------|-------|
| **Ticket ID** | `B2-NAV-04` |
| **Batch** | 3 |
| **Status** | `open` |
~~~~

~~~~text
open/B2-NAV-03.md:5:19: error: the id is `B2-NAV-04`, the file is called `B2-NAV-03.md` [id-mismatch]
open/B2-NAV-03.md:6:15: error: the id `B2-NAV-04` is of batch 2, the ticket says 3 [id-mismatch]
~~~~

Elsewhere tickets of operations have OPS in their ids:

~~~~markdown
# Finding Ticket: Fog signal follows the wrong clock

| Field | Value |
|-------|-------|
| **Ticket ID** | `B2-NAV-04` |
| **Agent** | operations |
| **Status** | `open` |
~~~~

~~~~markdown and open/B2-OPS-01.md
# Finding Ticket: Fog bell is painted over

| Field | Value |
|-------|-------|
| **Ticket ID** | `B2-OPS-01` |
| **Agent** | operations |
| **Status** | `open` |
~~~~

~~~~text
ticket.md:6:15: error: the id `B2-NAV-04` says NAV, other tickets of operations have OPS [id-mismatch]
~~~~

## Good

~~~~markdown open/B2-NAV-04-fog-signal.md
# Finding Ticket: Fog signal follows the wrong clock

| Field | Value |
|-------|-------|
| **Ticket ID** | `B2-NAV-04` |
| **Batch** | 2 |
| **Agent** | navigation |
| **Status** | `open` |
~~~~
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from ticketaudit.extract.ids import ids_in
from ticketaudit.rule import Comparison, Facts, Known, Level, NoOptions, Noted, Problem, Rule
from ticketaudit.rules._phrases import entry_line, listed
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary

_BATCH = re.compile(r"([A-Za-z]+)0*(\d+)")
_NUMBER = re.compile(r"\D*?0*(\d+)\D*")


class Coded(Facts, frozen=True):
    """The code in a ticket's id, who wrote the ticket, as discipline and as written, and what is already clear."""

    code: str | None
    discipline: str | None
    agent: str | None
    messages: tuple[str, ...]


def note(ticket: Ticket, options: NoOptions, vocabulary: Vocabulary) -> tuple[Facts, tuple[Problem, ...]] | None:
    """What is wrong about the file and the batch, and where the agent stands."""
    clear = tuple(filter(None, (_file(ticket, vocabulary), _batch(ticket, vocabulary))))
    code, agent = _code(ticket), ticket.agent or None
    if not clear and not (code and agent):
        return None
    line = entry_line(ticket, "agent", vocabulary)
    problems = (*clear, Problem(line, "", subject=f"agent: {agent}", mark=agent)) if agent else clear
    discipline = vocabulary.discipline(agent) if agent else None
    return Coded(code, discipline, agent, tuple(problem.message for problem in clear)), problems


def judge(noted: Sequence[Noted], known: Known, options: NoOptions) -> Iterator[tuple[Noted, int, str]]:
    """At most one problem each about the file, the batch and the agent, where they stand."""
    codes = _codes([ticket.facts for ticket in noted])
    for ticket in noted:
        facts: Coded = ticket.facts
        for number, message in enumerate(facts.messages):
            yield ticket, number, message
        others = codes.get(facts.discipline or "")
        if facts.code and others and facts.code not in others:
            told = f"other tickets of {facts.agent} have {listed(sorted(others))}"
            yield ticket, len(facts.messages), f"the id `{ticket.id}` says {facts.code}, {told}"


def _file(ticket: Ticket, vocabulary: Vocabulary) -> Problem | None:
    file = PurePosixPath(ticket.path)
    is_part = ticket.line > 1  # of a file that may hold several, and is called after none of them
    if is_part or not ticket.id or ticket.id.upper() in file.stem.upper() or not ids_in(file.stem, ticket.id):
        return None
    message = f"the id is `{ticket.id}`, the file is called `{file.name}`"
    return Problem(entry_line(ticket, "id", vocabulary), message, subject="file", mark=ticket.id)


def _batch(ticket: Ticket, vocabulary: Vocabulary) -> Problem | None:
    if not ticket.id or not ticket.batch:
        return None
    named = _BATCH.fullmatch(ticket.id.split("-")[0])
    said = _NUMBER.fullmatch(ticket.batch)
    keys = [entry.key for entry in ticket.fields if vocabulary.field("metadata", entry.key) == "batch"]
    if not (named and said) or named[2] == said[1]:
        return None
    if not any(key.upper().startswith(named[1].upper()) for key in keys):
        return None
    message = f"the id `{ticket.id}` is of batch {named[2]}, the ticket says {ticket.batch}"
    return Problem(
        entry_line(ticket, "batch", vocabulary), message, subject=f"batch: {ticket.batch}", mark=ticket.batch
    )


def _codes(tickets: Iterable[Coded]) -> Mapping[str, set[str]]:
    """For each discipline the codes that abbreviate it in the ids of its tickets."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for ticket in tickets:
        if ticket.code and ticket.discipline and _abbreviates(ticket.code, ticket.discipline):
            found[ticket.discipline].add(ticket.code)
    return found


def _code(ticket: Ticket) -> str | None:
    """The code in the middle of an id of three parts, in capitals."""
    parts = ticket.id.split("-") if ticket.id else []
    return parts[1].upper() if len(parts) == 3 and parts[1].isalpha() else None


def _abbreviates(code: str, name: str) -> bool:
    """Whether a code has the first letter of a name, and others of its letters in their order."""
    letters = iter(name.casefold())
    return name[:1].casefold() == code[0].casefold() and all(letter in letters for letter in code.casefold())


RULE = Rule("id-mismatch", family="reference", level=Level.ERROR, check=Comparison(Coded, note, judge), manual=__doc__)
