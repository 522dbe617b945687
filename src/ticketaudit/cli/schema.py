"""``ticketaudit schema``: the JSON Schema of what is printed or read."""

from __future__ import annotations

from typing import Annotated

from ticketaudit import schemas
from ticketaudit.cli import options
from ticketaudit.cli.output import write_text
from ticketaudit.cli.status import Status
from ticketaudit.pretty import pretty_json


def schema(
    name: Annotated[
        str,
        options.Argument(metavar=options.one_of(schemas.NAMES), help="What to print the schema of."),
    ],
) -> Status:
    """Print the JSON Schema of what is printed or read."""
    known = options.known_word(name, schemas.NAMES, "schema")
    write_text(pretty_json(schemas.schema(known)))
    return Status.OK
