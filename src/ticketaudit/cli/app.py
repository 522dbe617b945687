"""The program: its commands, its version, its help."""

from __future__ import annotations

from typing import Annotated

import typer

from ticketaudit import __version__
from ticketaudit.cli.baseline import baseline
from ticketaudit.cli.cache import cache
from ticketaudit.cli.check import check
from ticketaudit.cli.explain import explain
from ticketaudit.cli.init import init
from ticketaudit.cli.parse import parse
from ticketaudit.cli.report import report
from ticketaudit.cli.rules import rules
from ticketaudit.cli.schema import schema
from ticketaudit.cli.show import show
from ticketaudit.cli.status import Status
from ticketaudit.cli.verify import verify
from ticketaudit.terminal import say

_HELP_OPTIONS = {"help_option_names": ["-h", "--help"]}

# Without a markup mode the help is plain text: it costs no import of rich, and shows `[brackets]`.
app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, context_settings=_HELP_OPTIONS)
for command in (check, parse, report, verify, show, rules, explain, schema, init):
    app.command()(command)
app.add_typer(baseline, name="baseline")
app.add_typer(cache, name="cache")


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"ticketaudit {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def ticketaudit(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Read Markdown finding tickets into records, audit them and report on them."""
    if context.invoked_subcommand is None:
        say(context.get_help())
        raise typer.Exit(Status.UNUSABLE)
