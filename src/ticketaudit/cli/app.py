"""The program as typer knows it: its commands, its version, its help, and what it says to a mistake."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from types import FunctionType
from typing import Annotated, Any, get_type_hints

import typer

from ticketaudit import __version__
from ticketaudit.cli.commands import COMMANDS, command_named
from ticketaudit.cli.options import Argument, Group, Option
from ticketaudit.cli.status import Status
from ticketaudit.terminal import say

_HELP_OPTIONS = {"help_option_names": ["-h", "--help"]}


def run(arguments: Sequence[str] | None) -> int:
    """Run the command line (None: that of the process); raises `SystemExit` where nobody reads the help to its end."""
    program = typer.main.get_command(_program(sys.argv[1:] if arguments is None else arguments))
    try:
        return int(program.main(arguments, prog_name="ticketaudit", standalone_mode=False) or Status.OK)
    except typer.TyperException as error:
        _say_usage_error(error)
        return Status.UNUSABLE


def _program(arguments: Sequence[str]) -> typer.Typer:
    """The program with the command that is asked for; with all of them where the help or a mistake names them."""
    # Without a markup mode the help is plain text: it costs no import of rich, and shows `[brackets]`.
    program = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, context_settings=_HELP_OPTIONS)
    program.callback(invoke_without_command=True)(_without_command)
    first = arguments[0] if arguments else ""
    for name in () if first == "--version" else (first,) if first in COMMANDS else COMMANDS:
        command = command_named(name)
        if isinstance(command, Group):
            group = typer.Typer(help=command.help)
            for part, function in command.commands.items():
                group.command(part)(_declared(function))
            program.add_typer(group, name=name)
        else:
            program.command(name)(_declared(command))
    return program


def _declared(command: Any) -> FunctionType:
    """The same function, its parameters declared as typer wants them."""
    twin = FunctionType(
        command.__code__, command.__globals__, command.__name__, command.__defaults__, command.__closure__
    )
    twin.__doc__ = command.__doc__
    twin.__annotations__ = {
        name: _annotation(annotation) for name, annotation in get_type_hints(command, include_extras=True).items()
    }
    return twin


def _annotation(hint: Any) -> Any:
    """What typer wants for an annotation. That a path cannot be read is for the command to say."""
    for note in getattr(hint, "__metadata__", ()):
        if isinstance(note, Option):
            return Annotated[hint.__origin__, typer.Option(*note.names, readable=False, **note.settings)]
        if isinstance(note, Argument):
            return Annotated[hint.__origin__, typer.Argument(readable=False, **note.settings)]
    return hint


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"ticketaudit {__version__}")
        raise typer.Exit


def _without_command(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Read Markdown finding tickets into records, audit them and report on them."""
    if context.invoked_subcommand is None:
        say(context.get_help())
        raise typer.Exit(Status.UNUSABLE)


def _say_usage_error(error: typer.TyperException) -> None:
    message = error.format_message()
    say(f"error: {message[:1].lower()}{message[1:]}")
    context: typer.Context | None = getattr(error, "ctx", None)
    if context:
        say(f"`{context.command_path} --help` says what there is")
