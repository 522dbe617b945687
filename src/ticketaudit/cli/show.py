"""``ticketaudit show``: one ticket on one screen."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from ticketaudit.cli import options
from ticketaudit.cli.means import Means
from ticketaudit.cli.output import write
from ticketaudit.cli.run import Run, choose_settings, read_corpus
from ticketaudit.cli.status import Status
from ticketaudit.discover import STDIN
from ticketaudit.errors import UserError
from ticketaudit.hints import nearest
from ticketaudit.report import Report
from ticketaudit.settings import Settings
from ticketaudit.terminal import Output
from ticketaudit.ticket import Ticket


def show(
    ticket: Annotated[str, options.Argument(help="The ticket's id, or the path of its file.", metavar="TICKET")],
    source_root: options.SourceRoot = None,
    config: options.ConfigFile = None,
    isolated: options.Isolated = False,
    trust: options.Trust = False,
    cache_dir: options.CacheDir = None,
    no_cache: options.NoCache = False,
    jobs: options.Jobs = None,
    color: options.Color = "auto",
) -> Status:
    """Show one ticket, its reviews and its diagnostics on one screen."""
    chosen = choose_settings(config, isolated, trust=trust)
    run, wanted = named_tickets([ticket], chosen, source_root, Means.chosen(cache_dir, no_cache, jobs))
    report = run.audit()
    write(lambda output: _write(wanted, report, output), color=color)
    return run.finish(report) if report.failures or tuple(run.tickets) == tuple(wanted) else Status.OK


def named_tickets(
    names: Sequence[str], chosen: Settings, source_root: Path | None, means: Means
) -> tuple[Run, Sequence[Ticket]]:
    """The tickets that ids or paths name, in that order, and the run that read them.

    Where each is a path, only these are asked for; an id is looked up among all tickets.
    """
    if all(name == STDIN or os.path.exists(name) for name in names):  # noqa: PTH110 - a name may be longer than any
        run = read_corpus(names, chosen, source_root=source_root, means=means)
        return run, run.tickets
    run = read_corpus(None, chosen, source_root=source_root, means=means)
    found = [ticket for name in names for ticket in _with_id(name, run)]
    return run, list(dict.fromkeys(found))


def _with_id(name: str, run: Run) -> Sequence[Ticket]:
    """The tickets with an id, the same in capitals or not; what could not be read is said if there is none."""
    by_id = run.loaded.corpus.by_id
    if name.upper() in by_id:
        return by_id[name.upper()]
    run.finish(allow_empty=True)
    meant = nearest(name, by_id)
    hint = f"did you mean `{meant}`?" if meant else "give the path of its file"
    raise UserError(f"no ticket `{name}` among the {len(by_id)} found from here; {hint}")


def _write(tickets: Sequence[Ticket], report: Report, output: Output) -> None:
    from ticketaudit.records import screen

    judged = {(ticket.path, ticket.line): ticket for ticket in report.corpus.tickets}
    for ticket in tickets:
        lines = range(ticket.line, ticket.end_line + 1)
        own = [item for item in report.diagnostics if item.path == ticket.path and item.span.line in lines]
        screen.write(judged.get((ticket.path, ticket.line), ticket), own, report.corpus.vocabulary, output)
