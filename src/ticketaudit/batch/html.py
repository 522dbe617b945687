"""The batch report as one HTML page that needs nothing else: no network, no other file.

What tickets say is untrusted. Jinja escapes all of it; the details of the tickets, which a script shows
when a row is opened, become text nodes and nothing else; and the page forbids itself, by a
Content-Security-Policy with the hashes of its own style and script, to run or load anything further.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ticketaudit.batch import charts, wording
from ticketaudit.batch.blocks import Bar, Document, Heading, Items, Link, Table, Text
from ticketaudit.batch.flow import severity_flow
from ticketaudit.paths import relative_url
from ticketaudit.report import Diagnostic
from ticketaudit.statistics import Row, Statistics
from ticketaudit.terminal import clean

#: The filters above the table of tickets: what they are called, and a row's value.
_FILTERS = ("severity", "status", "consensus", "disposition", "premise", "batch", "agent")


def render(statistics: Statistics, document: Document, folder: str = ".") -> str:
    """The page; ``document`` has the sections to show, ``folder`` is where the page will stand."""
    environment = Environment(
        loader=PackageLoader("ticketaudit", "data"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    anchors = {(row.ticket.path, row.ticket.line): f"#t{index}" for index, row in enumerate(statistics.rows)}

    def address(link: Link) -> str:
        """A ticket's row in this page, else the place in its file."""
        return anchors.get((link.path, link.line)) or f"{relative_url(link.path, folder)}#L{link.line}"

    environment.filters["clean"] = lambda text: clean(str(text))
    environment.globals.update(wording=wording, charts=charts, kind=_kind, address=address, tone=_tone(statistics))
    style, script = _data("report.css"), _data("report.js")
    return environment.get_template("report.html").render(
        document=document,
        statistics=statistics,
        style=Markup(style),  # a file of this package  # nosec B704
        script=Markup(script),  # a file of this package  # nosec B704
        policy=_policy(style, script),
        tiles=list(_tiles(statistics)),
        drawn=_drawn(statistics),
        filters=_FILTERS,
        values=_values(statistics.rows),
        details=_packed(_details(statistics, folder)),
    )


def _data(name: str) -> str:
    return resources.files("ticketaudit").joinpath("data", name).read_text("utf-8")


def _policy(style: str, script: str) -> str:
    """What the page may do: apply its own style, run its own script, show its own (empty) icon."""
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}"


def _kind(part: object) -> str:
    """What a template has to draw: the name of a block's or a cell's class."""
    known = (Table, Text, Heading, Items, Bar, Link)
    return next((cls.__name__.lower() for cls in known if isinstance(part, cls)), "plain")


def _drawn(statistics: Statistics) -> Mapping[str, Any]:
    """The charts that have something to show, by their names."""
    status = next(table for table in statistics.cross_tables if table.rows.name == "status")
    verdicts = statistics.agreement[0]
    return {
        "status": charts.severity_by_status(status) if statistics.rows else None,
        "verdicts": charts.verdicts_by_reviewer(statistics.reviewers) if statistics.reviewers else None,
        "agreement": charts.agreement_matrix(verdicts) if len(verdicts.raters) > 1 else None,
        "flow": severity_flow(statistics.rows, statistics.scale) if statistics.rows else None,
        "timeline": charts.month_timeline(statistics.ages.timeline) if statistics.ages.timeline else None,
    }


def _tiles(statistics: Statistics) -> Iterator[tuple[str, str, str]]:
    """The figures at the top: each with its name and, where it needs one, a note."""
    rows = statistics.rows
    states = Counter(row.ticket.state for row in rows)
    moved = Counter(_direction(row) for row in rows if row.rated.concluded)
    yield str(len(rows)), "tickets", ""
    yield str(states["open"]), "open", ""
    yield str(states["closed"]), "closed", ""
    yield str(sum(row.ticket.premise == "refuted" for row in rows)), "premises refuted", ""
    yield str(sum(bool(row.consensus and row.consensus.contradicted) for row in rows)), "reviews in conflict", ""
    yield str(moved["down"] + moved["up"]), "re-rated", f"{moved['down']} down, {moved['up']} up"
    alpha = statistics.agreement[0].alpha
    note = "" if alpha.low is None else f"alpha, {wording.decimal(alpha.low)} to {wording.decimal(alpha.high)}"
    yield wording.decimal(alpha.value), "agreement of verdicts", note


def _direction(row: Row) -> str:
    steps = row.rated.steps or 0
    return "down" if steps > 0 else "up" if steps < 0 else "same"


def _tone(statistics: Statistics) -> Callable[[Row], int]:
    """The colour of a row's severity: its place among those of the batch, the last one for all the rest."""
    tones = {severity: min(index, 5) for index, severity in enumerate(statistics.scale)}
    return lambda row: tones[row.values["severity"][0]]


def _cells(row: Row) -> Mapping[str, str]:
    """What a row can be filtered by."""
    consensus = wording.consensus(row.consensus) if row.consensus else wording.NONE
    values = {name: value or wording.NONE for name, (value, *_) in row.values.items()} | {"consensus": consensus}
    return {name: clean(values[name]) for name in _FILTERS}


def _values(rows: Sequence[Row]) -> Mapping[str, Sequence[str]]:
    """The values that each filter offers, in the order of their first row: severities as the scale has them."""
    found: dict[str, dict[str, None]] = {name: {} for name in _FILTERS}
    for row in rows:
        for name, value in _cells(row).items():
            found[name].setdefault(value)
    return {name: list(values) if name == "severity" else sorted(values) for name, values in found.items()}


def _details(statistics: Statistics, folder: str) -> list[Any]:
    """What opens under each row, in the order of the rows. Lists instead of objects: there may be thousands."""
    by_path: dict[str, list[Diagnostic]] = {}
    for findings in statistics.findings:
        for diagnostic in findings.diagnostics:
            by_path.setdefault(diagnostic.path, []).append(diagnostic)
    return [_detail(row, by_path.get(row.ticket.path, ()), folder) for row in statistics.rows]


def _detail(row: Row, diagnostics: Sequence[Diagnostic], folder: str) -> list[Any]:
    ticket = row.ticket
    mine = [found for found in diagnostics if ticket.line <= found.span.line <= ticket.end_line]
    return [
        list(_cells(row).values()),
        relative_url(ticket.path, folder),
        clean(ticket.summary or ""),
        [
            [
                clean(review.reviewer or ""),
                review.verdict,
                clean(review.verdict_text),
                ", ".join(map(clean, review.severity)),
                len(review.evidence),
                clean(review.text),
            ]
            for review in ticket.reviews
        ],
        [[found.name, found.level, found.span.line, clean(found.message)] for found in mine],
        [row.gates.boxes, row.gates.objections, int(row.gates.sign_off)],
    ]


def _packed(details: list[Any]) -> str:
    """JSON, compressed, in letters: three thousand tickets with all their reviews stay below three megabytes."""
    text = json.dumps(details, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(zlib.compress(text.encode(), 9)).decode()
