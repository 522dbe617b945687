"""``ticketaudit rules``: the rules, a line each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated

from ticketaudit.cli import options
from ticketaudit.cli.output import write
from ticketaudit.cli.status import Status
from ticketaudit.manual import as_data, table
from ticketaudit.pretty import pretty_json
from ticketaudit.rules import ALL
from ticketaudit.terminal import Output


def _text(output: Output) -> None:
    from ticketaudit.cli import rules_table  # reads rich, which JSON does not need

    rules_table.write(ALL, output)


def _json(output: Output) -> None:
    output.stream.write(pretty_json([as_data(rule) for rule in ALL]))


def _markdown(output: Output) -> None:
    output.stream.write(table(ALL))


_FORMATS: Mapping[str, Callable[[Output], None]] = {"text": _text, "json": _json, "markdown": _markdown}


def rules(
    output_format: Annotated[str, options.Option(metavar=options.one_of(_FORMATS))] = "text",
    color: options.Color = "auto",
) -> Status:
    """List the rules: name, family, level, and what each is about."""
    write(_FORMATS[options.known_word(output_format, _FORMATS, "output format")], color=color)
    return Status.OK
