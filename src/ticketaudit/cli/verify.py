"""``ticketaudit verify``: what tickets cite, against the source tree, when they were written and now."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

from ticketaudit.cli import options
from ticketaudit.cli.means import Means
from ticketaudit.cli.output import is_terminal, write
from ticketaudit.cli.run import choose_settings
from ticketaudit.cli.show import named_tickets
from ticketaudit.cli.status import Status
from ticketaudit.errors import UserError
from ticketaudit.evidence import FORMATS, markdown
from ticketaudit.terminal import say
from ticketaudit.verification import verify_all


def verify(
    tickets: Annotated[list[str], options.Argument(help="Tickets: ids, or paths as for check.", metavar="TICKET...")],
    output_format: Annotated[
        str | None,
        options.Option(metavar=options.one_of(FORMATS), help="[default: table on a terminal, else json]"),
    ] = None,
    output_file: options.OutputFile = None,
    write_to: Annotated[
        Path | None, options.Option(metavar="FILE", help="Write an evidence block to paste into a ticket as well.")
    ] = None,
    source_root: options.SourceRoot = None,
    written: Annotated[
        str | None, options.Option(metavar="REV", help="The moment of writing, instead of each ticket's own.")
    ] = None,
    now: Annotated[str | None, options.Option(metavar="REV", help="The present, instead of the working tree.")] = None,
    config: options.ConfigFile = None,
    isolated: options.Isolated = False,
    trust: options.Trust = False,
    cache_dir: options.CacheDir = None,
    no_cache: options.NoCache = False,
    jobs: options.Jobs = None,
    color: options.Color = "auto",
) -> Status:
    """Look up what tickets cite in the source tree, then and now."""
    name = output_format or ("table" if is_terminal(output_file) else "json")
    evidence_writer = FORMATS[options.known_word(name, FORMATS, "output format")]
    chosen = choose_settings(config, isolated, trust=trust)
    run, wanted = named_tickets(tickets, chosen, source_root, Means.chosen(cache_dir, no_cache, jobs))
    run.refuse_to_overwrite(output_file, write_to)
    if run.root is None:
        raise UserError("there is no source tree; name the folder of the code with --source-root or `source.root`")
    if wanted:
        found = verify_all(run.loaded.corpus, wanted, run.root, written, now, run.jobs)
        write(partial(evidence_writer, found), output_file, color)
        if write_to:
            write(partial(markdown.write, found), write_to)
        if found.gap:
            say(f"warning: {found.gap}")
        if found.foreign:
            hint = "" if run.root.named else "; name the folder of the code with --source-root or `source.root`"
            say(f"note: none of the files that the tickets cite is in {found.root}{hint}")
    return run.finish()
