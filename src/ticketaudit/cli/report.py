"""``ticketaudit report``: print or write the batch report."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Annotated

import typer

from ticketaudit.batch import FORMATS, WHOLE, Batch
from ticketaudit.batch.contents import SECTIONS, TITLE
from ticketaudit.cli import options
from ticketaudit.cli.output import is_terminal, write
from ticketaudit.cli.run import choose_settings, read_corpus
from ticketaudit.cli.status import Status
from ticketaudit.errors import UserError
from ticketaudit.paths import printed
from ticketaudit.statistics import ATTRIBUTES, summarise

Title = Annotated[str, typer.Option(metavar="TEXT", help="The title of the report.")]
Sections = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME,...",
        help=f"The sections to write, in this order: {', '.join(SECTIONS)}. "
        "[default: all; on a terminal all but diagnostics]",
        show_default=False,
    ),
]
GroupBy = Annotated[
    str | None, typer.Option(metavar=options.one_of(ATTRIBUTES), help="List the tickets in groups of one value.")
]
AsOf = Annotated[
    str | None,
    typer.Option(
        metavar="YYYY-MM-DD",
        help="The day that ages count to. [default: the latest that the tickets name]",
        show_default=False,
    ),
]


def report(
    paths: options.Paths = None,
    output_format: Annotated[
        str | None,
        typer.Option(metavar=options.one_of(FORMATS), help="[default: terminal on a terminal, else markdown]"),
    ] = None,
    output_file: options.OutputFile = None,
    title: Title = TITLE,
    sections: Sections = None,
    group_by: GroupBy = None,
    as_of: AsOf = None,
    select: options.Select = None,
    ignore: options.Ignore = None,
    corpus: options.Corpus = None,
    allow_empty: options.AllowEmpty = False,
    config: options.ConfigFile = None,
    isolated: options.Isolated = False,
    stdin_filename: options.StdinFilename = None,
    color: options.Color = "auto",
) -> Status:
    """Sum up a batch: its figures, its tickets, its reviewers."""
    name = output_format or ("terminal" if is_terminal(output_file) else "markdown")
    batch_format = FORMATS[options.known_word(name, FORMATS, "output format")]
    chosen_sections = _sections(sections, group_by, name)
    day = _day(as_of)
    chosen = choose_settings(config, isolated, options.split_words(select), options.split_words(ignore))
    run = read_corpus(paths, chosen, stdin_filename, corpus)
    run.refuse_to_overwrite(output_file)
    if run.tickets or allow_empty:
        statistics = summarise(run.audit(), day, group_by)
        folder = printed(output_file.parent) if output_file else "."
        write(partial(batch_format, Batch(statistics, title, chosen_sections, folder)), output_file, color)
    return run.finish(allow_empty=allow_empty)


def _sections(sections: list[str] | None, group_by: str | None, output_format: str) -> tuple[str, ...] | None:
    """The sections that were asked for; raises `UserError` for an unknown one, and where there is nothing to choose."""
    if group_by:
        options.known_word(group_by, ATTRIBUTES, "field")
    for option, given in (("sections", sections), ("group-by", group_by)):
        if given and output_format in WHOLE:
            raise UserError(f"`--{option}` says nothing to the format {output_format}, which always holds everything")
    chosen = [options.known_word(word, SECTIONS, "section") for word in options.split_words(sections)]
    return tuple(dict.fromkeys(chosen)) or None


def _day(text: str | None) -> str | None:
    try:
        return date.fromisoformat(text).isoformat() if text else None
    except ValueError:
        raise UserError(f"`--as-of {text}` is no day; write it as in 2025-03-31") from None
