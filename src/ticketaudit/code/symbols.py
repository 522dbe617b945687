"""Where a file defines a symbol: by Python's own parser, by tree-sitter, else by the words before a name."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ticketaudit.code.content import Content
from ticketaudit.code.grammars import definitions_by_grammar


@dataclass(frozen=True, slots=True)
class Definition:
    """A definition: the name with the names of what it stands in (``Class.method``), and its lines.

    ``kind`` is "class", "function" or "variable"; an attribute that a class or its methods set is a
    variable of the class.
    """

    name: str
    kind: str
    first: int
    last: int

    @property
    def own_name(self) -> str:
        """The last part of the name."""
        return self.name.rpartition(".")[2]


@lru_cache(maxsize=4096)
def definitions(content: Content) -> tuple[Definition, ...]:
    """What a file defines, in its order. An import or a name in ``__all__`` defines nothing; see `attributes`."""
    if content.language.name == "python":
        tree = parsed(content)
        if tree is not None:
            return tuple(dict.fromkeys(_python(tree.body, "")))
    elif content.language.grammar:
        found = definitions_by_grammar(content.text, content.language.grammar)
        if found is not None:
            return tuple(Definition(*each) for each in found)
    return tuple(_by_words(content))


@lru_cache(maxsize=16)  # they are large, and what is asked of them often is kept
def parsed(content: Content) -> ast.Module | None:
    """A Python file's syntax tree; None where Python does not accept it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what the parser thinks of the code is its author's business
        try:
            return ast.parse(content.text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


def find(symbol: str, content: Content) -> list[Definition]:
    """The definitions that a symbol names: ``Class.method``, ``method``; all of its parts must fit."""
    if not content.holds(symbol.rpartition(".")[2]):
        return []
    found = [each for each in definitions(content) if f".{each.name}".endswith(f".{symbol}")]
    return found or [each for each in attributes(content) if f".{each.name}".endswith(f".{symbol}")]


def may_define(symbol: str, content: Content) -> bool:
    """Whether it is worth the time to parse a file that should define a symbol: a function or class, a member."""
    *around, own = symbol.split(".")
    if not all(map(content.holds, (own, *around))):
        return False
    return bool(around) or content.language.name != "python" or any(map(content.holds, (f"def {own}", f"class {own}")))


_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_COMPOUND = (ast.If, ast.With, ast.AsyncWith, ast.Try, ast.TryStar, ast.Match, *_LOOPS)


def _python(body: Sequence[ast.stmt], around: str, inside: str = "", *, local: bool = False) -> Iterator[Definition]:
    """The definitions of a block; ``around`` is put before names, ``inside`` is the class whose body it is.

    What a function keeps for itself (``local``) is no definition for anybody else.
    """
    for node in body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            is_class = isinstance(node, ast.ClassDef)
            name = f"{around}{node.name}"
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            yield Definition(name, "class" if is_class else "function", first, node.end_lineno or node.lineno)
            yield from _python(node.body, f"{name}.", name if is_class else "", local=not is_class)
        elif isinstance(node, _COMPOUND):
            for block in _blocks(node):
                yield from _python(block, around, inside, local=local)
        elif not local and isinstance(node, ast.Assign | ast.AnnAssign):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                for name in _names(target):
                    yield Definition(f"{around}{name}", "variable", node.lineno, node.end_lineno or node.lineno)


def _blocks(node: ast.stmt) -> Iterator[Sequence[ast.stmt]]:
    """The statements that a compound one holds: they belong to what that stands in."""
    for _, field in ast.iter_fields(node):
        if isinstance(field, list):
            yield [part for part in field if isinstance(part, ast.stmt)]
            yield from (part.body for part in field if isinstance(part, ast.ExceptHandler | ast.match_case))


@lru_cache(maxsize=1024)
def attributes(content: Content) -> tuple[Definition, ...]:
    """What the methods of a Python file's classes set on their objects."""
    tree = parsed(content) if content.language.name == "python" else None
    classes = [each for each in definitions(content) if each.kind == "class"] if tree else []
    found = []
    for node in ast.walk(tree) if tree else ():
        match node:
            case ast.Attribute(value=ast.Name(id="self" | "cls"), attr=name, ctx=ast.Store()):
                around = [each for each in classes if each.first <= node.lineno <= each.last]
                if around:
                    inside = max(around, key=lambda each: each.first).name
                    found.append(Definition(f"{inside}.{name}", "variable", node.lineno, node.lineno))
    return tuple(sorted(found, key=lambda each: each.first))


def _names(target: ast.expr) -> Iterator[str]:
    if isinstance(target, ast.Name):
        yield target.id
    elif isinstance(target, ast.Tuple | ast.List):
        for element in target.elts:
            yield from _names(element)


_HEAD = re.compile(
    r"^(?P<before>[^\S\n]*(?:[\w@<>\[\],:*& ]+[ *&])?)\b(?:"
    r"(?P<word>class|struct|interface|trait|enum|module|def|function|func|fn|fun|sub|type|const|let|var|val)\s+"
    r"(?:\([^)\n]*\)\s*)?(?P<name>[^\W\d]\w*)|(?P<bare>[^\W\d]\w*)\s*(?:=(?!=)|\([^;\n]*\)\s*\{))",
    re.MULTILINE,
)
_CLASSES = ("class", "struct", "interface", "trait", "enum", "module", "type")
_FUNCTIONS = ("def", "function", "func", "fn", "fun", "sub")
_NO_NAMES = frozenset(
    ["if", "for", "while", "switch", "catch", "return", "else", "do", "try", "new", "function", "with"]
)


def _by_words(content: Content) -> Iterator[Definition]:
    """Definitions by the words that introduce them; nobody knows where one ends, so each has one line."""
    for match in _HEAD.finditer(content.text):
        word, name = match["word"], match["name"] or match["bare"]
        if name in _NO_NAMES:
            continue
        kind = "class" if word in _CLASSES else "variable"
        if word in _FUNCTIONS or (word is None and match[0].rstrip().endswith("{")):
            kind = "function"
        line = content.text.count("\n", 0, match.end()) + 1
        yield Definition(name, kind, line, line)
