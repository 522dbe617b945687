"""``ticketaudit explain``: a rule's manual."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated

from ticketaudit.cli import options
from ticketaudit.cli.output import is_terminal, write
from ticketaudit.cli.status import Status
from ticketaudit.errors import UserError
from ticketaudit.manual import as_data, page
from ticketaudit.pretty import pretty_json
from ticketaudit.rule import Rule
from ticketaudit.rules import ALL
from ticketaudit.terminal import Output


def _text(rule: Rule, output: Output) -> None:
    from ticketaudit.cli import manual_page  # reads rich, which the other formats do not need

    manual_page.write(rule, output)


def _markdown(rule: Rule, output: Output) -> None:
    output.stream.write(page(rule))


def _json(rule: Rule, output: Output) -> None:
    output.stream.write(pretty_json(as_data(rule)))


_FORMATS: Mapping[str, Callable[[Rule, Output], None]] = {"text": _text, "markdown": _markdown, "json": _json}


def explain(
    rule: Annotated[str, options.Argument(help="The rule's name, as in the brackets of a diagnostic.", metavar="RULE")],
    output_format: Annotated[
        str | None,
        options.Option(metavar=options.one_of(_FORMATS), help="[default: text on a terminal, else markdown]"),
    ] = None,
    color: options.Color = "auto",
) -> Status:
    """Print the manual of a rule."""
    family = [known.name for known in ALL if known.family == rule]
    if family:
        raise UserError(f"`{rule}` is a family of rules; explain one of them: {', '.join(family)}")
    by_name = {known.name: known for known in ALL}
    meant = by_name[options.known_word(rule, by_name, "rule")]
    name = output_format or ("text" if is_terminal(None) else "markdown")
    show = _FORMATS[options.known_word(name, _FORMATS, "output format")]
    write(lambda output: show(meant, output), color=color)
    return Status.OK
