"""The batch report as GitHub-flavoured Markdown, to commit beside the tickets.

What tickets and messages say is untrusted: it cannot open a heading, a link, a tag or a table cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from urllib.parse import unquote

from ticketaudit.batch.blocks import Bar, Block, Cell, Document, Heading, Items, Link, Table, Text
from ticketaudit.gfm import escape
from ticketaudit.paths import relative_url
from ticketaudit.read import REPORT_MARK

#: By this line a search knows that the file is no ticket, and a reader that it is not to be edited.
MARK = f"{REPORT_MARK}; report --check says whether it still holds -->"
#: The longest bar, in characters.
_BAR = 16


#: Where a link to a path goes.
_Url = Callable[[str], str]


def render(document: Document, folder: str = ".") -> str:
    """The report as it stands in a file of ``folder``: from there paths begin, wherever the command was run."""
    url = lru_cache(None)(lambda path: relative_url(path, folder))
    return "".join(f"{line}\n" for line in _lines(document, url))


def _lines(document: Document, url: _Url) -> Iterator[str]:
    yield f"# {escape(document.title)}"
    for section in document.sections:
        yield from ("", f"## {section.title}")
        for block in section.blocks:
            yield from ("", *_block(block, url))
    yield from ("", MARK)


def _block(block: Block, url: _Url) -> Iterator[str]:
    match block:
        case Text(text):
            yield escape(text)
        case Heading(text):
            yield f"### {escape(text)}"
        case Items(items):
            for parts in items:
                yield f"- {''.join(_cell(part, url) for part in parts)}"
        case Table():
            yield _row(escape(column.name) for column in block.columns)
            yield _row("---:" if column.right else "---" for column in block.columns)
            for cells in block.rows:
                yield _row(_cell(cell, url) for cell in cells)


def _cell(cell: Cell, url: _Url) -> str:
    match cell:
        case Bar(share):
            return "█" * max(round(share * _BAR), share > 0)
        case Link(text, path, line):
            shown = f"{unquote(url(path))}:{line}" if text == f"{path}:{line}" else text
            return f"[{escape(shown)}]({url(path)}#L{line})"
        case int():
            return str(cell)
        case str():
            return escape(cell)


def _row(cells: Iterable[str]) -> str:
    return "".join(f"| {cell} " if cell else "| " for cell in cells) + "|"
