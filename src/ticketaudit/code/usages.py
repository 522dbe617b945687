"""Where a name is defined, imported, used, set, tested and talked about in the whole tree."""

from __future__ import annotations

import ast
import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from ticketaudit.code.content import Content
from ticketaudit.code.symbols import Definition, definitions, find, may_define, parsed

_IMPORT = re.compile(r"^\s*(?:import|from|export\s+(?:\*|\{[^}]*\})\s+from|use|using|#\s*include|require|package)\b")
#: So many files are read closely: who uses something in more of them need not be listed to the last.
_MOST_FILES = 100
#: A name that more files define tells nobody what is used.
_MOST_NAMESAKES = 10
_TEST_FOLDERS = frozenset({"test", "tests", "testing", "__tests__", "spec", "specs"})
_TEST_NAME = re.compile(r"^(?:test_.*|conftest|.*_tests?|.*[._-](?:test|spec)|.*Tests?)$")


class Role(StrEnum):
    """What a name does in a place."""

    DEFINITION = "definition"
    IMPORT = "import"
    EXPORT = "export"
    USE = "use"
    SET = "set"
    TEXT = "text"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class Use:
    """A place where a name stands.

    ``owner`` is what it is asked of, as far as the code says: "" for a bare name, ``self``, a module or a
    class; None where that is an expression.
    """

    path: str
    line: int
    role: Role
    owner: str | None = ""

    @property
    def in_test(self) -> bool:
        """Whether it stands in a test."""
        return is_test(self.path)


Files = Sequence[tuple[str, Content]]


@dataclass(frozen=True, slots=True)
class Uses:
    """The places where a name stands in a tree, and what it is defined as there.

    ``unread``: it is asked of things elsewhere, too, of which nobody can tell what they are.
    """

    places: tuple[Use, ...]
    definitions: tuple[tuple[str, Definition], ...]
    unread: bool


@lru_cache(maxsize=16384)
def is_test(path: str) -> bool:
    """Whether a file holds tests, by its name and its folders."""
    *folders, name = path.split("/")
    return not _TEST_FOLDERS.isdisjoint(folders) or bool(_TEST_NAME.match(name.rpartition(".")[0] or name))


def uses_of(name: str, files: Files, home: Sequence[str], owner: str = "") -> Uses:
    """Where a name stands in some files of a tree.

    Only files are read closely in which it can be told what the name means: those of ``home``, those that
    import it, and those where it is asked of something, unless other things have the same name; then only
    of ``owner``.
    """
    holding, defining, many = _holding(name, files, home)
    defined = [(path, each) for path, content in defining for each in find(name, content) if each.own_name == name]
    shared = len({(path, each.name) for path, each in defined if not is_test(path)}) > 1
    asked = f"{owner.rpartition('.')[2]}.{name}" if shared and owner else f".{name}"
    close = [
        (path, content)
        for path, content in holding
        if path in home or ((owner or not shared) and content.holds(asked)) or _may_use(name, content)
    ]
    places = [place for path, content in close[:_MOST_FILES] for place in _places(path, content, name)]
    known = {path for path, _ in close}
    unread = shared and any(path not in known and content.holds(f".{name}") for path, content in holding)
    return Uses(tuple(places), tuple(defined), unread or many)


def _holding(name: str, files: Files, home: Sequence[str]) -> tuple[Files, Files, bool]:
    """The files in which a name stands, those of them that may define it, and whether these are too many.

    Then both are only those of ``home``, and nobody looks further.
    """
    holding, defining = [], []
    for pair in files:
        path, content = pair
        if not content.holds(name):
            continue
        holding.append(pair)
        if path in home or may_define(name, content):
            defining.append(pair)
            if len(defining) > _MOST_NAMESAKES:
                here = [(path, content) for path, content in files if path in home and content.holds(name)]
                return here, here, True
    return holding, defining, False


def _may_use(name: str, content: Content) -> bool:
    """Whether a name by itself may be the one that is meant: in Python a file imports what it does not define."""
    if content.language.name == "python":
        return name in content.imported
    return bool(re.search(rf"(?<![\w.]){re.escape(name)}(?!\w)", content.text))


@lru_cache(maxsize=4096)
def _places(path: str, content: Content, name: str) -> tuple[Use, ...]:
    word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    lines = [number for number, line in enumerate(content.lines, 1) if name in line and word.search(line)]
    if not lines:
        return ()
    tree = parsed(content) if content.language.name == "python" else None
    found = [*_in_python(path, tree, name, lines)] if tree else [*_in_tokens(path, content, name)]
    known = {use.line for use in found}
    return (*found, *(Use(path, number, Role.COMMENT) for number in lines if number not in known))


def _in_python(path: str, tree: ast.Module, name: str, lines: Sequence[int]) -> Iterator[Use]:
    for node in _nodes_on(lines, tree):
        found = _reference(path, node, name) or _declaration(path, node, name)
        if found:
            yield found
        elif isinstance(node, ast.Assign):
            yield from (Use(path, each.lineno, Role.EXPORT) for each in _exported(node) if _says(each, name))


def _nodes_on(lines: Sequence[int], tree: ast.Module) -> Iterator[ast.AST]:
    """The nodes that reach over some lines, in the order of `ast.walk`: a name stands in few of all.

    What stands in an f-string has no lines that one could rely on before Python 3.12.
    """
    waiting: deque[tuple[ast.AST, bool]] = deque([(tree, False)])
    while waiting:
        node, every = waiting.popleft()
        every = every or isinstance(node, ast.JoinedStr)
        waiting.extend((child, every) for child in ast.iter_child_nodes(node) if every or _reaches(child, lines))
        yield node


def _reaches(node: ast.AST, lines: Sequence[int]) -> bool:
    """Whether one of some lines is the node's; what has no lines itself has those of its parts."""
    if not isinstance(node, ast.expr | ast.stmt):
        return True
    decorators: Sequence[ast.expr] = getattr(node, "decorator_list", ())
    first = decorators[0].lineno if decorators else node.lineno
    place = bisect_left(lines, first)
    return place < len(lines) and lines[place] <= (node.end_lineno or node.lineno)


def _exported(node: ast.Assign) -> Sequence[ast.expr]:
    """The elements of a list that is assigned to ``__all__``."""
    named = any(isinstance(target, ast.Name) and target.id == "__all__" for target in node.targets)
    return node.value.elts if named and isinstance(node.value, ast.List | ast.Tuple) else ()


def _reference(path: str, node: ast.AST, name: str) -> Use | None:
    """What a node does with a name that something else has given."""
    match node:
        case ast.Name(id=found, ctx=context) if found == name:
            return Use(path, node.lineno, Role.USE if isinstance(context, ast.Load) else Role.SET)
        case ast.Attribute(attr=found, value=value, ctx=context) if found == name:
            owner = value.id if isinstance(value, ast.Name) else None
            # The name stands at the end, when the expression before it runs over lines.
            line = node.end_lineno or node.lineno
            return Use(path, line, Role.USE if isinstance(context, ast.Load) else Role.SET, owner)
        case ast.keyword(arg=found) if found == name:
            return Use(path, node.lineno, Role.SET, None)
        case ast.Constant() if _says(node, name):
            return Use(path, node.lineno, Role.TEXT)
    return None


def _declaration(path: str, node: ast.AST, name: str) -> Use | None:
    """What a node does that gives a name."""
    match node:
        case ast.ClassDef(name=found) | ast.FunctionDef(name=found) | ast.AsyncFunctionDef(name=found):
            return Use(path, node.lineno, Role.DEFINITION) if found == name else None
        case ast.arg(arg=found) if found == name:
            return Use(path, node.lineno, Role.DEFINITION)
        case ast.alias(name=found, asname=other) if name in (found.rpartition(".")[2], other):
            return Use(path, node.lineno, Role.IMPORT)
    return None


def _says(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Constant) and node.value == name


def _in_tokens(path: str, content: Content, name: str) -> Iterator[Use]:
    heads = {each.first for each in definitions(content) if each.own_name == name}
    words, lines = content.tokens.words, content.tokens.lines
    for place in content.tokens.places.get(name, ()):
        before = words[place - 1] if place else ""
        after = words[place + 1] if place + 1 < len(words) else ""
        owner = (words[place - 2] if place > 1 else None) if before in (".", "::", "->") else ""
        if _IMPORT.match(content.line(lines[place])):
            yield Use(path, lines[place], Role.IMPORT)
        elif lines[place] in heads:
            yield Use(path, lines[place], Role.DEFINITION)
        else:
            yield Use(path, lines[place], Role.SET if after in ("=", ":=") else Role.USE, owner)
