"""Quoted code against the tree: confirmed, moved, drifted, missing, or nothing that anybody can tell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ticketaudit.code.content import Content
from ticketaudit.code.matching import Likeness, Match, alike, distance, is_near, matches
from ticketaudit.code.outcome import Judgement, Outcome, missing, unverifiable
from ticketaudit.code.quote import Quote
from ticketaudit.code.symbols import find
from ticketaudit.code.tree import Tree
from ticketaudit.code.wording import shortened
from ticketaudit.ticket import LineRange

#: How alike something must be to be what was quoted: at the cited lines, elsewhere in the cited file,
#: elsewhere in the tree, and where it is a definition of the quoted name.
_HERE, _IN_FILE, _ELSEWHERE, _SAME_NAME = 0.5, 0.65, 0.75, 0.35
#: The longest names of a quotation tell in which files it may stand.
_TELLING_NAMES = 3


Others = Sequence[tuple[str, Content]]


@dataclass(frozen=True, slots=True)
class Where:
    """Where a quotation should stand.

    ``paths`` are files of the tree, the cited one first; ``ranges`` are lines of the first one (none:
    anywhere in one of them). ``fragment``: it need be no whole statement. ``around`` gives the name of
    the definition that it stood in once: if it changed, it most likely is in the one of that name.
    """

    paths: tuple[str, ...]
    ranges: tuple[LineRange, ...] = ()
    fragment: bool = False
    around: Callable[[], str | None] = lambda: None


def judge(quote: Quote, where: Where, tree: Tree, elsewhere: Callable[[], Others] = list) -> Judgement:
    """Look for a quotation where it should stand, then in other files; ``elsewhere`` gives them if it comes to that."""
    contents = [(path, content) for path in where.paths if (content := tree.content(path))]
    if not quote.parts:
        return _remarks(quote, contents)
    found = _in_cited(quote, where, contents) or _changed_here(quote, where, contents)
    if found:
        return found
    if not quote.is_telling and len(quote.words) < 4:
        return unverifiable("the quotation is too short to be looked for elsewhere")
    others = _candidates(quote, elsewhere(), where.paths)
    return _elsewhere(quote, where, others) or _changed(quote, contents, others) or missing()


def _in_cited(quote: Quote, where: Where, contents: Sequence[tuple[str, Content]]) -> Judgement | None:
    """Where it stands in the files that are cited."""
    for place, (path, content) in enumerate(contents):
        ranges = where.ranges if path == where.paths[0] else ()
        found = matches(quote, content.tokens, fragment=where.fragment)
        near = [match for match in found if is_near(match, ranges)]
        if near and (place == 0 or not where.ranges):
            return Judgement(Outcome.CONFIRMED, path, _lines(_nearest(near, ranges)))
        if found and (quote.is_telling or len(quote.words) > 3):
            return Judgement(Outcome.MOVED, path, _lines(_nearest(found, ranges)))
    return None


def _elsewhere(quote: Quote, where: Where, others: Sequence[tuple[str, Content]]) -> Judgement | None:
    """Where it stands in other files; what says little stands in many by chance."""
    if not quote.is_telling:
        return None
    for path, content in others:
        found = matches(quote, content.tokens, fragment=where.fragment)
        if found:
            return Judgement(Outcome.MOVED, path, _lines(_nearest(found, ())))
    return None


def _changed_here(quote: Quote, where: Where, contents: Sequence[tuple[str, Content]]) -> Judgement | None:
    """Something like it at the cited lines or where it was, or the definition that it quotes, in the cited files."""
    likely: list[tuple[Likeness, str, Content]] = []
    around = where.around()
    for path, content in contents:
        ranges = list(where.ranges if path == where.paths[0] else ())
        ranges += [(each.first, each.last) for each in find(around, content)] if around else []
        found = [(like, _HERE) for like in alike(quote, content.tokens, ranges) if _touches(like, ranges)]
        defined = _definition(quote, content)
        found += [(defined, _SAME_NAME)] if defined else []
        likely += [(like, path, content) for like, least in found if like.similarity >= least]
    if not likely:
        return None
    like, path, content = max(likely, key=lambda each: each[0].similarity)
    return _drifted(path, content, like, quote)


def _changed(
    quote: Quote, contents: Sequence[tuple[str, Content]], others: Sequence[tuple[str, Content]]
) -> Judgement | None:
    """Something like it anywhere else."""
    if not quote.names:
        return None
    found: list[tuple[Likeness, str, Content]] = []
    for least, files in ((_IN_FILE, contents), (_ELSEWHERE, others)):
        for path, content in files:
            best = _best(alike(quote, content.tokens, ()))
            if best and best.similarity >= least:
                found.append((best, path, content))
        if found:
            like, path, content = max(found, key=lambda each: each[0].similarity)
            return _drifted(path, content, like, quote)
    return None


def _definition(quote: Quote, content: Content) -> Likeness | None:
    """The place in a file where what the quotation defines is defined; special methods are in every class."""
    name = quote.defines
    if name is None or (name.startswith("__") and name.endswith("__")):
        return None
    heads = [place for place in content.tokens.places.get(name, ()) if place and _is_head(content, place)]
    lines = [content.tokens.lines[place] for place in heads]
    likely = alike(quote, content.tokens, [(line, line) for line in lines])
    return _best([like for like in likely if any(like.first <= line <= like.last for line in lines)])


def _is_head(content: Content, place: int) -> bool:
    return content.tokens.words[place - 1] in ("def", "class", "function", "func", "fn", "struct", "interface")


def _remarks(quote: Quote, contents: Sequence[tuple[str, Content]]) -> Judgement:
    """A quotation without code: its comments may be the author's own, or stand there word for word."""
    wanted = [" ".join(line.split()) for remark in quote.remarks for line in remark.splitlines() if line.strip()]
    for path, content in contents:
        lines = {" ".join(line.split()): number for number, line in enumerate(content.lines, 1)}
        if wanted and all(line in lines for line in wanted):
            places = [lines[line] for line in wanted]
            return Judgement(Outcome.CONFIRMED, path, ((min(places), max(places)),))
    return unverifiable("it quotes comments only" if quote.remarks else "it quotes nothing")


def _candidates(quote: Quote, others: Others, but: Sequence[str]) -> Others:
    """The other files in which all of the longest names stand."""
    names = quote.names[:_TELLING_NAMES]
    if not names:
        return []
    for name in names:
        others = [pair for pair in others if pair[1].holds(name)]
    return [(path, content) for path, content in others if path not in but]


def _drifted(path: str, content: Content, like: Likeness, quote: Quote) -> Judgement:
    lines = ((like.first, like.last),)
    return Judgement(Outcome.DRIFTED, path, lines, like.similarity, _news(content, like, quote))


def _news(content: Content, like: Likeness, quote: Quote) -> str:
    """The first line there that the quotation does not have, else the first that it has and the file has not."""
    known = {part.words for part in quote.parts}
    code, there = content.tokens, set()
    for number in range(like.first, like.last + 1):
        places = code.on_lines(number, number)
        words = code.words[places.start : places.stop]
        there.add(words)
        if words and words not in known:
            return f"it says `{shortened(content.line(number))}`"
    gone = next((part.words for part in quote.parts if part.words not in there), ())
    return f"it does not say `{shortened(' '.join(gone))}`" if gone else ""


def _touches(like: Likeness, ranges: Sequence[LineRange]) -> bool:
    return any(like.first <= last + 5 and first - 5 <= like.last for first, last in ranges)


def _best(found: Sequence[Likeness]) -> Likeness | None:
    return max(found, key=lambda like: like.similarity, default=None)


def _nearest(found: Sequence[Match], ranges: Sequence[LineRange]) -> Match:
    return min(found, key=lambda match: (distance(match, ranges), match.last - match.first, match.first))


def _lines(match: Match) -> tuple[LineRange, ...]:
    return ((match.first, match.last),)
