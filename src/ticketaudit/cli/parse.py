"""``ticketaudit parse``: print tickets as structured records."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from ticketaudit.cli import options
from ticketaudit.cli.means import Means
from ticketaudit.cli.output import is_terminal, write
from ticketaudit.cli.run import choose_settings, read_tickets
from ticketaudit.cli.status import Status
from ticketaudit.cli.wording import tickets
from ticketaudit.records import EXPLAINING, FORMATS
from ticketaudit.terminal import say


def parse(
    paths: options.Paths = None,
    output_format: Annotated[
        str | None,
        options.Option(metavar=options.one_of(FORMATS), help="[default: table on a terminal, else jsonl]"),
    ] = None,
    output_file: options.OutputFile = None,
    explain: Annotated[
        bool,
        options.Option("--explain", help="Say which line and which reader each value comes from, as table or json."),
    ] = False,
    source_root: options.SourceRoot = None,
    allow_empty: options.AllowEmpty = False,
    config: options.ConfigFile = None,
    isolated: options.Isolated = False,
    trust: options.Trust = False,
    stdin_filename: options.StdinFilename = None,
    cache_dir: options.CacheDir = None,
    no_cache: options.NoCache = False,
    jobs: options.Jobs = None,
    color: options.Color = "auto",
) -> Status:
    """Print tickets as structured records."""
    formats = EXPLAINING if explain else FORMATS
    name = output_format or ("table" if explain or is_terminal(output_file) else "jsonl")
    record_writer = formats[options.known_word(name, formats, "output format")]
    chosen = choose_settings(config, isolated, trust=trust)
    means = Means.chosen(cache_dir, no_cache, jobs)
    run = read_tickets(paths, chosen, stdin_filename, source_root, means)
    run.refuse_to_overwrite(output_file)
    corpus = run.records()
    write(partial(record_writer, corpus), output_file, color)
    for file in run.loaded.without_ticket:
        if file.named:
            say(f"warning: {file.path}: the file holds no ticket")
    if corpus.tickets:
        say(f"Read {tickets(len(corpus.tickets), len(run.loaded.without_ticket))}.")
    return run.finish(allow_empty=allow_empty)
