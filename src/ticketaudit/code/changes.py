"""Which of the cited lines changed since a ticket was written, and by which commit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ticketaudit.code.commit import Commit
from ticketaudit.code.content import Content
from ticketaudit.code.history import History
from ticketaudit.code.outcome import Outcome
from ticketaudit.code.verified import Changed, Checked
from ticketaudit.code.views import Views
from ticketaudit.ticket import LineRange


def changes_of(citations: Sequence[Checked], views: Views) -> tuple[Changed, ...] | None:
    """The lines of the ticket's own citations that are not what they were; None where it cites none that stood there.

    Layout and comments do not count, nor that lines stand elsewhere in their file.
    """
    cited = list(_cited_lines(citations))
    if not cited:
        return None
    found = (_change(path, lines, line, views) for path, lines, line in cited)
    return tuple(change for change in found if change)


def _cited_lines(citations: Sequence[Checked]) -> Iterator[tuple[str, tuple[LineRange, ...], int]]:
    """What was cited and stood there: the lines that are named, else the quotations, else the symbols."""
    for kinds in (("lines",), ("quote",), ("symbol",)):
        found = [
            (checked.written.path, checked.written.lines, checked.cited.line)
            for checked in citations
            if checked.cited.is_own and checked.cited.kind in kinds and checked.written.lines
            if checked.written.outcome in (Outcome.CONFIRMED, Outcome.MOVED)
        ]
        yield from ((path, lines, line) for path, lines, line in dict.fromkeys(found) if path)
        if found:
            return


def _change(path: str, lines: tuple[LineRange, ...], line: int, views: Views) -> Changed | None:
    history, written = views.source.history, views.written
    before = written.tree.content(path) if written else None
    if history is None or written is None or before is None:
        return None
    today = views.follow(path)
    after = views.now.content(today.path) if today and today.path else None
    if after is before or (after and all(_stands(before, span, after) for span in lines)):
        return None
    later = history.later(written, views.source.now)
    first = _first_change(before, lines, today.names if today else (path,), later, history)
    return Changed(path, lines, line, first or (today.commit if today else None))


def _first_change(
    before: Content, lines: Sequence[LineRange], names: Sequence[str], later: frozenset[str], history: History
) -> Commit | None:
    """The first commit after which the lines do not stand in the file any more, under any of its names."""
    for name in names:
        for commit, change in reversed(history.log.touching.get(history.outer(name), ())):
            if commit.id not in later or change.kind == "D":
                continue
            after = history.content(name, change.after)
            if after is None or not all(_stands(before, span, after) for span in lines):
                return commit
    return None


def _stands(before: Content, span: LineRange, after: Content) -> bool:
    """Whether what stood on some lines stands in a file, all of it together."""
    places = before.tokens.on_lines(*span)
    words = before.tokens.words[places.start : places.stop]
    if not words:
        return _stands_raw(before.lines[span[0] - 1 : span[1]], after.lines)
    stream = after.tokens
    return any(stream.words[start : start + len(words)] == words for start in stream.places.get(words[0], ()))


def _stands_raw(wanted: Sequence[str], lines: Sequence[str]) -> bool:
    wanted = [line.strip() for line in wanted]
    every = [line.strip() for line in lines]
    return any(every[start : start + len(wanted)] == wanted for start in range(len(every)))
