"""The JSON Schemas of what ticketaudit prints and reads, each from the definition that is used for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from ticketaudit.config import config_shape
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


def _report() -> dict[str, Any]:
    """The batch report, as ``report --output-format json`` prints it."""
    place = {"path": _TEXT, "line": _PLACE, "id": _TEXT_OR_NULL}
    figure = {"type": ["number", "null"]}
    steps = {"type": ["integer", "null"]}
    tally = {"type": "object", "additionalProperties": _COUNT}
    levels = _object(**{level.value: _COUNT for level in Level})
    texts = {"type": "array", "items": _TEXT}
    rate = _object(hits=_COUNT, n=_COUNT, share=figure)
    days = _object(n=_COUNT, median=figure, least=steps, most=steps)
    hotspots = _list(name=_TEXT, tickets=_list(**place))
    consensus = _object(
        kind={"enum": ["unanimous", "majority", "split", "mixed", "single"]},
        verdict=_TEXT_OR_NULL,
        votes=_COUNT,
        of=_COUNT,
        contradicted={"type": "boolean"},
    )
    names = ("title", "severity", "status", "state", "batch", "agent", "created", "updated")
    ticket = {
        **place,
        **dict.fromkeys(names, _TEXT_OR_NULL),
        "domain": texts,
        "categories": texts,
        "verdicts": tally,
        "consensus": {"anyOf": [consensus, {"type": "null"}]},
        **dict.fromkeys(("original_severity", "final_severity"), _TEXT_OR_NULL),
        "concluded": texts,
        "concluded_line": steps,
        "steps": steps,
        "disposition": _TEXT_OR_NULL,
        "premise": _TEXT,
        "open_boxes": _COUNT,
        "unanswered_objections": _COUNT,
        "missing_sign_off": {"type": "boolean"},
        "status_conflict": {"type": "boolean"},
        "diagnostics": _COUNT,
    }
    changes = _object(
        since=_TEXT,
        tickets=_list(
            kind={"enum": ["new", "closed", "re-opened", "re-rated", "gone"]},
            **place,
            before=_TEXT_OR_NULL,
            after=_TEXT_OR_NULL,
        ),
        figures=_list(name=_TEXT, before=figure, after=figure),
    )
    coefficients = _list(name=_TEXT, n=_COUNT, value=figure, low=figure, high=figure, reason=_TEXT_OR_NULL)
    pairs = _list(reviewers=texts, n=_COUNT, raw=figure, kappa=figure, reason=_TEXT_OR_NULL)
    return _object(
        version={"const": 1},
        tool=_object(name={"const": "ticketaudit"}, version=_TEXT),
        title=_TEXT,
        summary=_object(files=_COUNT, tickets=_COUNT, open=_COUNT, closed=_COUNT, diagnostics=_COUNT, levels=levels),
        figures={"type": "object", "additionalProperties": figure},
        changes={"anyOf": [changes, {"type": "null"}]},
        counts=_list(by=_TEXT, overlapping={"type": "boolean"}, counts=_list(value=_TEXT_OR_NULL, tickets=_COUNT)),
        cross_tables=_list(
            rows=_TEXT,
            columns=_TEXT,
            cells=_list(row=_TEXT_OR_NULL, column=_TEXT_OR_NULL, tickets={"type": "integer", "minimum": 1}),
        ),
        verdicts=tally,
        tickets=_list(**ticket),
        agreement=_list(
            scale=_TEXT,
            metric={"enum": ["nominal", "ordinal"]},
            categories=texts,
            tickets=_COUNT,
            ratings=_COUNT,
            left_out=_COUNT,
            reviewers=texts,
            coefficients=coefficients,
            pairs=pairs,
        ),
        reviewers=_list(
            name=_TEXT,
            reviews=_COUNT,
            verdicts=tally,
            endorsed_in_error=rate,
            alone_and_right=rate,
            evidence=rate,
            severity_as_concluded=rate,
        ),
        hotspots=_object(files=hotspots, symbols=hotspots),
        duplicates=_list(
            score={"type": "number", "minimum": 0, "maximum": 1},
            tickets=_list(**place),
            declared={"type": "boolean"},
            files=texts,
            passage=_TEXT_OR_NULL,
        ),
        ages=_object(
            as_of=_TEXT_OR_NULL,
            open=days,
            to_close=days,
            stateless=_COUNT,
            undated=_COUNT,
            later=_COUNT,
            impossible=_COUNT,
            timeline=_list(month=_TEXT, opened=_COUNT, closed=_COUNT),
        ),
        rules=_list(name=_TEXT, levels=levels, tickets=_COUNT),
        silent_rules=texts,
    )


def _config() -> dict[str, Any]:
    """The configuration file."""
    return json_schema(config_shape())


def _object(**properties: Any) -> dict[str, Any]:
    """An object that always has these keys; a later version may add others."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(**properties: Any) -> dict[str, Any]:
    return {"type": "array", "items": _object(**properties)}


_SCHEMAS: Mapping[str, Callable[[], dict[str, Any]]] = {
    "record": _record,
    "diagnostics": _diagnostics,
    "config": _config,
    "report": _report,
}
#: What there is a schema of.
NAMES = tuple(_SCHEMAS)


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of one of `NAMES`."""
    return {"$schema": _DIALECT, "title": f"ticketaudit {name}", **_SCHEMAS[name]()}
