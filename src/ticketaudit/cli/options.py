"""The arguments and options that commands have in common: one name, one help text, one meaning."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from ticketaudit.errors import UserError
from ticketaudit.hints import did_you_mean
from ticketaudit.terminal import ColorChoice

Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PATH]...",
        help="Tickets: files, folders to search for *.md, or - for standard input. "
        "Without any, what the configuration includes, else the working folder.",
        show_default=False,
    ),
]
Corpus = Annotated[
    list[str] | None,
    typer.Option(
        metavar="DIR",
        help="Further tickets to compare with, beside what the configuration includes; may be repeated.",
        show_default=False,
    ),
]
StdinFilename = Annotated[
    str | None, typer.Option(metavar="PATH", help="The path that standard input has in the output.")
]
OutputFile = Annotated[
    Path | None, typer.Option("-o", metavar="FILE", help="Write to a file instead of standard output.")
]
Color = Annotated[ColorChoice, typer.Option(help="When to use colour.")]
ConfigFile = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="The configuration, instead of the nearest ticketaudit.yaml."),
]
Isolated = Annotated[bool, typer.Option("--isolated", help="Read no configuration.")]
AllowEmpty = Annotated[bool, typer.Option("--allow-empty", help="Finding no ticket at all is no error.")]
CacheDir = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Where to keep what was worked out. [default: the user's cache folder]"),
]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Work everything out anew, and keep nothing.")]
Jobs = Annotated[
    int | None, typer.Option(metavar="N", help="How many processes may read tickets. [default: one per processor]")
]
SourceRoot = Annotated[
    Path | None,
    typer.Option(
        "--source-root", metavar="DIR", help="The code that the tickets talk about. [default: their git repository]"
    ),
]
Select = Annotated[
    list[str] | None,
    typer.Option(metavar="RULE,...", help="Rules to run: names, families or all.", show_default=False),
]
ExtendSelect = Annotated[
    list[str] | None,
    typer.Option(metavar="RULE,...", help="Rules to run besides the selected ones.", show_default=False),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option(metavar="RULE,...", help="Rules not to run: names or families.", show_default=False),
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
