"""Cited files, lines and quotations: what stood there then, and what of it stands there now."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from msgspec.structs import replace

from ticketaudit.code import quotes
from ticketaudit.code.cited import Cited
from ticketaudit.code.content import Content
from ticketaudit.code.outcome import Judgement, Outcome, missing, unverifiable
from ticketaudit.code.quote import quote_of
from ticketaudit.code.symbols import definitions
from ticketaudit.code.tree import Tree
from ticketaudit.code.views import Views
from ticketaudit.ticket import LineRange

_NO_TEXT = "the file is no text"
#: From the worst to the best: several ranges are as good as their worst.
_ORDER = (Outcome.MISSING, Outcome.UNVERIFIABLE, Outcome.DRIFTED, Outcome.MOVED, Outcome.CONFIRMED)


def judge_path(cited: Cited, views: Views) -> tuple[Judgement, Judgement]:
    """Whether the tree has a cited file."""
    path = cited.paths[0]
    was, today = views.then(path).path, views.today(path)
    written = views.absent(path) or Judgement(Outcome.CONFIRMED, was)
    now = views.gone(path)
    if now is None:
        moved = was is not None and today.path != was
        now = Judgement(Outcome.MOVED if moved else Outcome.CONFIRMED, today.path, note=today.note)
    return written, now


def judge_lines(cited: Cited, views: Views) -> tuple[Judgement, Judgement]:
    """Whether a file has the cited lines, and whether they still say what they said."""
    if not cited.paths:
        nobody = unverifiable("the ticket names no file that the lines are of")
        return nobody, nobody
    path = cited.paths[0]
    if len(cited.paths) > 1 and cited.origin == "review":
        doubt = unverifiable("the ticket names several files, and nothing tells which one the lines are of")
        return doubt, doubt
    before, after = views.content_then(path), views.content_now(path)
    written = views.absent(path) or _in_file(cited.lines, before, views.then(path).path)
    gone = views.gone(path)
    if gone:
        return written, gone
    today = views.today(path)
    if written.outcome is not Outcome.CONFIRMED or before is None or after is None:
        return written, _in_file(cited.lines, after, today.path)
    if before is after:
        return written, Judgement(Outcome.CONFIRMED, today.path, cited.lines, note=today.note)
    found = [_still(before, span, today.parts, views) for span in cited.lines]
    return written, _worst(found).noting(today.note)


def judge_quote(cited: Cited, views: Views) -> tuple[Judgement, Judgement]:
    """Whether quoted code stands where the ticket says, or anywhere."""
    quote = cited.quote
    if quote is None:
        raise ValueError("a citation of kind quote has one")
    written = views.unknown
    was = [found for path in cited.paths if (found := views.then(path).path)]
    if views.written:
        where = quotes.Where(tuple(was), _ranges(cited, bool(was and views.then(cited.paths[0]).path)), cited.fragment)
        written = quotes.judge(quote, where, views.written.tree, partial(alike, cited, views.written.tree))
    before = views.written.tree.content(written.path) if views.written and written.path else None
    if written.outcome is Outcome.CONFIRMED and written.path and views.now.content(written.path) is before:
        return written, written
    present = [part for path in cited.paths for part in views.today(path).parts]
    head = bool(present and cited.paths and views.today(cited.paths[0]).path == present[0])
    around = partial(_around, before, written.lines)
    where = quotes.Where(tuple(dict.fromkeys(present)), _ranges(cited, head), cited.fragment, around)
    now = quotes.judge(quote, where, views.now, partial(alike, cited, views.now))
    if now.outcome is Outcome.CONFIRMED and was and now.path not in was:
        now = replace(now, outcome=Outcome.MOVED)
    return written, now


def alike(cited: Cited, tree: Tree) -> Sequence[tuple[str, Content]]:
    """The files of a tree that are written in the language of the cited one."""
    return tree.with_ending(cited.paths[0].rpartition(".")[2] if cited.paths else "py")


def _ranges(cited: Cited, known: bool) -> tuple[LineRange, ...]:
    """The cited lines, where the file is known that they are of."""
    return cited.lines if known else ()


def _in_file(lines: Sequence[LineRange], content: Content | None, path: str | None) -> Judgement:
    if content is None:
        return unverifiable(_NO_TEXT)
    if not lines:
        return unverifiable("no lines are cited")
    outside = tuple((first, last) for first, last in lines if first < 1 or last > content.last_line)
    if outside:
        return Judgement(Outcome.MISSING, path, outside, note=f"the file has {content.last_line} lines")
    return Judgement(Outcome.CONFIRMED, path, tuple(lines))


def _still(before: Content, span: LineRange, parts: Sequence[str], views: Views) -> Judgement:
    """Where what stood on some lines stands now, in the file or in the files that it was split over."""
    code = before.tokens
    places = code.on_lines(*span)
    if not places:
        return _remark(before, span, parts, views)
    quote = quote_of(code, places)
    return quotes.judge(quote, quotes.Where(tuple(parts), (span,), around=partial(_around, before, (span,))), views.now)


def _around(content: Content | None, lines: Sequence[LineRange]) -> str | None:
    """The name of the innermost definition that holds some lines; one that is all of them holds nothing."""
    if content is None or not lines:
        return None
    first, last = lines[0]
    holding = [each for each in definitions(content) if each.first <= first and last <= each.last]
    inner = [each for each in holding if each.kind != "variable" and (each.first, each.last) != (first, last)]
    return max(inner, key=lambda each: each.first).name if inner else None


def _remark(before: Content, span: LineRange, parts: Sequence[str], views: Views) -> Judgement:
    """The same for lines without code: comments, a docstring, nothing."""
    wanted = [line.strip() for line in before.lines[span[0] - 1 : span[1]] if line.strip()]
    for path in parts:
        content = views.now.content(path)
        lines = [line.strip() for line in content.lines] if content else []
        starts = [number for number, line in enumerate(lines, 1) if wanted and line == wanted[0]]
        found = [s for s in starts if [line for line in lines[s - 1 : s + span[1] - span[0]] if line] == wanted]
        if found:
            first = min(found, key=lambda number: abs(number - span[0]))
            outcome = Outcome.CONFIRMED if abs(first - span[0]) <= 5 and path == parts[0] else Outcome.MOVED
            return Judgement(outcome, path, ((first, first + span[1] - span[0]),))
    if not wanted:
        return unverifiable("the cited lines were empty")
    return missing("the cited comments do not stand there any more")


def _worst(found: Sequence[Judgement]) -> Judgement:
    worst = min(found, key=lambda judgement: _ORDER.index(judgement.outcome))
    if worst.outcome in (Outcome.MISSING, Outcome.UNVERIFIABLE):
        return worst
    lines = tuple(span for judgement in found if judgement.path == worst.path for span in judgement.lines)
    return replace(worst, lines=lines)
