"""Keys and values of YAML, JSON and TOML text, for a reader who has text that is most likely such.

Imported when the first such text is met: the packages take longer to import than a ticket to read.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import yaml

_DEEPEST = 20
_TOO_DEEP = "nested too deeply"
#: YAML ends lines at characters at which a file has none: while it reads, others of nobody's stand for them.
_BREAKS, _STANDING = "\x85\u2028\u2029", "\ue385\ue328\ue329"
_WITHOUT_BREAKS = str.maketrans(_BREAKS, _STANDING)
_WITH_BREAKS = str.maketrans(_STANDING, _BREAKS)


class Mistake(Exception):
    """What is wrong, to be put behind "cannot be read as YAML" or TOML, and the 0-based line that it is on."""

    def __init__(self, problem: str | None, line: int = 0) -> None:
        super().__init__(f": {problem}" if problem is not None else "")
        self.line = line


def of_yaml(text: str) -> list[tuple[str, str, int, str]]:
    """The keys with their values as written, their 0-based lines, and the key of the mapping around them.

    A list gives its key several times; text that is no mapping has no keys. Raises `Mistake`.
    """
    text = text.translate(_WITHOUT_BREAKS)
    try:
        _check_events(text)
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Mistake(str(error.problem), mark.line if mark else 0) from error
    except yaml.YAMLError as error:
        raise Mistake(None) from error
    found = _of_mapping(node) if isinstance(node, yaml.MappingNode) else ()
    return [(_restored(key), _restored(value), line, _restored(around)) for key, value, line, around in found]


def _restored(text: str) -> str:
    return text if text.isascii() else text.translate(_WITH_BREAKS)


def of_toml(text: str) -> list[tuple[str, str, str]]:
    """The keys with their values and the key of the table around them. Raises `Mistake`."""
    try:
        return list(_of_table(tomllib.loads(text)))
    except tomllib.TOMLDecodeError as error:
        raise Mistake(str(error)) from error
    except RecursionError as error:
        raise Mistake(_TOO_DEEP) from error


def _check_events(text: str) -> None:
    """Raise `Mistake` where collections are nested deeper than anybody writes, or something refers back.

    The composer is recursive and ends the whole process where C runs out of stack.
    """
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        line = event.start_mark.line if event.start_mark else 0
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            raise Mistake(_TOO_DEEP, line)
        if isinstance(event, yaml.AliasEvent):
            raise Mistake("an alias is not followed", line)


def _of_mapping(mapping: yaml.MappingNode, around: str = "") -> Iterator[tuple[str, str, int, str]]:
    for key, value in mapping.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else ""
        if isinstance(value, yaml.MappingNode):
            yield from _of_mapping(value, name)
        elif name:
            for item in value.value if isinstance(value, yaml.SequenceNode) else [value]:
                if isinstance(item, yaml.ScalarNode):
                    yield name, item.value.strip(), item.start_mark.line, around


def _of_table(table: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """The keys of a table and of the tables in it, each with its value, or each of its values, and its table's key."""
    waiting = [("", table)]
    while waiting:
        around, table = waiting.pop(0)
        for key, value in table.items():
            if isinstance(value, dict):
                waiting.append((key, value))
                continue
            for item in value if isinstance(value, list) else [value]:
                if not isinstance(item, dict | list):
                    yield key, str(item), around
