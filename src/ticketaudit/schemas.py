"""The JSON Schemas of what ticketaudit prints and reads, each from the definition that is used for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from ticketaudit.config import Config
from ticketaudit.rule import Level
from ticketaudit.shape import json_schema
from ticketaudit.ticket import Ticket

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT = {"type": "string"}
_TEXT_OR_NULL = {"type": ["string", "null"]}
_COUNT = {"type": "integer", "minimum": 0}
_PLACE = {"type": "integer", "minimum": 1}


def _record() -> dict[str, Any]:
    """One record, as ``parse`` prints them."""
    return msgspec.json.schema(Ticket)


def _diagnostics() -> dict[str, Any]:
    """The report, as ``check --output-format json`` prints it."""
    diagnostic: dict[str, Any] = {
        "name": _TEXT,
        "level": {"enum": [level.value for level in Level]},
        "message": _TEXT,
        "path": _TEXT,
        "line": _PLACE,
        "column": _PLACE,
        "end_line": _PLACE,
        "end_column": _PLACE,
        "ticket": _TEXT_OR_NULL,
        "section": _TEXT_OR_NULL,
        "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
        "url": _TEXT_OR_NULL,
    }
    counts = _object(
        files=_COUNT,
        tickets=_COUNT,
        diagnostics=_COUNT,
        suppressed=_COUNT,
        baselined=_COUNT,
        levels=_object(**{level.value: _COUNT for level in Level}),
    )
    return _object(
        version={"const": 1},
        tool=_object(name={"const": "ticketaudit"}, version=_TEXT),
        execution_successful={"type": "boolean"},
        summary=counts,
        diagnostics=_list(**diagnostic),
        suppressed=_list(**diagnostic, suppressed_by={"enum": ["comment", "baseline"]}, reason=_TEXT_OR_NULL),
    )


def _config() -> dict[str, Any]:
    """The configuration file."""
    return json_schema(Config)


def _object(**properties: Any) -> dict[str, Any]:
    """An object that always has these keys; a later version may add others."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(**properties: Any) -> dict[str, Any]:
    return {"type": "array", "items": _object(**properties)}


_SCHEMAS: Mapping[str, Callable[[], dict[str, Any]]] = {
    "record": _record,
    "diagnostics": _diagnostics,
    "config": _config,
}
#: What there is a schema of.
NAMES = tuple(_SCHEMAS)


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of one of `NAMES`."""
    return {"$schema": _DIALECT, "title": f"ticketaudit {name}", **_SCHEMAS[name]()}
