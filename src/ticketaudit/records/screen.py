"""One ticket on one screen: what it says, what its reviewers say, what it came to, what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from ticketaudit.console import LEVEL_STYLES, console
from ticketaudit.records import styles
from ticketaudit.records.phrases import place
from ticketaudit.report import Diagnostic
from ticketaudit.terminal import Output, clean
from ticketaudit.ticket import Location, Resolution, Review, Ticket
from ticketaudit.vocabulary import Vocabulary

#: The width where there is no terminal.
_WIDTH = 100

Row = Sequence[RenderableType]


def write(ticket: Ticket, diagnostics: Sequence[Diagnostic], vocabulary: Vocabulary, output: Output) -> None:
    """Write the screen of one ticket; ``diagnostics`` are its own. What the ticket does not have is left out."""
    screen = console(output, _WIDTH)
    screen.print(_header(ticket, vocabulary))
    for title, content in _sections(ticket, diagnostics):
        screen.print(Text(title, "bold"), Padding(content, (0, 0, 1, 2), expand=False), sep="\n")


def _header(ticket: Ticket, vocabulary: Vocabulary) -> Panel:
    lines = [styles.value(ticket.title, "bold"), Text(" · ", "dim").join(_facts(ticket, vocabulary))]
    if ticket.summary:
        lines += [Text(), styles.value(ticket.summary)]
    return Panel(
        Group(*lines),
        title=styles.value(ticket.id, "bold"),
        title_align="left",
        subtitle=styles.value(f"{ticket.path}:{ticket.line}", "dim"),
        subtitle_align="right",
        border_style="blue",
    )


def _facts(ticket: Ticket, vocabulary: Vocabulary) -> Iterator[Text]:
    yield styles.severity(ticket.severity, vocabulary)
    yield styles.value(ticket.status)
    if ticket.state and ticket.state != (ticket.status or "").lower():
        yield styles.state(ticket)
    yield Text.assemble("premise ", styles.premise(ticket))
    named = {"batch": ticket.batch, "agent": ticket.agent, "domain": ", ".join(ticket.domain)}
    named |= {"assignee": ticket.assignee, "created": ticket.created, "updated": ticket.updated}
    yield from (Text(f"{name} {clean(value)}") for name, value in named.items() if value)


def _sections(ticket: Ticket, diagnostics: Sequence[Diagnostic]) -> Iterator[tuple[str, RenderableType]]:
    tables: dict[str, Iterable[Row]] = {
        "Location": map(_location, ticket.locations),
        "Reviews": map(_review, ticket.reviews),
        "Claims": ((styles.claim(claim.status), _whole(claim.text)) for claim in ticket.claims),
        "Resolution": _resolution(ticket.resolution) if ticket.resolution else (),
        "Open boxes": ((Text("[ ]", "yellow"), _whole(item.text)) for item in ticket.open_boxes),
        "Related": ((Text(clean(item.id)), Text(item.kind, "dim"), _whole(item.note)) for item in ticket.relations),
        "Diagnostics": map(_diagnostic, diagnostics),
    }
    for title, rows in tables.items():
        grid = Table.grid(padding=(0, 2, 0, 0))
        for row in rows:
            grid.add_row(*row)
        if grid.row_count:
            yield title, grid


def _location(location: Location) -> Row:
    return styles.value(place(location)), styles.value(location.symbol if location.path else None)


def _review(review: Review) -> Row:
    """Who and what, with the text below: beside it there is too little room."""
    kinds = ", ".join(dict.fromkeys(evidence.kind for evidence in review.evidence))
    says = [styles.verdict(review.verdict)]
    if review.severity:
        says.append(Text(f"recommends {clean(', '.join(review.severity))}", "bold"))
    says.append(Text(f"shows {kinds}", "green") if kinds else Text("no evidence", "dim"))
    return styles.value(review.reviewer, "bold"), Group(Text(" · ", "dim").join(says), _whole(review.text))


def _resolution(resolution: Resolution) -> Iterator[Row]:
    facts: dict[str, str | None] = {
        "disposition": resolution.disposition,
        "in words": resolution.text,
        "severity": " → ".join(filter(None, (resolution.severity_before, ", ".join(resolution.severity)))),
        "refutes": resolution.refutation.text if resolution.refutation else None,
        "commits": ", ".join(resolution.commits),
        "date": resolution.date,
    }
    yield from ((Text(name, "dim"), _whole(value)) for name, value in facts.items() if value)
    for sign_off in resolution.sign_offs:
        yield Text("signed off", "dim"), _whole(f"{sign_off.name}: {sign_off.text}")


def _diagnostic(diagnostic: Diagnostic) -> Row:
    return (
        Text(f"{diagnostic.span.line}:{diagnostic.span.column}", "dim"),
        Text(diagnostic.level, LEVEL_STYLES[diagnostic.level]),
        Text.assemble(clean(diagnostic.message), (f" [{diagnostic.name}]", "dim")),
    )


def _whole(text: str) -> Text:
    return Text(clean(text).strip(), overflow="fold")
