"""The blocks of a container, the containers among them with all that is in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ticketaudit.commonmark import rules, starts
from ticketaudit.commonmark.state import Leaf, State

#: What is nested deeper is passed over; a quote is a level, a list and its item are two.
MOST_NESTING = 100
#: As many lines may be looked at for the rest of a quoted paragraph, and turn out to be none. People never come near;
#: without an end to it, quotes could take time that grows with the square of the length.
MOST_WASTED = 100_000

#: See `rules`; what holds for leaves there holds for containers here.
Rule = Callable[[State, int, int], int]


def read(lines: Sequence[str]) -> list[Leaf]:
    """All leaves, in order."""
    state = State(lines)
    _blocks(state, 0, state.lines.count)
    return state.leaves


def _blocks(state: State, line: int, end: int) -> int:
    """The blocks of a container; the line behind them."""
    marks, indents, margin = state.lines.mark, state.lines.indent, state.margin
    while line < end:
        mark = marks[line]
        if not mark:
            line += 1
            continue
        gap = indents[line] - margin
        if gap < 0:
            break
        if state.level >= MOST_NESTING:
            return _pass_over(state, line, end)
        if gap > 3:
            line = rules.code(state, line, end)
            continue
        rule = _RULES.get(mark)
        line = (
            (marks[line + 1] in starts.DELIMITING and rules.table(state, line, end))
            or (rule and rule(state, line, end))
            or rules.paragraph(state, line, end)
        )
    return line


def _pass_over(state: State, line: int, end: int) -> int:
    """The lines of a container that is nested too deep. markdown-it-py passes over what follows a list, too."""
    lines = state.lines
    behind = (stop for stop in range(line, end) if lines.mark[stop] and lines.indent[stop] < state.margin)
    return state.add("too deep", line, next(behind, end), "")


def _quote(state: State, line: int, end: int) -> int:
    lines = state.lines
    before = []
    stop = line
    while stop < end and lines.mark[stop]:
        now = lines.state(stop)
        if lines.mark[stop] == ">" and lines.indent[stop] >= state.margin:
            lines.enter_quote(stop)
        elif not lines.mark[stop - 1] or state.interrupts(stop) or state.wasted > MOST_WASTED:
            break
        else:  # a line that can only go on with a paragraph
            lines.indent[stop] = -1
        before.append(now)
        stop += 1
    margin, state.margin = state.margin, 0
    state.level += 1
    state.quotes += 1
    after = _blocks(state, line, stop)
    state.wasted += max(stop - after, 0)
    state.quotes -= 1
    state.level -= 1
    state.margin = margin
    for number, now in enumerate(before, line):
        lines.restore(number, now)
    return after


def _rule_or_list(state: State, line: int, end: int) -> int:
    return rules.rule(state, line, end) or _list(state, line, end)


def _list(state: State, line: int, end: int) -> int:
    lines = state.lines
    marker = state.marker(line)
    kind = marker[-1:]
    if not kind:
        return 0
    state.level += 1
    state.lists += 1
    while marker:
        line = _item(state, line, end, len(marker))
        if line >= end or not state.is_at_margin(line) or starts.is_rule(lines.text[line]):
            break
        found = starts.MARKER.match(lines.text[line])
        marker = found[0] if found and found[0][-1] == kind else ""
    state.lists -= 1
    state.level -= 1
    return line


def _item(state: State, line: int, end: int, width: int) -> int:
    lines = state.lines
    before = lines.state(line)
    margins = state.outer_margin, state.margin
    state.outer_margin, state.margin = state.margin, lines.enter_item(line, width)
    state.level += 1
    state.leads = True
    is_empty = not lines.mark[line] and not lines.mark[line + 1]  # then what follows is none of its text
    after = min(line + 2, end) if is_empty else _blocks(state, line, end)
    state.leads = False
    state.level -= 1
    state.outer_margin, state.margin = margins
    lines.restore(line, before)
    return after


_RULES: dict[str, Rule] = {
    "#": rules.heading,
    ">": _quote,
    "<": rules.html,
    "[": rules.definition,
    "_": rules.rule,
    **dict.fromkeys("`~", rules.fence),
    **dict.fromkeys("*-+0123456789", _rule_or_list),
}
