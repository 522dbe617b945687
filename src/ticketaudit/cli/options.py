"""How commands declare what they take, and what they have in common: one name, one help text, one meaning.

A command is a function. The annotations of its parameters say what they are called and what the help says
of them; `app.py` makes typer's declarations of these, and `plain.py` reads a command line by them without typer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from ticketaudit.cli.status import Status
from ticketaudit.errors import UserError
from ticketaudit.hints import did_you_mean
from ticketaudit.terminal import ColorChoice

#: What a command is: it gets what was given it by name, and says how it ended.
Command = Callable[..., Status]


class Option:
    """An option: ``names`` as they are typed (none: that of the parameter), ``settings`` as typer calls them."""

    def __init__(self, *names: str, **settings: Any) -> None:
        self.names = names
        self.settings = settings


class Argument:
    """An argument without a name, with settings as typer calls them."""

    def __init__(self, **settings: Any) -> None:
        self.settings = settings


class Group(NamedTuple):
    """A command that consists of commands."""

    help: str
    commands: Mapping[str, Command]


Paths = Annotated[
    list[str] | None,
    Argument(
        metavar="[PATH]...",
        help="Tickets: files, folders to search for *.md, or - for standard input. "
        "Without any, what the configuration includes, else the working folder.",
        show_default=False,
    ),
]
Corpus = Annotated[
    list[str] | None,
    Option(
        metavar="DIR",
        help="Further tickets to compare with, beside what the configuration includes; may be repeated.",
        show_default=False,
    ),
]
StdinFilename = Annotated[str | None, Option(metavar="PATH", help="The path that standard input has in the output.")]
OutputFile = Annotated[Path | None, Option("-o", metavar="FILE", help="Write to a file instead of standard output.")]
Color = Annotated[ColorChoice, Option(help="When to use colour.")]
ConfigFile = Annotated[
    Path | None,
    Option("--config", metavar="FILE", help="The configuration, instead of the nearest ticketaudit.yaml."),
]
Isolated = Annotated[bool, Option("--isolated", help="Read no configuration.")]
Trust = Annotated[
    bool, Option("--trust", help="Let paths of the configuration, and links, lead out of the repository.")
]
AllowEmpty = Annotated[bool, Option("--allow-empty", help="Finding no ticket at all is no error.")]
CacheDir = Annotated[
    Path | None,
    Option(metavar="DIR", help="Where to keep what was worked out. [default: a folder of the user's caches]"),
]
NoCache = Annotated[bool, Option("--no-cache", help="Work everything out anew, and keep nothing.")]
Jobs = Annotated[
    int | None, Option(metavar="N", help="How many processes may read tickets. [default: one per processor]")
]
SourceRoot = Annotated[
    Path | None,
    Option(
        "--source-root", metavar="DIR", help="The code that the tickets talk about. [default: their git repository]"
    ),
]
Select = Annotated[
    list[str] | None,
    Option(metavar="RULE,...", help="Rules to run: names, families or all.", show_default=False),
]
ExtendSelect = Annotated[
    list[str] | None,
    Option(metavar="RULE,...", help="Rules to run besides the selected ones.", show_default=False),
]
Ignore = Annotated[
    list[str] | None,
    Option(metavar="RULE,...", help="Rules not to run: names or families.", show_default=False),
]


def one_of(names: Iterable[str]) -> str:
    """What stands in the help for a value that is one of a few names."""
    return f"<{'|'.join(names)}>"


def split_words(values: Iterable[str] | None) -> list[str]:
    """The words of an option that may be repeated and may hold several, with commas between.

    Raises `UserError` where the option is given and holds none.
    """
    words = [word.strip() for value in values or () for word in value.split(",") if word.strip()]
    if values and not words:
        raise UserError("an option that takes a list is empty; is a variable unset?")
    return words


def known_word(word: str, known: Iterable[str], what: str) -> str:
    """The word, if it is known; else `UserError` with the nearest one."""
    known = tuple(known)
    if word not in known:
        raise UserError(f"unknown {what} `{word}`{did_you_mean(word, known)}")
    return word
