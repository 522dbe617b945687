"""Claims that something is not used, against what the tree does with it."""

from __future__ import annotations

import ast
from collections.abc import Collection, Sequence

from ticketaudit.code.outcome import Judgement, Outcome, unverifiable
from ticketaudit.code.symbols import Definition, parsed
from ticketaudit.code.tree import Tree
from ticketaudit.code.usages import Files, Role, Use, Uses, is_test, uses_of
from ticketaudit.extract.usage import UsageClaim

#: So many places are named in a note.
_NAMED = 3


def judge(claim: UsageClaim, tree: Tree, files: Files, home: Sequence[str]) -> Judgement:
    """Whether a claim holds in some ``files`` of a tree. ``home`` are those that the ticket is about."""
    if claim.kind == "parameter":
        return _parameter(claim, tree, home)
    owner, _, name = claim.symbol.rpartition(".")
    uses = uses_of(name, files, home, owner)
    meant = _meant(owner, uses, home)
    if not meant:
        return unverifiable(f"nothing called `{claim.symbol}` is defined there")
    role = Role.SET if claim.kind == "set" else Role.USE
    inside = [use for use in uses.places if use.role is role and _in_scope(use.path, claim.scope)]
    real = [use for use in inside if not _is_own(use, meant)]
    shared = _has_namesakes(uses, meant)
    imports = {use.path for use in uses.places if use.role is Role.IMPORT}
    sure = [use for use in real if _is_of(use, meant, imports, shared=shared)]
    used = [use for use in sure if not use.in_test]
    rest = _rest(uses, [use for use in sure if use.in_test])
    path, definition = meant[0]
    if used:
        lines = tuple((use.line, use.line) for use in used if use.path == used[0].path)
        note = f"{'set' if role is Role.SET else 'used'} in {_listed(used)}; {rest}"
        return Judgement(Outcome.CONTRADICTED, used[0].path, lines, note=note)
    known = set(sure)
    if uses.unread or any(not use.in_test and use not in known for use in real):
        return unverifiable("other things have the same name, and nothing tells which of them is used")
    return Judgement(Outcome.HOLDS, path, ((definition.first, definition.last),), note=rest)


def _meant(owner: str, uses: Uses, home: Sequence[str]) -> list[tuple[str, Definition]]:
    """The definitions that are meant: those of the named class, else those in the ticket's files, else all."""
    fitting = [(path, each) for path, each in uses.definitions if not owner or _stands_in(each, owner)]
    here = [(path, each) for path, each in fitting if path in home]
    return here or [pair for pair in fitting if not is_test(pair[0])]


def _stands_in(definition: Definition, owner: str) -> bool:
    around = definition.name.rpartition(".")[0]
    return f".{around}".endswith(f".{owner}")


def _is_own(use: Use, meant: Sequence[tuple[str, Definition]]) -> bool:
    """Whether it is part of the definition itself: a default is no use, and what calls itself is not used by that."""
    return any(
        use.path == path and each.first <= use.line <= each.last and (each.kind != "variable" or use.owner == "")
        for path, each in meant
    )


def _is_of(use: Use, meant: Sequence[tuple[str, Definition]], imports: Collection[str], *, shared: bool) -> bool:
    """Whether a use is one of what is meant, as far as can be told.

    A bare name is where its file defines or imports it. Something asked of an object is where nothing
    else has the name (``shared``), or where the object is the class itself or, in its file, ``self``.
    """
    homes = {path for path, _ in meant}
    if use.owner == "":
        return use.path in imports or use.path in homes
    around = {each.name.rpartition(".")[0].rpartition(".")[2] for _, each in meant} - {""}
    if use.owner in around or (use.owner in ("self", "cls", "this") and use.path in homes):
        return True
    return not shared


def _has_namesakes(uses: Uses, meant: Sequence[tuple[str, Definition]]) -> bool:
    """Whether other things, outside of tests, have the same name."""
    known = set(meant)
    return any(pair not in known and not is_test(pair[0]) and not _same(pair[1], meant) for pair in uses.definitions)


def _same(definition: Definition, meant: Sequence[tuple[str, Definition]]) -> bool:
    """Whether another definition is one of the same attribute: a class sets it in several places."""
    return any(definition.kind == each.kind == "variable" and definition.name == each.name for _, each in meant)


def _in_scope(path: str, scope: str | None) -> bool:
    return scope is None or f"/{path}".find(f"/{scope.strip('/')}/") >= 0


def _rest(uses: Uses, tests: Sequence[Use]) -> str:
    """What else there is of the name, in a few words."""
    parts = []
    for role, word in ((Role.DEFINITION, "defined"), (Role.IMPORT, "imported"), (Role.EXPORT, "exported")):
        places = [use for use in uses.places if use.role is role]
        if role is Role.DEFINITION:
            places = [Use(path, each.first, role) for path, each in uses.definitions]
        if places:
            parts.append(f"{word} in {_listed(places)}")
    if tests:
        parts.append(f"tested in {_listed(tests)}")
    comments = [use for use in uses.places if use.role is Role.COMMENT]
    if comments:
        parts.append(f"mentioned in {_listed(comments)}")
    return "; ".join(parts)


def _listed(uses: Sequence[Use]) -> str:
    places = list(dict.fromkeys(f"{use.path}:{use.line}" for use in uses))
    more = f" and {len(places) - _NAMED} more" if len(places) > _NAMED else ""
    return ", ".join(places[:_NAMED]) + more


def _parameter(claim: UsageClaim, tree: Tree, home: Sequence[str]) -> Judgement:
    """Whether the functions of the ticket's files that take a parameter leave it alone."""
    taking: list[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]] = []
    for path in home:
        content = tree.content(path)
        module = parsed(content) if content and content.language.name == "python" else None
        for node in ast.walk(module) if module else ():
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _takes(node, claim.symbol):
                taking.append((path, node))
    named = [(path, node) for path, node in taking if node.name in claim.text]
    found = named or taking
    if not found:
        return unverifiable(f"no function there takes `{claim.symbol}`")
    reads = [Use(path, line, Role.USE) for path, node in found for line in _reads(node, claim.symbol)]
    path, node = found[0]
    if len(found) > 1 and reads and not named:
        return unverifiable(f"several functions take `{claim.symbol}`; {_listed(reads)} use it")
    if reads:
        return Judgement(
            Outcome.CONTRADICTED, path, tuple((use.line, use.line) for use in reads), note=f"used in {_listed(reads)}"
        )
    return Judgement(Outcome.HOLDS, path, ((node.lineno, node.end_lineno or node.lineno),))


def _takes(node: ast.FunctionDef | ast.AsyncFunctionDef, name: str) -> bool:
    arguments = node.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    return any(each is not None and each.arg == name for each in every)


def _reads(node: ast.FunctionDef | ast.AsyncFunctionDef, name: str) -> list[int]:
    """The lines on which a function's body reads a name."""
    inner = (part for statement in node.body for part in ast.walk(statement))
    found = (part for part in inner if isinstance(part, ast.Name) and part.id == name)
    return sorted({part.lineno for part in found if isinstance(part.ctx, ast.Load)})
