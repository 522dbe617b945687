"""How tickets were read, value by value: for a user who misses one and wants to know what to add."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from ticketaudit.console import console
from ticketaudit.corpus import Corpus
from ticketaudit.extract.explain import Explanation, Reading, explain
from ticketaudit.pretty import pretty_json
from ticketaudit.records.styles import NOTHING, value
from ticketaudit.terminal import Output, clean

#: The width where there is no terminal.
_WIDTH = 100
#: A value longer than this is cut: its line says where the rest is.
_LONGEST = 60
#: So many lines are named, of more only how many.
_MOST_LINES = 6


def write(corpus: Corpus, output: Output) -> None:
    """Write a table per ticket, and below it the words that the vocabulary does not have."""
    screen = console(output, _WIDTH)
    for explanation in _explanations(corpus):
        screen.print(Text(clean(f"{explanation.path}:{explanation.line}"), "bold"))
        if explanation.objection:
            screen.print(Text(clean(f"This is no ticket: {explanation.objection}."), "yellow"))
        table = Table.grid(padding=(0, 2, 0, 0))
        for reading in explanation.readings:
            table.add_row(*_row(reading))
        screen.print(table)
        if explanation.unknown:
            screen.print(Text("Not in the vocabulary; where one means something, add it to `vocabulary:`", "dim"))
            for unknown in explanation.unknown:
                where = "fields" if unknown.kind == "field" else "sections"
                screen.print(Text.assemble(f"  line {unknown.line}: ", value(unknown.text), (f"  ({where})", "dim")))
        screen.print()


def write_json(corpus: Corpus, output: Output) -> None:
    """Write an array with an object per ticket."""
    output.stream.write(pretty_json(list(_explanations(corpus))))


def _explanations(corpus: Corpus) -> Iterator[Explanation]:
    for path in sorted(corpus.sources):
        yield from explain(corpus.sources[path], corpus.vocabulary)


def _row(reading: Reading) -> tuple[Text, Text, Text, Text]:
    text = reading.value
    if text and len(text) > _LONGEST:
        text = text[: _LONGEST - 1].rstrip() + "…"
    lines = reading.lines
    where = ", ".join(map(str, lines)) if len(lines) <= _MOST_LINES else f"{lines[0]}–{lines[-1]}, {len(lines)} lines"
    named = Text(f"line{'s' * (len(lines) > 1)} {where}" if lines else "", "dim")
    return Text(reading.key), value(text), named, Text(reading.reader or (NOTHING if not text else ""), "dim")
