"""Reads a plain command line without typer, which takes longer to import than a small check takes to run.

Plain is what scripts and hooks write: a command, options by their full names with a value where they want one,
and paths. Everything else, such as a question for help or a mistake, is for typer to look at. Both read by
the same declarations, and a test holds them to the same result.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from functools import partial
from pathlib import Path
from types import UnionType
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

from ticketaudit.cli.commands import COMMANDS, command_named
from ticketaudit.cli.options import Argument, Group, Option
from ticketaudit.cli.status import Status

#: Digits of a number that Python may refuse to read.
_LONG: Final = 20


class _NotPlainError(Exception):
    """The command line is one for typer."""


def plain(arguments: Sequence[str]) -> Callable[[], Status] | None:
    """What a command line asks for, ready to be called; None where typer has to look at it.

    Shells ask for completions in a variable, and on Windows it is typer that expands the patterns in paths.
    """
    if not arguments or arguments[0] not in COMMANDS or "_TICKETAUDIT_COMPLETE" in os.environ or os.name == "nt":
        return None
    command = command_named(arguments[0])
    if isinstance(command, Group):
        return None
    try:
        return partial(command, **_Reader(command).read(arguments[1:]))
    except _NotPlainError:
        return None


class _Reader:
    """Reads words by the declarations of a command."""

    def __init__(self, command: Any) -> None:
        hints = get_type_hints(command, include_extras=True)
        self._options: dict[str, tuple[str, Any]] = {}
        self._arguments: list[tuple[str, Any]] = []
        self._required = list(hints)[: command.__code__.co_argcount - len(command.__defaults__ or ())]
        self._given: dict[str, Any] = {}
        for parameter, hint in hints.items():
            for note in getattr(hint, "__metadata__", ()):
                if isinstance(note, Argument):
                    self._arguments.append((parameter, hint.__origin__))
                elif isinstance(note, Option):
                    names = note.names or (f"--{parameter.replace('_', '-')}",)
                    self._options |= dict.fromkeys(names, (parameter, hint.__origin__))

    def read(self, words: Sequence[str]) -> dict[str, Any]:
        """The values of the parameters that are given any."""
        rest = iter(words)
        for word in rest:
            if word.startswith("-") and word != "-":
                self._option(word, rest)
            else:
                self._argument(word)
        if not self._given.keys() >= set(self._required):
            raise _NotPlainError
        return self._given

    def _option(self, word: str, rest: Iterator[str]) -> None:
        name, equals, value = word.partition("=")
        if name not in self._options or (equals and not name.startswith("--")):
            raise _NotPlainError
        parameter, kind = self._options[name]
        if kind is bool and not equals:
            self._given[parameter] = True
            return
        value = value if equals else next(rest, "-")
        if value.startswith("-") and not equals:
            raise _NotPlainError
        self._take(parameter, kind, value)

    def _argument(self, word: str) -> None:
        if len(self._arguments) != 1:
            raise _NotPlainError
        parameter, kind = self._arguments[0]
        if parameter in self._given and not isinstance(self._given[parameter], list):
            raise _NotPlainError
        self._take(parameter, kind, word)

    def _take(self, parameter: str, kind: Any, text: str) -> None:
        """Give a parameter a value, or add one to its list."""
        if isinstance(kind, UnionType):
            kind, _ = get_args(kind)  # what it is, or None
        if get_origin(kind) is list:
            self._given.setdefault(parameter, []).append(_converted(get_args(kind)[0], text))
        else:
            self._given[parameter] = _converted(kind, text)


def _converted(kind: Any, text: str) -> Any:
    """A text as the type of a parameter wants it."""
    if kind is str or (get_origin(kind) is Literal and text in get_args(kind)):
        return text
    if kind is Path and text:
        return Path(text)
    if kind is int and text.isascii() and text.isdecimal() and len(text) < _LONG:
        return int(text)
    if isinstance(kind, type) and issubclass(kind, Enum) and text in {member.value for member in kind}:
        return kind(text)
    raise _NotPlainError
