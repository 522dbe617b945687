"""The formats of `verify`, a module each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ticketaudit.evidence import json, markdown
from ticketaudit.terminal import Output
from ticketaudit.verification import Verification

EvidenceWriter = Callable[[Verification, Output], None]


def _table(verification: Verification, output: Output) -> None:
    from ticketaudit.evidence import table  # reads rich, which no other format needs

    table.write(verification, output)


#: The writers by the names that users give.
FORMATS: Mapping[str, EvidenceWriter] = {"table": _table, "json": json.write, "markdown": markdown.write}
