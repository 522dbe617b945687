"""Where a name is defined, imported, used, set, tested and talked about in the whole tree."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ticketaudit.code.content import Content
from ticketaudit.code.symbols import Definition, definitions, parsed
from ticketaudit.code.tokens import REMARKS, scan
from ticketaudit.code.tree import Tree

_IMPORT = re.compile(r"^\s*(?:import|from|export\s+(?:\*|\{[^}]*\})\s+from|use|using|#\s*include|require|package)\b")
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


@dataclass(frozen=True, slots=True)
class Uses:
    """All places where a name stands in a tree, and what it is defined as there."""

    places: tuple[Use, ...]
    definitions: tuple[tuple[str, Definition], ...]


def is_test(path: str) -> bool:
    """Whether a file holds tests, by its name and its folders."""
    *folders, name = path.split("/")
    return not _TEST_FOLDERS.isdisjoint(folders) or bool(_TEST_NAME.match(name.rpartition(".")[0] or name))


def uses_of(name: str, tree: Tree, paths: Iterable[str]) -> Uses:
    """Where a name stands in some files of a tree."""
    places: list[Use] = []
    defined: list[tuple[str, Definition]] = []
    word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    for path in paths:
        content = tree.content(path)
        if content is None or name not in content.text or not word.search(content.text):
            continue
        own = [each for each in definitions(content) if each.own_name == name]
        defined += [(path, each) for each in own]
        places += _places(path, content, name, own, word)
    return Uses(tuple(places), tuple(defined))


def _places(path: str, content: Content, name: str, own: list[Definition], word: re.Pattern[str]) -> Iterator[Use]:
    tree = parsed(content) if content.language.name == "python" else None
    found = [*_in_python(path, tree, name)] if tree else [*_in_tokens(path, content, name, own)]
    yield from found
    known = {use.line for use in found}
    for number, line in enumerate(content.lines, 1):
        if number not in known and word.search(line):
            yield Use(path, number, Role.COMMENT)


def _in_python(path: str, tree: ast.Module, name: str) -> Iterator[Use]:
    for node in ast.walk(tree):
        found = _reference(path, node, name) or _declaration(path, node, name)
        if found:
            yield found
        elif isinstance(node, ast.Assign):
            yield from (Use(path, each.lineno, Role.EXPORT) for each in _exported(node) if _says(each, name))


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


def _in_tokens(path: str, content: Content, name: str, own: list[Definition]) -> Iterator[Use]:
    heads = {each.first for each in own}
    before = after = ""
    tokens = [token for token in scan(content.text, content.language) if token.kind not in REMARKS]
    for place, token in enumerate(tokens):
        if token.text != name:
            continue
        before = tokens[place - 1].text if place else ""
        after = tokens[place + 1].text if place + 1 < len(tokens) else ""
        owner = (tokens[place - 2].text if place > 1 else None) if before in (".", "::", "->") else ""
        if _IMPORT.match(content.line(token.line)):
            yield Use(path, token.line, Role.IMPORT)
        elif token.line in heads:
            yield Use(path, token.line, Role.DEFINITION)
        else:
            yield Use(path, token.line, Role.SET if after in ("=", ":=") else Role.USE, owner)
