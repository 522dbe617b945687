"""The table of the rules, for people."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from textwrap import wrap

from rich.text import Text

from ticketaudit.console import LEVEL_STYLES, console
from ticketaudit.rule import Level, Rule
from ticketaudit.terminal import Output

_LEVEL_WIDTH = max(map(len, Level))
#: A summary has at least so many columns, however narrow the terminal is.
_NARROW = 20


def write(rules: Iterable[Rule], output: Output) -> None:
    """Write a line for each rule, family by family."""
    in_order = sorted(rules, key=lambda rule: (rule.family, rule.name))
    name_width = max(len(rule.name) for rule in in_order)
    indent = 2 + name_width + 2 + _LEVEL_WIDTH + 2
    terminal = console(output)
    for number, (family, members) in enumerate(groupby(in_order, lambda rule: rule.family)):
        terminal.print(Text.assemble("\n" * bool(number), (family, "bold")))
        for rule in members:
            summary = f"\n{' ' * indent}".join(wrap(rule.summary, max(terminal.width - indent, _NARROW)))
            level = (f"{rule.level:{_LEVEL_WIDTH}}", LEVEL_STYLES[rule.level])
            line = Text.assemble(f"  {rule.name:{name_width}}  ", level, f"  {summary}")
            terminal.print(line, soft_wrap=True)
