"""Definitions in languages other than Python, where the optional extra ``languages`` is installed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

#: The package of a grammar and the function in it that gives the language.
_GRAMMARS = {
    "javascript": ("tree_sitter_javascript", "language"),
    "typescript": ("tree_sitter_typescript", "language_typescript"),
    "tsx": ("tree_sitter_typescript", "language_tsx"),
    "go": ("tree_sitter_go", "language"),
    "rust": ("tree_sitter_rust", "language"),
    "java": ("tree_sitter_java", "language"),
    "c": ("tree_sitter_c", "language"),
    "cpp": ("tree_sitter_cpp", "language"),
}
#: What the nodes of definitions are called in these grammars.
_KINDS = {
    "class_declaration": "class",
    "abstract_class_declaration": "class",
    "class_specifier": "class",
    "interface_declaration": "class",
    "enum_declaration": "class",
    "enum_specifier": "class",
    "enum_item": "class",
    "struct_item": "class",
    "struct_specifier": "class",
    "trait_item": "class",
    "impl_item": "impl",
    "type_spec": "class",
    "type_alias_declaration": "class",
    "record_declaration": "class",
    "namespace_definition": "class",
    "function_declaration": "function",
    "generator_function_declaration": "function",
    "function_definition": "function",
    "function_item": "function",
    "function_signature_item": "function",
    "method_definition": "function",
    "method_declaration": "function",
    "constructor_declaration": "function",
    "public_field_definition": "variable",
    "field_definition": "variable",
    "field_declaration": "variable",
    "variable_declarator": "variable",
    "const_spec": "variable",
    "var_spec": "variable",
    "const_item": "variable",
    "static_item": "variable",
    "short_var_declaration": "local",
}
_FUNCTION_VALUES = ("arrow_function", "function_expression", "function")


class Found(NamedTuple):
    """A definition: its full name, its kind, its first and last line."""

    name: str
    kind: str
    first: int
    last: int


def definitions_by_grammar(text: str, grammar: str) -> list[Found] | None:
    """The definitions in a text; None where the grammar is not installed."""
    parser = _parser(grammar)
    if parser is None:
        return None
    return list(_walk(parser.parse(text.encode("utf-8", errors="replace")).root_node))


@cache
def _parser(grammar: str) -> Any:
    package, function = _GRAMMARS[grammar]
    try:
        tree_sitter = import_module("tree_sitter")
        language = getattr(import_module(package), function)
    except ImportError:
        return None
    return tree_sitter.Parser(tree_sitter.Language(language()))


def _walk(root: Any) -> Iterator[Found]:
    """The definitions from a node on, without recursion: generated code nests deeply."""
    waiting = [(root, "")]
    while waiting:
        node, around = waiting.pop()
        kind = _KINDS.get(node.type)
        inner = around
        name = _name(node) if kind else None
        if kind and name:
            full = f"{_receiver(node) or around}{name}"
            if kind not in ("impl", "local"):
                kind = "function" if _is_function(node) else kind
                yield Found(full, kind, node.start_point[0] + 1, node.end_point[0] + 1)
            inner = f"{full}."
        waiting.extend((child, inner) for child in reversed(node.children))


def _name(node: Any) -> str | None:
    """The name that a definition gives; in C it stands inside declarators."""
    found = node.child_by_field_name("name") or node.child_by_field_name("property")
    if node.type == "impl_item":
        found = node.child_by_field_name("type")
    while found is None or found.type.endswith("declarator"):
        node = found or node
        found = node.child_by_field_name("declarator") or node.child_by_field_name("name")
        if found is None:
            return None
    return str(found.text.decode("utf-8", errors="replace")).replace("::", ".").partition("<")[0]


def _receiver(node: Any) -> str | None:
    """The type that a Go method belongs to."""
    receiver = node.child_by_field_name("receiver")
    if receiver is None:
        return None
    words: list[str] = receiver.text.decode("utf-8", errors="replace").strip("()").replace("*", " ").split()
    return f"{words[-1].partition('[')[0]}." if words else None


def _is_function(node: Any) -> bool:
    value = node.child_by_field_name("value")
    return node.type.startswith(("function", "method")) or (value is not None and value.type in _FUNCTION_VALUES)
