"""``ticketaudit report``: print or write the batch report."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from ticketaudit.batch import FORMATS
from ticketaudit.cli import options
from ticketaudit.cli.output import is_terminal, write
from ticketaudit.cli.run import choose_settings, read_corpus
from ticketaudit.cli.status import Status
from ticketaudit.statistics import summarise


def report(
    paths: options.Paths = None,
    output_format: Annotated[
        str | None,
        typer.Option(metavar=options.one_of(FORMATS), help="[default: terminal on a terminal, else markdown]"),
    ] = None,
    output_file: options.OutputFile = None,
    select: options.Select = None,
    ignore: options.Ignore = None,
    corpus: options.Corpus = None,
    allow_empty: options.AllowEmpty = False,
    config: options.ConfigFile = None,
    isolated: options.Isolated = False,
    stdin_filename: options.StdinFilename = None,
    color: options.Color = "auto",
) -> Status:
    """Sum up a batch: counts, a row per ticket, what each rule found."""
    name = output_format or ("terminal" if is_terminal(output_file) else "markdown")
    batch_format = FORMATS[options.known_word(name, FORMATS, "output format")]
    chosen = choose_settings(config, isolated, options.split_words(select), options.split_words(ignore))
    run = read_corpus(paths, chosen, stdin_filename, corpus)
    run.refuse_to_overwrite(output_file)
    if run.tickets or allow_empty:
        write(partial(batch_format, summarise(run.audit())), output_file, color)
    return run.finish(allow_empty=allow_empty)
