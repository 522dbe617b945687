"""The commands: each stands in the module of its name, which is imported when somebody asks for it."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from ticketaudit.cli.options import Command, Group

#: In the order of the help.
COMMANDS: Final = (
    "check",
    "parse",
    "report",
    "verify",
    "show",
    "rules",
    "explain",
    "schema",
    "init",
    "baseline",
    "cache",
)


def command_named(name: str) -> Command | Group:
    """The function of a command, or the group that it is."""
    command: Command | Group = getattr(import_module(f"ticketaudit.cli.{name}"), name)
    return command
