"""The rows of a table of tickets in a summary."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from ticketaudit.blocks import Table
from ticketaudit.inline import plain
from ticketaudit.rule import Problem
from ticketaudit.statistics import Row
from ticketaudit.summaries.facts import Claim, Facts
from ticketaudit.words import fold

#: "2 endorse", "1x object"; and "2/3 object".
_TALLY = re.compile(r"(?<![\d/])(\d+)\s*[x×]?\s*([^\W\d][\w-]*)")
_MAJORITY = re.compile(r"(\d+)\s*/\s*(\d+)\s+([^\W\d][\w-]*)")
_ID = re.compile(r"[A-Za-z][\w.-]*\d")


def ticket_problems(table: Table, column: int, facts: Facts) -> Iterator[Claim]:
    """What the rows of a table say of tickets that the tickets do not; None for everything that is right."""
    header = [plain(cell) for cell in table.header.cells]
    checks = {index: check for index, name in enumerate(header) if index != column and (check := _check(name, facts))}
    for row in table.rows:
        name = plain(row.cells[column]).strip() if column < len(row.cells) else ""
        if name.upper() not in facts.by_id:
            if _ID.fullmatch(name) and not facts.knows(name):
                yield (
                    row.line,
                    name,
                    Problem(row.line, f"no ticket `{name}` is known", subject=f"{name}: unknown", mark=name),
                )
            continue
        yield row.line, name, None  # that there is such a ticket
        for index, check in checks.items():
            said = plain(row.cells[index]).strip() if index < len(row.cells) else ""
            if said and not facts.vocabulary.nothing(said):
                yield row.line, name, check(facts, name, said, row.line)


Check = Callable[[Facts, str, str, int], Problem | None]


def _check(header: str, facts: Facts) -> Check | None:
    """How the cells under a heading are checked; None where they are not."""
    vocabulary = facts.vocabulary
    field = vocabulary.field("metadata", header) or ""
    if field in _CHECKS:
        return _CHECKS[field]
    if vocabulary.field("resolution", header) == "severity":
        return _severity
    if vocabulary.field("review", header) == "verdict" or fold(header) in ("verdicts", "consensus"):
        return _verdict
    return _disposition if vocabulary.field("resolution", header) == "disposition" else None


def _severity(facts: Facts, name: str, said: str, line: int) -> Problem | None:
    return facts.severity_problem(name, said, line)


def _text(attribute: str) -> Check:
    def check(facts: Facts, name: str, said: str, line: int) -> Problem | None:
        row = facts.by_id[name.upper()]
        held: str | None = getattr(row.ticket, attribute)
        return None if facts.has(row, attribute, said) else _problem(name, attribute, said, held, line)

    return check


def status_problem(facts: Facts, name: str, said: str, line: int) -> Problem | None:
    """What is wrong with a ticket's status in a summary, if anything is."""
    row = facts.by_id[name.upper()]
    means = facts.vocabulary.disposition(said)
    if facts.has(row, "status", said) or fold(said) == row.ticket.state or (means and means == row.disposition):
        return None
    return _problem(name, "status", said, row.ticket.status, line)


def _disposition(facts: Facts, name: str, said: str, line: int) -> Problem | None:
    row, means = facts.by_id[name.upper()], facts.vocabulary.disposition(said)
    return _problem(name, "disposition", said, row.disposition, line) if means and means != row.disposition else None


def _verdict(facts: Facts, name: str, said: str, line: int) -> Problem | None:
    """A tally, a majority, one verdict, or what became of the ticket: a column "Verdict" may mean any of them."""
    row, vocabulary = facts.by_id[name.upper()], facts.vocabulary
    tally, majority = _numbers(_TALLY, said, facts), _MAJORITY.search(said)
    if majority and vocabulary.is_verdict(majority[3]):
        wrong = not _is_majority(row, vocabulary.verdict(majority[3]), int(majority[1]), int(majority[2]))
    elif tally:
        held: Mapping[str, int] = dict[str, int](row.verdicts)
        wrong = any(held.get(verdict, 0) != count for verdict, count in tally.items())
    elif fold(said) in ("split", "mixed"):
        wrong = not (row.consensus and (row.consensus.kind == fold(said) or row.consensus.contradicted))
    elif vocabulary.verdict(fold(said).removeprefix("unanimous ")) != "other":
        verdict = vocabulary.verdict(fold(said).removeprefix("unanimous "))
        wrong = row.consensus is None or row.consensus.verdict != verdict
    else:
        return _disposition(facts, name, said, line)
    if not wrong:
        return None
    held_verdicts = ", ".join(f"{count} {verdict}" for verdict, count in row.verdicts) or None
    return _problem(name, "verdict", said, held_verdicts, line, noun="its reviewers say")


def _numbers(pattern: re.Pattern[str], said: str, facts: Facts) -> Mapping[str, int]:
    return {
        facts.vocabulary.verdict(match[2]): int(match[1])
        for match in pattern.finditer(said)
        if facts.vocabulary.is_verdict(match[2])
    }


def _is_majority(row: Row, verdict: str, votes: int, of: int) -> bool:
    found = row.consensus
    return found is not None and (found.verdict, found.votes, found.of) == (verdict, votes, of)


def _problem(name: str, what: str, said: str, held: str | None, line: int, noun: str | None = None) -> Problem:
    is_ = f"{noun or f'its {what} is'} `{held}`" if held else f"it has no {what}"
    return Problem(line, f"the summary says “{said}” of `{name}`, {is_}", subject=f"{name}: {what}", mark=said)


_CHECKS: Mapping[str, Check] = {
    "severity": _severity,
    "status": status_problem,
    "batch": _text("batch"),
    "agent": _text("agent"),
    "resolution": _disposition,
}
