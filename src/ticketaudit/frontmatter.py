"""YAML front matter: entries with their lines, read without giving a value a type.

``010`` stays ``010`` and ``no`` stays ``no``: the record holds what the author wrote.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import yaml

_FENCE = "---"
_ENDS = ("---", "...")
_DEEPEST = 20


class Entry(NamedTuple):
    """A key with one value (of a list: one entry per element), as written, and its 1-based line."""

    key: str
    value: str
    line: int


def split_front_matter(lines: Sequence[str]) -> tuple[tuple[Entry, ...], list[str]]:
    """Front matter entries, and the lines with the front matter blanked so that numbers keep.

    A block that is no YAML mapping is no front matter: it stays in the text.
    """
    body = list(lines)
    if not body or body[0].rstrip() != _FENCE:
        return (), body
    end = next((index for index in range(1, len(body)) if body[index].rstrip() in _ENDS), None)
    if end is None:
        return (), body
    text = "\n".join(body[1:end])
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader) if _is_shallow(text) else None
    except yaml.YAMLError:
        return (), body
    if not isinstance(node, yaml.MappingNode):
        return (), body
    return tuple(_entries(node)), ["" if index <= end else line for index, line in enumerate(body)]


def _is_shallow(text: str) -> bool:
    """Whether collections are nested no deeper than anybody writes, and nothing refers back.

    The composer is recursive and ends the whole process where C runs out of stack.
    """
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST or isinstance(event, yaml.AliasEvent):
            return False
    return True


def _entries(mapping: yaml.MappingNode) -> Iterator[Entry]:
    for key, value in mapping.value:
        if not isinstance(key, yaml.ScalarNode):
            continue
        # Line 0 of the YAML is line 2 of the file, behind the opening fence.
        values = value.value if isinstance(value, yaml.SequenceNode) else [value]
        for item in values:
            if isinstance(item, yaml.ScalarNode):
                yield Entry(key.value, item.value.strip(), item.start_mark.line + 2)
