"""Cited symbols, commits, and claims that something is not used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from ticketaudit.code import quotes, unused
from ticketaudit.code.cited import Cited
from ticketaudit.code.commit import short
from ticketaudit.code.content import Content
from ticketaudit.code.judge_places import alike
from ticketaudit.code.outcome import Judgement, Outcome, missing, unverifiable
from ticketaudit.code.quote import quote_of
from ticketaudit.code.symbols import Definition, find, may_define
from ticketaudit.code.tree import Tree
from ticketaudit.code.views import Views

#: What a commit is called here has at most so many characters; a longer number is none.
_LONGEST_NAME = 64
#: A name that more files define is no name to find something by.
_MOST_FILES = 20


def judge_symbol(cited: Cited, views: Views) -> tuple[Judgement, Judgement]:
    """Whether a cited file defines a symbol."""
    name = cited.symbol or ""
    was = tuple(found for path in cited.paths if (found := views.then(path).path))
    present = tuple(dict.fromkeys(part for path in cited.paths for part in views.today(path).parts))
    written = (
        _defined(name, was, views.written.tree, partial(alike, cited, views.written.tree))
        if views.written
        else views.unknown
    )
    now = _defined(name, present, views.now, partial(alike, cited, views.now))
    if now.outcome is Outcome.CONFIRMED and was and now.path not in was:
        now = Judgement(Outcome.MOVED, now.path, now.lines, note=now.note)
    if now.outcome is Outcome.MISSING and written.path and written.lines:
        now = _renamed(written, present, views) or now
    return written, now


def judge_commit(cited: Cited, views: Views) -> tuple[Judgement, Judgement]:
    """Whether the repository has a commit, and whether it touches a file that the ticket is about."""
    history, name = views.source.history, cited.symbol or ""
    if history is None:
        nobody = unverifiable(views.source.why_not)
        return nobody, nobody
    commit = history.commit(name) if len(name) <= _LONGEST_NAME else None
    if commit is None:
        absent = missing("no such commit") if not history.log.gap else unverifiable(history.log.gap)
        return (views.unknown if views.written is None else absent), absent
    about = f"{short(commit)}: {commit.subject}"
    if cited.paths and not history.touched(commit) & _known(cited, views):
        about += "; it touches none of the files that the ticket names"
    now = Judgement(Outcome.CONFIRMED, note=about)
    if views.written is None or views.written.commit is None:
        return views.unknown, now
    if commit.id in history.log.ancestors(views.written.commit.id):
        return now, now
    return missing("it was made later"), now


def judge_usage(cited: Cited, views: Views) -> tuple[Judgement, Judgement]:
    """Whether something is as little used as the ticket says."""
    if cited.claim is None:
        raise ValueError("a citation of kind usage has a claim")
    was = [found for path in cited.paths if (found := views.then(path).path)]
    present = [part for path in cited.paths for part in views.today(path).parts]
    # The present first: what is as it was then need not be asked of git.
    now = unused.judge(cited.claim, views.now, alike(cited, views.now), present)
    written = views.unknown
    if views.written:
        written = unused.judge(cited.claim, views.written.tree, alike(cited, views.written.tree), was)
    return written, now


def _known(cited: Cited, views: Views) -> set[str]:
    """The cited files under the names that they have had."""
    found = {views.then(path).path for path in cited.paths}
    found |= {part for path in cited.paths for part in views.today(path).parts}
    return {path for path in found if path}


def _defined(
    name: str, paths: Sequence[str], tree: Tree, others: Callable[[], Sequence[tuple[str, Content]]]
) -> Judgement:
    """Where a symbol is defined: in the files that should define it, else in another one."""
    for path in paths:
        found = _definitions(name, path, tree)
        if found:
            return Judgement(Outcome.CONFIRMED, path, ((found[0].first, found[0].last),))
    own = name.rpartition(".")[2]
    for path in paths:
        inside = _definitions(own, path, tree) if own != name else []
        if len(inside) == 1:
            note = f"defined as `{inside[0].name}`"
            return Judgement(Outcome.MOVED, path, ((inside[0].first, inside[0].last),), note=note)
    return _defined_elsewhere(name, [pair for pair in others() if pair[0] not in paths])


def _defined_elsewhere(name: str, files: Sequence[tuple[str, Content]]) -> Judgement:
    likely = [(path, content) for path, content in files if may_define(name, content)]
    if len(likely) > _MOST_FILES:
        return missing(f"the name is defined elsewhere, in {len(likely)} files")
    found = [(path, each) for path, content in likely for each in find(name, content)]
    found = [(path, each) for path, each in found if each.kind != "variable" or "." in name] or found
    places = ", ".join(f"{path}:{each.first}" for path, each in found[:3])
    if len(found) == 1:
        path, each = found[0]
        return Judgement(Outcome.MOVED, path, ((each.first, each.last),), note=f"defined in {path}")
    if found:
        return missing(f"the name is defined elsewhere, {len(found)} times: {places}")
    return missing()


def _definitions(name: str, path: str, tree: Tree) -> list[Definition]:
    content = tree.content(path)
    return find(name, content) if content else []


def _renamed(written: Judgement, paths: Sequence[str], views: Views) -> Judgement | None:
    """Something that is much like what a symbol was, under another name, in the files that it was in."""
    before = views.written.tree.content(written.path) if views.written and written.path else None
    if before is None:
        return None
    places = before.tokens.on_lines(*written.lines[0])
    found = quotes.judge(quote_of(before.tokens, places), quotes.Where(tuple(paths), written.lines), views.now)
    return found if found.outcome is Outcome.DRIFTED else None
