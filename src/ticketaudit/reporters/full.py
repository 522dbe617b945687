"""Diagnostics for people: rule and message, the ticket's line with the place marked, the ticket's id.

Everything fits the terminal: messages wrap between words, long lines are cut around the mark. Where
the output is no terminal nothing is wrapped or cut.
"""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from ticketaudit.console import LEVEL_STYLES, console
from ticketaudit.report import Diagnostic, Report
from ticketaudit.terminal import Output, clean

_FRAME = "blue"
_CUT = "…"


def write(report: Report, output: Output) -> None:
    """Write the diagnostics with an empty line after each; nothing where there are none."""
    screen = console(output)
    for diagnostic in report.diagnostics:
        for line in (*block(diagnostic, screen), Text()):
            screen.print(line, soft_wrap=True)


def block(diagnostic: Diagnostic, screen: Console) -> list[Text]:
    """The lines that show one diagnostic."""
    number = str(diagnostic.span.line)
    margin = " " * (len(number) + 1)
    place = f"{diagnostic.path}:{number}:{diagnostic.span.column}"
    ticket = " · ".join(filter(None, (diagnostic.ticket, diagnostic.section)))
    lines = [*_headline(diagnostic, screen), Text.assemble((f"{margin}--> ", _FRAME), clean(place))]
    if diagnostic.source.strip():
        bar = Text(f"{margin} │", _FRAME)
        before, mark, after = _window(*_parts(diagnostic), screen.width - len(margin) - 3)
        style = LEVEL_STYLES[diagnostic.level]
        lines += [
            bar,
            Text.assemble((f" {number} │ ", _FRAME), before, (mark, style), after),
            Text.assemble(bar, " " * (cell_len(before) + 1), ("^" * max(cell_len(mark), 1), style)),
        ]
    if ticket:
        lines.append(Text.assemble((f"{margin} = ", _FRAME), (clean(ticket), "dim")))
    return lines


def _headline(diagnostic: Diagnostic, screen: Console) -> list[Text]:
    level = (f"{diagnostic.level}[{diagnostic.name}]", LEVEL_STYLES[diagnostic.level])
    headline = Text.assemble(level, ": ", clean(diagnostic.message))
    first, *rest = headline.wrap(screen, screen.width - 2)
    return [first, *(Text.assemble("  ", line) for line in rest)]


def _parts(diagnostic: Diagnostic) -> tuple[str, str, str]:
    """The source line before, in and behind the mark, as it can be shown."""
    source, span = diagnostic.source, diagnostic.span
    start, end = span.column - 1, span.end_column - 1
    return clean(source[:start]), clean(source[start:end]), clean(source[end:])


def _window(before: str, mark: str, after: str, room: int) -> tuple[str, str, str]:
    """As much of the three as fits in ``room`` cells: the mark first, then its two sides evenly."""
    mark = _head(mark, room)
    sides = room - cell_len(mark)
    before = _tail(before, max(sides - cell_len(after), sides // 2))
    return before, mark, _head(after, sides - cell_len(before))


def _head(text: str, room: int) -> str:
    if cell_len(text) <= room:
        return text
    return set_cell_size(text, room - 1) + _CUT if room > 0 else ""


def _tail(text: str, room: int) -> str:
    return _head(text[::-1], room)[::-1]
