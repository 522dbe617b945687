"""``ticketaudit explain``: a rule's manual."""

from __future__ import annotations

from typing import Annotated

import typer

from ticketaudit.cli import options
from ticketaudit.cli.output import write
from ticketaudit.cli.status import Status
from ticketaudit.manual import page
from ticketaudit.rules import ALL
from ticketaudit.terminal import Output


def explain(
    rule: Annotated[str, typer.Argument(help="The rule's name, as in the brackets of a diagnostic.", metavar="RULE")],
    color: options.Color = "auto",
) -> Status:
    """Print the manual of a rule."""
    by_name = {known.name: known for known in ALL}
    text = page(by_name[options.known_word(rule, by_name, "rule")])
    write(lambda output: _write(text, output), color=color)
    return Status.OK


def _write(text: str, output: Output) -> None:
    """For a person as it is meant to look, for anything else as Markdown."""
    if output.width is None:
        output.stream.write(text)
        return
    from rich.markdown import Markdown

    from ticketaudit.console import console

    console(output).print(Markdown(text, code_theme="ansi_dark", hyperlinks=False))
