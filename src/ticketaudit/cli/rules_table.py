"""The table of the rules, for people."""

from __future__ import annotations

from collections.abc import Iterable

from rich import box
from rich.table import Table
from rich.text import Text

from ticketaudit.console import LEVEL_STYLES, console
from ticketaudit.rule import Rule
from ticketaudit.terminal import Output


def write(rules: Iterable[Rule], output: Output) -> None:
    """Write a row per rule."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    for name in ("rule", "family", "level"):
        table.add_column(name, no_wrap=True)
    table.add_column("says when")
    for rule in rules:
        level = Text(rule.level, LEVEL_STYLES[rule.level])
        table.add_row(Text(rule.name, "bold"), Text(rule.family), level, Text(rule.summary))
    console(output).print(table, soft_wrap=output.width is None)
