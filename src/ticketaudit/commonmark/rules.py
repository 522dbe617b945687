"""The leaves, a rule each.

A rule files the leaf of its kind that begins on a line, in a container that ends before another line. It
returns the line behind the leaf, 0 where there is none of its kind.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from ticketaudit.commonmark import starts
from ticketaudit.commonmark.references import BEGINNING, definition_end
from ticketaudit.commonmark.state import Run, State

#: As many cells may be missing in the rows of a table; what follows is no part of it.
MOST_MISSING_CELLS = 0x10000


def paragraph(state: State, line: int, end: int) -> int:
    """A paragraph, or the heading that the line under it makes of it."""
    lines = state.lines
    stop = line + 1
    while stop < end and (mark := lines.mark[stop]):
        gap = lines.indent[stop] - state.margin
        if gap > 3:
            stop += 1
            continue
        if mark in "-=" and gap >= 0 and starts.is_underline(lines.text[stop], mark):
            text = lines.cut(line, stop, state.margin).strip(starts.TRIMMED)
            return state.add("heading", line, stop + 1, text, level=1 if mark == "=" else 2)
        if lines.indent[stop] >= 0 and state.ends_paragraph(stop, end, in_paragraph=True):
            break
        stop += 1
    is_short = stop == line + 1 and not state.quotes  # then cutting takes nothing that trimming leaves
    text = lines.text[line] if is_short else lines.cut(line, stop, state.margin)
    return state.add("paragraph", line, stop, text.strip(starts.TRIMMED))


def heading(state: State, line: int, end: int) -> int:
    """A heading that begins with number signs."""
    text = state.lines.text[line]
    found = starts.HEADING.match(text)
    if not found:
        return 0
    return state.add("heading", line, line + 1, starts.heading_text(text, found.end()), level=found.end())


def rule(state: State, line: int, end: int) -> int:
    """A thematic break."""
    return state.add("rule", line, line + 1, "") if starts.is_rule(state.lines.text[line]) else 0


def fence(state: State, line: int, end: int) -> int:
    """Code between two fences, or up to the end of its container."""
    lines = state.lines
    mark, text = lines.mark[line], lines.text[line]
    length = starts.fence_length(text, mark)
    if not length:
        return 0
    stop, is_closed = line + 1, False
    while stop < end and not (lines.mark[stop] and lines.indent[stop] < state.margin):
        if lines.mark[stop] == mark and lines.indent[stop] - state.margin <= 3:
            tail = lines.text[stop].lstrip(mark)
            is_closed = len(lines.text[stop]) - len(tail) >= length and not tail.strip(" \t")
            if is_closed:
                break
        stop += 1
    content = lines.cut(line + 1, stop, lines.indent[line]).rstrip("\n")
    return state.add("fence" if is_closed else "unclosed fence", line, stop + is_closed, content, text[length:])


def code(state: State, line: int, end: int) -> int:
    """Code by its indentation; the caller has seen that of the first line."""
    lines = state.lines
    stop = last = line + 1
    while stop < end and (not lines.mark[stop] or lines.indent[stop] - state.margin > 3):
        stop += 1
        if lines.mark[stop - 1]:
            last = stop
    return state.add("code", line, last, lines.cut(line, last, state.margin + 4).rstrip("\n"))


def html(state: State, line: int, end: int) -> int:
    """HTML, up to what ends its kind."""
    lines = state.lines
    found = starts.html_end(lines.text[line])
    if not found:
        return 0
    closing = found[0]
    ends_with_empty_line = closing.search("") is not None
    stop = line + 1
    if not closing.search(lines.text[line]):
        while stop < end and (lines.indent[stop] >= state.margin or not (lines.mark[stop] or ends_with_empty_line)):
            if closing.search(lines.text[stop]):
                stop += not ends_with_empty_line
                break
            stop += 1
    return state.add("html", line, stop, lines.cut(line, stop, state.margin).rstrip("\n"))


def table(state: State, line: int, end: int) -> int:
    """A table: two lines that make one, and the rows below them."""
    texts = state.lines.text
    width = state.table_width(line, end)
    if not width:
        return 0
    stop = line + 2
    while stop < end and state.is_at_margin(stop) and texts[stop].strip(starts.TRIMMED) and not state.interrupts(stop):
        stop += 1
    if width * (stop - line) > MOST_MISSING_CELLS:
        missing = accumulate(width - starts.cell_count(text) for text in texts[line + 2 : stop])
        stop = next((row for row, count in enumerate(missing, line + 2) if count > MOST_MISSING_CELLS), stop)
    return state.add("table", line, stop, "")


def definition(state: State, line: int, end: int) -> int:
    """A link reference definition, which leaves nothing."""
    if not BEGINNING.match(state.lines.text[line]):
        return 0
    run = state.run
    if run.level != state.level or not run.first <= line < run.end:
        run = state.run = _run(state, line, end)
    after = definition_end(run.text, run.starts[line - run.first])
    return run.first + bisect_right(run.starts, after - 1) if after else 0


def _run(state: State, line: int, end: int) -> Run:
    """The lines from here on that a definition could take."""
    lines = state.lines
    stop = line + 1
    while stop < end and lines.mark[stop]:
        is_lazy = lines.indent[stop] < 0 or lines.indent[stop] - state.margin > 3
        if not is_lazy and state.ends_paragraph(stop, end, in_paragraph=False):
            break
        stop += 1
    texts = lines.text[line:stop]
    offsets = list(accumulate((len(text) + 1 for text in texts[:-1]), initial=0))
    return Run(state.level, line, stop, offsets, "\n".join(texts))
