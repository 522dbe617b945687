"""A rule's manual on a terminal, for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from rich.console import Console, ConsoleOptions, RenderableType
from rich.markdown import CodeBlock, Heading, Markdown, MarkdownElement
from rich.padding import Padding
from rich.text import Text

from ticketaudit.console import console
from ticketaudit.manual import page
from ticketaudit.rule import Rule
from ticketaudit.terminal import Output

#: Longer lines of prose are hard to read.
_WIDTH = 88


class _Heading(Heading):
    """A heading at the left, where the eye looks for it."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        yield Text(self.text.plain, "bold" if self.tag == "h1" else "bold underline")


class _Code(CodeBlock):
    """Code set in, and nothing around it."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        yield Padding(Text(str(self.text).rstrip(), "cyan"), (0, 0, 0, 4))


class _Manual(Markdown):
    elements: ClassVar[dict[str, type[MarkdownElement]]] = {
        **Markdown.elements,
        "heading_open": _Heading,
        "fence": _Code,
    }


def write(rule: Rule, output: Output) -> None:
    """Write the page of a rule."""
    terminal = console(output, width=_WIDTH)
    terminal.print(_Manual(page(rule), hyperlinks=False), width=min(terminal.width, _WIDTH))
